package review

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"chonoi/internal/document/paper"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// listSize is how many reviews a page shows.
const listSize = 20

type listView struct {
	Rows    []reviewRow
	New     string // where a review is begun; "" for those who may not
	Pager   parts.Pager
	Nothing *parts.Empty
}

type reviewRow struct {
	Path, Title, TitleIn, About string
	State                       parts.Light
}

func address(id string) string { return "/reviews/" + id }

func stateLight(r *http.Request, v *programme.Review) parts.Light {
	if v.State == "issued" {
		return parts.Light{Kind: "ok", Text: web.T(r, "review.state_issued", "Symbol", v.Symbol)}
	}
	return parts.Light{Kind: "risk", Text: web.T(r, "review.state_draft")}
}

func (d doors) showList(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	var v listView
	after, seen := query.Get("after"), 0
	base := "/reviews?"
	if plan := query.Get("plan"); plan != "" {
		base += "plan=" + url.QueryEscape(plan) + "&"
	}
	for len(v.Rows) < listSize {
		all, err := programme.ReviewsOf(web.Tx(r), query.Get("plan"), after, listSize)
		if err != nil {
			return err
		}
		for _, one := range all {
			after = one.ID
			row, ok, err := rowOf(r, one)
			if err != nil {
				return err
			}
			if ok {
				v.Rows = append(v.Rows, row)
			}
			if len(v.Rows) == listSize {
				v.Pager.Next = base + "after=" + url.QueryEscape(after)
				break
			}
		}
		if seen += len(all); len(all) < listSize || seen > 50*listSize {
			break
		}
	}
	if query.Get("after") != "" {
		v.Pager.First = base
	}
	actor := web.Actor(r)
	plans, err := ledPlans(r)
	if err != nil {
		return err
	}
	if len(plans) > 0 && actor.SignedIn() {
		v.New = "/reviews/new"
		if plan := query.Get("plan"); plan != "" {
			v.New += "?plan=" + url.QueryEscape(plan)
		}
	}
	if len(v.Rows) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "review.none"), Text: web.T(r, "review.none_help")}
	}
	page := web.Page{Title: web.T(r, "review.list"), Description: web.T(r, "review.list_help"), Section: "/plans",
		Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Text: web.T(r, "review.list")}}}
	return web.Show(w, r, page, listPage(v))
}

func rowOf(r *http.Request, one *programme.Review) (reviewRow, bool, error) {
	plans, err := programme.PlansReviewed(web.Tx(r), one)
	if err != nil {
		return reviewRow{}, false, err
	}
	if !one.Seen(web.Actor(r), plans) {
		return reviewRow{}, false, nil
	}
	row := reviewRow{Path: address(one.ID), State: stateLight(r, one), About: web.T(r, "review.about", "Kind", web.T(r, "review.kind_"+one.Kind), "Date", lang.Date(web.Lang(r), one.AsOf.Start()))}
	row.Title, row.TitleIn = shown.Best(r, one.Title)
	return row, true, nil
}

// ledPlans are the plans in force that the caller may review.
func ledPlans(r *http.Request) ([]*programme.Plan, error) {
	all, err := programme.PlansSeen(web.Tx(r), web.Actor(r), "", 200)
	var led []*programme.Plan
	for _, p := range all {
		if p.State != "draft" && (p.Led(web.Actor(r)) || managesSome(r)) {
			led = append(led, p)
		}
	}
	return led, err
}

func managesSome(r *http.Request) bool {
	for _, m := range web.Actor(r).Memberships {
		if m.Manager {
			return true
		}
	}
	return false
}

type newView struct {
	Faults parts.Faults
	Fields []parts.Field
	Titles parts.Pair
}

func (d doors) showNew(w http.ResponseWriter, r *http.Request) error {
	return d.drawNew(w, r, web.Values{}, parts.Faults{})
}

// drawNew draws the form in which a review is begun, with what was typed.
func (d doors) drawNew(w http.ResponseWriter, r *http.Request, given web.Values, faults parts.Faults) error {
	plans, err := ledPlans(r)
	if err != nil {
		return err
	}
	if len(plans) == 0 {
		return fault.New(fault.Forbidden, "plan.not_yours")
	}
	today := when.DayOf(web.Tx(r).Now)
	value := func(name, usual string) string {
		if given.Has(name) {
			return given.Text(name)
		}
		return usual
	}
	kinds := value("kind", cmp.Or(r.URL.Query().Get("kind"), "interim"))
	from, to := when.Day{Year: today.Year, Month: 1, Date: 1}, today
	if kinds == "monthly" {
		from, to = programme.MonthOf(today, d.CutOff())
	}
	day := func(name string, usual when.Day) parts.Field {
		return parts.Field{Name: name, Label: web.T(r, "review."+name), Type: "date", Short: true, Value: value(name, usual.String()), Error: faults.At(name)}
	}
	plan := parts.Field{Name: "plan", Label: web.T(r, "review.plan"), Error: faults.At("plan")}
	chosen := value("plan", r.URL.Query().Get("plan"))
	for _, p := range plans {
		name, _ := shown.Best(r, p.Name)
		plan.Options = append(plan.Options, parts.Option{Value: p.ID, Text: name, On: p.ID == chosen})
	}
	plan.Options = append(plan.Options, parts.Option{Value: allPlans, Text: web.T(r, "review.all_plans"), On: chosen == allPlans})
	kind := parts.Field{Name: "kind", Label: web.T(r, "review.kind"), Error: faults.At("kind")}
	for _, one := range programme.ReviewKinds {
		kind.Options = append(kind.Options, parts.Option{Value: one, Text: web.T(r, "review.kind_"+one), On: one == kinds})
	}
	body, err := d.reporters(r, value("body", ""))
	if err != nil {
		return err
	}
	body.Error = faults.At("body")
	asOf := day("as_of", to)
	asOf.Hint = web.T(r, "review.as_of_hint")
	kind.Hint = web.T(r, "review.kind_hint", "Day", d.CutOff())
	v := newView{Faults: faults, Fields: []parts.Field{plan, kind, body, day("period_from", from), day("period_to", to), asOf},
		Titles: parts.Pair{Name: "title", Label: web.T(r, "review.title"), Hint: web.T(r, "review.title_hint"), Vi: given.Text("title.vi"), En: given.Text("title.en"), ErrorVi: faults.At("title_vi"), Max: 400, Optional: true}}
	page := web.Page{Title: web.T(r, "review.begin"), Section: "/plans", NoIndex: true, Amiss: faults.Any(), Crumbs: crumbs(r, web.T(r, "review.begin"))}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, newPage(v))
}

func crumbs(r *http.Request, last string) []parts.Crumb {
	return []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: "/reviews", Text: web.T(r, "review.list")}, {Text: last}}
}

// reporters are the bodies in whose name the caller may review: their own; the office reviews all.
func (d doors) reporters(r *http.Request, chosen string) (parts.Field, error) {
	f := parts.Field{Name: "body", Label: web.T(r, "review.body"), Hint: web.T(r, "review.body_hint")}
	actor := web.Actor(r)
	var own []string
	for _, m := range actor.Memberships {
		if m.Manager {
			own = append(own, m.Organisation)
		}
	}
	names, err := d.Bodies.Names(web.Tx(r), when.DayOf(web.Tx(r).Now), own...)
	if err != nil {
		return f, err
	}
	f.Options = append(f.Options, parts.Option{Text: web.T(r, "review.all_bodies")})
	for _, id := range own {
		f.Options = append(f.Options, parts.Option{Value: id, Text: names[id].In(web.Lang(r)), On: id == chosen})
	}
	return f, nil
}

// allPlans is chosen in the place of a plan for a review of all in which a body has something to do.
const allPlans = "all"

// chosen returns the plans of a review that is begun; a body reviews its own part alone.
func chosen(r *http.Request, v *programme.Review, plan string) ([]*programme.Plan, error) {
	tx, actor := web.Tx(r), web.Actor(r)
	f := fault.New(fault.Invalid, "review.invalid")
	if plan == allPlans {
		if v.Body == "" || !actor.Manages(v.Body) {
			return nil, f.At("body", "review.all_needs_body")
		}
		plans, err := programme.PlansToReview(tx, actor, v)
		if err == nil && len(plans) == 0 {
			err = f.At("plan", "review.nothing_to_review")
		}
		return plans, err
	}
	p, err := programme.PlanOf(tx, actor, plan)
	if err != nil {
		return nil, err
	}
	if !p.Led(actor) && (v.Body == "" || !actor.Manages(v.Body)) {
		return nil, f.At("body", "review.own_body_only")
	}
	return []*programme.Plan{p}, nil
}

// begin freezes the figures and writes the first words.
func (d doors) begin(w http.ResponseWriter, r *http.Request) error {
	form := web.Form(r)
	v := &programme.Review{Kind: form.Text("kind"), Body: form.Text("body"), Title: lang.Both{Vi: form.Text("title.vi"), En: form.Text("title.en")}}
	f := fault.New(fault.Invalid, "review.invalid")
	for name, into := range map[string]*when.Day{"period_from": &v.From, "period_to": &v.To, "as_of": &v.AsOf} {
		var ok bool
		if *into, ok = form.Day(name); !ok {
			f.At(name, "field.not_a_day")
		}
	}
	if err := f.OrNil(); err != nil {
		return d.failed(w, r, err)
	}
	plans, err := chosen(r, v, form.Text("plan"))
	if err != nil {
		return d.failed(w, r, err)
	}
	v.About(plans)
	if v.Owner = v.Body; v.Owner == "" {
		v.Owner = plans[0].Owner
	}
	if err := d.fill(r, v, plans); err != nil {
		return err
	}
	if err := d.compose(r, v, plans); err != nil {
		return d.failed(w, r, err)
	}
	web.Notice(w, r, "review.begun")
	return web.Goto(w, r, address(v.ID)+"/edit")
}

// fill gives a new review the title, layout and issuer that it usually has.
func (d doors) fill(r *http.Request, v *programme.Review, plans []*programme.Plan) error {
	words, p := web.Words(r), plans[0]
	of := map[lang.Tag]string{lang.Vi: p.Symbol, lang.En: p.Symbol}
	v.Issuer, v.Superior, v.Layout, v.Place = p.Issuer, p.Superior, p.Layout, p.Place
	v.Public = !slices.ContainsFunc(plans, func(p *programme.Plan) bool { return !p.Public })
	if len(plans) > 1 {
		names, err := d.Bodies.Names(web.Tx(r), v.AsOf, v.Body)
		if err != nil {
			return err
		}
		for tag := range of {
			of[tag] = words.T(tag, "review.plans_of", "N", len(plans), "Body", names[v.Body].In(tag))
		}
		v.Issuer, v.Superior = names[v.Body].In(lang.Vi), ""
	}
	for tag, into := range map[lang.Tag]*string{lang.Vi: &v.Title.Vi, lang.En: &v.Title.En} {
		if *into == "" && v.Kind != "" {
			*into = words.T(tag, "review.usual_title", "Kind", words.T(tag, "review.of_"+v.Kind), "Symbol", of[tag], "Date", lang.Date(tag, v.AsOf.Start()))
		}
	}
	if v.Layout == "" {
		if l, err := d.layouts.In(paper.State, when.DayOf(web.Tx(r).Now)); err == nil {
			v.Layout = l.Name
		}
	}
	return nil
}

// compose freezes the figures of a review, writes its words and keeps it.
func (d doors) compose(r *http.Request, v *programme.Review, plans []*programme.Plan) error {
	if v.AsOf.After(when.DayOf(web.Tx(r).Now)) {
		return fault.New(fault.Invalid, "review.invalid").At("as_of", "review.ahead")
	}
	figures, err := d.Freeze(web.Tx(r), d.book, v)
	if err != nil {
		return err
	}
	return programme.BeginReview(web.Tx(r), web.Actor(r), v, figures, Written(web.Words(r), plans, v, figures))
}

func (d doors) failed(w http.ResponseWriter, r *http.Request, err error) error {
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	return d.drawNew(w, r, web.Form(r), faults)
}
