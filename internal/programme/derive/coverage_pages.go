package derive

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"chonoi/internal/document"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// bodiesOnPage is how many bodies a page of the matrix shows; mostColumns is how many clauses.
const (
	bodiesOnPage = 60
	mostColumns  = 80
)

// coverageView is what the matrix of bodies and clauses is drawn from.
type coverageView struct {
	Path, Plan, PlanIn string
	On, OnValue        string
	Facts              []parts.Light
	Columns            []column
	Rows               []bodyRow
	Pager              parts.Pager
	Parts              []parts.Option // of a plan with too many clauses for one table
	Groups             []groupRow
	Group              string // whose bodies the table shows
	Nothing            *parts.Empty
	CSV                string
}

// groupRow is the bodies of one class, counted.
type groupRow struct {
	Path, Name                    string
	Bodies, Filed, Given, Covered string
	On                            bool
}

type column struct{ Path, Number string }

type bodyRow struct {
	Path, Name string
	Plans      []parts.Action
	NoPlan     bool
	Holes      int
	Cells      []string // covered, hole, extra or ""
}

func (d doors) showCoverage(w http.ResponseWriter, r *http.Request) error {
	tx := web.Tx(r)
	p, err := programme.PlanOf(tx, web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	on := shown.AsOf(r)
	c, err := d.Covered(tx, p, on)
	if err != nil {
		return err
	}
	v := coverageView{Path: shown.Address(p.ID), On: lang.Day(web.Lang(r), on), OnValue: on.String(), CSV: shown.Address(p.ID) + "/coverage.csv?on=" + on.String()}
	v.Plan, v.PlanIn = shown.Best(r, p.Name)
	v.facts(r, c)
	from := v.columns(r, p, c)
	base := v.Path + "/coverage?on=" + on.String() + "&part=" + url.QueryEscape(from)
	bodies, group := v.groups(r, c, base)
	base += "&group=" + url.QueryEscape(group)
	after := r.URL.Query().Get("after")
	begin := slices.IndexFunc(bodies, func(one programme.Covering) bool { return one.Body == after }) + 1
	to := min(begin+bodiesOnPage, len(bodies))
	for _, one := range bodies[begin:to] {
		v.Rows = append(v.Rows, v.row(r, one))
	}
	if to < len(bodies) {
		v.Pager.Next = base + "&after=" + url.QueryEscape(bodies[to-1].Body)
	}
	if begin > 0 {
		v.Pager.First = base
	}
	if len(c.Bodies) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "coverage.none"), Text: web.T(r, "coverage.none_help")}
	}
	page := web.Page{Title: web.T(r, "coverage.title"), Section: "/plans", NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: v.Path, Text: v.Plan}, {Text: web.T(r, "coverage.title")}}}
	return web.Show(w, r, page, coveragePage(v))
}

// groups lists the classes, and returns the bodies of the one that is asked for. All bodies are shown
// where they fit one page; else those of the group with the most holes.
func (v *coverageView) groups(r *http.Request, c *programme.Coverage, base string) (bodies []programme.Covering, chosen string) {
	chosen = r.URL.Query().Get("group")
	known := func(g programme.Group) bool { return groupKey(g) == chosen }
	if !slices.ContainsFunc(c.Groups, known) {
		chosen = ""
		if len(c.Bodies) > bodiesOnPage {
			most := slices.MaxFunc(c.Groups, func(a, b programme.Group) int { return a.Given - a.Covered - b.Given + b.Covered })
			chosen = groupKey(most)
		}
	}
	if len(c.Groups) > 1 {
		n := func(i int) string { return lang.Number(web.Lang(r), int64(i)) }
		for _, g := range c.Groups {
			row := groupRow{Path: base + "&group=" + url.QueryEscape(groupKey(g)), Name: g.Name.In(web.Lang(r)), Bodies: n(g.Bodies), Filed: n(g.Filed), Given: n(g.Given), Covered: n(g.Covered), On: known(g)}
			if g.Class == "" {
				row.Name = web.T(r, "coverage.named")
			}
			if row.On {
				v.Group = row.Name
			}
			v.Groups = append(v.Groups, row)
		}
	}
	if chosen == "" {
		return c.Bodies, chosen
	}
	for _, one := range c.Bodies {
		if groupKey(programme.Group{Class: one.Class}) == chosen {
			bodies = append(bodies, one)
		}
	}
	return bodies, chosen
}

// groupKey names a group in an address.
func groupKey(g programme.Group) string {
	if g.Class == "" {
		return "named"
	}
	return "class:" + g.Class
}

// facts are the numbers above the matrix.
func (v *coverageView) facts(r *http.Request, c *programme.Coverage) {
	without, holes := 0, 0
	for _, one := range c.Bodies {
		if len(one.Plans) == 0 {
			without++
		}
		holes += one.Holes()
	}
	v.Facts = append(v.Facts, parts.Light{Kind: "idle", Text: web.T(r, "coverage.bodies", "N", len(c.Bodies))})
	if without > 0 {
		v.Facts = append(v.Facts, parts.Light{Kind: "late", Text: web.T(r, "coverage.without_plan", "N", without)})
	}
	if holes > 0 {
		v.Facts = append(v.Facts, parts.Light{Kind: "risk", Text: web.T(r, "coverage.holes", "N", holes)})
	}
}

// columns chooses the clauses of the table: all, or those of one section.
func (v *coverageView) columns(r *http.Request, p *programme.Plan, c *programme.Coverage) string {
	part := r.URL.Query().Get("part")
	if len(c.Clauses) > mostColumns {
		var all []string
		for _, one := range c.Clauses {
			if s := sectionOf(one.Path); !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
		if !slices.Contains(all, part) {
			part = all[0]
		}
		for _, s := range all {
			v.Parts = append(v.Parts, parts.Option{Value: v.Path + "/coverage?part=" + url.QueryEscape(s) + "&on=" + v.OnValue, Text: s, On: s == part})
		}
	} else {
		part = ""
	}
	for _, one := range c.Clauses {
		if (part == "" || sectionOf(one.Path) == part) && len(v.Columns) < 4*mostColumns {
			v.Columns = append(v.Columns, column{Path: shown.ClauseAddress(p.ID, one.Path), Number: one.Path})
		}
	}
	return part
}

// sectionOf is the section and group of a clause: II.5 of II.5-1#3.
func sectionOf(path string) string {
	if i := strings.IndexAny(path, "-#"); i > 0 {
		return path[:i]
	}
	return path
}

func (v *coverageView) row(r *http.Request, one programme.Covering) bodyRow {
	row := bodyRow{Path: "/organisations/" + one.Body + "/programme", Name: one.Name.In(web.Lang(r)), Holes: one.Holes()}
	for _, p := range one.Plans {
		if p.Seen(web.Actor(r)) {
			row.Plans = append(row.Plans, parts.Action{Path: shown.Address(p.ID), Text: p.Symbol})
		}
	}
	row.NoPlan = len(one.Plans) == 0
	for _, c := range v.Columns {
		state := ""
		switch must, covers := one.Must[c.Number], one.Covers[c.Number]; {
		case must && covers:
			state = "covered"
		case must:
			state = "hole"
		case covers:
			state = "extra"
		}
		row.Cells = append(row.Cells, state)
	}
	return row
}

func (d doors) sendCSV(w http.ResponseWriter, r *http.Request) error {
	p, err := programme.PlanOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	on := shown.AsOf(r)
	c, err := d.Covered(web.Tx(r), p, on)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+strings.ToLower(p.Number)+`-coverage-`+on.String()+`.csv"`)
	var columns []document.Column
	for _, name := range []string{"as_of", "class", "body", "clause", "must", "covered", "plans"} {
		columns = append(columns, document.Column{Name: name})
	}
	out, err := document.NewWriter(w, document.CSV, columns, document.Layout{BOM: true})
	if err != nil {
		return err
	}
	for _, one := range c.Bodies {
		var plans []string
		for _, own := range one.Plans {
			if own.Seen(web.Actor(r)) {
				plans = append(plans, own.Symbol)
			}
		}
		for _, clause := range c.Clauses {
			if !one.Must[clause.Path] && !one.Covers[clause.Path] {
				continue
			}
			if err := out.Write(on.String(), one.Class, one.Name.Vi, clause.Path, one.Must[clause.Path], one.Covers[clause.Path], strings.Join(plans, "; ")); err != nil {
				return err
			}
		}
	}
	return out.Close()
}
