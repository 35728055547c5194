package programme

import (
	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Task is a piece of work that one body answers for (nhiệm vụ). Its states are open, accepted,
// transferred and cancelled; whether it is on time is computed from its days, never told. Of a
// secret task nothing is kept but its number.
type Task struct {
	record.Head
	Plan         string
	Clause       string
	Assignment   string
	Parent       string // task of the plan above
	Title        lang.Both
	Product      lang.Both
	Quantity     int64
	Unit         string
	Begins, Due  when.Day
	DueBasis     string
	Recurrence   string
	Budget       int64
	BudgetSource string
	Secret       bool
	Done         when.Day // the day the product was there
	Said         string   // what its body last said: not_begun, running, done, blocked
	Confidence   string   // green, amber, red
	Why          string   // reason of that colour
	Predecessor  string
	Accepted     when.Day
	Closed       when.Day
}

var taskFields = field.Set[Task]{
	field.Text("plan", func(t *Task) *string { return &t.Plan }).Acts(),
	field.Text("clause", func(t *Task) *string { return &t.Clause }).Acts(),
	field.Text("assignment", func(t *Task) *string { return &t.Assignment }).Acts(),
	field.Text("parent", func(t *Task) *string { return &t.Parent }).Acts(),
	field.Both("title", func(t *Task) *lang.Both { return &t.Title }).Needed().In("what").UpTo(4000).Find(field.InTitle),
	field.Both("product", func(t *Task) *lang.Both { return &t.Product }).In("what").UpTo(1000).Find(field.InSummary),
	field.Int("quantity", 0, 1_000_000_000, func(t *Task) *int64 { return &t.Quantity }).In("what"),
	field.Text("unit", func(t *Task) *string { return &t.Unit }).In("what").UpTo(60),
	field.Day("begins_on", func(t *Task) *when.Day { return &t.Begins }).In("when"),
	field.Day("due_on", func(t *Task) *when.Day { return &t.Due }).Acts(),
	field.Text("due_basis", func(t *Task) *string { return &t.DueBasis }).Acts().UpTo(300),
	field.Text("recurrence", func(t *Task) *string { return &t.Recurrence }).Acts().UpTo(100),
	field.Money("budget", func(t *Task) *int64 { return &t.Budget }).In("money"),
	field.Text("budget_source", func(t *Task) *string { return &t.BudgetSource }).In("money").UpTo(200),
	field.Flag("secret", func(t *Task) *bool { return &t.Secret }).Acts(),
	field.Day("done_on", func(t *Task) *when.Day { return &t.Done }).Acts(),
	field.Text("said", func(t *Task) *string { return &t.Said }).Acts(),
	field.Text("confidence", func(t *Task) *string { return &t.Confidence }).Acts(),
	field.Text("confidence_reason", func(t *Task) *string { return &t.Why }).Acts().UpTo(1000),
	field.Text("predecessor", func(t *Task) *string { return &t.Predecessor }).Acts(),
	field.Day("accepted_on", func(t *Task) *when.Day { return &t.Accepted }).Acts(),
	field.Day("closed_on", func(t *Task) *when.Day { return &t.Closed }).Acts(),
}

// Tasks is the kind of record that Task is.
var Tasks = record.Kind[Task]{Name: "task", Prefix: "NV", Fields: taskFields,
	Head: func(t *Task) *record.Head { return &t.Head }}.Prepare()

// TaskOf returns a task of a plan that the reader may see, and the plan.
func TaskOf(tx *db.Tx, a account.Actor, id string) (*Task, *Plan, error) {
	t, err := Tasks.Get(tx, id)
	if err != nil {
		return nil, nil, err
	}
	p, err := Plans.Get(tx, t.Plan)
	if err != nil {
		return nil, nil, err
	}
	if !p.Seen(a) && !a.In(t.Owner) {
		return nil, nil, fault.New(fault.NotFound, "record.not_found")
	}
	return t, p, nil
}

// Answers reports whether somebody may report on a task: people of its body, and whoever leads the plan.
func (t *Task) Answers(a account.Actor, p *Plan) bool {
	if a.Is(account.Inspector) {
		return false
	}
	return t.Owner != "" && a.In(t.Owner) || p.Led(a)
}

// ChangeTask keeps what the plan's leader tells of title, product, begin and budget.
func ChangeTask(tx *db.Tx, a account.Actor, old, t *Task) error {
	f := fault.New(fault.Invalid, "task.invalid")
	if t.Title.Empty() {
		f.At("title_vi", "field.needed")
	}
	if !t.Begins.Zero() && !t.Due.Zero() && t.Due.Before(t.Begins) {
		f.At("begins_on", "assignment.due_before_begin")
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	if old.State != "open" {
		return fault.New(fault.Conflict, "task.wrong_state")
	}
	return Tasks.Save(tx, a.ID, "task.changed", old, t)
}

// MoveDue sets a task's due day by a recorded decision, with its reason.
func MoveDue(tx *db.Tx, a account.Actor, old *Task, due when.Day, reason, decision string) error {
	f := fault.New(fault.Invalid, "task.due_invalid")
	if due.Zero() {
		f.At("due", "field.needed")
	} else if !old.Begins.Zero() && due.Before(old.Begins) {
		f.At("due", "assignment.due_before_begin")
	} else if due == old.Due {
		f.At("due", "task.same_due")
	}
	if reason == "" {
		f.At("due_reason", "field.needed")
	}
	if decision == "" {
		f.At("decision", "task.needs_decision")
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	if old.State != "open" {
		return fault.New(fault.Conflict, "task.wrong_state")
	}
	t := Tasks.Copy(old)
	t.Due, t.DueBasis = due, decision
	if err := insertDueChange(tx, DueChange{Task: old.ID, Old: old.Due, Now: due, Reason: reason, Decision: decision, By: a.ID}); err != nil {
		return err
	}
	return Tasks.Save(tx, a.ID, "task.due_moved", old, t, ledger.Change{Field: "reason", New: reason})
}

// DueChange is one move of a due day.
type DueChange struct {
	Task             string
	Old, Now         when.Day
	Reason, Decision string
	By               account.ID
	At               int64 // microseconds
}
