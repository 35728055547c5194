package prose

import (
	"regexp"
	"strings"
)

var delimiter = regexp.MustCompile(`^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$`)

// table reads a table that begins at line i and returns how many lines it takes; 0 where none begins.
func (m *markdown) table(i int) (int, error) {
	if i+1 >= len(m.lines) || !strings.Contains(m.lines[i].text, "|") || m.lines[i+1].gap {
		return 0, nil
	}
	line := m.lines[i+1].text
	head := row(m.lines[i].text)
	if !strings.Contains(line, "|") || !delimiter.MatchString(line) || len(row(line)) != len(head) {
		return 0, nil
	}
	m.flush()
	m.items = nil
	t := &Table{Line: m.lines[i].number}
	for n := 0; ; n++ {
		if n == 1 {
			continue
		}
		if i+n >= len(m.lines) || n > 1 && (m.lines[i+n].gap || m.lines[i+n].page || !strings.Contains(m.lines[i+n].text, "|")) {
			m.text.Blocks = append(m.text.Blocks, Block{Table: t})
			return n, nil
		}
		if m.paras += len(head); m.paras > mostParagraphs {
			return 0, tooManyParagraphs()
		}
		t.Rows = append(t.Rows, m.row(m.lines[i+n], len(head), n == 0))
	}
}

func (m *markdown) row(l sourceLine, wide int, header bool) Row {
	r := Row{Header: header}
	cells := row(l.text)
	for c := range wide {
		one := Paragraph{Level: -1, Line: l.number}
		if c < len(cells) {
			styled(cells[c], m)[0].into(&one)
		}
		r.Cells = append(r.Cells, Cell{Paragraphs: []Paragraph{one}, Across: 1, Down: 1, Bold: one.Bold})
	}
	return r
}

// row divides a line at the bars that are not escaped.
func row(s string) (cells []string) {
	s = strings.TrimPrefix(strings.TrimSpace(s), "|")
	if strings.HasSuffix(s, "|") && !strings.HasSuffix(s, `\|`) {
		s = s[:len(s)-1]
	}
	from := 0
	for i := 0; i < len(s) && len(cells) < widest; i++ {
		switch s[i] {
		case '\\':
			i++
		case '|':
			cells = append(cells, strings.TrimSpace(s[from:i]))
			from = i + 1
		}
	}
	return append(cells, strings.TrimSpace(s[from:]))
}
