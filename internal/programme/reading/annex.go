package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func isAnnex(l *line) bool {
	if l.table != nil || l.marker != "" {
		return false
	}
	m := annexMark.FindStringSubmatch(l.text)
	return m != nil && (capitals(firstWords(l.text, 2)) || utf8.RuneCountInString(l.text) < 16 || l.centred || l.bold)
}

func firstWords(s string, n int) string {
	words := strings.Fields(s)
	return strings.Join(words[:min(n, len(words))], " ")
}

// annexFrom returns where, behind a signature, the annexes begin.
func annexFrom(all []line, signed bool) int {
	named := false
	for i := range all {
		l := &all[i]
		if isAnnex(l) || l.table != nil && !layout(l.table) {
			return i
		}
		if l.table != nil {
			named = true
			continue
		}
		if kind, _ := kindOf(l.text); kind != "" && l.label == nil {
			return i
		}
		if named && signed && l.page && !isPerson(l.text) {
			return i
		}
		if named && l.caps && l.label == nil && !isTitle(l.text) && !signMark.MatchString(l.text) && contentFollows(all, i) {
			return i
		}
		named = named || isPerson(lastPart(l))
	}
	return len(all)
}

// contentFollows reports whether a table of tasks or a count that begins stands below the title at i.
func contentFollows(all []line, i int) bool {
	for k := i + 1; k < len(all) && k <= i+6; k++ {
		if all[k].table != nil {
			return !layout(all[k].table)
		}
		if firstOfBody(&all[k]) {
			return true
		}
		if all[k].label != nil || recipientsMark.MatchString(all[k].text) || signMark.MatchString(all[k].text) {
			return false
		}
	}
	return false
}

func lastPart(l *line) string {
	if len(l.parts) > 0 {
		return l.parts[len(l.parts)-1]
	}
	return l.text
}

// annexesOf divides what follows the signature by its titles.
func annexesOf(all []line) []annex {
	var out []annex
	for i := 0; i < len(all); {
		var a annex
		kind, _ := kindOf(all[i].text)
		a.whole = kind != ""
		begin := i
		for i < len(all) && all[i].table == nil && (i == begin || !isAnnex(&all[i])) && titleLike(&all[i], i-begin) {
			a.title = append(a.title, all[i])
			i++
		}
		from := i
		for i < len(all) && !(i > begin && isAnnex(&all[i])) {
			i++
		}
		a.body = all[from:i]
		out = append(out, a)
	}
	return out
}

// titleLike reports whether the nth line below the beginning of an annex still belongs to its title.
func titleLike(l *line, n int) bool {
	if n == 0 || ornament.MatchString(l.text) || strings.HasPrefix(l.text, "(") {
		return l.label == nil || strings.HasPrefix(l.text, "(")
	}
	if l.label != nil || l.heading > 0 && !l.centred {
		return false
	}
	r, _ := utf8.DecodeRuneInString(l.text)
	return l.caps || l.centred || l.bold || n < 4 && !ended(l.text) && (utf8.RuneCountInString(l.text) < 160 || unicode.IsLower(r))
}
