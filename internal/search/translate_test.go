package search

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
)

var fewTerms = lexicon.New(lexicon.Overlay{Terms: []lexicon.Term{
	{Vi: "máy bay không người lái", En: "drone", Weight: 9}, {Vi: "máy bay không người lái", En: "UAV", Weight: 8},
	{Vi: "máy bay không người lái", En: "unmanned aircraft", Weight: 5},
	{Vi: "bơm nhiệt", En: "heat pump", Weight: 9}, {Vi: "lúa", En: "rice", Weight: 9}, {Vi: "phun thuốc", En: "spraying", Weight: 9},
}})

// marketTerms are what the words of the random listings are called in the other tongue.
var marketTerms = lexicon.New(lexicon.Overlay{Terms: []lexicon.Term{
	{Vi: "máy sấy", En: "dryer", Weight: 9}, {Vi: "sấy", En: "drying", Weight: 9}, {Vi: "xoài", En: "mango", Weight: 9},
	{Vi: "xoài sấy", En: "drying mango", Weight: 9}, {Vi: "nước", En: "w3", Weight: 9}, {Vi: "nước", En: "w5 w5", Weight: 4},
}})

func bilingual(t testing.TB) *Index {
	x := New()
	for id, text := range map[string]lang.Both{
		"1": {En: "Drones that spray rice fields"}, "2": {Vi: "Máy bay không người lái phun thuốc cho lúa"},
		"3": {En: "Drying with a heat pump"}, "4": {En: "Pump for hot water, heat exchanger"}, "5": {Vi: "Máy sấy bơm nhiệt"}, "6": {Vi: "Tivi"},
	} {
		d := Doc{Kind: "offer", ID: id}
		d.Fields[Title] = text
		x.Put(d)
	}
	x.Translate(fewTerms)
	return x
}

func TestAQueryInOneTongueFindsListingsInTheOther(t *testing.T) {
	x := bilingual(t)
	for _, c := range []struct {
		q    Query
		want string
		also string
	}{
		{Query{Text: "máy bay không người lái"}, "offer2 offer1", "máy bay không người lái: drone"},
		{Query{Text: "may bay khong nguoi lai", Reader: lang.Vi}, "offer2 offer1", "may bay khong nguoi lai: drone"},
		{Query{Text: "drones"}, "offer2 offer1", "drones: máy bay không người lái"},
		{Query{Text: "heat pump"}, "offer5 offer3 offer4", "heat pump: bơm nhiệt"},
		{Query{Text: "bơm nhiệt"}, "offer5 offer3 offer4", "bơm nhiệt: heat pump"},
		{Query{Text: "bơm nhiệt", OneTongue: true}, "offer5", ""},
		{Query{Text: `"bơm nhiệt"`}, "offer5", ""},
		{Query{Text: "lúa -drones"}, "offer2", "lúa: rice"},
		{Query{Text: "tivi"}, "offer6", ""},
	} {
		got := x.Search(c.q)
		if s := names(got.Hits); s != c.want {
			t.Errorf("%s: got %s, want %s", c.q.Text, s, c.want)
		}
		var also []string
		for _, a := range got.Asked.Also() {
			also = append(also, a.Word+": "+strings.Join(a.Said, ", "))
		}
		if s := strings.Join(also, "; "); s != c.also {
			t.Errorf("%s: also %q, want %q", c.q.Text, s, c.also)
		}
	}
	x.Translate(nil)
	if got := names(x.Search(Query{Text: "bơm nhiệt"}).Hits); got != "offer5" {
		t.Errorf("without a lexicon: %s", got)
	}
}

func TestATranslatedWordIsMarkedAndGivenAsAReason(t *testing.T) {
	got := bilingual(t).Search(Query{Text: "bơm nhiệt cho máy bay không người lái"})
	for text, want := range map[string]string{
		"Drying with a heat pump": "heat pump", "Pump the heat": "", "Two drones": "drones", "An unmanned ship": "",
	} {
		var marked []string
		for _, s := range Highlight(text, got.Asked) {
			marked = append(marked, text[s.Start:s.End])
		}
		if s := strings.Join(marked, ", "); s != want {
			t.Errorf("%s: marked %q, want %q", text, s, want)
		}
	}
	for _, hit := range got.Hits {
		if hit.ID == "3" && (len(hit.Why) != 1 || hit.Why[0].How != Translated || hit.Why[0].Word != "bơm nhiệt" || hit.Why[0].Matched != "heat pump") {
			t.Errorf("%+v", hit.Why)
		}
	}
}

func TestTheShippedLexiconFindsEnglishHelpByVietnameseTitles(t *testing.T) {
	dir := filepath.Join(collections, "lohelp-vi2en")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the collections are not beside the checkout")
	}
	plain, err := Evaluate(dir, EvaluateOptions{OneTongue: true})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Evaluate(dir, EvaluateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("MRR@10 %.4f, untranslated %.4f; %.3f and %.3f CPU ms a query", r.MRR10, plain.MRR10, r.CPUMsPerQuery, plain.CPUMsPerQuery)
	if r.MRR10 < .42 {
		t.Errorf("MRR@10 %.4f, want at least .42", r.MRR10)
	}
}
