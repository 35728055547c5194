package exchange

import (
	"database/sql"
	"encoding/json"
	"fmt"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

const (
	reviewColumns = `SELECT id, kind, record, stage, officer, opened_at, due_on, ended_at, outcome, reasons, note, checked FROM review `
	insertReview  = `INSERT INTO review (id, kind, record, stage, officer, opened_at, due_on, ended_at, outcome, reasons, note, checked)
		VALUES (?, ?, ?, ?, '', ?, ?, 0, '', '', '', '')`
	takeReview = `UPDATE review SET officer = ? WHERE kind = ? AND record = ? AND ended_at = 0`
	closeOne   = `UPDATE review SET officer = ?, ended_at = ?, outcome = ?, reasons = ?, note = ?, checked = ?
		WHERE kind = ? AND record = ? AND ended_at = 0`
	closeAll = `UPDATE review SET ended_at = ?, outcome = ?, officer = CASE WHEN officer = '' THEN ? ELSE officer END
		WHERE kind = ? AND record = ? AND ended_at = 0`
)

func openReview(tx *db.Tx, kind, record, stage string, due when.Day) error {
	if _, err := tx.Exec(insertReview, db.NewID(tx.Now), kind, record, stage, when.Micro(tx.Now), due.String()); err != nil {
		return fmt.Errorf("open a review: %w", err)
	}
	return nil
}

func assignReview(tx *db.Tx, kind, record string, officer account.ID) error {
	_, err := tx.Exec(takeReview, string(officer), kind, record)
	return err
}

func endReview(tx *db.Tx, kind, record string, officer account.ID, outcome string, v Verdict) error {
	result, err := tx.Exec(closeOne, string(officer), when.Micro(tx.Now), outcome, codesText(v.Reasons), v.Note, codesText(v.Checked), kind, record)
	if err != nil {
		return fmt.Errorf("end a review: %w", err)
	}
	if n, _ := result.RowsAffected(); n == 0 {
		return fault.New(fault.Conflict, "review.none_open")
	}
	return nil
}

func endReviews(tx *db.Tx, kind, record string, officer account.ID, outcome string) error {
	_, err := tx.Exec(closeAll, when.Micro(tx.Now), outcome, string(officer), kind, record)
	return err
}

// OpenReviews returns the reviews that wait, the nearest due first, after one of them (due day and
// id) for paging by key.
func OpenReviews(tx *db.Tx, stage string, afterDue, afterID string, limit int) ([]Review, error) {
	return reviews(tx, reviewColumns+`WHERE ended_at = 0 AND stage = ? AND (due_on, id) > (?, ?) ORDER BY due_on, id LIMIT ?`, stage, afterDue, afterID, limit)
}

// ReviewsOf returns the reviews of a listing, the newest first.
func ReviewsOf(tx *db.Tx, kind, record string) ([]Review, error) {
	return reviews(tx, reviewColumns+`WHERE kind = ? AND record = ? ORDER BY opened_at DESC, id DESC LIMIT 100`, kind, record)
}

func lastReview(tx *db.Tx, kind, record, stage string) (*Review, error) {
	all, err := reviews(tx, reviewColumns+`WHERE kind = ? AND record = ? AND stage = ? ORDER BY opened_at DESC, id DESC LIMIT 1`, kind, record, stage)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

func reviews(tx *db.Tx, query string, args ...any) ([]Review, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, fmt.Errorf("read reviews: %w", err)
	}
	defer rows.Close()
	var all []Review
	for rows.Next() {
		r, err := scanReview(rows)
		if err != nil {
			return nil, fmt.Errorf("read reviews: %w", err)
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

func scanReview(rows *sql.Rows) (Review, error) {
	var r Review
	var opened, ended int64
	var due, reasons, checked string
	if err := rows.Scan(&r.ID, &r.Kind, &r.Record, &r.Stage, &r.Officer, &opened, &due, &ended, &r.Outcome, &reasons, &r.Note, &checked); err != nil {
		return r, err
	}
	r.Opened, r.Ended = when.Time(opened), when.Time(ended)
	var err error
	if r.Due, err = when.ParseDay(due); err != nil {
		return r, err
	}
	for _, list := range []struct {
		text string
		to   *[]string
	}{{reasons, &r.Reasons}, {checked, &r.Checked}} {
		if list.text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(list.text), list.to); err != nil {
			return r, err
		}
	}
	return r, nil
}

// Promise counts the reviews of the last days that were answered, and those answered in time.
func Promise(tx *db.Tx, since int64) (done, inTime int, err error) {
	all, err := reviews(tx, reviewColumns+`WHERE ended_at >= ? AND outcome <> 'withdrawn' AND stage <> 'reaudit'`, since)
	for _, r := range all {
		done++
		if !when.DayOf(r.Ended).After(r.Due) {
			inTime++
		}
	}
	return done, inTime, err
}

// LastReturned returns the last review that sent a listing back; nil when none did.
func LastReturned(tx *db.Tx, kind, record string) (*Review, error) {
	all, err := reviews(tx, reviewColumns+`WHERE kind = ? AND record = ? AND outcome = 'returned' ORDER BY ended_at DESC, id DESC LIMIT 1`, kind, record)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}
