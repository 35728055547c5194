package search

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"chonoi/internal/lang"
)

func exactForms(text string) (forms []string) {
	for _, t := range newAnalyser().tokens(nil, text) {
		forms = append(forms, t.exact)
	}
	return forms
}

func TestWordsAreCutAndBroughtIntoOneForm(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"case and punctuation", "Máy SẤY, xoài!", []string{"máy", "sấy", "xoài"}},
		{"decomposed letters", norm.NFD.String("Máy sấy Đồng Tháp"), []string{"máy", "sấy", "đồng", "tháp"}},
		{"both places of the tone", "hoà hòa thuỷ thủy khoẻ khỏe", []string{"hòa", "hòa", "thủy", "thủy", "khỏe", "khỏe"}},
		{"the u of q is a consonant", "quý qúy quả", []string{"quý", "quý", "quả"}},
		{"a tone with a final consonant stays", "hoàn toàn", []string{"hoàn", "toàn"}},
		{"i and y", "kĩ thuật, kỹ thuật", []string{"kỹ", "thuật", "kỹ", "thuật"}},
		{"decimals of both tongues", "0,92 0.92", []string{"0.92", "0.92"}},
		{"thousands of both tongues", "1.284 1,284 1.284.000 đồng", []string{"1284", "1284", "1284000", "đồng"}},
		{"dates and codes are no numbers", "20.11.2026 07/2017/QH14", []string{"20", "11", "2026", "07", "2017", "qh14"}},
		{"a number at the end of a sentence", "Năm 2025. Có 3,5.", []string{"năm", "2025", "có", "3.5"}},
		{"letters and digits", "CO2 km² 3D", []string{"co2", "km²", "3d"}},
		{"broken bytes part words", "máy\xffsấy", []string{"máy", "sấy"}},
		{"nothing", " \t-…", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, exactForms(c.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPairsDoNotReachOverTheEndOfASentence(t *testing.T) {
	tokens := newAnalyser().tokens(nil, "máy sấy. xoài, ổi")
	var fresh []bool
	for _, x := range tokens {
		fresh = append(fresh, x.fresh)
	}
	if diff := cmp.Diff([]bool{true, false, true, false}, fresh); diff != "" {
		t.Error(diff)
	}
}

func TestTheTongueOfAQueryIsGuessed(t *testing.T) {
	for _, c := range []struct {
		text   string
		reader lang.Tag
		want   lang.Tag
	}{
		{"máy sấy mango", lang.En, lang.Vi},
		{"may say xoai", lang.En, lang.Vi},
		{"chuyen giao cong nghe xu ly nuoc thai", lang.En, lang.Vi},
		{"mango drying machine", lang.Vi, lang.En},
		{"treatment of waste water from catfish ponds", "", lang.En},
		{"drone phun thuoc lua", lang.Vi, lang.Vi},
	} {
		if got := tongueOf(newAnalyser().tokens(nil, c.text), c.reader); got != c.want {
			t.Errorf("%q read by %s: got %s", c.text, c.reader, got)
		}
	}
}

func FuzzAnalysis(f *testing.F) {
	for _, s := range []string{"", "Máy sấy", "0,92.", "1.284.000,5", "\xff\xfe", "e\u0301\u0301", "İ ß ﬀ", "日本語", "q\u0301uy", "\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, x := range newAnalyser().tokens(nil, text) {
			if x.start < end || x.end <= x.start || x.end > len(text) {
				t.Fatalf("%q: token %d-%d after %d", text, x.start, x.end, end)
			}
			end = x.end
			if x.exact == "" || !utf8.ValidString(x.exact) || !norm.NFC.IsNormalString(x.exact) {
				t.Fatalf("%q: exact form %q", text, x.exact)
			}
			if !x.marked && x.folded != oneSpelling(x.exact) {
				t.Fatalf("%q: %q folds to %q", text, x.exact, x.folded)
			}
		}
	})
}

func TestFoldingAgreesWithTheRestOfTheProduct(t *testing.T) {
	text := "Đường ống dẫn khí ở Ô Môn, Cần Thơ: chuỗi giá trị lúa gạo, nghiên cứu và phát triển Ä ö ñ ç"
	for _, x := range newAnalyser().tokens(nil, text) {
		if x.folded != lang.Fold(x.exact) {
			t.Errorf("%q folds to %q, elsewhere to %q", x.exact, x.folded, lang.Fold(x.exact))
		}
	}
}
