package plan

import (
	"net/http"
	"net/url"

	"chonoi/internal/account"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// listSize is how many plans a page shows.
const listSize = 20

type listView struct {
	Rows    []planRow
	Pager   parts.Pager
	Nothing *parts.Empty
	Bring   *bringView // for those who may bring a document
}

// bringView is the form that brings a document.
type bringView struct {
	Open                bool
	File, Owner, Parent parts.Field
}

type planRow struct {
	Path, Name, NameIn, Document, Issuer string
	State                                parts.Light
	Unread                               string
	Figures                              []string
}

func (d doors) showPlans(w http.ResponseWriter, r *http.Request) error {
	tx, actor := web.Tx(r), web.Actor(r)
	all, err := programme.PlansSeen(tx, actor, r.URL.Query().Get("after"), listSize+1)
	if err != nil {
		return err
	}
	var v listView
	if len(all) > listSize {
		all = all[:listSize]
		v.Pager.Next = "/plans?after=" + url.QueryEscape(all[listSize-1].ID)
	}
	if r.URL.Query().Get("after") != "" {
		v.Pager.First = "/plans"
	}
	for _, p := range all {
		row := planRow{Path: shown.Address(p.ID), Document: documentLine(r, p), Issuer: p.Issuer, State: stateLight(r, p)}
		row.Name, row.NameIn = shown.Best(r, p.Name)
		if p.State == "draft" {
			row.Unread = web.T(r, "plan.unread", "N", p.Unread)
		} else {
			b, err := d.Board(tx, p, shown.AsOf(r))
			if err != nil {
				return err
			}
			row.Figures = figures(r, b)
		}
		v.Rows = append(v.Rows, row)
	}
	if v.Bring, err = d.bringForm(r, all); err != nil {
		return err
	}
	if len(v.Rows) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "plan.none"), Text: web.T(r, "plan.none_help")}
	}
	page := web.Page{Title: web.T(r, "plan.list"), Description: web.T(r, "plan.list_help"), Section: "/plans", Crumbs: []parts.Crumb{{Text: web.T(r, "plan.list")}}}
	return web.Show(w, r, page, listPage(v))
}

// documentLine tells number and date of a document, as far as they are known.
func documentLine(r *http.Request, p *programme.Plan) string {
	switch {
	case p.Symbol == "" && p.Issued.Zero():
		return web.T(r, "plan.document_unknown")
	case p.Issued.Zero():
		return p.Symbol
	case p.Symbol == "":
		return web.T(r, "plan.document_of", "Date", lang.Date(web.Lang(r), p.Issued.Start()))
	}
	return web.T(r, "plan.document", "Symbol", p.Symbol, "Date", lang.Date(web.Lang(r), p.Issued.Start()))
}

func stateLight(r *http.Request, p *programme.Plan) parts.Light {
	kind := map[string]string{"draft": "risk", "in_force": "run", "replaced": "idle", "ended": "idle"}[p.State]
	return parts.Light{Kind: kind, Text: web.T(r, "plan.state_"+p.State)}
}

// figures are the numbers by which a plan is known at a glance, each with what it counts.
func figures(r *http.Request, b *programme.Board) []string {
	all := []string{web.T(r, "plan.clauses", "N", len(b.Lines))}
	if b.Open > 0 {
		all = append(all, web.T(r, "plan.clauses_open", "N", b.Open))
	}
	if b.Rates.All > 0 {
		all = append(all, web.T(r, "plan.tasks", "N", b.Rates.All))
	}
	if n := b.Rates.Counted[programme.Overdue]; n > 0 {
		all = append(all, web.T(r, "plan.overdue", "N", n))
	}
	if n := b.Rates.Counted[programme.Orphan]; n > 0 {
		all = append(all, web.T(r, "plan.orphans", "N", n))
	}
	return all
}

// bringForm returns the form that brings a document; nil for those who may not.
func (d doors) bringForm(r *http.Request, plans []*programme.Plan) (*bringView, error) {
	actor, tag := web.Actor(r), web.Lang(r)
	office := account.MayProgramme.Allows(actor)
	var own []string
	for _, m := range actor.Memberships {
		if m.Manager && !actor.Is(account.Inspector) {
			own = append(own, m.Organisation)
		}
	}
	if !office && len(own) == 0 {
		return nil, nil
	}
	names, err := d.Bodies.Names(web.Tx(r), shown.AsOf(r), own...)
	if err != nil {
		return nil, err
	}
	v := &bringView{Open: len(plans) == 0, File: parts.Field{Name: "file", Label: web.T(r, "plan.file"), Hint: web.T(r, "plan.file_hint"), Accept: ".txt,.md,.docx"}}
	v.Owner = parts.Field{Name: "owner", Label: web.T(r, "plan.owner")}
	if office {
		v.Owner.Options = append(v.Owner.Options, parts.Option{Text: web.T(r, "plan.owner_city")})
	}
	for _, id := range own {
		v.Owner.Options = append(v.Owner.Options, parts.Option{Value: id, Text: names[id].In(tag)})
	}
	v.Parent = parts.Field{Name: "parent", Label: web.T(r, "plan.parent"), Optional: true, Options: []parts.Option{{Text: web.T(r, "plan.parent_none")}}}
	for _, p := range plans {
		if p.State == "in_force" {
			name, _ := shown.Best(r, p.Name)
			v.Parent.Options = append(v.Parent.Options, parts.Option{Value: p.ID, Text: name})
		}
	}
	return v, nil
}
