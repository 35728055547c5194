package sense

import (
	"strings"
	"testing"
	"time"
)

// senses runs every reader over a text and gives the places of what they find.
func senses(text string) map[string][]Span {
	all := map[string][]Span{}
	for _, one := range Citations(text) {
		all["citation"] = append(all["citation"], one.Span)
	}
	for _, one := range Deadlines(text) {
		all["deadline"] = append(all["deadline"], one.Span)
	}
	for _, one := range DeadlineCell(text) {
		all["deadline cell"] = append(all["deadline cell"], one.Span)
	}
	for _, one := range Quantities(text) {
		all["quantity"] = append(all["quantity"], one.Span)
	}
	for _, one := range Deliverables(text) {
		all["deliverable"] = append(all["deliverable"], one.Span)
	}
	for place := Sentence; place <= ExecuteCell; place++ {
		for _, one := range Assignments(text, Options{Place: place}) {
			all["assignment"] = append(all["assignment"], one.Span)
			for _, part := range one.Parts {
				all["assignment"] = append(all["assignment"], part.Span)
			}
		}
	}
	for _, one := range Bodies(text) {
		all["body"] = append(all["body"], one.Span)
	}
	for _, one := range Abbreviations(text) {
		all["abbreviation"] = append(all["abbreviation"], one.Span)
	}
	for _, one := range TimeWords(text) {
		all["time word"] = append(all["time word"], one.Span)
	}
	for _, one := range Recipients(text) {
		all["recipient"] = append(all["recipient"], one.Span)
	}
	for _, one := range Anomalies(text) {
		all["anomaly"] = append(all["anomaly"], one.Span)
	}
	return all
}

func FuzzSenses(f *testing.F) {
	for _, seed := range []string{
		"", "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị", "Luật số 07/2017/QH14, 1668/NQ-UBTVQH15",
		"trước ngày 15/6 và 15/12 hằng năm", "Quý III, IV/2026; năm 2026 và các năm tiếp theo", "ít nhất 1.500 doanh nghiệp, từ 20 đến 25%",
		"Giao Sở Khoa học và Công nghệ chủ trì, phối hợp với các sở, ban, ngành", "(sau đây gọi tắt là (KH&CN", "hai nghìn không trăm hai mươi",
		"Nơi nhận:\n- Như trên;\n- Lưu: VT.", "hoá hoá\u0301 a\u0300\u0323", "ngày 31/02/2024 99/99/9999", "\xff\xfe số 12-", "số số: 1/2/3-4/5-6",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 20_000 {
			return
		}
		for kind, all := range senses(text) {
			for _, s := range all {
				if s.From < 0 || s.To < s.From || s.To > len(text) || text[s.From:s.To] != s.Printed {
					t.Fatalf("%s: %d to %d is not %q", kind, s.From, s.To, s.Printed)
				}
			}
		}
		Key(text)
		BodyKey(text)
	})
}

func TestAnEndlessLineIsReadInLinearTime(t *testing.T) {
	for name, piece := range map[string]string{
		"the plan":         strings.ReplaceAll(thePlan(t), "\n", " "),
		"brackets":         "(viết tắt là (",
		"numbers":          "57, 59 và 66-NQ/TW, ",
		"dashes":           "1-a/b-",
		"a row of bodies":  "các sở, ban, ngành, Mặt trận Tổ quốc và các cơ quan, ",
		"a long name":      "Trung tâm Ứng dụng và Phát triển, Thông tin và ",
		"heads":            "Ban Thường vụ Văn phòng ",
		"years":            "năm 2026, 2027 - 2030 và 6 tháng, hằng năm, ",
		"days":             "ngày 15/6, 16/6 và ",
		"laws":             "Luật Khoa học, công nghệ, sáng tạo, ",
		"orders":           "phối hợp với giao cho chỉ đạo ",
		"numbers in words": "mười hai nghìn không trăm ",
		"one word":         "ả",
		"titles":           "Nghị quyết số 1-NQ/TW về năm 2026 đến năm ",
		"products":         "xây dựng chính sách, kế hoạch, đề án và ",
	} {
		size := 1 << 16
		if name == "the plan" {
			size = 1 << 20
		}
		text := strings.Repeat(piece, size/len(piece)+1)[:size]
		for reader, run := range map[string]func(){
			"citations": func() { Citations(text) }, "deadlines": func() { Deadlines(text) }, "quantities": func() { Quantities(text) },
			"deliverables": func() { Deliverables(text) }, "assignments": func() { Assignments(text, Options{}) },
			"cells": func() { Assignments(text, Options{Place: LeadCell}) }, "bodies": func() { Bodies(text) }, "abbreviations": func() { Abbreviations(text) },
			"time words": func() { TimeWords(text) }, "anomalies": func() { Anomalies(text) }, "recipients": func() { Recipients(text) },
		} {
			begin := time.Now()
			run()
			if took := time.Since(begin); took > 2*time.Second { // 0.1 to 0.5 s alone; the machine may be busy
				t.Errorf("%s of %s: %v for %d KB", reader, name, took, size>>10)
			}
		}
	}
}
