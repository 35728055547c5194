package search

import (
	"cmp"
	"container/heap"
	"slices"
	"strings"
)

// place is where a listing stands in an order of results.
type place struct {
	score float64
	value int64
	slot  uint32
	key   Key
}

// before is the one order of results: higher score, higher value, then kind and id.
func (p *place) before(o *place) bool { return p.compare(o) < 0 }

func (p *place) compare(o *place) int {
	return cmp.Or(cmp.Compare(o.score, p.score), cmp.Compare(o.value, p.value),
		strings.Compare(p.key.Kind, o.key.Kind), strings.Compare(p.key.ID, o.key.ID))
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

// gathering keeps the best places of a page while it counts.
type gathering struct {
	body   *body
	order  Sort
	after  *place // only places behind it are of the page
	most   int
	places worstFirst
}

// take offers a slot for the page.
func (g *gathering) take(slot uint32, score float64) {
	p := place{slot: slot, key: g.body.keys[slot]}
	p.score, p.value = g.body.rank(g.order, slot, score)
	if g.after != nil && !g.after.before(&p) {
		return
	}
	if len(g.places) < g.most {
		heap.Push(&g.places, p)
	} else if p.before(&g.places[0]) {
		g.places[0] = p
		heap.Fix(&g.places, 0)
	}
}

// page returns the places of the page in order.
func (g *gathering) page() []place {
	slices.SortFunc(g.places, func(a, b place) int { return a.compare(&b) })
	return g.places
}

// rank returns what a slot is ordered by; what is not told stands last.
func (x *body) rank(order Sort, slot uint32, score float64) (float64, int64) {
	s := x.sorts[slot]
	switch order {
	case ByNewest:
		return 0, s.published
	case ByTRL:
		return 0, s.trl
	case ByPrice:
		if s.price == 0 {
			return 0, -1 << 63
		}
		return 0, -s.price
	}
	return score, s.published
}
