package programme

import (
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// BudgetLine is what a task is to cost and has cost in a year from one source.
type BudgetLine struct {
	ID, Task string
	Year     int // 0 when it is not told by year
	Source   string
	Planned  int64 // đồng
	Spent    int64 // đồng; -1 while nobody told
	Basis    string
	By       account.ID
	At       int64 // microseconds
}

const (
	mostDong  = 10_000_000_000_000 // of one line: ten trillion đồng
	mostLines = 40                 // of one task
)

// Budgeted reports whether somebody sees what the tasks of the plan cost: whoever leads it, and who
// follows all plans. Sums are working figures: they are not open with the plan.
func (p *Plan) Budgeted(a account.Actor) bool {
	return p.Led(a) || p.Seen(a) && account.MaySeeProgramme.Allows(a)
}

// Funds reports whether somebody may tell what a task costs: whoever leads the plan, and managers
// of its body.
func (t *Task) Funds(a account.Actor, p *Plan) bool {
	return !t.Secret && !a.Is(account.Inspector) && (p.Led(a) || t.Owner != "" && a.Manages(t.Owner))
}

// TellBudget keeps what a task is to cost and has cost in a year from a source. What was told of
// that year and source before is closed and stays to be read.
func TellBudget(tx *db.Tx, a account.Actor, t *Task, l BudgetLine) error {
	f := fault.New(fault.Invalid, "budget.invalid")
	if t.Secret {
		return fault.New(fault.Conflict, "budget.secret")
	}
	if l.Year != 0 && (l.Year < 2000 || l.Year > 2100) {
		f.At("year", "budget.bad_year")
	}
	if l.Source == "" {
		f.At("source", "field.needed")
	}
	if l.Planned < 0 || l.Planned > mostDong {
		f.At("planned", "budget.bad_sum")
	}
	if l.Spent < -1 || l.Spent > mostDong {
		f.At("spent", "budget.bad_sum")
	}
	if l.Basis == "" {
		f.At("basis", "field.needed")
	}
	for _, one := range []struct{ column, text string }{{"source", l.Source}, {"basis", l.Basis}} {
		if n := len([]rune(one.text)); n > 200 {
			f.At(one.column, "field.too_long", "N", n, "Most", 200)
		}
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	now, err := BudgetOfTask(tx, t.ID)
	if err != nil {
		return err
	}
	old := BudgetLine{Planned: -1, Spent: -1}
	if i := slices.IndexFunc(now, func(o BudgetLine) bool { return o.Year == l.Year && o.Source == l.Source }); i >= 0 {
		old = now[i]
		if err := endBudget(tx, old.ID); err != nil {
			return err
		}
	} else if len(now) >= mostLines {
		return fault.New(fault.Invalid, "budget.invalid").At("year", "budget.too_many", "N", mostLines)
	}
	l.ID, l.Task, l.By, l.At = db.NewID(tx.Now), t.ID, a.ID, when.Micro(tx.Now)
	if err := insertBudget(tx, l); err != nil {
		return err
	}
	return note(tx, a.ID, "budget.told", "task", t.ID, ledger.Change{Field: "year", New: whole(int64(l.Year))}, ledger.Change{Field: "source", New: l.Source},
		ledger.Change{Field: "planned", Old: whole(old.Planned), New: whole(l.Planned)}, ledger.Change{Field: "spent", Old: whole(old.Spent), New: whole(l.Spent)}, ledger.Change{Field: "basis", New: l.Basis})
}

// Budget is what the tasks of a plan cost, as it was known at the end of a day.
type Budget struct {
	Rows    []BudgetRow
	Planned int64 // of what is declared
	Spent   int64 // of what is told
	Told    int   // tasks with a declared sum
	Untold  int   // tasks without
	Secret  int   // stubs, of which nothing is kept
}

// BudgetRow is one line of one task; a task without any has one row that is not declared.
type BudgetRow struct {
	Line     int // of the board
	Task     Placed
	Declared bool
	Year     int
	Source   string
	Planned  int64
	Spent    int64 // -1 while nobody told
	Basis    string
}

// BudgetOn returns what the tasks of a board cost. A task whose lines nobody told, but whose sum the
// assignment tells, has that one.
func BudgetOn(tx *db.Tx, b *Board) (*Budget, error) {
	lines, err := budgetOn(tx, b.Plan.ID, b.On)
	if err != nil {
		return nil, err
	}
	of := map[string][]BudgetLine{}
	for _, l := range lines {
		of[l.Task] = append(of[l.Task], l)
	}
	all := &Budget{}
	for i, l := range b.Lines {
		for _, t := range l.Tasks {
			switch {
			case t.Standing == Transferred || t.Standing == Cancelled:
			case t.Secret:
				all.Secret++
			default:
				all.add(i, t, of[t.ID])
			}
		}
	}
	return all, nil
}

func (b *Budget) add(line int, t Placed, told []BudgetLine) {
	if len(told) == 0 && t.Budget > 0 {
		told = []BudgetLine{{Source: t.BudgetSource, Planned: t.Budget, Spent: -1, Basis: t.DueBasis}}
	}
	if len(told) == 0 {
		b.Untold++
		b.Rows = append(b.Rows, BudgetRow{Line: line, Task: t, Spent: -1})
		return
	}
	b.Told++
	for _, l := range told {
		b.Rows = append(b.Rows, BudgetRow{Line: line, Task: t, Declared: true, Year: l.Year, Source: l.Source, Planned: l.Planned, Spent: l.Spent, Basis: l.Basis})
		b.Planned += l.Planned
		b.Spent += max(l.Spent, 0)
	}
}
