package programme

import (
	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/ledger"
)

// Link says that a clause of one plan carries out a clause of another (cụ thể hóa).
type Link struct {
	Plan, Clause  string
	Parent, Place string
	Relation      string // implements or continues
	Printed       bool   // the document itself says so
	Author        account.ID
	At            int64
}

// The relations of a clause to the clause above it: it carries it out, or goes on with it.
const (
	Implements = "implements"
	Continues  = "continues"
)

// relation is that of the link; one that is not told implements.
func (l *Link) relation() string {
	if l.Relation == Continues {
		return Continues
	}
	return Implements
}

// Connect links clauses of a plan to clauses of the plan above it. A link that stands already is
// left alone. Tasks of the clauses get the task above as their parent.
func Connect(tx *db.Tx, a account.Actor, links ...Link) error {
	for _, l := range links {
		if l.Plan == l.Parent {
			return fault.New(fault.Invalid, "plan.carries_out_itself")
		}
	}
	if err := keepLinks(tx, a.ID, links); err != nil {
		return err
	}
	for _, l := range links {
		if err := note(tx, a.ID, "plan.linked", "plan", l.Plan, ledger.Change{Field: "place", New: l.Clause}, ledger.Change{Field: "carries_out", New: l.Place},
			ledger.Change{Field: "relation", New: l.relation()}); err != nil {
			return err
		}
	}
	return giveParents(tx, a, links)
}

// giveParents names the task above as the parent of the open tasks of linked clauses that have none.
func giveParents(tx *db.Tx, a account.Actor, links []Link) error {
	above, err := tasksAbove(tx, links)
	if err != nil || len(above) == 0 {
		return err
	}
	for _, l := range links {
		tasks, err := Tasks.Find(tx, "WHERE plan = ? AND clause = ? AND state = 'open' AND parent = '' ORDER BY id", l.Plan, l.Clause)
		if err != nil {
			return err
		}
		for _, old := range tasks {
			t := Tasks.Copy(old)
			if t.Parent = parentOf(t.Owner, above[Link{Parent: l.Parent, Place: l.Place}]); t.Parent == "" {
				continue
			}
			if err := Tasks.Save(tx, a.ID, "task.derived", old, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// parentOf chooses the task above: the body's own, or the only one that there is.
func parentOf(body string, above []*Task) string {
	for _, t := range above {
		if t.Owner == body {
			return t.ID
		}
	}
	if len(above) == 1 {
		return above[0].ID
	}
	return ""
}

// fromAbove gives tasks that are about to be made in a plan the tasks above as their parents.
func fromAbove(tx *db.Tx, plan string, tasks []*Task) error {
	links, err := LinksOf(tx, plan)
	if err != nil || len(links) == 0 || len(tasks) == 0 {
		return err
	}
	above, err := tasksAbove(tx, links)
	for _, t := range tasks {
		for _, l := range links {
			if t.Parent == "" && l.Clause == t.Clause {
				t.Parent = parentOf(t.Owner, above[Link{Parent: l.Parent, Place: l.Place}])
			}
		}
	}
	return err
}

// Disconnect ends a link; the ledger keeps that it was there. Tasks that hung on it by their parent
// stand by themselves again.
func Disconnect(tx *db.Tx, a account.Actor, l Link) error {
	if err := endLink(tx, l); err != nil {
		return err
	}
	tasks, err := Tasks.Find(tx, "WHERE plan = ? AND clause = ? AND state = 'open' AND parent IN (SELECT id FROM task WHERE plan = ? AND clause = ?) ORDER BY id", l.Plan, l.Clause, l.Parent, l.Place)
	if err != nil {
		return err
	}
	for _, old := range tasks {
		t := Tasks.Copy(old)
		t.Parent = ""
		if err := Tasks.Save(tx, a.ID, "task.detached", old, t); err != nil {
			return err
		}
	}
	return note(tx, a.ID, "plan.unlinked", "plan", l.Plan, ledger.Change{Field: "place", New: l.Clause}, ledger.Change{Field: "carries_out", Old: l.Place})
}
