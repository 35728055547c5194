package reading

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// readBody reads the paragraphs and tables of a body. prefix begins the ids of an annex.
func (p *Plan) readBody(all []line, width int, prefix string) {
	paragraphs := join(withoutOrnaments(all), width)
	paragraphs = titlesOfParts(paragraphs)
	quoted, open := quotations(paragraphs)
	if open {
		p.warn("closing", "reading.quote_not_closed")
	}
	p.demote(paragraphs)
	closing := len(paragraphs)
	if prefix == "" {
		closing = closingFrom(paragraphs)
	}
	t := tree{plan: p, grammar: infer(unquoted(paragraphs, quoted)), prefix: prefix, last: map[string]int{}}
	from := len(p.Nodes)
	tables := tableReader{plan: p, table: p.annexName(prefix)}
	for i := range paragraphs {
		l := &paragraphs[i]
		if len(p.Nodes) > MostNodes {
			return
		}
		switch {
		case l.table != nil:
			tables.read(l.table)
		case quoted[i]:
			p.write("", withMarker(l))
		case i >= closing:
			p.write("", withMarker(l))
			p.Closing = append(p.Closing, withMarker(l))
			p.noteAt("closing", l.notes)
		default:
			t.place(l)
			p.brokenOff(l)
		}
	}
	p.levels(from)
}

func withMarker(l *line) string {
	if l.marker != "" {
		return l.marker + " " + l.text
	}
	return l.text
}

// brokenOff warns of a paragraph that may be torn, as it ends in a comma, and of one that was joined.
func (p *Plan) brokenOff(l *line) {
	if l.mended > 0 {
		p.warn(p.Nodes[len(p.Nodes)-1].ID, "reading.joined", "Line", l.mended)
	}
	if strings.HasSuffix(l.text, ",") {
		p.warn(p.Nodes[len(p.Nodes)-1].ID, "reading.ends_with_comma")
	}
}

// titlesOfParts puts the title that stands below "Chương II" on the line of its number.
func titlesOfParts(all []line) []line {
	out := make([]line, 0, len(all))
	for _, l := range all {
		if n := len(out); n > 0 && l.table == nil && l.label == nil {
			if p := &out[n-1]; p.table == nil && p.label != nil && p.label.takes[0].family.kind <= article && titleGoesOn(p, &l) {
				glueTitle(p, &l)
				continue
			}
		}
		out = append(out, l)
	}
	return out
}

func titleGoesOn(p, l *line) bool {
	if len(p.text) > 2000 {
		return false
	}
	if p.label.rest == "" {
		return utf8.RuneCountInString(l.text) < 300 && (p.label.takes[0].family.kind != article || headed(l))
	}
	return p.label.takes[0].family.kind <= subsubpart && capitals(p.label.rest) && l.caps && headed(p) && l.heading == 0
}

func glueTitle(p, l *line) {
	p.label.rest = strings.TrimSpace(p.label.rest + " " + l.text)
	p.text += " " + l.text
	p.bold, p.notes = p.bold || l.bold, append(p.notes, l.notes...)
}

// quotations marks the paragraphs that quote the new wording of another document: they begin with
// a quotation mark behind a colon and end where it is closed. One that is never closed is told, and
// its paragraphs are read as any other.
func quotations(all []line) (out []bool, open bool) {
	out = make([]bool, len(all))
	for i, unclosed := 0, 0; i < len(all) && unclosed < 5; i++ {
		if all[i].table != nil || i == 0 || all[i-1].table != nil || !strings.HasSuffix(all[i-1].text, ":") || !opens(all[i].text) {
			continue
		}
		end := closedAt(all, i)
		for k := i; k <= end; k++ {
			out[k] = true
		}
		if end >= i {
			i = end
		} else if !balanced(strings.TrimLeft(all[i].text, "\"“«")) {
			open = true
			unclosed++
		}
	}
	return out, open
}

var (
	opening = regexp.MustCompile(`^["“«]`)
	shut    = regexp.MustCompile(`["”»]\s*[.;,/]*$`)
)

func opens(s string) bool { return opening.MatchString(s) }

// closedAt returns the paragraph in which the quotation that begins at i is closed; i-1 when none does
// or when it is closed within the first one and words follow.
func closedAt(all []line, i int) int {
	for k := i; k < len(all) && k < i+longestQuote && all[k].table == nil; k++ {
		s := all[k].text
		if k == i {
			_, size := utf8.DecodeRuneInString(s)
			s = s[size:]
			if at := strings.IndexAny(s, "”»\""); at >= 0 && !shut.MatchString(s[at:]) && balanced(s) {
				return i - 1
			}
		}
		if shut.MatchString(s) && !balancedWhole(s) {
			return k
		}
	}
	return i - 1
}

// balanced reports whether the first quotation is closed in s, behind its opening mark.
func balanced(s string) bool { return strings.ContainsAny(s, "”»\"") }

// balancedWhole reports whether s closes only what it opens itself.
func balancedWhole(s string) bool {
	open, straight := 0, 0
	for _, r := range s {
		switch r {
		case '“', '«':
			open++
		case '”', '»':
			open--
		case '"':
			straight++
		}
	}
	return open >= 0 && straight%2 == 0 && (strings.ContainsAny(s, "“«\""))
}

func unquoted(all []line, quoted []bool) []line {
	var out []line
	for i := range all {
		if !quoted[i] {
			out = append(out, all[i])
		}
	}
	return out
}

// demote takes the label off paragraphs that only look numbered: a number that nothing leads up to
// and that is too high to begin with.
func (p *Plan) demote(all []line) {
	last := map[kind]int{}
	for i := range all {
		l := &all[i]
		if l.label == nil || l.label.strict {
			continue
		}
		k, n := l.label.takes[0].family.kind, l.label.takes[0].n
		if (k == decimal || k == bracket) && n > 20 && last[k]+3 < n {
			l.label = nil
			continue
		}
		last[k] = n
	}
}

var closers = regexp.MustCompile(`^(Trên đây là|Trong quá trình|Quá trình|Kế hoạch này|Chương trình này|Chỉ thị này|Nghị quyết này|Yêu cầu|Đề nghị|Nhận được|Căn cứ)\s`)

// closingFrom returns where the closing sentences begin: unnumbered paragraphs behind the last
// numbered one, when that closed its sentence.
func closingFrom(all []line) int {
	i := len(all)
	for i > 0 && all[i-1].table == nil && all[i-1].label == nil && all[i-1].heading == 0 && !all[i-1].caps && ended(all[i-1].text) && !strings.HasSuffix(all[i-1].text, ":") {
		i--
	}
	trailing := len(all) - i
	if trailing == 0 {
		return len(all)
	}
	closed := i > 0 && all[i-1].table == nil && all[i-1].label != nil && all[i-1].label.takes[0].family.kind != article && ended(all[i-1].text) && !strings.HasSuffix(all[i-1].text, ":")
	if trailing <= 3 && (closed || i > 0 && all[i-1].table != nil) {
		return i
	}
	for k := max(i, len(all)-3); k < len(all); k++ {
		if closers.MatchString(all[k].text) && (k > 0 && all[k-1].label != nil && !ended(all[k-1].text)) == false {
			return k
		}
	}
	return len(all)
}

// readAnnex reads the nth annex: its title, tables, and what stands there in numbered paragraphs.
func (p *Plan) readAnnex(a *annex, width, nth int) {
	var title []string
	for _, l := range a.title {
		p.write("", l.text)
		p.noteAt("annex", l.notes)
		if !ornament.MatchString(l.text) {
			title = append(title, l.text)
		}
	}
	name := ""
	if len(title) > 0 {
		name = title[0]
		if m := annexMark.FindStringSubmatch(name); m != nil && m[2] != "" {
			name = strings.TrimRight(strings.TrimSpace(strings.TrimSuffix(name, m[2])), ".:–—- ")
		}
	}
	p.Annexes = append(p.Annexes, strings.Join(title, " "))
	p.names = append(p.names, name)
	prefix := "PL"
	if a.whole {
		prefix = "K"
	}
	p.readBody(a.body, width, prefix+strconv.Itoa(nth))
}

// annexName is the title of the annex whose ids begin with prefix.
func (p *Plan) annexName(prefix string) *string {
	if prefix == "" || len(p.names) == 0 {
		return nil
	}
	name := p.names[len(p.names)-1]
	if name == "" {
		return nil
	}
	return &name
}
