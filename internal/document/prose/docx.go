package prose

import (
	"context"
	"encoding/xml"
	"io"
	"sort"
	"strings"

	"chonoi/internal/fault"
)

// docx is a DOCX on its way to a text.
type docx struct {
	*pack
	styles    *styles
	numbering *numbering
	text      *Text
	foot, end refs
	pieces    int
	bytes     int             // of text and numbers
	told      map[string]bool // warnings of which one is enough
}

// refs are the marks of notes that were met: where the note of that name stands among them.
type refs struct {
	order map[string]int
	marks []*int // the N of each mark, to be counted on when all are known
}

func readDocx(ctx context.Context, r io.ReaderAt, size int64) (*Text, error) {
	k, err := openPack(ctx, r, size)
	if err != nil {
		return nil, err
	}
	d := &docx{pack: k, text: &Text{Kind: "docx"}, told: map[string]bool{}}
	d.foot.order, d.end.order = map[string]int{}, map[string]int{}
	if d.styles, err = k.readStyles(); err != nil {
		return nil, err
	}
	if d.numbering, err = k.readNumbering(d.styles); err != nil {
		return nil, err
	}
	if err := d.readMain(); err != nil {
		return nil, err
	}
	if err := d.readNotes("footnotes", "footnote", &d.foot, 0); err != nil {
		return nil, err
	}
	if err := d.readNotes("endnotes", "endnote", &d.end, len(d.foot.order)); err != nil {
		return nil, err
	}
	d.numberMarks()
	return d.text, nil
}

// readMain reads the text itself.
func (d *docx) readMain() error {
	return d.read(d.main, func(p *part, root xml.StartElement) error {
		switch root.Name.Local {
		case "document":
		case "workbook":
			return fault.New(fault.Unsupported, "prose.is_workbook")
		case "presentation":
			return fault.New(fault.Unsupported, "prose.is_presentation")
		default:
			return broken()
		}
		found := false
		err := p.each(func(e xml.StartElement) error {
			if e.Name.Local != "body" {
				return p.skip()
			}
			found = true
			s := &story{docx: d, part: p}
			if err := s.blocks(func(b Block) { d.text.Blocks = append(d.text.Blocks, b) }); err != nil {
				return err
			}
			if len(s.fields) > 0 {
				d.warnOnce(0, "prose.field_open")
			}
			return nil
		})
		if err == nil && !found {
			err = broken()
		}
		return err
	})
}

// readNotes reads the notes that have a mark in the text; their numbers begin after before.
func (d *docx) readNotes(relation, name string, met *refs, before int) error {
	if len(met.order) == 0 {
		return nil
	}
	notes := make([]Note, len(met.order))
	for i := range notes {
		notes[i] = Note{N: before + i + 1, End: name == "endnote"}
	}
	err := d.read(d.parts[relation], func(p *part, _ xml.StartElement) error {
		return p.each(func(e xml.StartElement) error {
			at, is := met.order[attribute(e, "id")]
			if e.Name.Local != name || !is {
				return p.skip()
			}
			var texts []string
			s := &story{docx: d, part: p, aside: true}
			err := s.blocks(func(b Block) { texts = append(texts, textsOf(b)...) })
			notes[at].Text = strings.Join(texts, "\n")
			return err
		})
	})
	d.text.Notes = append(d.text.Notes, notes...)
	return err
}

// textsOf are the paragraphs of a block that say something, with what stands before them.
func textsOf(b Block) (texts []string) {
	var add func(p *Paragraph)
	add = func(p *Paragraph) {
		if t := strings.TrimSpace(p.Marker + " " + strings.TrimSpace(p.Text)); t != "" {
			texts = append(texts, t)
		}
	}
	if b.Paragraph != nil {
		add(b.Paragraph)
		return texts
	}
	for _, row := range b.Table.Rows {
		for _, cell := range row.Cells {
			for i := range cell.Paragraphs {
				add(&cell.Paragraphs[i])
			}
		}
	}
	return texts
}

// mark notes that the mark of a note stands here, and returns its number among its kind.
func (r *refs) mark(id string) int {
	n, met := r.order[id]
	if !met {
		n = len(r.order)
		r.order[id] = n
	}
	return n + 1
}

// numberMarks lets the marks of endnotes, which were kept as negative numbers, count on after the
// footnotes.
func (d *docx) numberMarks() {
	for _, b := range d.text.Blocks {
		if b.Paragraph != nil {
			d.numberIn(b.Paragraph)
			continue
		}
		for r := range b.Table.Rows {
			for c := range b.Table.Rows[r].Cells {
				for i := range b.Table.Rows[r].Cells[c].Paragraphs {
					d.numberIn(&b.Table.Rows[r].Cells[c].Paragraphs[i])
				}
			}
		}
	}
	sort.SliceStable(d.text.Warnings, func(i, j int) bool { return d.text.Warnings[i].Line < d.text.Warnings[j].Line })
}

func (d *docx) numberIn(p *Paragraph) {
	for i := range p.Notes {
		if p.Notes[i].N < 0 {
			p.Notes[i].N = len(d.foot.order) - p.Notes[i].N
		}
	}
}

// piece counts a paragraph, a row or a cell.
func (d *docx) piece() error {
	if d.pieces++; d.pieces > MostPieces {
		return fault.New(fault.TooLarge, "prose.too_many_pieces", "N", MostPieces)
	}
	return nil
}

// measure counts bytes of text.
func (d *docx) measure(bytes int) error {
	if d.bytes += bytes; d.bytes > MostText {
		return tooMuchText(MostText)
	}
	return nil
}

// warnOnce adds a warning of which one for the document is enough.
func (d *docx) warnOnce(line int, key string) {
	if !d.told[key] {
		d.told[key] = true
		d.text.warn(line, key)
	}
}
