package desk

import (
	"net/http"

	"chonoi/internal/exchange"
	"chonoi/internal/exchange/listing"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// copiesBeside sets the likely copies of a listing beside it, each with what was decided on the two.
func (s side[T]) copiesBeside(r *http.Request, rec *T, copies []exchange.Copy[T]) ([]listing.Beside, error) {
	var all []listing.Beside
	for _, c := range copies {
		one, err := s.Beside(r, rec, c.Other, c.Likeness, true)
		if err != nil {
			return nil, err
		}
		id, other := s.Listing(rec).ID, s.Listing(c.Other).ID
		one.Decide = "/duplicates/" + s.Kind.Name + "/" + id + "/" + other
		d, _, _, err := s.Pair(web.Tx(r), id, other)
		if err != nil {
			return nil, err
		}
		if d.Verdict == exchange.Kept {
			one.Decided = parts.Light{Kind: "ok", Text: web.T(r, "desk.copy_kept")}
		}
		all = append(all, one)
	}
	return all, nil
}
