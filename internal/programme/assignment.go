package programme

import (
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// Role is what a body has to do with a clause.
type Role string

// The roles, as documents name them: chủ trì, thực hiện, phối hợp, nhận thông báo.
const (
	Lead       Role = "lead"
	Execute    Role = "execute"
	Coordinate Role = "coordinate"
	Inform     Role = "inform"
)

// Roles are all roles in the order in which they are shown.
var Roles = []Role{Lead, Execute, Coordinate, Inform}

// Assignment says that a body, or a class of bodies, has a role in a clause from a day on, by which
// document (phân công). Its states are proposed, assigned, transferred and closed. It is closed and
// followed by another one, never edited.
type Assignment struct {
	ID          string
	Plan        string
	Clause      string
	Role        Role
	Body        string // organisation
	Class       string // class of bodies; expanded as of a day
	Printed     string // as the document names it
	Basis       string // document and clause that assigns
	State       string
	From, To    when.Day // To is zero while it holds
	Predecessor string
	By          account.ID
	At          time.Time
	Confirmed   account.ID
	ConfirmedAt time.Time
}

// Holds reports whether the assignment holds on a day.
func (a *Assignment) Holds(on when.Day) bool {
	return (a.State == "assigned" || a.State == "transferred") && !on.Before(a.From) && (a.To.Zero() || !on.After(a.To))
}

// Order is one row of the table in which an officer assigns: clause, body, role, due and basis.
type Order struct {
	Clause, Body, Class, Printed string
	Role                         Role
	Basis                        string
	From                         when.Day
	Begins, Due                  when.Day
	DueBasis                     string
	Recurrence                   string
	Title, Product               lang.Both
	Quantity                     int64
	Unit                         string
	Budget                       int64
	BudgetSource                 string
	Secret                       bool
}

// Assign gives clauses of a plan to bodies: an assignment for each order, and a task for each body
// that leads or executes. All orders are kept or none; the fault names each wrong one by its place
// in the list.
func (x *Programme) Assign(tx *db.Tx, a account.Actor, p *Plan, orders ...Order) error {
	if p.State != "in_force" {
		return fault.New(fault.Conflict, "plan.wrong_state")
	}
	known, err := clauseTexts(tx, p.ID)
	if err != nil {
		return err
	}
	today := when.DayOf(tx.Now)
	f := fault.New(fault.Invalid, "assignment.invalid")
	for i := range orders {
		o := &orders[i]
		if o.From.Zero() {
			o.From = today
		}
		if _, ok := known[o.Clause]; !ok {
			f.At(place(i, "clause"), "assignment.no_such_clause", "Clause", o.Clause)
		}
		o.check(f, i)
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	return x.assign(tx, a, p, known, orders)
}

func (o *Order) check(f *fault.Fault, i int) {
	if (o.Body == "") == (o.Class == "") {
		f.At(place(i, "body"), "assignment.needs_body")
	}
	switch o.Role {
	case Lead, Execute, Coordinate, Inform:
	default:
		f.At(place(i, "role"), "assignment.needs_role")
	}
	if o.Basis == "" {
		f.At(place(i, "basis"), "assignment.needs_basis")
	}
	if !o.Due.Zero() && o.DueBasis == "" {
		f.At(place(i, "due_basis"), "assignment.needs_due_basis")
	}
	if !o.Due.Zero() && !o.Begins.Zero() && o.Due.Before(o.Begins) {
		f.At(place(i, "due"), "assignment.due_before_begin")
	}
	if o.Secret && (!o.Due.Zero() || !o.Product.Empty() || o.Budget > 0) {
		f.At(place(i, "due"), "assignment.secret")
	}
	if !ValidRecurrence(o.Recurrence) {
		f.At(place(i, "recurrence"), "assignment.bad_recurrence")
	}
}

func (x *Programme) assign(tx *db.Tx, a account.Actor, p *Plan, known map[string]lang.Both, orders []Order) error {
	var rows []*Assignment
	var tasks []*Task
	for i := range orders {
		o := &orders[i]
		row := &Assignment{ID: db.NewID(tx.Now), Plan: p.ID, Clause: o.Clause, Role: o.Role, Body: o.Body, Class: o.Class, Printed: o.Printed, Basis: o.Basis,
			State: "assigned", From: o.From, By: a.ID, At: tx.Now, Confirmed: a.ID, ConfirmedAt: tx.Now}
		rows = append(rows, row)
		if o.Role != Lead && o.Role != Execute {
			continue
		}
		bodies := []string{o.Body}
		if o.Class != "" {
			var err error
			if bodies, err = x.Bodies.Members(tx, o.Class, o.From); err != nil {
				return err
			}
		}
		for _, body := range bodies {
			tasks = append(tasks, o.task(p, row, body, known[o.Clause]))
		}
	}
	if err := insertAssignments(tx, rows); err != nil {
		return err
	}
	if err := noteAssignments(tx, a.ID, "assignment.made", rows); err != nil {
		return err
	}
	if err := fromAbove(tx, p.ID, tasks); err != nil {
		return err
	}
	return Tasks.NewMany(tx, a.ID, "task.made", tasks)
}

// task returns the task that an order makes for a body. One that is secret keeps its number only.
func (o *Order) task(p *Plan, row *Assignment, body string, title lang.Both) *Task {
	t := &Task{Plan: p.ID, Clause: o.Clause, Assignment: row.ID, Title: o.Title, Product: o.Product, Quantity: o.Quantity, Unit: o.Unit,
		Begins: o.Begins, Due: o.Due, DueBasis: o.DueBasis, Recurrence: o.Recurrence, Budget: o.Budget, BudgetSource: o.BudgetSource}
	t.Owner, t.State = body, "open"
	if t.Title.Empty() {
		t.Title = title
	}
	if o.Secret {
		*t = Task{Head: t.Head, Plan: p.ID, Clause: o.Clause, Assignment: row.ID, Secret: true}
	}
	return t
}

// Propose keeps what a document itself says of who leads, executes and coordinates; an officer
// confirms each.
func (x *Programme) Propose(tx *db.Tx, a account.Actor, p *Plan) (int, error) {
	said, err := Facts(tx, p.ID, Assigned)
	if err != nil || len(said) == 0 {
		return 0, err
	}
	day := p.From
	if day.Zero() {
		day = when.DayOf(tx.Now)
	}
	printed := make([]string, 0, len(said))
	for _, f := range said {
		printed = append(printed, f.Target)
	}
	found, err := x.Bodies.Find(tx, day, printed...)
	if err != nil {
		return 0, err
	}
	var rows []*Assignment
	for _, f := range said {
		b := found[f.Target]
		rows = append(rows, &Assignment{ID: db.NewID(tx.Now), Plan: p.ID, Clause: f.Place, Role: Role(f.Value), Body: b.Body, Class: b.Class, Printed: f.Target,
			Basis: p.Symbol + " " + f.Place, State: "proposed", From: day, By: a.ID, At: tx.Now})
	}
	if err := insertAssignments(tx, rows); err != nil {
		return 0, err
	}
	return len(rows), noteAssignments(tx, a.ID, "assignment.proposed", rows)
}

// Confirm makes assignments of proposals; with each the order that says due and product. A proposal
// whose body is not known yet takes the one that the order names.
func (x *Programme) Confirm(tx *db.Tx, a account.Actor, p *Plan, orders map[string]Order) error {
	var made []Order
	for id, o := range orders {
		row, err := assignmentOf(tx, p.ID, id)
		if err != nil {
			return err
		}
		if row.State != "proposed" {
			return fault.New(fault.Conflict, "assignment.wrong_state")
		}
		if o.Body == "" && o.Class == "" {
			o.Body, o.Class = row.Body, row.Class
		}
		o.Clause, o.Role, o.Printed, o.Basis = row.Clause, row.Role, row.Printed, row.Basis
		if o.From.Zero() {
			o.From = row.From
		}
		made = append(made, o)
		if err := closeAssignment(tx, id, "closed", when.Day{}); err != nil {
			return err
		}
	}
	return x.Assign(tx, a, p, made...)
}

// Withdraw closes an assignment from a day on, by a recorded decision; its open tasks are cancelled.
func Withdraw(tx *db.Tx, a account.Actor, p *Plan, id, decision string) error {
	row, err := assignmentOf(tx, p.ID, id)
	if err != nil {
		return err
	}
	if row.State != "assigned" && row.State != "proposed" {
		return fault.New(fault.Conflict, "assignment.wrong_state")
	}
	if decision == "" {
		return fault.New(fault.Invalid, "assignment.invalid").At("decision", "assignment.needs_decision")
	}
	today := when.DayOf(tx.Now)
	if err := closeAssignment(tx, id, "closed", today); err != nil {
		return err
	}
	if err := note(tx, a.ID, "assignment.withdrawn", "assignment", id, ledger.Change{Field: "decision", New: decision}); err != nil {
		return err
	}
	tasks, err := Tasks.Find(tx, "WHERE assignment = ? AND state = 'open' ORDER BY id", id)
	if err != nil {
		return err
	}
	for _, old := range tasks {
		t := Tasks.Copy(old)
		t.State, t.Closed = "cancelled", today
		if err := Tasks.Save(tx, a.ID, "task.cancelled", old, t, ledger.Change{Field: "decision", New: decision}); err != nil {
			return err
		}
	}
	return nil
}
