package programme

import (
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// Cited is a document that plans rest on (văn bản được viện dẫn), with what became of it.
type Cited struct {
	Symbol     string
	State      string // one of CitedStates
	ReplacedBy string
	Since      when.Day
	Basis      string
}

// CitedStates are the states of a cited document.
var CitedStates = []string{"in_force", "replaced", "ended"}

// Gone reports whether the document is no longer in force on a day.
func (c *Cited) Gone(on when.Day) bool {
	return c != nil && c.State != "in_force" && !c.Since.After(on)
}

// TellCited keeps what became of a cited document: every clause that rests on it is marked from its
// day on.
func TellCited(tx *db.Tx, a account.Actor, c Cited) error {
	f := fault.New(fault.Invalid, "cited.invalid")
	if c.Symbol == "" {
		f.At("symbol", "field.needed")
	}
	if !slices.Contains(CitedStates, c.State) {
		f.At("state", "field.needed")
	}
	if c.State == "replaced" && c.ReplacedBy == "" {
		f.At("replaced_by", "cited.needs_successor")
	}
	if c.State != "in_force" && c.Since.Zero() {
		f.At("since", "field.needed")
	}
	if c.Basis == "" {
		f.At("basis", "cited.needs_basis")
	}
	for column, text := range map[string]string{"symbol": c.Symbol, "replaced_by": c.ReplacedBy, "basis": c.Basis} {
		if n := len([]rune(text)); n > 300 {
			f.At(column, "field.too_long", "N", n, "Most", 300)
		}
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	if err := keepCited(tx, a.ID, c); err != nil {
		return err
	}
	return note(tx, a.ID, "cited.told", "cited_document", c.Symbol, ledger.Change{Field: "state", New: c.State}, ledger.Change{Field: "replaced_by", New: c.ReplacedBy},
		ledger.Change{Field: "since", New: c.Since.String()}, ledger.Change{Field: "basis", New: c.Basis})
}

// Resting is a document that clauses of a plan cite.
type Resting struct {
	Symbol   string
	Printed  string
	Relation string // implements, continues, linked, replaces, ambiguous
	Clauses  []string
	Told     *Cited // nil when nobody told what became of it
}

// CitedBy returns the documents that a plan cites, each with the clauses that rest on it, in the order
// in which they are first cited.
func CitedBy(tx *db.Tx, plan string) ([]*Resting, error) {
	facts, err := Facts(tx, plan, Citation)
	if err != nil {
		return nil, err
	}
	told, err := citedAll(tx)
	if err != nil {
		return nil, err
	}
	var all []*Resting
	for _, f := range facts {
		symbol := f.Value
		if symbol == "" {
			symbol = f.Printed
		}
		i := slices.IndexFunc(all, func(r *Resting) bool { return r.Symbol == symbol })
		if i < 0 {
			i = len(all)
			all = append(all, &Resting{Symbol: symbol, Printed: f.Printed, Relation: f.Until, Told: told[symbol]})
		}
		if !slices.Contains(all[i].Clauses, f.Place) {
			all[i].Clauses = append(all[i].Clauses, f.Place)
		}
	}
	return all, nil
}
