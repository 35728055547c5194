package overview

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// firstView is what the first page of those who lead is drawn from.
type firstView struct {
	On, OnValue string
	Tiles       []tile
	Rates       []string
	Plans       []planRow
	Bodies      []bodyRow
	Show        string
	Rows        []row
	Pager       parts.Pager
	Nothing     *parts.Empty
}

// tile is one number that opens its rows.
type tile struct {
	parts.Light
	N    int
	Path string
	On   bool
}

type planRow struct {
	Path, Name, NameIn string
	Shares             []parts.Share
	Lights             []parts.Light
}

type bodyRow struct {
	Path, Name                            string
	All, Done, Overdue, Unproved, Undated int
}

type row struct {
	Path, Number, Text, Body, Due string
	Light                         parts.Light
}

// kinds are what a leader looks at first, in order, each with its colour.
var kinds = []struct{ name, light string }{{"overdue", "late"}, {"soon", "risk"}, {"unassigned", "late"}, {"orphan", "late"}, {"unproved", "risk"}, {"undated", "risk"}, {"resting", "risk"}}

// rowsOnPage is how many rows behind a number a page shows; soonDays is what is due soon.
const (
	rowsOnPage = 100
	soonDays   = 14
	mostPlans  = 200
	mostBodies = 50
)

func (d doors) showFirst(w http.ResponseWriter, r *http.Request) error {
	tx, on := web.Tx(r), shown.AsOf(r)
	plans, err := programme.PlansSeen(tx, web.Actor(r), "", mostPlans)
	if err != nil {
		return err
	}
	v := firstView{On: lang.Day(web.Lang(r), on), OnValue: on.String(), Show: r.URL.Query().Get("show")}
	found, bodies, rates := map[string][]row{}, map[string]*bodyRow{}, programme.Rates{}
	for _, p := range plans {
		if p.State != "in_force" {
			continue
		}
		b, err := d.Board(tx, p, on)
		if err != nil {
			return err
		}
		if err := d.look(r, b, found, bodies, &rates); err != nil {
			return err
		}
		v.Plans = append(v.Plans, planRowOf(r, b))
	}
	v.tiles(r, found)
	v.rates(r, rates)
	v.bodies(bodies)
	v.list(r, found[v.Show])
	if len(v.Plans) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "overview.none"), Text: web.T(r, "overview.none_help"), Actions: []parts.Action{{Path: "/plans", Text: web.T(r, "plan.list"), Kind: "line"}}}
	}
	page := web.Page{Title: web.T(r, "overview.title"), Section: "/plans", NoIndex: len(r.URL.Query()) > 0, Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Text: web.T(r, "overview.title")}}}
	return web.Show(w, r, page, firstPage(v))
}

// look sorts the clauses and tasks of a plan under what a leader looks at.
func (d doors) look(r *http.Request, b *programme.Board, found map[string][]row, bodies map[string]*bodyRow, rates *programme.Rates) error {
	resting, err := restingOn(r, b)
	if err != nil {
		return err
	}
	counted := map[string]bool{} // measures that count something
	for _, l := range b.Lines {
		proved, err := d.proved(r, b, l, counted)
		if err != nil {
			return err
		}
		clause := row{Path: shown.ClauseAddress(b.Plan.ID, l.Path), Number: b.Plan.Symbol + " " + l.Path}
		clause.Text, _ = shown.Best(r, l.Says())
		if l.Unassigned {
			one := clause
			one.Light = parts.Light{Kind: "late", Text: web.T(r, "standing.unassigned")}
			found["unassigned"] = append(found["unassigned"], one)
		}
		if symbol := resting[l.Path]; symbol != "" {
			one := clause
			one.Light = parts.Light{Kind: "risk", Text: web.T(r, "overview.rests_on", "Symbol", symbol)}
			found["resting"] = append(found["resting"], one)
		}
		for _, t := range l.Tasks {
			rates.Count(t.Standing)
			d.lookAtTask(r, b, t, clause, proved || t.Evidence > 0, found, bodies)
		}
	}
	return nil
}

func (d doors) lookAtTask(r *http.Request, b *programme.Board, t programme.Placed, clause row, proved bool, found map[string][]row, bodies map[string]*bodyRow) {
	if t.Standing == programme.Transferred || t.Standing == programme.Cancelled {
		return
	}
	one := row{Path: "/tasks/" + t.ID, Number: t.Number, Text: clause.Text, Body: b.Names[t.Owner].In(web.Lang(r)), Due: lang.Day(web.Lang(r), t.Due), Light: shown.Light(r, t, b.On)}
	if t.Secret {
		one.Text = web.T(r, "plan.secret")
	}
	body := bodies[t.Owner]
	if body == nil {
		body = &bodyRow{Path: "/organisations/" + t.Owner + "/programme", Name: one.Body}
		bodies[t.Owner] = body
	}
	body.All++
	done := t.Standing == programme.OnTime || t.Standing == programme.Late || t.Standing == programme.DoneUndated
	add := func(kind string, n *int) {
		found[kind] = append(found[kind], one)
		if n != nil {
			*n++
		}
	}
	switch {
	case done:
		body.Done++
	case t.Standing == programme.Overdue:
		add("overdue", &body.Overdue)
	case t.Standing == programme.Orphan:
		add("orphan", nil)
	case t.Standing == programme.Undated:
		add("undated", &body.Undated)
	case !t.Due.Zero() && !t.Due.After(b.On.AddDays(soonDays)):
		add("soon", nil)
	}
	if (done || t.Said == "done") && !proved {
		add("unproved", &body.Unproved)
	}
}

// proved reports whether some measure of a clause counts something.
func (d doors) proved(r *http.Request, b *programme.Board, l programme.Line, counted map[string]bool) (bool, error) {
	for _, rule := range l.Rules {
		m, ok := d.book.Measure(rule.Measure, rule.Version)
		if !ok {
			continue
		}
		key := rule.Measure + strconv.FormatInt(rule.Version, 10)
		if _, known := counted[key]; !known {
			value, err := d.book.Value(web.Tx(r), m, b.On, false)
			if err != nil {
				return false, err
			}
			counted[key] = value.N > 0
		}
		if counted[key] {
			return true, nil
		}
	}
	return false, nil
}

// restingOn tells which clauses rest on a document that is no longer in force, by that document.
func restingOn(r *http.Request, b *programme.Board) (map[string]string, error) {
	all, err := programme.CitedBy(web.Tx(r), b.Plan.ID)
	on := map[string]string{}
	for _, one := range all {
		for _, clause := range one.Clauses {
			if one.Told.Gone(b.On) {
				on[clause] = one.Symbol
			}
		}
	}
	return on, err
}

func planRowOf(r *http.Request, b *programme.Board) planRow {
	p := planRow{Path: shown.Address(b.Plan.ID)}
	p.Name, p.NameIn = shown.Best(r, b.Plan.Name)
	n := map[string]int{}
	for _, l := range b.Lines {
		for _, t := range l.Tasks {
			if t.Standing != programme.Transferred && t.Standing != programme.Cancelled {
				n[shown.Kind(t)]++
			}
		}
	}
	for _, kind := range []string{"ok", "run", "risk", "late", "idle"} {
		if n[kind] > 0 {
			p.Shares = append(p.Shares, parts.Share{Kind: kind, Of: n[kind]})
			p.Lights = append(p.Lights, parts.Light{Kind: kind, Text: web.T(r, "plan.light_"+kind, "N", n[kind])})
		}
	}
	if b.Open > 0 {
		p.Lights = append(p.Lights, parts.Light{Kind: "late", Text: web.T(r, "plan.clauses_open", "N", b.Open)})
	}
	return p
}

func (v *firstView) address(show, after string) string {
	query := url.Values{"on": {v.OnValue}}
	if show != "" {
		query.Set("show", show)
	}
	if after != "" {
		query.Set("after", after)
	}
	return "/programme?" + query.Encode()
}

func (v *firstView) tiles(r *http.Request, found map[string][]row) {
	for _, kind := range kinds {
		n := len(found[kind.name])
		light := parts.Light{Kind: kind.light, Text: web.T(r, "overview."+kind.name)}
		if n == 0 {
			light.Kind = "ok"
		}
		v.Tiles = append(v.Tiles, tile{Light: light, N: n, Path: v.address(kind.name, "") + "#rows", On: v.Show == kind.name})
	}
}

func (v *firstView) rates(r *http.Request, rates programme.Rates) {
	tag := web.Lang(r)
	if share, ok := programme.Permille(rates.Done, rates.Due); ok {
		v.Rates = append(v.Rates, web.T(r, "plan.rate_done", "Share", shown.Percent(tag, share), "Done", rates.Done, "Due", rates.Due))
	}
	if share, ok := programme.Permille(rates.OnTime, rates.Done); ok {
		v.Rates = append(v.Rates, web.T(r, "plan.rate_on_time", "Share", shown.Percent(tag, share), "OnTime", rates.OnTime, "Done", rates.Done))
	}
}

// bodies lists those with most that is late first.
func (v *firstView) bodies(of map[string]*bodyRow) {
	for _, one := range of {
		v.Bodies = append(v.Bodies, *one)
	}
	lang.Sort(v.Bodies, func(b bodyRow) string { return b.Name })
	slices.SortStableFunc(v.Bodies, func(a, b bodyRow) int { return (b.Overdue*1000 + b.Unproved) - (a.Overdue*1000 + a.Unproved) })
	v.Bodies = v.Bodies[:min(len(v.Bodies), mostBodies)]
}

// list shows the rows behind one of the numbers.
func (v *firstView) list(r *http.Request, rows []row) {
	after := r.URL.Query().Get("after")
	if i := slices.IndexFunc(rows, func(one row) bool { return one.Path == after }); i >= 0 {
		rows = rows[i+1:]
		v.Pager.First = v.address(v.Show, "")
	}
	if len(rows) > rowsOnPage {
		rows = rows[:rowsOnPage]
		v.Pager.Next = v.address(v.Show, rows[rowsOnPage-1].Path)
	}
	v.Rows = rows
}
