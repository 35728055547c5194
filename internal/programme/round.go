package programme

import (
	"slices"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Round is a round of supervision, inspection or social criticism (đợt giám sát, kiểm tra, phản biện
// xã hội). It is open until its holder closes it with a conclusion; nothing of it is ever deleted.
type Round struct {
	record.Head
	Kind       string // one of RoundKinds
	Subject    lang.Both
	Plan       string
	Holder     string
	Decision   string
	Members    string
	Begins     when.Day
	Ends       when.Day
	Conclusion string
	Public     bool
}

// RoundKinds are the kinds of rounds in the order of the form.
var RoundKinds = []string{"supervision", "inspection", "criticism"}

// Rounds is the kind of record that Round is.
var Rounds = record.Kind[Round]{Name: "check_round", Prefix: "GS", Fields: field.Set[Round]{
	field.Text("kind", func(r *Round) *string { return &r.Kind }).Needed().Acts(),
	field.Both("subject", func(r *Round) *lang.Both { return &r.Subject }).Needed().In("what").UpTo(400),
	field.Text("plan", func(r *Round) *string { return &r.Plan }).Acts(),
	field.Text("holder", func(r *Round) *string { return &r.Holder }).Needed().In("what").UpTo(300),
	field.Text("decision", func(r *Round) *string { return &r.Decision }).Needed().In("what").UpTo(300),
	field.Text("members", func(r *Round) *string { return &r.Members }).In("what").UpTo(4000),
	field.Day("begins_on", func(r *Round) *when.Day { return &r.Begins }).In("when"),
	field.Day("ends_on", func(r *Round) *when.Day { return &r.Ends }).In("when"),
	field.Text("conclusion", func(r *Round) *string { return &r.Conclusion }).Acts().UpTo(8000),
	field.Flag("is_public", func(r *Round) *bool { return &r.Public }).In("what"),
}, Head: func(r *Round) *record.Head { return &r.Head }}.Prepare()

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

// Held reports whether somebody writes in the round: who may hold rounds and began it, or is of the
// organisation that holds it.
func (r *Round) Held(a account.Actor) bool {
	return account.MayHoldRounds.Allows(a) && (r.By == a.ID || r.Owner != "" && a.In(r.Owner))
}

// RoundOf returns a round with its plan that the reader may see: a public one of a public plan
// everybody, any other who sees plans from within, who holds it, and whoever has to answer in it.
func RoundOf(tx *db.Tx, a account.Actor, id string) (*Round, *Plan, error) {
	r, err := Rounds.Get(tx, id)
	if err != nil {
		return nil, nil, err
	}
	p, err := Plans.Get(tx, r.Plan)
	if err != nil {
		return nil, nil, err
	}
	if r.Public && p.Seen(a) || account.MaySeeProgramme.Allows(a) || r.Held(a) || p.Led(a) {
		return r, p, nil
	}
	found, err := FindingsOf(tx, r.ID)
	if err != nil {
		return nil, nil, err
	}
	if slices.ContainsFunc(found, func(f *Finding) bool { return a.In(f.Owner) }) {
		return r, p, nil
	}
	return nil, nil, fault.New(fault.NotFound, "record.not_found")
}

// HoldRound begins a round.
func HoldRound(tx *db.Tx, a account.Actor, r *Round) error {
	f := fault.New(fault.Invalid, "round.invalid")
	if !slices.Contains(RoundKinds, r.Kind) {
		f.At("kind", "field.needed")
	}
	for column, text := range map[string]string{"subject_vi": r.Subject.Vi, "holder": r.Holder, "decision": r.Decision} {
		if text == "" {
			f.At(column, "field.needed")
		}
	}
	if r.Begins.Zero() {
		f.At("begins_on", "field.needed")
	}
	if !r.Ends.Zero() && r.Ends.Before(r.Begins) {
		f.At("ends_on", "round.days_order")
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	if _, err := PlanOf(tx, a, r.Plan); err != nil {
		return err
	}
	r.State = "open"
	return Rounds.New(tx, a.ID, "round.held", r)
}

// CloseRound ends a round with its conclusion. Findings that are not closed stay to be followed up.
func CloseRound(tx *db.Tx, a account.Actor, old *Round, conclusion string) error {
	if old.State != "open" {
		return fault.New(fault.Conflict, "round.closed_already")
	}
	if conclusion == "" {
		return fault.New(fault.Invalid, "round.invalid").At("conclusion", "field.needed")
	}
	r := Rounds.Copy(old)
	r.State, r.Conclusion = "closed", conclusion
	return Rounds.Save(tx, a.ID, "round.closed", old, r)
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

// DecideAnswer closes an answered finding, or returns the answer with a reason.
func DecideAnswer(tx *db.Tx, a account.Actor, old *Finding, accept bool, reason string) error {
	if old.State != "answered" {
		return fault.New(fault.Conflict, "finding.wrong_state")
	}
	if !accept && reason == "" {
		return fault.New(fault.Invalid, "finding.invalid").At("reason", "field.needed")
	}
	state, act := "accepted", "finding.closed"
	one := Findings.Copy(old)
	one.State, one.Closed = "closed", when.DayOf(tx.Now)
	if !accept {
		state, act = "returned", "finding.returned"
		one.State, one.Closed = "open", when.Day{}
	} else {
		reason = ""
	}
	if err := decideAnswer(tx, a.ID, old.ID, state, reason); err != nil {
		return err
	}
	return Findings.Save(tx, a.ID, act, old, one, ledger.Change{Field: "reason", New: reason})
}
