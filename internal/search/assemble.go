package search

import (
	"runtime"
	"slices"
	"sync"
)

// assemble makes a segment of chunks, all of which but the last are full, and returns the slots that
// are dead because their listing came again behind them.
func assemble(chunks []*chunk, known []*lexeme) (*segment, []uint32) {
	slots := 0
	for _, c := range chunks {
		slots += len(c.records)
	}
	s := newSegment(slots)
	var crew sync.WaitGroup
	var dead []uint32
	crew.Go(func() {
		for _, c := range chunks {
			for i := range c.records {
				if older, twice := s.take(&c.records[i]); twice {
					dead = append(dead, older)
				}
			}
		}
		s.facets.done()
		s.cards.done()
	})
	s.lists = listsOf(chunks, slots)
	crew.Wait()
	s.words = newWords(known, s.lists)
	return s, dead
}

// listsOf writes the lists of all terms, a share of the groups by each processor.
func listsOf(chunks []*chunk, slots int) *lists {
	workers := 1
	if slots > windowSlots {
		workers = min(2*runtime.GOMAXPROCS(0), chunkGroups)
	}
	parts := make([]*lists, workers)
	gate := make(chan struct{}, runtime.GOMAXPROCS(0))
	var crew sync.WaitGroup
	for n := range workers {
		crew.Go(func() {
			gate <- struct{}{}
			parts[n] = newLists(slots)
			a := assembler{chunks: chunks, out: parts[n]}
			for g := n * chunkGroups / workers; g < (n+1)*chunkGroups/workers; g++ {
				a.group(g)
			}
			<-gate
		})
	}
	crew.Wait()
	return joined(parts, slots)
}

// assembler writes the lists of groups of terms, one group after the other.
type assembler struct {
	chunks []*chunk
	out    *lists
	table  []uint32 // hash table: number of a term, and 1 more
	keys   []uint64 // of each term its key below the group,
	counts []uint32 // and how many listings have it; later where its next hit goes
	terms  []uint32 // of each hit, as they come, the number of its term
	order  []uint32
	hits   []hit
}

// group counts the hits of each term, orders the terms, and writes the hits behind one another.
func (a *assembler) group(g int) {
	a.count(g)
	a.order = a.order[:0]
	for n := range a.keys {
		a.order = append(a.order, uint32(n))
	}
	slices.SortFunc(a.order, func(x, y uint32) int {
		if a.keys[x] < a.keys[y] {
			return -1
		}
		return 1
	})
	sum := uint32(0)
	for _, n := range a.order {
		sum, a.counts[n] = sum+a.counts[n], sum
	}
	a.hits = slices.Grow(a.hits[:0], int(sum))[:sum]
	at, first := 0, uint32(0)
	for i, c := range a.chunks {
		first = uint32(i*chunkSize) &^ inWindow << slotShift
		for _, t := range c.terms[c.start[g]:c.start[g+1]] {
			n := a.terms[at]
			a.hits[a.counts[n]] = hit(first | uint32(t)&(1<<termShift-1))
			a.counts[n]++
			at++
		}
	}
	from := uint32(0)
	for _, n := range a.order {
		to := a.counts[n]
		a.out.add(uint64(g)<<groupShift|a.keys[n], a.hits[from:to])
		from = to
	}
}

func (a *assembler) count(g int) {
	a.keys, a.counts, a.terms = a.keys[:0], a.counts[:0], a.terms[:0]
	clear(a.table)
	for _, c := range a.chunks {
		for _, t := range c.terms[c.start[g]:c.start[g+1]] {
			if 2*len(a.keys) >= len(a.table) {
				a.grow()
			}
			key := t >> termShift
			at := a.place(key)
			n := a.table[at]
			if n == 0 {
				a.keys, a.counts = append(a.keys, key), append(a.counts, 0)
				n = uint32(len(a.keys))
				a.table[at] = n
			}
			a.counts[n-1]++
			a.terms = append(a.terms, n-1)
		}
	}
}

func (a *assembler) place(key uint64) uint64 {
	last := uint64(len(a.table) - 1)
	at := key & last
	for n := a.table[at]; n != 0 && a.keys[n-1] != key; n = a.table[at] {
		at = (at + 1) & last
	}
	return at
}

func (a *assembler) grow() {
	a.table = make([]uint32, max(1024, 2*len(a.table)))
	for n, key := range a.keys {
		a.table[a.place(key)] = uint32(n + 1)
	}
}
