package programme

import (
	"slices"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// Reminder says that a body was reminded of a task at a step before or after its due day (nhắc việc).
// There is one for each task, step and due day: a due day that moves is reminded of anew.
type Reminder struct {
	ID, Task, Step string
	Due            when.Day
	Body           string
	Batch          string   // what the body is told in one letter
	Day            when.Day // morning
	At             time.Time
	Channel        string    // mail; desk where nobody of the body has letters
	Sent, Seen     time.Time // zero before
}

// The channels of reminders.
const (
	ByMail = "mail"
	OnDesk = "desk"
)

// Reminding is a reminder to come.
type Reminding struct {
	*Task
	Plan *Plan
	Step Step
	Day  when.Day
}

// DueFor returns of what a body is to be reminded on a morning and was not yet. A task that is not
// open, that is secret, or whose plan is not in force is left out; a body that ended has none.
func (x *Programme) DueFor(tx *db.Tx, s *Steps, body string, morning when.Day) ([]Reminding, error) {
	ended, err := x.Bodies.Ended(tx, morning, body)
	if err != nil {
		return nil, err
	}
	if _, gone := ended[body]; gone {
		return nil, nil
	}
	from, to := s.window(morning)
	tasks, err := remindable(tx, body, from, to)
	if err != nil || len(tasks) == 0 {
		return nil, err
	}
	told, err := alreadyTold(tx, body, from, to)
	if err != nil {
		return nil, err
	}
	var all []Reminding
	for _, t := range tasks {
		if step, ok := s.At(t.Due, morning); ok && !told[toldKey{t.ID, step.Key, t.Due}] {
			all = append(all, Reminding{Task: t, Step: step, Day: morning})
		}
	}
	return all, nil
}

// ToCome returns of what a body will be reminded after a day and until another one, if nothing changes.
func (x *Programme) ToCome(tx *db.Tx, s *Steps, body string, after, until when.Day) ([]Reminding, error) {
	ended, err := x.Bodies.Ended(tx, after, body)
	if err != nil {
		return nil, err
	}
	if _, gone := ended[body]; gone {
		return nil, nil
	}
	from, _ := s.window(after)
	_, to := s.window(until)
	tasks, err := remindable(tx, body, from, to)
	if err != nil {
		return nil, err
	}
	var all []Reminding
	for _, t := range tasks {
		for _, step := range s.Step {
			if day := t.Due.AddDays(step.Day); day.After(after) && !day.After(until) {
				all = append(all, Reminding{Task: t, Step: step, Day: day})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Reminding) int { return a.Day.Start().Compare(b.Day.Start()) })
	return all, nil
}

// Remind records of what a body is reminded on a morning and leaves a letter to each reader, in one
// unit: what was recorded is never recorded again. It returns the letters, whose sending the caller
// leaves in the same unit. Without readers the reminders stand on the body's desk alone.
func (x *Programme) Remind(tx *db.Tx, s *Steps, body string, morning when.Day, readers []account.ID) (letters []string, err error) {
	due, err := x.DueFor(tx, s, body, morning)
	if err != nil || len(due) == 0 {
		return nil, err
	}
	batch, channel := db.NewID(tx.Now), ByMail
	if len(readers) == 0 {
		channel = OnDesk
	}
	n := 0
	for _, one := range due {
		fresh, err := insertReminder(tx, Reminder{ID: db.NewID(tx.Now), Task: one.ID, Step: one.Step.Key, Due: one.Due, Body: body, Batch: batch, Day: morning, Channel: channel})
		if err != nil {
			return nil, err
		}
		if fresh {
			n++
		}
	}
	if n == 0 {
		return nil, nil
	}
	return leaveLetters(tx, RemindersLetter, batch, body, morning, readers)
}

// leaveLetters leaves a letter to each reader who has none of the batch.
func leaveLetters(tx *db.Tx, kind, batch, body string, day when.Day, readers []account.ID) (letters []string, err error) {
	for _, who := range readers {
		l := ReminderLetter{ID: db.NewID(tx.Now), Kind: kind, Batch: batch, Body: body, Reader: who, Day: day}
		fresh, err := insertReminderLetter(tx, l)
		if err != nil {
			return nil, err
		}
		if fresh {
			letters = append(letters, l.ID)
		}
	}
	return letters, nil
}

// ReminderLetter is a letter to one reader: the reminders of a morning, or the digest of a week.
type ReminderLetter struct {
	ID, Kind, Batch, Body string
	Reader                account.ID
	Day                   when.Day
	State                 string // waiting, sent, needless, unwanted, refused
	Sent, Seen            time.Time
}

// The kinds of letters.
const (
	RemindersLetter = "reminders"
	WeeklyLetter    = "weekly"
)

// StillDue returns those reminders of a batch that still hold: their task is open, due on the same day,
// not secret, and its body exists.
func (x *Programme) StillDue(tx *db.Tx, batch string) ([]Reminding, error) {
	all, err := remindersOf(tx, `WHERE batch = ? ORDER BY due_on, id`, batch)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	ids := make([]string, 0, len(all))
	for _, one := range all {
		ids = append(ids, one.Task)
	}
	tasks, err := tasksNamed(tx, ids...)
	if err != nil {
		return nil, err
	}
	ended, err := x.Bodies.Ended(tx, when.DayOf(tx.Now), all[0].Body)
	if err != nil {
		return nil, err
	}
	var still []Reminding
	for _, one := range all {
		t := tasks[one.Task]
		if _, gone := ended[one.Body]; gone || t == nil || t.State != "open" || t.Secret || t.Due != one.Due || t.Owner != one.Body {
			continue
		}
		still = append(still, Reminding{Task: t, Step: Step{Key: one.Step}, Day: one.Day})
	}
	return still, nil
}

// LetterSent notes that a letter went, and of the tasks that it told those that no other letter of its
// batch had told before, each as an act of its own.
func LetterSent(tx *db.Tx, l ReminderLetter, told []Reminding) error {
	first, err := markLetter(tx, l.ID, "sent")
	if err != nil || !first || l.Kind != RemindersLetter {
		return err
	}
	fresh, err := markReminders(tx, l.Batch, told)
	if err != nil || len(fresh) == 0 {
		return err
	}
	notes := make([]ledger.Note, 0, len(fresh))
	for _, one := range fresh {
		notes = append(notes, ledger.Note{Actor: "system", Act: "reminder.sent", Kind: "task_reminder", ID: one.ID,
			Change: []ledger.Change{{Field: "task", New: one.Task}, {Field: "step", New: one.Step}, {Field: "due_on", New: one.Due.String()}, {Field: "body", New: one.Body}}})
	}
	_, err = ledger.Append(tx, notes...)
	return err
}

// LetterDropped notes why a letter does not go: needless, unwanted or refused.
func LetterDropped(tx *db.Tx, l ReminderLetter, why string) error {
	_, err := markLetter(tx, l.ID, why)
	return err
}

// LetterSeen notes that the reader of a letter came through its link.
func LetterSeen(tx *db.Tx, l ReminderLetter) error {
	return markSeen(tx, l)
}

// TasksNamed returns tasks by their ids.
func TasksNamed(tx *db.Tx, ids ...string) (map[string]*Task, error) { return tasksNamed(tx, ids...) }
