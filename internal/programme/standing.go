package programme

import "chonoi/internal/when"

// Standing is how a task stands on a day, computed from its days (tình trạng).
type Standing string

// The ways in which a task stands. Done ones first.
const (
	OnTime      Standing = "on_time"     // done, on or before its day
	Late        Standing = "late"        // done, after its day
	DoneUndated Standing = "done"        // done, without a day to compare with
	Running     Standing = "running"     // its day has not come
	Waiting     Standing = "waiting"     // it has not begun
	Overdue     Standing = "overdue"     // its day has passed
	Undated     Standing = "undated"     // nobody set a day
	Orphan      Standing = "orphan"      // its body exists no more and nobody has taken it over
	Transferred Standing = "transferred" // another body has taken it over
	Cancelled   Standing = "cancelled"
)

// Standings are all of them in the order in which they are shown.
var Standings = []Standing{Overdue, Orphan, Undated, Running, Waiting, OnTime, Late, DoneUndated, Transferred, Cancelled}

// Stands returns how the task stands at the end of a day. Bodies that ended before are told in
// ended with their last day; due is its due day as it was on that day.
func (t *Task) Stands(on, due when.Day, ended map[string]when.Day) Standing {
	switch {
	case t.State == "accepted" && !t.Done.After(on) && !t.Accepted.After(on):
		if due.Zero() {
			return DoneUndated
		}
		if t.Done.After(due) {
			return Late
		}
		return OnTime
	case !t.Closed.Zero() && t.Closed.Before(on):
		if t.State == "cancelled" {
			return Cancelled
		}
		return Transferred
	}
	if last, gone := ended[t.Owner]; gone && last.Before(on) {
		return Orphan
	}
	switch {
	case !t.Begins.Zero() && on.Before(t.Begins):
		return Waiting
	case due.Zero() && t.Recurrence == Continuous:
		return Running
	case due.Zero():
		return Undated
	case due.Before(on):
		return Overdue
	}
	return Running
}

// DueOn returns the day by which the task was due as it was known at the end of a day, from the
// moves of its due day, oldest first.
func (t *Task) DueOn(on when.Day, moves []DueChange) when.Day {
	for _, m := range moves {
		if when.DayOf(when.Time(m.At)).After(on) {
			return m.Old
		}
	}
	return t.Due
}

// Rates are the two rates of a set of tasks, each with what it counts. Neither is shown without
// its denominator.
type Rates struct {
	All     int // tasks that stand
	Done    int
	Due     int // done, and not done though their day has passed
	OnTime  int
	Counted map[Standing]int
}

// Count adds a task that stands in a way.
func (r *Rates) Count(s Standing) {
	if r.Counted == nil {
		r.Counted = map[Standing]int{}
	}
	r.Counted[s]++
	switch s {
	case Transferred, Cancelled:
		return
	case OnTime, Late, DoneUndated:
		r.Done++
		r.Due++
	case Overdue:
		r.Due++
	}
	if s == OnTime {
		r.OnTime++
	}
	r.All++
}

// Permille returns a share in thousandths, rounded to the nearest; ok is false without a denominator.
func Permille(part, of int) (share int, ok bool) {
	if of <= 0 {
		return 0, false
	}
	return (part*1000 + of/2) / of, true
}
