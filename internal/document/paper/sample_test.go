package paper_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"chonoi/internal/document/paper"
	"chonoi/internal/when"
)

func docx(t testing.TB, p *paper.Paper) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := p.WriteDOCX(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func figure(id, text string) paper.Run { return paper.Run{Text: text, Figure: id} }

func paragraph(runs ...paper.Run) paper.Block {
	return paper.Block{Paragraph: &paper.Paragraph{Runs: runs}}
}

func texts(all ...string) (cells []paper.Cell) {
	for _, text := range all {
		cells = append(cells, paper.Cell{Runs: paper.Plain(text)})
	}
	return cells
}

// stateReport is a report of a department of a city.
func stateReport(l *paper.Layout) *paper.Paper {
	return &paper.Paper{
		Layout: l,
		Heads: paper.Heads{Superior: "UBND thành phố Cần Thơ", Issuer: "Sở Khoa học và Công nghệ", Symbol: "BC-SKHCN", Place: "Cần Thơ",
			Date: when.Day{Year: 2026, Month: 12}},
		Kind:     "Báo cáo",
		Abstract: "Sơ kết năm 2026 thực hiện Kế hoạch triển khai Kết luận số 69-KL/TW ngày 11/01/2024 của Bộ Chính trị",
		Body: []paper.Block{
			paragraph(paper.Run{Text: "Thực hiện Kế hoạch của Ban Thường vụ Thành ủy về triển khai Kết luận số 69-KL/TW, Sở Khoa học và Công nghệ báo cáo kết quả năm 2026 như sau:"}),
			paper.Head(paper.Section, "I.", "Kết quả chung"),
			paper.Head(paper.Clause, "1.", "Tiến độ thực hiện nhiệm vụ"),
			paragraph(paper.Run{Text: "Trong "}, figure("task.all", "42"), paper.Run{Text: " nhiệm vụ được giao, "}, figure("task.done", "14"),
				paper.Run{Text: " nhiệm vụ đã hoàn thành, "}, figure("task.on_time", "17"), paper.Run{Text: " đúng tiến độ, "}, figure("task.risk", "5"),
				paper.Run{Text: " có nguy cơ chậm, "}, figure("task.late", "2"), paper.Run{Text: " quá hạn và "}, figure("task.future", "4"), paper.Run{Text: " chưa đến kỳ."}),
			{Table: groupTable()},
			paper.Head(paper.Clause, "2.", "Sản phẩm"),
			paper.Text("Chi cho nghiên cứu và phát triển đạt 0,64% GRDP; 137 hợp đồng chuyển giao công nghệ được ghi nhận, trị giá 412 tỷ đồng. Các sản phẩm chính gồm:"),
			{List: &paper.List{Marks: paper.Dashes, Items: [][]paper.Run{paper.Plain("Quy chế hoạt động của sàn giao dịch công nghệ thành phố, ban hành tháng 3 năm 2026, được áp dụng thống nhất trên ba địa bàn của thành phố sau sắp xếp;"), paper.Plain("Danh mục 215 công nghệ sẵn sàng chuyển giao;"), paper.Plain("Bộ dữ liệu mở về cung, cầu công nghệ.")}}},
			paper.Head(paper.Section, "II.", "Nhiệm vụ quá hạn, nguyên nhân"),
			{List: &paper.List{Marks: paper.Numbers, Items: [][]paper.Run{
				paper.Plain("Phương án vận hành Trung tâm Khởi nghiệp và Đổi mới sáng tạo (nhiệm vụ 3.1), quá hạn 22 ngày do chưa thống nhất cơ chế tự chủ tài chính; cơ quan chủ trì cam kết trình trước ngày 10/12/2026."),
				{{Text: "Chưa có giải trình của cơ quan chủ trì nhiệm vụ 6.4, đã nhắc ngày 18/11/2026.", Italic: true}}}}},
			paper.Head(paper.Section, "III.", "Kiến nghị"),
			{List: &paper.List{Marks: paper.Letters, Items: [][]paper.Run{
				paper.Plain("Đề nghị Ban Thường vụ Thành ủy xem xét, cho ý kiến về cơ chế tự chủ của Trung tâm."),
				paper.Plain("Đề nghị bố trí nguồn kinh phí trình diễn công nghệ năm 2027.")}}},
		},
		Signatures: []paper.Signature{{Authority: []string{"KT. Giám đốc"}, Title: "Phó Giám đốc"}},
		Recipients: []string{"Ban Thường vụ Thành ủy (để b/c)", "UBND thành phố (để b/c)", "Ban Tuyên giáo và Dân vận Thành ủy", "Lưu: VT, QLCN"},
		About:      paper.About{Author: "Sở Khoa học và Công nghệ", Made: time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)},
	}
}

func groupTable() *paper.Table {
	t := &paper.Table{Caption: "Bảng 1. Kết quả theo nhóm nhiệm vụ",
		Columns: []paper.Column{{Width: 40}, {Width: 12, Align: paper.Right}, {Width: 12, Align: paper.Right}, {Width: 12, Align: paper.Right}, {Width: 12, Align: paper.Right}},
		Header: []paper.Row{
			{Cells: []paper.Cell{{Runs: paper.Plain("Nhóm nhiệm vụ"), Down: 2}, {Runs: paper.Plain("Số nhiệm vụ"), Across: 4}}},
			{Cells: texts("Hoàn thành", "Đúng tiến độ", "Nguy cơ", "Quá hạn")}},
	}
	for _, row := range [][]string{{"1. Sự lãnh đạo của Đảng", "3", "2", "0", "0"}, {"2. Tư duy, chính sách, quản lý nhà nước", "1", "1", "0", "0"},
		{"3. Tiềm lực khoa học, công nghệ và đổi mới sáng tạo", "3", "4", "2", "1"}, {"4. Hệ thống đổi mới sáng tạo, khởi nghiệp", "1", "1", "0", "0"},
		{"5. Thị trường khoa học và công nghệ", "4", "5", "2", "0"}, {"6. Hội nhập, hợp tác quốc tế", "2", "4", "1", "1"}} {
		t.Rows = append(t.Rows, paper.Row{Cells: texts(row...)})
	}
	total := texts("Cộng", "14", "17", "5", "2")
	for i := range total {
		total[i].Bold = true
	}
	t.Rows = append(t.Rows, paper.Row{Cells: total})
	return t
}

// partyReport is a report of a committee of the Party, with its parts.
func partyReport(l *paper.Layout) *paper.Paper {
	p := stateReport(l)
	p.Heads = paper.Heads{Superior: "Thành ủy Cần Thơ", Issuer: "Ban Tuyên giáo và Dân vận", Number: "7", Symbol: "BC/BTGDV", Place: "Cần Thơ",
		Date: when.Day{Year: 2026, Month: 2, Date: 5}}
	p.Abstract = "kết quả thực hiện Kế hoạch triển khai Kết luận số 69-KL/TW"
	p.Signatures = []paper.Signature{{Authority: []string{"K/T Trưởng ban"}, Title: "Phó Trưởng ban", Name: "Nguyễn Thị Ánh Tuyết", Signed: true}}
	p.Recipients = []string{"Ban Thường vụ Thành ủy", "Ban Tuyên giáo và Dân vận Trung ương", "Các đồng chí lãnh đạo ban", "Lưu Văn phòng"}
	p.Body = append([]paper.Block{paper.Head(paper.Part, "Phần I", "Tình hình và kết quả")}, p.Body...)
	return p
}

// letter is an official letter that urges two bodies.
func letter(l *paper.Layout) *paper.Paper {
	return &paper.Paper{
		Layout: l,
		Heads: paper.Heads{Superior: "UBND thành phố Cần Thơ", Issuer: "Sở Khoa học và Công nghệ", Number: "5", Symbol: "SKHCN-QLCN", Place: "Cần Thơ",
			Date: when.Day{Year: 2026, Month: 11, Date: 3}},
		Abstract: "đôn đốc thực hiện nhiệm vụ quá hạn của Kế hoạch triển khai Kết luận số 69-KL/TW",
		To:       []string{"Sở Nông nghiệp và Môi trường", "Ủy ban nhân dân phường Ninh Kiều"},
		Body: []paper.Block{
			paper.Text("Căn cứ Kế hoạch triển khai Kết luận số 69-KL/TW, các cơ quan được giao chủ trì nhiệm vụ phải báo cáo kết quả trước ngày 31/10/2026. Đến nay, Sở Khoa học và Công nghệ chưa nhận được báo cáo của quý cơ quan đối với 02 nhiệm vụ đã quá hạn."),
			paper.Text("Đề nghị quý cơ quan cập nhật tiến độ, nêu rõ nguyên nhân, trách nhiệm và thời hạn hoàn thành mới, gửi về Sở Khoa học và Công nghệ trước ngày 10/11/2026 để tổng hợp, báo cáo Ủy ban nhân dân thành phố./."),
		},
		Signatures: []paper.Signature{{Title: "Giám đốc", Name: "Trần Văn Minh", Signed: true}},
		Recipients: []string{"Như trên", "UBND thành phố (để b/c)", "Lưu: VT, QLCN"},
	}
}

// longAppendix is a report whose appendix is a table of many rows on pages that lie on their sides.
func longAppendix(l *paper.Layout, rows int) *paper.Paper {
	p := stateReport(l)
	p.Heads.Number, p.Heads.Date = "115", when.Day{Year: 2026, Month: 12, Date: 15}
	table := &paper.Table{
		Columns: []paper.Column{{Width: 6, Align: paper.Centre}, {Width: 40}, {Width: 24}, {Width: 14, Align: paper.Centre}, {Width: 16}},
		Header:  []paper.Row{{Cells: texts("STT", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Trạng thái")}},
	}
	for i := range rows {
		if i%20 == 0 {
			table.Rows = append(table.Rows, paper.Row{Cells: []paper.Cell{{Runs: paper.Plain(fmt.Sprintf("%s. Nhóm nhiệm vụ %d", paper.Roman(i/20+1), i/20+1)), Across: 5, Bold: true, Align: paper.Left}}})
		}
		row := []paper.Cell{{Runs: paper.Plain(fmt.Sprint(i + 1))}, {Runs: paper.Plain("Xây dựng và triển khai chương trình hỗ trợ doanh nghiệp đổi mới công nghệ trên địa bàn, kết nối với sàn giao dịch công nghệ của thành phố")}}
		if i%20%5 == 0 {
			row = append(row, paper.Cell{Runs: paper.Plain("Sở Khoa học và Công nghệ"), Down: 5})
		}
		row = append(row, texts("31/12/2026", "Đúng tiến độ")...)
		table.Rows = append(table.Rows, paper.Row{Cells: row})
	}
	p.Appendices = []paper.Appendix{
		{Title: "Trạng thái các nhiệm vụ", Body: []paper.Block{{Table: table}}, Landscape: true},
		{Title: "Cách tính số liệu", Body: []paper.Block{paper.Text("Tỷ lệ hoàn thành là số nhiệm vụ đã hoàn thành chia cho số nhiệm vụ đến hạn.")}},
	}
	return p
}

// contract is a paper without an issuer, signed by two sides.
func contract(l *paper.Layout) *paper.Paper {
	return &paper.Paper{
		Layout: l, Kind: "Hợp đồng", Abstract: "chuyển giao công nghệ sấy lạnh xoài",
		Heads: paper.Heads{Number: "15", Symbol: "HĐCGCN"},
		Body: []paper.Block{
			{Paragraph: &paper.Paragraph{Runs: paper.Plain("Căn cứ Luật Chuyển giao công nghệ ngày 19 tháng 6 năm 2017;"), Basis: true}},
			{Paragraph: &paper.Paragraph{Runs: paper.Plain("Căn cứ nhu cầu và khả năng của hai bên."), Basis: true}},
			paper.Head(paper.Article, "Điều 1.", "Đối tượng của hợp đồng"),
			paper.Text("Bên A chuyển giao cho Bên B quy trình sấy lạnh xoài và bí quyết kèm theo."),
			paper.Head(paper.Article, "Điều 2.", "Giá và thanh toán"),
			{List: &paper.List{Marks: paper.Numbers, Items: [][]paper.Run{paper.Plain("Giá chuyển giao là 385.000.000 đồng."), paper.Plain("Bên B thanh toán làm hai đợt.")}}},
		},
		Signatures: []paper.Signature{{Authority: []string{"Đại diện bên A"}, Title: "Giám đốc", Name: "Trần Văn Minh", Signed: true}, {Authority: []string{"Đại diện bên B"}, Title: "Giám đốc", Name: "Lê Thị Hoa"}},
	}
}
