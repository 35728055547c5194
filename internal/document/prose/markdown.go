package prose

import (
	"context"
	"io"
	"regexp"
	"strings"

	"chonoi/internal/fault"
)

// Markdown is read line by line and not into a tree: what a reader of plans needs is each line with
// the marker as it is printed, which CommonMark would count anew. So goldmark and its like do not
// serve here.

// markdown reads the lines of a Markdown file.
type markdown struct {
	text    *Text
	lines   []string // clean
	page    []bool   // a page begins at the line
	at      int
	pieces  int // paragraphs and cells so far
	gap     bool
	newPage bool
	comment bool   // within <!-- -->
	fence   string // what ends the block of code that we are in
	indents []int  // where the text of each open list level begins
	print   emphasis
	notes   labels
	last    map[string]int // the last line of the paragraph at hand that has a sign of bold print
	end     int            // the line after that paragraph
}

func (t *Text) readMarkdown(ctx context.Context, r io.ReaderAt, size int64) error {
	lines, err := t.readLines(ctx, r, size, MostMarkdown)
	if err != nil {
		return err
	}
	m := &markdown{text: t, page: make([]bool, len(lines)), notes: labels{numbers: map[string]int{}, texts: map[string][]string{}}}
	ended := false
	for i, line := range lines {
		said := strings.TrimLeft(line, "\f")
		m.page[i] = ended || len(said) < len(line)
		ended = strings.Contains(said, "\f")
		lines[i] = clean(strings.TrimRight(strings.ReplaceAll(said, "\f", " "), " \t"))
	}
	m.lines = lines
	for m.at = 0; m.at < len(m.lines); m.at++ {
		if m.at%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		m.line()
		if m.pieces > MostPieces {
			return fault.New(fault.TooLarge, "prose.too_many_pieces", "N", MostPieces)
		}
	}
	t.Notes = m.notes.all()
	return nil
}

var (
	atxHeading = regexp.MustCompile(`^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$`)
	underline  = regexp.MustCompile(`^ {0,3}(=+|-{2,})[ \t]*$`)
	rule       = regexp.MustCompile(`^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$`)
	listItem   = regexp.MustCompile(`^([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+|$)`)
	codeFence  = regexp.MustCompile("^ {0,3}(```+|~~~+)[^`]*$")
	definition = regexp.MustCompile(`^ {0,3}\[\^([^\]\s]{1,100})\]:[ \t]*(.*)$`)
	linkTarget = regexp.MustCompile(`^ {0,3}\[[^\]^][^\]]*\]:[ \t]*\S+[ \t]*(?:"[^"]*"|'[^']*'|\([^)]*\))?[ \t]*$`)
	quoteMark  = regexp.MustCompile(`^ {0,3}>[ \t]?`)
)

// line reads the next line.
func (m *markdown) line() {
	m.newPage = m.newPage || m.page[m.at]
	line := m.uncommented(m.lines[m.at])
	if m.fence != "" {
		m.code(line)
		return
	}
	for quoteMark.MatchString(line) {
		line = line[len(quoteMark.FindString(line)):]
	}
	switch {
	case strings.TrimSpace(line) == "":
		m.gap, m.print = true, emphasis{}
	case codeFence.MatchString(line):
		m.fence = codeFence.FindStringSubmatch(line)[1]
	case definition.MatchString(line):
		m.define(definition.FindStringSubmatch(line))
	case linkTarget.MatchString(line):
	case atxHeading.MatchString(line):
		m.heading(atxHeading.FindStringSubmatch(line))
	case underline.MatchString(line) && m.underlined():
	case rule.MatchString(line):
		m.gap, m.print = true, emphasis{}
	case m.beginsTable(line):
		m.table(line)
	default:
		m.paragraph(line)
	}
}

// uncommented takes comments out of a line; they may go on over lines.
func (m *markdown) uncommented(line string) string {
	if m.fence != "" && !m.comment {
		return line
	}
	var b strings.Builder
	for {
		if m.comment {
			_, rest, ends := strings.Cut(line, "-->")
			if !ends {
				return b.String()
			}
			m.comment, line = false, rest
		}
		kept, rest, begins := strings.Cut(line, "<!--")
		b.WriteString(kept)
		if !begins {
			return b.String()
		}
		m.comment, line = true, rest
	}
}

// code keeps a line of code as it is.
func (m *markdown) code(line string) {
	if rest := strings.TrimSpace(line); strings.HasPrefix(rest, m.fence) && strings.Trim(rest, m.fence[:1]) == "" {
		m.fence = ""
		return
	}
	if strings.TrimSpace(line) == "" {
		m.gap = true
		return
	}
	p := &Paragraph{Text: strings.TrimRight(line, " \t"), Level: -1}
	p.Caps = capitals(p.Text)
	m.put(p)
}

func (m *markdown) heading(parts []string) {
	m.indents, m.print = nil, emphasis{}
	p := m.spoken(strings.TrimSpace(parts[2]))
	p.Heading = len(parts[1])
	m.put(p)
}

// underlined makes the lines just before one of = or - a heading.
func (m *markdown) underlined() bool {
	rank := 1
	if strings.Contains(m.lines[m.at], "-") {
		rank = 2
	}
	found := false
	for i, line := len(m.text.Blocks)-1, m.at; i >= 0 && !m.gap; i, line = i-1, line-1 {
		p := m.text.Blocks[i].Paragraph
		if p == nil || p.Heading > 0 || p.Marker != "" || p.Line != line {
			break
		}
		p.Heading, found = rank, true
		if p.Gap {
			break
		}
	}
	if found {
		m.print = emphasis{}
	}
	return found
}

// paragraph reads a line of a list or of plain text.
func (m *markdown) paragraph(line string) {
	level, marker := -1, ""
	if item := listItem.FindStringSubmatch(line); item != nil {
		marker = item[2]
		level = m.level(width(item[1]), width(item[1])+len(marker)+min(max(width(item[3]), 1), 4))
		line = line[len(item[0]):]
		m.print = emphasis{}
	} else if m.gap && width(line[:len(line)-len(strings.TrimLeft(line, " \t"))]) == 0 {
		m.indents = nil
	}
	p := m.spoken(strings.TrimSpace(line))
	p.Marker, p.Level = marker, level
	if p.Text != "" || marker != "" || len(p.Notes) > 0 {
		m.put(p)
	}
}

// level is the level of an item whose marker stands at an indent and whose text begins at text.
func (m *markdown) level(indent, text int) int {
	for len(m.indents) > 0 && indent < m.indents[len(m.indents)-1] {
		m.indents = m.indents[:len(m.indents)-1]
	}
	if len(m.indents) < 50 {
		m.indents = append(m.indents, text)
	}
	return len(m.indents) - 1
}

// width counts blanks, a tab up to the next fourth column.
func width(blanks string) int {
	n := 0
	for _, r := range blanks {
		if r == '\t' {
			n += 4 - n%4
		} else {
			n++
		}
	}
	return n
}

// spoken is a paragraph of what a line says once its signs are read.
func (m *markdown) spoken(line string) *Paragraph {
	m.print.below = m.below()
	s := m.print.read(line, &m.notes)
	p := &Paragraph{Level: -1}
	p.Text, p.Notes = s.text()
	p.Bold, p.Italic = s.letters > 0 && s.bold == s.letters, s.letters > 0 && s.italic == s.letters
	p.Centred, p.Caps = s.centred, capitals(p.Text)
	return p
}

// below tells which signs of bold print stand further down in the paragraph of the line at hand: what
// is begun here may end there.
func (m *markdown) below() (signs []string) {
	if m.at >= m.end {
		m.last = map[string]int{}
		for m.end = m.at; m.end < len(m.lines); m.end++ {
			line := m.lines[m.end]
			if strings.TrimSpace(line) == "" || m.end > m.at && (listItem.MatchString(line) || atxHeading.MatchString(line)) {
				break
			}
			for _, sign := range []string{"**", "__"} {
				if strings.Contains(line, sign) {
					m.last[sign] = m.end
				}
			}
		}
	}
	for sign, at := range m.last {
		if at > m.at {
			signs = append(signs, sign)
		}
	}
	return signs
}

// put hands a paragraph over.
func (m *markdown) put(p *Paragraph) {
	m.pieces++
	p.Line, p.Gap, p.Page = m.at+1, m.gap, m.newPage
	m.gap, m.newPage = false, false
	m.text.Blocks = append(m.text.Blocks, Block{Paragraph: p})
}
