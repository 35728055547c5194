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
	Printed       bool // the document itself says so
	Author        account.ID
	At            int64
}

// Connect links clauses of a plan to clauses of the plan above it. A link that stands already is
// left alone.
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
		if err := note(tx, a.ID, "plan.linked", "plan", l.Plan, ledger.Change{Field: "place", New: l.Clause}, ledger.Change{Field: "carries_out", New: l.Place}); err != nil {
			return err
		}
	}
	return nil
}

// Disconnect ends a link; the ledger keeps that it was there.
func Disconnect(tx *db.Tx, a account.Actor, l Link) error {
	if err := endLink(tx, l); err != nil {
		return err
	}
	return note(tx, a.ID, "plan.unlinked", "plan", l.Plan, ledger.Change{Field: "place", New: l.Clause}, ledger.Change{Field: "carries_out", Old: l.Place})
}
