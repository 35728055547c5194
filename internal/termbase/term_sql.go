package termbase

import (
	"database/sql"
	"errors"
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/lexicon"
)

const (
	selectTerms   = `SELECT id, vi, en, field, note, weight, changed_at FROM term`
	selectTerm    = selectTerms + ` WHERE id = ?`
	selectAll     = selectTerms + ` ORDER BY id`
	selectRetired = selectTerms + ` WHERE weight = 0 ORDER BY vi, en`
	upsertTerm    = `INSERT INTO term (id, vi, en, field, note, weight, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET field = excluded.field, note = excluded.note, weight = excluded.weight, changed_at = excluded.changed_at`
)

func putTerm(tx *db.Tx, t Term) error {
	_, err := tx.Exec(upsertTerm, t.ID, t.Vi, t.En, t.Field, t.Note, t.Weight, t.ChangedAt)
	if err != nil {
		return fmt.Errorf("write term %s: %w", t.ID, err)
	}
	return nil
}

func scanTerm(row interface{ Scan(...any) error }) (t Term, err error) {
	err = row.Scan(&t.ID, &t.Vi, &t.En, &t.Field, &t.Note, &t.Weight, &t.ChangedAt)
	t.Source = Own
	return t, err
}

func ownTerm(tx *db.Tx, id string) (Term, bool, error) {
	t, err := scanTerm(tx.QueryRow(selectTerm, id))
	if errors.Is(err, sql.ErrNoRows) {
		return Term{}, false, nil
	}
	return t, err == nil, err
}

func termsBy(tx *db.Tx, query string) ([]Term, error) {
	rows, err := tx.Query(query)
	if err != nil {
		return nil, fmt.Errorf("read the terms: %w", err)
	}
	defer rows.Close()
	var all []Term
	for rows.Next() {
		t, err := scanTerm(rows)
		if err != nil {
			return nil, fmt.Errorf("read the terms: %w", err)
		}
		all = append(all, t)
	}
	return all, rows.Err()
}

func ownTerms(tx *db.Tx) ([]lexicon.Term, error) {
	rows, err := termsBy(tx, selectAll)
	terms := make([]lexicon.Term, len(rows))
	for i, t := range rows {
		terms[i] = t.Term
	}
	return terms, err
}

// Retired returns the terms that are out of use.
func Retired(tx *db.Tx) ([]Term, error) { return termsBy(tx, selectRetired) }
