package assign

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

// paste reads rows of a sheet. The first time it shows what was understood; sent again with "keep" it
// keeps the good rows. Rows that are wrong stay in the box, so that none is lost.
func (d doors) paste(w http.ResponseWriter, r *http.Request) error {
	tx := web.Tx(r)
	p, err := programme.LedPlan(tx, web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	form := web.Form(r)
	rows, err := readSheet(form.Long("sheet"))
	if err == nil && len(rows) == 0 {
		err = fault.New(fault.Invalid, "assignment.invalid").At("sheet", "field.needed")
	}
	if err != nil {
		return d.failed(w, r, err, nil)
	}
	orders, shownRows, err := d.understood(r, p, rows)
	if err != nil {
		return err
	}
	if !form.On("keep") || len(orders) == 0 {
		return d.drawTable(w, r, form, parts.Faults{}, shownRows)
	}
	if err := d.Assign(tx, web.Actor(r), p, orders...); err != nil {
		return d.failed(w, r, err, shownRows)
	}
	web.Notice(w, r, "assign.done", "N", len(orders))
	return web.Goto(w, r, shown.Address(p.ID)+"/assignments")
}

// understood makes orders of the good rows, and tells of each row what it says or what is amiss.
func (d doors) understood(r *http.Request, p *programme.Plan, rows []sheetRow) ([]programme.Order, []pastedRow, error) {
	tx, tag := web.Tx(r), web.Lang(r)
	clauses, err := programme.Clauses(tx, p.ID)
	if err != nil {
		return nil, nil, err
	}
	known := map[string]bool{}
	for _, c := range clauses {
		known[c.Path] = true
	}
	var names []string
	for _, row := range rows {
		names = append(names, row.Body)
	}
	found, err := d.Bodies.Find(tx, when.DayOf(tx.Now), names...)
	if err != nil {
		return nil, nil, err
	}
	var orders []programme.Order
	var out []pastedRow
	for _, row := range rows {
		one := pastedRow{Cells: []string{strconv.Itoa(row.Line), row.Clause, row.Role, row.Body, "", row.Basis, row.Thing}}
		if row.Role != "" {
			one.Cells[2] = web.T(r, "role_name."+row.Role)
		}
		if !row.Due.Zero() {
			one.Cells[4] = lang.Date(tag, row.Due.Start())
		}
		b := found[row.Body]
		switch {
		case row.Amiss != nil:
			one.Amiss = web.T(r, row.Amiss.Key, row.Amiss.Args...)
		case !known[row.Clause]:
			one.Amiss = web.T(r, "assignment.no_such_clause", "Clause", row.Clause)
		case b.Body == "" && b.Class == "":
			one.Amiss = web.T(r, "assign.body_unknown", "Body", row.Body)
		case row.Basis == "":
			one.Amiss = web.T(r, "assignment.needs_basis")
		default:
			o := programme.Order{Clause: row.Clause, Role: programme.Role(row.Role), Body: b.Body, Class: b.Class, Printed: row.Body, Basis: row.Basis, Due: row.Due, Product: lang.Both{Vi: row.Thing}}
			if !row.Due.Zero() {
				o.DueBasis = row.Basis
			}
			orders = append(orders, o)
		}
		out = append(out, one)
	}
	return orders, out, nil
}

// confirm makes an assignment of what the document itself proposes.
func (d doors) confirm(w http.ResponseWriter, r *http.Request) error {
	p, err := programme.LedPlan(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	form := web.Form(r)
	due, ok := form.Day("due")
	if !ok {
		return d.failed(w, r, fault.New(fault.Invalid, "assignment.invalid").At("due", "assign.bad_day", "Day", form.Text("due")), nil)
	}
	o := programme.Order{Body: form.Text("body"), Due: due}
	if !due.Zero() {
		o.DueBasis = p.Symbol
	}
	if err := d.Confirm(web.Tx(r), web.Actor(r), p, map[string]programme.Order{r.PathValue("assignment"): o}); err != nil {
		return d.failed(w, r, err, nil)
	}
	web.Notice(w, r, "assign.done_confirmed")
	return web.Goto(w, r, shown.Address(p.ID)+"/assignments")
}

// withdraw closes an assignment by a decision.
func (d doors) withdraw(w http.ResponseWriter, r *http.Request) error {
	p, err := programme.LedPlan(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := programme.Withdraw(web.Tx(r), web.Actor(r), p, r.PathValue("assignment"), web.Form(r).Text("decision")); err != nil {
		return d.failed(w, r, err, nil)
	}
	web.Notice(w, r, "assign.done_withdrawn")
	return web.Goto(w, r, shown.Address(p.ID)+"/assignments")
}
