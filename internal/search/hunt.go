package search

import (
	"cmp"
	"slices"
)

// hunt is a search with words for the best listings of a page, ready to go through the windows of all
// parts in any order.
type hunt struct {
	plan  *plan
	sieve *sieve
	page  *gathering
	scans []*scan
	best  uint32 // the most points of a live listing, whatever the filters
	far   bool   // what is far behind the best is found too
}

// newHunt makes the scans of a plan and reads the head.
func newHunt(p *plan, sieve *sieve, page *gathering) *hunt {
	h := &hunt{plan: p, sieve: sieve, page: page}
	h.readHead()
	for n := range p.view.parts {
		h.scans = append(h.scans, h.newScan(n))
	}
	return h
}

// newScan lays out the lists of one part.
func (h *hunt) newScan(n int) *scan {
	p := h.plan
	part := p.view.parts[n]
	s := &scan{part: part, passes: h.sieve.passes(part), allowed: p.allowed(part)}
	windows := windowsOf(part.slots())
	s.from = make([]uint32, windows+1)
	var shorts []shortList
	for i := range p.lists {
		at := p.places[i*len(p.view.parts)+n]
		if at < 0 || p.lists[i].points == 0 {
			continue
		}
		l := part.list(int(at))
		if l.large != nil {
			s.readers = append(s.readers, reader{l.large, p.lists[i].points, p.lists[i].points * uint32(l.large.most)})
			continue
		}
		shorts = append(shorts, shortList{l.short, p.lists[i].points})
		for _, hit := range l.short {
			s.from[hit.slot()>>windowBits]++
		}
	}
	s.placeSpots(shorts)
	slices.SortFunc(s.readers, func(a, b reader) int {
		return cmp.Compare(uint64(b.bound)*uint64(a.df), uint64(a.bound)*uint64(b.df))
	})
	s.rest = make([]uint32, len(s.readers)+1)
	for i := len(s.readers) - 1; i >= 0; i-- {
		s.rest[i] = s.rest[i+1] + s.readers[i].bound
	}
	s.first = len(s.readers)
	return s
}

type shortList struct {
	hits   []hit
	points uint32
}

// placeSpots sorts the hits of the short lists by window; from held how many each window has.
func (s *scan) placeSpots(shorts []shortList) {
	sum := uint32(0)
	for w, n := range s.from {
		s.from[w], sum = sum, sum+n
	}
	s.spots = make([]spot, sum)
	for _, l := range shorts {
		for _, hit := range l.hits {
			w := hit.slot() >> windowBits
			s.spots[s.from[w]] = spot{hit.slot(), l.points * uint32(hit.impact())}
			s.from[w]++
		}
	}
	copy(s.from[1:], s.from)
	s.from[0] = 0
}

// leastOf returns the least points of a find when best is the most.
func leastOf(best uint32) uint32 {
	return uint32((uint64(best)*leastNumerator + leastDenominator - 1) / leastDenominator)
}

// need returns the least points that a listing must have to come among the best.
func (h *hunt) need() uint32 { return max(h.page.least, h.least()) }

// least returns the least points of a find.
func (h *hunt) least() uint32 {
	if h.far {
		return 1
	}
	return max(1, leastOf(h.best))
}

// window reads one window of a part for the best listings.
func (h *hunt) window(d *desk, n, w int) {
	s := h.scans[n]
	s.window(d, w, h.need(), func(slot, points uint32) uint32 {
		if s.part.live(slot) {
			h.best = max(h.best, points)
			if s.passes.admits(slot) {
				h.offer(n, s.part, slot, points)
			}
		}
		return h.need()
	})
}

// offer offers a listing of a part for the page.
func (h *hunt) offer(n int, from *part, slot, points uint32) {
	figures := from.cards.sorts(slot)
	if !h.sieve.within(figures) {
		return
	}
	p := place{score: h.plan.score(points), points: points, value: figures.published, part: n, slot: slot}
	if h.page.wants(&p) {
		p.key = from.cards.key(slot)
		h.page.take(p)
	}
}

// readHead offers the listings of the head.
func (h *hunt) readHead() {
	for i, points := range h.plan.headPoints() {
		if points == 0 {
			continue
		}
		d := h.plan.view.head.docs[i]
		h.best = max(h.best, points)
		if h.sieve.keepsHead(d) {
			h.page.take(place{score: h.plan.score(points), points: points, value: d.sorts.published,
				key: d.key, part: len(h.plan.view.parts), slot: uint32(i)})
		}
	}
}

// headPoints returns the points of each listing of the head; none for one that may not be found.
func (p *plan) headPoints() []uint32 {
	points := make([]uint32, len(p.view.head.docs))
	for _, hit := range p.head {
		points[hit.doc] += p.lists[hit.list].points * uint32(hit.impact)
	}
	for i, d := range p.view.head.docs {
		if !p.allows(d) {
			points[i] = 0
		}
	}
	return points
}

// allows reports whether a listing of the head has what must occur and nothing that must not.
func (p *plan) allows(d *headDoc) bool {
	for _, clause := range p.must {
		if !d.hasOne(clause) {
			return false
		}
	}
	for _, phrase := range p.banned {
		if !slices.ContainsFunc(phrase, func(clause []uint64) bool { return !d.hasOne(clause) }) {
			return false
		}
	}
	return true
}

func (d *headDoc) hasOne(keys []uint64) bool {
	return slices.ContainsFunc(keys, func(key uint64) bool { _, ok := d.find(key); return ok })
}

// allowed returns the slots of a part that have what must occur and nothing that must not; nil when
// the query says nothing of the kind.
func (p *plan) allowed(part *part) bitmap {
	if len(p.must)+len(p.banned) == 0 {
		return nil
	}
	out := newBitmap(part.slots())
	out.fill(part.slots())
	out.andAll(part, p.must)
	for _, phrase := range p.banned {
		all := newBitmap(part.slots())
		all.fill(part.slots())
		all.andAll(part, phrase)
		out.without(all)
	}
	return out
}

// andAll keeps the slots that are in one list of each clause.
func (b bitmap) andAll(part *part, clauses [][]uint64) {
	for _, clause := range clauses {
		one := newBitmap(part.slots())
		for _, key := range clause {
			part.of(key).mark(one)
		}
		b.and(one)
	}
}

// admits reports whether a slot is in the set; all are in none.
func (b bitmap) admits(slot uint32) bool { return b == nil || b.has(slot) }

// finds returns the live listings of a part that are finds, whatever the filters.
func (h *hunt) finds(d *desk, n int) bitmap {
	s := h.scans[n]
	s.first = len(s.readers)
	out := newBitmap(s.part.slots())
	least := h.least()
	for w := range len(s.from) - 1 {
		s.window(d, w, least, func(slot, _ uint32) uint32 {
			if s.part.live(slot) {
				out.set(slot)
			}
			return least
		})
	}
	return out
}
