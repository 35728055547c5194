package match

import (
	"testing"

	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
)

// BenchmarkOnePair weighs a need against an offer, both told in both languages at the length that the
// seed city's have. A list of matches weighs up to depth pairs, and reads its need once.
func BenchmarkOnePair(b *testing.B) {
	terms, err := lexicon.Shipped()
	if err != nil {
		b.Fatal(err)
	}
	vi := "Vùng nuôi thâm canh 12 ha cần giải pháp xử lý nước thay hằng ngày và bùn đáy, đạt quy chuẩn xả thải mà không tăng giá thành quá 350 đ/kg cá. "
	en := "A 12 ha intensive farm needs a way to treat its daily exchange water and bottom sludge, meeting the discharge standard without adding to the cost. "
	text := lang.Both{}
	for range 6 {
		text.Vi, text.En = text.Vi+vi, text.En+en
	}
	title := lang.Both{Vi: "Xử lý bùn và nước thải ao nuôi cá tra", En: "Treat sludge and wastewater from pangasius ponds"}
	need := &Party{Kind: "need", Title: title, Passages: []Passage{{"title", title, 3}, {"description", text, 1}}}
	supply := &Party{Kind: "offer", Title: title, Passages: []Passage{{"title", title, 3}, {"description", text, 1}}}
	b.Run("reading the need", func(b *testing.B) {
		for b.Loop() {
			read(need, lang.Vi, terms, rareAll)
		}
	})
	r := read(need, lang.Vi, terms, rareAll)
	b.Run("weighing the offer", func(b *testing.B) {
		for b.Loop() {
			weigh(r, newBody(supply), today, true)
		}
	})
}
