package prose

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// printed is a line of Markdown without its signs of print.
type printed struct {
	raw                strings.Builder
	ink, bold, italics int // characters that are seen, and how many of them are set so
	marks              []Mark
}

type printedLines []*printed

func (all printedLines) text() string {
	var b strings.Builder
	for i, l := range all {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l.raw.String())
	}
	return b.String()
}

func (l *printed) into(p *Paragraph) {
	raw := l.raw.String()
	p.Text = strings.TrimRight(raw, " \t")
	p.Bold, p.Italic = l.ink > 0 && l.bold == l.ink, l.ink > 0 && l.italics == l.ink
	p.Caps = capitals(p.Text)
	p.Notes = l.marks
	for i := range p.Notes {
		p.Notes[i].At = min(p.Notes[i].At, len(p.Text))
	}
}

// scrap is a piece of a block: letters, or a sign that may switch bold or italic print.
type scrap struct {
	text        string
	sign        byte // * or _ of a sign, 0 of letters
	opens, ends bool
	bold        int // +1 where it begins bold print, -1 where it ends it, 0 where it is a mere sign
	italic      int
	note        string // the name of a note that is referred to here
}

// styled reads lines that belong together. Notes are numbered by m; without it they are dropped.
func styled(s string, m *markdown) printedLines {
	scraps := cut(s)
	pair(scraps)
	line := &printed{}
	all := printedLines{line}
	bold, italic := 0, 0
	for i := range scraps {
		one := &scraps[i]
		bold, italic = bold+one.bold, italic+one.italic
		if one.bold != 0 || one.italic != 0 {
			continue
		}
		if one.note != "" {
			if m != nil {
				line.marks = append(line.marks, Mark{m.number(one.note), line.raw.Len()})
			}
			continue
		}
		for k, piece := range strings.Split(one.text, "\n") {
			if k > 0 {
				line = &printed{}
				all = append(all, line)
			}
			line.put(piece, bold > 0, italic > 0)
		}
	}
	return all
}

func (l *printed) put(s string, bold, italic bool) {
	l.raw.WriteString(s)
	for _, r := range s {
		if unicode.IsSpace(r) {
			continue
		}
		l.ink++
		if bold {
			l.bold++
		}
		if italic {
			l.italics++
		}
	}
}

// mostSigns bounds how many signs of print one block is searched for; more are plain letters.
const mostSigns = 100_000

// cut divides a block into letters and signs.
func cut(s string) (all []scrap) {
	from := 0
	letters := func(to int) {
		if to > from {
			all = append(all, scrap{text: s[from:to]})
		}
	}
	for i := 0; i < len(s); {
		one, size := scrap{}, 0
		if len(all) < mostSigns {
			one, size = special(s, i)
		}
		if size == 0 {
			i++
			continue
		}
		letters(i)
		if one.sign != 0 {
			all = append(all, signs(s, i, size)...)
		} else if one.text != "" || one.note != "" {
			all = append(all, one)
		}
		i += size
		from = i
	}
	letters(len(s))
	return all
}

// special reads what stands at i if it is not a plain letter, and how long it is.
func special(s string, i int) (scrap, int) {
	switch s[i] {
	case '\\':
		if i+1 < len(s) && strings.IndexByte("\\`*_{}[]()#+-.!|<>~\"'&:;,/=?@^$%", s[i+1]) >= 0 {
			return scrap{text: s[i+1 : i+2]}, 2
		}
	case '*', '_':
		n := 1
		for i+n < len(s) && s[i+n] == s[i] {
			n++
		}
		return scrap{sign: s[i]}, n
	case '~':
		if strings.HasPrefix(s[i:], "~~") {
			return scrap{}, 2
		}
	case '`':
		return codeSpan(s, i)
	case '&':
		if end := strings.IndexByte(s[i:min(len(s), i+12)], ';'); end > 1 {
			if sign := html.UnescapeString(s[i : i+end+1]); sign != s[i:i+end+1] {
				return scrap{text: strings.ReplaceAll(clean(sign), "\n", " ")}, end + 1
			}
		}
	case '[':
		return reference(s, i)
	case '!':
		if one, size := reference(s, i+1); size > 0 && one.note == "" {
			return one, size + 1
		}
	case '<':
		return tag(s, i)
	}
	return scrap{}, 0
}

// within is how far ahead of a sign its counterpart is sought.
const within = 2000

func codeSpan(s string, i int) (scrap, int) {
	n := 1
	for i+n < len(s) && s[i+n] == '`' {
		n++
	}
	mark := s[i : i+n]
	end := strings.Index(s[i+n:min(len(s), i+n+within)], mark)
	if end <= 0 {
		return scrap{text: mark}, n
	}
	return scrap{text: strings.TrimSpace(s[i+n : i+n+end])}, end + 2*n
}

// reference reads a link, a picture or the mark of a note.
func reference(s string, i int) (scrap, int) {
	if i >= len(s) || s[i] != '[' {
		return scrap{}, 0
	}
	ahead := s[i:min(len(s), i+within)]
	end := strings.IndexByte(ahead, ']')
	if end < 0 {
		return scrap{}, 0
	}
	name := ahead[1:end]
	if strings.HasPrefix(name, "^") && len(name) > 1 && !strings.ContainsAny(name, " \n\t[") {
		return scrap{note: name[1:]}, end + 1
	}
	if !strings.HasPrefix(ahead[end+1:], "(") || strings.Contains(name, "[") {
		return scrap{}, 0
	}
	closing := strings.IndexAny(ahead[end+1:], ")\n")
	if closing < 0 || ahead[end+1+closing] == '\n' {
		return scrap{}, 0
	}
	return scrap{text: styled(name, nil).text()}, end + 1 + closing + 1
}

// tag leaves comments and the few tags out that people write into Markdown.
func tag(s string, i int) (scrap, int) {
	ahead := s[i:min(len(s), i+within)]
	if strings.HasPrefix(ahead, "<!--") {
		if end := strings.Index(ahead, "-->"); end > 0 {
			return scrap{text: strings.Repeat("\n", strings.Count(ahead[:end], "\n"))}, end + 3
		}
		return scrap{}, 0
	}
	end := strings.IndexByte(ahead, '>')
	if end < 0 {
		return scrap{}, 0
	}
	inner := ahead[1:end]
	switch strings.ToLower(strings.Trim(inner, "/ ")) {
	case "br":
		return scrap{text: " "}, end + 1
	case "b", "i", "u", "em", "strong", "sup", "sub", "center", "p", "div", "small", "span":
		return scrap{}, end + 1
	}
	if strings.HasPrefix(inner, "http://") || strings.HasPrefix(inner, "https://") || strings.HasPrefix(inner, "mailto:") {
		return scrap{text: inner}, end + 1
	}
	return scrap{}, 0
}

// signs divides a run of stars or low lines into those that may switch bold print, two each, and
// one that may switch italic print, and tells by what stands around whether they open or end.
func signs(s string, i, n int) (all []scrap) {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+n:])
	if i == 0 {
		before = ' '
	}
	if i+n == len(s) {
		after = ' '
	}
	opens := !unicode.IsSpace(after) && (!punctuation(after) || unicode.IsSpace(before) || punctuation(before))
	ends := !unicode.IsSpace(before) && (!punctuation(before) || unicode.IsSpace(after) || punctuation(after))
	if s[i] == '_' {
		opens, ends = opens && (!ends || punctuation(before)), ends && (!opens || punctuation(after))
	}
	for n > 0 && len(all) < 4 {
		size := min(n, 2)
		all = append(all, scrap{text: s[i : i+size], sign: s[i], opens: opens, ends: ends})
		i, n = i+size, n-size
	}
	if n > 0 {
		all = append(all, scrap{text: s[i : i+n]})
	}
	return all
}

func punctuation(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

// pair finds which signs belong together; the others stay signs.
func pair(all []scrap) {
	var open []int
	waiting := map[string]int{}
	for i := range all {
		one := &all[i]
		if one.sign == 0 {
			continue
		}
		if one.ends && len(open) > 0 && i+1 < len(all) && all[i+1].sign == one.sign && all[open[len(open)-1]].text == all[i+1].text {
			one.text, all[i+1].text = all[i+1].text, one.text // of *** that ends first what was opened last
		}
		if one.ends && waiting[one.text] > 0 {
			for {
				last := open[len(open)-1]
				open = open[:len(open)-1]
				waiting[all[last].text]--
				if all[last].text == one.text {
					switchOn(&all[last], one)
					break
				}
			}
			continue
		}
		if one.opens {
			open = append(open, i)
			waiting[one.text]++
		}
	}
}

func switchOn(from, to *scrap) {
	if len(from.text) == 2 {
		from.bold, to.bold = 1, -1
	} else {
		from.italic, to.italic = 1, -1
	}
}
