package programme

import (
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// Handover says which bodies take over from one that ended, from which day, by which decision.
type Handover struct {
	Body       string // that ended
	Successors []string
	From       when.Day
	Decision   string
}

// HandOver closes what a body had to do in a plan as transferred and gives it to its successors:
// one assignment and one open task for each. What the body had reported stays with its own tasks.
// It is confirmed for each assignment by itself; without ids, for all of the body's.
func HandOver(tx *db.Tx, a account.Actor, p *Plan, h Handover, ids ...string) (int, error) {
	f := fault.New(fault.Invalid, "handover.invalid")
	if len(h.Successors) == 0 {
		f.At("successors", "handover.needs_successor")
	}
	if h.From.Zero() {
		f.At("from", "field.needed")
	}
	if h.Decision == "" {
		f.At("decision", "assignment.needs_decision")
	}
	if err := f.OrNil(); err != nil {
		return 0, err
	}
	all, err := assignments(tx, `WHERE plan = ? AND body = ? AND state = 'assigned' ORDER BY clause, id`, p.ID, h.Body)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, row := range all {
		if len(ids) > 0 && !slices.Contains(ids, row.ID) {
			continue
		}
		if err := h.handOver(tx, a, p, row); err != nil {
			return n, err
		}
		n++
	}
	return n, h.handOverOfClasses(tx, a, p, ids)
}

// last is the last day on which the body that ended holds what it had: until somebody confirms who
// takes over, nobody does, and every day before that stays told as it was.
func (h *Handover) last(tx *db.Tx) when.Day {
	if yesterday := when.DayOf(tx.Now).AddDays(-1); h.From.Before(yesterday) {
		return yesterday
	}
	return h.From.AddDays(-1)
}

func (h *Handover) handOver(tx *db.Tx, a account.Actor, p *Plan, row *Assignment) error {
	if err := closeAssignment(tx, row.ID, "transferred", h.last(tx)); err != nil {
		return err
	}
	var rows []*Assignment
	for _, body := range h.Successors {
		rows = append(rows, &Assignment{ID: db.NewID(tx.Now), Plan: p.ID, Clause: row.Clause, Role: row.Role, Body: body, Printed: row.Printed, Basis: h.Decision,
			State: "assigned", From: h.From, Predecessor: row.ID, By: a.ID, At: tx.Now, Confirmed: a.ID, ConfirmedAt: tx.Now})
	}
	if err := insertAssignments(tx, rows); err != nil {
		return err
	}
	if err := noteAssignments(tx, a.ID, "assignment.handed_over", rows); err != nil {
		return err
	}
	tasks, err := Tasks.Find(tx, "WHERE assignment = ? AND owner = ? AND state = 'open' ORDER BY id", row.ID, h.Body)
	if err != nil {
		return err
	}
	return h.handOverTasks(tx, a, tasks, rows)
}

// handOverOfClasses hands over the tasks that the body had as one of a class: the class's
// assignment stays, for others hold it.
func (h *Handover) handOverOfClasses(tx *db.Tx, a account.Actor, p *Plan, ids []string) error {
	tasks, err := tasksOfClasses(tx, p.ID, h.Body)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if len(ids) > 0 && !slices.Contains(ids, t.Assignment) {
			continue
		}
		rows := make([]*Assignment, 0, len(h.Successors))
		for _, body := range h.Successors {
			rows = append(rows, &Assignment{ID: t.Assignment, Body: body})
		}
		if err := h.handOverTasks(tx, a, []*Task{t}, rows); err != nil {
			return err
		}
	}
	return nil
}

// handOverTasks closes tasks as transferred and opens one for each successor that has none yet of
// the same assignment.
func (h *Handover) handOverTasks(tx *db.Tx, a account.Actor, tasks []*Task, to []*Assignment) error {
	for _, old := range tasks {
		t := Tasks.Copy(old)
		t.State, t.Closed = "transferred", h.last(tx)
		if err := Tasks.Save(tx, a.ID, "task.handed_over", old, t, ledger.Change{Field: "decision", New: h.Decision}); err != nil {
			return err
		}
		for _, row := range to {
			has, err := hasTask(tx, row.ID, row.Body)
			if err != nil {
				return err
			}
			if has {
				continue
			}
			n := Tasks.Copy(old)
			n.Head.ID, n.Head.Number, n.Head.By = "", "", ""
			n.Owner, n.State, n.Assignment, n.Predecessor = row.Body, "open", row.ID, old.ID
			n.Said, n.Confidence, n.Why = "", "", ""
			if err := Tasks.New(tx, a.ID, "task.taken_over", n); err != nil {
				return err
			}
		}
	}
	return nil
}
