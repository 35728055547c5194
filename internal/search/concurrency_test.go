package search

import (
	"fmt"
	"sync"
	"testing"
)

func TestManySearchWhileOthersWriteAndMerge(t *testing.T) {
	x := New()
	x.room = 8
	first := market(t)
	for _, p := range first.now.Load().head.docs {
		x.Put(listing(p.key.Kind, p.key.ID, p.title.Vi, p.title.En, "agri", "Ô Môn", p.sorts.trl, p.sorts.price))
	}
	done := make(chan struct{})
	var readers, writers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if got := x.Search(Query{Text: "máy sấy xoài"}); len(got.Hits) == 0 || got.Hits[0].ID != "1" {
					t.Errorf("the mango dryer is always there, but %v", got.Hits)
					return
				}
				x.Search(Query{Text: "bơm -số", Quiet: true})
				x.Search(Query{Filters: map[string][]string{"subject": {"agri"}}})
				x.Suggest("máy s", 3)
				x.Len()
				x.Bytes()
			}
		})
	}
	for n := range 3 {
		writers.Go(func() {
			for i := range 400 {
				x.Put(listing("offer", fmt.Sprint("n", n, "-", i%50), fmt.Sprint("bơm số ", i), "Pumps", "agri", "Ô Môn", 3, 1))
				x.Delete("offer", fmt.Sprint("n", n, "-", (i*7)%50))
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
	x.merger.Wait()
	if parts := len(x.now.Load().parts); parts > 3*tierWidth {
		t.Errorf("%d segments are left", parts)
	}
}

func TestDeadListingsAreLeftOutOnceTheyAreMany(t *testing.T) {
	updates := 20_000
	x := New()
	for i := range updates {
		x.Put(listing("offer", fmt.Sprint(i%100), fmt.Sprint("máy ", i), "", "agri", "Ô Môn", 3, 1))
	}
	x.merger.Wait()
	if slots := x.now.Load().slots(); x.Len() != 100 || slots > 4*mostHead {
		t.Errorf("%d listings in %d slots", x.Len(), slots)
	}
	if got := x.Search(Query{Text: "máy"}); got.Total != 100 {
		t.Errorf("%d are found", got.Total)
	}
}
