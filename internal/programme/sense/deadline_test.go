package sense

import (
	"slices"
	"testing"
)

// dues writes deadlines as "printed: from to", "x" for exclusive, and the recurrence.
func dues(all []Deadline) []string {
	var out []string
	for _, d := range all {
		one := d.Printed + ":"
		if d.Start != "" {
			one += " from " + d.Start
		}
		if d.End != "" {
			one += " to " + d.End
		}
		if d.Exclusive {
			one += " x"
		}
		if d.Recurrence != "" {
			one += " " + d.Recurrence
		}
		if d.Kind == Relative {
			one += " relative"
		}
		out = append(out, one)
	}
	return out
}

func TestDeadlinesInAllTheirForms(t *testing.T) {
	const yearly = "FREQ=YEARLY"
	for text, want := range map[string][]string{
		"Quý III/2026":                 {"Quý III/2026: from 2026-07-01 to 2026-09-30"},
		"quý 3 năm 2026":               {"quý 3 năm 2026: from 2026-07-01 to 2026-09-30"},
		"Quý III, IV/2026":             {"Quý III, IV/2026: from 2026-07-01 to 2026-12-31"},
		"Quý IV/2025 - Quý II/2026":    {"Quý IV/2025 - Quý II/2026: from 2025-10-01 to 2026-06-30"},
		"tháng 6 và tháng 12 hằng năm": {"tháng 6 và tháng 12 hằng năm: FREQ=YEARLY;BYMONTH=6", "tháng 6 và tháng 12 hằng năm: FREQ=YEARLY;BYMONTH=12"},
		"Tháng 3, 9/2026":              {"Tháng 3, 9/2026: from 2026-03-01 to 2026-03-31", "Tháng 3, 9/2026: from 2026-09-01 to 2026-09-30"},
		"Báo cáo 6 tháng trước ngày 10/6, báo cáo năm trước ngày 10/12": {"trước ngày 10/6: x FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=10", "trước ngày 10/12: x FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10"},
		"12/2026":                {"12/2026: from 2026-12-01 to 2026-12-31"},
		"Năm 2026, 2028 và 2030": {"Năm 2026, 2028 và 2030: from 2026-01-01 to 2026-12-31", "Năm 2026, 2028 và 2030: from 2028-01-01 to 2028-12-31", "Năm 2026, 2028 và 2030: from 2030-01-01 to 2030-12-31"},
		"giai đoạn 2026 - 2030, định hướng đến 2035":                      {"giai đoạn 2026 - 2030: from 2026-01-01 to 2030-12-31"},
		"Hằng năm, các cơ quan, đơn vị báo cáo kết quả trước ngày 30/11.": {"trước ngày 30/11: x FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"},
		"Hằng quý (trước ngày 20 tháng cuối quý)":                         {"trước ngày 20 tháng cuối quý: x FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20"},
		"Trong 15 ngày":                   {"Trong 15 ngày: relative"},
		"Tháng 12/2026; Quý I/2027":       {"Tháng 12/2026: from 2026-12-01 to 2026-12-31", "Quý I/2027: from 2027-01-01 to 2027-03-31"},
		"Hoàn thành trước ngày 30/6/2026": {"trước ngày 30/6/2026: to 2026-06-30 x"},
		"trước ngày 30 tháng 6 năm 2026 và ngày 31/12/2026": {
			"trước ngày 30 tháng 6 năm 2026 và ngày 31/12/2026: to 2026-06-30 x", "trước ngày 30 tháng 6 năm 2026 và ngày 31/12/2026: to 2026-12-31 x"},
		"Trước 17h00 ngày 15/6/2026":             {"Trước 17h00 ngày 15/6/2026: to 2026-06-15"},
		"xong trước tháng 6/2026":                {"trước tháng 6/2026: to 2026-06-01 x"},
		"đến ngày 30/6/2026":                     {"đến ngày 30/6/2026: to 2026-06-30"},
		"chậm nhất là ngày 15 tháng 9 năm 2026":  {"chậm nhất là ngày 15 tháng 9 năm 2026: to 2026-09-15"},
		"chậm nhất ngày 15/9/2026":               {"chậm nhất ngày 15/9/2026: to 2026-09-15"},
		"đến hết năm 2026":                       {"đến hết năm 2026: to 2026-12-31"},
		"đến hết Quý II/2026":                    {"đến hết Quý II/2026: to 2026-06-30"},
		"Phấn đấu đến năm 2030 có nhiều kết quả": {"đến năm 2030: to 2030-12-31"},
		"cuối năm 2026":                          {"cuối năm 2026: to 2026-12-31"},
		"Trong tháng 9/2026":                     {"Trong tháng 9/2026: from 2026-09-01 to 2026-09-30"},
		"tháng 9 năm 2026":                       {"tháng 9 năm 2026: from 2026-09-01 to 2026-09-30"},
		"từ tháng 9 đến tháng 12/2026":           {"từ tháng 9 đến tháng 12/2026: from 2026-09-01 to 2026-12-31"},
		"tháng 02/2028":                          {"tháng 02/2028: from 2028-02-01 to 2028-02-29"},
		"6 tháng đầu năm 2026":                   {"6 tháng đầu năm 2026: from 2026-01-01 to 2026-06-30"},
		"sáu tháng cuối năm 2026":                {"sáu tháng cuối năm 2026: from 2026-07-01 to 2026-12-31"},
		"Năm 2026":                               {"Năm 2026: from 2026-01-01 to 2026-12-31"},
		"2026 - 2030":                            {"2026 - 2030: from 2026-01-01 to 2030-12-31"},
		"giai đoạn 2026-2030":                    {"giai đoạn 2026-2030: from 2026-01-01 to 2030-12-31"},
		"Năm 2026 và các năm tiếp theo":          {"Năm 2026 và các năm tiếp theo: from 2026-01-01"},
		"Từ năm 2026":                            {"Từ năm 2026: from 2026-01-01"},
		"30/6/2026":                              {"30/6/2026: from 2026-06-30 to 2026-06-30"},
		"Thời gian hoàn thành: Quý III/2026.":    {"Quý III/2026: from 2026-07-01 to 2026-09-30"},
		"giữa nhiệm kỳ":                          {"giữa nhiệm kỳ: relative"},
		"theo kế hoạch của Bộ":                   {"theo kế hoạch của Bộ: relative"},
		"chậm nhất sau 10 ngày kể từ ngày ban hành, gửi về Sở":       {"chậm nhất sau 10 ngày kể từ ngày ban hành: relative"},
		"trong thời hạn 05 ngày làm việc kể từ ngày nhận được hồ sơ": {"trong thời hạn 05 ngày làm việc kể từ ngày nhận được hồ sơ: relative"},
		"hằng năm":                  {"hằng năm: " + yearly},
		"Hàng năm":                  {"Hàng năm: " + yearly},
		"Hằng năm, tổ chức hội chợ": {"Hằng năm: " + yearly},
		"hàng quý":                  {"hàng quý: FREQ=MONTHLY;INTERVAL=3"},
		"hằng tháng":                {"hằng tháng: FREQ=MONTHLY"},
		"hằng tuần":                 {"hằng tuần: FREQ=WEEKLY"},
		"2 năm một lần":             {"2 năm một lần: FREQ=YEARLY;INTERVAL=2"},
		"Định kỳ 6 tháng báo cáo":   {"Định kỳ 6 tháng: FREQ=MONTHLY;INTERVAL=6"},
		"định kỳ 6 tháng, hằng năm báo cáo": {"định kỳ 6 tháng: FREQ=MONTHLY;INTERVAL=6", "hằng năm: " + yearly},
		"trước ngày 15/12 hằng năm":         {"trước ngày 15/12 hằng năm: x " + yearly + ";BYMONTH=12;BYMONTHDAY=15"},
		"trước ngày 15/6 và 15/12 hằng năm": {
			"trước ngày 15/6 và 15/12 hằng năm: x " + yearly + ";BYMONTH=6;BYMONTHDAY=15", "trước ngày 15/6 và 15/12 hằng năm: x " + yearly + ";BYMONTH=12;BYMONTHDAY=15"},
		"Định kỳ 6 tháng (trước ngày 15/6), hằng năm (trước ngày 15/12) báo cáo": {
			"trước ngày 15/6: x " + yearly + ";BYMONTH=6;BYMONTHDAY=15", "trước ngày 15/12: x " + yearly + ";BYMONTH=12;BYMONTHDAY=15"},
		"trước ngày 25 hằng tháng":         {"trước ngày 25 hằng tháng: x FREQ=MONTHLY;BYMONTHDAY=25"},
		"trước ngày 20 của tháng cuối quý": {"trước ngày 20 của tháng cuối quý: x FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20"},
		"Thường xuyên":                     {"Thường xuyên: CONTINUOUS"},
		"Thường xuyên, liên tục":           {"Thường xuyên, liên tục: CONTINUOUS"},
	} {
		if got := dues(Deadlines(text)); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestTimesThatAreNoDeadlines(t *testing.T) {
	for _, text := range []string{
		"bố trí trong dự toán chi hằng năm của đơn vị", "xây dựng kế hoạch hằng năm và 5 năm", "tăng 15%/năm", "số liệu tính đến ngày 30/6/2026",
		"Nghị quyết số 59-NQ/TW ngày 05/8/2020 về xây dựng thành phố đến năm 2030, tầm nhìn đến năm 2045", "so với năm 2025",
		"Thường xuyên tổ chức, tham gia triển lãm", "định kỳ tham mưu sơ kết", "Cần Thơ, ngày 17 tháng 11 năm 2025", "nhiệm kỳ 2020 - 2025 của Đảng bộ",
		"triển khai Chương trình phát triển tài sản trí tuệ giai đoạn 2021 - 2030", "trước mắt tập trung", "từ trước đến nay", "Mỗi năm có từ 20 - 25 sáng kiến", "tổ chức 10 lớp tập huấn mỗi năm", "ngân sách hàng năm", "năm học 2025 - 2026",
	} {
		if got := Deadlines(text); len(got) > 0 {
			t.Errorf("%s: %q", text, dues(got))
		}
	}
}

func TestAYearIsADeadlineInACellAndNotInAName(t *testing.T) {
	text := "Đề án phát triển thị trường giai đoạn 2026 - 2030, hoàn thành trong quý II/2026"
	if got := dues(Deadlines(text)); !slices.Equal(got, []string{"trong quý II/2026: from 2026-04-01 to 2026-06-30"}) {
		t.Errorf("sentence: %q", got)
	}
	if got := dues(DeadlineCell("Năm 2026, thường xuyên")); !slices.Equal(got, []string{"Năm 2026: from 2026-01-01 to 2026-12-31", "thường xuyên: CONTINUOUS"}) {
		t.Errorf("cell: %q", got)
	}
}
