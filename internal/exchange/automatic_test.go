package exchange

import (
	"strings"
	"testing"

	"chonoi/internal/exchange/likeness"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

func TestATextThatTellsHowAThingIsMadeLooksLikeARecipe(t *testing.T) {
	for _, one := range []struct{ text, found string }{
		{"Hòa chitin trong axit axetic 1,5%, khuấy 60 °C trong 4 giờ rồi lọc.", "axit axetic 1,5%"},
		{"Khuấy hỗn hợp ở 60 °C trong 4 giờ.", "Khuấy hỗn hợp ở 60 °C trong 4 giờ"},
		{"Nung 2–3 giờ ở 650 độ C.", "Nung 2–3 giờ ở 650 độ C"},
		{"Calcined at 650 °C for 2.5 hours in air.", "Calcined at 650 °C for 2.5 hours"},
		{"Phối trộn cám và bột cá theo tỷ lệ 3:1.", "tỷ lệ 3:1"},
		{"Xơ dừa, tro trấu, phân chuồng 5:3:2.", "5:3:2"},
		{"Gồm cám gạo 40%, bột cá 25%, bã đậu 20%.", "Gồm cám gạo 40%, bột cá 25%"},
		{"Made of 40% bran, 25% fish meal and 20% soy.", "Made of 40% bran, 25%"},
	} {
		found := Recipes(one.text)
		if !strings.Contains(strings.Join(found, "|"), one.found) {
			t.Errorf("%q: found %q, want %q", one.text, found, one.found)
		}
	}
}

func TestFiguresThatBuyersShouldReadAreNoRecipe(t *testing.T) {
	for _, text := range []string{
		"Giảm 43% điện so với sấy điện trở, giữ 82% vitamin C.",
		"Năng suất tăng 9%, chi phí giảm 15%.",
		"Hạ nhiệt từ 33 °C xuống 15 °C trong 7 giờ.",
		"Kho giữ 12–14 °C suốt 30 ngày.",
		"Mở cửa 8:00 đến 17:30, bảo hành 24 tháng.",
		"Cuts power by 43% and keeps 82% of vitamin C.",
		"Chứng nhận ISO 9001:2015.",
		"Cạnh tranh 2:1 với máy nhập.",
		"",
	} {
		if found := Recipes(text); len(found) > 0 {
			t.Errorf("%q: %q", text, found)
		}
	}
}

func TestLikelyCopiesAreToldMostAlikeFirst(t *testing.T) {
	x := New(Config{})
	other := func(number string, score float64, own bool) Copy[Offer] {
		o := &Offer{}
		o.Number = number
		return Copy[Offer]{o, likeness.Likeness{Score: score, Own: own}}
	}
	found := x.Offers.likenesses([]Copy[Offer]{other("CN-3", .9, false), other("CN-2", .6, true)})
	if len(found) != 2 || found[0].Key != "desk.like_other" || found[0].State != "no" || found[1].Key != "desk.like_own" || found[1].State != "part" {
		t.Errorf("%+v", found)
	}
	if found = x.Offers.likenesses(nil); len(found) != 1 || found[0].State != "yes" {
		t.Errorf("%+v", found)
	}
}

func TestAHighReadinessNeedsMoreThanAWord(t *testing.T) {
	today := when.Day{Year: 2026, Month: 11, Date: 22}
	told := lang.Both{Vi: "Chạy 14 tháng tại 3 xưởng"}
	proven := []record.Claim{{Claim: "trl", Proof: "officer", Until: today.AddDays(30)}}
	ranOut := []record.Claim{{Claim: "trl", Proof: "officer", Until: today.AddDays(-1)}}
	for _, one := range []struct {
		name   string
		offer  Offer
		claims []record.Claim
		key    string
	}{
		{"six needs none", Offer{TRL: 6}, nil, ""},
		{"seven without evidence", Offer{TRL: 7}, nil, "desk.trl_without_evidence"},
		{"eight that is only told", Offer{TRL: 8, TRLEvidence: told}, nil, "desk.trl_only_told"},
		{"eight whose proof ran out", Offer{TRL: 8, TRLEvidence: told}, ranOut, "desk.trl_only_told"},
		{"eight that an officer checked", Offer{TRL: 8, TRLEvidence: told}, proven, "desk.trl_proven"},
	} {
		key := ""
		if found := readiness(&one.offer, one.claims, today); len(found) > 0 {
			key = found[0].Key
		}
		if key != one.key {
			t.Errorf("%s: %q, want %q", one.name, key, one.key)
		}
	}
}

func TestARecipeInAClosedFactIsNotTold(t *testing.T) {
	x := New(Config{})
	o := &Offer{}
	o.Desc.Vi = "Khuấy hỗn hợp ở 60 °C trong 4 giờ."
	if found := x.Offers.recipes(o); len(found) != 1 || found[0].State != "no" || found[0].Column != "description_vi" {
		t.Errorf("%+v", found)
	}
	o.Shown = map[string]field.Level{"description": field.NDA}
	if found := x.Offers.recipes(o); len(found) != 1 || found[0].State != "yes" {
		t.Errorf("%+v", found)
	}
}
