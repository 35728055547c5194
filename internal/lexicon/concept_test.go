package lexicon

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chonoi/internal/lang"
)

var small = New(Overlay{Terms: []Term{
	{Vi: "máy bay không người lái", En: "drone", Weight: 9}, {Vi: "máy bay không người lái", En: "UAV", Weight: 7},
	{Vi: "máy bay", En: "aircraft", Weight: 9}, {Vi: "máy", En: "machine", Weight: 9},
	{Vi: "phun thuốc", En: "spraying", Weight: 9}, {Vi: "cá", En: "fish", Weight: 9}, {Vi: "cà", En: "eggplant", Weight: 9},
	{Vi: "hòa tan", En: "dissolve", Weight: 9}, {Vi: "AI", En: "artificial intelligence", Weight: 9}, {Vi: "ai", En: "who", Weight: 9},
	{Vi: "HTX", En: "cooperative", Weight: 9}, {Vi: "lá", En: "leaf", Weight: 9},
	{Vi: "sấy", En: "drying", Weight: 9}, {Vi: "máy sấy", En: "dryer", Weight: 9}, {Vi: "lò sấy", En: "dryer", Weight: 3}, {Vi: "lò sấy", En: "kiln", Weight: 9},
}})

// said writes concepts as words = equivalents.
func said(concepts []Concept) string {
	var all []string
	for _, c := range concepts {
		var also []string
		for _, e := range c.Also {
			also = append(also, e.Text)
		}
		all = append(all, c.Source+" = "+strings.Join(also, ", "))
	}
	return strings.Join(all, "; ")
}

func TestATextIsReadInItsLongestPhrases(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Máy bay không người lái phun thuốc", "Máy bay không người lái = drone, UAV; phun thuốc = spraying"},
		{"may bay khong nguoi lai phun thuoc", "may bay khong nguoi lai = drone, UAV; phun thuoc = spraying"},
		{"máy bay không ngừng", "máy bay = aircraft"},
		{"máy, sấy", "máy = machine; sấy = drying"},
		{"cá", "cá = fish"},
		{"ca", "ca = fish, eggplant"},
		{"hoà tan", "hoà tan = dissolve"},
		{"la cá", "la = leaf; cá = fish"},
		{"AI", "AI = artificial intelligence"},
		{"ai", "ai = who"},
		{"htx Minh Phát 2026", "htx = cooperative"},
		{"Nguyễn Văn Bình", ""},
		{"", ""},
	} {
		if got := said(small.Concepts(c.text, lang.Vi)); got != c.want {
			t.Errorf("%q: got %s, want %s", c.text, got, c.want)
		}
	}
	for _, c := range []struct{ text, want string }{
		{"Drones spraying", "Drones = máy bay không người lái; spraying = phun thuốc"},
		{"dryers", "dryers = máy sấy, lò sấy"},
	} {
		if got := said(small.Concepts(c.text, lang.En)); got != c.want {
			t.Errorf("%q: got %s, want %s", c.text, got, c.want)
		}
	}
}

func TestEquivalentsWeighByTheirUseInTheCollection(t *testing.T) {
	used := map[string]int{"UAV": 400, "drone": 1, "machine": 9}
	usage := func(phrase string) int { return used[phrase] }
	got := small.ConceptsIn("máy bay không người lái", lang.Vi, usage)
	if said(got) != "máy bay không người lái = UAV, drone" {
		t.Error(said(got))
	}
	if got := said(small.ConceptsIn("máy bay phun thuốc", lang.Vi, usage)); got != "máy = machine" {
		t.Errorf("a shorter phrase takes the place of one that is not used: %s", got)
	}
}

func TestTheWeightsOfAConceptSumToOne(t *testing.T) {
	for _, x := range shipped(t).Terms() {
		for _, tongue := range lang.Tags {
			for _, c := range shipped(t).Concepts(x.In(tongue), tongue) {
				sum := 0.0
				for _, e := range c.Also {
					sum += e.Weight
				}
				if math.Abs(sum-1) > 1e-9 || len(c.Also) > mostEquivalents {
					t.Fatalf("%s: %v", c.Source, c.Also)
				}
			}
		}
	}
}

func TestAnOverlayAddsWeighsAndTakesOut(t *testing.T) {
	l := small.With(Overlay{Name: "Sở", Terms: []Term{
		{Vi: "máy bay không người lái", En: "uav", Weight: 0},
		{Vi: "máy bay không người lái", En: "unmanned aircraft", Weight: 8},
		{Vi: "cá", En: "fish", Weight: 2}, {Vi: "cá", En: "pangasius", Weight: 9},
	}})
	if got := said(l.Concepts("máy bay không người lái, cá", lang.Vi)); got != "máy bay không người lái = drone, unmanned aircraft; cá = pangasius, fish" {
		t.Error(got)
	}
	if got := l.Of("unmanned aircraft", lang.En); len(got) != 1 || got[0].Source != "Sở" {
		t.Errorf("%+v", got)
	}
	if got := said(small.Concepts("cá", lang.Vi)); got != "cá = fish" {
		t.Errorf("what lies below has changed: %s", got)
	}
}

func TestAModelIsLearntFromTextsInBothTongues(t *testing.T) {
	words := [][2]string{{"tôm", "shrimp"}, {"ao", "pond"}, {"giống", "seedling"}, {"thức ăn", "feed"}, {"bệnh", "disease"}, {"mặn", "salinity"}}
	var pairs []Pair
	for i := range LeastPairs {
		a, b, c := words[i%6], words[(i/6+1+i)%6], words[(i/36+2*i)%6]
		pairs = append(pairs, Pair{Vi: a[0] + " " + b[0] + " " + c[0], En: c[1] + " " + a[1] + " " + b[1]})
	}
	model, err := small.Learn(t.Context(), pairs)
	if err != nil {
		t.Fatal(err)
	}
	taught := small.Taught(model)
	if got := said(taught.Concepts("tôm", lang.Vi)); got != "tôm = shrimp" {
		t.Errorf("%s; %d words of %d pairs", got, model.Len(), model.Pairs())
	}
	if got := said(taught.Concepts("ponds", lang.En)); got != "ponds = ao" {
		t.Error(got)
	}
	if got := said(taught.Concepts("cá", lang.Vi)); got != "cá = fish" {
		t.Error(got)
	}
	few, err := small.Learn(t.Context(), pairs[:LeastPairs-1])
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("", said(small.Taught(few).Concepts("tôm", lang.Vi))); diff != "" {
		t.Error(diff)
	}
}

func ExampleLexicon_Concepts() {
	l, _ := Shipped()
	for _, c := range l.Concepts("máy sấy bơm nhiệt", lang.Vi) {
		fmt.Println(c.Source, "=", c.Also[0].Text)
	}
	// Output: máy sấy bơm nhiệt = heat pump dryer
}
