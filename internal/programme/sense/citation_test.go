package sense

import (
	"slices"
	"strings"
	"testing"
)

// cites writes the citations of a text as "kind symbol date | issuer".
func cites(text string) []string {
	var all []string
	for _, c := range Citations(text) {
		one := strings.TrimSpace(c.Kind + " " + c.Symbol)
		if c.Date != "" {
			one += " " + c.Date
		}
		if c.Issuer != "" {
			one += " | " + c.Issuer
		}
		all = append(all, one)
	}
	return all
}

func TestSymbolsOfPartyAndStateAreRead(t *testing.T) {
	for text, want := range map[string][]string{
		"theo Kết luận số 69-KL/TW ngày 11/01/2024 của Bộ Chính trị":                         {"Kết luận 69-KL/TW 2024-01-11 | Bộ Chính trị"},
		"Hướng dẫn số 31 – HD/BTCTW ngày 10-6-2025":                                          {"Hướng dẫn 31-HD/BTCTW 2025-06-10"},
		"Hướng dẫn số 31 — HD / BTCTW":                                                       {"Hướng dẫn 31-HD/BTCTW"},
		"Kế hoạch số 08-KH/ĐU ngày 05 tháng Tám năm 2025 của Đảng ủy phường Ninh Kiều":       {"Kế hoạch 08-KH/ĐU 2025-08-05 | Đảng ủy phường Ninh Kiều"},
		"Quy chế 02-QC/BCĐTW ngày mồng mười tháng sáu năm 2025":                              {"Quy chế 02-QC/BCĐTW 2025-06-10"},
		"Quyết định ngày hôm qua":                                                            nil,
		"NGHỊ QUYẾT SỐ 57-NQ/TW NGÀY 22/12/2024 CỦA BỘ CHÍNH TRỊ":                            {"NGHỊ QUYẾT 57-NQ/TW 2024-12-22 | BỘ CHÍNH TRỊ"},
		"Nghị định số 15/2025/NĐ-CP ngày 20 tháng 01 năm 2025 của Chính phủ":                 {"Nghị định 15/2025/NĐ-CP 2025-01-20 | Chính phủ"},
		"Nghị quyết số 1668/NQ-UBTVQH15 ngày 16/6/2025 của Ủy ban Thường vụ Quốc hội":        {"Nghị quyết 1668/NQ-UBTVQH15 2025-06-16 | Ủy ban Thường vụ Quốc hội"},
		"Thông tư số 16/2014/TT-BKHCN ngày 13/6/2014 của Bộ trưởng Bộ Khoa học và Công nghệ": {"Thông tư 16/2014/TT-BKHCN 2014-06-13 | Bộ trưởng Bộ Khoa học và Công nghệ"},
		"Quyết định 132/2025/QĐ-UBND ngày 28/10/2025 của Ủy ban nhân dân tỉnh Đồng Tháp":     {"Quyết định 132/2025/QĐ-UBND 2025-10-28 | Ủy ban nhân dân tỉnh Đồng Tháp"},
		"Luật số 07/2017/QH14": {"Luật 07/2017/QH14"},
		"Luật Khoa học, công nghệ và đổi mới sáng tạo số 93/2025/QH15 ngày 27/6/2025": {"Luật 93/2025/QH15 2025-06-27"},
		"Thông tư liên tịch số 15/2015/TTLT-BKHCN-BTC":                                {"Thông tư liên tịch 15/2015/TTLT-BKHCN-BTC"},
		"Nghị quyết số 30a/2008/NQ-CP":                                                {"Nghị quyết 30a/2008/NQ-CP"},
		"Công văn số 1270/BC-TCTTTg và Tờ trình số 12 /TTr-SKHCN":                     {"Công văn 1270/BC-TCTTTg", "Tờ trình 12/TTr-SKHCN"},
		"Kế hoạch số: 12/KH-MTTQ-BTT":                                                 {"Kế hoạch 12/KH-MTTQ-BTT"},
		"Nghị quyết của Hội đồng nhân dân thành phố số 12/2025/NQ-HĐND":               {"Nghị quyết 12/2025/NQ-HĐND"},
		"Chương trình hành động số 45-CTr/TU":                                         {"Chương trình hành động 45-CTr/TU"},
		"nghị quyết 57-nq/tw":                                                         {"nghị quyết 57-nq/tw"},
		"Quyết định số 15/QĐ-TTg của Thủ tướng Chính phủ ngày 05/01/2025":             {"Quyết định 15/QĐ-TTg 2025-01-05 | Thủ tướng Chính phủ"},
	} {
		if got := cites(text); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestListsOfDocumentsAreReadOneByOne(t *testing.T) {
	for text, want := range map[string][]string{
		"các Nghị quyết số 57-NQ/TW, 59-NQ/TW và 66-NQ/TW của Bộ Chính trị": {
			"Nghị quyết 57-NQ/TW | Bộ Chính trị", "Nghị quyết 59-NQ/TW | Bộ Chính trị", "Nghị quyết 66-NQ/TW | Bộ Chính trị"},
		"Nghị quyết số 57, 59 và 66-NQ/TW": {"Nghị quyết 57-NQ/TW", "Nghị quyết 59-NQ/TW", "Nghị quyết 66-NQ/TW"},
		"các Nghị quyết số 57-NQ/TW ngày 22/12/2024, số 59-NQ/TW ngày 24/01/2025": {
			"Nghị quyết 57-NQ/TW 2024-12-22", "Nghị quyết 59-NQ/TW 2025-01-24"},
		"Nghị định số 15/2025/NĐ-CP ngày 20/01/2025 và Nghị định số 16/2025/NĐ-CP cùng ngày của Chính phủ": {
			"Nghị định 15/2025/NĐ-CP 2025-01-20 | Chính phủ", "Nghị định 16/2025/NĐ-CP 2025-01-20 | Chính phủ"},
		"Luật số 07/2017/QH14; Thông tư 16/2014/TT-BKHCN": {"Luật 07/2017/QH14", "Thông tư 16/2014/TT-BKHCN"},
	} {
		if got := cites(text); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestDocumentsWithoutNumberAreRead(t *testing.T) {
	for text, want := range map[string]string{
		"gắn với thực hiện Nghị quyết Đại hội Đảng bộ thành phố lần thứ XIV, nhiệm kỳ 2020 - 2025 và": "Nghị quyết Đại hội Đảng bộ thành phố lần thứ XIV, nhiệm kỳ 2020 - 2025",
		"Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng":                                 "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
		"Nghị quyết Trung ương 4 khóa XII về xây dựng Đảng":                                           "Nghị quyết Trung ương 4 khóa XII",
		"Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;":                        "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
		"theo Luật Khoa học, công nghệ và đổi mới sáng tạo năm 2025.":                                 "Luật Khoa học, công nghệ và đổi mới sáng tạo năm 2025",
	} {
		got := Citations(text)
		if len(got) != 1 || got[0].Printed != want || got[0].Symbol != "" {
			t.Errorf("%s: %+v, want %q", text, got, want)
		}
	}
}

func TestLookAlikesAreNoCitations(t *testing.T) {
	for _, text := range []string{
		"giai đoạn 2020 - 2025", "nhiệm kỳ 2020-2025/2030", "ngày 01/11/2012", "số 12-A/B đường Nguyễn Trãi", "nhà số 65/7-Q đường 3/2",
		"hồ sơ số 123/HS-UB", "Điều 5 Nghị quyết này", "khoản 2 Điều 3 Quy định này", "đường số 7-KDC/2", "Luật này", "pháp luật về đầu tư",
		"biển số 65A-123.45", "hợp đồng số 12/2024/HĐ-KHCN", "24/7", "kinh tế - xã hội", "Nghị quyết của Đảng", "TCVN 6909:2001", "1/2 số hộ", "quốc lộ 1A/QL",
	} {
		if got := Citations(text); len(got) > 0 {
			t.Errorf("%s: %+v", text, got)
		}
	}
}

func TestTwoPrintingsOfOneSymbolHaveOneKey(t *testing.T) {
	for _, printed := range []string{"02-NQ/TU", "2-NQ/TU", "002 – nq / tu", "02‑NQ/TU"} {
		if got := Key(printed); got != "2-NQ/TU" {
			t.Errorf("%s: %s", printed, got)
		}
	}
	if Key("234-TB/T.Ư") != "234-TB/TW" || Key("5-CV/TU") == Key("5-CV/TƯ") {
		t.Error("the Central Committee is TW, the city's is TU")
	}
	if Key("15/2025/nđ-cp") != "15/2025/NĐ-CP" || Key("0") != "0" || Key("") != "" {
		t.Error("a key is not as it should be")
	}
}

func TestWhatATextDoesWithADocument(t *testing.T) {
	for text, want := range map[string][]Relation{
		"thay thế Kế hoạch số 01-KH/ĐU":                                         {Replaces},
		"sửa đổi, bổ sung một số điều của Nghị định số 15/2025/NĐ-CP":           {Amends},
		"Kết luận số 69-KL/TW tiếp tục thực hiện Nghị quyết số 20-NQ/TW":        {Mentions, Continues},
		"triển khai thực hiện có hiệu quả các nội dung Nghị quyết 57-NQ/TW":     {Implements},
		"gắn với việc thực hiện Kết luận số 69-KL/TW và Nghị quyết số 57-NQ/TW": {Linked, Linked},
		"báo cáo theo Quy định số 399-QĐ/TW":                                    {Mentions},
		"(sau đây gọi tắt là Nghị quyết số 57-NQ/TW)":                           {Mentions},
	} {
		var got []Relation
		for _, c := range Citations(text) {
			got = append(got, c.Relation)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestAbbreviationsAreReadWithWhatTheyStandFor(t *testing.T) {
	for text, want := range map[string]string{
		"phát triển khoa học và công nghệ (KH&CN)":                                                 "KH&CN = khoa học và công nghệ",
		"Ban Chỉ đạo thành phố về chuyển đổi số (sau đây gọi tắt là Ban Chỉ đạo)":                  "Ban Chỉ đạo = Ban Chỉ đạo thành phố về chuyển đổi số",
		"Ủy ban nhân dân (viết tắt: UBND)":                                                         "UBND = Ủy ban nhân dân",
		"Kết luận số 69-KL/TW ngày 11/01/2024 của Bộ Chính trị (viết tắt là Kết luận số 69-KL/TW)": "Kết luận số 69-KL/TW = Kết luận số 69-KL/TW ngày 11/01/2024 của Bộ Chính trị",
		"các nhiệm vụ này (gọi chung là nhiệm vụ)":                                                 "nhiệm vụ = nhiệm vụ này",
		"Nghị quyết số 57-NQ/TW ngày 22/12/2024 (Nghị quyết số 57-NQ/TW)":                          "Nghị quyết số 57-NQ/TW = Nghị quyết số 57-NQ/TW ngày 22/12/2024",
		"thành phố (trừ huyện đảo)":                                                                "",
	} {
		got := ""
		for _, a := range Abbreviations(text) {
			got += a.Short + " = " + a.Long
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
