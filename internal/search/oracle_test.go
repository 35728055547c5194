package search

import (
	"cmp"
	"math"
	"slices"
	"strings"

	gocmp "github.com/google/go-cmp/cmp"

	"chonoi/internal/lang"
)

// The oracle scores each listing by the formula alone, from its text, without any list. It is told
// only which listings the index still holds, the dead ones among them, for they count for rarity.
type oracle struct {
	docs    []Doc
	live    []bool
	terms   map[string][]uint8  // the impact of a term in each listing
	df      map[string]int      // how many listings have it
	forms   map[string][]string // folded form -> exact forms
	points  []uint32            // of the last query
	unit    float64
	weights map[string]float64
	order   []string // of weights
}

func newOracle(docs []Doc, live []bool, p pivot) *oracle {
	o := &oracle{docs: docs, live: live, terms: map[string][]uint8{}, df: map[string]int{}, forms: map[string][]string{}}
	for i, d := range docs {
		for term, impact := range o.impacts(d, p) {
			if o.terms[term] == nil {
				o.terms[term] = make([]uint8, len(docs))
			}
			o.terms[term][i] = impact
			o.df[term]++
		}
	}
	return o
}

// impacts returns what each term counts in a listing: "=form", "*stem" and "one two".
func (o *oracle) impacts(d Doc, p pivot) map[string]uint8 {
	tf, length := [2]map[string]float64{{}, {}}, [2]float64{}
	for f := range fieldCount {
		boost := map[Field]float64{Title: 2, Summary: 1.5, Text: 1, Keywords: 1.5}[f]
		for i, text := range []string{d.Fields[f].Vi, d.Fields[f].En} {
			tokens := newAnalyser().tokens(nil, text)
			length[i] += boost * float64(len(tokens))
			for n, t := range tokens {
				counts := boost
				if f == Text && n < 20 {
					counts = 2
				}
				tf[i]["="+t.exact] += counts
				if !slices.Contains(o.forms[t.folded], t.exact) {
					o.forms[t.folded] = append(o.forms[t.folded], t.exact)
				}
				if i == 1 {
					tf[i]["*"+stem(t.exact)] += counts
				}
				if n > 0 && !t.fresh {
					tf[i][tokens[n-1].folded+" "+t.folded] += counts
				}
			}
		}
	}
	out := map[string]uint8{}
	for i, w := range []weights{vietnamese, english} {
		for term, n := range tf[i] {
			k1 := w.k1
			if strings.Contains(term, " ") {
				k1 = w.pairK1
			}
			k := 8 * k1 * (1 - w.b + w.b*length[i]/p[i])
			out[term] = max(out[term], uint8(max(1, 255*(8*n/(8*n+k))+.5)))
		}
	}
	return out
}

// ask scores all listings by a query.
func (o *oracle) ask(q *Asked) {
	o.weights, o.order = map[string]float64{}, nil
	w, words, times := q.weights(), map[string]bool{}, map[string]float64{}
	for _, s := range q.words {
		times[s.exact]++
	}
	for i := range q.words {
		if s := &q.words[i]; !words[s.exact] {
			words[s.exact] = true
			o.askWord(s, w, times[s.exact], q.Tongue)
		}
	}
	for i := 1; i < len(q.words); i++ {
		if q.words[i].joined {
			o.family(w.pair, q.words[i-1].folded+" "+q.words[i].folded)
		}
	}
	o.askTranslated(q)
	o.skipCommon(q)
	sum := 0.0
	for _, term := range o.order {
		sum += o.weights[term]
	}
	for o.unit = 1024; sum*o.unit+float64(len(o.order)) > math.MaxUint32/256; o.unit /= 2 {
	}
	o.points = make([]uint32, len(o.docs))
	for _, term := range o.order {
		points := uint32(o.weights[term]*o.unit + .5)
		for i, impact := range o.terms[term] {
			o.points[i] += points * uint32(impact)
		}
	}
	for i := range o.docs {
		if q.Empty() {
			o.points[i] = 1
		}
		for _, phrase := range q.phrases {
			if !o.hasPhrase(i, phrase) {
				o.points[i] = 0
			}
		}
		for _, phrase := range q.without {
			if o.hasPhrase(i, phrase) {
				o.points[i] = 0
			}
		}
	}
}

func (o *oracle) askTranslated(q *Asked) {
	for _, r := range q.renderings {
		for _, way := range r.ways {
			share := r.weight * way.share / float64(len(way.words))
			for i, w := range way.words {
				if q.Tongue == lang.Vi {
					o.family(share, "*"+stem(w.exact))
				} else {
					o.family(share, "="+w.exact)
				}
				if i > 0 {
					o.family(translatedPair*share, way.words[i-1].folded+" "+w.folded)
				}
			}
		}
	}
}

func (o *oracle) askWord(s *sought, w weights, times float64, tongue lang.Tag) {
	folded := w.folded
	if tongue == lang.En {
		o.family(w.stem*times, "*"+s.stem)
		if o.df["*"+s.stem] == 0 {
			folded = w.stem
		}
	}
	if w.exact > 0 {
		o.family(w.exact*times, "="+s.exact)
	}
	var forms []string
	for _, form := range o.forms[s.folded] {
		if s.mayBe(form) {
			forms = append(forms, "="+form)
		}
	}
	if folded > 0 {
		o.family(folded*times, forms...)
	}
}

func (o *oracle) family(share float64, terms ...string) {
	rarity := share * o.idf(terms)
	for _, term := range terms {
		if _, ok := o.weights[term]; !ok {
			o.order = append(o.order, term)
		}
		o.weights[term] += rarity
	}
}

func (o *oracle) familyDF(terms []string) (df int) {
	for _, term := range terms {
		df += o.df[term]
	}
	return min(df, len(o.docs))
}

func (o *oracle) idf(terms []string) float64 {
	n, df := float64(len(o.docs)), float64(o.familyDF(terms))
	return math.Log(1 + (n-df+.5)/(df+.5))
}

// skipCommon leaves out the words of more than a twelfth of the listings when twelve others are there.
func (o *oracle) skipCommon(q *Asked) {
	rare := map[string]bool{}
	for _, s := range q.words {
		leading := []string{"=" + s.exact}
		switch {
		case q.Tongue == lang.En:
			leading = []string{"*" + s.stem}
		case !q.marked:
			leading = nil
			for _, form := range o.forms[s.folded] {
				leading = append(leading, "="+form)
			}
		}
		if df := o.familyDF(leading); df > 0 && df*12 <= len(o.docs) {
			rare[s.exact] = true
		}
	}
	if len(rare) < 12 {
		return
	}
	for term := range o.weights {
		if !strings.Contains(term, " ") && o.df[term]*12 > len(o.docs) {
			o.weights[term] = 0
		}
	}
}

func (o *oracle) has(i int, term string) bool { return o.terms[term] != nil && o.terms[term][i] > 0 }

func (o *oracle) hasPhrase(i int, phrase []sought) bool {
	for n, s := range phrase {
		ok := o.has(i, "="+s.exact)
		for _, form := range o.forms[s.folded] {
			ok = ok || !s.marked && o.has(i, "="+form)
		}
		if !ok || n > 0 && s.joined && !o.has(i, phrase[n-1].folded+" "+s.folded) {
			return false
		}
	}
	return true
}

// answer returns what the formula says of a query: the listings in order, and the counts.
func (o *oracle) answer(q Query, asked *Asked) (found []place, counts map[string]map[string]int) {
	o.ask(asked)
	best := uint32(0)
	for i, points := range o.points {
		if o.live[i] {
			best = max(best, points)
		}
	}
	counts = map[string]map[string]int{}
	for i, points := range o.points {
		d := &o.docs[i]
		if !o.live[i] || points == 0 || float64(points) < 0.15*float64(best)-1e-6 || !within(q, *d) {
			continue
		}
		failed := failedFilters(q, asked.filters, *d)
		count(counts, *d, failed)
		if len(failed) > 0 {
			continue
		}
		p := place{key: d.Key(), value: valueOf(orderOf(&q, asked), sortsOf(d))}
		if orderOf(&q, asked) == ByRelevance {
			p.score = float64(points) / (o.unit * 255)
		}
		found = append(found, p)
	}
	slices.SortFunc(found, func(a, b place) int { return a.compare(&b) })
	return found, counts
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
			has := d.Facets[key]
			if key == kindFacet {
				has = []string{d.Kind}
			}
			if !slices.ContainsFunc(has, func(v string) bool { return slices.Contains(values, v) }) {
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

// differs tells how a result differs from what the formula says; empty when it does not.
func (o *oracle) differs(q Query, got Result) string {
	found, counts := o.answer(q, &got.Asked)
	var want []Hit
	for _, p := range found[:min(len(found), limitOf(q.Limit))] {
		want = append(want, Hit{Kind: p.key.Kind, ID: p.key.ID, Score: p.score})
	}
	hits := slices.Clone(got.Hits)
	for i := range hits {
		hits[i].Why = nil
	}
	if diff := gocmp.Diff(want, hits); diff != "" {
		return diff
	}
	if q.Quiet {
		if got.Total != len(got.Hits) && got.Total != len(found) {
			return gocmp.Diff(len(found), got.Total)
		}
		return ""
	}
	if got.Total != len(found) {
		return gocmp.Diff(len(found), got.Total)
	}
	told := map[string]map[string]int{}
	for key, values := range got.Facets {
		told[key] = map[string]int{}
		for i, v := range values {
			told[key][v.Value] = v.Count
			if i > 0 && cmp.Or(cmp.Compare(values[i-1].Count, v.Count), cmp.Compare(v.Value, values[i-1].Value)) < 0 {
				return "facets are out of order"
			}
		}
	}
	return gocmp.Diff(counts, told)
}
