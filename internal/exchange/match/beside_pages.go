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

// Beside draws what the page of a listing tells of its matches: of a need the best of them, and to its
// owner and the officers what was proposed. An offer is looked up by many needs, each read for it
// anew; its page leads to them, and fetches the best when it stands.
func (m *Matcher) Beside(r *http.Request, kind, id string) (templ.Component, error) {
	if kind == m.needs.Kind {
		return m.beside(r, kind, id)
	}
	path := "/" + kind + "s/" + id + "/matches"
	return besideLater(besideView{Title: web.T(r, "match.title_supply"), Path: path, All: web.T(r, "match.see_supply")}), nil
}

// showBeside sends what the page of an offer fetches.
func (m *Matcher) showBeside(w http.ResponseWriter, r *http.Request) error {
	best, err := m.beside(r, "offer", r.PathValue("id"))
	if err != nil {
		return err
	}
	return web.Part(w, r, 0, best)
}

func (m *Matcher) beside(r *http.Request, kind, id string) (templ.Component, error) {
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
