package reading_test

import (
	"fmt"
	"strings"
	"testing"

	"chonoi/internal/document/prose"
	"chonoi/internal/programme/reading"

	"github.com/google/go-cmp/cmp"
)

// cell is what stands in a cell: "2x3:" before its words says that it spans 2 columns and 3 rows,
// "|" between them divides paragraphs.
func cell(s string) prose.Cell {
	c := prose.Cell{Across: 1, Down: 1}
	if n, _ := fmt.Sscanf(s, "%dx%d:", &c.Across, &c.Down); n == 2 {
		_, s, _ = strings.Cut(s, ":")
	} else {
		c.Across, c.Down = 1, 1
	}
	for _, one := range strings.Split(s, "|") {
		c.Paragraphs = append(c.Paragraphs, prose.Paragraph{Text: one, Level: -1})
	}
	return c
}

// table is a table of Word from its rows; cells are divided by ";".
func table(rows ...string) prose.Block {
	t := &prose.Table{}
	for _, r := range rows {
		var row prose.Row
		for _, s := range strings.Split(r, ";") {
			row.Cells = append(row.Cells, cell(strings.TrimSpace(s)))
		}
		t.Rows = append(t.Rows, row)
	}
	return prose.Block{Table: t}
}

func para(s string) prose.Block {
	return prose.Block{Paragraph: &prose.Paragraph{Text: s, Level: -1, Bold: s == strings.ToUpper(s), Centred: s == strings.ToUpper(s)}}
}

// annexed is a plan with an annex that holds these blocks.
func annexed(t *testing.T, blocks ...prose.Block) *reading.Plan {
	t.Helper()
	text := &prose.Text{Kind: "docx", Blocks: append([]prose.Block{para("KẾ HOẠCH"), para("VỀ CÔNG NGHỆ"), para("Căn cứ Luật;"), para("I. NHIỆM VỤ"), para("1. Theo Phụ lục."),
		table("Nơi nhận:|- Như trên;|- Lưu: VT.;TM. ỦY BAN NHÂN DÂN|CHỦ TỊCH|Nguyễn Văn An"), para("PHỤ LỤC"), para("DANH MỤC NHIỆM VỤ")}, blocks...)}
	p, err := reading.Read(text, "a.docx")
	if err != nil {
		t.Fatal(err)
	}
	whole(t, p)
	return p
}

// rows are the rows as lines: group, number, task, lead, with, deadline, product.
func rows(p *reading.Plan) []string {
	var all []string
	at := func(s *string) string {
		if s == nil {
			return "-"
		}
		return *s
	}
	for _, r := range p.Rows {
		all = append(all, strings.Join([]string{at(r.Table), at(r.Group), r.No, r.Task, strings.Join(r.Lead, "+"), strings.Join(r.With, "+"), at(r.Deadline), at(r.Product)}, " / "))
	}
	return all
}

func TestTablesOfTasksAreReadToRows(t *testing.T) {
	for _, c := range []struct {
		name   string
		blocks []prose.Block
		want   []string
	}{
		{"a merged cell holds for every row that it spans",
			[]prose.Block{table("STT; Nội dung công việc; Cơ quan chủ trì; Cơ quan phối hợp; Thời gian hoàn thành; Sản phẩm",
				"1; Việc một; 1x2:Sở Tài chính; Sở Y tế|Sở Xây dựng; 1x3:Quý II/2026; Báo cáo", "2; Việc hai; ; Đề án", "3; Việc ba; Sở Nông nghiệp và Môi trường; - Sở Y tế|- Sở Tài chính; Kế hoạch")},
			[]string{"PHỤ LỤC / - / 1 / Việc một / Sở Tài chính / Sở Y tế+Sở Xây dựng / Quý II/2026 / Báo cáo", "PHỤ LỤC / - / 2 / Việc hai / Sở Tài chính /  / Quý II/2026 / Đề án",
				"PHỤ LỤC / - / 3 / Việc ba / Sở Nông nghiệp và Môi trường / Sở Y tế+Sở Tài chính / Quý II/2026 / Kế hoạch"}},
		{"heading rows are groups: merged, Roman, or numbered above 1.1",
			[]prose.Block{table("TT; Nhiệm vụ; Chủ trì; Thời hạn; Ghi chú", "(1); (2); (3); (4); (5)", "5x1:A. Thể chế", "1.; Việc một; Sở Y tế; 2026; ", "II; Hạ tầng; ; ; ", "1; Việc hai; Sở Y tế; 2027; ",
				"2; Dữ liệu; ; ; ", "2.1; Việc ba; Sở Y tế; 2028; ", "TT; Nhiệm vụ; Chủ trì; Thời hạn; Ghi chú", "2.2; Việc bốn; Sở Y tế; 2029; ", "; Tổng cộng; ; ; ")},
			[]string{"PHỤ LỤC / A / 1 / Việc một / Sở Y tế /  / 2026 / -", "PHỤ LỤC / II / 1 / Việc hai / Sở Y tế /  / 2027 / -", "PHỤ LỤC / 2 / 2.1 / Việc ba / Sở Y tế /  / 2028 / -",
				"PHỤ LỤC / 2 / 2.2 / Việc bốn / Sở Y tế /  / 2029 / -"}},
		{"a head on two lines",
			[]prose.Block{table("1x2:STT; 1x2:Tên nhiệm vụ; 2x1:Trách nhiệm thực hiện; 1x2:Thời gian; 1x2:Kết quả đạt được", "Chủ trì; Phối hợp", "1; Việc một; Sở Y tế; Sở Tài chính; Thường xuyên; Sổ tay")},
			[]string{"PHỤ LỤC / - / 1 / Việc một / Sở Y tế / Sở Tài chính / Thường xuyên / Sổ tay"}},
		{"a table that goes on over a page without head",
			[]prose.Block{table("STT; Nhiệm vụ; Chủ trì; Thời gian", "1; Xây dựng cơ sở dữ liệu về công nghệ; Sở Y tế; 2026"), table("; và nhu cầu công nghệ; ; ", "2; Việc hai; Sở Y tế; 2027")},
			[]string{"PHỤ LỤC / - / 1 / Xây dựng cơ sở dữ liệu về công nghệ và nhu cầu công nghệ / Sở Y tế /  / 2026 / -", "PHỤ LỤC / - / 2 / Việc hai / Sở Y tế /  / 2027 / -"}},
		{"no number column",
			[]prose.Block{table("Nội dung; Đơn vị thực hiện; Hoàn thành", "Việc một; Phòng Kinh tế; Tháng 6/2026")},
			[]string{"PHỤ LỤC / - /  / Việc một / Phòng Kinh tế /  / Tháng 6/2026 / -"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, rows(annexed(t, c.blocks...))); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestTablesWithYearsAreTargets(t *testing.T) {
	p := annexed(t, table("TT; Chỉ tiêu; ĐVT; Thực hiện năm 2025; Năm 2026; Giai đoạn 2026 - 2030", "I; 5x1:Nguồn lực", "1; Chi cho khoa học và công nghệ; 1x2:%; 0,8; 1; 1,5 - 2", "2; Tỷ lệ nhân lực trình độ cao; 10; ; 25"))
	percent := "%"
	want := []reading.Target{
		{Name: "Chi cho khoa học và công nghệ", Unit: &percent, Values: map[string]string{"2025": "0,8", "2026": "1", "2026-2030": "1,5 - 2"}},
		{Name: "Tỷ lệ nhân lực trình độ cao", Unit: &percent, Values: map[string]string{"2025": "10", "2026-2030": "25"}},
	}
	if d := cmp.Diff(want, p.Targets); d != "" || len(p.Rows) > 0 {
		t.Error(d, p.Rows)
	}
}

func TestATableWithoutKnownColumnsIsTold(t *testing.T) {
	p := annexed(t, table("Xanh; Đỏ", "1; 2"))
	if len(p.Rows) > 0 || len(p.Warnings) == 0 || p.Warnings[len(p.Warnings)-1].Key != "reading.table_not_read" {
		t.Errorf("%v %v", p.Rows, p.Warnings)
	}
	if !strings.Contains(p.Text, "Xanh\tĐỏ\n1\t2") {
		t.Error("its words are gone from the text")
	}
}

func TestTheIssuerIsTheBoldNameOfTheHead(t *testing.T) {
	left := prose.Cell{Across: 1, Down: 1, Paragraphs: []prose.Paragraph{{Text: "VĂN PHÒNG TỈNH ỦY"}, {Text: "BAN CHỈ ĐẠO", Bold: true}, {Text: "VĂN PHÒNG SỐ HÓA", Bold: true}, {Text: "Số 05-KH/BCĐ"}}}
	right := prose.Cell{Across: 1, Down: 1, Paragraphs: []prose.Paragraph{{Text: "ĐẢNG CỘNG SẢN VIỆT NAM", Bold: true}, {Text: "Hậu An, ngày 7/8/2025"}}}
	p, err := reading.Read(&prose.Text{Kind: "docx", Blocks: []prose.Block{{Table: &prose.Table{Rows: []prose.Row{{Cells: []prose.Cell{left, right}}}}}, para("KẾ HOẠCH"), para("SỐ HÓA"), para("1. Việc.")}}, "a.docx")
	if err != nil {
		t.Fatal(err)
	}
	h := p.Header
	if *h.Issuer != "BAN CHỈ ĐẠO VĂN PHÒNG SỐ HÓA" || *h.Superior != "VĂN PHÒNG TỈNH ỦY" || *h.Symbol != "05-KH/BCĐ" || *h.Number != "05" || *h.Place != "Hậu An" || *h.Date != "2025-08-07" {
		t.Errorf("%s | %s | %s | %s | %s", *h.Issuer, *h.Superior, *h.Symbol, *h.Place, *h.Date)
	}
}

func TestAListBehindTheSignatureIsAnAnnexWithoutTheWord(t *testing.T) {
	text := &prose.Text{Kind: "docx", Blocks: []prose.Block{para("KẾ HOẠCH"), para("SỐ HÓA"), para("1. Việc."), para("TM. ỦY BAN NHÂN DÂN"), para("CHỦ TỊCH"), para("Lê An"), para("DANH MỤC NHIỆM VỤ NĂM 2026"),
		table("STT; Nhiệm vụ; Chủ trì", "1; Việc một; Sở Y tế")}}
	p, err := reading.Read(text, "a.docx")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"DANH MỤC NHIỆM VỤ NĂM 2026 / - / 1 / Việc một / Sở Y tế /  / - / -"}, rows(p)); d != "" || *p.Header.Signer.Name != "Lê An" {
		t.Error(d)
	}
}
