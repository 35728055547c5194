package programme

import (
	"regexp"
	"slices"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// Progress is what a body reports on a task for a period (báo cáo tiến độ). Its states are filed,
// accepted, returned and replaced.
type Progress struct {
	ID, Task, Period, State string
	Said                    string // not_begun, running, done, blocked
	Done                    when.Day
	Words                   string
	Difficulty              string // law, money, people, coordination, time, data, technical
	Proposal                string
	Confidence              string // green, amber, red
	Why                     string // reason of a colour worse than before
	By                      account.ID
	At                      time.Time
	DecidedBy               account.ID
	DecidedAt               time.Time
	Reason                  string // why it was returned
}

// What a body says, which difficulties it has, and how sure it is, in the order of the form.
var (
	Said         = []string{"not_begun", "running", "done", "blocked"}
	Difficulties = []string{"law", "money", "people", "coordination", "time", "data", "technical"}
	Confidences  = []string{"green", "amber", "red"}
)

var period = regexp.MustCompile(`^20\d\d(-(0[1-9]|1[0-2])|-Q[1-4]|-H[12])?$`)

const longestWords = 8000 // characters of a report

// File keeps a body's report on a task for a period; an earlier one for that period that nobody
// decided on is replaced. A colour worse than before needs its reason; work that is overdue needs
// its difficulty and what is proposed.
func File(tx *db.Tx, a account.Actor, old *Task, r Progress) (string, error) {
	if old.State != "open" {
		return "", fault.New(fault.Conflict, "task.wrong_state")
	}
	if err := r.check(old, when.DayOf(tx.Now)); err != nil {
		return "", err
	}
	r.ID, r.Task, r.State, r.By, r.At = db.NewID(tx.Now), old.ID, "filed", a.ID, tx.Now
	replaced, err := replaceReport(tx, old.ID, r.Period)
	if err != nil {
		return "", err
	}
	if err := insertReport(tx, r); err != nil {
		return "", err
	}
	t := Tasks.Copy(old)
	t.Said = r.Said
	if r.Confidence != "" {
		t.Confidence, t.Why = r.Confidence, r.Why
	}
	return r.ID, Tasks.Save(tx, a.ID, "task.reported", old, t, ledger.Change{Field: "report", Old: replaced, New: r.ID},
		ledger.Change{Field: "period", New: r.Period}, ledger.Change{Field: "words", New: r.Words})
}

func (r *Progress) check(t *Task, today when.Day) error {
	f := fault.New(fault.Invalid, "report.invalid")
	if !period.MatchString(r.Period) {
		f.At("period", "report.bad_period")
	}
	if !slices.Contains(Said, r.Said) {
		f.At("said", "field.needed")
	}
	if r.Difficulty != "" && !slices.Contains(Difficulties, r.Difficulty) {
		f.At("difficulty", "field.not_in_list")
	}
	if r.Confidence != "" && !slices.Contains(Confidences, r.Confidence) {
		f.At("confidence", "field.not_in_list")
	}
	for _, one := range []struct{ column, text string }{{"words", r.Words}, {"proposal", r.Proposal}, {"confidence_reason", r.Why}} {
		if n := len([]rune(one.text)); n > longestWords {
			f.At(one.column, "field.too_long", "N", n, "Most", longestWords)
		}
	}
	if r.Said == "done" && (r.Done.Zero() || r.Done.After(today)) {
		f.At("done_on", "report.needs_day_done")
	}
	if slices.Index(Confidences, r.Confidence) > max(0, slices.Index(Confidences, t.Confidence)) && r.Why == "" {
		f.At("confidence_reason", "report.needs_reason")
	}
	if late := !t.Due.Zero() && t.Due.Before(today); late && r.Said != "done" {
		if r.Difficulty == "" {
			f.At("difficulty", "report.late_needs_difficulty")
		}
		if r.Proposal == "" {
			f.At("proposal", "report.late_needs_proposal")
		}
	} else if r.Said == "blocked" && r.Difficulty == "" {
		f.At("difficulty", "report.blocked_needs_difficulty")
	}
	return f.OrNil()
}

// Accept takes a report; one that says done ends its task on the day that it tells, and a task that
// comes again is opened for its next time.
func Accept(tx *db.Tx, a account.Actor, old *Task, id string) error {
	r, err := waitingReport(tx, old, id)
	if err != nil {
		return err
	}
	if err := decideReport(tx, id, "accepted", a.ID, ""); err != nil {
		return err
	}
	t := Tasks.Copy(old)
	if r.Said == "done" {
		t.State, t.Done, t.Accepted = "accepted", r.Done, when.DayOf(tx.Now)
	}
	if err := Tasks.Save(tx, a.ID, "task.report_accepted", old, t, ledger.Change{Field: "report", New: id}); err != nil {
		return err
	}
	if r.Said == "done" {
		return again(tx, a.ID, t)
	}
	return nil
}

// Return gives a report back to its body, with the reason.
func Return(tx *db.Tx, a account.Actor, old *Task, id, reason string) error {
	if _, err := waitingReport(tx, old, id); err != nil {
		return err
	}
	if reason == "" {
		return fault.New(fault.Invalid, "report.invalid").At("reason", "field.needed")
	}
	if err := decideReport(tx, id, "returned", a.ID, reason); err != nil {
		return err
	}
	return Tasks.Save(tx, a.ID, "task.report_returned", old, Tasks.Copy(old), ledger.Change{Field: "report", New: id}, ledger.Change{Field: "reason", New: reason})
}

func waitingReport(tx *db.Tx, t *Task, id string) (*Progress, error) {
	r, err := reportOf(tx, t.ID, id)
	if err != nil {
		return nil, err
	}
	if r.State != "filed" || t.State != "open" {
		return nil, fault.New(fault.Conflict, "report.wrong_state")
	}
	return r, nil
}

// again opens the next one of a series of tasks, once.
func again(tx *db.Tx, by account.ID, t *Task) error {
	due, ok := Next(t.Recurrence, t.Due)
	if !ok {
		return nil
	}
	next, err := nextOf(tx, t)
	if err != nil || next {
		return err
	}
	n := Tasks.Copy(t)
	n.Head.ID, n.Head.Number, n.Head.By = "", "", ""
	n.State, n.Predecessor, n.Begins, n.Due = "open", t.ID, t.Due.AddDays(1), due
	n.Done, n.Accepted, n.Closed, n.Said, n.Confidence, n.Why = when.Day{}, when.Day{}, when.Day{}, "", "", ""
	return Tasks.New(tx, by, "task.came_again", n)
}

// ComeAgain opens the next ones of those series whose last task's day has passed, whether or not it
// was done; it returns how many. It runs by the clock.
func ComeAgain(tx *db.Tx, today when.Day) (int, error) {
	passed, err := passedSeries(tx, today)
	if err != nil {
		return 0, err
	}
	for _, t := range passed {
		if err := again(tx, "", t); err != nil {
			return 0, err
		}
	}
	return len(passed), nil
}
