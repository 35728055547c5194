package paper

import (
	"chonoi/internal/fault"
)

// What one paper may hold. A report of 400 pages stays far below.
const (
	mostText       = 64 << 20 // bytes of all texts together
	mostCells      = 1 << 20
	mostColumns    = 63 // what a word processor takes
	mostBlocks     = 200_000
	mostAppendices = 200
	longestID      = 64 // characters of the tag of a content control
)

// tally adds up what a paper holds.
type tally struct {
	bytes, cells, blocks int
	fault                error
}

// check refuses a paper that is too large or has no layout; faults TooLarge and Invalid.
func (p *Paper) check() error {
	if p.Layout == nil {
		return fault.New(fault.Invalid, "paper.no_layout")
	}
	var t tally
	for _, text := range []string{p.Heads.Superior, p.Heads.Issuer, p.Heads.Number, p.Heads.Symbol, p.Heads.Place,
		p.Kind, p.Abstract, p.About.Title, p.About.Author} {
		t.bytes += len(text)
	}
	for _, text := range append(append([]string(nil), p.To...), p.Recipients...) {
		t.bytes += len(text)
		t.blocks++
	}
	for _, s := range p.Signatures {
		t.bytes += len(s.Title) + len(s.Name)
		for _, text := range s.Authority {
			t.bytes += len(text)
		}
	}
	t.add(p.Body)
	for _, a := range p.Appendices {
		t.bytes += len(a.Title)
		t.add(a.Body)
	}
	if t.fault != nil {
		return t.fault
	}
	if t.bytes > mostText || t.cells > mostCells || t.blocks > mostBlocks || len(p.Appendices) > mostAppendices || len(p.Signatures) > 6 {
		return fault.New(fault.TooLarge, "paper.too_large")
	}
	return nil
}

func (t *tally) add(blocks []Block) {
	t.blocks += len(blocks)
	for _, b := range blocks {
		switch {
		case b.Heading != nil:
			t.bytes += len(b.Heading.Marker)
			t.runs(b.Heading.Text)
		case b.Paragraph != nil:
			t.runs(b.Paragraph.Runs)
		case b.List != nil:
			t.blocks += len(b.List.Items)
			for _, item := range b.List.Items {
				t.runs(item)
			}
		case b.Table != nil:
			t.table(b.Table)
		}
	}
}

func (t *tally) table(table *Table) {
	if len(table.Columns) == 0 || len(table.Columns) > mostColumns {
		t.fault = fault.New(fault.Invalid, "paper.columns", "Most", mostColumns)
	}
	t.bytes += len(table.Caption)
	t.cells += (len(table.Header) + len(table.Rows)) * len(table.Columns)
	for _, rows := range [][]Row{table.Header, table.Rows} {
		for _, row := range rows {
			for _, cell := range row.Cells {
				t.runs(cell.Runs)
			}
		}
	}
}

func (t *tally) runs(runs []Run) {
	for _, r := range runs {
		t.bytes += len(r.Text) + 64
		if len(r.Figure) > longestID {
			t.fault = fault.New(fault.Invalid, "paper.figure_id", "Most", longestID)
		}
	}
}
