package paper

import (
	"strconv"
)

func (s *sheet) blocks(blocks []Block) {
	grades := s.p.grades()
	for _, b := range blocks {
		switch {
		case b.Heading != nil:
			s.heading(b.Heading, grades)
		case b.Paragraph != nil:
			s.paragraph(b.Paragraph)
		case b.List != nil:
			s.list(b.List)
		case b.Table != nil:
			s.table(b.Table)
		}
	}
}

func (s *sheet) heading(h *Heading, grades map[Grade]int) {
	grade := min(max(h.Grade, Part), Point)
	level := strconv.Itoa(min(s.page.Top+grades[grade], 6))
	f := s.l.style(gradeElements[grade])
	marker := line(h.Marker)
	s.put(`<h`, level)
	if grade == Part {
		f = s.l.style("part_title")
		s.put(` class="mid"`)
	}
	s.put(`>`, escaped(marker))
	switch {
	case marker != "" && grade == Part && len(h.Text) > 0:
		s.put(`<br>`)
	case marker != "":
		s.put(` `)
	}
	for _, r := range h.Text {
		s.run(Run{Text: as(f, clean(r.Text)), Italic: r.Italic, Underline: r.Underline, Figure: r.Figure})
	}
	s.put(`</h`, level, `>`)
}

func (s *sheet) paragraph(p *Paragraph) {
	class := ""
	if p.NoIndent {
		class = "noindent"
	}
	switch p.Align {
	case Centre:
		class = "noindent mid"
	case Right:
		class = "noindent right"
	}
	s.put(`<p`)
	if class != "" {
		s.put(` class="`, class, `"`)
	}
	s.put(`>`)
	italic := p.Basis && s.l.style("basis").italic
	for _, r := range p.Runs {
		r.Italic = r.Italic || italic
		r.Text = clean(r.Text)
		s.run(r)
	}
	s.put(`</p>`)
}

func (s *sheet) list(list *List) {
	s.put(`<ul class="marks">`)
	for i, item := range list.Items {
		mark := "-"
		switch list.Marks {
		case Numbers:
			mark = strconv.Itoa(i+1) + "."
		case Letters:
			mark = s.l.letter(i)
		}
		s.put(`<li>`, escaped(mark), ` `)
		for _, r := range item {
			r.Text = clean(r.Text)
			s.run(r)
		}
		s.put(`</li>`)
	}
	s.put(`</ul>`)
}

// run writes a run whose text is clean.
func (s *sheet) run(r Run) {
	end := ""
	open := func(tag, attributes string) {
		s.put(`<`, tag, attributes, `>`)
		end = `</` + tag + `>` + end
	}
	if r.Figure != "" {
		id, href := line(r.Figure), ""
		if s.page.Figure != nil {
			href = s.page.Figure(id)
		}
		if href != "" {
			open("a", ` class="figure" href="`+escaped(href)+`" data-figure="`+escaped(id)+`"`)
		} else {
			open("span", ` class="figure" data-figure="`+escaped(id)+`"`)
		}
	}
	if r.Bold {
		open("b", "")
	}
	if r.Italic {
		open("i", "")
	}
	if r.Underline {
		open("u", "")
	}
	s.put(broken(r.Text), end)
}

func (s *sheet) table(t *Table) {
	caption := line(t.Caption)
	s.put(`<div class="scroll" tabindex="0"`)
	if caption != "" {
		s.put(` role="region" aria-label="`, escaped(caption), `"`)
	}
	s.put(`><table>`)
	if caption != "" {
		s.put(`<caption>`, escaped(caption), `</caption>`)
	}
	if len(t.Header) > 0 {
		s.put(`<thead>`)
		s.rows(t, t.Header, true)
		s.put(`</thead>`)
	}
	s.put(`<tbody>`)
	s.rows(t, t.Rows, false)
	s.put(`</tbody></table></div>`)
}

func (s *sheet) rows(t *Table, rows []Row, header bool) {
	places(rows, len(t.Columns), func(row []placed) {
		s.put(`<tr>`)
		for _, p := range row {
			if p.cell != nil {
				s.cell(t, p, header)
			}
		}
		s.put(`</tr>`)
	})
}

func (s *sheet) cell(t *Table, p placed, header bool) {
	tag := "td"
	if header {
		tag = "th"
	}
	s.put(`<`, tag)
	if header {
		scope := "col"
		if p.across > 1 {
			scope = "colgroup"
		}
		s.put(` scope="`, scope, `"`)
	}
	if p.across > 1 {
		s.put(` colspan="`, strconv.Itoa(p.across), `"`)
	}
	if p.down > 1 {
		s.put(` rowspan="`, strconv.Itoa(p.down), `"`)
	}
	switch cellAlign(t, p, header) {
	case Centre:
		s.put(` class="mid"`)
	case Right:
		s.put(` class="right"`)
	}
	s.put(`>`)
	for _, r := range p.cell.Runs {
		r.Bold = (r.Bold || p.cell.Bold) && !header
		r.Text = clean(r.Text)
		s.run(r)
	}
	s.put(`</`, tag, `>`)
}
