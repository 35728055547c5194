package search

import (
	"slices"
	"sync"
)

// Search finds listings. Any query is valid: what cannot be read in it is taken as words or left out.
func (x *Index) Search(q Query) Result {
	view := x.now.Load()
	name := q.keptAs()
	if known, ok := view.kept.find(name); ok {
		return known
	}
	found := view.search(&q)
	view.kept.keep(name, found)
	return found
}

// desks are for one search each at a time.
var desks = sync.Pool{New: func() any { return new(desk) }}

func (v *snapshot) search(q *Query) Result {
	s := v.prepared(q)
	v.answer(s)
	out := Result{Asked: s.asked}
	if !q.Quiet {
		out.Facets = s.sieve.facetCounts()
	}
	out.Hits, out.Next = s.hits()
	out.Total = s.sieve.total
	if !q.Quiet {
		for i, p := range s.places {
			out.Hits[i].Why = v.why(&s.asked, p)
		}
	}
	return out
}

// searching is one query at work.
type searching struct {
	asked  Asked
	plan   *plan
	sieve  *sieve
	order  Sort
	limit  int
	quiet  bool
	page   gathering
	hunt   *hunt   // when there are words
	places []place // of the page, once it is done
}

func (v *snapshot) prepared(q *Query) *searching {
	s := &searching{asked: ask(q.Text, q.Whole, q.Reader, v.knows), quiet: q.Quiet, limit: limitOf(q.Limit)}
	if !q.OneTongue {
		v.render(&s.asked)
	}
	s.plan = v.planned(&s.asked)
	s.sieve = newSieve(q, s.asked.filters)
	s.order = orderOf(q, &s.asked)
	s.page = gathering{order: s.order, after: placeOf(s.order, q.After), most: s.limit + 1}
	if !s.asked.Empty() {
		page := &s.page
		if s.order != ByRelevance {
			page = &gathering{most: 1} // only to learn the best score
		}
		s.hunt = newHunt(s.plan, s.sieve, page)
		s.hunt.far = q.Far
	}
	return s
}

// answer finds what is asked for.
func (v *snapshot) answer(s *searching) {
	if s.asked.Empty() {
		v.list(s)
	} else {
		v.rank(s)
	}
}

// list finds all listings that a query without words allows.
func (v *snapshot) list(s *searching) {
	for n, part := range v.parts {
		found := newBitmap(part.slots())
		part.markLive(found)
		if allowed := s.plan.allowed(part); allowed != nil {
			found.and(allowed)
		}
		s.sieve.keep(part, found)
		s.page.takeAll(n, part, found)
	}
	for i, d := range v.head.docs {
		if s.plan.allows(d) && s.sieve.countHead(d) {
			s.takeHead(d, i)
		}
	}
}

// rank finds the best listings, and then counts all finds, unless the page is all that is asked for.
func (v *snapshot) rank(s *searching) {
	d := desks.Get().(*desk)
	defer desks.Put(d)
	for n, scan := range s.hunt.scans {
		for w := range len(scan.from) - 1 {
			s.hunt.window(d, n, w)
		}
	}
	if s.quiet && s.order == ByRelevance {
		return
	}
	for n, part := range v.parts {
		found := s.hunt.finds(d, n)
		s.sieve.keep(part, found)
		if s.order != ByRelevance {
			s.page.takeAll(n, part, found)
		}
	}
	least := s.hunt.least()
	for i, points := range s.plan.headPoints() {
		if points >= least && s.sieve.countHead(v.head.docs[i]) && s.order != ByRelevance {
			s.takeHead(v.head.docs[i], i)
		}
	}
}

func (s *searching) takeHead(d *headDoc, i int) {
	s.page.take(place{value: valueOf(s.order, d.sorts), key: d.key, part: len(s.plan.view.parts), slot: uint32(i)})
}

// hits returns the listings of the page, and where the next page goes on.
func (s *searching) hits() (hits []Hit, next string) {
	s.places = s.page.page()
	if s.order == ByRelevance {
		least := s.hunt.least()
		s.places = slices.DeleteFunc(s.places, func(p place) bool { return p.points < least })
	}
	if len(s.places) > s.limit {
		s.places = s.places[:s.limit]
		next = cursor(s.order, &s.places[s.limit-1])
	}
	for _, p := range s.places {
		hits = append(hits, Hit{Kind: p.key.Kind, ID: p.key.ID, Score: p.score})
	}
	if s.quiet && s.order == ByRelevance {
		s.sieve.total = len(hits)
	}
	return hits, next
}

func orderOf(q *Query, asked *Asked) Sort {
	switch {
	case !slices.Contains(Sorts, q.Sort), q.Sort == ByRelevance:
		if asked.Empty() {
			return ByNewest
		}
		return ByRelevance
	}
	return q.Sort
}

const usualLimit = 20

func limitOf(limit int) int {
	if limit <= 0 {
		return usualLimit
	}
	return min(limit, mostHits)
}
