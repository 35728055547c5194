package prose_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"chonoi/internal/document/prose"
	"chonoi/internal/fault"
)

// sound fails where a text is not as the model promises.
func sound(t *testing.T, text *prose.Text) {
	t.Helper()
	numbers := map[int]bool{}
	for i, n := range text.Notes {
		if n.N != i+1 {
			t.Errorf("note %d has the number %d", i+1, n.N)
		}
		numbers[n.N] = true
		proper(t, n.Text)
	}
	paragraph := func(p *prose.Paragraph) {
		proper(t, p.Text)
		proper(t, p.Marker)
		if p.Level < -1 || p.Heading < 0 || p.Heading > 9 || p.Line < 1 {
			t.Errorf("%+v", p)
		}
		last := 0
		for _, m := range p.Notes {
			if m.At < last || m.At > len(p.Text) || !utf8.ValidString(p.Text[m.At:]) || !numbers[m.N] {
				t.Errorf("mark %+v of %q", m, p.Text)
			}
			last = m.At
		}
	}
	for _, b := range text.Blocks {
		if (b.Paragraph == nil) == (b.Table == nil) {
			t.Fatal("a block is not one of paragraph and table")
		}
		if b.Paragraph != nil {
			paragraph(b.Paragraph)
			continue
		}
		grid := b.Table.Grid()
		if len(grid) != len(b.Table.Rows) {
			t.Errorf("%d rows of the grid, %d of the table", len(grid), len(b.Table.Rows))
		}
		for _, row := range b.Table.Rows {
			for _, c := range row.Cells {
				if c.Across < 1 || c.Down < 1 || c.Down > len(b.Table.Rows) {
					t.Errorf("a cell of %d columns and %d rows", c.Across, c.Down)
				}
				for i := range c.Paragraphs {
					paragraph(&c.Paragraphs[i])
				}
			}
		}
	}
}

func proper(t *testing.T, s string) {
	t.Helper()
	if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) || strings.ContainsAny(s, "\u00ad\u00a0\r\f\x00") {
		t.Errorf("%q is not clean", s)
	}
}

func read(t *testing.T, name string, raw []byte) {
	t.Helper()
	text, err := prose.Read(context.Background(), name, bytes.NewReader(raw), int64(len(raw)))
	var refused *fault.Fault
	if err != nil && !errors.As(err, &refused) {
		t.Fatalf("ended with %v", err)
	}
	if err == nil {
		sound(t, text)
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{"# a\n\n1. b\n   - c\n", "**a\nb**\n***\n", "| a | b |\n|---|---|\n| c |\n", "a[^1] b\n\n[^1]: c\n    d\n", "<!-- a\n--> b\n```\nc\n```\n", "> a\n===\n\\*b\\* [c](d) ![e](f) &amp; <b>x</b>\n", "\ufeffa\r\nb\fc\u00ad\u00a0e\u0301"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		read(t, "a.md", raw)
		read(t, "a.txt", raw)
	})
}

func FuzzWord(f *testing.F) {
	numbering := abstract(0, lvl(0, "upperRoman", "%1."), lvl(1, "lowerLetter", "%1.%2)"), lvl(2, "bullet", "\uf0b7")) + num(1, 0, `<w:lvlOverride w:ilvl="1"><w:startOverride w:val="3"/></w:lvlOverride>`)
	styles := `<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:basedOn w:val="M"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:rPr><w:caps/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="M"><w:basedOn w:val="N"/></w:style>`
	notes := `<w:footnote w:id="1"><w:p>` + r("chú thích") + `</w:p></w:footnote>`
	for _, body := range []string{
		p("một") + item(1, 1, "hai") + item(1, 2, "ba"),
		`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>` + p("a") + `</w:tc></w:tr><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>`,
		`<w:p><w:del><w:r><w:delText>a</w:delText></w:r></w:del><w:ins>` + r("b") + `</w:ins><w:r><w:footnoteReference w:id="1"/></w:r></w:p>`,
		`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>` + r("a\u00ad") + `</w:p>` + p("e\u0301"),
		`<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>1</w:t><w:fldChar w:fldCharType="end"/><w:br w:type="page"/><w:sym w:font="Symbol" w:char="F0B7"/></w:r></w:p>`,
		`<w:sdt><w:sdtPr/><w:sdtContent>` + p("a", `<w:jc w:val="center"/>`) + `</w:sdtContent></w:sdt><w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>` + p("b") + `</w:txbxContent></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>`,
	} {
		f.Add(body, styles, numbering, notes)
	}
	f.Fuzz(func(t *testing.T, body, styles, numbering, notes string) {
		read(t, "a.docx", paper{body: body, styles: styles, numbering: numbering, footnotes: notes}.pack(t))
	})
}

func FuzzPack(f *testing.F) {
	f.Add(paper{body: p("một"), styles: `<w:style/>`}.pack(f))
	f.Fuzz(func(t *testing.T, raw []byte) { read(t, "a.docx", raw) })
}
