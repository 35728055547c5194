package registry

import (
	"fmt"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

const (
	selectNames   = `SELECT id, name_vi, name_en, short_name, tax_code FROM organisation WHERE state = 'confirmed' AND id > ?`
	selectWaiting = `SELECT updated_at FROM organisation WHERE state = 'unconfirmed'`
)

// Sought is what is looked for among the confirmed organisations: words of the name, with marks or
// without, or the tax code; kinds and places; after the organisation of that id.
type Sought struct {
	Text   string
	Kinds  []string
	Places []string
	After  string
	Limit  int
}

// Find returns confirmed organisations in the order of their ids.
func Find(tx *db.Tx, q Sought) ([]*Organisation, error) {
	where, args := conditions(q)
	if q.Text == "" {
		return Organisations.Find(tx, "WHERE state = 'confirmed' AND id > ?"+where+" ORDER BY id LIMIT ?", append(args, q.Limit)...)
	}
	ids, err := named(tx, q, where, args)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return Organisations.Find(tx, "WHERE id IN ("+marks(len(ids))+") ORDER BY id", ids...)
}

func conditions(q Sought) (string, []any) {
	where, args := "", []any{q.After}
	for _, one := range []struct {
		column string
		values []string
	}{{"kind", q.Kinds}, {"place", q.Places}} {
		if len(one.values) > 0 {
			where += " AND " + one.column + " IN (" + marks(len(one.values)) + ")"
			for _, v := range one.values {
				args = append(args, v)
			}
		}
	}
	return where, args
}

func marks(n int) string { return strings.Repeat(", ?", n)[2:] }

// named reads names until enough of them hold every word that is looked for. Names are compared
// folded, which SQL does not do.
func named(tx *db.Tx, q Sought, where string, args []any) ([]any, error) {
	rows, err := tx.Query(selectNames+where+" ORDER BY id", args...)
	if err != nil {
		return nil, fmt.Errorf("find organisations: %w", err)
	}
	defer rows.Close()
	words := strings.Fields(lang.Fold(q.Text))
	var ids []any
	for len(ids) < q.Limit && rows.Next() {
		var id, vi, en, short, tax string
		if err := rows.Scan(&id, &vi, &en, &short, &tax); err != nil {
			return nil, err
		}
		if holds(lang.Fold(vi+" "+en+" "+short+" "+tax), words) {
			ids = append(ids, id)
		}
	}
	return ids, rows.Err()
}

func holds(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// WaitingAfter returns the organisations that wait for an officer's confirmation in the order of
// their ids after one, for paging by key.
func WaitingAfter(tx *db.Tx, after string, limit int) ([]*Organisation, error) {
	return Organisations.Find(tx, "WHERE state = 'unconfirmed' AND id > ? ORDER BY id LIMIT ?", after, limit)
}

// CountWaiting returns how many organisations wait for confirmation, and how many of them wait
// since a day for which late answers true.
func CountWaiting(tx *db.Tx, late func(since when.Day) bool) (all, lateOnes int, err error) {
	rows, err := tx.Query(selectWaiting)
	if err != nil {
		return 0, 0, fmt.Errorf("count the waiting organisations: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var since int64
		if err := rows.Scan(&since); err != nil {
			return 0, 0, err
		}
		all++
		if late(when.DayOf(when.Time(since))) {
			lateOnes++
		}
	}
	return all, lateOnes, rows.Err()
}
