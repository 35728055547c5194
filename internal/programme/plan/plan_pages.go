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
	"chonoi/internal/when"
)

// planView is what the page of a plan is drawn from.
type planView struct {
	ID                                     string
	Name, NameIn, Document, About, AboutIn string
	State                                  parts.Light
	Issuer                                 string
	On, OnValue                            string
	Past                                   bool
	Counts                                 []count
	Shares                                 []parts.Share
	Rates                                  []string
	Holes                                  []parts.Light
	Body, Standing                         parts.Field
	Path                                   string
	Groups                                 []group
	Urgent                                 []urgent
	Nothing                                *parts.Empty
	CSV, JSON, Trail                       string
	Led                                    bool
	Gone                                   []parts.Link // documents that all of it rests on and that hold no longer
	Views                                  []parts.Link
}

type count struct {
	parts.Light
	N int
}

type urgent struct {
	Light      parts.Light
	Path, Text string
	Body       string
}

func (d doors) showPlan(w http.ResponseWriter, r *http.Request) error {
	tx, actor := web.Tx(r), web.Actor(r)
	p, err := programme.PlanOf(tx, actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	on := shown.AsOf(r)
	b, err := d.Board(tx, p, on)
	if err != nil {
		return err
	}
	tag := web.Lang(r)
	v := planView{ID: p.ID, Document: documentLine(r, p), State: stateLight(r, p), Issuer: p.Issuer, Path: shown.Address(p.ID), On: lang.Date(tag, on.Start()), OnValue: on.String(),
		Past: on.Before(when.DayOf(tx.Now)), Led: p.Led(actor)}
	v.Name, v.NameIn = shown.Best(r, p.Name)
	v.About, v.AboutIn = shown.Best(r, p.About)
	if v.About == "" && p.Abstract != "" {
		v.About, v.AboutIn = p.Abstract, ""
		if tag == lang.En {
			v.AboutIn = "vi"
		}
	}
	query := r.URL.Query()
	v.summary(r, b)
	v.views(r, b)
	v.filters(r, b, query)
	v.fill(r, b, query)
	v.CSV, v.JSON = v.Path+"/clauses.csv?on="+on.String(), v.Path+"/clauses.json?on="+on.String()
	if account.MayInspect.Allows(actor) {
		v.Trail = v.Path + "/trail"
	}
	page := web.Page{Title: v.Name, Description: v.About, Section: "/plans", NoIndex: !p.Public || v.Past || len(query) > 0, Canonical: v.Path,
		Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Text: v.Name}}}
	return web.Show(w, r, page, planPage(v))
}

// summary fills in the bar of all tasks, the rates and the holes.
func (v *planView) summary(r *http.Request, b *programme.Board) {
	v.Counts = counts(r, b.Lines, b.On)
	for _, c := range v.Counts {
		v.Shares = append(v.Shares, parts.Share{Kind: c.Kind, Of: c.N})
	}
	tag := web.Lang(r)
	if share, ok := programme.Permille(b.Rates.Done, b.Rates.Due); ok {
		v.Rates = append(v.Rates, web.T(r, "plan.rate_done", "Share", shown.Percent(tag, share), "Done", b.Rates.Done, "Due", b.Rates.Due))
	}
	if share, ok := programme.Permille(b.Rates.OnTime, b.Rates.Done); ok {
		v.Rates = append(v.Rates, web.T(r, "plan.rate_on_time", "Share", shown.Percent(tag, share), "OnTime", b.Rates.OnTime, "Done", b.Rates.Done))
	}
	if b.Open > 0 {
		v.Holes = append(v.Holes, parts.Light{Kind: "late", Text: web.T(r, "plan.clauses_open", "N", b.Open)})
	}
	if b.Proposed > 0 && v.Led {
		v.Holes = append(v.Holes, parts.Light{Kind: "risk", Text: web.T(r, "plan.proposed", "N", b.Proposed)})
	}
	if n := b.Orphans + b.Rates.Counted[programme.Orphan]; n > 0 {
		v.Holes = append(v.Holes, parts.Light{Kind: "late", Text: web.T(r, "plan.orphans", "N", n)})
	}
}

// counts are the tasks of some clauses by how they stand, those that need care first.
func counts(r *http.Request, lines []programme.Line, on when.Day) []count {
	n := map[string]int{}
	for _, l := range lines {
		for _, t := range l.Tasks {
			if t.Standing != programme.Transferred && t.Standing != programme.Cancelled {
				n[shown.Kind(t)]++
			}
		}
	}
	var all []count
	for _, kind := range []string{"ok", "run", "risk", "late", "idle"} {
		if n[kind] > 0 {
			all = append(all, count{parts.Light{Kind: kind, Text: web.T(r, "plan.light_"+kind, "N", n[kind])}, n[kind]})
		}
	}
	return all
}

func (v *planView) filters(r *http.Request, b *programme.Board, query url.Values) {
	tag := web.Lang(r)
	bodies := []parts.Option{{Text: web.T(r, "plan.all_bodies")}}
	var named []parts.Option
	for id, name := range b.Names {
		named = append(named, parts.Option{Value: id, Text: name.In(tag), On: id == query.Get("body")})
	}
	lang.Sort(named, func(o parts.Option) string { return o.Text })
	v.Body = parts.Field{Name: "body", Label: web.T(r, "plan.body"), Options: append(bodies, named...)}
	all := []parts.Option{{Text: web.T(r, "plan.all_standings")}, {Value: "unassigned", Text: web.T(r, "standing.unassigned"), On: query.Get("standing") == "unassigned"}}
	for _, s := range programme.Standings {
		all = append(all, parts.Option{Value: string(s), Text: web.T(r, "standing."+string(s)), On: query.Get("standing") == string(s)})
	}
	v.Standing = parts.Field{Name: "standing", Label: web.T(r, "plan.standing"), Options: all}
}

// views are the other ways to look at the plan, and what it rests on that holds no longer.
func (v *planView) views(r *http.Request, b *programme.Board) {
	v.Views = []parts.Link{{Path: "/programme?plan=" + b.Plan.ID, Text: web.T(r, "plan.view_overview")}, {Path: v.Path + "/timeline", Text: web.T(r, "plan.view_timeline")},
		{Path: v.Path + "/network", Text: web.T(r, "plan.view_network")}, {Path: "/reviews?plan=" + b.Plan.ID, Text: web.T(r, "plan.view_reviews")}}
	if b.Plan.Budgeted(web.Actor(r)) {
		v.Views = append(v.Views, parts.Link{Path: v.Path + "/budget", Text: web.T(r, "plan.view_budget")})
	}
	v.Gone = gone(r, b.Plan.ID, b.Gone)
}

// gone links to the documents that hold no longer.
func gone(r *http.Request, plan string, all []*programme.Cited) (links []parts.Link) {
	for _, c := range all {
		links = append(links, parts.Link{Path: shown.DocumentAddress(plan, c), Text: shown.Gone(r, c)})
	}
	return links
}
