package search

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"chonoi/internal/lang"
)

var syllables = strings.Fields("máy may mây sấy say xoài của cá tra lúa nước 0,92 dryer dryers drying mango mangoes . Hoà")

func someText(t *rapid.T, label string, most int) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(syllables), 0, most).Draw(t, label), " ")
}

func someListing(t *rapid.T) Doc {
	d := Doc{
		Kind:      rapid.SampledFrom([]string{"offer", "need"}).Draw(t, "kind"),
		ID:        fmt.Sprint(rapid.IntRange(0, 12).Draw(t, "id")),
		TRL:       rapid.Int64Range(0, 9).Draw(t, "trl"),
		Published: rapid.Int64Range(0, 3).Draw(t, "published"),
		Facets: map[string][]string{
			"subject": rapid.SliceOfN(rapid.SampledFrom([]string{"agri", "craft", "water"}), 0, 2).Draw(t, "subjects"),
			"place":   {rapid.SampledFrom([]string{"a", "b"}).Draw(t, "place")},
		},
	}
	for f := range fieldCount {
		d.Fields[f] = lang.Both{Vi: someText(t, "vi", 6), En: someText(t, "en", 4)}
	}
	return d
}

func someQuery(t *rapid.T) Query {
	q := Query{Text: someText(t, "query", 5), Whole: rapid.Bool().Draw(t, "whole"), Limit: rapid.IntRange(1, 30).Draw(t, "limit"),
		Quiet: rapid.Bool().Draw(t, "quiet"), OneTongue: rapid.Bool().Draw(t, "one tongue"), Sort: rapid.SampledFrom(Sorts).Draw(t, "sort")}
	q.Text = strings.ReplaceAll(q.Text, "của", rapid.SampledFrom([]string{"của", "-lúa", `"máy sấy"`, "subject:agri", `-"máy sấy"`}).Draw(t, "operator"))
	q.Filters = map[string][]string{}
	if rapid.Bool().Draw(t, "filtered") {
		q.Filters["place"] = []string{rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "place")}
	}
	if rapid.Bool().Draw(t, "two filters") {
		q.Filters["subject"] = []string{"agri", rapid.SampledFrom([]string{"craft", "water"}).Draw(t, "subject")}
	}
	if rapid.Bool().Draw(t, "bounded") {
		q.Bounds = map[Figure]Bound{TRL: {Min: at(rapid.Int64Range(0, 9).Draw(t, "least"))}}
	}
	return q
}

// world is an index and all listings that ever were in it, each known by its price.
type world struct {
	x     *Index
	ever  []Doc
	truth map[Key]Doc
}

func newWorld(room int) *world {
	w := &world{x: New(), truth: map[Key]Doc{}}
	w.x.room = room
	w.x.Translate(marketTerms)
	return w
}

// stamp gives a listing its price.
func (w *world) stamp(d Doc) Doc {
	w.ever = append(w.ever, d)
	d.Price = int64(len(w.ever))
	w.ever[len(w.ever)-1] = d
	w.truth[d.Key()] = d
	return d
}

// oracle returns the oracle of a snapshot, which must hold what is true.
func (w *world) oracle(v *snapshot) (*oracle, error) {
	var docs []Doc
	var live []bool
	n := 0
	add := func(price int64, alive bool) error {
		d := w.ever[price-1]
		docs, live = append(docs, d), append(live, alive)
		if is := w.truth[d.Key()].Price == price; is != alive {
			return fmt.Errorf("listing %v is live: %v, want %v", d.Key(), alive, is)
		}
		if alive {
			n++
		}
		return nil
	}
	for _, p := range v.parts {
		for slot := range uint32(p.slots()) {
			if err := add(p.cards.sorts(slot).price, p.live(slot)); err != nil {
				return nil, err
			}
		}
	}
	for _, d := range v.head.docs {
		if err := add(d.sorts.price, true); err != nil {
			return nil, err
		}
	}
	if n != len(w.truth) || v.count() != n {
		return nil, fmt.Errorf("%d listings, counted %d, want %d", n, v.count(), len(w.truth))
	}
	return newOracle(docs, live, w.x.cutter.pivot), nil
}

func (w *world) load() error {
	truth := w.truth
	w.truth = map[Key]Doc{}
	return w.x.Load(func(yield func(Doc, error) bool) {
		for _, d := range truth {
			if !yield(w.stamp(d), nil) {
				return
			}
		}
	}, nil)
}

func TestTheIndexAnswersByTheFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(rapid.IntRange(1, 9).Draw(t, "room"))
		for range rapid.IntRange(1, 40).Draw(t, "acts") {
			switch rapid.IntRange(0, 19).Draw(t, "act") {
			case 0, 1:
				d := someListing(t)
				_, there := w.truth[d.Key()]
				if w.x.Delete(d.Kind, d.ID) != there {
					t.Fatal("a listing was there, or was not")
				}
				delete(w.truth, d.Key())
			case 2:
				if err := w.load(); err != nil {
					t.Fatal(err)
				}
			default:
				w.x.Put(w.stamp(someListing(t)))
			}
			v := w.x.now.Load()
			o, err := w.oracle(v)
			if err != nil {
				t.Fatal(err)
			}
			for range 10 { // 10,000 queries and more in 100 runs
				q := someQuery(t)
				if diff := o.differs(q, v.search(&q)); diff != "" {
					t.Fatalf("%+v: %s", q, diff)
				}
			}
		}
		w.x.merger.Wait()
		if _, err := w.oracle(w.x.now.Load()); err != nil {
			t.Fatal(err)
		}
	})
}

// drawn makes a listing of a large corpus: some words are in nearly all, most are rare.
func drawn(r *rand.Rand, ids int) Doc {
	text := func(n int) string {
		var out []string
		for range n {
			word := fmt.Sprint(syllables[min(r.IntN(len(syllables)), r.IntN(len(syllables)))])
			if r.IntN(4) == 0 {
				word = fmt.Sprint("w", int(float64(20_000)*r.Float64()*r.Float64()*r.Float64()))
			}
			out = append(out, word)
		}
		return strings.Join(out, " ")
	}
	d := Doc{Kind: "offer", ID: fmt.Sprint(r.IntN(ids)), TRL: r.Int64N(10), Published: r.Int64N(1000)}
	d.Fields[Title] = lang.Both{Vi: text(1 + r.IntN(4))}
	d.Fields[Text] = lang.Both{Vi: text(r.IntN(12))}
	if r.IntN(5) == 0 {
		d.Fields[Text].En = text(r.IntN(12))
	}
	d.Facets = map[string][]string{"subject": {fmt.Sprint(r.IntN(3))}, "place": {fmt.Sprint(int(300 * r.Float64() * r.Float64()))}}
	return d
}

// asked makes a query for a large corpus: a few words, or a whole need.
func asked(r *rand.Rand) Query {
	d := drawn(r, 1)
	q := Query{Text: d.Fields[Title].Vi, Limit: 1 + r.IntN(20), Quiet: r.IntN(3) > 0, Filters: map[string][]string{}}
	if r.IntN(4) == 0 {
		for range 8 {
			d := drawn(r, 1)
			q.Text += " " + d.Fields[Text].Vi
		}
		q.Whole = true
	}
	switch r.IntN(14) {
	case 7:
		q.OneTongue = true
	case 8:
		q.Text = "drying mangoes " + q.Text
	case 0:
		q.Text = `"máy sấy" ` + q.Text
	case 1:
		q.Text += " -xoài"
	case 2:
		q.Text = lang.Fold(q.Text)
	case 3:
		q.Filters["place"] = []string{fmt.Sprint(r.IntN(9)), "2"}
	case 4:
		q.Filters["subject"], q.Filters["place"] = []string{"1"}, []string{"1"}
	case 5:
		q.Bounds = map[Figure]Bound{TRL: {Min: at(7)}}
	case 6:
		q.Sort = ByTRL
	}
	return q
}

func TestALargeIndexAnswersByTheFormula(t *testing.T) {
	sizes := []int{9_000, 13_000}
	if testing.Short() {
		sizes = sizes[:1]
	}
	for _, n := range sizes {
		r := rand.New(rand.NewPCG(uint64(n), 1))
		w := newWorld(mostHead)
		for range n {
			d := drawn(r, 2*n)
			w.stamp(d)
		}
		if err := w.load(); err != nil {
			t.Fatal(err)
		}
		for round := range 3 {
			for range round * 600 {
				d := drawn(r, 2*n)
				if r.IntN(5) == 0 {
					w.x.Delete(d.Kind, d.ID)
					delete(w.truth, d.Key())
				} else {
					w.x.Put(w.stamp(d))
				}
			}
			v := w.x.now.Load()
			o, err := w.oracle(v)
			if err != nil {
				t.Fatal(err)
			}
			for range 300 {
				q := asked(r)
				if diff := o.differs(q, v.search(&q)); diff != "" {
					t.Fatalf("%d listings, round %d, %+v: %s", n, round, q, diff)
				}
			}
		}
	}
}
