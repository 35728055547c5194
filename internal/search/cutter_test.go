package search

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"chonoi/internal/lang"
)

func TestACutterThatBeganAnewCutsTheSameTerms(t *testing.T) {
	x := New()
	x.Put(listing("offer", "1", "Máy sấy xoài", "Mango dryers", "agri", "Ô Môn", 8, 1))
	for i := range rememberedWords {
		x.cutter.runs[fmt.Sprint("?", i)] = nil
	}
	x.Put(listing("offer", "2", "Bơm cho máy sấy xoài", "Drying of mangoes", "agri", "Ô Môn", 8, 1))
	if len(x.cutter.runs) > 100 {
		t.Errorf("%d words are remembered", len(x.cutter.runs))
	}
	for _, q := range []Query{{Text: `"máy sấy xoài"`}, {Text: "may say"}, {Text: "mango drying", Reader: lang.En}} {
		if got := x.Search(q); got.Total != 2 {
			t.Errorf("%q: %d are found, want 2", q.Text, got.Total)
		}
	}
}

func TestALoadedIndexIsTheSameAsOnePutTogether(t *testing.T) {
	var docs []Doc
	for i := range 2 * batchSize {
		docs = append(docs, listing("offer", fmt.Sprint(i%500), fmt.Sprint("máy số ", i, " sấy Xoài"), fmt.Sprint("Dryers number ", i%7), "agri", "Ô Môn", 8, 1))
	}
	loaded, put := New(), New()
	if err := loaded.Load(eachOf(docs), nil); err != nil {
		t.Fatal(err)
	}
	put.Put(docs...)
	put.body = put.body.swept()
	same := func(what string, a, b any) {
		if fmt.Sprint(a) != fmt.Sprint(b) {
			t.Errorf("%s differ", what)
		}
	}
	same("terms", loaded.body.names, put.body.names)
	same("families", loaded.body.family, put.body.family)
	same("lists", loaded.body.postings, put.body.postings)
	same("listings", loaded.body.keys, put.body.keys)
	for n, key := range loaded.body.pairs.keys {
		if other, ok := put.body.pairs.find(key); !ok || fmt.Sprint(loaded.body.paired[n]) != fmt.Sprint(put.body.paired[other]) {
			t.Errorf("pair %x differs", key)
		}
	}
	same("numbers of pairs", len(loaded.body.paired), len(put.body.paired))
}

func TestPairsKeepTheirNumbers(t *testing.T) {
	var p pairs
	if _, ok := p.find(0); ok {
		t.Error("a pair is there before any came")
	}
	want := map[uint64]int32{}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		key := pairKey(r.Int32N(200), r.Int32N(50))
		n, there := want[key]
		if got, ok := p.find(key); ok != there || ok && got != n {
			t.Fatalf("%x is %d, %v; want %d, %v", key, got, ok, n, there)
		}
		if !there {
			n = int32(len(want))
			want[key] = n
		}
		if got := p.number(key); got != n {
			t.Fatalf("%x is numbered %d, want %d", key, got, n)
		}
	}
}
