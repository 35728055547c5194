package match

import (
	"slices"
	"strings"
	"testing"

	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
)

var terms = lexicon.New(lexicon.Overlay{Name: "test", Terms: []lexicon.Term{
	{Vi: "máy bay không người lái", En: "drone", Weight: 9}, {Vi: "bùn đáy ao", En: "pond sludge", Weight: 9}, {Vi: "nước thải", En: "wastewater", Weight: 9},
	{Vi: "xử lý nước thải", En: "wastewater treatment", Weight: 9}, {Vi: "sấy", En: "drying", Weight: 9}, {Vi: "cá tra", En: "pangasius", Weight: 9}}})

// rareAll says that every phrase is rare.
func rareAll(_ lang.Tag, phrases []string) ([]int, int) { return make([]int, len(phrases)), 1000 }

func party(kind string, title lang.Both, text lang.Both) *Party {
	p := &Party{Kind: kind, ID: kind, Title: title, Passages: []Passage{{Field: "title", Text: title, Weight: 3}}}
	if !text.Empty() {
		p.Passages = append(p.Passages, Passage{Field: "description", Text: text, Weight: 1})
	}
	return p
}

func TestAConceptIsFoundByItsWordWithoutMarksAndThroughTheLexicon(t *testing.T) {
	vi, en := func(s string) lang.Both { return lang.Both{Vi: s} }, func(s string) lang.Both { return lang.Both{En: s} }
	for name, c := range map[string]struct {
		need, supply lang.Both
		word         string // of the need
		how          How    // empty: not found
		matched      string
	}{
		"the same phrase":                            {vi("Hút bùn đáy ao"), vi("Máy ép bùn đáy ao"), "bùn đáy ao", SameWord, "bùn đáy ao"},
		"the tone mark in its other place":           {vi("Hoá học"), vi("ngành hóa học"), "Hoá", SameWord, "hóa"},
		"typed without marks in the need":            {vi("hut bun day ao"), vi("Máy ép bùn đáy ao"), "bun day ao", WithoutMarks, "bùn đáy ao"},
		"typed without marks in the offer":           {vi("Hút bùn đáy ao"), vi("may ep bun day ao"), "bùn đáy ao", WithoutMarks, "bun day ao"},
		"other marks are another word":               {vi("Vườn mây"), vi("Cái máy"), "mây", "", ""},
		"another language":                           {vi("Phun bằng máy bay không người lái"), en("Spraying by drone"), "máy bay không người lái", ByLexicon, "drone"},
		"another language, in the plural":            {vi("Phun bằng máy bay không người lái"), en("Fleets of drones"), "máy bay không người lái", ByLexicon, "drones"},
		"from English":                               {en("Removing pond sludge"), vi("Hút bùn đáy ao"), "pond sludge", ByLexicon, "bùn đáy ao"},
		"a part of the phrase":                       {vi("Trạm xử lý nước thải"), vi("Đo nước thải tại chỗ"), "xử lý nước thải", Part, "nước thải"},
		"English by its stem":                        {en("Need a drying tunnel"), en("It dries in tunnels"), "drying", SameWord, "dries"},
		"a name is the same in both languages":       {vi("Giảm BOD"), en("Lowers BOD by half"), "BOD", SameWord, "BOD"},
		"a word with marks is no English word":       {vi("Lớp đáy"), en("One day"), "đáy", "", ""},
		"words over the end of a sentence are apart": {vi("Hút bùn đáy ao"), vi("Nhiều bùn. Đáy ao sạch"), "bùn đáy ao", Part, "Đáy ao"},
	} {
		t.Run(name, func(t *testing.T) {
			need, supply := party("need", c.need, lang.Both{}), party("offer", c.supply, lang.Both{})
			all, _ := share(read(need, need.tongue(lang.Vi), terms, rareAll), newBody(supply))
			i := slices.IndexFunc(all, func(s Shared) bool { return s.Word == c.word })
			if i < 0 || c.how == "" {
				if i >= 0 || c.how != "" {
					t.Fatalf("%+v", all)
				}
				return
			}
			if all[i].How != c.how || all[i].Matched != c.matched {
				t.Errorf("%+v", all[i])
			}
			for _, m := range all[i].Supply {
				if got := supply.textAt(m); !strings.EqualFold(got, c.matched) {
					t.Errorf("the mark covers %q", got)
				}
			}
			if got := need.textAt(all[i].Need[0]); got != c.word {
				t.Errorf("the mark of the need covers %q", got)
			}
		})
	}
}

func TestIdleWordsAndFiguresAreNoConcepts(t *testing.T) {
	need := party("need", lang.Both{Vi: "Chúng ta cần 1.200 máy cho các ao"}, lang.Both{})
	var got []string
	for _, c := range read(need, lang.Vi, terms, rareAll).concepts {
		got = append(got, c.text)
	}
	slices.Sort(got)
	if !slices.Equal(got, []string{"ao", "máy"}) {
		t.Error(got)
	}
}

func TestWhatIsCommonCountsNothingAndWhatIsRareCountsMost(t *testing.T) {
	if w := rarity(500, 1000); w != 0 {
		t.Errorf("half of all: %v", w)
	}
	if a, b := rarity(3, 1000), rarity(100, 1000); a <= b || b <= 0 {
		t.Errorf("rare %v, less rare %v", a, b)
	}
	if w := rarity(0, 0); w < 0 {
		t.Errorf("in an empty collection: %v", w)
	}
}

func TestWhatIsSharedIsCoveredAndNoMore(t *testing.T) {
	need := party("need", lang.Both{Vi: "Hút bùn đáy ao cá tra"}, lang.Both{Vi: "Cần sấy bùn"})
	for name, c := range map[string]struct {
		text        string
		least, most float64
	}{
		"the need itself": {"Hút bùn đáy ao cá tra. Cần sấy bùn", 0.999, 1},
		"the half":        {"Hút bùn đáy ao", 0.3, 0.9},
		"nothing":         {"Phần mềm kế toán", 0, 0},
		"no text":         {"", 0, 0},
	} {
		_, covered := share(read(need, lang.Vi, terms, rareAll), newBody(party("offer", lang.Both{Vi: c.text}, lang.Both{})))
		if covered < c.least || covered > c.most {
			t.Errorf("%s: %v", name, covered)
		}
	}
}

func FuzzTextsAreComparedWithoutHarm(f *testing.F) {
	f.Add("Hút bùn đáy ao", "Máy ép bùn đáy ao", "pond sludge")
	f.Add("\xff\xfe", "a\u0301\u0301", strings.Repeat("x", 300))
	f.Add("ĐBSCL hoà hòa", "", "drone. drone-drone")
	f.Fuzz(func(t *testing.T, need, vi, en string) {
		n, s := party("need", lang.Both{Vi: need, En: en}, lang.Both{Vi: vi}), party("offer", lang.Both{Vi: vi, En: en}, lang.Both{Vi: need})
		for _, tongue := range lang.Tags {
			m := weigh(read(n, tongue, terms, rareAll), newBody(s), today, true)
			if m.Covered < 0 || m.Covered > 1.000001 {
				t.Fatalf("covers %v", m.Covered)
			}
			for _, p := range []*Party{n, s} {
				for _, q := range append(m.texts(p, tongue), m.best(p)) {
					_ = q.Text.String()
				}
				for i, q := range m.texts(p, tongue) {
					if q.Text.String() != p.Passages[i].Text.Only(q.In) {
						t.Fatalf("%q was cut to %q", p.Passages[i].Text, q.Text)
					}
				}
			}
		}
	})
}
