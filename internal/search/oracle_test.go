package search

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"chonoi/internal/lang"
)

// The oracle scores each listing by the formula alone, from its text, without any list.

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
	q := Query{Text: someText(t, "query", 5), Whole: rapid.Bool().Draw(t, "whole"), Limit: mostHits}
	q.Text = strings.ReplaceAll(q.Text, "của", rapid.SampledFrom([]string{"của", "-lúa", `"máy sấy"`, "subject:agri"}).Draw(t, "operator"))
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

func TestTheIndexScoresByTheFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, truth := New(), map[Key]Doc{}
		for range rapid.IntRange(1, 25).Draw(t, "acts") {
			switch rapid.IntRange(0, 9).Draw(t, "act") {
			case 0:
				d := someListing(t)
				_, there := truth[d.Key()]
				if x.Delete(d.Kind, d.ID) != there {
					t.Fatal("a listing was there, or was not")
				}
				delete(truth, d.Key())
			case 1:
				x.body = x.body.swept()
			case 2:
				if err := x.Load(func(yield func(Doc, error) bool) {
					for _, d := range truth {
						if !yield(d, nil) {
							return
						}
					}
				}, nil); err != nil {
					t.Fatal(err)
				}
			default:
				d := someListing(t)
				x.Put(d)
				truth[d.Key()] = d
			}
			if x.Len() != len(truth) {
				t.Fatalf("%d listings, want %d", x.Len(), len(truth))
			}
			q := someQuery(t)
			agree(t, x.Search(q), q, truth)
			agree(t, x.Search(q), q, truth) // a kept answer is as good
		}
	})
}

// agree compares a result with what the formula says of each listing.
func agree(t *rapid.T, got Result, q Query, truth map[Key]Doc) {
	scores := formula(&got.Asked, truth)
	least := 0.0
	for _, s := range scores {
		least = max(least, s*leastShare)
	}
	want := map[Key]float64{}
	counts := map[string]map[string]int{}
	for key, s := range scores {
		if d := truth[key]; s > 0 && s >= least && within(q, d) {
			failed := failedFilters(q, got.Asked.filters, d)
			if len(failed) == 0 {
				want[key] = s
			}
			count(counts, d, failed)
		}
	}
	if len(got.Hits) != len(want) || got.Total != len(want) {
		t.Fatalf("%q: %d hits, total %d, want %d", q.Text, len(got.Hits), got.Total, len(want))
	}
	for i, h := range got.Hits {
		if s := want[Key{h.Kind, h.ID}]; !got.Asked.Empty() && math.Abs(s-h.Score) > 1e-9 {
			t.Fatalf("%q: %s %s scores %f, want %f", q.Text, h.Kind, h.ID, h.Score, s)
		}
		if i > 0 && h.Score > got.Hits[i-1].Score {
			t.Fatalf("%q: hits are out of order", q.Text)
		}
	}
	told := map[string]map[string]int{}
	for key, values := range got.Facets {
		told[key] = map[string]int{}
		for _, v := range values {
			told[key][v.Value] = v.Count
		}
	}
	if diff := cmp.Diff(counts, told); diff != "" {
		t.Fatalf("%+v: facets %s", q, diff)
	}
}

// formula scores all listings.
func formula(q *Asked, truth map[Key]Doc) map[Key]float64 {
	weights, lengths, mean := map[Key]map[string]float64{}, map[Key]float64{}, 0.0
	df := map[string]int{}
	for key, d := range truth {
		weights[key], lengths[key] = terms(d)
		mean += lengths[key] / float64(len(truth))
		for term := range weights[key] {
			df[term]++
		}
	}
	w := q.weights()
	scores := map[Key]float64{}
	for key := range truth {
		has := weights[key]
		part := func(term string, share, k1 float64) float64 {
			tf := has[term]
			if tf == 0 {
				return 0
			}
			n, f := float64(len(truth)), float64(df[term])
			return share * math.Log(1+(n-f+.5)/(f+.5)) * tf / (tf + k1*(1-w.b+w.b*lengths[key]/mean))
		}
		sum := 0.0
		if q.Empty() {
			sum = 1
		}
		for i, s := range q.words {
			sum += part("="+s.exact, w.exact, w.k1) + part("~"+s.folded, w.folded, w.k1) + part("*"+s.stem, w.stem, w.k1)
			if i > 0 && s.joined {
				sum += part(q.words[i-1].folded+" "+s.folded, w.pair, w.pairK1)
			}
		}
		for _, phrase := range q.phrases {
			if !hasPhrase(has, phrase) {
				sum = 0
			}
		}
		for _, phrase := range q.without {
			if hasPhrase(has, phrase) {
				sum = 0
			}
		}
		scores[key] = sum
	}
	return scores
}

// terms returns the weight of each form in a listing, and its length.
func terms(d Doc) (map[string]float64, float64) {
	has := map[string]float64{}
	var length [2]float64
	for f := range fieldCount {
		boost := float64(fieldWeight[f]) / weightUnit
		for i, text := range []string{d.Fields[f].Vi, d.Fields[f].En} {
			tokens := newAnalyser().tokens(nil, text)
			length[i] += boost * float64(len(tokens))
			for n, t := range tokens {
				has["="+t.exact] += boost
				has["~"+t.folded] += boost
				if i == 1 {
					has["*"+stem(t.exact)] += boost
				}
				if n > 0 && !t.fresh {
					has[tokens[n-1].folded+" "+t.folded] += boost
				}
			}
		}
	}
	return has, max(length[0], length[1])
}

func hasPhrase(has map[string]float64, phrase []sought) bool {
	for i, w := range phrase {
		if has["~"+w.folded] == 0 || w.marked && has["="+w.exact] == 0 {
			return false
		}
		if i > 0 && w.joined && has[phrase[i-1].folded+" "+w.folded] == 0 {
			return false
		}
	}
	return true
}

func within(q Query, d Doc) bool {
	for _, b := range q.Bounds {
		if d.TRL == 0 || d.TRL < *b.Min {
			return false
		}
	}
	return true
}

// failedFilters returns the facets whose filters a listing does not pass, once for each filter.
func failedFilters(q Query, typed map[string][]string, d Doc) (failed []string) {
	for _, filters := range []map[string][]string{q.Filters, typed} {
		for key, values := range filters {
			if !slices.ContainsFunc(d.Facets[key], func(v string) bool { return slices.Contains(values, v) }) {
				failed = append(failed, key)
			}
		}
	}
	return failed
}

func count(counts map[string]map[string]int, d Doc, failed []string) {
	if len(failed) > 1 {
		return
	}
	facets := map[string][]string{"kind": {d.Kind}, "subject": d.Facets["subject"], "place": d.Facets["place"]}
	for key, values := range facets {
		if len(failed) == 1 && failed[0] != key {
			continue
		}
		for _, v := range slices.Compact(slices.Sorted(slices.Values(values))) {
			if counts[key] == nil {
				counts[key] = map[string]int{}
			}
			counts[key][v]++
		}
	}
}
