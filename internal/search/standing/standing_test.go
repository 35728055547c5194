package standing

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
	"chonoi/internal/search"
)

func offer(vi, en string) search.Doc {
	d := search.Doc{Kind: "offer", ID: "1", Facets: map[string][]string{"subject": {"agri"}}, Price: 300_000_000}
	d.Fields[search.Title] = lang.Both{Vi: vi, En: en}
	return d
}

func TestAListingMeetsTheSearchesThatAskForIt(t *testing.T) {
	dryer := offer("Máy sấy xoài năng lượng mặt trời, không cần điện", "Solar mango dryers for cooperatives")
	most := int64(200_000_000)
	for _, row := range []struct {
		name  string
		query search.Query
		met   string
	}{
		{"each word stands in it", search.Query{Text: "máy sấy xoài"}, "máy sấy xoài"},
		{"typed without marks", search.Query{Text: "may say xoai"}, "may say xoai"},
		{"one word is not in it", search.Query{Text: "máy sấy lúa"}, ""},
		{"other marks", search.Query{Text: "máy sảy"}, ""},
		{"an English word in another form", search.Query{Text: "mango dryer", Reader: lang.En}, "mango dryer"},
		{"a phrase", search.Query{Text: `"sấy xoài" máy`}, "sấy xoài máy"},
		{"a phrase whose words stand apart", search.Query{Text: `"máy xoài"`}, ""},
		{"a word that must not occur", search.Query{Text: "máy -điện"}, ""},
		{"a word that must not occur, and does not", search.Query{Text: "máy -gas"}, "máy"},
		{"a filter", search.Query{Text: "máy", Filters: map[string][]string{"subject": {"water", "agri"}}}, "máy"},
		{"a filter that fails", search.Query{Text: "máy", Filters: map[string][]string{"subject": {"water"}}}, ""},
		{"a filter that is typed", search.Query{Text: "máy subject:agri"}, "máy"},
		{"a typed filter that fails", search.Query{Text: "máy subject:water"}, ""},
		{"the kind", search.Query{Text: "máy", Filters: map[string][]string{"kind": {"need"}}}, ""},
		{"a bound", search.Query{Text: "máy", Bounds: map[search.Figure]search.Bound{search.Price: {Max: &most}}}, ""},
		{"no words at all, a filter", search.Query{Filters: map[string][]string{"kind": {"offer"}}}, "-"},
		{"nothing asked", search.Query{}, "-"},
		{"a whole need", search.Query{Whole: true, Text: "Hợp tác xã cần máy sấy xoài, dùng năng lượng mặt trời vì chưa có điện ba pha"}, "máy sấy xoài năng lượng mặt trời cần điện"},
		{"a whole need of something else", search.Query{Whole: true, Text: "Cần giải pháp xử lý nước thải ao nuôi cá tra đạt quy chuẩn"}, ""},
	} {
		w := New()
		w.HasFacet = func(facet, value string) bool { return facet == "subject" }
		w.Put(Watch{"x", row.query}, Watch{"other", search.Query{Text: "trichoderma"}})
		met := w.Match(dryer)
		got := ""
		if len(met) == 1 && met[0].ID == "x" {
			got = strings.Join(met[0].Words, " ")
			if got == "" {
				got = "-"
			}
		}
		if row.query.Whole && got != "" {
			for word := range strings.FieldsSeq(row.met) {
				if !strings.Contains(" "+got+" ", " "+word+" ") {
					t.Errorf("%s: %q lacks %q", row.name, got, word)
				}
			}
			got = row.met
		}
		if got != row.met || len(met) > 1 {
			t.Errorf("%s: met %q %v, want %q", row.name, got, met, row.met)
		}
		if !w.Delete("x") || w.Delete("x") || w.Len() != 1 || len(w.Match(dryer)) > 0 {
			t.Errorf("%s: it is still there", row.name)
		}
	}
}

func TestASearchInOneTongueIsMetByAListingInTheOther(t *testing.T) {
	words, err := lexicon.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	w := New()
	w.Lexicon = func() *lexicon.Lexicon { return words }
	w.Put(Watch{"drone", search.Query{Text: "máy bay không người lái"}}, Watch{"mango", search.Query{Text: "mango", Reader: lang.En}})
	for text, want := range map[string]string{"Spraying drones for rice fields": "drone", "Dried fruit": ""} {
		got := ""
		for _, m := range w.Match(offer("", text)) {
			got += m.ID
		}
		if got != want {
			t.Errorf("%s met %q, want %q", text, got, want)
		}
	}
	if met := w.Match(offer("Xoài sấy dẻo", "")); len(met) != 1 || met[0].ID != "mango" {
		t.Errorf("xoài met %v", met)
	}
}

var vocabulary = strings.Fields("máy sấy xoài may say lúa lua cá tra nước nuoc mặn điện năng lượng dryer dryers drone rice water thuốc bơm lạnh kho tôm ao")

func randomText(r *rand.Rand, n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = vocabulary[min(r.IntN(len(vocabulary)), r.IntN(len(vocabulary)))]
	}
	return strings.Join(words, " ")
}

func randomWatch(r *rand.Rand, id string) Watch {
	q := search.Query{Text: randomText(r, 1+r.IntN(4)), Filters: map[string][]string{}}
	switch r.IntN(6) {
	case 0:
		q.Text = `"` + q.Text + `" ` + randomText(r, 1)
	case 1:
		q.Text += " -" + randomText(r, 1)
	case 2:
		q.Whole, q.Text = true, randomText(r, 12)
	case 3:
		q.Filters["subject"] = []string{"agri", "water"}[:1+r.IntN(2)]
	}
	if r.IntN(3) == 0 {
		q.Filters["kind"] = []string{[]string{"offer", "need"}[r.IntN(2)]}
	}
	return Watch{id, q}
}

func TestComparingWithAllAtOnceIsComparingWithEachAlone(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	w := New()
	alone := map[string]*Watches{}
	for round := range 1500 {
		id := fmt.Sprint(r.IntN(300))
		switch {
		case round%3 > 0:
			one := randomWatch(r, id)
			w.Put(one)
			alone[id] = New()
			alone[id].Put(one)
		case r.IntN(3) == 0:
			w.Delete(id)
			delete(alone, id)
		}
		if round%5 > 0 {
			continue
		}
		d := offer(randomText(r, 8), randomText(r, 5))
		d.Facets["subject"] = []string{[]string{"agri", "water", "energy"}[r.IntN(3)]}
		var got, want []string
		for _, m := range w.Match(d) {
			got = append(got, fmt.Sprint(m))
		}
		for _, one := range alone {
			for _, m := range one.Match(d) {
				want = append(want, fmt.Sprint(m))
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("round %d: %v\nmet %v\nwant %v", round, d, got, want)
		}
	}
	if w.Len() != len(alone) {
		t.Errorf("%d watches, want %d", w.Len(), len(alone))
	}
}

// TestATypedWatchIsMetByWhatItsSearchFinds compares with the search itself, of which every word is
// made one that must stand in the listing.
func TestATypedWatchIsMetByWhatItsSearchFinds(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 2026))
	words := strings.Fields("máy sấy xoài lúa cá mặn điện drone rice water pump lạnh")
	some := func(n int) []string {
		all := make([]string, n)
		for i := range all {
			all[i] = words[r.IntN(len(words))]
		}
		return all
	}
	for range 3000 {
		d := offer(strings.Join(some(1+r.IntN(7)), " "), "")
		asked, without := some(1+r.IntN(3)), ""
		if r.IntN(3) == 0 {
			without = " -" + some(1)[0]
		}
		phrase := strings.Join(some(2), " ")
		typed := strings.Join(asked, " ") + without
		must := `"` + strings.Join(asked, `" "`) + `"` + without
		if r.IntN(2) == 0 {
			typed += ` "` + phrase + `"`
			must += ` "` + phrase + `"`
		}
		w, x := New(), search.New()
		w.Put(Watch{"x", search.Query{Text: typed}})
		x.Put(d)
		if met, found := len(w.Match(d)), x.Search(search.Query{Text: must}).Total; met != found {
			t.Fatalf("%q is met %d times by %q, the search %q finds %d", typed, met, d.Fields[search.Title].Vi, must, found)
		}
	}
}

func TestManyCompareWhileOthersWrite(t *testing.T) {
	w := New()
	var all sync.WaitGroup
	for n := range 4 {
		all.Go(func() {
			r := rand.New(rand.NewPCG(uint64(n), 3))
			for i := range 500 {
				if n == 0 {
					w.Put(randomWatch(r, fmt.Sprint(i%50)))
					w.Delete(fmt.Sprint(r.IntN(50)))
				} else {
					w.Match(offer(randomText(r, 6), ""))
				}
			}
		})
	}
	all.Wait()
}

func TestACandidateIsConfirmedByItsRank(t *testing.T) {
	x := search.New()
	for i := range confirmingRank + 5 {
		d := offer("Máy sấy xoài", "")
		d.ID = fmt.Sprintf("%02d", i)
		if i < confirmingRank {
			d.Fields[search.Summary].Vi = "Máy sấy xoài bơm nhiệt dùng năng lượng mặt trời"
		}
		x.Put(d)
	}
	w := New()
	w.Put(Watch{"whole", search.Query{Whole: true, Text: "Hợp tác xã cần máy sấy xoài bơm nhiệt, dùng năng lượng mặt trời"}}, Watch{"typed", search.Query{Text: "sấy xoài"}})
	for id, want := range map[string]string{"00": "typed whole", "24": "typed", "99": "typed whole"} {
		d := offer("Máy sấy xoài", "")
		if id == "99" { // not yet in the index
			d = offer("Máy sấy xoài bơm nhiệt dùng năng lượng mặt trời", "")
		}
		d.ID = id
		met, err := Confirmed(t.Context(), x, search.Key{Kind: "offer", ID: id}, w.Match(d), w.Query)
		var got []string
		for _, m := range met {
			got = append(got, m.ID)
		}
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%s: %v %v, want %s", id, got, err, want)
		}
	}
}
