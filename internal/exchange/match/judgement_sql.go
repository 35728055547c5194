package match

import (
	"fmt"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/when"
)

const (
	selectJudgements = `SELECT id, need, kind, supply, reason, words, judged_by, organisation, judged_at FROM match_judgement WHERE `
	insertJudgement  = `INSERT INTO match_judgement (id, need, kind, supply, reason, words, judged_by, organisation, judged_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	deleteJudgement  = `DELETE FROM match_judgement WHERE id = ?`
	selectOpen       = ` WHERE state IN ('published', 'renewed', 'expiring') ORDER BY id`
)

func putJudgement(tx *db.Tx, j *Judgement) error {
	_, err := tx.Exec(insertJudgement, j.ID, j.Need, j.Kind, j.Supply, j.Reason, j.Words, string(j.By), j.Organisation, when.Micro(j.At))
	if err != nil {
		return fmt.Errorf("keep a judgement: %w", err)
	}
	return nil
}

func dropJudgement(tx *db.Tx, id string) error {
	if _, err := tx.Exec(deleteJudgement, id); err != nil {
		return fmt.Errorf("take a judgement back: %w", err)
	}
	return nil
}

// judgementBy returns what an account said of a match; nil when it said nothing.
func judgementBy(tx *db.Tx, by account.ID, need, kind, supply string) (*Judgement, error) {
	all, err := judgementsOf(tx, "need = ? AND kind = ? AND supply = ? AND judged_by = ?", need, kind, supply, string(by))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

// judgementsOf returns the judgements of a condition, the newest first.
func judgementsOf(tx *db.Tx, where string, args ...any) ([]Judgement, error) {
	return judgements(tx, where+" ORDER BY id DESC", args...)
}

// Judgements returns what was said of matches, the newest first, below an id.
func Judgements(tx *db.Tx, below string, limit int) ([]Judgement, error) {
	return judgements(tx, "(? = '' OR id < ?) ORDER BY id DESC LIMIT ?", below, below, limit)
}

// CountJudgements counts all that was said of matches.
func CountJudgements(tx *db.Tx) (n int, err error) {
	if err := tx.QueryRow(`SELECT count(*) FROM match_judgement`).Scan(&n); err != nil {
		return 0, fmt.Errorf("count the judgements: %w", err)
	}
	return n, nil
}

func judgements(tx *db.Tx, rest string, args ...any) ([]Judgement, error) {
	rows, err := tx.Query(selectJudgements+rest, args...)
	if err != nil {
		return nil, fmt.Errorf("read judgements: %w", err)
	}
	defer rows.Close()
	var all []Judgement
	for rows.Next() {
		var j Judgement
		var at int64
		if err := rows.Scan(&j.ID, &j.Need, &j.Kind, &j.Supply, &j.Reason, &j.Words, &j.By, &j.Organisation, &at); err != nil {
			return nil, fmt.Errorf("read judgements: %w", err)
		}
		j.At = when.Time(at)
		all = append(all, j)
	}
	return all, rows.Err()
}

// openIDs lists the ids of a kind of listing on the floor.
func openIDs(tx *db.Tx, kind string) ([]string, error) {
	rows, err := tx.Query(`SELECT id FROM ` + kind + selectOpen)
	if err != nil {
		return nil, fmt.Errorf("list what is on the floor: %w", err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}
