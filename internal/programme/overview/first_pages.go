package overview

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"chonoi/internal/account"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

const (
	mostPlans  = 1000 // that one overview joins
	firstLines = 15   // of a table on the first page
	listSize   = 50   // rows of a page
)

// scope is what an overview is asked for: which plans, as of which day.
type scope struct {
	plans []*programme.Plan // those that are counted
	all   []*programme.Plan // those that can be chosen
	one   *programme.Plan   // the plan that is asked for; nil for all
	on    when.Day
}

// asked reads the scope of a page. A plan that the reader may not see is not found.
func asked(r *http.Request) (*scope, error) {
	tx, actor := web.Tx(r), web.Actor(r)
	s := &scope{on: shown.AsOf(r)}
	seen, err := programme.PlansSeen(tx, actor, "", mostPlans)
	if err != nil {
		return nil, err
	}
	for _, p := range seen {
		if p.InForceOn(s.on) {
			s.all = append(s.all, p)
		}
	}
	s.plans = s.all
	if id := r.URL.Query().Get("plan"); id != "" {
		if s.one, err = programme.PlanOf(tx, actor, id); err != nil {
			return nil, err
		}
		if s.one.State == "draft" {
			return nil, fault.New(fault.NotFound, "record.not_found")
		}
		s.plans = []*programme.Plan{s.one}
	}
	return s, nil
}

// path returns an address below the overview with the scope, and more, in its query.
func (s *scope) path(r *http.Request, at string, more ...string) string {
	q := url.Values{}
	if s.one != nil {
		q.Set("plan", s.one.ID)
	}
	if s.on != when.DayOf(web.Tx(r).Now) {
		q.Set("on", s.on.String())
	}
	for i := 0; i+1 < len(more); i += 2 {
		if more[i+1] != "" {
			q.Set(more[i], more[i+1])
		}
	}
	if len(q) == 0 {
		return at
	}
	return at + "?" + q.Encode()
}

// firstView is what the first page is drawn from.
type firstView struct {
	Lede, On, OnValue, Past string
	Plan                    parts.Field
	Rates                   []string
	Shares                  []parts.Share
	Lights                  []parts.Light
	Troubles                parts.Table
	Groups, Bodies          parts.Table
	AllBodies               string
	CSV, JSON               string
	Links                   []parts.Link
	Nothing                 *parts.Empty
}

func (d doors) showFirst(w http.ResponseWriter, r *http.Request) error {
	s, err := asked(r)
	if err != nil {
		return err
	}
	tx, tag := web.Tx(r), web.Lang(r)
	o, err := d.OverviewOf(tx, d.book, s.plans, s.on)
	if err != nil {
		return err
	}
	v := firstView{On: lang.Date(tag, s.on.Start()), OnValue: s.on.String(), Lede: web.T(r, "overview.lede_public")}
	if account.MaySeeProgramme.Allows(web.Actor(r)) {
		v.Lede = web.T(r, "overview.lede_all")
	}
	if s.on.Before(when.DayOf(tx.Now)) {
		v.Past = web.T(r, "overview.past", "Date", v.On)
	}
	v.Plan = s.choice(r)
	v.sum(r, s, o.All)
	v.Troubles = troubleTable(r, s, o.All)
	if err := d.tables(r, s, o, &v); err != nil {
		return err
	}
	v.CSV, v.JSON = s.path(r, "/programme/figures.csv"), s.path(r, "/programme/figures.json")
	if s.one != nil {
		v.Links = planLinks(r, s.one)
	}
	if account.MaySeeProgramme.Allows(web.Actor(r)) {
		v.Links = append(v.Links, parts.Link{Path: "/desk/reminders", Text: web.T(r, "follow.title")}, parts.Link{Path: "/letters", Text: web.T(r, "urging.list")})
	}
	if len(s.plans) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "overview.none"), Text: web.T(r, "overview.none_help"),
			Actions: []parts.Action{{Path: "/plans", Text: web.T(r, "plan.list"), Kind: "line"}}}
	}
	page := web.Page{Title: web.T(r, "overview.title"), Description: web.T(r, "overview.lede_public"), Section: "/plans", Canonical: "/programme",
		NoIndex: len(r.URL.Query()) > 0, Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Text: web.T(r, "overview.title")}}}
	return web.Show(w, r, page, firstPage(v))
}

func (s *scope) choice(r *http.Request) parts.Field {
	f := parts.Field{Name: "plan", Label: web.T(r, "overview.plan"), Options: []parts.Option{{Text: web.T(r, "overview.all_plans")}}}
	for _, p := range s.all {
		name, _ := shown.Best(r, p.Name)
		f.Options = append(f.Options, parts.Option{Value: p.ID, Text: name, On: s.one != nil && s.one.ID == p.ID})
	}
	if s.one != nil && !slices.Contains(s.all, s.one) && !slices.ContainsFunc(s.all, func(p *programme.Plan) bool { return p.ID == s.one.ID }) {
		name, _ := shown.Best(r, s.one.Name)
		f.Options = append(f.Options, parts.Option{Value: s.one.ID, Text: name, On: true})
	}
	return f
}

// sum tells the rates, each with what it is counted of, and how all tasks stand.
func (v *firstView) sum(r *http.Request, s *scope, t *programme.Tally) {
	tag := web.Lang(r)
	if share, ok := programme.Permille(t.Done, t.Due); ok {
		v.Rates = append(v.Rates, web.T(r, "overview.rate_done", "Share", percent(tag, share), "Done", lang.Number(tag, int64(t.Done)), "Due", lang.Number(tag, int64(t.Due))))
	} else {
		v.Rates = append(v.Rates, web.T(r, "overview.rate_done_none"))
	}
	if share, ok := programme.Permille(t.OnTime, t.Done); ok {
		v.Rates = append(v.Rates, web.T(r, "overview.rate_on_time", "Share", percent(tag, share), "OnTime", lang.Number(tag, int64(t.OnTime)), "Done", lang.Number(tag, int64(t.Done))))
	} else {
		v.Rates = append(v.Rates, web.T(r, "overview.rate_on_time_none"))
	}
	v.Rates = append(v.Rates, web.T(r, "overview.scope", "Plans", len(s.plans), "Clauses", lang.Number(tag, int64(t.Clauses)), "Tasks", lang.Number(tag, int64(t.Rates.All))))
	c := t.Counted
	for _, one := range []struct {
		kind string
		n    int
	}{{"ok", c[programme.OnTime] + c[programme.Late] + c[programme.DoneUndated]}, {"run", c[programme.Running]}, {"risk", c[programme.Undated]},
		{"late", c[programme.Overdue] + c[programme.Orphan]}, {"idle", c[programme.Waiting]}} {
		if one.n > 0 {
			v.Shares = append(v.Shares, parts.Share{Kind: one.kind, Of: one.n})
			v.Lights = append(v.Lights, parts.Light{Kind: one.kind, Text: web.T(r, "overview.bar_"+one.kind, "N", lang.Number(tag, int64(one.n)))})
		}
	}
}

// percent writes thousandths as a percentage with one decimal.
func percent(tag lang.Tag, permille int) string {
	return lang.Decimal(tag, strconv.Itoa(permille/10)+"."+strconv.Itoa(permille%10)) + "%"
}

// troubleKind is the colour of a trouble.
var troubleKind = map[programme.Trouble]string{programme.IsOverdue: "late", programme.IsSoon: "run", programme.IsUnassigned: "late", programme.IsOrphan: "late",
	programme.IsUnproved: "risk", programme.IsReturned: "risk", programme.IsUndated: "risk", programme.IsGrounded: "risk"}

// told lists the troubles that the caller is shown: returned reports are the house's own matter.
func told(r *http.Request) (all []programme.Trouble) {
	for _, what := range programme.Troubles {
		if what != programme.IsReturned || account.MaySeeProgramme.Allows(web.Actor(r)) {
			all = append(all, what)
		}
	}
	return all
}

// troubleTable is the table that is looked at first: each trouble, how many, and of what.
func troubleTable(r *http.Request, s *scope, t *programme.Tally) parts.Table {
	tag := web.Lang(r)
	table := parts.Table{Label: web.T(r, "overview.first"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "overview.what")}, {Title: web.T(r, "overview.n"), Num: true}, {Title: web.T(r, "overview.of_what")}}}
	for _, what := range told(r) {
		n := t.Troubles[what]
		kind := troubleKind[what]
		if n == 0 {
			kind = "ok"
		}
		of := web.T(r, "overview.of_tasks", "N", lang.Number(tag, int64(t.Rates.All)))
		switch what {
		case programme.IsOverdue:
			of = web.T(r, "overview.of_due", "N", lang.Number(tag, int64(t.Due)))
		case programme.IsUnassigned, programme.IsGrounded:
			of = web.T(r, "overview.of_clauses", "N", lang.Number(tag, int64(t.Clauses)))
		}
		table.Rows = append(table.Rows, []parts.Cell{{Light: kind, Text: web.T(r, "overview.trouble_"+string(what)), Note: web.T(r, "overview.means_"+string(what))},
			{Text: lang.Number(tag, int64(n)), Path: s.path(r, "/programme/rows/"+string(what))}, {Text: of}})
	}
	return table
}

// planLinks are the ways from one page of a plan to the others.
func planLinks(r *http.Request, p *programme.Plan) []parts.Link {
	at := shown.Address(p.ID)
	all := []parts.Link{{Path: at, Text: web.T(r, "overview.to_plan")}, {Path: "/programme?plan=" + p.ID, Text: web.T(r, "overview.title")}, {Path: at + "/timeline", Text: web.T(r, "timeline.title")},
		{Path: at + "/network", Text: web.T(r, "network.title")}, {Path: "/reviews?plan=" + p.ID, Text: web.T(r, "overview.to_reviews")}}
	if p.Budgeted(web.Actor(r)) {
		all = append(all, parts.Link{Path: at + "/budget", Text: web.T(r, "budget.title")})
	}
	return all
}
