package reading_test

import (
	"strings"
	"testing"
)

// bodyOf reads lines below the head of a plan and returns the outline.
func bodyOf(t *testing.T, lines ...string) string {
	t.Helper()
	p := readText(t, append([]string{"KẾ HOẠCH", "Phát triển khoa học", "", "Ủy ban nhân dân ban hành Kế hoạch như sau:", ""}, lines...)...)
	whole(t, p)
	var b strings.Builder
	for _, n := range p.Nodes {
		b.WriteString(n.ID + " " + strings.TrimSpace(n.Marker+" "+n.Text) + "\n")
	}
	return b.String()
}

func TestLinesAreJoinedAndToldApart(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"a hyphen behind a figure joins without blank, one behind a blank stays",
			[]string{"1. Thực hiện Kết luận số 69-", "KL/TW của Bộ Chính trị; phát triển kinh tế -", "xã hội."},
			"1 1. Thực hiện Kết luận số 69-KL/TW của Bộ Chính trị; phát triển kinh tế - xã hội.\n"},
		{"a paragraph torn by a page goes on in small letters",
			[]string{"- Nâng cao trách nhiệm của các cấp ủy,", "", "tổ chức đảng và đảng viên.", "", "- Việc hai."},
			"-1 - Nâng cao trách nhiệm của các cấp ủy, tổ chức đảng và đảng viên.\n-2 - Việc hai.\n"},
		{"page numbers go, a year stays",
			[]string{"1. Việc một.", "", "- 2 -", "", "2. Việc hai năm", "", "3", "", "2027 và các năm sau."},
			"1 1. Việc một.\n2 2. Việc hai năm 2027 và các năm sau.\n"},
		{"a running head without page number breaks no sentence",
			[]string{"1. Việc một của các cấp ủy", "", "Đảng ủy phường - Kế hoạch", "", "và chính quyền.", "", "2. Việc hai.", "", "Đảng ủy phường - Kế hoạch", "", "3. Việc ba.", "", "Đảng ủy phường - Kế hoạch", "", "4. Việc bốn."},
			"1 1. Việc một của các cấp ủy và chính quyền.\n2 2. Việc hai.\n3 3. Việc ba.\n4 4. Việc bốn.\n"},
		{"the dash of a compound is no bullet",
			[]string{"1. Vận động các tổ chức chính trị", "- xã hội cùng tham gia.", "2. Việc hai."},
			"1 1. Vận động các tổ chức chính trị - xã hội cùng tham gia.\n2 2. Việc hai.\n"},
		{"bullets of all kinds",
			[]string{"1. Nhóm", "• Việc a.", "• Việc b:", "◦ Việc c.", "◦ Việc d.", "• Việc e.", "2. Nhóm hai", "– Việc f.", "— Việc g."},
			"1 1. Nhóm\n1-1 • Việc a.\n1-2 • Việc b:\n1-2-1 ◦ Việc c.\n1-2-2 ◦ Việc d.\n1-3 • Việc e.\n2 2. Nhóm hai\n2-1 – Việc f.\n2-2 — Việc g.\n"},
		{"the marker on a line of its own",
			[]string{"I.", "MỤC TIÊU", "1.", "Việc một.", "II.", "TỔ CHỨC", "1. Việc."},
			"I I. MỤC TIÊU\nI.1 1. Việc một.\nII II. TỔ CHỨC\nII.1 1. Việc.\n"},
		{"a number that begins again below bullets",
			[]string{"I. Nhiệm vụ", "- Xây dựng:", "1) Kho dữ liệu;", "2) Cổng thông tin.", "- Vận hành:", "1) Hằng ngày;", "2) Hằng tuần."},
			"I I. Nhiệm vụ\nI-1 - Xây dựng:\nI-1.1 1) Kho dữ liệu;\nI-1.2 2) Cổng thông tin.\nI-2 - Vận hành:\nI-2.1 1) Hằng ngày;\nI-2.2 2) Hằng tuần.\n"},
		{"bullets before the first group of a section",
			[]string{"I. Mục tiêu", "- Mục tiêu một.", "- Mục tiêu hai.", "1. Nhóm", "- Việc.", "2. Nhóm", "- Việc."},
			"I I. Mục tiêu\nI-1 - Mục tiêu một.\nI-2 - Mục tiêu hai.\nI.1 1. Nhóm\nI.1-1 - Việc.\nI.2 2. Nhóm\nI.2-1 - Việc.\n"},
		{"letters outside, numbers inside",
			[]string{"I. Nhiệm vụ", "a) Nhóm một", "1. Việc.", "2. Việc.", "b) Nhóm hai", "1. Việc.", "c) Nhóm ba", "1. Việc."},
			"I I. Nhiệm vụ\nI.a a) Nhóm một\nI.a.1 1. Việc.\nI.a.2 2. Việc.\nI.b b) Nhóm hai\nI.b.1 1. Việc.\nI.c c) Nhóm ba\nI.c.1 1. Việc.\n"},
		{"numbers without blank, dots and dashes mixed",
			[]string{"I.MỤC TIÊU", "1.Việc một.", "2-Việc hai.", "II- NHIỆM VỤ", "1.Việc."},
			"I I. MỤC TIÊU\nI.1 1. Việc một.\nI.2 2- Việc hai.\nII II- NHIỆM VỤ\nII.1 1. Việc.\n"},
		{"h, i, k are letters, (i) (ii) are numbers",
			[]string{"1. Việc:", "g) Một;", "h) Hai;", "i) Ba;", "k) Bốn:", "(i) năm;", "(ii) sáu."},
			"1 1. Việc:\n1.g g) Một;\n1.h h) Hai;\n1.i i) Ba;\n1.k k) Bốn:\n1.k.i (i) năm;\n1.k.ii (ii) sáu.\n"},
		{"a heading in capitals on two lines",
			[]string{"I- MỤC ĐÍCH,", "YÊU CẦU", "1. Việc.", "II- TỔ CHỨC", "1. Việc."},
			"I I- MỤC ĐÍCH, YÊU CẦU\nI.1 1. Việc.\nII II- TỔ CHỨC\nII.1 1. Việc.\n"},
		{"the Icelandic letter, an article put in later, a dot and a dash",
			[]string{"Ðiều 1. Ðơn vị.", "1.- Việc.", "2.- Việc.", "Điều 1a. Việc.", "Điều 2. Việc."},
			"D1 Ðiều 1. Ðơn vị.\nD1.1 1.- Việc.\nD1.2 2.- Việc.\nD1a Điều 1a. Việc.\nD2 Điều 2. Việc.\n"},
		{"three levels of numbers",
			[]string{"1. Nhóm", "1.1. Tiểu nhóm", "1.1.1. Việc.", "1.1.2. Việc.", "1.2. Việc.", "2. Nhóm", "2.1. Việc."},
			"1 1. Nhóm\n1.1 1.1. Tiểu nhóm\n1.1.1 1.1.1. Việc.\n1.1.2 1.1.2. Việc.\n1.2 1.2. Việc.\n2 2. Nhóm\n2.1 2.1. Việc.\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := bodyOf(t, c.lines...); got != c.want {
				t.Errorf("read\n%swas\n%s", got, c.want)
			}
		})
	}
}

func TestQuotedWordingIsNoNode(t *testing.T) {
	p := readText(t, "QUYẾT ĐỊNH", "Về việc sửa đổi Quy chế", "", "Căn cứ Luật Khoa học;", "QUYẾT ĐỊNH:", "",
		"Điều 1. Sửa đổi khoản 2 Điều 5 như sau:", "", "“2. Chuyên gia phải:", "", "a) Giữ bí mật;", "", "b) Báo cáo.”.", "", "Điều 2. Quyết định có hiệu lực.", "")
	if got := outline(p); strings.Count(got, "\n") != 2 || !strings.Contains(got, "D2 | article | Điều 2. | Quyết định có hiệu lực.") {
		t.Error(got)
	}
	if !strings.Contains(p.Text, "\na) Giữ bí mật;\n") {
		t.Error("the quoted words are gone from the text")
	}
	if len(p.InternalRefs) != 1 || p.InternalRefs[0].Target != "external" {
		t.Errorf("%v", p.InternalRefs)
	}
}
