package derive

import (
	"net/http"
	"slices"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// bodyView is what the programme of one body is drawn from.
type bodyView struct {
	Name, Path string
	Plans      []planRow
	Counts     []parts.Light
	Rates      []string
	Tasks      []taskRow
	Owes       []owedRow
	Late       []taskRow
	Derived    []planRow // plans of other bodies that carry out its own
	New        string    // where it writes a programme, for those who may
	Nothing    *parts.Empty
	More       bool
}

// owedRow is what the body owes to one plan above: its clauses, its tasks.
type owedRow struct {
	Path, Name, NameIn, Coverage string
	Facts                        []parts.Light
}

type planRow struct{ Path, Name, NameIn, Symbol, State string }

type taskRow struct {
	Path, Number, Title, Due string
	Light                    parts.Light
}

// mostTasks is how many tasks the page of a body lists, the most urgent first.
const mostTasks = 100

func (d doors) showBody(w http.ResponseWriter, r *http.Request) error {
	tx, actor, tag := web.Tx(r), web.Actor(r), web.Lang(r)
	body, today := r.PathValue("id"), shown.AsOf(r)
	names, err := d.Bodies.Names(tx, today, body)
	if err != nil {
		return err
	}
	plans, err := programme.PlansOwnedBy(tx, body)
	if err != nil {
		return err
	}
	tasks, err := programme.TasksOfBody(tx, body)
	if err != nil {
		return err
	}
	writes := mayWrite(actor, body)
	stands, err := d.stands(tx, actor, body)
	if err != nil {
		return err
	}
	if names[body].Empty() || len(plans)+len(tasks) == 0 && !(writes && stands) {
		return fault.New(fault.NotFound, "record.not_found")
	}
	v := bodyView{Name: names[body].In(tag), Path: "/organisations/" + body}
	if writes {
		v.New = v.Path + "/programme/new"
	}
	for _, p := range plans {
		if !p.Seen(actor) {
			continue
		}
		v.Plans = append(v.Plans, planRowOf(r, p))
		below, err := programme.PlansBelow(tx, p.ID)
		if err != nil {
			return err
		}
		for _, one := range below {
			if one.Seen(actor) && one.State != "draft" && one.Owner != body {
				v.Derived = append(v.Derived, planRowOf(r, one))
			}
		}
	}
	if err := d.bodyTasks(r, &v, body, tasks, today); err != nil {
		return err
	}
	if len(v.Plans)+len(v.Tasks)+len(v.Late) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "body_programme.none"), Text: web.T(r, "body_programme.none_help")}
	}
	page := web.Page{Title: web.T(r, "body_programme.title", "Body", v.Name), Section: "/plans", NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/organisations", Text: web.T(r, "organisation.list")}, {Path: v.Path, Text: v.Name}, {Text: web.T(r, "body_programme.crumb")}}}
	return web.Show(w, r, page, bodyPage(v))
}

func planRowOf(r *http.Request, p *programme.Plan) planRow {
	row := planRow{Path: shown.Address(p.ID), Symbol: p.Symbol, State: web.T(r, "plan.state_"+p.State)}
	row.Name, row.NameIn = shown.Best(r, p.Name)
	return row
}

// owes tells what the body owes to the plans of others: clauses that its own plans carry out, of those
// that it was given, and tasks that are not accepted yet.
func (d doors) owes(r *http.Request, v *bodyView, body string, boards []*programme.Board) error {
	for _, b := range boards {
		if b.Plan.Owner == body {
			continue
		}
		c, err := d.Covered(web.Tx(r), b.Plan, b.On)
		if err != nil {
			return err
		}
		row := owedRow{Path: shown.Address(b.Plan.ID), Coverage: shown.Address(b.Plan.ID) + "/coverage"}
		row.Name, row.NameIn = shown.Best(r, b.Plan.Name)
		for _, one := range c.Bodies {
			if one.Body == body {
				kind := "ok"
				if one.Holes() > 0 {
					kind = "risk"
				}
				row.Facts = append(row.Facts, parts.Light{Kind: kind, Text: web.T(r, "body_programme.covered", "Done", len(one.Must)-one.Holes(), "All", len(one.Must))})
			}
		}
		open, late := 0, 0
		for _, l := range b.Lines {
			for _, t := range l.Tasks {
				if t.Owner == body && t.State == "open" {
					open++
					if t.Standing == programme.Overdue {
						late++
					}
				}
			}
		}
		row.Facts = append(row.Facts, parts.Light{Kind: "idle", Text: web.T(r, "body_programme.open", "N", open)})
		if late > 0 {
			row.Facts = append(row.Facts, parts.Light{Kind: "late", Text: web.T(r, "body_programme.late", "N", late)})
		}
		v.Owes = append(v.Owes, row)
	}
	return nil
}

// bodyTasks tells the tasks of plans that the reader may see, with their rates.
func (d doors) bodyTasks(r *http.Request, v *bodyView, body string, tasks []*programme.Task, on when.Day) error {
	tx, actor, tag := web.Tx(r), web.Actor(r), web.Lang(r)
	seen := map[string]*programme.Board{}
	var rates programme.Rates
	var placed []programme.Placed
	var boards []*programme.Board
	for _, t := range tasks {
		b, known := seen[t.Plan]
		if !known {
			p, err := programme.PlanOf(tx, actor, t.Plan)
			if fault.KindOf(err) == fault.NotFound {
				seen[t.Plan] = nil
				continue
			}
			if err != nil {
				return err
			}
			if b, err = d.Board(tx, p, on); err != nil {
				return err
			}
			seen[t.Plan] = b
			boards = append(boards, b)
		}
		if b == nil {
			continue
		}
		if one, ok := b.Task(t.ID); ok {
			rates.Count(one.Standing)
			placed = append(placed, one)
		}
	}
	for _, s := range programme.Standings {
		if n := rates.Counted[s]; n > 0 {
			v.Counts = append(v.Counts, parts.Light{Kind: shown.Kind(programme.Placed{Task: &programme.Task{}, Standing: s}), Text: web.T(r, "plan.of_these", "N", n, "What", web.T(r, "standing."+string(s)))})
		}
	}
	if share, ok := programme.Permille(rates.Done, rates.Due); ok {
		v.Rates = append(v.Rates, web.T(r, "plan.rate_done", "Share", shown.Percent(tag, share), "Done", rates.Done, "Due", rates.Due))
	}
	if share, ok := programme.Permille(rates.OnTime, rates.Done); ok {
		v.Rates = append(v.Rates, web.T(r, "plan.rate_on_time", "Share", shown.Percent(tag, share), "OnTime", rates.OnTime, "Done", rates.Done))
	}
	slices.SortStableFunc(placed, func(a, b programme.Placed) int {
		return slices.Index(programme.Standings, a.Standing) - slices.Index(programme.Standings, b.Standing)
	})
	for _, t := range placed[:min(len(placed), mostTasks)] {
		row := taskRow{Path: "/tasks/" + t.ID, Number: t.Number, Light: shown.Light(r, t, on), Due: lang.Day(tag, t.Due)}
		if row.Title, _ = shown.Best(r, t.Title); t.Secret {
			row.Title = web.T(r, "plan.secret")
		}
		if t.Standing == programme.Overdue {
			v.Late = append(v.Late, row)
		} else {
			v.Tasks = append(v.Tasks, row)
		}
	}
	v.More = len(placed) > mostTasks
	return d.owes(r, v, body, boards)
}
