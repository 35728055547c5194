package paper

import (
	"strconv"
	"strings"
)

// heads writes the issuer at the left and the national name or the Party's at the right; without an
// issuer the name stands alone in the middle.
func (d *docx) heads() {
	h := d.p.Heads
	if line(h.Issuer) == "" {
		d.crown(d.width)
		if line(h.Place) != "" {
			d.put(`<w:p><w:pPr><w:pStyle w:val="Place"/><w:jc w:val="right"/></w:pPr>`)
			d.text(d.p.dateLine(), Run{})
			d.put(`</w:p>`)
		}
		return
	}
	left, right := d.halves()
	d.frame(left, right)
	d.put(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	d.cell(left)
	if superior := line(h.Superior); superior != "" {
		d.element("superior", superior)
	}
	d.element("issuer", line(h.Issuer))
	d.under("issuer", line(h.Issuer), left)
	d.put(`</w:tc>`)
	d.cell(right)
	d.crown(right)
	d.put(`</w:tc></w:tr><w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	d.cell(left)
	d.element("number", d.p.numberLine())
	if line(d.p.Kind) == "" && line(d.p.Abstract) != "" {
		d.element("letter_abstract", fill(d.l.text("letter_abstract.form"), "{abstract}", line(d.p.Abstract)))
	}
	d.put(`</w:tc>`)
	d.cell(right)
	d.element("place", d.p.dateLine())
	d.put(`</w:tc></w:tr></w:tbl>`)
}

// halves shares the width of the page: the right takes what its longest line needs.
func (d *docx) halves() (left, right int) {
	name := d.l.heading()
	need := widthOf(d.l.text(name+".text"), d.l.use(name+".size"), true)
	if d.l.Family == State {
		need = max(need, widthOf(d.l.text("motto.text"), d.l.use("motto.size"), true))
	}
	need = max(need, widthOf(d.p.dateLine(), d.l.use("place.size"), false))
	right = min(pt(need*1.03+8), d.width*62/100)
	return d.width - right, right
}

// crown is the national name with its motto, or the Party's name, each with its line.
func (d *docx) crown(width int) {
	name := d.l.heading()
	d.element(name, d.l.text(name+".text"))
	if d.l.Family == State {
		name = "motto"
		d.element(name, d.l.text("motto.text"))
	}
	d.under(name, d.l.text(name+".text"), width)
}

// under draws the line under an element, as long a share of its text as the layout tells, or the
// sign that stands there instead.
func (d *docx) under(element, text string, width int) {
	if sign := d.l.text(element + ".under"); sign != "" {
		d.put(`<w:p><w:pPr><w:jc w:val="center"/></w:pPr>`)
		d.text(sign, Run{})
		d.put(`</w:p>`)
	}
	share := d.l.use(element + ".line")
	if share == 0 {
		return
	}
	f := d.l.style(element)
	long := int(float64(min(width, pt(widthOf(as(f, text), d.l.use(element+".size"), f.bold)))) * share)
	edge := strconv.Itoa((width - long) / 2)
	d.put(`<w:p><w:pPr><w:pStyle w:val="Line"/><w:ind w:left="`, edge, `" w:right="`, edge, `"/></w:pPr></w:p>`)
}

// title writes kind and abstract. Without an issuer the number stands under them.
func (d *docx) title() {
	kind, abstract := line(d.p.Kind), line(d.p.Abstract)
	if kind != "" {
		d.element("kind", kind)
		if abstract != "" {
			d.element("abstract", abstract)
			d.under("abstract", abstract, d.width)
		}
	}
	if h := d.p.Heads; line(h.Issuer) == "" && line(h.Number+h.Symbol) != "" {
		d.element("number", d.p.numberLine())
	}
	if kind != "" || len(d.p.To) == 0 {
		d.put(`<w:p/>`) // without it a table would grow together with that of the heads
	}
}

// addressees writes whom the paper is for: one on the line of the word, several each on a line of its
// own with their dashes under the colon.
func (d *docx) addressees() {
	if len(d.p.To) == 0 {
		return
	}
	word := d.p.toWord()
	if line(d.p.Kind) == "" {
		d.put(`<w:p/>`)
	}
	if len(d.p.To) == 1 {
		d.put(`<w:p><w:pPr><w:pStyle w:val="To"/><w:spacing w:before="120" w:after="240"/><w:jc w:val="center"/></w:pPr>`)
		d.text(word+": "+bare(d.p.To[0]), Run{})
		d.put(`</w:p>`)
		return
	}
	start := mm(25)
	d.put(`<w:p><w:pPr><w:pStyle w:val="To"/><w:ind w:left="`, strconv.Itoa(start), `"/></w:pPr>`)
	d.text(word+":", Run{})
	d.put(`</w:p>`)
	size := d.l.use("to.size")
	dash := pt(widthOf("- ", size, false))
	colon := start + pt(widthOf(word, size, false))
	for i, to := range d.p.To {
		end := ";"
		if i == len(d.p.To)-1 {
			end = "."
		}
		d.put(`<w:p><w:pPr><w:pStyle w:val="To"/><w:ind w:left="`, strconv.Itoa(colon+dash), `" w:hanging="`, strconv.Itoa(dash), `"/></w:pPr>`)
		d.text("- "+bare(to)+end, Run{})
		d.put(`</w:p>`)
	}
	d.put(`<w:p/>`)
}

// signatures writes the one who signs at the right beside the recipients, or all who sign in a row.
func (d *docx) signatures() {
	all := d.p.Signatures
	if len(all) == 0 && len(d.p.Recipients) == 0 {
		return
	}
	if len(all) > 1 {
		columns := make([]int, len(all))
		for i := range columns {
			columns[i] = d.width / len(all)
		}
		d.frame(columns...)
		d.put(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i, s := range all {
			d.cell(columns[i])
			d.signature(s)
			d.put(`</w:tc>`)
		}
		d.put(`</w:tr></w:tbl>`)
		d.recipients()
		return
	}
	left := d.width * 48 / 100
	d.frame(left, d.width-left)
	d.put(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	d.cell(left)
	if !d.recipients() {
		d.put(`<w:p/>`)
	}
	d.put(`</w:tc>`)
	d.cell(d.width - left)
	if len(all) == 1 {
		d.signature(all[0])
	} else {
		d.put(`<w:p/>`)
	}
	d.put(`</w:tc></w:tr></w:tbl>`)
}

func (d *docx) recipients() bool {
	if len(d.p.Recipients) == 0 {
		return false
	}
	d.element("recipients_word", d.l.text("recipients_word.text"))
	for _, r := range d.p.recipients() {
		d.element("recipients", r)
	}
	return true
}

// signature writes on whose behalf, in what office and who signs. What is not signed says so.
func (d *docx) signature(s Signature) {
	first := `<w:spacing w:before="240"/>`
	put := func(element, text string) {
		if text = line(text); text == "" {
			return
		}
		d.put(`<w:p><w:pPr><w:pStyle w:val="`, styleID(element), `"/>`, first, `</w:pPr>`)
		d.text(as(d.l.style(element), text), Run{})
		d.put(`</w:p>`)
		first = ""
	}
	for _, a := range s.Authority {
		put("authority", a)
	}
	put("title", s.Title)
	if !s.Signed {
		d.put(`<w:p><w:pPr><w:pStyle w:val="Unsigned"/></w:pPr>`)
		d.text(d.l.text("sign.unsigned"), Run{})
		d.put(`</w:p>`)
		first = `<w:spacing w:before="480"/>`
	} else {
		first = ""
	}
	put("name", s.Name)
	if s.Signed && line(strings.Join(s.Authority, "")+s.Title+s.Name) == "" {
		d.put(`<w:p/>`) // a cell ends with a paragraph
	}
}

// appendix writes the head of an appendix and its body; the section that it begins is a new page.
func (d *docx) appendix(i int, a Appendix) {
	d.element("appendix_word", d.p.appendixWord(i))
	if title := line(a.Title); title != "" {
		d.element("appendix_title", title)
	}
	if !a.Unbound {
		d.element("appendix_reference", d.p.reference())
	}
	d.put(`<w:p/>`)
	for _, b := range a.Body {
		d.block(b)
	}
}

// element writes a paragraph in the style of an element.
func (d *docx) element(element, text string) {
	d.put(`<w:p><w:pPr><w:pStyle w:val="`, styleID(element), `"/></w:pPr>`)
	d.text(as(d.l.style(element), text), Run{})
	d.put(`</w:p>`)
}

// frame begins a table without rules, which only puts things side by side.
func (d *docx) frame(columns ...int) {
	var grid strings.Builder
	sum := 0
	for _, width := range columns {
		grid.WriteString(`<w:gridCol w:w="` + strconv.Itoa(width) + `"/>`)
		sum += width
	}
	d.put(`<w:tbl><w:tblPr><w:tblW w:w="`, strconv.Itoa(sum), `" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`, grid.String(), `</w:tblGrid>`)
}

func (d *docx) cell(width int) {
	d.put(`<w:tc><w:tcPr><w:tcW w:w="`, strconv.Itoa(width), `" w:type="dxa"/></w:tcPr>`)
}
