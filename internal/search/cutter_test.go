package search

import (
	"fmt"
	"testing"
)

func TestACutterThatBeganAnewCutsTheSameTerms(t *testing.T) {
	x := New()
	x.Put(listing("offer", "1", "Máy sấy xoài", "Mango dryers", "agri", "Ô Môn", 8, 1))
	for i := range rememberedWords {
		x.cutter.run(fmt.Sprint("?", i))
		x.cutter.runs.add(uint64(i)|1<<63, fmt.Sprint("?", i), nil)
	}
	x.Put(listing("offer", "2", "Bơm cho máy sấy xoài", "Drying of mangoes", "agri", "Ô Môn", 8, 1))
	if x.cutter.runs.count > 100 {
		t.Errorf("%d words are remembered", x.cutter.runs.count)
	}
	for _, q := range []Query{{Text: `"máy sấy xoài"`}, {Text: "may say"}, {Text: "mango drying"}} {
		if got := x.Search(q); got.Total != 2 {
			t.Errorf("%q: %d are found, want 2", q.Text, got.Total)
		}
	}
}

func TestALoadedIndexAnswersAsOnePutTogether(t *testing.T) {
	var docs []Doc
	for i := range 3 * chunkSize {
		docs = append(docs, listing("offer", fmt.Sprint(i%500), fmt.Sprint("máy số ", i, " sấy Xoài"), fmt.Sprint("Dryers number ", i%7), "agri", "Ô Môn", 8, 1))
	}
	loaded, put := New(), New()
	if err := loaded.Load(eachOf(docs), nil); err != nil {
		t.Fatal(err)
	}
	put.Put(docs...)
	put.merger.Wait()
	if loaded.Len() != 500 || put.Len() != 500 {
		t.Fatalf("%d and %d listings, want 500", loaded.Len(), put.Len())
	}
	for _, text := range []string{"máy sấy", "may so 700", "dryers number 3", "số 12"} {
		a, b := loaded.Search(Query{Text: text, Limit: 500}), put.Search(Query{Text: text, Limit: 500})
		if a.Total != b.Total {
			t.Errorf("%q: %d are found, and %d", text, a.Total, b.Total)
		}
	}
}
