package search

import "slices"

// pairs numbers the pairs of folded words that stand side by side somewhere. It is a hash table of
// its own, for there are millions and a map of Go takes twice the time and room.
type pairs struct {
	keys  []uint64 // by number
	table []uint32 // number, and 1 more; 0 is empty; its size is a power of two
}

func pairKey(first, second int32) uint64 { return uint64(uint32(first))<<32 | uint64(uint32(second)) }

// scattered spreads the bits of a key, the best to the lowest.
func scattered(key uint64) uint64 {
	key *= 0x9E3779B97F4A7C15
	return key ^ key>>32
}

// number returns the number of a pair; a new pair gets the next one.
func (p *pairs) number(key uint64) int32 {
	if 4*len(p.keys) >= 3*len(p.table) {
		p.grow()
	}
	at := p.place(key)
	if p.table[at] == 0 {
		p.keys = append(p.keys, key)
		p.table[at] = uint32(len(p.keys))
	}
	return int32(p.table[at]) - 1
}

// find returns the number of a pair that is there.
func (p *pairs) find(key uint64) (int32, bool) {
	if len(p.table) == 0 {
		return 0, false
	}
	n := p.table[p.place(key)]
	return int32(n) - 1, n != 0
}

// place returns where in the table a pair is or would be.
func (p *pairs) place(key uint64) uint64 {
	last := uint64(len(p.table) - 1)
	at := scattered(key) & last
	for n := p.table[at]; n != 0 && p.keys[n-1] != key; n = p.table[at] {
		at = (at + 1) & last
	}
	return at
}

func (p *pairs) grow() {
	p.table = make([]uint32, max(1024, 2*len(p.table)))
	p.keys = slices.Grow(p.keys, len(p.table)*3/4-len(p.keys))
	for i, key := range p.keys {
		p.table[p.place(key)] = uint32(i + 1)
	}
}
