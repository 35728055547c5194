package search

import "math"

// tally adds up how much the listing at hand has of each term.
type tally struct {
	of   []entry // by term
	seen []int32
}

func (t *tally) add(term int32, f Field) {
	e := &t.of[term]
	if e.fields == 0 {
		t.seen = append(t.seen, term)
	}
	e.weight, e.fields = added(e.weight, f), e.fields|1<<f
}

// pour appends what was tallied, in the order in which it was met, and empties the tally.
func (t *tally) pour(to []entry) []entry {
	for _, term := range t.seen {
		e := &t.of[term]
		to = append(to, *e)
		e.weight, e.fields = 0, 0
	}
	t.seen = t.seen[:0]
	return to
}

// added adds an occurrence in a field to a weight, which stays where it can grow no more.
func added(weight uint16, f Field) uint16 {
	if weight <= math.MaxUint16-fieldWeight[f] {
		return weight + fieldWeight[f]
	}
	return weight
}

// pairTally adds up how much the listing at hand has of each pair. There are too many pairs to have
// a place for each, so a small hash table holds those of the listing.
type pairTally struct {
	seen  []pairEntry
	table []uint32 // number in seen, and 1 more; 0 is empty; its size is a power of two
}

func (t *pairTally) add(key uint64, f Field) {
	if 2*len(t.seen) >= len(t.table) {
		t.grow()
	}
	at := t.find(key)
	n := t.table[at]
	if n == 0 {
		t.seen = append(t.seen, pairEntry{key: key})
		n = uint32(len(t.seen))
		t.table[at] = n
	}
	e := &t.seen[n-1]
	e.weight, e.fields = added(e.weight, f), e.fields|1<<f
}

// find returns where in the table a pair is or would be.
func (t *pairTally) find(key uint64) uint64 {
	last := uint64(len(t.table) - 1)
	at := scattered(key) & last
	for n := t.table[at]; n != 0 && t.seen[n-1].key != key; n = t.table[at] {
		at = (at + 1) & last
	}
	return at
}

func (t *pairTally) grow() {
	t.table = make([]uint32, max(512, 2*len(t.table)))
	for i := range t.seen {
		t.table[t.find(t.seen[i].key)] = uint32(i + 1)
	}
}

// pour appends what was tallied, in the order in which it was met, and empties the tally.
func (t *pairTally) pour(to []pairEntry) []pairEntry {
	to = append(to, t.seen...)
	t.seen = t.seen[:0]
	clear(t.table)
	return to
}
