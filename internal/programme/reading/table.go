package reading

import (
	"strings"

	"chonoi/internal/document/prose"
	"chonoi/internal/lang"
)

// grid is a table with every place filled: what a merged cell says holds for all that it covers.
type grid struct {
	rows   [][]*prose.Cell
	header []bool // the row is told as a head
	wide   int
}

// widest is the most columns that a table of a document has.
const widest = 64

func gridOf(t *prose.Table) grid {
	g := grid{rows: make([][]*prose.Cell, len(t.Rows)), header: make([]bool, len(t.Rows))}
	for r := range t.Rows {
		g.header[r] = t.Rows[r].Header
		col := 0
		for c := range t.Rows[r].Cells {
			cell := &t.Rows[r].Cells[c]
			for g.at(r, col) != nil {
				col++
			}
			g.fill(r, col, cell, len(t.Rows))
			col += max(cell.Across, 1)
		}
		g.wide = max(g.wide, len(g.rows[r]))
	}
	return g
}

func (g *grid) at(r, c int) *prose.Cell {
	if r >= len(g.rows) || c >= len(g.rows[r]) {
		return nil
	}
	return g.rows[r][c]
}

func (g *grid) fill(r, c int, cell *prose.Cell, rows int) {
	for y := r; y < min(r+max(cell.Down, 1), rows); y++ {
		for x := c; x < min(c+max(cell.Across, 1), widest); x++ {
			for len(g.rows[y]) <= x {
				g.rows[y] = append(g.rows[y], nil)
			}
			g.rows[y][x] = cell
		}
	}
}

func (g *grid) text(r, c int) string {
	cell := g.at(r, c)
	if cell == nil {
		return ""
	}
	return glued(paragraphTexts(cell.Paragraphs))
}

func paragraphTexts(all []prose.Paragraph) []string {
	var out []string
	for i := range all {
		s := plain(all[i].Text)
		if m := plain(all[i].Marker); m != "" {
			s = m + " " + s
		}
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// cellTexts are the paragraphs of all cells, the left column before the right one.
func cellTexts(t *prose.Table) []string {
	g := gridOf(t)
	var out []string
	seen := map[*prose.Cell]bool{}
	for c := range g.wide {
		for r := range g.rows {
			if cell := g.at(r, c); cell != nil && !seen[cell] {
				seen[cell] = true
				out = append(out, paragraphTexts(cell.Paragraphs)...)
			}
		}
	}
	return out
}

// layout reports whether a table only sets head or end of a paper in two columns.
func layout(t *prose.Table) bool {
	if len(t.Rows) > 8 {
		return false
	}
	g := gridOf(t)
	if g.wide > 3 {
		return false
	}
	for _, s := range cellTexts(t) {
		if isMotto(s) || recipientsMark.MatchString(s) || signMark.MatchString(s) && capitals(s) || dated.MatchString(s) && len(s) < 120 {
			return true
		}
		if numbered.MatchString(s) && len(s) < 40 {
			return true
		}
	}
	return false
}

// endTable reports whether a layout table holds recipients or a signature.
func endTable(t *prose.Table) bool {
	for _, s := range cellTexts(t) {
		if recipientsMark.MatchString(s) || signMark.MatchString(s) && capitals(s) {
			return true
		}
	}
	return false
}

// column is what a column of a table of tasks holds.
type column int

const (
	colNone column = iota
	colNumber
	colTask
	colLead
	colWith
	colDue
	colProduct
	colUnit
	colNote
	colMoney
)

// heads are words of column heads, folded; the first that is found in a head decides.
var heads = []struct {
	word string
	col  column
}{
	{"phoi hop", colWith}, {"chu tri", colLead},
	{"don vi tinh", colUnit}, {"dvt", colUnit}, {"thoi gian", colDue}, {"thoi han", colDue}, {"tien do", colDue}, {"hoan thanh", colDue}, {"lo trinh", colDue},
	{"san pham", colProduct}, {"ket qua", colProduct}, {"dau ra", colProduct},
	{"kinh phi", colMoney}, {"nguon von", colMoney}, {"du toan", colMoney}, {"ghi chu", colNote},
	{"don vi thuc hien", colLead}, {"co quan thuc hien", colLead}, {"phu trach", colLead}, {"trach nhiem", colLead}, {"co quan, don vi", colLead},
	{"nhiem vu", colTask}, {"noi dung", colTask}, {"cong viec", colTask}, {"hoat dong", colTask}, {"chi tieu", colTask}, {"chuong trinh", colTask}, {"de an", colTask},
	{"du an", colTask}, {"danh muc", colTask}, {"ten ", colTask}, {"giai phap", colTask}, {"muc tieu", colTask}, {"van ban", colTask}, {"linh vuc", colNote}, {"co so phap ly", colNote},
	{"don vi", colUnit},
}

func columnOf(head string) column {
	f := strings.TrimSpace(lang.Fold(head))
	switch f {
	case "":
		return colNone
	case "stt", "tt", "so tt", "so thu tu", "s.t.t", "t.t", "no", "no.", "#":
		return colNumber
	case "thuc hien":
		return colLead
	}
	for _, h := range heads {
		if strings.Contains(f+" ", h.word) {
			return h.col
		}
	}
	return colNone
}
