package programme

import (
	"slices"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// Evidence is a file or record that shows that something was done (minh chứng), and who checked it.
type Evidence struct {
	ID           string
	Plan, Clause string
	Task         string // "" when it speaks for the clause
	Kind, Record string // file and its attachment, or a record of the platform
	Title        string
	Form         string // original, certified_copy, copy
	Dated        when.Day
	By           account.ID
	At           time.Time
	Checked      account.ID
	CheckedAt    time.Time
	Refused      string // why it does not count
}

// Counts reports whether somebody checked the evidence and found it right.
func (e *Evidence) Counts() bool { return !e.CheckedAt.IsZero() && e.Refused == "" }

// EvidenceForms are the forms of evidence in the order of the form.
var EvidenceForms = []string{"original", "certified_copy", "copy"}

// AddEvidence keeps evidence for a task, or for a clause of a plan.
func AddEvidence(tx *db.Tx, a account.Actor, e Evidence) (string, error) {
	f := fault.New(fault.Invalid, "evidence.invalid")
	if e.Title == "" {
		f.At("title", "field.needed")
	}
	if n := len([]rune(e.Title)); n > 300 {
		f.At("title", "field.too_long", "N", n, "Most", 300)
	}
	if !slices.Contains(EvidenceForms, e.Form) {
		f.At("form", "field.needed")
	}
	if e.Kind == "" || e.Record == "" {
		f.At("file", "evidence.needs_file")
	}
	if e.Dated.After(when.DayOf(tx.Now)) {
		f.At("dated", "evidence.dated_ahead")
	}
	if err := f.OrNil(); err != nil {
		return "", err
	}
	e.ID, e.By, e.At = db.NewID(tx.Now), a.ID, tx.Now
	if err := insertEvidence(tx, e); err != nil {
		return "", err
	}
	return e.ID, note(tx, a.ID, "evidence.added", "evidence", e.ID, ledger.Change{Field: "plan", New: e.Plan}, ledger.Change{Field: "clause", New: e.Clause},
		ledger.Change{Field: "task", New: e.Task}, ledger.Change{Field: "title", New: e.Title})
}

// CheckEvidence records that somebody looked at evidence and found it right, or why it does not count.
// Who brought it cannot check it.
func CheckEvidence(tx *db.Tx, a account.Actor, id, refused string) error {
	e, err := EvidenceOf(tx, id)
	if err != nil {
		return err
	}
	if e.By == a.ID {
		return fault.New(fault.Forbidden, "evidence.own")
	}
	if err := checkEvidence(tx, id, a.ID, refused); err != nil {
		return err
	}
	act := "evidence.checked"
	if refused != "" {
		act = "evidence.refused"
	}
	return note(tx, a.ID, act, "evidence", id, ledger.Change{Field: "refused", Old: e.Refused, New: refused})
}

// RemoveEvidence takes evidence away that nobody has checked; the ledger keeps that it was there.
func RemoveEvidence(tx *db.Tx, a account.Actor, id string) error {
	e, err := EvidenceOf(tx, id)
	if err != nil {
		return err
	}
	if !e.CheckedAt.IsZero() {
		return fault.New(fault.Conflict, "evidence.checked_already")
	}
	if err := removeEvidence(tx, id); err != nil {
		return err
	}
	return note(tx, a.ID, "evidence.removed", "evidence", id, ledger.Change{Field: "title", Old: e.Title})
}

// Rule says which measure speaks for a clause, and what it should reach (chỉ tiêu).
type Rule struct {
	ID, Plan, Clause string
	Mission          string // row of the city's mission: H06
	Measure          string
	Version          int64
	Target           int64 // -1 when none was set
	TargetBasis      string
	By               account.ID
	At               int64
}

// Bind keeps which measures speak for clauses of a plan; a target needs the decision that sets it.
func Bind(tx *db.Tx, a account.Actor, rules ...Rule) error {
	f := fault.New(fault.Invalid, "rule.invalid")
	for i, r := range rules {
		if r.Target >= 0 && r.TargetBasis == "" {
			f.At(place(i, "target_basis"), "rule.needs_basis")
		}
		if r.Measure == "" {
			f.At(place(i, "measure"), "field.needed")
		}
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	rows := make([][]any, 0, len(rules))
	notes := make([]ledger.Note, 0, len(rules))
	for _, r := range rules {
		r.ID = db.NewID(tx.Now)
		rows = append(rows, []any{r.ID, r.Plan, r.Clause, r.Mission, r.Measure, r.Version, r.Target, r.TargetBasis, string(a.ID), when.Micro(tx.Now), 0})
		notes = append(notes, ledger.Note{Actor: string(a.ID), Act: "rule.bound", Kind: "rule", ID: r.ID, Change: []ledger.Change{
			{Field: "plan", New: r.Plan}, {Field: "clause", New: r.Clause}, {Field: "mission", New: r.Mission}, {Field: "measure", New: r.Measure}, {Field: "target", New: whole(r.Target)}, {Field: "target_basis", New: r.TargetBasis}}})
	}
	if len(rows) == 0 {
		return nil
	}
	if err := insertRows(tx, "evidence_rule", "id, plan, clause, mission, measure, version, target, target_basis, author, at, ended", rows); err != nil {
		return err
	}
	_, err := ledger.Append(tx, notes...)
	return err
}

// Rebind lets a measure speak for a clause with a target, in the place of the rule by which it did so
// before.
func Rebind(tx *db.Tx, a account.Actor, r Rule) error {
	if r.Target >= 0 && r.TargetBasis == "" {
		return fault.New(fault.Invalid, "rule.invalid").At("target_basis", "rule.needs_basis")
	}
	all, err := Rules(tx, r.Plan)
	if err != nil {
		return err
	}
	for _, old := range all {
		if old.Clause != r.Clause || old.Measure != r.Measure {
			continue
		}
		r.Mission = old.Mission
		if err := Unbind(tx, a, r.Plan, old.ID); err != nil {
			return err
		}
	}
	return Bind(tx, a, r)
}

// Unbind ends a rule; what was computed by it stays in the reports that froze it.
func Unbind(tx *db.Tx, a account.Actor, plan, id string) error {
	if err := endRule(tx, plan, id); err != nil {
		return err
	}
	return note(tx, a.ID, "rule.unbound", "rule", id)
}
