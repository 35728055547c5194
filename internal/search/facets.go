package search

import (
	"encoding/binary"
	"iter"
	"slices"
)

// facetValue is a code value of a listing, such as subject agri.
type facetValue struct{ key, value string }

// facetValuesOf returns the code values of a listing, each once, the kind first.
func facetValuesOf(d *Doc) []facetValue {
	out := make([]facetValue, 1, len(d.Facets)+2)
	out[0] = facetValue{kindFacet, d.Kind}
	for key, values := range d.Facets {
		if key == kindFacet {
			continue
		}
		for _, value := range values {
			if v := (facetValue{key, value}); !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
	}
	return out
}

// facets holds the code values of the listings of a segment: of each listing its values, and of each
// value its listings.
type facets struct {
	values []facetValue
	number map[facetValue]uint32
	start  []uint32 // slot -> where its run begins; one more than there are slots
	runs   []byte   // value numbers, 7 bits a byte
	of     []valueSet
	told   int // values of all listings
}

// valueSet is the set of listings that have a value: bits when they are many, else slots in order.
type valueSet struct {
	bits  bitmap
	slots []uint32
	count int
}

// A set is kept as bits when it holds at least one listing in so many.
const bitsShare = 32

func newFacets(slots int) facets {
	return facets{number: map[facetValue]uint32{}, start: append(make([]uint32, 0, slots+1), 0)}
}

// add appends the run of the next slot.
func (f *facets) add(values []facetValue) {
	for _, v := range values {
		n, ok := f.number[v]
		if !ok {
			n = uint32(len(f.values))
			f.number[v] = n
			f.values = append(f.values, v)
			f.of = append(f.of, valueSet{})
		}
		f.of[n].count++
		f.runs = binary.AppendUvarint(f.runs, uint64(n))
		f.told++
	}
	f.start = append(f.start, uint32(len(f.runs)))
}

// done makes the sets once all slots have their runs.
func (f *facets) done() {
	slots := len(f.start) - 1
	f.runs = slices.Clip(f.runs)
	for n := range f.of {
		if s := &f.of[n]; s.count*bitsShare >= slots && slots >= windowSlots/8 {
			s.bits = newBitmap(slots)
		} else {
			s.slots = make([]uint32, 0, s.count)
		}
	}
	for slot := range uint32(slots) {
		for n := range f.run(slot) {
			if s := &f.of[n]; s.bits != nil {
				s.bits.set(slot)
			} else {
				s.slots = append(s.slots, slot)
			}
		}
	}
}

// run yields the value numbers of a slot.
func (f *facets) run(slot uint32) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for run := f.runs[f.start[slot]:f.start[slot+1]]; len(run) > 0; {
			n, size := binary.Uvarint(run)
			if !yield(uint32(n)) {
				return
			}
			run = run[size:]
		}
	}
}

// mark adds the listings of a value to a set.
func (s *valueSet) mark(set bitmap) {
	if s.bits != nil {
		set.or(s.bits)
		return
	}
	for _, slot := range s.slots {
		set.set(slot)
	}
}

// within counts the listings of a value that are in a set.
func (s *valueSet) within(set bitmap) (n int) {
	if s.bits != nil {
		return s.bits.shared(set)
	}
	for _, slot := range s.slots {
		if set.has(slot) {
			n++
		}
	}
	return n
}

func (f *facets) bytes() int64 {
	n := sizeOf(f.start) + sizeOf(f.runs) + sizeOf(f.of) + int64(float64(len(f.values))*mapSpread*68)
	for i := range f.of {
		n += sizeOf(f.of[i].bits) + sizeOf(f.of[i].slots)
	}
	return n
}
