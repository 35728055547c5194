package prose_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"chonoi/internal/document/prose"
	"chonoi/internal/fault"
)

// paper is a DOCX as tests write it: what stands within the root of each part.
type paper struct {
	body, styles, numbering, footnotes, endnotes string
	more                                         map[string]string // other parts, or parts instead of ours
}

const spaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" ` +
	`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" ` +
	`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
	`xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" mc:Ignorable="w14"`

const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// parts are the files of the zip.
func (p paper) parts() map[string]string {
	const officeRel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	const packageRel = "http://schemas.openxmlformats.org/package/2006/relationships"
	const word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	parts := map[string]string{
		"_rels/.rels":       head + `<Relationships xmlns="` + packageRel + `"><Relationship Id="r1" Type="` + officeRel + `officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml": head + `<w:document ` + spaces + `><w:body>` + p.body + `</w:body></w:document>`,
	}
	types := `<Override PartName="/word/document.xml" ContentType="` + word + `document.main+xml"/>`
	relations := ""
	for name, part := range map[string]struct{ root, content string }{
		"styles": {"styles", p.styles}, "numbering": {"numbering", p.numbering}, "footnotes": {"footnotes", p.footnotes}, "endnotes": {"endnotes", p.endnotes},
	} {
		if part.content == "" {
			continue
		}
		relations += fmt.Sprintf(`<Relationship Id="x%s" Type="%s%s" Target="%s.xml"/>`, name, officeRel, name, name)
		types += fmt.Sprintf(`<Override PartName="/word/%s.xml" ContentType="%s%s+xml"/>`, name, word, name)
		parts["word/"+name+".xml"] = head + `<w:` + part.root + ` ` + spaces + `>` + part.content + `</w:` + part.root + `>`
	}
	parts["word/_rels/document.xml.rels"] = head + `<Relationships xmlns="` + packageRel + `">` + relations + `</Relationships>`
	parts["[Content_Types].xml"] = head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` + types + `</Types>`
	for name, content := range p.more {
		parts[name] = content
	}
	return parts
}

// pack is the DOCX file.
func (p paper) pack(t testing.TB) []byte {
	t.Helper()
	return zipped(t, p.parts())
}

func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range parts {
		way := zip.Deflate
		if len(content) < 64<<10 {
			way = zip.Store
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: way})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (p paper) read(t testing.TB) *prose.Text {
	t.Helper()
	return readBytes(t, "a.docx", p.pack(t))
}

func readBytes(t testing.TB, name string, raw []byte) *prose.Text {
	t.Helper()
	text, err := prose.Read(context.Background(), name, bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return text
}

// refusal is the key of the text that tells why a file is refused.
func refusal(t testing.TB, name string, raw []byte) string {
	t.Helper()
	_, err := prose.Read(context.Background(), name, bytes.NewReader(raw), int64(len(raw)))
	f, told := fault.As(err)
	if !told {
		t.Errorf("%s: ended with %v", name, err)
		return ""
	}
	return f.Key
}

// p is a paragraph with a text, and properties before it.
func p(text string, properties ...string) string {
	return `<w:p><w:pPr>` + strings.Join(properties, "") + `</w:pPr>` + r(text) + `</w:p>`
}

// r is a run.
func r(text string, properties ...string) string {
	return `<w:r><w:rPr>` + strings.Join(properties, "") + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

func item(list, level int, text string) string {
	return p(text, fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, list))
}

// shown are the paragraphs as a reader sees them: marker, blank, text; tables as rows of cells.
func shown(text *prose.Text) []string {
	var all []string
	for _, b := range text.Blocks {
		if b.Paragraph != nil {
			all = append(all, line(b.Paragraph))
			continue
		}
		for _, row := range b.Table.Rows {
			var cells []string
			for _, c := range row.Cells {
				var lines []string
				for i := range c.Paragraphs {
					lines = append(lines, line(&c.Paragraphs[i]))
				}
				cell := strings.Join(lines, "/")
				if c.Across != 1 || c.Down != 1 {
					cell += fmt.Sprintf("[%dx%d]", c.Across, c.Down)
				}
				cells = append(cells, cell)
			}
			all = append(all, strings.Join(cells, " | "))
		}
	}
	return all
}

func line(p *prose.Paragraph) string {
	if p.Marker == "" {
		return p.Text
	}
	return strings.TrimRight(p.Marker+" "+p.Text, " ")
}

// same fails where what is shown is not what was wanted, line by line.
func same(t testing.TB, got []string, want ...string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		g, w := "(nothing)", "(nothing)"
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("paragraph %d is %q, wanted %q", i+1, g, w)
		}
	}
}

func keys(text *prose.Text) []string {
	var all []string
	for _, w := range text.Warnings {
		all = append(all, w.Key)
	}
	return all
}
