package overview

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

const (
	mostBars  = 40 // tasks that one picture shows
	mostLanes = 25 // bodies or groups that one picture shows
)

// laned is a task in its lane.
type laned struct {
	line *programme.Line
	programme.Placed
}

// lane is the tasks of a body, or of a group of the plan.
type lane struct {
	key, name string
	tasks     []laned
}

// timelineView is what the time line is drawn from.
type timelineView struct {
	planHead
	By      parts.Field
	At      string // the lane that is asked for
	AtName  string
	Picture *picture
	Legend  []parts.Light
	Notes   []string
	Table   parts.Table
	Pager   parts.Pager
	CSV     string
	Nothing *parts.Empty
}

// planHead is what the pages of one plan have in common.
type planHead struct {
	Path, Plan, PlanIn, On, OnValue, Past string
	Links                                 []parts.Link
}

// opened reads the plan of a page and its board on the day that is asked for.
func (d doors) opened(r *http.Request) (*programme.Board, planHead, error) {
	tx := web.Tx(r)
	p, err := programme.PlanOf(tx, web.Actor(r), r.PathValue("id"))
	if err != nil {
		return nil, planHead{}, err
	}
	on := shown.AsOf(r)
	b, err := d.Board(tx, p, on)
	h := planHead{Path: shown.Address(p.ID), On: lang.Date(web.Lang(r), on.Start()), OnValue: on.String(), Links: planLinks(r, p)}
	h.Plan, h.PlanIn = shown.Best(r, p.Name)
	if on.Before(when.DayOf(tx.Now)) {
		h.Past = web.T(r, "overview.past", "Date", h.On)
	}
	return b, h, err
}

// pageOf is a page of a plan.
func (h planHead) pageOf(r *http.Request, b *programme.Board, title string) web.Page {
	return web.Page{Title: title, Description: title + ": " + h.Plan, Section: "/plans", NoIndex: !b.Plan.Public || len(r.URL.Query()) > 0,
		Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: h.Path, Text: h.Plan}, {Text: title}}}
}

// lanes puts the tasks of a board that stand into the lanes of bodies or groups.
func lanes(r *http.Request, b *programme.Board, by string) []*lane {
	group, of := b.GroupOf(), map[string]*lane{}
	title := make(map[string]string, len(b.Nodes))
	for _, n := range b.Nodes {
		title[n.Path] = strings.TrimSpace(n.Marker + " " + n.Text)
	}
	var all []*lane
	for i := range b.Lines {
		l := &b.Lines[i]
		for _, t := range l.Tasks {
			if t.Standing == programme.Transferred || t.Standing == programme.Cancelled {
				continue
			}
			key, name := t.Owner, b.Names[t.Owner].In(web.Lang(r))
			if by == "group" {
				key = group[l.Node]
				name = title[key]
			} else if t.Secret {
				key, name = "secret", web.T(r, "overview.secret_lane")
			}
			if of[key] == nil {
				of[key] = &lane{key: key, name: name}
				all = append(all, of[key])
			}
			of[key].tasks = append(of[key].tasks, laned{l, t})
		}
	}
	if by != "group" {
		lang.Sort(all, func(l *lane) string { return l.name })
	}
	return all
}

func (d doors) showTimeline(w http.ResponseWriter, r *http.Request) error {
	b, head, err := d.opened(r)
	if err != nil {
		return err
	}
	v := timelineView{planHead: head, At: r.URL.Query().Get("at")}
	by := "body"
	if r.URL.Query().Get("by") == "group" {
		by = "group"
	}
	v.By = parts.Field{Name: "by", Label: web.T(r, "timeline.by"), Options: []parts.Option{{Value: "body", Text: web.T(r, "timeline.by_body"), On: by == "body"}, {Value: "group", Text: web.T(r, "timeline.by_group"), On: by == "group"}}}
	v.CSV = v.Path + "/timeline.csv?on=" + b.On.String()
	all := lanes(r, b, by)
	n := 0
	for _, l := range all {
		n += len(l.tasks)
	}
	if v.At != "" {
		i := slices.IndexFunc(all, func(l *lane) bool { return l.key == v.At })
		if i < 0 {
			return fault.New(fault.NotFound, "record.not_found")
		}
		v.AtName, all = all[i].name, all[i:i+1]
	}
	switch {
	case n == 0:
		v.Nothing = &parts.Empty{Title: web.T(r, "timeline.none"), Text: web.T(r, "timeline.none_help"), Actions: []parts.Action{{Path: v.Path, Text: web.T(r, "overview.to_plan"), Kind: "line"}}}
	case v.At != "" || n <= mostBars:
		v.bars(r, b, by, all)
	default:
		v.sums(r, b, by, all)
	}
	return web.Show(w, r, v.pageOf(r, b, web.T(r, "timeline.title")), timelinePage(v))
}

// next returns the address of the page that follows a key.
func (v *timelineView) next(b *programme.Board, by, after string) string {
	q := url.Values{"by": {by}, "on": {b.On.String()}}
	if v.At != "" {
		q.Set("at", v.At)
	}
	if after != "" {
		q.Set("after", after)
	}
	return v.Path + "/timeline?" + q.Encode()
}

// bars draws each task: those of one lane page by page, or all of a small plan.
func (v *timelineView) bars(r *http.Request, b *programme.Board, by string, all []*lane) {
	if v.At != "" {
		tasks := all[0].tasks
		if after := r.URL.Query().Get("after"); after != "" {
			v.Pager.First = v.next(b, by, "")
			if i := slices.IndexFunc(tasks, func(t laned) bool { return t.ID == after }); i >= 0 {
				tasks = tasks[i+1:]
			}
		}
		if len(tasks) > mostBars {
			tasks = tasks[:mostBars]
			v.Pager.Next = v.next(b, by, tasks[mostBars-1].ID)
		}
		all = []*lane{{all[0].key, all[0].name, tasks}}
	}
	v.Picture = gantt(r, b, all)
	v.Legend = []parts.Light{{Kind: "ok", Text: web.T(r, "timeline.legend_ok")}, {Kind: "run", Text: web.T(r, "timeline.legend_run")}, {Kind: "risk", Text: web.T(r, "timeline.legend_risk")}, {Kind: "late", Text: web.T(r, "timeline.legend_late")}, {Kind: "idle", Text: web.T(r, "timeline.legend_idle")}}
	v.Notes = []string{web.T(r, "timeline.legend_moved"), web.T(r, "timeline.legend_today", "Date", v.On)}
	for _, day := range breaks(b) {
		v.Notes = append(v.Notes, web.T(r, "timeline.legend_break", "Date", lang.Date(web.Lang(r), day.Start())))
	}
	tag := web.Lang(r)
	v.Table = parts.Table{Label: web.T(r, "timeline.table"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "overview.clause")}, {Title: web.T(r, "overview.content")}, {Title: web.T(r, "overview.body")},
		{Title: web.T(r, "timeline.from")}, {Title: web.T(r, "overview.due")}, {Title: web.T(r, "overview.standing")}}}
	for _, l := range all {
		for _, t := range l.tasks {
			if t.Secret {
				v.Table.Rows = append(v.Table.Rows, []parts.Cell{{Text: t.Number}, {Text: web.T(r, "overview.secret")}, {Text: "–"}, {Text: "–"}, {Text: "–"}, {Text: "–"}})
				continue
			}
			light := shown.Light(r, t.Placed, b.On)
			row := []parts.Cell{{Text: t.line.Path, Path: shown.ClauseAddress(b.Plan.ID, t.line.Path)}, {Text: titleOf(r, t)}, {Text: b.Names[t.Owner].In(tag)}, {Text: lang.Date(tag, begins(b, t).Start())},
				{Text: web.T(r, "timeline.undated")}, {Light: light.Kind, Text: light.Text}}
			if !t.Due.Zero() {
				row[4].Text = lang.Date(tag, t.Due.Start())
			}
			if moves := movesUntil(t, b.On); len(moves) > 0 {
				row[4].Note = movedText(r, moves)
			}
			v.Table.Rows = append(v.Table.Rows, row)
		}
	}
}

// movedText tells from which days a due day was moved, and by which decisions.
func movedText(r *http.Request, moves []programme.DueChange) string {
	tag := web.Lang(r)
	var all []string
	for _, m := range moves {
		was := web.T(r, "timeline.undated")
		if !m.Old.Zero() {
			was = lang.Date(tag, m.Old.Start())
		}
		all = append(all, web.T(r, "timeline.moved", "Old", was, "Now", lang.Date(tag, m.Now.Start()), "Decision", m.Decision))
	}
	return strings.Join(all, "; ")
}

// movesUntil are the moves of a due day that were known on a day.
func movesUntil(t laned, on when.Day) (all []programme.DueChange) {
	for _, m := range t.Moves {
		if !when.DayOf(when.Time(m.At)).After(on) {
			all = append(all, m)
		}
	}
	return all
}

func titleOf(r *http.Request, t laned) string {
	if t.Secret {
		return t.Number
	}
	if title, _ := shown.Best(r, t.Title); title != "" && title != t.line.Text {
		return title
	}
	says, _ := shown.Best(r, t.line.Says())
	return says
}

// sums draws how many tasks of each lane are due in each piece of time.
func (v *timelineView) sums(r *http.Request, b *programme.Board, by string, all []*lane) {
	whole := all
	if after := r.URL.Query().Get("after"); after != "" {
		v.Pager.First = v.next(b, by, "")
		if i := slices.IndexFunc(all, func(l *lane) bool { return l.key == after }); i >= 0 {
			all = all[i+1:]
		}
	}
	if len(all) > mostLanes {
		all = all[:mostLanes]
		v.Pager.Next = v.next(b, by, all[mostLanes-1].key)
	}
	s := spanAll(b, whole)
	v.Picture = heat(r, b, all, s)
	v.Legend = []parts.Light{{Kind: "ok", Text: web.T(r, "timeline.legend_ok")}, {Kind: "late", Text: web.T(r, "timeline.legend_late")}, {Kind: "idle", Text: web.T(r, "timeline.legend_open")}}
	v.Notes = []string{web.T(r, "timeline.sums_help"), web.T(r, "timeline.legend_today", "Date", v.On)}
	for _, day := range breaks(b) {
		v.Notes = append(v.Notes, web.T(r, "timeline.legend_break", "Date", lang.Date(web.Lang(r), day.Start())))
	}
	tag := web.Lang(r)
	v.Table = parts.Table{Label: web.T(r, "timeline.table"), Cards: true, Tight: true, Columns: []parts.Column{{Title: v.By.Options[map[string]int{"body": 0, "group": 1}[by]].Text}, {Title: web.T(r, "timeline.tasks"), Num: true}}}
	for i := range s.n {
		v.Table.Columns = append(v.Table.Columns, parts.Column{Title: pieceName(r, s, i), Num: true})
	}
	v.Table.Columns = append(v.Table.Columns, parts.Column{Title: web.T(r, "timeline.undated"), Num: true})
	for _, l := range all {
		cells, undated := tally(b, l, s)
		row := []parts.Cell{{Text: l.name, Path: v.Path + "/timeline?" + url.Values{"by": {by}, "at": {l.key}, "on": {b.On.String()}}.Encode()}, {Text: lang.Number(tag, int64(len(l.tasks)))}}
		for _, c := range cells {
			row = append(row, parts.Cell{Text: lang.Number(tag, int64(c.done+c.late+c.open))})
		}
		v.Table.Rows = append(v.Table.Rows, append(row, parts.Cell{Text: lang.Number(tag, int64(undated))}))
	}
}

// sendTimeline writes the days of all tasks as a file.
func (d doors) sendTimeline(w http.ResponseWriter, r *http.Request) error {
	b, _, err := d.opened(r)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, l := range lanes(r, b, "group") {
		for _, t := range l.tasks {
			if t.Secret {
				rows = append(rows, []any{b.On.String(), "", t.Number, "", "", "", "", "", ""})
				continue
			}
			first := ""
			if moves := movesUntil(t, b.On); len(moves) > 0 {
				first = moves[0].Old.String()
			}
			done := ""
			if finished(t) {
				done = t.Done.String()
			}
			rows = append(rows, []any{b.On.String(), t.line.Path, t.Number, b.Names[t.Owner].In(lang.Vi), begins(b, t).String(), first, t.Due.String(), done, string(t.Standing)})
		}
	}
	return sendCSV(w, strings.ToLower(b.Plan.Number)+"-timeline-"+b.On.String(), []string{"as_of", "path", "task", "body", "begins", "first_due", "due", "done", "standing"}, rows)
}
