package search

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

func TestMatchAllAnswersEachQueryAsSearchDoes(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	w := newWorld(mostHead)
	for range 10_000 {
		w.stamp(drawn(r, 8_000))
	}
	if err := w.load(); err != nil {
		t.Fatal(err)
	}
	for range 900 {
		w.x.Put(w.stamp(drawn(r, 8_000)))
	}
	w.x.merger.Wait()
	queries := []Query{{}, {Sort: ByTRL, Text: "máy"}, {Text: "zzz"}}
	for range 3*matchBlock - 7 {
		queries = append(queries, asked(r))
	}
	var told []int
	got, err := w.x.MatchAll(t.Context(), queries, 7, func(done, all int) {
		if all != len(queries) {
			t.Errorf("of %d queries, want %d", all, len(queries))
		}
		told = append(told, done)
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, q := range queries {
		q.Limit, q.Quiet = 7, true
		want := []Find{}
		for _, h := range w.x.Search(q).Hits {
			want = append(want, Find{h.Kind, h.ID, h.Score})
		}
		if diff := gocmp.Diff(want, got[i]); diff != "" {
			t.Fatalf("%+v: %s", q, diff)
		}
	}
	if !slices.IsSorted(told) || len(told) != 3 || told[2] != len(queries) {
		t.Errorf("told %v of %d", told, len(queries))
	}
}

func TestMatchAllEndsWhenItIsCancelled(t *testing.T) {
	x := New()
	for i := range 600 {
		x.Put(listing("offer", fmt.Sprint(i), "máy sấy", "", "agri", "Ô Môn", 5, 1))
	}
	ctx, cancel := context.WithCancel(t.Context())
	got, err := x.MatchAll(ctx, slices.Repeat([]Query{{Text: "máy"}}, 100*matchBlock), 3, func(int, int) { cancel() })
	if !errors.Is(err, context.Canceled) || got != nil {
		t.Errorf("got %d answers, %v", len(got), err)
	}
}
