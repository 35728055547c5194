package search

import (
	"math"
	"math/bits"
	"slices"
)

// Small segments are merged behind the back of all who search and write, so that there are never
// many, and dead slots are left out on the way.
const (
	tierWidth = 8 // so many segments of like size become one
	deadShare = 4 // a segment of which one slot in so many is dead is written anew
)

// merge sets somebody to merge when there is something to merge and nobody does; the writer holds
// the lock.
func (x *Index) merge() {
	if x.merging || len(toMerge(x.now.Load().parts)) == 0 {
		return
	}
	x.merging = true
	x.merger.Go(func() {
		for x.mergeOnce() {
		}
	})
}

// mergeOnce merges some segments; it reports whether to go on.
func (x *Index) mergeOnce() bool {
	x.writing.Lock()
	old := toMerge(x.now.Load().parts)
	x.merging = len(old) > 0
	x.writing.Unlock()
	if len(old) == 0 {
		return false
	}
	merged, moved := mergeParts(old)
	x.writing.Lock()
	defer x.writing.Unlock()
	next := x.now.Load().next()
	if next.replace(old, merged, moved) {
		x.now.Store(next)
	}
	return true
}

// toMerge chooses the segments to be merged next.
func toMerge(parts []*part) []*part {
	for _, p := range parts {
		if p.gone > 0 && p.gone*deadShare >= p.slots() {
			return []*part{p}
		}
	}
	var tiers [32][]*part
	for _, p := range parts {
		n := tierOf(p.liveCount())
		tiers[n] = append(tiers[n], p)
		if len(tiers[n]) < tierWidth {
			continue
		}
		room := segmentRoom
		for _, q := range tiers[n] {
			room -= q.liveCount()
		}
		if room >= 0 {
			return tiers[n]
		}
		tiers[n] = tiers[n][1:]
	}
	return nil
}

func tierOf(slots int) int { return bits.Len(uint(slots/mostHead)) / 3 }

const nowhere = math.MaxUint32

// mergeParts makes one part of several, without their dead slots; moved tells where each slot went.
func mergeParts(old []*part) (merged *part, moved [][]uint32) {
	slots := 0
	for _, p := range old {
		slots += p.liveCount()
	}
	s := newSegment(slots)
	var known []*lexeme
	for _, p := range old {
		to := make([]uint32, p.slots())
		for slot := range to {
			to[slot] = nowhere
			if p.live(uint32(slot)) {
				to[slot] = uint32(s.slots())
				r := p.record(uint32(slot))
				s.take(&r)
			}
		}
		moved = append(moved, to)
		known = append(known, p.words.all...)
	}
	s.facets.done()
	s.cards.done()
	s.lists = mergeLists(old, moved, slots)
	s.words = newWords(known, s.lists)
	return newPart(s, nil), moved
}

// record returns what is kept of a listing.
func (s *segment) record(slot uint32) record {
	r := record{key: s.cards.key(slot), sorts: s.cards.sorts(slot), title: s.cards.title(slot)}
	for n := range s.facets.run(slot) {
		r.values = append(r.values, s.facets.values[n])
	}
	return r
}

// reel goes through the lists of a part in the order of their keys.
type reel struct {
	part *part
	n    int
	top  int
	key  uint64
}

func (r *reel) next() {
	r.n++
	r.set()
}

func (r *reel) set() {
	r.key = math.MaxUint64
	if r.n < len(r.part.low) {
		r.key = r.part.lists.key(r.n, &r.top)
	}
}

func mergeLists(old []*part, moved [][]uint32, slots int) *lists {
	out := newLists(slots)
	reels := make([]reel, len(old))
	for i, p := range old {
		reels[i].part = p
		reels[i].set()
	}
	var hits, some []hit
	for {
		key := uint64(math.MaxUint64)
		for i := range reels {
			key = min(key, reels[i].key)
		}
		if key == math.MaxUint64 {
			break
		}
		hits = hits[:0]
		for i := range reels {
			if r := &reels[i]; r.key == key {
				some = r.part.list(r.n).all(some[:0])
				for _, h := range some {
					if slot := moved[i][h.slot()]; slot != nowhere {
						hits = append(hits, newHit(slot, h.fields(), h.impact()))
					}
				}
				r.next()
			}
		}
		if len(hits) > 0 {
			out.add(key, hits)
		}
	}
	out.done()
	return out
}

// replace puts a merged part in the place of those that it was made of. What died in them meanwhile
// dies in it. It reports false when they are there no more, because all was loaded anew.
func (v *snapshot) replace(old []*part, merged *part, moved [][]uint32) bool {
	for i, before := range old {
		n := slices.IndexFunc(v.parts, func(p *part) bool { return p.segment == before.segment })
		if n < 0 {
			return false
		}
		for slot, to := range moved[i] {
			if to != nowhere && v.parts[n].gone > before.gone && !v.parts[n].live(uint32(slot)) {
				merged.kill(to)
			}
		}
	}
	at := slices.IndexFunc(v.parts, func(p *part) bool { return p.segment == old[0].segment })
	v.parts[at] = merged
	for _, before := range old[1:] {
		v.parts = slices.DeleteFunc(v.parts, func(p *part) bool { return p.segment == before.segment })
	}
	if merged.liveCount() == 0 {
		v.parts = slices.DeleteFunc(v.parts, func(p *part) bool { return p == merged })
	}
	return true
}
