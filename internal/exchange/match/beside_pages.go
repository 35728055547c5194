package match

import (
	"net/http"

	"github.com/a-h/templ"

	"chonoi/internal/account"

	"chonoi/internal/web"
)

// besideSize is how many matches the page of a listing shows.
const besideSize = 3

// besideView is what the page of a listing tells of its matches.
type besideView struct {
	Title     string
	Path      string // of all of them
	All       string
	Cards     []card
	Proposals []proposalRow
	Desk      string // where officers propose; empty for others
}

// Beside draws what the page of a listing tells of its matches: the best of them, and to its owner and
// the officers what was proposed. It draws nothing when there is nothing to tell.
func (m *Matcher) Beside(r *http.Request, kind, id string) (templ.Component, error) {
	tx, actor, t := web.Tx(r), web.Actor(r), m.teller(r)
	p, err := m.One(tx, actor, kind, id)
	if err != nil {
		return nil, err
	}
	list, err := m.Of(tx, actor, &p, Asking{Tongue: t.Tongue})
	if err != nil {
		return nil, err
	}
	judged, err := m.Judged(tx, actor, &p)
	if err != nil {
		return nil, err
	}
	shown, _ := Parted(&p, list, judged)
	shown = fitting(shown)
	v := besideView{Title: web.T(r, "match.count_"+whose(&p), "N", len(shown)), Path: pathOf(&p) + "/matches", All: web.T(r, "match.title_"+whose(&p))}
	if v.Cards, err = m.cards(r, &p, shown[:min(len(shown), besideSize)], nil); err != nil {
		return nil, err
	}
	if kind == m.needs.Kind {
		if v.Proposals, err = m.proposalRows(r, id); err != nil {
			return nil, err
		}
		if account.MaySeeDesk.Allows(actor) {
			v.Desk = "/desk/needs/" + id + "/matches"
		}
	}
	return besidePart(v), nil
}
