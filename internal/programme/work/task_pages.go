package work

import (
	"net/http"

	"chonoi/internal/account"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// taskView is what the page of a task is drawn from.
type taskView struct {
	Path, Number, Title, TitleIn, Body string
	Trail                              string // for those who inspect
	Funds                              string // what it costs, for those who see it
	Secret                             bool
	Light                              parts.Light
	ClausePath, Clause                 string
	Facts                              []parts.Fact
	Reports                            []reportView
	Moves                              []parts.Moment
	Evidence                           []evidenceView
	Answers, Led, Open                 bool
	Faults                             parts.Faults
	Form                               reportForm
	Due                                dueForm
	Bring                              bringForm
}

// reportView is one report with what may be done with it.
type reportView struct {
	ID, Period, Said, At, Who, Words, Difficulty, Proposal string
	Light                                                  parts.Light
	State, Reason                                          string
	Waiting                                                bool
}

// evidenceView is one piece of evidence with what may be done with it.
type evidenceView struct {
	ID, Title, Note, Path string
	Light                 parts.Light
	Check, Remove         bool
}

type reportForm struct {
	Period, Said, Done, Words, Difficulty, Proposal, Confidence, Why parts.Field
}

type dueForm struct{ Day, Reason, Decision parts.Field }

type bringForm struct{ File, Title, Form, Dated parts.Field }

func (d doors) showTask(w http.ResponseWriter, r *http.Request) error {
	return d.drawTask(w, r, web.Values{}, parts.Faults{})
}

// drawTask draws the page of a task; given is what was typed into one of its forms, and faults what
// is amiss there.
func (d doors) drawTask(w http.ResponseWriter, r *http.Request, given web.Values, faults parts.Faults) error {
	tx, actor, tag := web.Tx(r), web.Actor(r), web.Lang(r)
	t, p, err := programme.TaskOf(tx, actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	today := when.DayOf(tx.Now)
	v := taskView{Path: "/tasks/" + t.ID, Number: t.Number, Secret: t.Secret, ClausePath: shown.ClauseAddress(p.ID, t.Clause), Faults: faults}
	if account.MayInspect.Allows(actor) {
		v.Trail = v.Path + "/trail"
	}
	planName, _ := p.Name.Best(tag)
	v.Clause = web.T(r, "plan.clause_of", "Path", t.Clause, "Plan", planName)
	if !t.Secret {
		if err := d.fill(r, &v, t, p, today); err != nil {
			return err
		}
		if p.Budgeted(actor) || t.Funds(actor, p) {
			v.Funds = v.Path + "/budget"
		}
		v.Answers, v.Led, v.Open = t.Answers(actor, p), p.Led(actor), t.State == "open"
		v.forms(r, given, faults, t, today)
	}
	page := web.Page{Title: t.Number, Section: "/plans", NoIndex: true, Amiss: faults.Any(),
		Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: shown.Address(p.ID), Text: planName}, {Text: t.Number}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, taskPage(v))
}

func (d doors) fill(r *http.Request, v *taskView, t *programme.Task, p *programme.Plan, today when.Day) error {
	tx, tag := web.Tx(r), web.Lang(r)
	names, err := d.Bodies.Names(tx, today, t.Owner)
	if err != nil {
		return err
	}
	ended, err := d.Bodies.Ended(tx, today, t.Owner)
	if err != nil {
		return err
	}
	v.Body = names[t.Owner].In(tag)
	title, tongue := t.Title.Best(tag)
	if v.Title = title; tongue != tag {
		v.TitleIn = string(tongue)
	}
	v.Light = shown.Light(r, programme.Placed{Task: t, Due: t.Due, Standing: t.Stands(today, t.Due, ended)}, today)
	v.facts(r, t)
	moves, err := programme.DueChanges(tx, p.ID, t.ID)
	if err != nil {
		return err
	}
	v.Moves = shown.Moves(r, moves)
	if err := d.reports(r, v, t, p); err != nil {
		return err
	}
	return d.evidence(r, v, t, p)
}

// facts lists what is known of a task.
func (v *taskView) facts(r *http.Request, t *programme.Task) {
	tag := web.Lang(r)
	add := func(name, value, note string) {
		if value != "" {
			v.Facts = append(v.Facts, parts.Fact{Name: web.T(r, name), Value: value, Note: note})
		}
	}
	add("task.body", v.Body, "")
	product, _ := t.Product.Best(tag)
	add("task.product", product, "")
	if t.Quantity > 0 {
		add("task.quantity", lang.Number(tag, t.Quantity)+" "+t.Unit, "")
	}
	if !t.Begins.Zero() {
		add("task.begins", lang.Date(tag, t.Begins.Start()), "")
	}
	due := web.T(r, "plan.no_day")
	if !t.Due.Zero() {
		due = lang.Date(tag, t.Due.Start())
	}
	basis := ""
	if t.DueBasis != "" {
		basis = web.T(r, "task.due_basis", "Basis", t.DueBasis)
	}
	add("plan.due", due, basis)
	if t.Recurrence != "" {
		add("task.recurrence", shown.Recurrence(r, t.Recurrence), "")
	}
	if t.Budget > 0 {
		add("task.budget", lang.Money(tag, t.Budget), t.BudgetSource)
	}
	if t.Confidence != "" {
		add("task.confidence", web.T(r, "confidence."+t.Confidence), t.Why)
	}
}

func (d doors) reports(r *http.Request, v *taskView, t *programme.Task, p *programme.Plan) error {
	tx, tag := web.Tx(r), web.Lang(r)
	all, err := programme.Reports(tx, t.ID)
	if err != nil || len(all) == 0 {
		return err
	}
	var ids []string
	for _, one := range all {
		ids = append(ids, string(one.By))
	}
	people, err := d.People(tx, ids...)
	if err != nil {
		return err
	}
	// Who does not work on the task sees what was accepted, without who wrote it.
	inside := t.Answers(web.Actor(r), p) || account.MaySeeProgramme.Allows(web.Actor(r))
	for _, one := range all {
		if !inside && one.State != "accepted" {
			continue
		}
		row := reportView{ID: one.ID, Period: periodText(r, one.Period), Said: web.T(r, "said."+one.Said), At: lang.DateTime(tag, one.At), Words: one.Words, State: one.State,
			Light: parts.Light{Kind: map[string]string{"filed": "risk", "accepted": "ok", "returned": "late", "replaced": "idle"}[one.State], Text: web.T(r, "report.state_"+one.State)}}
		if inside {
			row.Reason, row.Proposal = one.Reason, one.Proposal
			if web.Actor(r).In(t.Owner) {
				row.Who = people[string(one.By)] // to others the body speaks, not a person
			}
			if one.Difficulty != "" {
				row.Difficulty = web.T(r, "difficulty."+one.Difficulty)
			}
		}
		row.Waiting = one.State == "filed" && p.Led(web.Actor(r))
		v.Reports = append(v.Reports, row)
	}
	return nil
}

// periodText writes a period of reports in words.
func periodText(r *http.Request, period string) string {
	if len(period) == 4 {
		return web.T(r, "period.year", "Year", period)
	}
	year, part := period[:4], period[5:]
	switch part[0] {
	case 'Q':
		return web.T(r, "period.quarter", "Year", year, "Quarter", map[byte]string{'1': "I", '2': "II", '3': "III", '4': "IV"}[part[1]])
	case 'H':
		return web.T(r, "period.half_"+part[1:], "Year", year)
	}
	return web.T(r, "period.month", "Year", year, "Month", part)
}

func (d doors) evidence(r *http.Request, v *taskView, t *programme.Task, p *programme.Plan) error {
	all, err := programme.EvidenceFor(web.Tx(r), p.ID, t.Clause)
	if err != nil {
		return err
	}
	actor := web.Actor(r)
	inside := t.Answers(actor, p) || account.MaySeeProgramme.Allows(actor)
	for _, e := range all {
		if e.Task != t.ID || !inside && !e.Counts() {
			continue
		}
		row := evidenceView{ID: e.ID, Title: e.Title, Note: web.T(r, "evidence.form_"+e.Form), Light: shown.EvidenceLight(r, e),
			Check: p.Led(actor) && e.By != actor.ID && e.CheckedAt.IsZero(), Remove: e.By == actor.ID && e.CheckedAt.IsZero()}
		if inside && e.Kind == "file" {
			row.Path = "/evidence/" + e.ID
		}
		v.Evidence = append(v.Evidence, row)
	}
	return nil
}
