package prose

import "encoding/xml"

// table reads w:tbl.
func (s *story) table(sink func(Block)) error {
	t := &Table{Line: s.line + 1}
	d := &drawer{story: s, table: t}
	if err := s.part.each(d.child); err != nil {
		return err
	}
	if len(t.Rows) > 0 && s.away == 0 {
		sink(Block{Table: t})
	}
	return nil
}

// drawer fills a table row by row, and keeps which cell of the last row may reach down.
type drawer struct {
	*story
	table *Table
	above []place // by column: the cell that a merged one below goes on with
	spare []place // room for those of the next row
}

// place is where a cell stands that others may continue: row and index, and its first column.
type place struct {
	row, cell, col int
	open           bool
}

func (d *drawer) child(e xml.StartElement) error {
	switch name := e.Name.Local; name {
	case "tr":
		return d.row()
	case "sdt":
		return d.control(d.child)
	case "AlternateContent":
		return d.choose(func() error { return d.part.each(d.child) })
	default:
		if isProperty(name) {
			return d.skip()
		}
		return d.part.each(d.child)
	}
}

// rowDrawer fills a row.
type rowDrawer struct {
	*drawer
	row  Row
	at   int // its index
	col  int
	gone bool // the row is deleted
	next []place
}

func (d *drawer) row() error {
	if err := d.piece(); err != nil {
		return err
	}
	r := &rowDrawer{drawer: d, at: len(d.table.Rows), next: d.spare[:0]}
	if err := d.part.each(r.child); err != nil {
		return err
	}
	if r.gone {
		d.spare = r.next
		return nil
	}
	d.table.Rows = append(d.table.Rows, r.row)
	d.above, d.spare = r.next, d.above
	return nil
}

func (r *rowDrawer) child(e xml.StartElement) error {
	switch name := e.Name.Local; name {
	case "trPr":
		return r.properties()
	case "tc":
		return r.cell()
	case "sdt":
		return r.control(r.child)
	case "AlternateContent":
		return r.choose(func() error { return r.part.each(r.child) })
	default:
		if isProperty(name) {
			return r.skip()
		}
		return r.part.each(r.child)
	}
}

func (r *rowDrawer) properties() error {
	return r.part.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tblHeader":
			r.row.Header = told(e) == on
		case "gridBefore":
			if n := count(attribute(e, "val"), mostColumns); n > 0 {
				r.keep(Cell{Across: n, Down: 1}, false)
			}
		case "del":
			r.gone = true
			r.warnOnce(r.line+1, "prose.tracked_changes")
		}
		return r.skip()
	})
}

// span is how a cell is merged with others.
type span struct {
	across int
	down   string // restart, continue, or empty
	left   bool   // it goes on with the cell at its left
	gone   bool   // it is deleted
}

func (r *rowDrawer) cell() error {
	if err := r.piece(); err != nil {
		return err
	}
	cell := Cell{Across: 1, Down: 1}
	span := span{across: 1}
	keep := func(b Block) { cell.take(b) }
	deleted := r.gone
	err := r.part.each(func(e xml.StartElement) error {
		if e.Name.Local == "tcPr" {
			return readSpan(r.part, &span)
		}
		if deleted || span.gone {
			return r.within(&r.story.gone, func() error { return r.block(e, keep) })
		}
		return r.block(e, keep)
	})
	if err == nil {
		err = r.flush(keep)
	}
	if err != nil || span.gone || deleted {
		return err
	}
	cell.Across = span.across
	cell.Bold = cell.bold()
	r.join(cell, span)
	return nil
}

func readSpan(p *part, s *span) error {
	return p.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "gridSpan":
			s.across = max(count(attribute(e, "val"), mostColumns), 1)
		case "vMerge":
			if s.down = attribute(e, "val"); s.down != "restart" {
				s.down = "continue"
			}
		case "hMerge":
			s.left = attribute(e, "val") != "restart"
		case "cellDel":
			s.gone = true
		}
		return p.skip()
	})
}

// join puts a cell at its place, or lets the cell above or at the left reach there: what stands in a
// covered cell is not displayed.
func (r *rowDrawer) join(cell Cell, s span) {
	if s.left && len(r.row.Cells) > 0 {
		last := &r.row.Cells[len(r.row.Cells)-1]
		last.Across = min(last.Across+cell.Across, mostColumns)
		r.col += cell.Across
		return
	}
	if s.down == "continue" && r.col < len(r.above) && r.above[r.col].open && r.above[r.col].col == r.col {
		up := r.above[r.col]
		first := &r.table.Rows[up.row].Cells[up.cell]
		first.Down++
		r.extend(up, max(first.Across, 1))
		return
	}
	r.keep(cell, s.down != "")
}

func (r *rowDrawer) keep(cell Cell, open bool) {
	r.row.Cells = append(r.row.Cells, cell)
	r.extend(place{row: r.at, cell: len(r.row.Cells) - 1, col: r.col, open: open}, cell.Across)
}

func (r *rowDrawer) extend(p place, across int) {
	for range across {
		if len(r.next) < 4*mostColumns {
			r.next = append(r.next, p)
		}
	}
	r.col += across
}

// take adds what stands in a cell; of a table within it the paragraphs.
func (c *Cell) take(b Block) {
	if b.Paragraph != nil {
		c.Paragraphs = append(c.Paragraphs, *b.Paragraph)
		return
	}
	for _, row := range b.Table.Rows {
		for _, inner := range row.Cells {
			c.Paragraphs = append(c.Paragraphs, inner.Paragraphs...)
		}
	}
}

// bold reports whether the cell has text and all of it is bold.
func (c *Cell) bold() bool {
	said := false
	for i := range c.Paragraphs {
		if p := &c.Paragraphs[i]; p.Text != "" {
			if !p.Bold {
				return false
			}
			said = true
		}
	}
	return said
}
