package search

import (
	"maps"
	"slices"
)

// facets holds the code values of all listings as numbers, one run for each slot.
type facets struct {
	keys   []string
	keyOf  []int32 // value number -> key number
	values []string
	byKey  map[string]int32
	byPair map[[2]string]int32
	start  []uint32 // slot -> where its run begins; one more than there are slots
	runs   []int32
}

func newFacets() facets {
	return facets{byKey: map[string]int32{}, byPair: map[[2]string]int32{}, start: []uint32{0}}
}

// of returns the value numbers of a slot.
func (f *facets) of(slot uint32) []int32 { return f.runs[f.start[slot]:f.start[slot+1]] }

// add appends the run of the next slot.
func (f *facets) add(d *Doc) {
	from := len(f.runs)
	f.runs = append(f.runs, f.number(kindFacet, d.Kind))
	for _, key := range slices.Sorted(maps.Keys(d.Facets)) {
		if key == kindFacet {
			continue
		}
		for _, value := range d.Facets[key] {
			if n := f.number(key, value); !slices.Contains(f.runs[from:], n) {
				f.runs = append(f.runs, n)
			}
		}
	}
	f.start = append(f.start, uint32(len(f.runs)))
}

func (f *facets) number(key, value string) int32 {
	if n, ok := f.byPair[[2]string{key, value}]; ok {
		return n
	}
	k, ok := f.byKey[key]
	if !ok {
		k = int32(len(f.keys))
		f.keys = append(f.keys, key)
		f.byKey[key] = k
	}
	n := int32(len(f.values))
	f.values = append(f.values, value)
	f.keyOf = append(f.keyOf, k)
	f.byPair[[2]string{key, value}] = n
	return n
}

// has reports whether a listing was ever put with that value.
func (f *facets) has(key, value string) bool {
	_, ok := f.byPair[[2]string{key, value}]
	return ok
}
