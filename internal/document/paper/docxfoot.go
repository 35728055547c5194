package paper

import (
	"strconv"
	"strings"
)

// A paper that is signed on every page has a strip at the foot of each. Where the layout numbers pages at
// the bottom the strip stands above the number; else it has a part of its own.
const (
	footType     = `<Override PartName="/word/foot.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>`
	footRelation = `<Relationship Id="rId6" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="foot.xml"/></Relationships>`
	footSection  = `<w:footerReference w:type="default" r:id="rId6"/><w:footerReference w:type="first" r:id="rId6"/>`
)

// ownFoot reports whether the strip has a part of its own.
func (d *docx) ownFoot() bool { return len(d.p.Foot) > 0 && d.placed("header") == "header" }

// footed adds the strip to the list of parts or relations where it has a part of its own.
func (d *docx) footed(list, end, more string) string {
	if !d.ownFoot() {
		return list
	}
	return strings.Replace(list, end, more, 1)
}

// foot is the strip as a part of its own.
func (d *docx) foot() string {
	return prolog + `<w:ftr ` + spaceW + `>` + d.strip() + `<w:p><w:pPr><w:pStyle w:val="Tiny"/></w:pPr></w:p></w:ftr>`
}

// strip is the table with one cell for each who signs.
func (d *docx) strip() string {
	if len(d.p.Foot) == 0 {
		return ""
	}
	var b strings.Builder
	wide := mm(d.l.use("page.width")-d.l.use("page.left")-d.l.use("page.right")) / len(d.p.Foot)
	cell := strconv.Itoa(wide)
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="` + strconv.Itoa(wide*len(d.p.Foot)) + `" w:type="dxa"/><w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for range d.p.Foot {
		b.WriteString(`<w:gridCol w:w="` + cell + `"/>`)
	}
	b.WriteString(`</w:tblGrid><w:tr>`)
	for _, text := range d.p.Foot {
		b.WriteString(`<w:tc><w:tcPr><w:tcW w:w="` + cell + `" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:spacing w:before="40" w:after="360"/></w:pPr><w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve">` + escaped(line(text)) + `</w:t></w:r></w:p></w:tc>`)
	}
	b.WriteString(`</w:tr></w:tbl>`)
	return b.String()
}
