package search

import (
	"math/bits"
	"slices"
	"sort"
)

// head holds the listings that came last, each with its own terms, until they are enough for a
// segment. A head is never changed: the next one may share what it has, and hold more behind it.
type head struct {
	docs  []*headDoc
	words []*lexeme // all that stand in docs, and maybe some that did
	folds []uint64  // of words
}

// headDoc is a listing of the head.
type headDoc struct {
	record
	entries []entry // in the order of keys
}

// mostHead is the most listings of a head: each search reads all of it.
const mostHead = 256

// find returns the hit of a key.
func (d *headDoc) find(key uint64) (hit, bool) {
	i := sort.Search(len(d.entries), func(i int) bool { return d.entries[i].key() >= key })
	if i < len(d.entries) && d.entries[i].key() == key {
		return d.entries[i].at(0), true
	}
	return 0, false
}

func newHeadDoc(d *Doc, entries []entry) *headDoc {
	out := &headDoc{record: recordOf(d), entries: slices.Clone(entries)}
	slices.Sort(out.entries)
	return out
}

// with returns the head with one listing more. It is for the one writer only, and once for each head.
func (h head) with(d *headDoc, words []*lexeme, seen map[*lexeme]bool) head {
	h.docs = append(h.docs, d)
	for _, w := range words {
		if !seen[w] {
			seen[w] = true
			h.words, h.folds = append(h.words, w), append(h.folds, w.fold)
		}
	}
	return h
}

// without returns the head without a listing.
func (h head) without(k Key) (head, bool) {
	i := slices.IndexFunc(h.docs, func(d *headDoc) bool { return d.key == k })
	if i < 0 {
		return h, false
	}
	docs := make([]*headDoc, 0, cap(h.docs))
	h.docs = append(append(docs, h.docs[:i]...), h.docs[i+1:]...)
	return h, true
}

// segment makes a segment of the head.
func (h head) segment() *segment {
	var maker chunker
	c := &chunk{records: make([]record, len(h.docs))}
	for i, d := range h.docs {
		c.records[i] = d.record
		maker.add(d.entries, uint32(i))
	}
	maker.end(c)
	s, _ := assemble([]*chunk{c}, slices.Clone(h.words))
	return s
}

// keySet tells quickly that most keys are not in it.
type keySet [1024]uint64

func (s *keySet) add(key uint64)      { s[key>>6&1023] |= 1 << (key & 63) }
func (s *keySet) has(key uint64) bool { return s[key>>6&1023]>>(key&63)&1 != 0 }

// bitsOf calls yield with each slot of a set.
func (b bitmap) each(yield func(slot uint32)) {
	for i, word := range b {
		for ; word != 0; word &= word - 1 {
			yield(uint32(i*64 + bits.TrailingZeros64(word)))
		}
	}
}
