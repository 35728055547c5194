package paper

import (
	"archive/zip"
	"bytes"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
)

// docx writes one paper as WordprocessingML (ECMA-376).
type docx struct {
	p       *Paper
	l       *Layout
	b       bytes.Buffer  // document.xml
	figures int           // content controls so far
	lists   []Marks       // numbered and dashed lists so far
	grades  map[Grade]int // heading style of each grade that the paper uses
	width   int           // of the text on this section's pages, in twentieths of a point
	last    bool          // within the last block before the signature
}

const (
	spaceW = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	spaceR = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	prolog = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
)

// WriteDOCX writes the paper as a DOCX; the same paper gives the same bytes. Faults: Invalid for a
// paper without layout or with a table that no word processor takes, TooLarge for one that is.
func (p *Paper) WriteDOCX(w io.Writer) error {
	if err := p.check(); err != nil {
		return err
	}
	d := &docx{p: p, l: p.Layout, grades: p.grades()}
	d.document()
	files := []struct{ name, content string }{
		{"[Content_Types].xml", d.footed(d.placed(contentTypes), "</Types>", footType)},
		{"_rels/.rels", packageRelations},
		{"docProps/core.xml", d.core()},
		{"docProps/app.xml", application},
		{"word/_rels/document.xml.rels", d.footed(d.placed(documentRelations), "</Relationships>", footRelation)},
		{"word/styles.xml", d.styles()},
		{"word/settings.xml", settings},
		{"word/numbering.xml", d.numbering()},
		{d.placed("word/header1.xml"), d.header(true)},
		{d.placed("word/header2.xml"), d.header(false)},
	}
	if d.ownFoot() {
		files = append(files, struct{ name, content string }{"word/foot.xml", d.foot()})
	}
	out := zip.NewWriter(w)
	for _, f := range files {
		if err := pack(out, f.name, []byte(f.content)); err != nil {
			return err
		}
	}
	if err := pack(out, "word/document.xml", d.b.Bytes()); err != nil {
		return err
	}
	return out.Close()
}

// pack adds a file without a date, so that the bytes depend on the paper alone.
func pack(out *zip.Writer, name string, content []byte) error {
	w, err := out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = w.Write(content)
	return err
}

// document writes the whole text with a section for the main part and one for each appendix.
func (d *docx) document() {
	d.put(prolog, `<w:document `, spaceW, ` `, spaceR, `><w:body>`)
	d.landscape(false)
	d.heads()
	d.title()
	d.addressees()
	for i, b := range d.p.Body {
		d.last = i == len(d.p.Body)-1
		d.block(b)
	}
	d.last = false
	d.signatures()
	section := d.section(false, true)
	for i, a := range d.p.Appendices {
		d.put(`<w:p><w:pPr><w:pStyle w:val="Tiny"/>`, section, `</w:pPr></w:p>`)
		d.landscape(a.Landscape)
		d.appendix(i, a)
		section = d.section(a.Landscape, false)
	}
	d.put(`<w:p><w:pPr><w:pStyle w:val="Tiny"/></w:pPr></w:p>`, section, `</w:body></w:document>`)
}

func (d *docx) landscape(yes bool) {
	wide := d.l.use("page.width") - d.l.use("page.left") - d.l.use("page.right")
	if yes {
		wide = d.l.use("page.height") - d.l.use("page.top") - d.l.use("page.bottom")
	}
	d.width = mm(wide)
}

// section describes the pages. On a page that lies on its side the margins turn with it, so that the
// binding edge stays the wide one.
func (d *docx) section(landscape, first bool) string {
	width, height := mm(d.l.use("page.width")), mm(d.l.use("page.height"))
	top, right, bottom, left := mm(d.l.use("page.top")), mm(d.l.use("page.right")), mm(d.l.use("page.bottom")), mm(d.l.use("page.left"))
	var b strings.Builder
	kind := d.placed("header")
	b.WriteString(`<w:sectPr><w:` + kind + `Reference w:type="default" r:id="rId4"/><w:` + kind + `Reference w:type="first" r:id="rId5"/>`)
	if d.ownFoot() {
		b.WriteString(footSection)
	}
	b.WriteString(`<w:type w:val="nextPage"/>`)
	if landscape {
		width, height = height, width
		top, right, bottom, left = left, top, right, bottom
		b.WriteString(`<w:pgSz w:w="` + strconv.Itoa(width) + `" w:h="` + strconv.Itoa(height) + `" w:orient="landscape"/>`)
	} else {
		b.WriteString(`<w:pgSz w:w="` + strconv.Itoa(width) + `" w:h="` + strconv.Itoa(height) + `"/>`)
	}
	edge := strconv.Itoa(min(mm(10), min(top, bottom)/2))
	b.WriteString(`<w:pgMar w:top="` + strconv.Itoa(top) + `" w:right="` + strconv.Itoa(right) + `" w:bottom="` + strconv.Itoa(bottom) +
		`" w:left="` + strconv.Itoa(left) + `" w:header="` + edge + `" w:footer="` + edge + `" w:gutter="0"/>`)
	own := first || d.l.text("appendix.pages") == "own"
	if own {
		b.WriteString(`<w:pgNumType w:start="1"/>`)
	}
	if own && d.l.text("pagenumber.first") == "hidden" {
		b.WriteString(`<w:titlePg/>`)
	}
	b.WriteString(`</w:sectPr>`)
	return b.String()
}

// placed turns headers into footers where the layout numbers pages at the bottom.
func (d *docx) placed(s string) string {
	if d.l.text("pagenumber.place") == "bottom" {
		return strings.ReplaceAll(s, "header", "footer")
	}
	return s
}

// header is the strip above the page with its number, or the empty one of a first page.
func (d *docx) header(numbered bool) string {
	name := "hdr"
	if d.placed("header") == "footer" {
		name = "ftr"
	}
	field := ""
	if numbered {
		field = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
			`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	strip := ""
	if name == "ftr" {
		strip = d.strip()
	}
	return prolog + `<w:` + name + ` ` + spaceW + `>` + strip + `<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>` + field + `</w:p></w:` + name + `>`
}

// core are the properties of the file.
func (d *docx) core() string {
	a := d.p.About
	title := line(a.Title)
	if title == "" {
		title = line(d.p.Kind + " " + d.p.Abstract)
	}
	b := &strings.Builder{}
	b.WriteString(prolog + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	b.WriteString(`<dc:title>` + escaped(title) + `</dc:title><dc:creator>` + escaped(line(a.Author)) + `</dc:creator><dc:language>vi-VN</dc:language>`)
	if !a.Made.IsZero() {
		at := a.Made.UTC().Format(time.RFC3339)
		b.WriteString(`<dcterms:created xsi:type="dcterms:W3CDTF">` + at + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + at + `</dcterms:modified>`)
	}
	b.WriteString(`</cp:coreProperties>`)
	return b.String()
}

// numbering defines the dash and the Arabic number, and begins each numbered list at 1.
func (d *docx) numbering() string {
	indent := strconv.Itoa(mm(d.l.use("body.indent")))
	b := &strings.Builder{}
	b.WriteString(prolog + `<w:numbering ` + spaceW + `>`)
	for i, mark := range []struct{ format, text string }{{"bullet", "-"}, {"decimal", "%1."}} {
		b.WriteString(`<w:abstractNum w:abstractNumId="` + strconv.Itoa(i) + `"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="` +
			mark.format + `"/><w:suff w:val="space"/><w:lvlText w:val="` + mark.text + `"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="` + indent + `"/></w:pPr></w:lvl></w:abstractNum>`)
	}
	for i, marks := range d.lists {
		id := "0"
		if marks == Numbers {
			id = "1"
		}
		b.WriteString(`<w:num w:numId="` + strconv.Itoa(i+1) + `"><w:abstractNumId w:val="` + id + `"/>`)
		if marks == Numbers {
			b.WriteString(`<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>`)
		}
		b.WriteString(`</w:num>`)
	}
	b.WriteString(`</w:numbering>`)
	return b.String()
}

func (d *docx) put(parts ...string) {
	for _, part := range parts {
		d.b.WriteString(part)
	}
}

// mm and pt are twentieths of a point, in which a DOCX measures.
func mm(n float64) int { return int(math.Round(n * 1440 / 25.4)) }
func pt(n float64) int { return int(math.Round(n * 20)) }

var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func escaped(s string) string { return escapes.Replace(s) }

const (
	contentTypes = prolog + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>` +
		`<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>` +
		`<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
		`<Override PartName="/word/header2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>`
	packageRelations = prolog + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
		`<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>`
	documentRelations = prolog + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/>` +
		`<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/>` +
		`<Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/>` +
		`<Relationship Id="rId5" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header2.xml"/></Relationships>`
	settings = prolog + `<w:settings ` + spaceW + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>` +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		`<w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>`
	application = prolog + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Chợ Nổi</Application></Properties>`
)
