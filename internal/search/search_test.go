package search

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWhatIsTypedFindsWhatIsMeant(t *testing.T) {
	x := market(t)
	for _, c := range []struct {
		name string
		q    Query
		want string
	}{
		{"with marks", Query{Text: "máy sấy xoài"}, "offer1 need1"},
		{"without marks", Query{Text: "may say xoai"}, "offer1 need1"},
		{"English, by its stem", Query{Text: "mango dryers"}, "offer1"},
		{"a phrase must occur", Query{Text: `"máy sấy"`}, "offer1 need1"},
		{"a phrase in other words", Query{Text: `"sấy máy"`}, ""},
		{"a word must not occur", Query{Text: "sấy -lúa"}, "offer1"},
		{"only what must not occur", Query{Text: "-máy", Sort: ByTRL}, "offer3 need2"},
		{"a facet typed", Query{Text: `máy place:"Ninh Kiều"`}, "offer1 need1"},
		{"a facet typed by its value", Query{Text: "máy kind:need"}, "need1"},
		{"a tone that was not typed", Query{Text: "sây xoài"}, "offer1 need1"},
		{"some words without marks", Query{Text: "máy say xoai"}, "offer1 need1 offer2"},
		{"a filter", Query{Text: "máy", Filters: map[string][]string{"kind": {"offer"}}}, "offer1 offer2"},
		{"two values of a facet", Query{Filters: map[string][]string{"subject": {"craft", "environment"}}}, "offer3 need2"},
		{"two facets", Query{Filters: map[string][]string{"subject": {"agri"}, "kind": {"need"}}}, "need1"},
		{"an unknown facet", Query{Filters: map[string][]string{"colour": {"red"}}}, ""},
		{"a bound", Query{Bounds: map[Figure]Bound{Price: {Max: at(400_000_000)}}}, "offer1 need2"},
		{"readiest first", Query{Sort: ByTRL}, "offer2 offer1 offer3 need1 need2"},
		{"cheapest first, untold last", Query{Sort: ByPrice}, "need2 offer1 offer2 need1 offer3"},
		{"everything, newest first", Query{}, "offer2 offer1 offer3 need1 need2"},
		{"words that nobody uses", Query{Text: "zzz"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := x.Search(c.q)
			if names(got.Hits) != c.want {
				t.Errorf("got %q, want %q", names(got.Hits), c.want)
			}
			if got.Total != len(got.Hits) {
				t.Errorf("total %d of %d hits", got.Total, len(got.Hits))
			}
		})
	}
}

func TestAFacetIsCountedWithoutItsOwnFilter(t *testing.T) {
	got := market(t).Search(Query{Filters: map[string][]string{"kind": {"offer"}, "subject": {"agri"}}})
	if s := countsOf(got.Facets["subject"]); s != "agri=2 environment=1" {
		t.Errorf("subjects %s", s)
	}
	if s := countsOf(got.Facets["kind"]); s != "offer=2 need=1" {
		t.Errorf("kinds %s", s)
	}
	if s := countsOf(got.Facets["place"]); s != "Cái Răng=1 Ninh Kiều=1" {
		t.Errorf("places %s", s)
	}
	only := market(t).Search(Query{Facets: []string{"kind"}})
	if len(only.Facets) != 1 {
		t.Errorf("counted %v", only.Facets)
	}
}

func TestAHitTellsWhyItWasFound(t *testing.T) {
	for _, c := range []struct {
		text string
		want []Why
	}{
		{"Sấy hoa", []Why{{"Sấy", "sấy", []string{"title"}, Exact}}},
		{"may say", []Why{
			{"may", "máy", []string{"title"}, Folded}, {"say", "sấy", []string{"title"}, Folded},
			{"may say", "máy sấy", []string{"title"}, Bigram},
		}},
		{"dryers", []Why{{"dryers", "dryer", []string{"title"}, Stem}}},
	} {
		hits := market(t).Search(Query{Text: c.text, Filters: map[string][]string{"kind": {"offer"}}}).Hits
		if len(hits) == 0 {
			t.Fatalf("%q finds nothing", c.text)
		}
		if diff := cmp.Diff(c.want, hits[0].Why); diff != "" {
			t.Errorf("%q: %s", c.text, diff)
		}
	}
}

func TestPagesTellEachListingOnceEvenWhenAllTie(t *testing.T) {
	x := New()
	for i := range 57 {
		x.Put(listing("offer", fmt.Sprint(i), "máy sấy", "", "agri", "Ô Môn", 5, int64(i%3)))
	}
	for _, q := range []Query{{Text: "máy", Limit: 7}, {Limit: 10}, {Sort: ByPrice, Limit: 1}, {Sort: ByTRL, Limit: 57}} {
		var seen []string
		for pages := 0; ; pages++ {
			got := x.Search(q)
			for _, h := range got.Hits {
				seen = append(seen, h.ID)
			}
			if q.After = got.Next; got.Next == "" || pages > 60 {
				break
			}
		}
		slices.Sort(seen)
		if len(seen) != 57 || len(slices.Compact(seen)) != 57 {
			t.Errorf("%+v: %d listings on all pages", q, len(seen))
		}
	}
}

func TestAPageGoesOnWhenItsLastListingIsGone(t *testing.T) {
	x := market(t)
	first := x.Search(Query{Sort: ByTRL, Limit: 2})
	x.Delete("offer", "1")
	x.Put(listing("offer", "9", "Mới", "", "agri", "Ô Môn", 9, 1))
	second := x.Search(Query{Sort: ByTRL, Limit: 9, After: first.Next})
	if names(second.Hits) != "offer3 need1 need2" {
		t.Errorf("got %s", names(second.Hits))
	}
}

func TestAListingIsSeenAsLastPut(t *testing.T) {
	x := market(t)
	x.Put(listing("offer", "1", "Lò sấy mít", "", "agri", "Ô Môn", 8, 1))
	if x.Len() != 5 || names(x.Search(Query{Text: "xoài"}).Hits) != "" || names(x.Search(Query{Text: "mít"}).Hits) != "offer1" {
		t.Error("the old listing is still found, or the new one is not")
	}
	if !x.Delete("offer", "1") || x.Delete("offer", "1") || x.Len() != 4 {
		t.Error("a listing is deleted once")
	}
	if names(x.Search(Query{Text: "mít"}).Hits) != "" {
		t.Error("a deleted listing is found")
	}
}

func TestAQuietSearchCountsAllUnlessItRanksWords(t *testing.T) {
	x := market(t)
	needs := map[string][]string{"kind": {"need"}}
	for _, c := range []struct {
		name string
		q    Query
		want func(all int) int
	}{
		{"words, ranked", Query{Text: "máy sấy"}, func(int) int { return 1 }},
		{"words, newest first", Query{Text: "máy sấy", Sort: ByNewest}, func(all int) int { return all }},
		{"no words", Query{Filters: needs}, func(all int) int { return all }},
		{"a filter that was typed", Query{Text: "kind:need"}, func(all int) int { return all }},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := x.Search(c.q).Total
			c.q.Quiet, c.q.Limit = true, 1
			if got := x.Search(c.q).Total; all < 2 || got != c.want(all) {
				t.Errorf("%d of %d are counted, want %d", got, all, c.want(all))
			}
		})
	}
}

func TestALoadThatFailsLeavesTheIndexAsItWas(t *testing.T) {
	x := market(t)
	broken := errors.New("broken")
	err := x.Load(func(yield func(Doc, error) bool) {
		for i := range 1000 {
			if !yield(listing("offer", fmt.Sprint(i), "máy", "", "", "", 1, 1), nil) {
				return
			}
		}
		yield(Doc{}, broken)
	}, nil)
	if !errors.Is(err, broken) || x.Len() != 5 {
		t.Errorf("got %v, %d listings", err, x.Len())
	}
}

func TestAnAnswerWithoutWordsIsKeptUntilTheIndexChanges(t *testing.T) {
	x := market(t)
	q := Query{Filters: map[string][]string{"kind": {"need"}}, Limit: 1}
	for _, c := range []struct {
		name   string
		change func()
		want   int
	}{
		{"nothing changed", func() {}, 2},
		{"the answer was changed by who asked", func() { found := x.Search(q); found.Hits[0].ID = "?"; found.Facets["kind"][0].Count = 9 }, 2},
		{"a listing came", func() { x.Put(listing("need", "3", "Cần men vi sinh", "", "agri", "Ô Môn", 0, 0)) }, 3},
		{"a listing changed", func() { x.Put(listing("need", "3", "Cần men", "", "craft", "Ô Môn", 0, 0)) }, 3},
		{"a listing went", func() { x.Delete("need", "3") }, 2},
		{"all was loaded anew", func() {
			if err := x.Load(eachOf([]Doc{listing("need", "9", "Cần bơm", "", "agri", "Ô Môn", 0, 0)}), nil); err != nil {
				t.Fatal(err)
			}
		}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			x.Search(q)
			c.change()
			first, again := x.Search(q), x.now.Load().search(&q)
			if diff := cmp.Diff(again, first, cmp.AllowUnexported(Asked{})); diff != "" || first.Total != c.want {
				t.Errorf("%d are found, want %d; %s", first.Total, c.want, diff)
			}
		})
	}
}
