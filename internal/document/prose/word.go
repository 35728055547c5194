package prose

import (
	"context"
	"encoding/xml"
	"io"
	"path"
	"strconv"
	"strings"
)

// word is a Word document while it is read.
type word struct {
	text     *Text
	styles   *styles
	numbers  *numbering
	notes    map[string]string // text of the footnotes and endnotes by kind and id
	feet     []string          // the footnotes that the text refers to, in that order
	ends     []string          // the endnotes likewise
	paras    int               // that were begun
	page     bool              // a page break stands before what comes next
	section  *Paragraph        // the first of the section at hand
	newPart  bool              // what comes next begins a section
	fields   []bool            // the fields that stand open; true while their code and not their result stands
	held     *gathered         // what a deleted end of paragraph joins to the next one
	asideNow bool              // within a note, where marks of other notes count for nothing
	pause    func() error
}

// readWord reads a Word document.
func readWord(ctx context.Context, r io.ReaderAt, size int64) (*Text, error) {
	a, err := openArchive(r, size)
	if err != nil {
		return nil, err
	}
	w := &word{text: &Text{Kind: "docx"}, notes: map[string]string{}, pause: ctx.Err}
	top, err := a.relations("", w.pause)
	if err != nil {
		return nil, err
	}
	main := top["officeDocument"]
	if main == "" {
		main = "word/document.xml"
	}
	body, err := a.part(main, w.pause)
	if err != nil {
		return nil, err
	}
	if body == nil {
		return nil, unsupported("prose.not_word")
	}
	if err := w.furnish(a, main); err != nil {
		return nil, err
	}
	if err := w.readBody(body); err != nil {
		return nil, err
	}
	w.numberNotes()
	return w.text, nil
}

// furnish reads what stands beside the text: styles, lists and notes.
func (w *word) furnish(a *archive, main string) error {
	related, err := a.relations(main, w.pause)
	if err != nil {
		return err
	}
	beside := func(kind string) (*part, error) {
		name := related[kind]
		if name == "" {
			name = path.Join(path.Dir(main), kind+".xml")
		}
		return a.part(name, w.pause)
	}
	p, err := beside("styles")
	if err != nil {
		return err
	}
	if w.styles, err = readStyles(p); err != nil {
		return err
	}
	if p, err = beside("numbering"); err != nil {
		return err
	}
	if w.numbers, err = readNumbering(p, w.styles); err != nil {
		return err
	}
	for _, kind := range []string{"footnote", "endnote"} {
		p, err := beside(kind + "s")
		if err != nil {
			return err
		}
		if err := w.readNotes(p, kind); err != nil {
			return err
		}
	}
	return nil
}

// readNotes reads the footnotes or the endnotes. They are read as if they were a document, so that
// deletions, fields and hidden words count as in the text.
func (w *word) readNotes(p *part, kind string) error {
	if p == nil {
		return nil
	}
	return p.root(func(e xml.StartElement) error {
		if e.Name.Local != kind || attribute(e, "type") != "" && attribute(e, "type") != "normal" {
			return nil
		}
		alone := &word{text: &Text{}, styles: w.styles, numbers: &numbering{}, paras: w.paras, pause: w.pause, asideNow: true}
		err := alone.blocks(p, func(one Paragraph) { alone.text.Blocks = append(alone.text.Blocks, Block{Paragraph: &one}) })
		w.paras = alone.paras
		var texts []string
		alone.text.each(func(one *Paragraph) {
			if s := strings.TrimSpace(one.Text); s != "" {
				texts = append(texts, s)
			}
		})
		w.notes[kind+attribute(e, "id")] = strings.Join(texts, "\n")
		return err
	})
}

// numberNotes gives the notes their numbers: footnotes first, endnotes after them.
func (w *word) numberNotes() {
	for i, id := range append(w.feet, w.ends...) {
		w.text.Notes = append(w.text.Notes, Note{N: i + 1, Text: w.notes[id]})
	}
	w.text.each(func(p *Paragraph) {
		for i := range p.Notes {
			if p.Notes[i].N < 0 {
				p.Notes[i].N = len(w.feet) - p.Notes[i].N
			}
		}
	})
}

// mark returns the number of a note that the text refers to; of endnotes less than 0 until all
// footnotes are counted.
func (w *word) mark(kind, id string) int {
	if kind == "footnote" {
		w.feet = append(w.feet, kind+id)
		return len(w.feet)
	}
	w.ends = append(w.ends, kind+id)
	return -len(w.ends)
}

func (w *word) readBody(p *part) error {
	defined := false
	w.paras = 0
	err := p.root(func(e xml.StartElement) error {
		if e.Name.Local != "body" {
			return nil
		}
		defined = true
		return w.blocks(p, w.add)
	})
	if err == nil && !defined {
		return unsupported("prose.not_word")
	}
	return err
}

// add lays a paragraph of the body down.
func (w *word) add(one Paragraph) {
	if w.newPart {
		w.newPart = false
		if w.section = nil; !one.Page {
			w.section, one.Page = &one, true
		}
	}
	w.text.Blocks = append(w.text.Blocks, Block{Paragraph: &one})
}

// endSection learns how the section at hand began: one that runs on has no page break before it.
func (w *word) endSection(p *part) error {
	kind := ""
	err := p.walk(func(e xml.StartElement) error {
		if e.Name.Local == "type" {
			kind = attribute(e, "val")
		}
		return nil
	})
	if kind == "continuous" && w.section != nil {
		w.section.Page = false
	}
	w.section = nil
	return err
}

// blocks reads paragraphs and tables within the element that was opened last.
func (w *word) blocks(p *part, add func(Paragraph)) error {
	if err := w.within(p, add); err != nil {
		return err
	}
	w.release(add)
	return nil
}

func (w *word) within(p *part, add func(Paragraph)) error {
	return p.walk(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "p":
			return w.paragraph(p, add)
		case "tbl":
			w.release(add)
			return w.tableIn(p, add)
		case "sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag":
			return w.within(p, add)
		case "AlternateContent":
			return w.choice(p, func() error { return w.within(p, add) })
		case "sectPr":
			return w.endSection(p)
		case "altChunk", "subDoc":
			w.warn("prose.left_part", nil)
		}
		return nil
	})
}

// choice reads the first of the forms in which a document tells the same.
func (w *word) choice(p *part, read func() error) error {
	first := true
	return p.walk(func(e xml.StartElement) error {
		if !first || e.Name.Local != "Choice" {
			return nil
		}
		first = false
		return read()
	})
}

func (w *word) warn(key string, args []any) {
	if len(w.text.Warnings) < mostWarnings {
		w.text.Warnings = append(w.text.Warnings, Warning{Key: key, Args: args, Line: w.paras})
	}
}

// leaveOut passes over a picture or an object, and warns where words stand in it.
func (w *word) leaveOut(p *part) error {
	words := false
	var search func(inBox bool) error
	search = func(inBox bool) error {
		return p.walk(func(e xml.StartElement) error {
			if e.Name.Local == "t" && inBox {
				s, err := p.text()
				words = words || strings.TrimSpace(s) != ""
				return err
			}
			return search(inBox || e.Name.Local == "txbxContent")
		})
	}
	err := search(false)
	if words {
		w.warn("prose.left_text_box", nil)
	}
	return err
}

// number reads a number of columns; 1 for what is none.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 1
	}
	return min(n, widest)
}
