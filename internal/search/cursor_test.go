package search

import (
	"strings"
	"testing"
)

// FuzzCursor holds that whatever stands for a place leads to a page of results, and that a place
// that is read is written as it was.
func FuzzCursor(f *testing.F) {
	for _, order := range Sorts {
		f.Add(string(order), cursor(order, &place{score: 1.5, value: 7, key: Key{"offer", "01a2"}}))
	}
	for _, seed := range []string{"", "AQ", "////", strings.Repeat("A", 5000), "AQAAAAAAAAAAAAAAAAAAAAAA_____w8"} {
		f.Add("newest", seed)
	}
	x := New()
	x.Put(Doc{Kind: "offer", ID: "01a2", Published: 7}, Doc{Kind: "need", ID: "01a3", Published: 8, Price: 5})
	f.Fuzz(func(t *testing.T, sort, after string) {
		order := Sort(sort)
		if p := placeOf(order, after); p != nil {
			again := placeOf(order, cursor(order, p))
			if again == nil || *again != *p {
				t.Errorf("%q is %+v, and that is %+v", after, p, again)
			}
		}
		if found := x.Search(Query{Sort: order, After: after, Limit: 1}); len(found.Hits) > 1 {
			t.Errorf("%d hits", len(found.Hits))
		}
	})
}
