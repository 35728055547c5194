package intake

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"chonoi/internal/account"
	"chonoi/internal/exchange"
	"chonoi/internal/lang"
	"chonoi/internal/web"
)

// copiesView is what the page of an import that has ended says of likely copies among what came in.
type copiesView struct {
	Text, Path string
	Value, Max string // of the bar while changes are still being compared
}

// copies tells how far the comparing is after an import, and how many pairs have a listing of its
// source; nothing to those who may not see the desk.
func (g *Gate) copies(r *http.Request, run *Run) (*copiesView, error) {
	if run.Dry || !slices.Contains([]string{RunDone, RunStopped, RunInterrupted}, run.State) || !account.MaySeeDesk.Allows(web.Actor(r)) {
		return nil, nil
	}
	tx, tag := web.Tx(r), web.Lang(r)
	pairs, err := exchange.CountPairs(tx, exchange.PairFilter{Kind: run.Kind, Source: run.Source})
	if err != nil {
		return nil, err
	}
	v := &copiesView{Path: "/duplicates?" + url.Values{"kind": {run.Kind}, "source": {run.Source}}.Encode()}
	done, all, err := exchange.Comparing(tx)
	switch {
	case err != nil:
		return nil, err
	case done < all:
		v.Text = web.T(r, "import.comparing", "Done", lang.Number(tag, done), "All", lang.Number(tag, all))
		v.Value, v.Max = strconv.FormatInt(done, 10), strconv.FormatInt(all, 10)
	case pairs == 0:
		v.Text, v.Path = web.T(r, "import.no_copies"), ""
	default:
		v.Text = web.T(r, "import.copies", "N", pairs)
	}
	return v, nil
}
