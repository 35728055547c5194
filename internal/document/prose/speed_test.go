package prose_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"chonoi/internal/document/prose"
)

// longPlan is a plan of 400 pages: 5,000 numbered paragraphs in runs as Word writes them, and tables.
func longPlan() paper {
	var body strings.Builder
	run := func(text string) string {
		return `<w:r w:rsidRPr="00A77B3E"><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN"/></w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
	}
	for i := range 5000 {
		fmt.Fprintf(&body, `<w:p w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E"><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="1"/></w:numPr><w:spacing w:before="60" w:after="60"/><w:jc w:val="both"/><w:rPr><w:sz w:val="28"/></w:rPr></w:pPr>`, i%4)
		for j := range 6 {
			body.WriteString(run(fmt.Sprintf("Sở Khoa học và Công nghệ chủ trì nhiệm vụ %d.%d, ", i, j)))
		}
		body.WriteString(`</w:p>`)
		if i%100 == 0 {
			body.WriteString(`<w:tbl>` + strings.Repeat(`<w:tr><w:tc>`+p("1")+`</w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>`+p("Xây dựng sàn giao dịch")+`</w:tc></w:tr>`, 20) + `</w:tbl>`)
		}
	}
	return paper{body: body.String(), numbering: abstract(0, lvl(0, "upperRoman", "%1."), lvl(1, "decimal", "%2."), lvl(2, "decimal", "%2.%3."), lvl(3, "bullet", "-")) + num(1, 0, "")}
}

func BenchmarkAPlanOf400Pages(b *testing.B) {
	paper := longPlan()
	raw := paper.pack(b)
	b.SetBytes(int64(len(paper.body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := prose.Read(context.Background(), "a.docx", bytes.NewReader(raw), int64(len(raw))); err != nil {
			b.Fatal(err)
		}
	}
}

// TestLinesOfSignsAreReadInLinearTime reads files of Markdown as long as they may be, of lines as long
// as they may be, full of signs that could begin something.
func TestLinesOfSignsAreReadInLinearTime(t *testing.T) {
	for _, sign := range []string{"[", "[^", "[a](", "<", "<a ", "`` ` ", "&a", "|`", "> ", "# ", "*a _a", "a\u0301"} {
		line := strings.Repeat(sign, (prose.LongestLine-10)/len(sign))
		begin := processor(t)
		readBytes(t, "a.md", []byte(line+"\n|a|\n|-|\n|"+line[:len(line)/2]+"|\n[^a]: "+line+"\n"))
		if took := (processor(t) - begin) * prose.MostMarkdown / (5 * prose.LongestLine / 2); took > mostTime {
			t.Errorf("%d MB of %q take %v", prose.MostMarkdown>>20, sign, took)
		} else {
			t.Logf("%q: %v", sign, took)
		}
	}
}

func TestAPlanOf400PagesIsReadQuickly(t *testing.T) {
	raw := longPlan().pack(t)
	begin := processor(t)
	text := readBytes(t, "a.docx", raw)
	took := processor(t) - begin
	t.Logf("%d blocks in %v", len(text.Blocks), took)
	if last := text.Blocks[len(text.Blocks)-1].Paragraph; last.Marker != "-" || took > time.Second {
		t.Errorf("%v, ends with %+v", took, last)
	}
}
