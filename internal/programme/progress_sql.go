package programme

import (
	"database/sql"
	"errors"
	"fmt"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

const reportColumns = `id, task, period, state, said, done_on, words, difficulty, proposal, confidence, confidence_reason, author, at, decided_by, decided_at, reason`

func insertReport(tx *db.Tx, r Progress) error {
	_, err := tx.Exec(`INSERT INTO progress_report (`+reportColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.ID, r.Task, r.Period, r.State, r.Said, r.Done.String(), r.Words, r.Difficulty, r.Proposal, r.Confidence, r.Why, string(r.By), when.Micro(r.At), "", 0, "")
	if err != nil {
		return fmt.Errorf("keep a report: %w", err)
	}
	return nil
}

// replaceReport lets the report of a task for a period stand no longer, if nobody decided on it,
// and returns which it was. One that was accepted is not replaced.
func replaceReport(tx *db.Tx, task, period string) (string, error) {
	var id, state string
	err := tx.QueryRow(`SELECT id, state FROM progress_report WHERE task = ? AND period = ? AND state IN ('filed', 'accepted')`, task, period).Scan(&id, &state)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read the report before: %w", err)
	}
	if state == "accepted" {
		return "", fault.New(fault.Conflict, "report.accepted_already").At("period", "report.accepted_already")
	}
	if _, err := tx.Exec(`UPDATE progress_report SET state = 'replaced' WHERE id = ?`, id); err != nil {
		return "", fmt.Errorf("replace a report: %w", err)
	}
	return id, nil
}

func decideReport(tx *db.Tx, id, state string, by account.ID, reason string) error {
	_, err := tx.Exec(`UPDATE progress_report SET state = ?, decided_by = ?, decided_at = ?, reason = ? WHERE id = ?`, state, string(by), when.Micro(tx.Now), reason, id)
	if err != nil {
		return fmt.Errorf("decide on a report: %w", err)
	}
	return nil
}

func reportOf(tx *db.Tx, task, id string) (*Progress, error) {
	all, err := reports(tx, `WHERE id = ? AND task = ?`, id, task)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	return all[0], nil
}

// Reports returns what was reported on a task, newest first.
func Reports(tx *db.Tx, task string) ([]*Progress, error) {
	return reports(tx, `WHERE task = ? ORDER BY at DESC, id DESC`, task)
}

// ReportsWaiting returns the reports on tasks of a plan on which nobody decided yet, oldest first.
func ReportsWaiting(tx *db.Tx, plan string) ([]*Progress, error) {
	return reports(tx, `WHERE state = 'filed' AND task IN (SELECT id FROM task WHERE plan = ?) ORDER BY at, id LIMIT 1000`, plan)
}

func reports(tx *db.Tx, where string, args ...any) ([]*Progress, error) {
	rows, err := tx.Query(`SELECT `+reportColumns+` FROM progress_report `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read reports: %w", err)
	}
	defer rows.Close()
	var all []*Progress
	for rows.Next() {
		var r Progress
		var done string
		var at, decided int64
		if err := rows.Scan(&r.ID, &r.Task, &r.Period, &r.State, &r.Said, &done, &r.Words, &r.Difficulty, &r.Proposal, &r.Confidence, &r.Why,
			&r.By, &at, &r.DecidedBy, &decided, &r.Reason); err != nil {
			return nil, err
		}
		if r.Done, err = when.ParseDay(done); err != nil {
			return nil, err
		}
		r.At, r.DecidedAt = when.Time(at), when.Time(decided)
		all = append(all, &r)
	}
	return all, rows.Err()
}

// nextOf reports whether a task of a series has been followed by the next one.
func nextOf(tx *db.Tx, t *Task) (bool, error) {
	var n int
	err := tx.QueryRow(`SELECT COUNT(*) FROM task WHERE predecessor = ?`, t.ID).Scan(&n)
	return n > 0, err
}
