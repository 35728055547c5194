package likeness

import (
	"strings"
	"testing"

	"chonoi/internal/lang"
)

func vi(title, body string) Text { return Text{Title: lang.Both{Vi: title}, Body: lang.Both{Vi: body}} }

const dryer = "Máy sấy 500 kg xoài mỗi mẻ ở 38 đến 55 độ C trong vòng khí kín, giữ màu và 82% vitamin C. Mỗi kg nước tách ra tốn 0,92 kWh, giảm 43% so với tủ điện trở. Lắp đặt ba ngày, bảo hành 24 tháng."

func TestTheSameWordsWithoutMarksAreACopy(t *testing.T) {
	a, b := Measure{}.Print(vi("Máy sấy xoài bơm nhiệt", dryer)), Measure{}.Print(vi("may say xoai bom nhiet", lang.Fold(dryer)))
	if l := a.Compare(b); !l.Copy() || l.Across || l.Percent() < 95 {
		t.Errorf("%+v", l)
	}
}

func TestAShortListingIsNoCopyOfALongOneThatHasItsWords(t *testing.T) {
	a, b := Measure{}.Print(vi("Máy sấy xoài", "")), Measure{}.Print(vi("Máy sấy mít và xoài bằng bơm nhiệt", dryer))
	if l := a.Compare(b); l.Copy() {
		t.Errorf("%+v", l)
	}
}

func TestTheOtherLanguageIsComparedThroughTheDictionary(t *testing.T) {
	m := Measure{Dictionary: dictionary(t)}
	en := Text{Title: lang.Both{En: "Heat-pump mango dryer"}, Summary: lang.Both{En: "Dries 500 kg of mango a batch, keeps 82% of vitamin C, uses 0.92 kWh per kg of water."}, Poster: "song-hau"}
	one := vi("Máy sấy xoài bằng bơm nhiệt", dryer)
	one.Poster = "song-hau"
	l := m.Print(one).Compare(m.Print(en))
	if !l.Copy() || !l.Across || !l.Own || l.Figures < .9 {
		t.Errorf("%+v", l)
	}
	other := Text{Title: lang.Both{En: "Shrimp pond aerator"}, Summary: lang.Both{En: "Adds 4 kg of oxygen an hour, keeps the pond alive when the grid fails."}}
	if l := m.Print(one).Compare(m.Print(other)); l.Copy() {
		t.Errorf("%+v", l)
	}
}

func TestFiguresAreTheSameInBothLanguages(t *testing.T) {
	for _, one := range []struct{ vi, en string }{
		{"1,6 kWh", "1.6 kWh"}, {"385 triệu đồng", "VND 385 million"}, {"24 tháng", "24 months"}, {"1.250 kg", "1,250 kg"}, {"82%", "82 percent"}, {"24 m²", "24 m²"},
	} {
		if common(set(figures(one.vi)), set(figures(one.en))) != 1 {
			t.Errorf("%q has %q, %q has %q", one.vi, figures(one.vi), one.en, figures(one.en))
		}
	}
}

func TestAWordInTheOtherLanguageIsNoListingInIt(t *testing.T) {
	a := vi("Máy sấy xoài bơm nhiệt", dryer)
	a.Body.En = "Nationwide"
	b := Text{Title: lang.Both{En: "Heat-pump mango dryer"}, Body: lang.Both{En: "Dries 500 kg of mango a batch in a closed loop, keeps 82% of vitamin C, uses 0.92 kWh per kg of water. Nationwide"}}
	if l := (Measure{dictionary(t)}).Print(a).Compare(Measure{dictionary(t)}.Print(b)); !l.Across || !l.Copy() {
		t.Errorf("%+v", l)
	}
}

func TestNothingIsLikeNothing(t *testing.T) {
	m := Measure{}
	if l := m.Print(Text{}).Compare(m.Print(Text{})); l.Copy() || l.Score != 0 {
		t.Errorf("%+v", l)
	}
}

// FuzzCompare: any two texts compare, alike in both directions, and within 0 and 1.
func FuzzCompare(f *testing.F) {
	f.Add("Máy sấy xoài 500 kg", "Heat pump dryer 0.92 kWh", true)
	f.Add("\xff\x00 1.2.3,4 °C", strings.Repeat("a ", 50), false)
	f.Add("١٢٣ 12٫5", "đĐ 1,", true)
	m := Measure{Dictionary: func(text string, _ lang.Tag) []Sense {
		return []Sense{{Words: text, Also: []string{text, ""}}, {}}
	}}
	f.Fuzz(func(t *testing.T, a, b string, across bool) {
		one, other := Text{Title: lang.Both{Vi: a}, Body: lang.Both{Vi: b}}, Text{Title: lang.Both{Vi: b}, Body: lang.Both{Vi: a}}
		if across {
			other = Text{Title: lang.Both{En: b}, Summary: lang.Both{En: a}}
		}
		p, q := m.Print(one), m.Print(other)
		l, back := p.Compare(q), q.Compare(p)
		if l != back || l.Score < 0 || l.Score > 1 || l.Score != l.Score {
			t.Errorf("%+v and %+v", l, back)
		}
		if self := p.Compare(p); len(Words(a)) > 12 && !self.Copy() {
			t.Errorf("%q is no copy of itself: %+v", a, self)
		}
	})
}
