package overview

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/document"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// budgetView is what the budget of a plan by its tasks is drawn from.
type budgetView struct {
	Path, Plan, PlanIn, Total string
	Undeclared                int
	Sources, Bodies           []sum
	Rows                      []budgetRow
	Pager                     parts.Pager
	CSV                       string
}

// sum is what adds up for a source or a body.
type sum struct {
	Name, Value string
	dong        int64
}

type budgetRow struct{ Path, Number, Body, Source, Value string }

// budgetOf returns the plan and its board for those who may see its money: who sees plans from
// within, and who leads it.
func (d doors) budgetOf(r *http.Request) (*programme.Board, error) {
	p, err := programme.PlanOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !p.Led(web.Actor(r)) && !account.MaySeeProgramme.Allows(web.Actor(r)) {
		return nil, fault.New(fault.Forbidden, "plan.not_yours")
	}
	return d.Board(web.Tx(r), p, shown.AsOf(r))
}

// money are the tasks that stand and are no secret.
func money(b *programme.Board) (all []programme.Placed) {
	for _, l := range b.Lines {
		for _, t := range l.Tasks {
			if t.Standing != programme.Transferred && t.Standing != programme.Cancelled && !t.Secret {
				all = append(all, t)
			}
		}
	}
	return all
}

func (d doors) showBudget(w http.ResponseWriter, r *http.Request) error {
	b, err := d.budgetOf(r)
	if err != nil {
		return err
	}
	tag := web.Lang(r)
	v := budgetView{Path: shown.Address(b.Plan.ID), CSV: shown.Address(b.Plan.ID) + "/budget.csv"}
	v.Plan, v.PlanIn = shown.Best(r, b.Plan.Name)
	sources, bodies, total := map[string]int64{}, map[string]int64{}, int64(0)
	var told []programme.Placed
	for _, t := range money(b) {
		if t.Budget == 0 {
			v.Undeclared++
			continue
		}
		told = append(told, t)
		source := t.BudgetSource
		if source == "" {
			source = web.T(r, "budget.no_source")
		}
		sources[source] += t.Budget
		bodies[b.Names[t.Owner].In(tag)] += t.Budget
		total += t.Budget
	}
	v.Total, v.Sources, v.Bodies = lang.Number(tag, total), sums(tag, sources), sums(tag, bodies)
	if i := slices.IndexFunc(told, func(t programme.Placed) bool { return t.ID == r.URL.Query().Get("after") }); i >= 0 {
		told = told[i+1:]
		v.Pager.First = v.Path + "/budget"
	}
	if len(told) > rowsOnPage {
		told = told[:rowsOnPage]
		v.Pager.Next = v.Path + "/budget?after=" + url.QueryEscape(told[rowsOnPage-1].ID)
	}
	for _, t := range told {
		v.Rows = append(v.Rows, budgetRow{Path: "/tasks/" + t.ID, Number: t.Number + " · " + t.Clause, Body: b.Names[t.Owner].In(tag), Source: t.BudgetSource, Value: lang.Number(tag, t.Budget)})
	}
	page := web.Page{Title: web.T(r, "budget.title"), Section: "/plans", NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: v.Path, Text: v.Plan}, {Text: web.T(r, "budget.title")}}}
	return web.Show(w, r, page, budgetPage(v))
}

// sums are written with the largest first.
func sums(tag lang.Tag, of map[string]int64) (all []sum) {
	for name, dong := range of {
		all = append(all, sum{Name: name, Value: lang.Number(tag, dong), dong: dong})
	}
	lang.Sort(all, func(s sum) string { return s.Name })
	slices.SortStableFunc(all, func(a, b sum) int {
		switch {
		case a.dong > b.dong:
			return -1
		case a.dong < b.dong:
			return 1
		}
		return 0
	})
	return all
}

func (d doors) sendBudget(w http.ResponseWriter, r *http.Request) error {
	b, err := d.budgetOf(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+strings.ToLower(b.Plan.Number)+`-budget-`+b.On.String()+`.csv"`)
	var columns []document.Column
	for _, name := range []string{"as_of", "task", "clause", "body", "budget_vnd", "source"} {
		columns = append(columns, document.Column{Name: name})
	}
	out, err := document.NewWriter(w, document.CSV, columns, document.Layout{BOM: true})
	if err != nil {
		return err
	}
	for _, t := range money(b) {
		budget := any("")
		if t.Budget > 0 {
			budget = t.Budget
		}
		if err := out.Write(b.On.String(), t.Number, t.Clause, b.Names[t.Owner].Vi, budget, t.BudgetSource); err != nil {
			return err
		}
	}
	return out.Close()
}
