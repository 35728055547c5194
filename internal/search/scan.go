package search

import "math/bits"

// sums are the points of the listings of one window.
type sums [windowSlots]uint32

// scan is the reading of one part for one query, window after window.
//
// The short lists of a query are few hits: they are added always. The large ones stand in the order of
// what they can give at most. Once enough good listings are known, those that stand only in the last
// lists cannot come among them any more; so the last ones are not added but looked into, for the
// listings that the others brought and that can still make it. A list that is shorter than the looks
// into it would be is added after all.
type scan struct {
	part    *part
	readers []reader
	rest    []uint32 // of each list what it and those behind it can give at most
	first   int      // lists that are added in any case
	from    []uint32 // window -> its spots; one more than there are windows
	spots   []spot
	allowed bitmap // what has all that must occur and nothing that must not; nil allows all
	passes  bitmap // what passes the filters; nil passes all
}

// reader is a large list with what its impacts are worth.
type reader struct {
	*large
	points, bound uint32
}

// spot is a hit of a short list.
type spot struct{ slot, points uint32 }

// The last lists are those that can give less than this part of what is needed. CPU ms of a whole need at
// 1,000,000 listings when they can give a half, 6 or 7 tenths, nearly all: 5.3, 5.6, 6.2, 13; short
// queries 1.15, 1.05, .88.
const restShare = 2

// lookCost is how many hits are added in the time of one look into a long list, or a broad one.
const (
	lookCost      = 16
	broadLookCost = 3
)

// add adds the whole list to the sums of a window.
func (r *reader) add(to *sums, w int) {
	first, last := r.from[w], r.from[w+1]
	impacts, points := r.impacts[first:last], r.points
	if r.bits == nil {
		slots := r.slots[first:last]
		impacts = impacts[:len(slots)]
		for i, s := range slots {
			to[s&inWindow] += points * uint32(impacts[i])
		}
		return
	}
	n := 0
	for i, word := range r.bits[w*windowWords : (w+1)*windowWords] {
		for at := i * 64; word != 0; word &= word - 1 {
			to[(at+bits.TrailingZeros64(word))&inWindow] += points * uint32(impacts[n])
			n++
		}
	}
}

// look adds the list to the sums of some slots only.
func (r *reader) look(to *sums, w int, some []uint16) {
	first, last := r.from[w], r.from[w+1]
	impacts := r.impacts[first:last]
	if r.bits == nil {
		slots := r.slots[first:last]
		for _, s := range some {
			if n := searchSlot(slots, s); n < len(slots) && slots[n]&inWindow == s {
				to[s&inWindow] += r.points * uint32(impacts[n])
			}
		}
		return
	}
	words, rank := r.bits[w*windowWords:(w+1)*windowWords], r.rank[w*windowWords:(w+1)*windowWords]
	for _, s := range some {
		if word := words[s>>6]; word>>(s&63)&1 != 0 {
			n := int(rank[s>>6]) + bits.OnesCount64(word&(1<<(s&63)-1))
			to[s&inWindow] += r.points * uint32(impacts[n])
		}
	}
}

func (r *reader) lookCost() int {
	if r.bits != nil {
		return broadLookCost
	}
	return lookCost
}

// desk is the room for reading one window.
type desk struct {
	sums sums
	seen [windowWords]uint64
	some []uint16
}

// window finds the listings of a window that have at least need points, and calls yield with each;
// yield returns what is needed from then on, never less.
func (s *scan) window(d *desk, w int, need uint32, yield func(slot, points uint32) uint32) uint32 {
	for s.first > 0 && s.rest[s.first-1] < need/restShare {
		s.first--
	}
	spots := s.spots[s.from[w]:s.from[w+1]]
	added := len(spots)
	for i := range s.readers[:s.first] {
		added += int(s.readers[i].from[w+1] - s.readers[i].from[w])
	}
	if added == 0 {
		return need
	}
	for _, t := range spots {
		d.sums[t.slot&inWindow] += t.points
	}
	for i := range s.readers[:s.first] {
		s.readers[i].add(&d.sums, w)
	}
	d.some = s.candidates(d, w, added, need-s.rest[s.first])
	s.finish(d, w, need)
	for _, slot := range d.some {
		if points := d.sums[slot&inWindow]; points >= need {
			need = yield(uint32(w)<<windowBits|uint32(slot), points)
		}
	}
	clear(d.sums[:])
	return need
}

// candidates returns the slots that have at least least points by what was added.
func (s *scan) candidates(d *desk, w, added int, least uint32) []uint16 {
	some := d.some[:0]
	var allowed bitmap
	if s.allowed != nil {
		allowed = s.allowed[w*windowWords : (w+1)*windowWords]
	}
	if added > windowSlots/3 {
		for slot, points := range &d.sums {
			if points >= least && (allowed == nil || allowed.has(uint32(slot))) {
				some = append(some, uint16(slot))
			}
		}
		return some
	}
	try := func(slot uint32) {
		if bit := uint64(1) << (slot & 63); d.seen[slot>>6]&bit == 0 {
			d.seen[slot>>6] |= bit
			if allowed == nil || allowed.has(slot) {
				some = append(some, uint16(slot))
			}
		}
	}
	for _, t := range s.spots[s.from[w]:s.from[w+1]] {
		if slot := t.slot & inWindow; d.sums[slot] >= least {
			try(slot)
		}
	}
	for i := range s.readers[:s.first] {
		s.readers[i].eachSlot(w, func(slot uint32) {
			if d.sums[slot&inWindow] >= least {
				try(slot)
			}
		})
	}
	for _, slot := range some {
		d.seen[slot>>6] = 0
	}
	if allowed != nil {
		clear(d.seen[:])
	}
	return some
}

// eachSlot calls yield with the slots of a window.
func (r *reader) eachSlot(w int, yield func(slot uint32)) {
	if r.bits == nil {
		for _, slot := range r.slots[r.from[w]:r.from[w+1]] {
			yield(uint32(slot & inWindow))
		}
		return
	}
	bitmap(r.bits[w*windowWords : (w+1)*windowWords]).each(yield)
}

// finish brings the sums of the candidates to their end, dropping those that cannot make it. They are
// gone through only when the lists since the last time were as long.
func (s *scan) finish(d *desk, w int, need uint32) {
	work := 0
	for i := s.first; i < len(s.readers); i++ {
		if work >= len(d.some) {
			least, n := need-s.rest[i], 0
			for _, slot := range d.some {
				if d.sums[slot&inWindow] >= least {
					d.some[n] = slot
					n++
				}
			}
			if d.some = d.some[:n]; n == 0 {
				return
			}
			work = 0
		}
		r, n := &s.readers[i], len(d.some)
		if hits := int(r.from[w+1] - r.from[w]); n*r.lookCost() > hits {
			r.add(&d.sums, w)
			work += hits
		} else {
			r.look(&d.sums, w, d.some)
			work += n * r.lookCost()
		}
	}
}
