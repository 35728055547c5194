package paper

import (
	"strconv"
)

// table writes a ruled table over the whole width, its header repeated on every page.
func (d *docx) table(t *Table) {
	if caption := line(t.Caption); caption != "" {
		d.put(`<w:p><w:pPr><w:pStyle w:val="Caption"/></w:pPr>`)
		d.text(caption, Run{})
		d.put(`</w:p>`)
	}
	widths := t.widths(d.width)
	d.put(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="`, strconv.Itoa(d.width), `" w:type="dxa"/><w:tblBorders>`, borders,
		`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, width := range widths {
		d.put(`<w:gridCol w:w="`, strconv.Itoa(width), `"/>`)
	}
	d.put(`</w:tblGrid>`)
	d.rows(t, t.Header, widths, true)
	d.rows(t, t.Rows, widths, false)
	if len(t.Header)+len(t.Rows) == 0 {
		d.rows(t, []Row{{}}, widths, false)
	}
	d.put(`</w:tbl><w:p><w:pPr><w:pStyle w:val="Tiny"/><w:spacing w:after="`, strconv.Itoa(pt(d.l.use("body.between"))), `"/></w:pPr></w:p>`)
}

// widths shares the width of the page among the columns.
func (t *Table) widths(whole int) []int {
	sum := 0.0
	for _, c := range t.Columns {
		sum += max(c.Width, 0)
	}
	widths, left := make([]int, len(t.Columns)), whole
	for i, c := range t.Columns {
		share := 1 / float64(len(t.Columns))
		if sum > 0 {
			share = max(c.Width, 0) / sum
		}
		widths[i] = max(int(float64(whole)*share), 120)
		left -= widths[i]
	}
	if left > 0 {
		widths[len(widths)-1] += left
	}
	return widths
}

// placed is a cell at its place in the grid.
type placed struct {
	column, across int
	cell           *Cell // nil where a cell from above goes on
	down           int   // rows that it spans from here on, itself among them
}

// places lays cells into the grid, row by row: what would overlap or stick out is cut.
func places(rows []Row, columns int, yield func(row []placed)) {
	type span struct{ rows, across int }
	above := make([]span, columns)
	var row []placed
	for r := range rows {
		row = row[:0]
		next := 0
		for column := 0; column < columns; {
			if above[column].rows > 0 {
				above[column].rows--
				row = append(row, placed{column: column, across: above[column].across})
				column += above[column].across
				continue
			}
			p := placed{column: column, across: 1, down: 1, cell: &Cell{}}
			if next < len(rows[r].Cells) {
				p.cell = &rows[r].Cells[next]
				next++
				room := 1
				for column+room < columns && above[column+room].rows == 0 {
					room++
				}
				p.across = min(max(p.cell.Across, 1), room)
				p.down = min(max(p.cell.Down, 1), len(rows)-r)
			}
			above[column] = span{p.down - 1, p.across}
			row = append(row, p)
			column += p.across
		}
		yield(row)
	}
}

func (d *docx) rows(t *Table, rows []Row, widths []int, header bool) {
	places(rows, len(widths), func(row []placed) {
		d.put(`<w:tr><w:trPr><w:cantSplit/>`)
		if header {
			d.put(`<w:tblHeader/>`)
		}
		d.put(`</w:trPr>`)
		for _, p := range row {
			d.tableCell(t, p, widths, header)
		}
		d.put(`</w:tr>`)
	})
}

func (d *docx) tableCell(t *Table, p placed, widths []int, header bool) {
	width := 0
	for _, w := range widths[p.column : p.column+p.across] {
		width += w
	}
	d.put(`<w:tc><w:tcPr><w:tcW w:w="`, strconv.Itoa(width), `" w:type="dxa"/>`)
	if p.across > 1 {
		d.put(`<w:gridSpan w:val="`, strconv.Itoa(p.across), `"/>`)
	}
	switch {
	case p.cell == nil:
		d.put(`<w:vMerge/></w:tcPr><w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p></w:tc>`)
		return
	case p.down > 1:
		d.put(`<w:vMerge w:val="restart"/>`)
	}
	if header {
		d.put(`<w:vAlign w:val="center"/>`)
	}
	d.put(`</w:tcPr><w:p><w:pPr><w:pStyle w:val="TableText"/>`)
	if header {
		d.put(`<w:keepNext/>`)
	}
	align := cellAlign(t, p, header)
	d.put(aligned(align), `</w:pPr>`)
	for _, r := range p.cell.Runs {
		r.Bold = r.Bold || p.cell.Bold || header
		d.runs([]Run{r}, face{})
	}
	d.put(`</w:p></w:tc>`)
}

// cellAlign is the alignment of a cell: its own, in the header the middle, else its column's.
func cellAlign(t *Table, p placed, header bool) Align {
	switch {
	case p.cell.Align != Usual:
		return p.cell.Align
	case header:
		return Centre
	}
	return t.Columns[p.column].Align
}
