package prose

import (
	"context"
	"io"
	"regexp"
	"strings"
)

// markdown is a Markdown text while it is read: a paragraph for each line, as in a plain text.
type markdown struct {
	text   *Text
	lines  []sourceLine
	items  []int       // where the text of the list items begins in which a line stands
	block  []Paragraph // lines that belong together: bold print and links may span them
	order  []string    // names of the notes in the order in which the text refers to them
	places map[string]int
	notes  map[string][]string
	paras  int
}

type sourceLine struct {
	number int
	text   string
	gap    bool
	page   bool
}

func readMarkdown(ctx context.Context, r io.ReaderAt, size int64) (*Text, error) {
	plain, err := readPlain(ctx, r, size)
	if err != nil {
		return nil, err
	}
	m := &markdown{text: &Text{Kind: "md"}, places: map[string]int{}, notes: map[string][]string{}}
	for _, b := range plain.Blocks {
		m.lines = append(m.lines, sourceLine{b.Paragraph.Line, b.Paragraph.Text, b.Paragraph.Gap, b.Paragraph.Page})
	}
	for i := 0; i < len(m.lines); {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		n, err := m.take(i)
		if err != nil {
			return nil, err
		}
		i += n
	}
	m.flush()
	for i, name := range m.order {
		m.text.Notes = append(m.text.Notes, Note{N: i + 1, Text: m.note(name)})
	}
	return m.text, nil
}

// note is the text of a note without its signs of print. Notes that it refers to are not followed.
func (m *markdown) note(name string) string {
	return strings.TrimSpace(styled(strings.Join(m.notes[name], " "), nil).text())
}

var (
	fence      = regexp.MustCompile("^ {0,3}(```+|~~~+)")
	heading    = regexp.MustCompile(`^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$`)
	underline  = regexp.MustCompile(`^ {0,3}(=+|-+)[ \t]*$`)
	rule       = regexp.MustCompile(`^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$`)
	listItem   = regexp.MustCompile(`^([ \t]*)([-*+]|[0-9]{1,9}[.)])([ \t]+)(\S.*)$`)
	definition = regexp.MustCompile(`^ {0,3}\[\^([^\]\s]{1,100})\]:[ \t]*(.*)$`)
	quote      = regexp.MustCompile(`^ {0,3}> ?`)
)

// take reads what begins at line i and returns how many lines it took.
func (m *markdown) take(i int) (int, error) {
	l := m.lines[i]
	if l.gap || l.page {
		m.flush()
	}
	if f := fence.FindStringSubmatch(l.text); f != nil {
		return m.code(i, f[1]), nil
	}
	if d := definition.FindStringSubmatch(l.text); d != nil {
		return m.define(i, d[1], d[2]), nil
	}
	if h := heading.FindStringSubmatch(l.text); h != nil {
		m.flush()
		m.items = nil
		m.add(l, h[2], Paragraph{Level: -1, Heading: len(h[1])})
		m.flush()
		return 1, nil
	}
	if u := underline.FindStringSubmatch(l.text); u != nil && len(m.block) > 0 && m.block[0].Level < 0 && !l.gap {
		level := 2
		if u[1][0] == '=' {
			level = 1
		}
		for k := range m.block {
			m.block[k].Heading = level
		}
		m.flush()
		return 1, nil
	}
	if rule.MatchString(l.text) {
		m.flush()
		m.carry(i)
		return 1, nil
	}
	if n, err := m.table(i); n > 0 || err != nil {
		return n, err
	}
	l.text = quote.ReplaceAllString(l.text, "")
	if item := listItem.FindStringSubmatch(l.text); item != nil {
		m.flush()
		at := columns(item[1])
		for len(m.items) > 0 && at < m.items[len(m.items)-1] {
			m.items = m.items[:len(m.items)-1]
		}
		level := min(len(m.items), 8)
		m.items = append(m.items, at+len(item[2])+min(columns(item[3]), 4))
		m.add(l, item[4], Paragraph{Level: level, Marker: item[2]})
		return 1, nil
	}
	if l.gap && columns(l.text) == 0 {
		m.items = nil
	}
	m.add(l, strings.TrimLeft(l.text, " \t"), Paragraph{Level: -1})
	return 1, nil
}

// columns is how far a line is indented.
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch r {
		case ' ':
			n++
		case '\t':
			n += 4 - n%4
		default:
			return n
		}
	}
	return n
}

// carry lets a line that is not shown leave its gap and its page break to the next one.
func (m *markdown) carry(i int) {
	if i+1 < len(m.lines) {
		m.lines[i+1].gap = true
		m.lines[i+1].page = m.lines[i+1].page || m.lines[i].page
	}
}

func (m *markdown) add(l sourceLine, text string, p Paragraph) {
	p.Text, p.Line, p.Gap, p.Page = text, l.number, l.gap, l.page
	m.block = append(m.block, p)
}

// code reads a fenced block, which is shown as it is written.
func (m *markdown) code(i int, mark string) int {
	m.flush()
	m.carry(i)
	for n := 1; i+n < len(m.lines); n++ {
		l := m.lines[i+n]
		if strings.HasPrefix(strings.TrimLeft(l.text, " "), mark) {
			m.carry(i + n)
			return n + 1
		}
		one := Paragraph{Text: l.text, Level: -1, Caps: capitals(l.text), Gap: l.gap, Page: l.page, Line: l.number}
		m.text.Blocks = append(m.text.Blocks, Block{Paragraph: &one})
	}
	return len(m.lines) - i
}

// define reads the text of a note: the line and those below that are indented.
func (m *markdown) define(i int, name, first string) int {
	m.flush()
	texts := []string{first}
	n := 1
	for ; i+n < len(m.lines); n++ {
		l := m.lines[i+n]
		if columns(l.text) < 2 && (l.gap || definition.MatchString(l.text)) || l.gap && columns(l.text) < 4 {
			break
		}
		texts = append(texts, strings.TrimSpace(l.text))
	}
	m.carry(i + n - 1)
	if _, twice := m.notes[name]; !twice {
		m.notes[name] = texts
	}
	return n
}

// flush takes the print signs out of the lines that belong together and lays them down.
func (m *markdown) flush() {
	if len(m.block) == 0 {
		return
	}
	texts := make([]string, len(m.block))
	for i := range m.block {
		texts[i] = m.block[i].Text
	}
	found := styled(strings.Join(texts, "\n"), m)
	for i := range m.block {
		p := m.block[i]
		if i < len(found) {
			found[i].into(&p)
		}
		m.text.Blocks = append(m.text.Blocks, Block{Paragraph: &p})
	}
	m.block = m.block[:0]
}

// number returns the number of the note of that name.
func (m *markdown) number(name string) int {
	n, known := m.places[name]
	if !known {
		m.order = append(m.order, name)
		n = len(m.order)
		m.places[name] = n
	}
	return n
}
