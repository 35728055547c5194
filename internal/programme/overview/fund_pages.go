package overview

import (
	"net/http"
	"strconv"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// fundView is what the budget of one task is drawn from.
type fundView struct {
	Path, Number, Title string
	Table               parts.Table
	Tells               bool // whether the caller may tell it
	Faults              parts.Faults
	Fields              []parts.Field
}

// funded returns the task of a page whose budget the caller sees, or may tell.
func funded(r *http.Request, tells bool) (*programme.Task, *programme.Plan, error) {
	t, p, err := programme.TaskOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return nil, nil, err
	}
	if !t.Funds(web.Actor(r), p) && (tells || t.Secret || !p.Budgeted(web.Actor(r))) {
		return nil, nil, fault.New(fault.Forbidden, "budget.not_yours")
	}
	return t, p, nil
}

func (d doors) showTaskBudget(w http.ResponseWriter, r *http.Request) error {
	return d.drawFund(w, r, web.Values{}, parts.Faults{})
}

// drawFund draws the budget of a task, with what was typed into its form.
func (d doors) drawFund(w http.ResponseWriter, r *http.Request, given web.Values, faults parts.Faults) error {
	t, p, err := funded(r, false)
	if err != nil {
		return err
	}
	tx := web.Tx(r)
	lines, err := programme.BudgetOfTask(tx, t.ID)
	if err != nil {
		return err
	}
	v := fundView{Path: "/tasks/" + t.ID + "/budget", Number: t.Number, Tells: t.Funds(web.Actor(r), p), Faults: faults}
	v.Title, _ = shown.Best(r, t.Title)
	v.Table = parts.Table{Label: web.T(r, "budget.lines"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "budget.by_year")}, {Title: web.T(r, "budget.by_source")}, {Title: web.T(r, "budget.planned"), Num: true}, {Title: web.T(r, "budget.spent"), Num: true}, {Title: web.T(r, "budget.basis")}}}
	for _, l := range lines {
		row := []parts.Cell{{Text: web.T(r, "budget.no_year")}, {Text: l.Source}, {Text: dong(r, l.Planned)}, {Text: web.T(r, "budget.not_told")}, {Text: l.Basis, Note: lang.Date(web.Lang(r), when.Time(l.At))}}
		if l.Year > 0 {
			row[0].Text = strconv.Itoa(l.Year)
		}
		if l.Spent >= 0 {
			row[3].Text = dong(r, l.Spent)
		}
		v.Table.Rows = append(v.Table.Rows, row)
	}
	for _, name := range []string{"year", "source", "planned", "spent", "basis"} {
		f := parts.Field{Name: name, Label: web.T(r, "budget.field_"+name), Value: given.Text(name), Error: faults.At(name)}
		switch name {
		case "year":
			f.Hint, f.Short, f.InputMode, f.Max, f.Optional = web.T(r, "budget.year_hint"), true, "numeric", 4, true
		case "planned":
			f.Short, f.InputMode, f.Unit = true, "numeric", web.T(r, "budget.unit")
		case "spent":
			f.Hint, f.Short, f.InputMode, f.Unit, f.Optional = web.T(r, "budget.spent_hint"), true, "numeric", web.T(r, "budget.unit"), true
		default:
			f.Max = 200
		}
		v.Fields = append(v.Fields, f)
	}
	name, _ := shown.Best(r, p.Name)
	title := web.T(r, "budget.of_task", "Number", t.Number)
	page := web.Page{Title: title, Section: "/plans", NoIndex: true, Amiss: faults.Any(), Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: shown.Address(p.ID), Text: name},
		{Path: shown.Address(p.ID) + "/budget", Text: web.T(r, "budget.title")}, {Text: title}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, fundPage(v))
}

// tellBudget keeps a line of the budget of a task.
func (d doors) tellBudget(w http.ResponseWriter, r *http.Request) error {
	t, _, err := funded(r, true)
	if err != nil {
		return err
	}
	form := web.Form(r)
	l := programme.BudgetLine{Source: form.Text("source"), Basis: form.Text("basis"), Spent: -1}
	f := fault.New(fault.Invalid, "budget.invalid")
	number := func(name string, needed bool) int64 {
		if form.Text(name) == "" {
			if needed {
				f.At(name, "field.needed")
			}
			return -1
		}
		n, ok := form.Int(name)
		if !ok || n < 0 {
			f.At(name, "budget.bad_sum")
		}
		return n
	}
	l.Planned, l.Spent = number("planned", true), number("spent", false)
	if form.Text("year") != "" {
		n, err := strconv.Atoi(form.Text("year"))
		if l.Year = n; err != nil || n == 0 {
			f.At("year", "budget.bad_year")
		}
	}
	if err = f.OrNil(); err == nil {
		err = programme.TellBudget(web.Tx(r), web.Actor(r), t, l)
	}
	if err != nil {
		faults, rest := web.Faults(r, err)
		if rest != nil {
			return rest
		}
		return d.drawFund(w, r, form, faults)
	}
	web.Notice(w, r, "budget.told")
	return web.Goto(w, r, "/tasks/"+t.ID+"/budget")
}
