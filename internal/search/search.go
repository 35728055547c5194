package search

import "slices"

// Search finds listings. Any query is valid: what cannot be read in it is taken as words or left out.
func (x *Index) Search(q Query) Result {
	x.mu.RLock()
	defer x.mu.RUnlock()
	name := q.keptAs()
	if known, ok := x.kept.find(name); ok {
		return known
	}
	found := x.search(&q)
	x.kept.keep(name, found) // before any writer comes in
	return found
}

func (x *Index) search(q *Query) Result {
	asked := ask(q.Text, q.Whole, q.Reader, x.body.facets.has)
	if !q.OneTongue {
		x.dictionary.Load().render(&asked, x.body)
	}
	plan := x.body.planned(&asked)
	order := orderOf(q, &asked)
	limit := limitOf(q.Limit)
	page := gathering{body: x.body, order: order, after: placeOf(order, q.After), most: limit + 1}
	sieve := x.body.sieve(q, asked.filters)
	total := x.sift(&asked, &plan, sieve, &page)

	out := Result{Total: total, Asked: asked}
	if !q.Quiet {
		out.Facets = sieve.facetCounts()
	}
	places := page.page()
	if len(places) > limit {
		places = places[:limit]
		out.Next = cursor(order, &places[limit-1])
	}
	for _, p := range places {
		hit := Hit{Kind: p.key.Kind, ID: p.key.ID}
		if !q.Quiet {
			hit.Why = x.body.why(&asked, p.slot)
		}
		if order == ByRelevance {
			hit.Score = p.score
		}
		out.Hits = append(out.Hits, hit)
	}
	return out
}

// sift offers every listing that was found to the page, and returns how many passed the sieve.
func (x *Index) sift(asked *Asked, p *plan, sieve *sieve, page *gathering) int {
	if p.nothing {
		return 0
	}
	scores := x.zeros(len(x.body.keys))
	defer x.scratch.Put(&scores)
	if asked.Empty() {
		for slot := range scores {
			scores[slot] = 1
		}
	}
	x.body.score(p, scores)
	x.body.restrict(p, scores)
	least := x.body.floor(scores)
	total := 0
	for slot, score := range scores {
		if score > 0 && score >= least && x.body.live[slot] && sieve.keeps(uint32(slot)) {
			total++
			page.take(uint32(slot), score)
		}
	}
	return total
}

// zeros returns room for n scores, from an earlier search when there is some.
func (x *Index) zeros(n int) []float64 {
	if used, ok := x.scratch.Get().(*[]float64); ok && cap(*used) >= n {
		s := (*used)[:n]
		clear(s)
		return s
	}
	return make([]float64, n, n+n/8)
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
