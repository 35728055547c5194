package programme

import (
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Policy is a policy on its way from draft to force. Its states are those of PolicyStates.
type Policy struct {
	record.Head
	Title          lang.Both
	Theme          string // of the list policy_themes
	Plan, Clause   string
	ConsultedFrom  when.Day
	ConsultedTo    when.Day
	Opinions       int64
	Symbol, Issuer string
	Issued         when.Day
	InForce        when.Day
	Ended          when.Day
	ReplacedBy     string
	Public         bool
}

// PolicyStates are the states of a policy in their order; none is gone back to.
var PolicyStates = []string{"drafting", "consulting", "issued", "in_force", "ended"}

// Policies is the kind of record that Policy is.
var Policies = record.Kind[Policy]{Name: "policy", Prefix: "CS", Fields: field.Set[Policy]{
	field.Both("title", func(p *Policy) *lang.Both { return &p.Title }).Needed().In("what").UpTo(400),
	field.Text("theme", func(p *Policy) *string { return &p.Theme }).Needed().In("what"),
	field.Text("plan", func(p *Policy) *string { return &p.Plan }).Acts(),
	field.Text("clause", func(p *Policy) *string { return &p.Clause }).In("what"),
	field.Day("consulted_from", func(p *Policy) *when.Day { return &p.ConsultedFrom }).In("when"),
	field.Day("consulted_to", func(p *Policy) *when.Day { return &p.ConsultedTo }).In("when"),
	field.Int("opinions", 0, 1_000_000, func(p *Policy) *int64 { return &p.Opinions }).In("what"),
	field.Text("symbol", func(p *Policy) *string { return &p.Symbol }).In("document").UpTo(60),
	field.Text("issuer", func(p *Policy) *string { return &p.Issuer }).In("document").UpTo(300),
	field.Day("issued_on", func(p *Policy) *when.Day { return &p.Issued }).In("document"),
	field.Day("in_force_on", func(p *Policy) *when.Day { return &p.InForce }).In("document"),
	field.Day("ended_on", func(p *Policy) *when.Day { return &p.Ended }).In("document"),
	field.Text("replaced_by", func(p *Policy) *string { return &p.ReplacedBy }).In("document").UpTo(60),
	field.Flag("is_public", func(p *Policy) *bool { return &p.Public }).In("what"),
}, Head: func(p *Policy) *record.Head { return &p.Head }}.Prepare()

// Activity is a briefing or an act of communication that a body held.
type Activity struct {
	record.Head
	Kind         string // one of ActivityKinds
	Title        lang.Both
	Plan, Clause string
	Held         when.Day
	Place        string
	Attendance   int64
	Reach        int64
	Public       bool
}

// ActivityKinds are the kinds of activities.
var ActivityKinds = []string{"briefing", "communication"}

// Activities is the kind of record that Activity is.
var Activities = record.Kind[Activity]{Name: "activity", Prefix: "HD", Fields: field.Set[Activity]{
	field.Text("kind", func(a *Activity) *string { return &a.Kind }).Needed().Acts(),
	field.Both("title", func(a *Activity) *lang.Both { return &a.Title }).Needed().In("what").UpTo(400),
	field.Text("plan", func(a *Activity) *string { return &a.Plan }).Acts(),
	field.Text("clause", func(a *Activity) *string { return &a.Clause }).In("what"),
	field.Day("held_on", func(a *Activity) *when.Day { return &a.Held }).In("when"),
	field.Text("place", func(a *Activity) *string { return &a.Place }).In("what").UpTo(300),
	field.Int("attendance", 0, 10_000_000, func(a *Activity) *int64 { return &a.Attendance }).In("what"),
	field.Int("reach", 0, 100_000_000, func(a *Activity) *int64 { return &a.Reach }).In("what"),
	field.Flag("is_public", func(a *Activity) *bool { return &a.Public }).In("what"),
}, Head: func(a *Activity) *record.Head { return &a.Head }}.Prepare()

// ProcedureChange is a procedure that was cut, made simpler or delegated.
type ProcedureChange struct {
	record.Head
	Kind         string // one of ChangeKinds
	Title        lang.Both
	Plan, Clause string
	DelegatedTo  string
	Before       int64 // days
	After        int64
	Decision     string
	Decided      when.Day
	Public       bool
}

// ChangeKinds are the kinds of changes of procedures.
var ChangeKinds = []string{"cut", "simplified", "delegated"}

// ProcedureChanges is the kind of record that ProcedureChange is.
var ProcedureChanges = record.Kind[ProcedureChange]{Name: "procedure_change", Prefix: "TT", Fields: field.Set[ProcedureChange]{
	field.Text("kind", func(c *ProcedureChange) *string { return &c.Kind }).Needed().Acts(),
	field.Both("title", func(c *ProcedureChange) *lang.Both { return &c.Title }).Needed().In("what").UpTo(400),
	field.Text("plan", func(c *ProcedureChange) *string { return &c.Plan }).Acts(),
	field.Text("clause", func(c *ProcedureChange) *string { return &c.Clause }).In("what"),
	field.Text("delegated_to", func(c *ProcedureChange) *string { return &c.DelegatedTo }).In("what").UpTo(300),
	field.Int("days_before", 0, 10_000, func(c *ProcedureChange) *int64 { return &c.Before }).In("what"),
	field.Int("days_after", 0, 10_000, func(c *ProcedureChange) *int64 { return &c.After }).In("what"),
	field.Text("decision", func(c *ProcedureChange) *string { return &c.Decision }).Needed().In("what").UpTo(300),
	field.Day("decided_on", func(c *ProcedureChange) *when.Day { return &c.Decided }).In("when"),
	field.Flag("is_public", func(c *ProcedureChange) *bool { return &c.Public }).In("what"),
}, Head: func(c *ProcedureChange) *record.Head { return &c.Head }}.Prepare()

// served checks which clause of which plan a record of a register serves.
func served(tx *db.Tx, a account.Actor, f *fault.Fault, plan, clause string) error {
	if plan == "" {
		if clause != "" {
			f.At("clause", "register.clause_without_plan")
		}
		return nil
	}
	p, err := PlanOf(tx, a, plan)
	if err != nil {
		return err
	}
	if clause == "" {
		return nil
	}
	known, err := HasPlace(tx, p.ID, clause)
	if err == nil && !known {
		f.At("clause", "plan.no_such_place")
	}
	return err
}

func named(f *fault.Fault, title lang.Both) {
	if title.Vi == "" {
		f.At("title_vi", "field.needed")
	}
	for column, text := range map[string]string{"title_vi": title.Vi, "title_en": title.En} {
		if n := len([]rune(text)); n > 400 {
			f.At(column, "field.too_long", "N", n, "Most", 400)
		}
	}
}

// KeepPolicy adds a policy, or moves one that stands on: its state goes only forward, and each state
// needs the days that it rests on.
func (x *Programme) KeepPolicy(tx *db.Tx, a account.Actor, old, p *Policy) error {
	f := fault.New(fault.Invalid, "register.invalid")
	named(f, p.Title)
	if !x.Codes.Has("policy_themes", p.Theme) {
		f.At("theme", "field.needed")
	}
	at := slices.Index(PolicyStates, p.State)
	if at < 0 {
		f.At("state", "field.needed")
	}
	if old != nil && at >= 0 && at < slices.Index(PolicyStates, old.State) {
		f.At("state", "register.no_way_back")
	}
	if at == 1 && p.ConsultedFrom.Zero() {
		f.At("consulted_from", "field.needed")
	}
	if at >= 2 && p.Symbol == "" {
		f.At("symbol", "field.needed")
	}
	if at >= 2 && p.Issued.Zero() {
		f.At("issued_on", "field.needed")
	}
	if at >= 3 && p.InForce.Zero() {
		f.At("in_force_on", "field.needed")
	}
	if at == 4 && p.Ended.Zero() {
		f.At("ended_on", "field.needed")
	}
	if err := served(tx, a, f, p.Plan, p.Clause); err != nil {
		return err
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	if old == nil {
		return Policies.New(tx, a.ID, "policy."+p.State, p)
	}
	return Policies.Save(tx, a.ID, "policy."+p.State, old, p)
}

// LogActivity adds a briefing or an act of communication.
func LogActivity(tx *db.Tx, a account.Actor, one *Activity) error {
	f := fault.New(fault.Invalid, "register.invalid")
	named(f, one.Title)
	if !slices.Contains(ActivityKinds, one.Kind) {
		f.At("kind", "field.needed")
	}
	if one.Held.Zero() {
		f.At("held_on", "field.needed")
	} else if one.Held.After(when.DayOf(tx.Now)) {
		f.At("held_on", "register.ahead")
	}
	if err := served(tx, a, f, one.Plan, one.Clause); err != nil {
		return err
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	one.State = "logged"
	return Activities.New(tx, a.ID, "activity.logged", one)
}

// LogChange adds a procedure that was cut, made simpler or delegated.
func LogChange(tx *db.Tx, a account.Actor, c *ProcedureChange) error {
	f := fault.New(fault.Invalid, "register.invalid")
	named(f, c.Title)
	if !slices.Contains(ChangeKinds, c.Kind) {
		f.At("kind", "field.needed")
	}
	if c.Decision == "" {
		f.At("decision", "field.needed")
	}
	if c.Decided.Zero() {
		f.At("decided_on", "field.needed")
	}
	if c.Kind == "delegated" && c.DelegatedTo == "" {
		f.At("delegated_to", "field.needed")
	}
	if c.Kind == "simplified" && c.After >= c.Before {
		f.At("days_after", "register.not_shorter")
	}
	if err := served(tx, a, f, c.Plan, c.Clause); err != nil {
		return err
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	c.State = "logged"
	return ProcedureChanges.New(tx, a.ID, "procedure.logged", c)
}
