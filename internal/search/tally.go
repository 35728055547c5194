package search

import "math"

// tally adds up how much the listing at hand has of each term, in each tongue. There are too many
// pairs to have a place for each, so a small hash table holds the terms of the listing.
type tally struct {
	seen  []tallied
	table []uint32 // number in seen, and 1 more; 0 is empty; its size is a power of two
}

// tallied is a term of the listing at hand.
type tallied struct {
	key    uint64
	tf     [2]uint16 // in eighths of an occurrence in the text, vi and en
	fields uint8     // bit 1<<Field
	pair   bool
}

const smallestTable = 512

// add counts an occurrence; it reports whether it is the first of its term.
func (t *tally) add(key uint64, tongue int, weight uint16, fields uint8, pair bool) bool {
	if 2*len(t.seen) >= len(t.table) {
		t.grow()
	}
	at := t.find(key)
	n := t.table[at]
	if n != 0 {
		e := &t.seen[n-1]
		e.tf[tongue] = added(e.tf[tongue], weight)
		e.fields |= fields
		return false
	}
	e := tallied{key: key, fields: fields, pair: pair}
	e.tf[tongue] = weight
	t.seen = append(t.seen, e)
	t.table[at] = uint32(len(t.seen))
	return true
}

// added adds to a weight, which stays where it can grow no more.
func added(sum, weight uint16) uint16 {
	if sum <= math.MaxUint16-weight {
		return sum + weight
	}
	return sum
}

// find returns where in the table a term is or would be.
func (t *tally) find(key uint64) uint64 {
	last := uint64(len(t.table) - 1)
	at := key & last
	for n := t.table[at]; n != 0 && t.seen[n-1].key != key; n = t.table[at] {
		at = (at + 1) & last
	}
	return at
}

func (t *tally) grow() {
	t.table = make([]uint32, max(smallestTable, 2*len(t.table)))
	for i := range t.seen {
		t.table[t.find(t.seen[i].key)] = uint32(i + 1)
	}
}

// empty makes the tally ready for the next listing. What a giant took is given back.
func (t *tally) empty() {
	if len(t.table) > 8*smallestTable {
		*t = tally{}
		return
	}
	t.seen = t.seen[:0]
	clear(t.table)
}
