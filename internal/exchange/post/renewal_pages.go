package post

import (
	"net/http"

	"chonoi/internal/exchange"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// renewing is the page on which the owner confirms or mends what goes stale.
type renewing struct {
	Heading, Lede, Action string
	Facts                 []renewal
	Faults                parts.Faults
}

// renewal is one fact that goes stale: its value now, to be confirmed or mended.
type renewal struct {
	Input   input
	Confirm parts.Field
}

func (s side[T]) showRenewal(w http.ResponseWriter, r *http.Request) error {
	rec, err := s.Mine(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	if _, err := exchange.Next(s.Listing(rec).State, "renewal"); err != nil {
		return err
	}
	return s.showRenewing(w, r, rec, exchange.Typed{}, parts.Faults{})
}

func (s side[T]) showRenewing(w http.ResponseWriter, r *http.Request, rec *T, given exchange.Typed, faults parts.Faults) error {
	l := s.Listing(rec)
	v := renewing{Heading: web.T(r, "renewal.title"), Lede: web.T(r, "renewal.lede", "Title", l.Title, "N", s.x.Lifetime()), Action: s.Path(l.ID) + "/renewal", Faults: faults}
	f := form[T]{s: s, r: r, rec: rec, typed: given, faults: faults}
	for _, one := range s.Kind.Fields {
		if !one.Stale {
			continue
		}
		name := "confirm." + one.Name
		confirm := parts.Field{Name: name, Label: web.T(r, "renewal.confirm", "Name", f.label(one)), Error: faults.At(name)}
		if texts := given[name]; len(texts) > 0 {
			confirm.Value = "1"
		}
		v.Facts = append(v.Facts, renewal{Input: f.input(one), Confirm: confirm})
	}
	page := web.Page{Title: v.Heading, Section: "/desk/mine", NoIndex: true, Amiss: faults.Any(),
		Crumbs: []parts.Crumb{{Path: "/desk/mine", Text: web.T(r, "mine.title")}, {Path: s.Path(l.ID), Text: l.Number}, {Text: v.Heading}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, renewalPage(v))
}

func (s side[T]) renew(w http.ResponseWriter, r *http.Request) error {
	tx, actor, given := web.Tx(r), web.Actor(r), exchange.Typed(web.Form(r).Map())
	rec, err := s.Mine(tx, actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	if _, err := exchange.Next(s.Listing(rec).State, "renewal"); err != nil {
		return err
	}
	faults, err := web.Faults(r, s.Renew(tx, actor, s.Listing(rec).ID, given.Given))
	if err != nil {
		return err
	}
	if faults.Any() {
		return s.showRenewing(w, r, rec, given, faults)
	}
	web.Notice(w, r, "renewal.done", "N", s.x.Lifetime())
	return web.Goto(w, r, s.Path(s.Listing(rec).ID))
}
