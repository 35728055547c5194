package search

import (
	"cmp"
	"container/heap"
	"math"
	"slices"
	"strings"
)

// place is where a listing stands in an order of results.
type place struct {
	score  float64
	points uint32
	value  int64
	key    Key
	part   int // number of the part; as many as there are parts for the head
	slot   uint32
}

// before is the one order of results: higher score, higher value, then kind and id.
func (p *place) before(o *place) bool { return p.compare(o) < 0 }

func (p *place) compare(o *place) int {
	switch { // most differ in what comes first
	case p.score != o.score:
		return cmp.Compare(o.score, p.score)
	case p.value != o.value:
		return cmp.Compare(o.value, p.value)
	}
	return cmp.Or(strings.Compare(p.key.Kind, o.key.Kind), strings.Compare(p.key.ID, o.key.ID))
}

// worstFirst is a heap whose top is the worst of the best places so far.
type worstFirst []place

func (h worstFirst) Len() int           { return len(h) }
func (h worstFirst) Less(i, j int) bool { return h[j].before(&h[i]) }
func (h worstFirst) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *worstFirst) Push(p any)        { *h = append(*h, p.(place)) }
func (h *worstFirst) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// gathering keeps the best places of a page.
type gathering struct {
	order  Sort
	after  *place // only places behind it are of the page
	most   int
	places worstFirst
	least  uint32 // the points of the worst one, once there are enough
}

// wants reports whether a place may be of the page, as far as that can be told without its key.
func (g *gathering) wants(p *place) bool {
	if len(g.places) < g.most {
		return true
	}
	worst := &g.places[0]
	return p.score > worst.score || p.score == worst.score && p.value >= worst.value
}

// take offers a place for the page.
func (g *gathering) take(p place) {
	if g.after != nil && !g.after.before(&p) {
		return
	}
	if len(g.places) < g.most {
		heap.Push(&g.places, p)
	} else if p.before(&g.places[0]) {
		g.places[0] = p
		heap.Fix(&g.places, 0)
	}
	if len(g.places) == g.most {
		g.least = g.places[0].points
	}
}

// takeAll offers the slots of a set, by an order that does not ask for points.
func (g *gathering) takeAll(n int, part *part, set bitmap) {
	set.each(func(slot uint32) {
		value := valueOf(g.order, part.cards.sorts(slot))
		p := place{value: value, part: n, slot: slot}
		if g.wants(&p) {
			p.key = part.cards.key(slot)
			g.take(p)
		}
	})
}

// page returns the places of the page in order.
func (g *gathering) page() []place {
	slices.SortFunc(g.places, func(a, b place) int { return a.compare(&b) })
	return g.places
}

// valueOf returns what a listing is ordered by besides its score; what is not told stands last.
func valueOf(order Sort, s sorts) int64 {
	switch order {
	case ByTRL:
		return s.trl
	case ByPrice:
		if s.price == 0 {
			return math.MinInt64
		}
		return -s.price
	}
	return s.published
}
