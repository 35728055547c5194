package search

import "chonoi/internal/lang"

// segment holds listings in slots and is never changed once it is made, but for Load's own while it
// is being made.
type segment struct {
	*lists
	words  words
	facets facets
	cards  cards
	table  []uint32 // hash table of the keys: slot, and 1 more; 0 is empty
}

// sorts are the figures of a listing; 0 is not told.
type sorts struct{ published, trl, price int64 }

func sortsOf(d *Doc) sorts { return sorts{d.Published, d.TRL, d.Price} }

func (s sorts) figure(f Figure) int64 {
	switch f {
	case Published:
		return s.published
	case TRL:
		return s.trl
	case Price:
		return s.price
	}
	return 0
}

// record is what is kept of a listing besides its terms.
type record struct {
	key    Key
	sorts  sorts
	title  lang.Both
	values []facetValue
}

func recordOf(d *Doc) record {
	return record{key: d.Key(), sorts: sortsOf(d), title: d.Fields[Title], values: facetValuesOf(d)}
}

func newSegment(slots int) *segment {
	return &segment{
		facets: newFacets(slots), cards: newCards(slots), table: make([]uint32, tableSize(slots)),
	}
}

// slots returns how many listings the segment holds, dead or alive.
func (s *segment) slots() int { return s.cards.len() }

// take gives a listing the next slot. When its key has a slot already, that one is returned and the
// key leads to the new one.
func (s *segment) take(r *record) (older uint32, twice bool) {
	slot := uint32(s.slots())
	s.cards.add(r)
	s.facets.add(r.values)
	at := s.place(r.key)
	older, twice = s.table[at]-1, s.table[at] != 0
	s.table[at] = slot + 1
	return older, twice
}

// place returns where in the table a key is or would be.
func (s *segment) place(k Key) uint64 {
	last := uint64(len(s.table) - 1)
	at := hashOf(hashOf(wordSeed, k.Kind), k.ID) & last
	for s.table[at] != 0 && !s.cards.holds(s.table[at]-1, k) {
		at = (at + 1) & last
	}
	return at
}

// slotOf returns the slot of a listing, dead or alive.
func (s *segment) slotOf(k Key) (uint32, bool) {
	n := s.table[s.place(k)]
	return n - 1, n != 0
}
