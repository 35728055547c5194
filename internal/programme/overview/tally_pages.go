package overview

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/document"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// tallied is one line of a table of tallies.
type tallied struct {
	id, name string
	path     string // where the name leads
	with     []string
	*programme.Tally
}

// columns are the troubles of tasks that a table of tallies shows.
var columns = []programme.Trouble{programme.IsOverdue, programme.IsSoon, programme.IsOrphan, programme.IsUndated, programme.IsUnproved}

// tallyTable draws tallies; each number opens its rows.
func tallyTable(r *http.Request, s *scope, head, label string, lines []tallied) parts.Table {
	tag := web.Lang(r)
	t := parts.Table{Label: label, Cards: true, Tight: true, Columns: []parts.Column{{Title: head}, {Title: web.T(r, "overview.done_of_due"), Num: true}, {Title: web.T(r, "overview.on_time_of_done"), Num: true}}}
	for _, what := range columns {
		t.Columns = append(t.Columns, parts.Column{Title: web.T(r, "overview.trouble_"+string(what)), Num: true})
	}
	for _, l := range lines {
		row := []parts.Cell{{Text: l.name, Path: l.path}, share(tag, l.Done, l.Due), share(tag, l.OnTime, l.Done)}
		for _, what := range columns {
			c := parts.Cell{Text: lang.Number(tag, int64(l.Troubles[what]))}
			if l.Troubles[what] > 0 {
				c.Path = s.path(r, "/programme/rows/"+string(what), l.with...)
			}
			row = append(row, c)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// share is a rate with what it is counted of, a dash where that is nothing.
func share(tag lang.Tag, n, of int) parts.Cell {
	permille, ok := programme.Permille(n, of)
	if !ok {
		return parts.Cell{Text: "–"}
	}
	return parts.Cell{Text: percent(tag, permille), Note: lang.Number(tag, int64(n)) + "/" + lang.Number(tag, int64(of))}
}

// bodyLines are the bodies of an overview: those with most overdue first, then by name.
func bodyLines(r *http.Request, s *scope, o *programme.Overview) []tallied {
	all := make([]tallied, 0, len(o.Bodies))
	for id, t := range o.Bodies {
		one := tallied{id: id, name: o.Names[id].In(web.Lang(r)), with: []string{"body", id}, Tally: t}
		if s.one != nil {
			one.path = shown.Address(s.one.ID) + "/timeline?by=body&at=" + id
		}
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b tallied) int { return strings.Compare(a.id, b.id) })
	lang.Sort(all, func(t tallied) string { return t.name })
	slices.SortStableFunc(all, func(a, b tallied) int {
		return b.Troubles[programme.IsOverdue] - a.Troubles[programme.IsOverdue]
	})
	return all
}

// groupLines are the groups of one plan, or the plans.
func (d doors) groupLines(r *http.Request, s *scope, o *programme.Overview) ([]tallied, error) {
	var all []tallied
	if s.one == nil {
		for _, p := range o.Plans {
			name, _ := shown.Best(r, p.Name)
			all = append(all, tallied{id: p.ID, name: name, path: s.path(r, "/programme", "plan", p.ID), with: []string{"plan", p.ID}, Tally: p.Tally})
		}
		return all, nil
	}
	g, err := d.GlanceAt(web.Tx(r), d.book, s.one, s.on)
	if err != nil {
		return nil, err
	}
	for _, one := range g.Groups {
		all = append(all, tallied{id: one.Path, name: strings.TrimSpace(one.Marker + " " + one.Title), path: shown.Address(s.one.ID) + "/timeline?by=group&at=" + one.Path, with: []string{"group", one.Path}, Tally: one.Tally})
	}
	return all, nil
}

// tables fills in the tables by group and by body.
func (d doors) tables(r *http.Request, s *scope, o *programme.Overview, v *firstView) error {
	groups, err := d.groupLines(r, s, o)
	if err != nil {
		return err
	}
	head, label := web.T(r, "overview.group"), web.T(r, "overview.by_group")
	if s.one == nil {
		head, label = web.T(r, "overview.plan"), web.T(r, "overview.by_plan")
	}
	v.Groups = tallyTable(r, s, head, label, groups[:min(len(groups), listSize)])
	bodies := bodyLines(r, s, o)
	if len(bodies) > firstLines {
		v.AllBodies = s.path(r, "/programme/bodies")
		bodies = bodies[:firstLines]
	}
	v.Bodies = tallyTable(r, s, web.T(r, "overview.body"), web.T(r, "overview.by_body"), bodies)
	return nil
}

// bodiesView is the page of all bodies.
type bodiesView struct {
	On    string
	Table parts.Table
	Pager parts.Pager
}

func (d doors) showBodies(w http.ResponseWriter, r *http.Request) error {
	s, err := asked(r)
	if err != nil {
		return err
	}
	o, err := d.OverviewOf(web.Tx(r), d.book, s.plans, s.on)
	if err != nil {
		return err
	}
	v := bodiesView{On: lang.Date(web.Lang(r), s.on.Start())}
	lines := bodyLines(r, s, o)
	if after := r.URL.Query().Get("after"); after != "" {
		v.Pager.First = s.path(r, "/programme/bodies")
		if i := slices.IndexFunc(lines, func(t tallied) bool { return t.id == after }); i >= 0 {
			lines = lines[i+1:]
		}
	}
	if len(lines) > listSize {
		lines = lines[:listSize]
		v.Pager.Next = s.path(r, "/programme/bodies", "after", lines[listSize-1].id)
	}
	v.Table = tallyTable(r, s, web.T(r, "overview.body"), web.T(r, "overview.by_body"), lines)
	title := web.T(r, "overview.by_body")
	page := web.Page{Title: title, Section: "/plans", NoIndex: true, Crumbs: crumbs(r, s, title)}
	return web.Show(w, r, page, bodiesPage(v))
}

func crumbs(r *http.Request, s *scope, last string) []parts.Crumb {
	return []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: s.path(r, "/programme"), Text: web.T(r, "overview.title")}, {Text: last}}
}

// openTally is a tally as open data.
type openTally struct {
	Kind    string                    `json:"kind"` // all, group, plan, body
	ID      string                    `json:"id,omitempty"`
	Name    string                    `json:"name,omitempty"`
	Clauses int                       `json:"clauses,omitempty"`
	Tasks   int                       `json:"tasks"`
	Done    int                       `json:"done"`
	Due     int                       `json:"due"`
	OnTime  int                       `json:"on_time"`
	Counted map[programme.Trouble]int `json:"troubles"`
}

func (d doors) figures(r *http.Request) (*scope, []openTally, error) {
	s, err := asked(r)
	if err != nil {
		return nil, nil, err
	}
	o, err := d.OverviewOf(web.Tx(r), d.book, s.plans, s.on)
	if err != nil {
		return nil, nil, err
	}
	groups, err := d.groupLines(r, s, o)
	if err != nil {
		return nil, nil, err
	}
	kind := "group"
	if s.one == nil {
		kind = "plan"
	}
	one := func(kind, id, name string, t *programme.Tally) openTally {
		counted := map[programme.Trouble]int{}
		for _, what := range told(r) {
			counted[what] = t.Troubles[what]
		}
		return openTally{kind, id, name, t.Clauses, t.Rates.All, t.Done, t.Due, t.OnTime, counted}
	}
	all := []openTally{one("all", "", "", o.All)}
	for _, l := range groups {
		all = append(all, one(kind, l.id, l.name, l.Tally))
	}
	for _, l := range bodyLines(r, s, o) {
		all = append(all, one("body", l.id, l.name, l.Tally))
	}
	return s, all, nil
}

func (d doors) sendFiguresJSON(w http.ResponseWriter, r *http.Request) error {
	s, all, err := d.figures(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	return json.NewEncoder(w).Encode(map[string]any{"as_of": s.on.String(), "figures": all})
}

func (d doors) sendFigures(w http.ResponseWriter, r *http.Request) error {
	s, all, err := d.figures(r)
	if err != nil {
		return err
	}
	head := []string{"as_of", "kind", "id", "name", "clauses", "tasks", "done", "due", "on_time"}
	for _, what := range told(r) {
		head = append(head, string(what))
	}
	var rows [][]any
	for _, t := range all {
		row := []any{s.on.String(), t.Kind, t.ID, t.Name, strconv.Itoa(t.Clauses), strconv.Itoa(t.Tasks), strconv.Itoa(t.Done), strconv.Itoa(t.Due), strconv.Itoa(t.OnTime)}
		for _, what := range told(r) {
			row = append(row, strconv.Itoa(t.Counted[what]))
		}
		rows = append(rows, row)
	}
	return sendCSV(w, "programme-"+s.on.String(), head, rows)
}

// sendCSV writes a table as a file.
func sendCSV(w http.ResponseWriter, name string, head []string, rows [][]any) error {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
	var cols []document.Column
	for _, h := range head {
		cols = append(cols, document.Column{Name: h})
	}
	out, err := document.NewWriter(w, document.CSV, cols, document.Layout{BOM: true})
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := out.Write(row...); err != nil {
			return err
		}
	}
	return out.Close()
}
