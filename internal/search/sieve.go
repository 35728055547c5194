package search

import (
	"cmp"
	"slices"
)

// sieve applies the filters and bounds of a query, and counts the facets: each facet is counted over
// the listings that pass all other filters.
type sieve struct {
	filters []filter
	bounds  []bounded
	facets  []string // to be counted; nil counts all
	total   int
	counts  map[facetValue]int // nil counts nothing but the total
}

// filter keeps listings that have one of the values of a facet.
type filter struct {
	key    string
	values []string
}

type bounded struct {
	figure Figure
	Bound
}

func newSieve(q *Query, typed map[string][]string) *sieve {
	s := &sieve{facets: q.Facets}
	for _, filters := range []map[string][]string{q.Filters, typed} {
		for key, values := range filters {
			if len(values) > 0 {
				s.filters = append(s.filters, filter{key, values})
			}
		}
	}
	for figure, bound := range q.Bounds {
		s.bounds = append(s.bounds, bounded{figure, bound})
	}
	if !q.Quiet {
		s.counts = map[facetValue]int{}
	}
	return s
}

// set returns the listings of a part that pass one filter.
func (f *filter) set(part *part) bitmap {
	out := newBitmap(part.slots())
	for _, value := range f.values {
		if n, ok := part.facets.number[facetValue{f.key, value}]; ok {
			part.facets.of[n].mark(out)
		}
	}
	return out
}

// passes returns the listings of a part that pass all filters; nil when there are none.
func (s *sieve) passes(part *part) bitmap {
	var out bitmap
	for i := range s.filters {
		set := s.filters[i].set(part)
		if out != nil {
			set.and(out)
		}
		out = set
	}
	return out
}

func (s *sieve) within(figures sorts) bool {
	for _, b := range s.bounds {
		if !b.Holds(figures.figure(b.figure)) {
			return false
		}
	}
	return true
}

// keep takes out of what was found in a part what does not pass, and counts it and the facets.
func (s *sieve) keep(part *part, found bitmap) {
	if len(s.bounds) > 0 {
		found.each(func(slot uint32) {
			if !s.within(part.cards.sorts(slot)) {
				found[slot>>6] &^= 1 << (slot & 63)
			}
		})
	}
	if s.counts == nil && len(s.filters) == 0 {
		s.total += found.count()
		return
	}
	sets := make([]bitmap, len(s.filters))
	for i := range s.filters {
		sets[i] = s.filters[i].set(part)
	}
	if s.counts != nil {
		s.countOthers(part, found, sets)
	}
	for _, set := range sets {
		found.and(set)
	}
	s.total += found.count()
	if s.counts != nil {
		s.count(part, found, s.facets)
	}
}

// countOthers counts, for the facet of each filter, the listings that fail that filter alone.
func (s *sieve) countOthers(part *part, found bitmap, sets []bitmap) {
	for i, f := range s.filters {
		if s.facets != nil && !slices.Contains(s.facets, f.key) {
			continue
		}
		only := slices.Clone(found)
		only.without(sets[i])
		for j, set := range sets {
			if j != i {
				only.and(set)
			}
		}
		s.count(part, only, []string{f.key})
	}
}

// countCost is about how many words of a set are gone through in the time of counting one listing.
const countCost = 12

// count counts the values of the listings of a set, those of some facets or, with nil, of all.
func (s *sieve) count(part *part, set bitmap, of []string) {
	f := &part.facets
	n := set.count()
	if n == 0 {
		return
	}
	if runs := f.told / max(1, part.slots()); n*(runs+1)*countCost/8 > len(f.values)*len(set)/16 {
		for v := range f.values {
			if of == nil || slices.Contains(of, f.values[v].key) {
				s.add(f.values[v], f.of[v].within(set))
			}
		}
		return
	}
	counts := make([]int32, len(f.values))
	set.each(func(slot uint32) {
		for v := range f.run(slot) {
			counts[v]++
		}
	})
	for v, n := range counts {
		if n > 0 && (of == nil || slices.Contains(of, f.values[v].key)) {
			s.add(f.values[v], int(n))
		}
	}
}

func (s *sieve) add(v facetValue, n int) {
	if n > 0 {
		s.counts[v] += n
	}
}

// keepsHead reports whether a listing of the head passes all filters and bounds.
func (s *sieve) keepsHead(d *headDoc) bool {
	return s.within(d.sorts) && !slices.ContainsFunc(s.filters, func(f filter) bool { return !f.keeps(d) })
}

func (f *filter) keeps(d *headDoc) bool {
	return slices.ContainsFunc(d.values, func(v facetValue) bool {
		return v.key == f.key && slices.Contains(f.values, v.value)
	})
}

// countHead counts a listing of the head that was found; it reports whether it passes.
func (s *sieve) countHead(d *headDoc) bool {
	if !s.within(d.sorts) {
		return false
	}
	var failed []string
	for i := range s.filters {
		if !s.filters[i].keeps(d) {
			failed = append(failed, s.filters[i].key)
		}
	}
	if len(failed) == 0 {
		s.total++
	}
	if s.counts == nil || len(failed) > 1 {
		return len(failed) == 0
	}
	for _, v := range d.values {
		if (len(failed) == 0 || failed[0] == v.key) && (s.facets == nil || slices.Contains(s.facets, v.key)) {
			s.counts[v]++
		}
	}
	return len(failed) == 0
}

// facetCounts returns the counts, most first.
func (s *sieve) facetCounts() map[string][]FacetCount {
	out := map[string][]FacetCount{}
	for v, n := range s.counts {
		out[v.key] = append(out[v.key], FacetCount{v.value, n})
	}
	for _, counts := range out {
		slices.SortFunc(counts, func(a, b FacetCount) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
		})
	}
	return out
}
