package sense

import (
	"slices"
	"testing"
)

func TestQuantitiesWithTheirOperators(t *testing.T) {
	for text, want := range map[string]string{
		"hỗ trợ ít nhất 50 doanh nghiệp":   ">= 50 doanh nghiệp",
		"tối thiểu 20%":                    ">= 20 %",
		"trên 1,2% GRDP":                   "> 1.2 % GRDP",
		"từ 20 đến 25 doanh nghiệp":        "range 20-25 doanh nghiệp",
		"20 - 25% GRDP":                    "range 20-25 % GRDP",
		"20-25":                            "range 20-25 ",
		"tăng 15%/năm":                     "+ 15 %/năm",
		"tăng ít nhất 10% so với năm 2025": "+ 10 %",
		"100% cơ quan, đơn vị":             "= 100 %",
		"hỗ trợ 1.500 doanh nghiệp":        "= 1500 doanh nghiệp",
		"1.234,5 tỷ đồng":                  "= 1234.5 tỷ đồng",
		"thành lập 02 trung tâm":           "= 2 trung tâm",
		"ba cơ sở ươm tạo":                 "= 3 cơ sở ươm tạo",
		"mười lăm sáng kiến":               "= 15 sáng kiến",
		"ít nhất hai mươi lượt":            ">= 20 lượt",
		"ít nhất một mô hình":              ">= 1 mô hình",
		"từ 50 doanh nghiệp trở lên":       ">= 50 doanh nghiệp",
		"80% trở lên":                      ">= 80 %",
		"không quá 3 thủ tục":              "<= 3 thủ tục",
		"dưới 5%":                          "<= 5 %",
		"≥ 80%":                            ">= 80 %",
		"18":                               "= 18 ",
		"Năm 2026 có ít nhất 30 hợp đồng chuyển giao công nghệ": ">= 30 hợp đồng chuyển giao công nghệ",
		"ít nhất 02 lần/năm":                   ">= 2 lần/năm",
		"bố trí ít nhất 3% ngân sách hằng năm": ">= 3 %",
	} {
		got := Quantities(text)
		if len(got) != 1 || got[0].Op+" "+got[0].Value+" "+got[0].Unit != want {
			t.Errorf("%s: %+v, want %s", text, got, want)
		}
	}
}

func TestNumbersThatAreNoQuantities(t *testing.T) {
	for _, text := range []string{
		"một số tổ chức", "một trong những nhiệm vụ", "Điều 5 khoản 2", "giai đoạn 2026 - 2030", "ngày 30/6/2026", "Quyết định số 15/QĐ-UBND", "6 tháng đầu năm 2026",
		"không quá 10 ngày", "cách mạng công nghiệp 4.0", "mạng 5G", "Luật số 07/2017/QH14", "Quân khu 9", "dịch vụ công mức độ 4", "Hội nghị Trung ương 8",
	} {
		if got := Quantities(text); len(got) > 0 {
			t.Errorf("%s: %+v", text, got)
		}
	}
}

func TestTimeWordsStandBeforeTheVerb(t *testing.T) {
	for text, want := range map[string][]string{
		"Khẩn trương ban hành kế hoạch":         {"Khẩn trương"},
		"Các cấp ủy đảng kịp thời báo cáo":      {"kịp thời"},
		"rà soát, kịp thời báo cáo":             {"kịp thời"},
		"động viên Nhân dân tham gia tích cực":  nil,
		"nhằm nhanh chóng rút ngắn khoảng cách": nil,
		"Định kỳ 6 tháng báo cáo":               nil,
		"báo cáo định kỳ":                       nil,
	} {
		var got []string
		for _, w := range TimeWords(text) {
			got = append(got, w.Printed)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestAnomaliesAreComputed(t *testing.T) {
	for text, want := range map[string][]string{
		"phát triển thị trương khoa học":               {"misprint: thị trương > thị trường"},
		"kinh tê - xã hội":                             {"misprint: kinh tê > kinh tế"},
		"cơ quan quan trọng, ủy ban ban hành quy định": nil,
		"các các đơn vị":                               {"doubled: các các > các"},
		"từ từ, dần dần":                               nil,
		"ngày 31/02/2024 và ngày 29/02/2024":           {"date: 31/02/2024 > "},
		"hóa hóa học":                                  {"doubled: hóa hóa > hóa"},
		"mô hình vườn ươm, mô hình vườn ươm, mô hình vườn ươm, mô hình vườn ướm":                                 {"misprint: ướm > ươm"},
		"số hóa, văn hóa, tin học hóa, đô thị hóa, cụ thể hóa, xã hội hóa, y hóa, hòa, khóa, thủy và cụ thể hoá": {"spelling: hoá > hóa"},
		"Sở Khoa học và Công nghệ thành phố Cần Thơ":                                                             nil,
	} {
		var got []string
		for _, a := range Anomalies(text) {
			got = append(got, a.Kind+": "+a.Printed+" > "+a.Usual)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestProductsAreWhatAVerbAsksFor(t *testing.T) {
	for text, want := range map[string][]string{
		"Xây dựng Đề án phát triển thị trường khoa học và công nghệ đến năm 2030": {"Đề án phát triển thị trường khoa học và công nghệ"},
		"ban hành các quy chế phối hợp; tham gia xây dựng pháp luật":              {"quy chế phối hợp"},
		"giám sát việc thực hiện chính sách":                                      nil,
		"Thành lập 02 trung tâm đổi mới sáng tạo tại các trường":                  {"trung tâm đổi mới sáng tạo"},
		"xây dựng kế hoạch này":                                                   nil,
		"Hoàn thiện cơ sở dữ liệu về chuyên gia, kết nối với quốc gia":            {"cơ sở dữ liệu về chuyên gia"},
	} {
		var got []string
		for _, d := range Deliverables(text) {
			got = append(got, d.Printed)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
