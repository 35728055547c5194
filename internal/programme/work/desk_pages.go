package work

import (
	"net/http"
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// deskView is what a body's desk is drawn from.
type deskView struct {
	Bodies   []bodyView
	Plans    []planView
	Decide   []findingRow // answers that wait for whoever holds the round
	Opinions int          // that wait to be looked at
	Nothing  *parts.Empty
}

// bodyView is what one body has to do.
type bodyView struct {
	ID, Name string
	Counts   []parts.Light
	Rows     []rowView
	Findings []findingRow // of rounds, to be answered
}

type rowView struct {
	Path, Number, Title, TitleIn, Due, Said string
	Light                                   parts.Light
}

// planView is what waits in a plan for those who lead it.
type planView struct {
	Path, Name, NameIn string
	Lights             []parts.Light
	Waiting            []rowView // reports on which nobody has decided
}

// order is how tasks are listed on a desk: what is late first.
var order = []programme.Standing{programme.Overdue, programme.Running, programme.Undated, programme.Waiting, programme.Orphan,
	programme.Late, programme.OnTime, programme.DoneUndated, programme.Transferred, programme.Cancelled}

func (d doors) showDesk(w http.ResponseWriter, r *http.Request) error {
	tx, actor := web.Tx(r), web.Actor(r)
	today := when.DayOf(tx.Now)
	var v deskView
	for _, m := range actor.Memberships {
		b, err := d.body(r, m.Organisation, today)
		if err != nil {
			return err
		}
		if err := d.findings(r, &b, m.Organisation, today); err != nil {
			return err
		}
		if len(b.Rows)+len(b.Findings) > 0 {
			v.Bodies = append(v.Bodies, b)
		}
	}
	if account.MaySeeProgramme.Allows(actor) || actor.Is(account.Manager) {
		if err := d.plans(r, &v, today); err != nil {
			return err
		}
	}
	if err := d.rounds(r, &v, today); err != nil {
		return err
	}
	if len(v.Bodies)+len(v.Plans)+len(v.Decide)+v.Opinions == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "work.nothing"), Text: web.T(r, "work.nothing_help"),
			Actions: []parts.Action{{Path: "/plans", Text: web.T(r, "plan.list"), Kind: "line"}}}
	}
	page := web.Page{Title: web.T(r, "work.title"), Section: "/desk/tasks", NoIndex: true, Crumbs: []parts.Crumb{{Text: web.T(r, "work.title")}}}
	return web.Show(w, r, page, deskPage(v))
}

func (d doors) body(r *http.Request, id string, today when.Day) (bodyView, error) {
	tx, tag := web.Tx(r), web.Lang(r)
	tasks, err := programme.TasksOfBody(tx, id)
	if err != nil || len(tasks) == 0 {
		return bodyView{}, err
	}
	names, err := d.Bodies.Names(tx, today, id)
	if err != nil {
		return bodyView{}, err
	}
	ended, err := d.Bodies.Ended(tx, today, id)
	if err != nil {
		return bodyView{}, err
	}
	b := bodyView{ID: id, Name: names[id].In(tag)}
	n := map[programme.Standing]int{}
	var placed []programme.Placed
	for _, t := range tasks {
		p := programme.Placed{Task: t, Due: t.Due, Standing: t.Stands(today, t.Due, ended)}
		n[p.Standing]++
		placed = append(placed, p)
	}
	slices.SortStableFunc(placed, func(x, y programme.Placed) int {
		return slices.Index(order, x.Standing) - slices.Index(order, y.Standing)
	})
	for _, s := range order {
		if n[s] > 0 {
			kind := shown.Light(r, programme.Placed{Task: &programme.Task{}, Standing: s, Due: today}, today).Kind
			b.Counts = append(b.Counts, parts.Light{Kind: kind, Text: web.T(r, "plan.of_these", "N", n[s], "What", web.T(r, "standing."+string(s)))})
		}
	}
	for _, p := range placed {
		b.Rows = append(b.Rows, rowOf(r, p, today))
	}
	return b, nil
}

func rowOf(r *http.Request, p programme.Placed, today when.Day) rowView {
	tag := web.Lang(r)
	row := rowView{Path: "/tasks/" + p.ID, Number: p.Number, Light: shown.Light(r, p, today)}
	if p.Secret {
		row.Title = web.T(r, "plan.secret")
		return row
	}
	title, tongue := p.Title.Best(tag)
	if row.Title = title; tongue != tag {
		row.TitleIn = string(tongue)
	}
	if !p.Due.Zero() {
		row.Due = lang.Date(tag, p.Due.Start())
	}
	if p.Said != "" {
		row.Said = web.T(r, "plan.body_says", "What", web.T(r, "said."+p.Said))
	}
	return row
}

// plans lists what waits in the plans that the caller leads or oversees: what is late, not
// assigned, without a body, and the reports on which nobody has decided.
func (d doors) plans(r *http.Request, v *deskView, today when.Day) error {
	tx, actor := web.Tx(r), web.Actor(r)
	all, err := programme.PlansSeen(tx, actor, "", 50)
	if err != nil {
		return err
	}
	for _, p := range all {
		if p.State != "in_force" || !p.Led(actor) && !account.MaySeeProgramme.Allows(actor) {
			continue
		}
		b, err := d.Board(tx, p, today)
		if err != nil {
			return err
		}
		one := planView{Path: shown.Address(p.ID), Lights: troubles(r, b)}
		name, tongue := p.Name.Best(web.Lang(r))
		if one.Name = name; tongue != web.Lang(r) {
			one.NameIn = string(tongue)
		}
		waiting, err := programme.ReportsWaiting(tx, p.ID)
		if err != nil {
			return err
		}
		placed := map[string]programme.Placed{}
		for _, l := range b.Lines {
			for _, t := range l.Tasks {
				placed[t.ID] = t
			}
		}
		for _, report := range waiting {
			if t, ok := placed[report.Task]; ok && len(one.Waiting) < 50 {
				row := rowOf(r, t, today)
				row.Said = web.T(r, "work.reported", "Period", periodText(r, report.Period), "What", web.T(r, "said."+report.Said))
				one.Waiting = append(one.Waiting, row)
			}
		}
		v.Plans = append(v.Plans, one)
	}
	return nil
}

// troubles are what those who lead a plan look at first.
func troubles(r *http.Request, b *programme.Board) []parts.Light {
	var all []parts.Light
	add := func(kind, key string, n int) {
		if n > 0 {
			all = append(all, parts.Light{Kind: kind, Text: web.T(r, key, "N", n)})
		}
	}
	silent := 0
	for _, l := range b.Lines {
		if !l.Unassigned && l.Evidence == 0 {
			silent++
		}
	}
	add("late", "plan.overdue", b.Rates.Counted[programme.Overdue])
	add("late", "plan.clauses_open", b.Open)
	add("late", "plan.orphans", b.Orphans+b.Rates.Counted[programme.Orphan])
	add("risk", "plan.proposed", b.Proposed)
	add("risk", "work.without_evidence", silent)
	return all
}
