package search

import (
	"fmt"
	"sync"
	"testing"
)

func TestManySearchWhileOneWrites(t *testing.T) {
	x := market(t)
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if got := x.Search(Query{Text: "máy sấy xoài"}); len(got.Hits) == 0 || got.Hits[0].ID != "1" {
					t.Error("the mango dryer is always there")
					return
				}
				x.Suggest("máy s", 3)
				x.Len()
			}
		})
	}
	for i := range 300 {
		x.Put(listing("offer", fmt.Sprint("n", i%50), fmt.Sprint("bơm số ", i), "", "agri", "Ô Môn", 3, 1))
		x.Delete("offer", fmt.Sprint("n", (i*7)%50))
		if i%100 == 50 {
			x.writing.Lock()
			clean := x.body.swept()
			x.mu.Lock()
			x.body = clean
			x.mu.Unlock()
			x.writing.Unlock()
		}
	}
	close(done)
	readers.Wait()
}

func TestDeadListingsAreSweptAwayOnceTheyAreMany(t *testing.T) {
	x := New()
	for i := range 3 * smallestClean {
		x.Put(listing("offer", fmt.Sprint(i%100), fmt.Sprint("máy ", i), "", "agri", "Ô Môn", 3, 1))
	}
	if x.Len() != 100 || len(x.body.keys) > 2*smallestClean {
		t.Errorf("%d listings in %d slots", x.Len(), len(x.body.keys))
	}
	if got := x.Search(Query{Text: "máy"}); got.Total != 100 {
		t.Errorf("%d are found", got.Total)
	}
}
