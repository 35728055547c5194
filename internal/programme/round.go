package programme

import (
	"slices"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
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
	Clauses    string // paths of what is looked at, a space between two; "" for the whole plan
	Bodies     string // bodies that are looked at, a space between two; "" for all
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
	field.Text("clauses", func(r *Round) *string { return &r.Clauses }).Acts(),
	field.Text("bodies", func(r *Round) *string { return &r.Bodies }).Acts(),
	field.Text("holder", func(r *Round) *string { return &r.Holder }).Needed().In("what").UpTo(300),
	field.Text("decision", func(r *Round) *string { return &r.Decision }).Needed().In("what").UpTo(300),
	field.Text("members", func(r *Round) *string { return &r.Members }).In("what").UpTo(4000),
	field.Day("begins_on", func(r *Round) *when.Day { return &r.Begins }).In("when"),
	field.Day("ends_on", func(r *Round) *when.Day { return &r.Ends }).In("when"),
	field.Text("conclusion", func(r *Round) *string { return &r.Conclusion }).Acts().UpTo(8000),
	field.Flag("is_public", func(r *Round) *bool { return &r.Public }).In("what"),
}, Head: func(r *Round) *record.Head { return &r.Head }}.Prepare()

// Held reports whether somebody writes in the round: who may hold rounds and began it, or is of the
// organisation that holds it.
func (r *Round) Held(a account.Actor) bool {
	return account.MayHoldRounds.Allows(a) && (r.By == a.ID || r.Owner != "" && a.In(r.Owner))
}

// Standing tells how a round stands on a day: planned, running, unconcluded when its last day has
// passed and it has no conclusion, or closed.
func (r *Round) Standing(on when.Day) string {
	switch {
	case r.State == "closed":
		return "closed"
	case on.Before(r.Begins):
		return "planned"
	case !r.Ends.Zero() && r.Ends.Before(on):
		return "unconcluded"
	}
	return "running"
}

// mostScope is how many clauses, and how many bodies, a round may name.
const mostScope = 100

// checkScope reports what is amiss with what a round looks at.
func (r *Round) checkScope(tx *db.Tx, f *fault.Fault) error {
	paths := strings.Fields(r.Clauses)
	if n := max(len(paths), len(strings.Fields(r.Bodies))); n > mostScope {
		f.At("clauses", "round.scope_too_wide", "N", mostScope)
		return nil
	}
	for _, path := range paths {
		known, err := HasPlace(tx, r.Plan, path)
		if err != nil {
			return err
		}
		if !known {
			f.At("clauses", "round.no_such_clause", "Path", path)
			return nil
		}
	}
	return nil
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
	if _, err := PlanOf(tx, a, r.Plan); fault.KindOf(err) == fault.NotFound {
		f.At("plan", "field.needed")
	} else if err != nil {
		return err
	} else if err := r.checkScope(tx, f); err != nil {
		return err
	}
	for column, one := range map[string]struct {
		text string
		most int
	}{"subject_vi": {r.Subject.Vi, 400}, "subject_en": {r.Subject.En, 400}, "holder": {r.Holder, 300}, "decision": {r.Decision, 300}, "members": {r.Members, 4000}} {
		if n := len([]rune(one.text)); n > one.most {
			f.At(column, "field.too_long", "N", n, "Most", one.most)
		}
	}
	if err := f.OrNil(); err != nil {
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
	if n := len([]rune(conclusion)); n > longestWords {
		return fault.New(fault.Invalid, "round.invalid").At("conclusion", "field.too_long", "N", n, "Most", longestWords)
	}
	r := Rounds.Copy(old)
	r.State, r.Conclusion = "closed", conclusion
	return Rounds.Save(tx, a.ID, "round.closed", old, r)
}
