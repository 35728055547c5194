package assign

import (
	"net/http"
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

// handoverView is what the page of bodies that ended is drawn from.
type handoverView struct {
	Led                bool
	Path, Name, NameIn string
	Bodies             []endedBody
	Faults             parts.Faults
	Nothing            *parts.Empty
}

// endedBody is a body that exists no more and still has something to do.
type endedBody struct {
	ID, Name, Last string
	Clauses        []parts.Link
	Successors     parts.Field
	From, Decision parts.Field
}

func (d doors) showHandover(w http.ResponseWriter, r *http.Request) error {
	return d.drawHandover(w, r, web.Values{}, parts.Faults{})
}

func (d doors) drawHandover(w http.ResponseWriter, r *http.Request, given web.Values, faults parts.Faults) error {
	tx, tag := web.Tx(r), web.Lang(r)
	p, err := programme.LookedInto(tx, web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	today := when.DayOf(tx.Now)
	b, err := d.Board(tx, p, today)
	if err != nil {
		return err
	}
	v := handoverView{Led: p.Led(web.Actor(r)), Path: shown.Address(p.ID), Faults: faults}
	v.Name, v.NameIn = shown.Best(r, p.Name)
	bodies, err := d.choices(r, today)
	if err != nil {
		return err
	}
	for _, id := range orphansOf(b) {
		one := endedBody{ID: id, Name: b.Names[id].In(tag), Last: lang.Date(tag, b.Ended[id].Start())}
		for _, l := range b.Lines {
			if has(l, id) {
				one.Clauses = append(one.Clauses, parts.Link{Path: shown.ClauseAddress(p.ID, l.Path), Text: l.Path})
			}
		}
		mine := given.Text("body") == id
		proposed, err := d.Bodies.Successors(tx, id, today)
		if err != nil {
			return err
		}
		one.Successors = parts.Field{Name: "successors", ID: "successors-" + id, Label: web.T(r, "assign.successors"), Hint: web.T(r, "assign.successors_hint"), Options: slices.Clone(bodies[1:])}
		one.From = parts.Field{Name: "from", ID: "from-" + id, Type: "date", Short: true, Label: web.T(r, "assign.from"), Value: b.Ended[id].AddDays(1).String()}
		one.Decision = parts.Field{Name: "decision", ID: "decision-" + id, Label: web.T(r, "assign.decision")}
		if mine {
			proposed = given.All("successors")
			one.From.Value, one.From.Error = given.Text("from"), faults.At("from")
			one.Decision.Value, one.Decision.Error = given.Text("decision"), faults.At("decision")
			one.Successors.Error = faults.At("successors")
		}
		one.Successors.Options = slices.DeleteFunc(one.Successors.Options, func(o parts.Option) bool { return strings.HasPrefix(o.Value, "class:") || o.Value == id })
		for i := range one.Successors.Options {
			one.Successors.Options[i].On = slices.Contains(proposed, one.Successors.Options[i].Value)
		}
		v.Bodies = append(v.Bodies, one)
	}
	if len(v.Bodies) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "assign.no_orphans"), Text: web.T(r, "assign.no_orphans_help"), Actions: []parts.Action{{Path: v.Path, Text: v.Name, Kind: "line"}}}
	}
	page := web.Page{Title: web.T(r, "assign.handover"), Section: "/plans", NoIndex: true, Amiss: faults.Any(),
		Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: v.Path, Text: v.Name}, {Text: web.T(r, "assign.handover")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, handoverPage(v))
}

// orphansOf lists the bodies that exist no more and still hold an assignment or a task.
func orphansOf(b *programme.Board) []string {
	var all []string
	for id := range b.Ended {
		if slices.ContainsFunc(b.Lines, func(l programme.Line) bool { return has(l, id) }) {
			all = append(all, id)
		}
	}
	lang.Sort(all, func(id string) string { return b.Names[id].Vi })
	return all
}

// has reports whether a body that ended still has a clause to do.
func has(l programme.Line, body string) bool {
	return slices.ContainsFunc(l.Assignments, func(a *programme.Assignment) bool { return a.Body == body && a.State == "assigned" }) ||
		slices.ContainsFunc(l.Tasks, func(t programme.Placed) bool { return t.Owner == body && t.Standing == programme.Orphan })
}

// handOver gives what an ended body had to do to those that a person confirms.
func (d doors) handOver(w http.ResponseWriter, r *http.Request) error {
	p, err := programme.LedPlan(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	form := web.Form(r)
	from, ok := form.Day("from")
	h := programme.Handover{Body: form.Text("body"), Successors: form.All("successors"), From: from, Decision: form.Text("decision")}
	if !ok {
		err = fault.New(fault.Invalid, "handover.invalid").At("from", "assign.bad_day", "Day", form.Text("from"))
	} else {
		_, err = programme.HandOver(web.Tx(r), web.Actor(r), p, h)
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.drawHandover(w, r, form, faults)
	}
	web.Notice(w, r, "assign.done_handed_over")
	return web.Goto(w, r, shown.Address(p.ID)+"/handover")
}
