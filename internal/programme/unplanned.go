package programme

import (
	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Unplanned is what a body had to do beyond the plan in whose field it came up (nhiệm vụ phát sinh).
// Its owner is the body that carries it out. It is open until its end is told once; nothing else of
// it changes, so that a past day is told as it was.
type Unplanned struct {
	record.Head
	Title        lang.Both
	Plan, Clause string
	GivenBy      string
	Basis        string // the paper that gives it; "" when by word of mouth
	Given, Due   when.Day
	Done         when.Day
	DoneTold     int64 // when.Micro
	Outcome      string
	Public       bool
}

// UnplannedTasks is the kind of record that Unplanned is.
var UnplannedTasks = record.Kind[Unplanned]{Name: "unplanned_task", Prefix: "PS", Fields: field.Set[Unplanned]{
	field.Both("title", func(u *Unplanned) *lang.Both { return &u.Title }).Needed().In("what").UpTo(400),
	field.Text("plan", func(u *Unplanned) *string { return &u.Plan }).Needed().Acts(),
	field.Text("clause", func(u *Unplanned) *string { return &u.Clause }).In("what"),
	field.Text("given_by", func(u *Unplanned) *string { return &u.GivenBy }).Needed().In("what").UpTo(300),
	field.Text("basis", func(u *Unplanned) *string { return &u.Basis }).In("what").UpTo(300),
	field.Day("given_on", func(u *Unplanned) *when.Day { return &u.Given }).In("when"),
	field.Day("due_on", func(u *Unplanned) *when.Day { return &u.Due }).In("when"),
	field.Day("done_on", func(u *Unplanned) *when.Day { return &u.Done }).Acts(),
	field.Int("done_told", 0, 1<<62, func(u *Unplanned) *int64 { return &u.DoneTold }).Acts(),
	field.Text("outcome", func(u *Unplanned) *string { return &u.Outcome }).Acts().UpTo(300),
	field.Flag("is_public", func(u *Unplanned) *bool { return &u.Public }).In("what"),
}, Head: func(u *Unplanned) *record.Head { return &u.Head }}.Prepare()

// Logged reports whether somebody may log and end unplanned tasks of a body: the programme office
// those of all, managers those of their own.
func (u *Unplanned) Logged(a account.Actor) bool {
	return account.MayProgramme.Allows(a) || u.Owner != "" && a.Manages(u.Owner)
}

// LogUnplanned adds what a body had to do beyond a plan.
func (x *Programme) LogUnplanned(tx *db.Tx, a account.Actor, u *Unplanned) error {
	f := fault.New(fault.Invalid, "register.invalid")
	named(f, u.Title)
	if u.Plan == "" {
		f.At("plan", "field.needed")
	}
	if u.GivenBy == "" {
		f.At("given_by", "register.needs_source")
	}
	today := when.DayOf(tx.Now)
	switch {
	case u.Given.Zero():
		f.At("given_on", "field.needed")
	case u.Given.After(today):
		f.At("given_on", "register.ahead")
	case !u.Due.Zero() && u.Due.Before(u.Given):
		f.At("due_on", "register.due_before_given")
	}
	if u.Owner == "" {
		f.At("body", "field.needed")
	} else if known, err := x.Bodies.Assignable(tx, today); err != nil {
		return err
	} else if _, ok := known[u.Owner]; !ok {
		f.At("body", "field.not_in_list")
	}
	if err := served(tx, a, f, u.Plan, u.Clause); err != nil {
		return err
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	if !u.Logged(a) {
		return fault.New(fault.Forbidden, "register.not_yours")
	}
	u.State, u.Done, u.DoneTold, u.Outcome = "open", when.Day{}, 0, ""
	return UnplannedTasks.New(tx, a.ID, "unplanned.logged", u)
}

// EndUnplanned tells when an unplanned task was done, and with what.
func EndUnplanned(tx *db.Tx, a account.Actor, old *Unplanned, done when.Day, outcome string) error {
	if !old.Logged(a) {
		return fault.New(fault.Forbidden, "register.not_yours")
	}
	if old.State != "open" {
		return fault.New(fault.Conflict, "register.done_already")
	}
	f := fault.New(fault.Invalid, "register.invalid")
	switch {
	case done.Zero():
		f.At("done_on", "field.needed")
	case done.After(when.DayOf(tx.Now)):
		f.At("done_on", "register.ahead")
	case done.Before(old.Given):
		f.At("done_on", "register.done_before_given")
	}
	if outcome == "" {
		f.At("outcome", "field.needed")
	} else if n := len([]rune(outcome)); n > 300 {
		f.At("outcome", "field.too_long", "N", n, "Most", 300)
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	u := UnplannedTasks.Copy(old)
	u.State, u.Done, u.DoneTold, u.Outcome = "done", done, when.Micro(tx.Now), outcome
	return UnplannedTasks.Save(tx, a.ID, "unplanned.done", old, u)
}

// FrozenUnplanned is an unplanned task as it stood.
type FrozenUnplanned struct {
	ID, Number     string
	Body, Title    lang.Both
	GivenBy, Basis string
	Given, Due     when.Day
	Done           when.Day
	Outcome        string
}

// freezeUnplanned takes over what came up beyond the plans of a review within its period or was open
// in it, as it was known on the day of the figures: all, or what the body had to do. A review of
// public plans tells public ones alone.
func (f *Figures) freezeUnplanned(tx *db.Tx, x *Programme, v *Review, plans []*Plan) error {
	found, err := unplannedOf(tx, v, allPublic(plans))
	if err != nil || len(found) == 0 {
		return err
	}
	var bodies []string
	for _, u := range found {
		bodies = append(bodies, u.Owner)
	}
	names, err := x.Bodies.Names(tx, v.AsOf, bodies...)
	if err != nil {
		return err
	}
	told := when.Micro(v.AsOf.AddDays(1).Start())
	for _, u := range found {
		one := FrozenUnplanned{ID: u.ID, Number: u.Number, Body: names[u.Owner], Title: u.Title, GivenBy: u.GivenBy, Basis: u.Basis, Given: u.Given, Due: u.Due}
		if u.DoneTold > 0 && u.DoneTold < told && !u.Done.After(v.AsOf) {
			if u.Done.Before(v.From) {
				continue
			}
			one.Done, one.Outcome = u.Done, u.Outcome
		}
		f.Unplanned = append(f.Unplanned, one)
	}
	return nil
}
