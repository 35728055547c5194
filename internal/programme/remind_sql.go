package programme

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// remindable returns the open tasks of a body that are due between two days, but for secret ones.
func remindable(tx *db.Tx, body string, from, to when.Day) ([]*Task, error) {
	return Tasks.Find(tx, `WHERE owner = ? AND state = 'open' AND secret = 0 AND due_on >= ? AND due_on <= ?
		AND plan IN (SELECT id FROM plan WHERE state = 'in_force') ORDER BY due_on, id`, body, from.String(), to.String())
}

// toldKey is what no body is told twice.
type toldKey struct {
	task, step string
	due        when.Day
}

func alreadyTold(tx *db.Tx, body string, from, to when.Day) (map[toldKey]bool, error) {
	all, err := remindersOf(tx, `WHERE task IN (SELECT id FROM task WHERE owner = ?) AND due_on >= ? AND due_on <= ?`, body, from.String(), to.String())
	if err != nil {
		return nil, err
	}
	told := make(map[toldKey]bool, len(all))
	for _, r := range all {
		told[toldKey{r.Task, r.Step, r.Due}] = true
	}
	return told, nil
}

func insertReminder(tx *db.Tx, r Reminder) (bool, error) {
	return inserted(tx.Exec(`INSERT INTO task_reminder (id, task, step, due_on, body, batch, day, at, channel, sent, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0) ON CONFLICT DO NOTHING`,
		r.ID, r.Task, r.Step, r.Due.String(), r.Body, r.Batch, r.Day.String(), when.Micro(tx.Now), r.Channel))
}

func insertReminderLetter(tx *db.Tx, l ReminderLetter) (bool, error) {
	return inserted(tx.Exec(`INSERT INTO reminder_letter (id, kind, batch, body, account, day, at, state, sent, seen) VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', 0, 0) ON CONFLICT DO NOTHING`,
		l.ID, l.Kind, l.Batch, l.Body, string(l.Reader), l.Day.String(), when.Micro(tx.Now)))
}

// inserted reports whether a row was written.
func inserted(result sql.Result, err error) (bool, error) {
	if err != nil {
		return false, fmt.Errorf("keep what a body is reminded of: %w", err)
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

func remindersOf(tx *db.Tx, where string, args ...any) ([]Reminder, error) {
	rows, err := tx.Query(`SELECT id, task, step, due_on, body, batch, day, at, channel, sent, seen FROM task_reminder `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read reminders: %w", err)
	}
	defer rows.Close()
	var all []Reminder
	for rows.Next() {
		var r Reminder
		var due, day string
		var at, sent, seen int64
		if err := rows.Scan(&r.ID, &r.Task, &r.Step, &due, &r.Body, &r.Batch, &day, &at, &r.Channel, &sent, &seen); err != nil {
			return nil, err
		}
		if r.Due, err = when.ParseDay(due); err != nil {
			return nil, err
		}
		if r.Day, err = when.ParseDay(day); err != nil {
			return nil, err
		}
		r.At, r.Sent, r.Seen = when.Time(at), moment(sent), moment(seen)
		all = append(all, r)
	}
	return all, rows.Err()
}

// moment is an instant as it is kept; 0 is none.
func moment(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return when.Time(us)
}

// RemindersSent returns reminders, newest first, before one of them: of some bodies, of all without.
func RemindersSent(tx *db.Tx, before string, limit int, bodies ...string) ([]Reminder, error) {
	where, args := `WHERE (id < ? OR ? = '')`, []any{before, before}
	if len(bodies) > 0 {
		where += ` AND body IN (?` + strings.Repeat(", ?", len(bodies)-1) + `)`
		for _, id := range bodies {
			args = append(args, id)
		}
	}
	return remindersOf(tx, where+` ORDER BY id DESC LIMIT ?`, append(args, limit)...)
}

// LetterWaiting returns a letter that waits to be sent; false for one that does not.
func LetterWaiting(tx *db.Tx, id string) (ReminderLetter, bool, error) {
	l, err := ReminderLetterOf(tx, id)
	if fault.KindOf(err) == fault.NotFound {
		return l, false, nil
	}
	return l, l.State == "waiting", err
}

// ReminderLetterOf returns a letter.
func ReminderLetterOf(tx *db.Tx, id string) (ReminderLetter, error) {
	var l ReminderLetter
	var day string
	var sent, seen int64
	err := tx.QueryRow(`SELECT id, kind, batch, body, account, day, state, sent, seen FROM reminder_letter WHERE id = ?`, id).
		Scan(&l.ID, &l.Kind, &l.Batch, &l.Body, &l.Reader, &day, &l.State, &sent, &seen)
	if errors.Is(err, sql.ErrNoRows) {
		return l, fault.New(fault.NotFound, "record.not_found")
	}
	if err != nil {
		return l, fmt.Errorf("read a letter: %w", err)
	}
	l.Sent, l.Seen = moment(sent), moment(seen)
	l.Day, err = when.ParseDay(day)
	return l, err
}

func markLetter(tx *db.Tx, id, state string) (bool, error) {
	sent := int64(0)
	if state == "sent" {
		sent = when.Micro(tx.Now)
	}
	return inserted(tx.Exec(`UPDATE reminder_letter SET state = ?, sent = ? WHERE id = ? AND state = 'waiting'`, state, sent, id))
}

// markReminders notes that the reminders of some tasks went, and returns those that had not before.
func markReminders(tx *db.Tx, batch string, told []Reminding) ([]Reminder, error) {
	waiting, err := remindersOf(tx, `WHERE batch = ? AND sent = 0 ORDER BY id`, batch)
	if err != nil {
		return nil, err
	}
	var fresh []Reminder
	for _, r := range waiting {
		if !slices.ContainsFunc(told, func(one Reminding) bool { return one.ID == r.Task }) {
			continue
		}
		if _, err := tx.Exec(`UPDATE task_reminder SET sent = ? WHERE id = ?`, when.Micro(tx.Now), r.ID); err != nil {
			return nil, fmt.Errorf("note that a reminder went: %w", err)
		}
		fresh = append(fresh, r)
	}
	return fresh, nil
}

func markSeen(tx *db.Tx, l ReminderLetter) error {
	if _, err := tx.Exec(`UPDATE reminder_letter SET seen = ? WHERE id = ? AND seen = 0`, when.Micro(tx.Now), l.ID); err != nil {
		return fmt.Errorf("note that a letter was seen: %w", err)
	}
	_, err := tx.Exec(`UPDATE task_reminder SET seen = ? WHERE batch = ? AND sent > 0 AND seen = 0`, when.Micro(tx.Now), l.Batch)
	return err
}

// LettersOf returns how many letters of each batch went.
func LettersOf(tx *db.Tx, batches ...string) (map[string]int, error) {
	sent := map[string]int{}
	for _, batch := range batches {
		if _, done := sent[batch]; done {
			continue
		}
		var n int
		if err := tx.QueryRow(`SELECT COUNT(*) FROM reminder_letter WHERE batch = ? AND state = 'sent'`, batch).Scan(&n); err != nil {
			return nil, fmt.Errorf("count letters: %w", err)
		}
		sent[batch] = n
	}
	return sent, nil
}

// BodiesFollowed returns bodies that have open tasks in plans in force, whose plans those are, or that
// were reminded, in the order of their ids, after one of them.
func BodiesFollowed(tx *db.Tx, after string, limit int) (all []string, err error) {
	rows, err := tx.Query(`SELECT body FROM (SELECT t.owner AS body FROM task t JOIN plan p ON p.id = t.plan WHERE t.state = 'open' AND p.state = 'in_force'
		UNION SELECT owner FROM plan WHERE state = 'in_force' UNION SELECT body FROM task_reminder) AS followed WHERE body > ? ORDER BY body LIMIT ?`, after, limit)
	if err != nil {
		return nil, fmt.Errorf("list the bodies that are followed: %w", err)
	}
	return scanIDs[string](rows)
}

// Stopped returns who of a body gets none of its letters.
func Stopped(tx *db.Tx, body string) (map[account.ID]bool, error) {
	rows, err := tx.Query(`SELECT account FROM reminder_stop WHERE body = ?`, body)
	if err != nil {
		return nil, fmt.Errorf("read who gets no letters: %w", err)
	}
	ids, err := scanIDs[account.ID](rows)
	all := make(map[account.ID]bool, len(ids))
	for _, id := range ids {
		all[id] = true
	}
	return all, err
}

func scanIDs[T ~string](rows *sql.Rows) (all []T, err error) {
	defer rows.Close()
	for rows.Next() {
		var id T
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		all = append(all, id)
	}
	return all, rows.Err()
}

func setStop(tx *db.Tx, body string, who, by account.ID, stop bool) (bool, error) {
	if !stop {
		return inserted(tx.Exec(`DELETE FROM reminder_stop WHERE body = ? AND account = ?`, body, string(who)))
	}
	return inserted(tx.Exec(`INSERT INTO reminder_stop (body, account, author, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, body, string(who), string(by), when.Micro(tx.Now)))
}

// chosenWeekday returns the weekday that a body chose for its digest; false when it chose none.
func chosenWeekday(tx *db.Tx, body string) (n int, ok bool, err error) {
	err = tx.QueryRow(`SELECT weekday FROM body_following WHERE body = ?`, body).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return n, err == nil, err
}

func setWeekday(tx *db.Tx, body string, weekday int, by account.ID) error {
	_, err := tx.Exec(`INSERT INTO body_following (body, weekday, author, at) VALUES (?, ?, ?, ?)
		ON CONFLICT (body) DO UPDATE SET weekday = excluded.weekday, author = excluded.author, at = excluded.at`, body, weekday, string(by), when.Micro(tx.Now))
	if err != nil {
		return fmt.Errorf("keep the day of the digest: %w", err)
	}
	return nil
}

// BodiesToRemind returns the bodies that have a task of which they may be reminded after a day and until
// another one, in the order of their ids, after one of them; only those named, if any is.
func BodiesToRemind(tx *db.Tx, s *Steps, from, until when.Day, after string, limit int, only ...string) ([]string, error) {
	first, _ := s.window(from)
	_, last := s.window(until)
	where, args := "", []any{first.String(), last.String(), after}
	if len(only) > 0 {
		where = ` AND owner IN (?` + strings.Repeat(", ?", len(only)-1) + `)`
		for _, id := range only {
			args = append(args, id)
		}
	}
	rows, err := tx.Query(`SELECT DISTINCT owner FROM task WHERE state = 'open' AND secret = 0 AND due_on >= ? AND due_on <= ? AND owner > ?
		AND plan IN (SELECT id FROM plan WHERE state = 'in_force')`+where+` ORDER BY owner LIMIT ?`, append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("list the bodies to be reminded: %w", err)
	}
	return scanIDs[string](rows)
}
