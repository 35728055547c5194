package programme

import (
	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// Amendment is what is to be different about an assignment that holds: the order as it shall be, and
// the decision and reason for it. An order that tells no due day leaves the days as they are.
type Amendment struct {
	Order
	Decision, Reason string
}

// Amend changes an assignment that holds. One with another clause, body, role or basis closes it and
// follows it; its open tasks follow too where the body stays and still leads or executes, else they
// are cancelled and new ones made. A due day moves by the decision, with its reason. What held on the
// days before stays told as it was.
func (x *Programme) Amend(tx *db.Tx, a account.Actor, p *Plan, id string, m Amendment) error {
	row, err := assignmentOf(tx, p.ID, id)
	if err != nil {
		return err
	}
	if row.State != "assigned" || p.State != "in_force" {
		return fault.New(fault.Conflict, "assignment.wrong_state")
	}
	known, err := clauseTexts(tx, p.ID)
	if err != nil {
		return err
	}
	f := fault.New(fault.Invalid, "assignment.invalid")
	if m.DueBasis = m.Decision; m.DueBasis == "" {
		m.DueBasis = m.Basis
	}
	if m.check(f, 0); known[m.Clause].Empty() {
		f.At(place(0, "clause"), "assignment.no_such_clause", "Clause", m.Clause)
	}
	other := row.Clause != m.Clause || row.Body != m.Body || row.Class != m.Class || row.Role != m.Role
	if other && m.Decision == "" {
		f.At(place(0, "decision"), "assignment.needs_decision")
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	tasks, err := openTasks(tx, id)
	if err != nil {
		return err
	}
	if other || row.Basis != m.Basis {
		same := row.Clause == m.Clause && row.Body == m.Body && row.Class == m.Class && works(row.Role) == works(m.Role)
		if tasks, err = x.follow(tx, a, p, row, m, tasks, same); err != nil || !same {
			return err
		}
	}
	for _, t := range tasks {
		if err := m.amendTask(tx, a, t); err != nil {
			return err
		}
	}
	return nil
}

// works reports whether a role is one that has a task.
func works(r Role) bool { return r == Lead || r == Execute }

// openTasks returns the tasks of an assignment that are not closed.
func openTasks(tx *db.Tx, assignment string) ([]*Task, error) {
	return Tasks.Find(tx, "WHERE assignment = ? AND state = 'open' ORDER BY id", assignment)
}

// follow closes an assignment and makes the one that follows it, and returns its open tasks. Where it
// is the same work for the same body, they go over as they are.
func (x *Programme) follow(tx *db.Tx, a account.Actor, p *Plan, row *Assignment, m Amendment, tasks []*Task, same bool) ([]*Task, error) {
	today := when.DayOf(tx.Now)
	if err := closeAssignment(tx, row.ID, "transferred", today.AddDays(-1)); err != nil {
		return nil, err
	}
	if err := note(tx, a.ID, "assignment.amended", "assignment", row.ID, ledger.Change{Field: "decision", New: m.Decision}); err != nil {
		return nil, err
	}
	next := &Assignment{ID: db.NewID(tx.Now), Plan: p.ID, Clause: m.Clause, Role: m.Role, Body: m.Body, Class: m.Class, Printed: m.Printed, Basis: m.Basis,
		State: "assigned", From: today, Predecessor: row.ID, By: a.ID, At: tx.Now, Confirmed: a.ID, ConfirmedAt: tx.Now}
	if same {
		if err := insertAssignments(tx, []*Assignment{next}); err != nil {
			return nil, err
		}
		if err := noteAssignments(tx, a.ID, "assignment.made", []*Assignment{next}); err != nil {
			return nil, err
		}
		for i, old := range tasks {
			t := Tasks.Copy(old)
			t.Assignment = next.ID
			if err := Tasks.Save(tx, a.ID, "task.reassigned", old, t); err != nil {
				return nil, err
			}
			tasks[i] = t
		}
		return tasks, nil
	}
	for _, old := range tasks {
		t := Tasks.Copy(old)
		t.State, t.Closed = "cancelled", today
		if err := Tasks.Save(tx, a.ID, "task.cancelled", old, t, ledger.Change{Field: "decision", New: m.Decision}); err != nil {
			return nil, err
		}
	}
	o := m.Order
	o.From = today
	if o.Due.Zero() {
		o.DueBasis = ""
	}
	return nil, x.Assign(tx, a, p, o)
}

// amendTask moves the due day of a task and tells its product, where the amendment says otherwise.
func (m *Amendment) amendTask(tx *db.Tx, a account.Actor, t *Task) error {
	if t.Secret {
		if !m.Due.Zero() || !m.Product.Empty() {
			return fault.New(fault.Conflict, "assignment.secret")
		}
		return nil
	}
	if !m.Due.Zero() && m.Due != t.Due {
		decision, reason := m.Decision, m.Reason
		if t.Due.Zero() { // the first day rests on what assigns
			decision = m.DueBasis
			if reason == "" {
				reason = m.DueBasis
			}
		}
		if err := MoveDue(tx, a, t, m.Due, reason, decision); err != nil {
			return err
		}
		var err error
		if t, err = Tasks.Get(tx, t.ID); err != nil {
			return err
		}
	}
	if m.Product.Empty() || m.Product.Vi == t.Product.Vi {
		return nil
	}
	now := Tasks.Copy(t)
	now.Product.Vi = m.Product.Vi
	return ChangeTask(tx, a, t, now)
}
