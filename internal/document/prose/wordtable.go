package prose

import "encoding/xml"

// span is where a cell stands that cells below may continue.
type span struct{ row, cell int }

// tableIn reads a table of the body. Within a note or a cell it is handed on paragraph by paragraph.
func (w *word) tableIn(p *part, add func(Paragraph)) error {
	t, err := w.table(p)
	if err == nil && len(t.Rows) > 0 {
		w.text.Blocks = append(w.text.Blocks, Block{Table: t})
		w.newPart = false
	}
	return err
}

func (w *word) table(p *part) (*Table, error) {
	t := &Table{Line: w.paras + 1}
	above := map[int]span{}
	return t, w.rows(p, t, above)
}

func (w *word) rows(p *part, t *Table, above map[int]span) error {
	return p.walk(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tr":
			return w.row(p, t, above)
		case "sdt", "sdtContent", "customXml", "ins":
			return w.rows(p, t, above)
		}
		return nil
	})
}

// readRow is a row while its cells are read.
type readRow struct {
	Row
	at      int // the column that comes next
	deleted bool
	last    int          // the cell that comes before, -1 none
	covered map[int]span // by column, what cells of this row continue
	own     map[int]int  // by column, the cells of this row
}

func (w *word) row(p *part, t *Table, above map[int]span) error {
	r := &readRow{last: -1, covered: map[int]span{}, own: map[int]int{}}
	if err := w.cells(p, r, above); err != nil {
		return err
	}
	if r.deleted {
		return nil
	}
	grown := map[span]bool{}
	for _, s := range r.covered {
		if !grown[s] {
			grown[s] = true
			t.Rows[s.row].Cells[s.cell].Down++
		}
	}
	clear(above)
	for col, s := range r.covered {
		above[col] = s
	}
	for col, i := range r.own {
		above[col] = span{len(t.Rows), i}
	}
	t.Rows = append(t.Rows, r.Row)
	return nil
}

func (w *word) cells(p *part, r *readRow, above map[int]span) error {
	return p.walk(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "trPr":
			return p.walk(func(e xml.StartElement) error {
				switch e.Name.Local {
				case "tblHeader":
					r.Header = toggled(e) == on
				case "del":
					r.deleted = true
				case "gridBefore":
					if n := number(attribute(e, "val")); attribute(e, "val") != "0" {
						r.Cells = append(r.Cells, Cell{Across: n, Down: 1})
						r.last, r.at = len(r.Cells)-1, n
					}
				}
				return nil
			})
		case "tc":
			if r.deleted {
				return nil
			}
			return w.cell(p, r, above)
		case "sdt", "sdtContent", "customXml", "ins":
			return w.cells(p, r, above)
		}
		return nil
	})
}

// cellFormat is what a cell tells of itself.
type cellFormat struct {
	across           int
	below, rightward bool // it continues the cell above, the cell at its left
	deleted          bool
}

func (f *cellFormat) take(e xml.StartElement) {
	val := attribute(e, "val")
	switch e.Name.Local {
	case "gridSpan":
		f.across = number(val)
	case "vMerge":
		f.below = val != "restart"
	case "hMerge":
		f.rightward = val != "restart"
	case "cellDel":
		f.deleted = true
	}
}

func (w *word) cell(p *part, r *readRow, above map[int]span) error {
	f := cellFormat{across: 1}
	c := Cell{Down: 1}
	add := func(one Paragraph) { c.Paragraphs = append(c.Paragraphs, one) }
	if err := w.cellContent(p, &f, add); err != nil {
		return err
	}
	w.release(add)
	if f.deleted {
		c.Paragraphs = nil
	}
	at := r.at
	r.at += f.across
	if over, ok := above[at]; ok && f.below {
		for col := at; col < r.at; col++ {
			r.covered[col] = over
		}
		r.last = -1
		return nil
	}
	if f.rightward && r.last >= 0 {
		r.Cells[r.last].Across += f.across
		for col := at; col < r.at; col++ {
			r.own[col] = r.last
		}
		return nil
	}
	c.Across, c.Bold = f.across, allBold(c.Paragraphs)
	for col := at; col < r.at; col++ {
		r.own[col] = len(r.Cells)
	}
	r.last = len(r.Cells)
	r.Cells = append(r.Cells, c)
	return nil
}

func (w *word) cellContent(p *part, f *cellFormat, add func(Paragraph)) error {
	return p.walk(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tcPr":
			return p.walk(func(e xml.StartElement) error { f.take(e); return nil })
		case "p":
			return w.paragraph(p, add)
		case "tbl": // a table within a cell is read paragraph by paragraph
			w.release(add)
			inner, err := w.table(p)
			if err == nil {
				(&Text{Blocks: []Block{{Table: inner}}}).each(func(one *Paragraph) { add(*one) })
			}
			return err
		case "sdt", "sdtContent", "customXml", "ins", "moveTo":
			return w.cellContent(p, f, add)
		case "AlternateContent":
			return w.choice(p, func() error { return w.cellContent(p, f, add) })
		}
		return nil
	})
}

// allBold reports that all that stands in a cell is bold.
func allBold(all []Paragraph) bool {
	any := false
	for _, one := range all {
		if inked(one.Text) && !one.Bold {
			return false
		}
		any = any || inked(one.Text)
	}
	return any
}
