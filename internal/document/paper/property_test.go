package paper_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chonoi/internal/document/paper"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

var sentence = rapid.SampledFrom([]string{
	"Sở Khoa học và Công nghệ đã tổ chức quán triệt, triển khai kế hoạch đến toàn thể cán bộ, công chức.",
	"Chi cho nghiên cứu và phát triển đạt 0,64% GRDP; <b>137</b> hợp đồng & 412 tỷ đồng.",
	"Ngày 05 tháng 01 năm 2026, Ủy ban nhân dân thành phố ban hành Quyết định số 15/QĐ-UBND.",
	"Nơi nào chậm thì nơi đó giải trình.",
	"Số liệu tính đến hết quý III/2026.",
	"Căn cứ tình hình thực tế, các đơn vị điều chỉnh \"tiến độ\" cho phù hợp.",
	"Dòng một\nvà dòng hai \u202eẩn\x00 chữ.",
})

func genRuns(t *rapid.T) []paper.Run {
	var runs []paper.Run
	for i := range rapid.IntRange(1, 4).Draw(t, "runs") {
		r := paper.Run{Text: sentence.Draw(t, "text") + " ", Italic: rapid.Bool().Draw(t, "italic")}
		if rapid.IntRange(0, 3).Draw(t, "figure") == 0 {
			r = paper.Run{Text: "42", Figure: fmt.Sprintf("f.%d", i)}
		}
		runs = append(runs, r)
	}
	return append(runs, paper.Run{Text: "Hết."})
}

func genBlocks(t *rapid.T, most int) []paper.Block {
	var blocks []paper.Block
	for range rapid.IntRange(1, most).Draw(t, "blocks") {
		switch rapid.IntRange(0, 5).Draw(t, "block") {
		case 0:
			grade := paper.Grade(rapid.IntRange(0, 4).Draw(t, "grade"))
			blocks = append(blocks, paper.Head(grade, []string{"Phần I", "II.", "Điều 3.", "4.", "đ)"}[grade], "Kết quả thực hiện"))
		case 1:
			list := &paper.List{Marks: paper.Marks(rapid.IntRange(0, 2).Draw(t, "marks"))}
			for range rapid.IntRange(1, 30).Draw(t, "items") {
				list.Items = append(list.Items, genRuns(t))
			}
			blocks = append(blocks, paper.Block{List: list})
		case 2:
			blocks = append(blocks, paper.Block{Table: genTable(t)})
		default:
			blocks = append(blocks, paper.Block{Paragraph: &paper.Paragraph{Runs: genRuns(t)}})
		}
	}
	return append(blocks, paper.Text("Trên đây là kết quả thực hiện."))
}

func genTable(t *rapid.T) *paper.Table {
	table := &paper.Table{Caption: rapid.SampledFrom([]string{"", "Bảng 1. Số liệu"}).Draw(t, "caption"), Columns: make([]paper.Column, rapid.IntRange(1, 8).Draw(t, "columns"))}
	row := func() (row paper.Row) {
		for range rapid.IntRange(0, 9).Draw(t, "cells") {
			row.Cells = append(row.Cells, paper.Cell{Runs: paper.Plain("ô"), Across: rapid.IntRange(-1, 4).Draw(t, "across"), Down: rapid.IntRange(-1, 4).Draw(t, "down"), Bold: rapid.Bool().Draw(t, "bold")})
		}
		return row
	}
	for range rapid.IntRange(0, 3).Draw(t, "header") {
		table.Header = append(table.Header, row())
	}
	for range rapid.IntRange(0, 6).Draw(t, "rows") {
		table.Rows = append(table.Rows, row())
	}
	return table
}

func genPaper(t *rapid.T, l *paper.Layout) *paper.Paper {
	p := &paper.Paper{Layout: l, Abstract: "sơ kết thực hiện Kế hoạch số 12",
		Heads: paper.Heads{Issuer: "Sở Khoa học và Công nghệ", Superior: rapid.SampledFrom([]string{"", "UBND thành phố Cần Thơ"}).Draw(t, "superior"),
			Number: rapid.SampledFrom([]string{"", "3", "10", "215"}).Draw(t, "number"), Symbol: rapid.SampledFrom([]string{"BC-SKHCN", "TTr-UBND", "CTr/TU"}).Draw(t, "symbol"), Place: "Cần Thơ",
			Date: when.Day{Year: 2026, Month: monthOf(t), Date: rapid.IntRange(0, 28).Draw(t, "day")}},
		Body: genBlocks(t, 8)}
	p.Kind = rapid.SampledFrom([]string{"", "Báo cáo", "Tờ trình", "Kế hoạch"}).Draw(t, "kind")
	p.Submission = p.Kind == "Tờ trình"
	for range rapid.IntRange(0, 3).Draw(t, "to") {
		p.To = append(p.To, "Ủy ban nhân dân thành phố")
	}
	p.Recipients = []string{"Như trên;", "- Ban Tuyên giáo và Dân vận", l.Rule("recipients.keep").Text + " VT."}
	for range rapid.IntRange(1, 3).Draw(t, "signatures") {
		s := paper.Signature{Title: "Phó Giám đốc", Signed: rapid.Bool().Draw(t, "signed"), Name: rapid.SampledFrom([]string{"", "Trần Văn Minh"}).Draw(t, "name")}
		if rapid.Bool().Draw(t, "authority") {
			s.Authority = []string{l.SignForm(paper.InPlace) + " Giám đốc"}
		}
		if rapid.IntRange(0, 9).Draw(t, "nobody") == 0 {
			s = paper.Signature{Signed: s.Signed, Title: s.Title}
		}
		p.Signatures = append(p.Signatures, s)
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "appendices") {
		p.Appendices = append(p.Appendices, paper.Appendix{Title: fmt.Sprintf("Số liệu %d", i), Landscape: rapid.Bool().Draw(t, "wide"), Body: genBlocks(t, 3)})
	}
	return p
}

func monthOf(t *rapid.T) time.Month { return time.Month(rapid.IntRange(0, 12).Draw(t, "month")) }

// sound holds what word processors need beyond well-formed XML: a cell ends with a paragraph, a row
// fills the grid of its table, and two tables do not touch.
func sound(t *rapid.T, content []byte) {
	_, all := parts(t, content)
	type node struct {
		name, last    string
		columns, seen int
	}
	stack := []*node{{}}
	for decoder := xml.NewDecoder(strings.NewReader(all[inText])); ; {
		token, err := decoder.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		top := stack[len(stack)-1]
		switch e := token.(type) {
		case xml.StartElement:
			stack = append(stack, &node{name: e.Name.Local})
			if e.Name.Local == "tbl" && top.last == "tbl" {
				t.Fatal("two tables touch")
			}
			if e.Name.Local == "gridCol" {
				stack[len(stack)-3].columns++
			}
			if e.Name.Local == "tc" {
				top.seen++
			}
			if e.Name.Local == "gridSpan" {
				n, _ := strconv.Atoi(e.Attr[0].Value)
				stack[len(stack)-4].seen += n - 1
			}
		case xml.EndElement:
			stack = stack[:len(stack)-1]
			above := stack[len(stack)-1]
			above.last = top.name
			if top.name == "tc" && top.last != "p" {
				t.Fatal("a cell ends without a paragraph")
			}
			if top.name == "tr" && top.seen != above.columns {
				t.Fatalf("a row fills %d of %d columns", top.seen, above.columns)
			}
		}
	}
}

func TestAnyPaperWeWriteKeepsItsLayout(t *testing.T) {
	for _, name := range profiles {
		l, w := layout(t, name), words(t)
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			p := genPaper(t, l)
			var b, again bytes.Buffer
			if err := p.WriteDOCX(&b); err != nil {
				t.Fatal(err)
			}
			if err := p.WriteDOCX(&again); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
				t.Fatal("the same paper gives other bytes", err)
			}
			sound(t, b.Bytes())
			found, err := paper.Check(t.Context(), bytes.NewReader(b.Bytes()), int64(b.Len()), l)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range found {
				t.Errorf("%s: %s (%s)", f.Kind, f.Text(w, lang.Vi), f.Near)
			}
			var page bytes.Buffer
			if err := p.WriteHTML(&page, paper.Page{}); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(page.String(), "style=") || strings.Contains(page.String(), "<b>137</b>") || strings.ContainsAny(page.String(), "\x00\u202e") {
				t.Error("the page has style, markup or hidden characters of the text")
			}
		}))
	}
}
