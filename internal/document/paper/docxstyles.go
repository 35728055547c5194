package paper

import (
	"strconv"
	"strings"
)

// styleIDs are the names under which word processors know the style of an element; an element that
// is not here has a style of its own name.
var styleIDs = map[string]string{"body": "BodyText", "kind": "Title", "abstract": "Subtitle", "pagenumber": "Header",
	"title": "SignerTitle", "name": "SignerName"}

func styleID(element string) string {
	if id, ok := styleIDs[element]; ok {
		return id
	}
	id := ""
	for _, word := range strings.Split(element, "_") {
		id += strings.ToUpper(word[:1]) + word[1:]
	}
	return id
}

// styleNames are the names of built-in styles, by which word processors recognise them.
var styleNames = map[string]string{"BodyText": "Body Text", "Title": "Title", "Subtitle": "Subtitle", "Header": "header"}

// gradeElements are the elements of the grades of headings.
var gradeElements = [...]string{Part: "part", Section: "section", Article: "article", Clause: "clause", Point: "point"}

// grades numbers the grades that the paper uses, so that its outline has no gaps.
func (p *Paper) grades() map[Grade]int {
	used := map[Grade]bool{}
	see := func(blocks []Block) {
		for _, b := range blocks {
			if b.Heading != nil {
				used[b.Heading.Grade] = true
			}
		}
	}
	see(p.Body)
	for _, a := range p.Appendices {
		see(a.Body)
	}
	grades, n := map[Grade]int{}, 0
	for g := Part; g <= Point; g++ {
		if used[g] {
			n++
			grades[g] = n
		}
	}
	return grades
}

// styles writes the style of every element, so that the text itself needs next to no formatting.
func (d *docx) styles() string {
	b := &strings.Builder{}
	font, body := escaped(d.l.text("font")), halfPoints(d.l.use("body.size"))
	b.WriteString(prolog + `<w:styles ` + spaceW + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="` + font + `" w:hAnsi="` + font + `" w:eastAsia="` + font + `" w:cs="` + font + `"/>` +
		`<w:sz w:val="` + body + `"/><w:szCs w:val="` + body + `"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>` +
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>` +
		`<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>` +
		`<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>` + borders +
		`</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	for _, element := range elements {
		d.elementStyle(b, element)
	}
	for g := Part; g <= Point; g++ {
		if n := d.grades[g]; n > 0 {
			d.headingStyle(b, g, n)
		}
	}
	table := halfPoints(d.l.use("table.size"))
	style(b, "TableText", "Table Text", `<w:spacing w:before="40" w:after="40"/>`, `<w:sz w:val="`+table+`"/><w:szCs w:val="`+table+`"/>`)
	style(b, "Caption", "caption", `<w:keepNext/><w:spacing w:before="120" w:after="60"/><w:jc w:val="center"/>`, `<w:i/>`)
	style(b, "Unsigned", "Unsigned", `<w:keepNext/><w:spacing w:before="480"/><w:jc w:val="center"/>`, `<w:i/><w:sz w:val="26"/><w:szCs w:val="26"/>`)
	style(b, "Line", "Line", `<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr><w:spacing w:before="40" w:line="60" w:lineRule="exact"/>`, `<w:sz w:val="4"/><w:szCs w:val="4"/>`)
	style(b, "Tiny", "Tiny", `<w:spacing w:line="20" w:lineRule="exact"/>`, `<w:sz w:val="2"/><w:szCs w:val="2"/>`)
	b.WriteString(`</w:styles>`)
	return b.String()
}

const borders = `<w:top w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:left w:val="single" w:sz="4" w:space="0" w:color="000000"/>` +
	`<w:bottom w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:right w:val="single" w:sz="4" w:space="0" w:color="000000"/>` +
	`<w:insideH w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="000000"/>`

func style(b *strings.Builder, id, name, paragraph, letters string) {
	b.WriteString(`<w:style w:type="paragraph" w:styleId="` + id + `"><w:name w:val="` + name + `"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>` +
		paragraph + `</w:pPr><w:rPr>` + letters + `</w:rPr></w:style>`)
}

// elementStyle is the style of an element as the layout wants it. Headings have theirs by grade.
func (d *docx) elementStyle(b *strings.Builder, element string) {
	if element == "part_title" {
		return
	}
	for _, grade := range gradeElements {
		if grade == element {
			return
		}
	}
	id := styleID(element)
	name := id
	if known := styleNames[id]; known != "" {
		name = known
	}
	style(b, id, name, d.shape(element), d.letters(element))
}

func (d *docx) headingStyle(b *strings.Builder, g Grade, n int) {
	number := strconv.Itoa(n)
	shape := `<w:keepNext/><w:keepLines/>`
	if g == Part {
		shape += `<w:spacing w:before="240" w:after="` + strconv.Itoa(pt(d.l.use("body.between"))) + `"/><w:jc w:val="center"/>`
	} else {
		shape += d.bodyShape()
	}
	b.WriteString(`<w:style w:type="paragraph" w:styleId="Heading` + number + `"><w:name w:val="heading ` + number + `"/><w:basedOn w:val="Normal"/><w:next w:val="BodyText"/><w:qFormat/><w:pPr>` +
		shape + `<w:outlineLvl w:val="` + strconv.Itoa(n-1) + `"/></w:pPr><w:rPr>` + d.letters(gradeElements[g]) + `</w:rPr></w:style>`)
}

// letters are the size and face of an element.
func (d *docx) letters(element string) string {
	f, size := d.l.style(element), halfPoints(d.l.use(element+".size"))
	out := ""
	if f.bold {
		out += `<w:b/><w:bCs/>`
	}
	if f.italic {
		out += `<w:i/><w:iCs/>`
	}
	out += `<w:sz w:val="` + size + `"/><w:szCs w:val="` + size + `"/>`
	if f.underline {
		out += `<w:u w:val="single"/>`
	}
	return out
}

// shape is how the lines of an element stand.
func (d *docx) shape(element string) string {
	switch element {
	case "body", "basis":
		return d.bodyShape()
	case "to":
		return `<w:spacing w:before="60" w:after="60"/>`
	case "recipients_word":
		return `<w:spacing w:before="240"/>`
	case "recipients":
		return `<w:jc w:val="left"/>`
	case "kind":
		return `<w:keepNext/><w:spacing w:before="360"/><w:jc w:val="center"/>`
	case "abstract":
		return `<w:keepNext/><w:jc w:val="center"/>`
	case "letter_abstract":
		return `<w:spacing w:before="120"/><w:jc w:val="center"/>`
	case "number", "place":
		return `<w:spacing w:before="120"/><w:jc w:val="center"/>`
	case "appendix_word":
		return `<w:keepNext/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>`
	case "appendix_title", "appendix_reference":
		return `<w:keepNext/><w:jc w:val="center"/>`
	case "name":
		return `<w:spacing w:before="1200"/><w:jc w:val="center"/>`
	}
	return `<w:jc w:val="center"/>`
}

// bodyShape is that of running text: space below, height of lines, first line, both edges straight.
func (d *docx) bodyShape() string {
	rule := d.l.Rule("body.line")
	height, kind := strconv.Itoa(int(240*rule.Use+0.5)), "auto"
	if rule.Text == "points" {
		height, kind = strconv.Itoa(pt(rule.Use)), "exact"
	}
	align := "both"
	if d.l.text("body.align") != "justify" {
		align = "left"
	}
	return `<w:spacing w:before="0" w:after="` + strconv.Itoa(pt(d.l.use("body.between"))) + `" w:line="` + height + `" w:lineRule="` + kind + `"/>` +
		`<w:ind w:firstLine="` + strconv.Itoa(mm(d.l.use("body.indent"))) + `"/><w:jc w:val="` + align + `"/>`
}

func halfPoints(size float64) string { return strconv.Itoa(int(size*2 + 0.5)) }
