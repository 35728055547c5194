package exchange

import (
	"slices"
	"strings"
	"testing"

	"chonoi/internal/lang"
)

func TestPlainLanguageIsToldFromPatentLanguage(t *testing.T) {
	for _, c := range []struct {
		name string
		tag  lang.Tag
		text string
		want []string // what is found, in order
	}{
		{"short sentences are plain", lang.Vi, "Máy sấy dùng bơm nhiệt. Điện giảm 43%, đo tại xưởng trong 30 ngày.", nil},
		{"English too", lang.En, "The dryer uses a heat pump. It cuts power by 43%, measured in a plant for 30 days.", nil},
		{"nothing says nothing", lang.Vi, "  ", nil},
		{"a decimal mark ends no sentence", lang.Vi, "Điện giảm từ 1.284 xuống 0.92 kWh cho mỗi kg nước.", nil},
		{"a Vietnamese patent claim", lang.Vi, "Thiết bị theo điểm 1, đặc trưng ở chỗ có bơm nhiệt.", []string{"patent_phrase", "patent_phrase"}},
		{"an English patent claim", lang.En, "A dryer according to claim 1, wherein the said chamber is closed.", []string{"patent_phrase", "patent_phrase", "patent_phrase"}},
		{"British spelling of a claim", lang.En, "It is characterised in that it has a pump.", []string{"patent_phrase"}},
		{"he said is no patent phrase", lang.En, "The user said it saves time.", nil},
		{"a long English sentence", lang.En, "It is " + strings.Repeat("good and it is ", 9) + "good.", []string{"long_sentence"}},
		{"a long Vietnamese sentence", lang.Vi, "Máy " + strings.Repeat("chạy tốt và ít hỏng, ", 10) + "bền.", []string{"long_sentence"}},
		{"a colon or a line breaks a sentence", lang.En, "It is " + strings.Repeat("good and it is ", 3) + "good:\n" + strings.Repeat("good and it is ", 3), nil},
		{"a chain of nouns", lang.En, "The plant has multi stage counter flow membrane separation process control equipment.", []string{"noun_chain"}},
		{"a chain in Vietnamese", lang.Vi, "Hệ thống thiết bị xử lý nước thải công nghiệp chế biến thủy sản công suất lớn công nghệ màng lọc sinh học.", []string{"noun_chain"}},
		{"commas break a chain", lang.En, "It dries mango, banana, jackfruit, longan, rambutan, durian, coconut.", nil},
		{"shouting", lang.Vi, "MÁY SẤY XOÀI BẰNG BƠM NHIỆT", []string{"capitals"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, h := range Plain(c.tag, c.text) {
				got = append(got, h.What)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("found %v, want %v", Plain(c.tag, c.text), c.want)
			}
		})
	}
}

func TestAbbreviationsAreExplainedOnce(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"explained in brackets", "Nhu cầu oxy hóa học (COD) giảm 80%. COD đầu ra dưới 50.", nil},
		{"explained behind", "COD (nhu cầu oxy hóa học) giảm 80%.", nil},
		{"not explained", "COD giảm 80%, BOD giảm 70%, COD ổn định.", []string{"COD", "BOD"}},
		{"everybody knows these", "TRL 7, đèn LED, khí CO2, chuẩn ISO.", nil},
		{"part of a number", "Hồ sơ số 12/QĐ-SKHCN và mã HT-500.", nil},
		{"units are no abbreviations", "Dùng 0,92 kWh và 30 m2.", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Abbreviations(c.text); !slices.Equal(got, c.want) {
				t.Errorf("found %v, want %v", got, c.want)
			}
		})
	}
}

func TestAnAdvantageWithoutFiguresLosesPoints(t *testing.T) {
	x := New(Config{})
	o := &Offer{Advantage: lang.Both{Vi: "Tốt hơn nhiều so với cách cũ."}}
	score, hints := x.Offers.Plainness(o)
	if score != 85 || len(hints) != 1 || hints[0].What != "no_numbers" || hints[0].Column != "advantage_vi" {
		t.Errorf("score %d, hints %v", score, hints)
	}
	o.Advantage.Vi = "Điện giảm 43%."
	if score, hints = x.Offers.Plainness(o); score != 100 || len(hints) != 0 {
		t.Errorf("score %d, hints %v", score, hints)
	}
}

func TestTheScoreNeverFallsBelowNothing(t *testing.T) {
	o := &Offer{}
	o.Title.En = strings.Repeat("Wherein it is. Comprising of it. Thereof. The said device. ", 10)
	o.Problem.En = strings.Repeat("Hereinafter a plurality of embodiments in the prior art. ", 10)
	for i := range 5 {
		o.Desc.En += strings.Repeat("It is good and ", 12+i) + "done. "
	}
	if score, _ := New(Config{}).Offers.Plainness(o); score < 0 || score > 20 {
		t.Errorf("score %d", score)
	}
}
