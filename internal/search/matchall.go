package search

import (
	"context"
	"runtime"
	"sync"
)

// Find is a listing that MatchAll found.
type Find struct {
	Kind, ID string
	Score    float64
}

// matchBlock is how many queries go through a window together: its lists stay near for all of them.
const matchBlock = 64

// MatchAll answers many queries, each as Search would with that limit, all of them on one state of the
// index and using all processors. Told, when given, is called now and then with the number of queries
// answered, never at the same time. When ctx ends, so does MatchAll, with its error.
func (x *Index) MatchAll(ctx context.Context, queries []Query, limit int, told func(done, all int)) ([][]Find, error) {
	m := matching{view: x.now.Load(), queries: queries, limit: limit, out: make([][]Find, len(queries)), told: told}
	blocks := make(chan int)
	var crew sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		crew.Go(func() {
			for first := range blocks {
				m.block(ctx, first)
			}
		})
	}
	for first := 0; first < len(queries) && ctx.Err() == nil; first += matchBlock {
		select {
		case blocks <- first:
		case <-ctx.Done():
		}
	}
	close(blocks)
	crew.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return m.out, nil
}

// matching is one MatchAll at work.
type matching struct {
	view    *snapshot
	queries []Query
	limit   int
	out     [][]Find
	mu      sync.Mutex // over done, and while told is called
	done    int
	told    func(done, all int)
}

// block answers the queries of one block: window after window, each by all of them.
func (m *matching) block(ctx context.Context, first int) {
	d := desks.Get().(*desk)
	defer desks.Put(d)
	last := min(first+matchBlock, len(m.queries))
	at := make([]*searching, 0, matchBlock)
	for _, q := range m.queries[first:last] {
		q.Quiet, q.Limit = true, m.limit
		at = append(at, m.view.prepared(&q))
	}
	for n, part := range m.view.parts {
		for w := range windowsOf(part.slots()) {
			if ctx.Err() != nil {
				return
			}
			for _, s := range at {
				if s.ranked() {
					s.hunt.window(d, n, w)
				}
			}
		}
	}
	for i, s := range at {
		m.out[first+i] = m.view.finds(s)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.done += last - first
	if m.told != nil {
		m.told(m.done, len(m.queries))
	}
}

// ranked reports whether the best listings are all that is asked for.
func (s *searching) ranked() bool { return s.hunt != nil && s.order == ByRelevance }

func (v *snapshot) finds(s *searching) []Find {
	if !s.ranked() {
		v.answer(s)
	}
	hits, _ := s.hits()
	out := make([]Find, len(hits))
	for i, h := range hits {
		out[i] = Find{h.Kind, h.ID, h.Score}
	}
	return out
}
