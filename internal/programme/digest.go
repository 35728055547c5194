package programme

import (
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// Digest is what a body should look at in a week (bản tổng hợp tuần). Secret tasks are in none of it.
type Digest struct {
	Body       string
	On         when.Day
	Due        []*Task // in the two weeks that follow
	Late       []*Task // their day has passed
	Returned   []*Task // their last report was returned
	Unproved   []*Task // the body says that they are done, and no evidence was checked
	Orphans    []*Task // of bodies that ended, which this one may have to take over
	Unassigned []Unassigned
}

// Unassigned is a plan of the body with clauses that nobody leads.
type Unassigned struct {
	Plan *Plan
	N    int
}

// Empty reports whether there is nothing to look at.
func (d *Digest) Empty() bool { return d.Size() == 0 }

// Size is how many tasks and plans there are to look at; a task that stands in two lists counts once.
func (d *Digest) Size() int {
	tasks := map[string]bool{}
	for _, t := range slices.Concat(d.Due, d.Late, d.Returned, d.Unproved, d.Orphans) {
		tasks[t.ID] = true
	}
	return len(tasks) + len(d.Unassigned)
}

// ahead is how many days a digest and the page of reminders look ahead.
const ahead = 14

// Digest puts together what a body should look at on a day. A body that ended has an empty one: what it
// had to do stands in those of its successors.
func (x *Programme) Digest(tx *db.Tx, body string, on when.Day) (*Digest, error) {
	d := &Digest{Body: body, On: on}
	ended, err := x.Bodies.Ended(tx, on, body)
	if err != nil {
		return nil, err
	}
	if _, gone := ended[body]; gone {
		return d, nil
	}
	tasks, err := openTasksOf(tx, body)
	if err != nil {
		return nil, err
	}
	returned, proved, err := returnedAndProved(tx, body)
	if err != nil {
		return nil, err
	}
	for _, t := range tasks {
		switch {
		case t.Due.Zero():
		case t.Due.Before(on):
			d.Late = append(d.Late, t)
		case !t.Due.After(on.AddDays(ahead)):
			d.Due = append(d.Due, t)
		}
		if returned[t.ID] {
			d.Returned = append(d.Returned, t)
		}
		if t.Said == "done" && !proved[t.ID] {
			d.Unproved = append(d.Unproved, t)
		}
	}
	if d.Orphans, err = x.orphansFor(tx, body, on); err != nil {
		return nil, err
	}
	plans, err := Plans.Find(tx, `WHERE owner = ? AND state = 'in_force' ORDER BY id`, body)
	if err != nil {
		return nil, err
	}
	for _, p := range plans {
		b, err := x.Board(tx, p, on)
		if err != nil {
			return nil, err
		}
		if b.Open > 0 {
			d.Unassigned = append(d.Unassigned, Unassigned{p, b.Open})
		}
	}
	return d, nil
}

// orphansFor returns the open tasks of bodies that ended and that this one follows.
func (x *Programme) orphansFor(tx *db.Tx, body string, on when.Day) ([]*Task, error) {
	owners, err := owners(tx)
	if err != nil {
		return nil, err
	}
	ended, err := x.Bodies.Ended(tx, on, owners...)
	if err != nil {
		return nil, err
	}
	var all []*Task
	for _, owner := range owners {
		if _, gone := ended[owner]; !gone {
			continue
		}
		next, err := x.Bodies.Successors(tx, owner, on)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(next, body) {
			continue
		}
		tasks, err := openTasksOf(tx, owner)
		if err != nil {
			return nil, err
		}
		all = append(all, tasks...)
	}
	return all, nil
}

// Following is how a body wants to be followed up.
type Following struct {
	Weekday int // of the digest: 1 is Monday; 0 for none
	Stopped map[account.ID]bool
}

// FollowingOf returns how a body wants to be followed up: as the steps say where it chose nothing.
func FollowingOf(tx *db.Tx, s *Steps, body string) (Following, error) {
	f := Following{Weekday: s.Weekday}
	n, chosen, err := chosenWeekday(tx, body)
	if err != nil {
		return f, err
	}
	if chosen {
		f.Weekday = n
	}
	f.Stopped, err = Stopped(tx, body)
	return f, err
}

// SetFollowing keeps on which day a body has its digest.
func SetFollowing(tx *db.Tx, a account.Actor, s *Steps, body string, weekday int) error {
	if weekday < 0 || weekday > 7 {
		return fault.New(fault.Invalid, "following.invalid").At("weekday", "field.not_in_list")
	}
	old, err := FollowingOf(tx, s, body)
	if err != nil || old.Weekday == weekday {
		return err
	}
	if err := setWeekday(tx, body, weekday, a.ID); err != nil {
		return err
	}
	return noteFollowing(tx, a.ID, "body_following.changed", body, "")
}

// StopReminders ends the letters of a body to one of its people, or lets them come again.
func StopReminders(tx *db.Tx, by account.ID, body string, who account.ID, stop bool) error {
	changed, err := setStop(tx, body, who, by, stop)
	if err != nil || !changed {
		return err
	}
	act := "reminder_letters.wanted"
	if stop {
		act = "reminder_letters.stopped"
	}
	return noteFollowing(tx, by, act, body, string(who))
}

func noteFollowing(tx *db.Tx, by account.ID, act, body, who string) error {
	n := ledger.Note{Actor: string(by), Act: act, Kind: "body_following", ID: body}
	if who != "" {
		n.Change = []ledger.Change{{Field: "account", New: who}}
	}
	_, err := ledger.Append(tx, n)
	return err
}

// LeaveDigest leaves the digest of a week to each reader of a body, once for each, when there is
// something to look at; it returns the letters, whose sending the caller leaves in the same unit.
func (x *Programme) LeaveDigest(tx *db.Tx, body string, week when.Day, readers []account.ID) ([]string, error) {
	if len(readers) == 0 {
		return nil, nil
	}
	d, err := x.Digest(tx, body, when.DayOf(tx.Now))
	if err != nil || d.Empty() {
		return nil, err
	}
	return leaveLetters(tx, WeeklyLetter, WeeklyLetter+":"+body+":"+week.String(), body, week, readers)
}
