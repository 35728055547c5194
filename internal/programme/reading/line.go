package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chonoi/internal/document/prose"

	"golang.org/x/text/unicode/norm"
)

// line is a line of a text file or a paragraph of Word, or a table, on its way to being read.
type line struct {
	text      string   // as rule of reading: NFC, white space single, soft hyphens dropped
	parts     []string // what stood apart on the line by wide space or tabs: the columns of a head
	marker    string   // the number or bullet that Word or Markdown displays
	level     int      // level in a list of Word, -1 none
	heading   int      // outline level, 0 none
	bold      bool
	centred   bool
	caps      bool // all letters are capitals
	gap       bool // a blank line stands before
	page      bool // a page begins here
	torn      bool // page furniture was taken out before it
	width     int  // characters as written, with what the line is indented by
	indent    int  // blanks before its first character
	notes     []int
	table     *prose.Table
	number    int
	more      []string // lines that were joined to it, each with what stands before it
	size      int      // bytes of these
	mended    int      // the line that was joined to it over a gap, 0 none
	inWord    bool     // a paragraph of Word, which is never wrapped by hand
	label     *label
	continues bool // it goes on with a paragraph that was broken
}

// plain returns s as the rule of reading wants it: NFC, every white space one space, without soft
// hyphens and marks that have no width.
func plain(s string) string {
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case r == '\u00AD' || r == '\u200B' || r == '\u200C' || r == '\u200D' || r == '\u2060' || r == '\uFEFF':
			continue
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case unicode.IsControl(r):
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// lines are the blocks of a text in their order, each made plain.
func lines(t *prose.Text) []line {
	all := make([]line, 0, len(t.Blocks))
	bold := false
	for _, b := range t.Blocks {
		if b.Table != nil {
			all = append(all, line{table: b.Table, level: -1, number: b.Table.Line, gap: true})
			continue
		}
		if b.Paragraph == nil {
			continue
		}
		l := lineOf(b.Paragraph)
		l.inWord = t.Kind == "docx"
		if t.Kind == "txt" {
			bold = starred(&l, bold)
		}
		if l.text == "" && l.marker == "" {
			if l.page && len(all) > 0 {
				all = append(all, line{page: true, level: -1, number: l.number}) // an empty page break still breaks
			}
			continue
		}
		all = append(all, l)
	}
	return carryBreaks(all)
}

// carryBreaks takes out lines that are nothing but a page break and tells the next one.
func carryBreaks(all []line) []line {
	kept := all[:0]
	page := false
	for _, l := range all {
		if l.text == "" && l.marker == "" && l.table == nil {
			page = true
			continue
		}
		l.page = l.page || page
		page = false
		kept = append(kept, l)
	}
	return kept
}

// symbols are the bullets of the symbol fonts of Word as signs that every font has.
var symbols = strings.NewReplacer("\uF0B7", "•", "\uF0A7", "▪", "\uF02D", "-", "\uF0D8", "➢", "\uF0FC", "✓", "\uF076", "❖", "\uF06E", "■", "\uF071", "❑", "\uF0E0", "→")

func lineOf(p *prose.Paragraph) line {
	l := line{
		text: plain(p.Text), marker: symbols.Replace(plain(p.Marker)), level: p.Level, heading: p.Heading,
		bold: p.Bold, centred: p.Centred, gap: p.Gap, page: p.Page, number: p.Line,
		width: utf8.RuneCountInString(strings.TrimRight(p.Text, " \t\r\n")),
	}
	if l.marker == "" {
		l.level = -1
	}
	for _, m := range p.Notes {
		l.notes = append(l.notes, m.N)
	}
	l.indent = len(p.Text) - len(strings.TrimLeft(p.Text, " \t"))
	l.parts = apart(p.Text)
	if p.Caps && !capitals(l.text) { // set in capitals, whatever was typed
		l.text = strings.ToUpper(l.text)
	}
	l.caps = capitals(l.text)
	return l
}

// starred takes the stars of bold print off a line of a text file; they may span lines. It returns
// whether the next line is still bold.
func starred(l *line, bold bool) bool {
	n := strings.Count(l.text, "**")
	if strings.Trim(l.text, "* ") == "" { // a line of stars is no print but an ornament
		return bold
	}
	l.bold = l.bold || bold || n > 0 && strings.HasPrefix(l.text, "**")
	if n > 0 {
		l.text = plain(strings.ReplaceAll(l.text, "**", ""))
		for i, p := range l.parts {
			l.parts[i] = plain(strings.ReplaceAll(p, "**", ""))
		}
	}
	return bold != (n%2 == 1)
}

// apart divides a line where three blanks or a tab stand: heads and ends of papers have two columns.
func apart(s string) []string {
	var parts []string
	begin, i := 0, 0
	for i < len(s) {
		if s[i] != ' ' && s[i] != '\t' && !strings.HasPrefix(s[i:], "\u00A0") {
			i++
			continue
		}
		end, wide, blanks := i, false, 0
		for i < len(s) {
			_, size := utf8.DecodeRuneInString(s[i:])
			if s[i] == '\t' {
				wide = true
			} else if s[i] != ' ' && !strings.HasPrefix(s[i:], "\u00A0") {
				break
			}
			blanks++
			i += size
		}
		if wide || blanks >= 3 {
			if p := plain(s[begin:end]); p != "" {
				parts = append(parts, p)
			}
			begin = i
		}
	}
	if p := plain(s[begin:]); p != "" {
		parts = append(parts, p)
	}
	return parts
}

// capitals reports whether s has letters, at least two, and all of them are capitals.
func capitals(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 2
}

// small reports whether s begins with a small letter, or with a bracket and a small letter.
func small(s string) bool {
	s, bracket := strings.CutPrefix(s, "(")
	r, size := utf8.DecodeRuneInString(s)
	if !unicode.IsLower(r) {
		return false
	}
	if !bracket {
		return true
	}
	next, _ := utf8.DecodeRuneInString(s[size:])
	return unicode.IsLetter(next)
}

// ended reports whether a sentence, or a part of a list, is over at the end of s.
func ended(s string) bool {
	s = strings.TrimRight(s, "\"”»’') ")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".;:!?…", r)
}

// fold returns s without marks, in small letters, with dashes as "-".
func foldDashes(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x2010 && r <= 0x2015 || r == 0x2212 {
			return '-'
		}
		return r
	}, s)
}
