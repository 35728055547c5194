package paper

import (
	"strconv"
	"strings"
)

func (d *docx) block(b Block) {
	switch {
	case b.Heading != nil:
		d.heading(b.Heading)
	case b.Paragraph != nil:
		d.paragraph(b.Paragraph)
	case b.List != nil:
		d.list(b.List)
	case b.Table != nil:
		d.table(b.Table)
	}
}

// heading writes marker and title; of a part the title stands on a line of its own.
func (d *docx) heading(h *Heading) {
	grade := min(max(h.Grade, Part), Point)
	d.put(`<w:p><w:pPr><w:pStyle w:val="Heading`, strconv.Itoa(d.grades[grade]), `"/></w:pPr>`)
	marker := line(h.Marker)
	f := d.l.style(gradeElements[grade])
	switch {
	case grade == Part:
		d.text(marker, Run{})
		if marker != "" && len(h.Text) > 0 {
			d.put(`<w:r><w:br/></w:r>`)
		}
		f = d.l.style("part_title")
	case marker != "":
		d.text(marker+" ", Run{})
	}
	d.runs(h.Text, f)
	d.put(`</w:p>`)
}

func (d *docx) paragraph(p *Paragraph) {
	element := "body"
	if p.Basis {
		element = "basis"
	}
	d.put(`<w:p><w:pPr><w:pStyle w:val="`, styleID(element), `"/>`)
	if p.Keep || d.last {
		d.put(`<w:keepNext/>`)
	}
	if p.NoIndent {
		d.put(`<w:ind w:firstLine="0"/>`)
	}
	d.put(aligned(p.Align), `</w:pPr>`)
	d.runs(p.Runs, face{})
	d.put(`</w:p>`)
}

func aligned(a Align) string {
	switch a {
	case Left:
		return `<w:jc w:val="left"/>`
	case Centre:
		return `<w:jc w:val="center"/>`
	case Right:
		return `<w:jc w:val="right"/>`
	case Justify:
		return `<w:jc w:val="both"/>`
	}
	return ""
}

// list writes the items as paragraphs of the body. Word processors have no numbering by Vietnamese
// letters, so those stand in the text.
func (d *docx) list(list *List) {
	number := ""
	if list.Marks != Letters {
		d.lists = append(d.lists, list.Marks)
		number = `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="` + strconv.Itoa(len(d.lists)) + `"/></w:numPr>`
	}
	for i, item := range list.Items {
		d.put(`<w:p><w:pPr><w:pStyle w:val="BodyText"/>`)
		if d.last && i == len(list.Items)-1 {
			d.put(`<w:keepNext/>`)
		}
		d.put(number, `</w:pPr>`)
		if list.Marks == Letters {
			d.text(d.l.letter(i)+" ", Run{})
		}
		d.runs(item, face{})
		d.put(`</w:p>`)
	}
}

func (d *docx) runs(runs []Run, f face) {
	for _, r := range runs {
		text := as(f, clean(r.Text))
		if r.Figure == "" {
			d.text(text, r)
			continue
		}
		d.figures++
		id := escaped(line(r.Figure))
		d.put(`<w:sdt><w:sdtPr><w:alias w:val="`, id, `"/><w:tag w:val="`, id, `"/><w:id w:val="`, strconv.Itoa(d.figures),
			`"/><w:lock w:val="sdtContentLocked"/></w:sdtPr><w:sdtContent>`)
		d.text(text, r)
		d.put(`</w:sdtContent></w:sdt>`)
	}
}

// text writes one run; look gives its face beyond that of the paragraph.
func (d *docx) text(text string, look Run) {
	if text == "" && look.Figure == "" {
		return
	}
	d.put(`<w:r>`)
	if look.Bold || look.Italic || look.Underline {
		d.put(`<w:rPr>`)
		if look.Bold {
			d.put(`<w:b/><w:bCs/>`)
		}
		if look.Italic {
			d.put(`<w:i/><w:iCs/>`)
		}
		if look.Underline {
			d.put(`<w:u w:val="single"/>`)
		}
		d.put(`</w:rPr>`)
	}
	for {
		i := strings.IndexAny(text, "\n\t")
		if i < 0 {
			break
		}
		d.characters(text[:i])
		if text[i] == '\n' {
			d.put(`<w:br/>`)
		} else {
			d.put(`<w:tab/>`)
		}
		text = text[i+1:]
	}
	d.characters(text)
	d.put(`</w:r>`)
}

func (d *docx) characters(text string) {
	if text != "" {
		d.put(`<w:t xml:space="preserve">`, escaped(text), `</w:t>`)
	}
}
