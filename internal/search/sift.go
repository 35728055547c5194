package search

import (
	"cmp"
	"math/bits"
	"slices"
)

// sieve applies the filters and bounds of a query, and counts the facets: each facet is counted over
// the listings that pass all other filters.
type sieve struct {
	body    *body
	passes  []uint64 // value number -> the filters that it satisfies, one bit each
	keyBit  []uint64 // facet number -> the bit of its filter, 0 when there is none
	all     uint64
	bounds  []bounded
	counts  []int32
	counted []bool // facet number
	quiet   bool   // nothing is counted
}

type bounded struct {
	figure Figure
	Bound
}

// Filters beyond that many facets are taken as one that nothing satisfies.
const mostFilters = 63

func (x *body) sieve(q *Query, typed map[string][]string) *sieve {
	f := &x.facets
	s := &sieve{
		body: x, passes: make([]uint64, len(f.values)), keyBit: make([]uint64, len(f.keys)),
		counts: make([]int32, len(f.values)), counted: make([]bool, len(f.keys)), quiet: q.Quiet,
	}
	for k, key := range f.keys {
		s.counted[k] = q.Facets == nil || slices.Contains(q.Facets, key)
	}
	for _, filters := range []map[string][]string{q.Filters, typed} {
		for key, values := range filters {
			s.filter(key, values)
		}
	}
	for figure, bound := range q.Bounds {
		s.bounds = append(s.bounds, bounded{figure, bound})
	}
	return s
}

func (s *sieve) filter(key string, values []string) {
	if len(values) == 0 {
		return
	}
	n := bits.Len64(s.all)
	bit := uint64(1) << min(n, mostFilters)
	s.all |= bit
	if n >= mostFilters {
		return
	}
	if k, ok := s.body.facets.byKey[key]; ok {
		s.keyBit[k] |= bit
	}
	for _, value := range values {
		if v, ok := s.body.facets.byPair[[2]string{key, value}]; ok {
			s.passes[v] |= bit
		}
	}
}

// keeps counts a listing that was found, and reports whether it passes.
func (s *sieve) keeps(slot uint32) bool {
	if !s.within(slot) {
		return false
	}
	if s.quiet && s.all == 0 {
		return true
	}
	run := s.body.facets.of(slot)
	var passed uint64
	for _, v := range run {
		passed |= s.passes[v]
	}
	failed := s.all &^ passed
	if s.quiet || bits.OnesCount64(failed) > 1 {
		return failed == 0
	}
	for _, v := range run {
		if failed == 0 || s.keyBit[s.body.facets.keyOf[v]]&failed != 0 {
			s.counts[v]++
		}
	}
	return failed == 0
}

func (s *sieve) within(slot uint32) bool {
	for _, b := range s.bounds {
		if !b.Holds(s.body.figure(b.figure, slot)) {
			return false
		}
	}
	return true
}

func (x *body) figure(f Figure, slot uint32) int64 {
	switch f {
	case Published:
		return x.sorts[slot].published
	case TRL:
		return x.sorts[slot].trl
	case Price:
		return x.sorts[slot].price
	}
	return 0
}

// facetCounts returns the counts, most first.
func (s *sieve) facetCounts() map[string][]FacetCount {
	f := &s.body.facets
	out := map[string][]FacetCount{}
	for v, n := range s.counts {
		if k := f.keyOf[v]; n > 0 && s.counted[k] {
			out[f.keys[k]] = append(out[f.keys[k]], FacetCount{f.values[v], int(n)})
		}
	}
	for _, counts := range out {
		slices.SortFunc(counts, func(a, b FacetCount) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
		})
	}
	return out
}
