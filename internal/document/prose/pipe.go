package prose

import (
	"regexp"
	"strings"
)

var ruler = regexp.MustCompile(`^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$`)

// beginsTable reports whether a line is the head of a table: below it stands a line of hyphens with
// as many columns, which are not more than Word has.
func (m *markdown) beginsTable(line string) bool {
	if !strings.Contains(line, "|") || m.at+1 >= len(m.lines) {
		return false
	}
	below := m.lines[m.at+1]
	if !strings.Contains(below, "|") || !ruler.MatchString(below) {
		return false
	}
	wide := len(columns(line))
	return wide <= mostColumns && wide == len(columns(below))
}

// table reads the rows of a table up to the first line that is none.
func (m *markdown) table(head string) {
	t := &Table{Line: m.at + 1}
	wide := len(columns(head))
	t.Rows = append(t.Rows, m.row(head, wide, true))
	m.at++
	for m.at+1 < len(m.lines) && m.pieces <= MostPieces {
		next := m.lines[m.at+1]
		if strings.TrimSpace(next) == "" || !strings.Contains(next, "|") {
			break
		}
		m.at++
		t.Rows = append(t.Rows, m.row(next, wide, false))
	}
	m.text.Blocks = append(m.text.Blocks, Block{Table: t})
	m.gap, m.newPage, m.print, m.indents, m.end = false, false, emphasis{}, nil, 0
}

// row reads a row; cells that are missing are empty, as those beyond the head are left out.
func (m *markdown) row(line string, wide int, head bool) Row {
	cells := columns(line)
	row := Row{Header: head}
	m.pieces += 1 + wide
	for i := range wide {
		cell := Cell{Across: 1, Down: 1}
		if i < len(cells) {
			m.print, m.end, m.last = emphasis{}, m.at+1, nil // no cell ends what another begins
			for _, part := range strings.Split(breaks.ReplaceAllString(cells[i], "\n"), "\n") {
				p := m.spoken(strings.TrimSpace(part))
				p.Line = m.at + 1
				cell.Paragraphs = append(cell.Paragraphs, *p)
			}
		}
		cell.Bold = cell.bold()
		row.Cells = append(row.Cells, cell)
	}
	return row
}

var breaks = regexp.MustCompile(`(?i)<br[ \t]*/?>`)

// columns divides a line at its bars, but for those behind a backslash or within code.
func columns(line string) []string {
	line = strings.TrimSpace(line)
	line = strings.TrimPrefix(line, "|")
	var cells []string
	var b strings.Builder
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\' && i+1 < len(line) && line[i+1] == '|':
			b.WriteByte('|')
			i++
		case c == '\\' && i+1 < len(line):
			b.WriteString(line[i : i+2])
			i++
		case c == '`':
			if end := strings.IndexByte(line[i+1:], '`'); end >= 0 && !strings.Contains(line[i+1:i+1+end], "|") {
				b.WriteString(line[i : i+end+2])
				i += end + 1
			} else {
				b.WriteByte(c)
			}
		case c == '|':
			cells = append(cells, b.String())
			b.Reset()
		default:
			b.WriteByte(c)
		}
	}
	if strings.TrimSpace(b.String()) != "" || len(cells) == 0 {
		cells = append(cells, b.String())
	}
	return cells
}
