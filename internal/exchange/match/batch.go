package match

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/search"
)

// block is how many needs are matched together: what several of them find is read once, and the search
// takes 64 at a time on each processor.
const block = 128

// loadedAtOnce is how many parties one query reads by their ids.
const loadedAtOnce = 400

// All calls give with each need on the floor that the actor finds, in the order of their ids, and what
// matches it, the best first, as Of does for one. Told is called with how many are done of how many.
// It ends with the context.
func (m *Matcher) All(ctx context.Context, d *db.DB, actor account.Actor, a Asking, told func(done, all int), give func(tx *db.Tx, need *Party, list []Match) error) error {
	ids, err := m.open(ctx, d)
	if err != nil {
		return err
	}
	done := 0
	for some := range slices.Chunk(ids, block) {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := d.View(ctx, func(tx *db.Tx) error { return m.block(ctx, tx, actor, a, some, give) })
		if err != nil {
			return err
		}
		done += len(some)
		if told != nil {
			told(done, len(ids))
		}
	}
	return nil
}

// open lists the needs on the floor.
func (m *Matcher) open(ctx context.Context, d *db.DB) (ids []string, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		ids, err = m.needs.IDs(tx)
		return err
	})
	return ids, err
}

func (m *Matcher) block(ctx context.Context, tx *db.Tx, actor account.Actor, a Asking, ids []string, give func(*db.Tx, *Party, []Match) error) error {
	needs, err := m.needs.Some(tx, actor, ids)
	if err != nil {
		return err
	}
	slices.SortFunc(needs, func(x, y Party) int { return slices.Index(ids, x.ID) - slices.Index(ids, y.ID) })
	lists, err := m.matched(ctx, tx.Now, needs, a, m.load(tx, actor))
	if err != nil {
		return err
	}
	for i := range needs {
		if err := give(tx, &needs[i], lists[i]); err != nil {
			return err
		}
	}
	return nil
}

// matched returns what matches each of some needs.
func (m *Matcher) matched(ctx context.Context, now time.Time, needs []Party, a Asking, load loading) ([][]Match, error) {
	queries := make([]search.Query, len(needs))
	for i := range needs {
		queries[i] = m.query(&needs[i], a)
	}
	hits, err := m.Index().MatchAll(ctx, queries, depth, nil)
	if err != nil {
		return nil, err
	}
	once, err := loadedOnce(hits, load)
	if err != nil {
		return nil, err
	}
	lists := make([][]Match, len(needs))
	err = eachAtOnce(ctx, len(needs), func(i int) error {
		list, err := m.of(now, &needs[i], a, hits[i], once)
		lists[i] = list
		return err
	})
	return lists, err
}

// loadedOnce reads all parties of some lists of hits, each once.
func loadedOnce(lists [][]search.Find, load loading) (loading, error) {
	ids, known := map[string][]string{}, map[search.Key]bool{}
	for _, hits := range lists {
		for _, h := range hits {
			if key := (search.Key{Kind: h.Kind, ID: h.ID}); !known[key] {
				known[key] = true
				ids[h.Kind] = append(ids[h.Kind], h.ID)
			}
		}
	}
	loaded := map[search.Key]Party{}
	for kind, all := range ids {
		for some := range slices.Chunk(all, loadedAtOnce) {
			parties, err := load(kind, some)
			if err != nil {
				return nil, err
			}
			for _, p := range parties {
				loaded[search.Key{Kind: kind, ID: p.ID}] = p
			}
		}
	}
	return func(kind string, ids []string) ([]Party, error) {
		var some []Party
		for _, id := range ids {
			if p, ok := loaded[search.Key{Kind: kind, ID: id}]; ok {
				some = append(some, p)
			}
		}
		return some, nil
	}, nil
}

// eachAtOnce calls do with 0 to n-1 on all processors, until one fails or the context ends.
func eachAtOnce(ctx context.Context, n int, do func(i int) error) error {
	var wait sync.WaitGroup
	next := make(chan int)
	failed := make([]error, runtime.GOMAXPROCS(0))
	for w := range failed {
		wait.Go(func() {
			for i := range next {
				if failed[w] == nil {
					failed[w] = do(i)
				}
			}
		})
	}
	for i := 0; i < n && ctx.Err() == nil; i++ {
		next <- i
	}
	close(next)
	wait.Wait()
	for _, err := range failed {
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}
