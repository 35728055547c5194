package programme

import (
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/ledger"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Finding is what a round found, who answers for it and until when (kiến nghị). Its states are open,
// answered and closed; whether it is overdue follows from its day.
type Finding struct {
	record.Head // the owner is the body that has to answer
	Round       string
	Clause      string
	Words       string
	Due         when.Day
	Closed      when.Day
}

// Findings is the kind of record that Finding is.
var Findings = record.Kind[Finding]{Name: "check_finding", Prefix: "KN", Fields: field.Set[Finding]{
	field.Text("round", func(f *Finding) *string { return &f.Round }).Acts(),
	field.Text("clause", func(f *Finding) *string { return &f.Clause }).Acts(),
	field.Text("words", func(f *Finding) *string { return &f.Words }).Needed().In("what").UpTo(8000),
	field.Day("due_on", func(f *Finding) *when.Day { return &f.Due }).Acts(),
	field.Day("closed_on", func(f *Finding) *when.Day { return &f.Closed }).Acts(),
}, Head: func(f *Finding) *record.Head { return &f.Head }}.Prepare()

// Overdue reports whether the answer is overdue at the end of a day.
func (f *Finding) Overdue(on when.Day) bool {
	return f.State == "open" && !f.Due.Zero() && f.Due.Before(on)
}

// Answer is what a body answered to a finding, and what came of it.
type Answer struct {
	ID, Finding, Words, State, Reason string
	By                                account.ID
	At                                time.Time
	DecidedBy                         account.ID
	DecidedAt                         time.Time
}

// AddFinding keeps what a round found.
func AddFinding(tx *db.Tx, a account.Actor, r *Round, one *Finding) error {
	if r.State != "open" {
		return fault.New(fault.Conflict, "round.closed_already")
	}
	f := fault.New(fault.Invalid, "finding.invalid")
	for column, text := range map[string]string{"words": one.Words, "owner": one.Owner} {
		if text == "" {
			f.At(column, "field.needed")
		}
	}
	if n := len([]rune(one.Words)); n > longestWords {
		f.At("words", "field.too_long", "N", n, "Most", longestWords)
	}
	if one.Due.Zero() {
		f.At("due_on", "field.needed")
	} else if one.Due.Before(r.Begins) {
		f.At("due_on", "finding.due_before")
	}
	if one.Clause != "" {
		if known, err := HasPlace(tx, r.Plan, one.Clause); err != nil {
			return err
		} else if !known {
			f.At("clause", "plan.no_such_place")
		}
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	one.Round, one.State = r.ID, "open"
	return Findings.New(tx, a.ID, "finding.found", one)
}

// AnswerFinding keeps what the body in charge answers.
func AnswerFinding(tx *db.Tx, a account.Actor, old *Finding, words string) error {
	if old.State != "open" {
		return fault.New(fault.Conflict, "finding.wrong_state")
	}
	f := fault.New(fault.Invalid, "finding.invalid")
	if words == "" {
		f.At("answer", "field.needed")
	}
	if n := len([]rune(words)); n > longestWords {
		f.At("answer", "field.too_long", "N", n, "Most", longestWords)
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	id, err := insertAnswer(tx, a.ID, old.ID, words)
	if err != nil {
		return err
	}
	one := Findings.Copy(old)
	one.State = "answered"
	return Findings.Save(tx, a.ID, "finding.answered", old, one, ledger.Change{Field: "answer", New: id}, ledger.Change{Field: "words", New: words})
}

// DecideAnswer closes an answered finding, or returns the answer with a reason and, where one is
// given, a new day.
func DecideAnswer(tx *db.Tx, a account.Actor, old *Finding, accept bool, reason string, due when.Day) error {
	if old.State != "answered" {
		return fault.New(fault.Conflict, "finding.wrong_state")
	}
	f := fault.New(fault.Invalid, "finding.invalid")
	if !accept && reason == "" {
		f.At("reason", "field.needed")
	}
	if n := len([]rune(reason)); n > longestWords {
		f.At("reason", "field.too_long", "N", n, "Most", longestWords)
	}
	if !accept && !due.Zero() && due.Before(when.DayOf(tx.Now)) {
		f.At("due_on", "finding.due_past")
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	state, act := "accepted", "finding.closed"
	one := Findings.Copy(old)
	one.State, one.Closed = "closed", when.DayOf(tx.Now)
	if !accept {
		state, act = "returned", "finding.returned"
		one.State, one.Closed = "open", when.Day{}
		if !due.Zero() {
			one.Due = due
		}
	} else {
		reason = ""
	}
	if err := decideAnswer(tx, a.ID, old.ID, state, reason); err != nil {
		return err
	}
	return Findings.Save(tx, a.ID, act, old, one, ledger.Change{Field: "reason", New: reason})
}
