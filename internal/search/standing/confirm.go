package standing

import (
	"context"
	"slices"

	"chonoi/internal/search"
)

// confirmingRank is how far up in the search for a whole watch a listing must stand to answer it.
const confirmingRank = 20

// Confirmed returns those of the watches met by a listing that it answers: all typed ones, and the
// whole ones in whose search it stands among the first. Query returns what a watch asks for. Where the
// index does not hold the listing yet, those are left out that are doubtful.
func Confirmed(ctx context.Context, x *search.Index, listing search.Key, met []Met, query func(id string) search.Query) ([]Met, error) {
	if !x.Has(listing) {
		return slices.DeleteFunc(slices.Clone(met), func(m Met) bool { return m.Doubtful }), nil
	}
	var queries []search.Query
	for _, m := range met {
		if m.Whole {
			q := query(m.ID)
			q.Far = true
			queries = append(queries, q)
		}
	}
	found, err := x.MatchAll(ctx, queries, confirmingRank, nil)
	if err != nil {
		return nil, err
	}
	n := 0
	return slices.DeleteFunc(slices.Clone(met), func(m Met) bool {
		if !m.Whole {
			return false
		}
		n++
		return !slices.ContainsFunc(found[n-1], func(f search.Find) bool { return f.Kind == listing.Kind && f.ID == listing.ID })
	}), nil
}
