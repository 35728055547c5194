package exchange

import (
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

const (
	insertNotice = `INSERT INTO listing_notice (kind, record, expires_on, days, sent_at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (kind, record, expires_on, days) DO NOTHING`
	selectClaims = `SELECT statement_vi, statement_en FROM claim WHERE kind = ? AND record = ?`
)

// firstNotice reports whether the notice of so many days was not sent for this end yet, and notes
// that it is sent now.
func firstNotice(tx *db.Tx, kind, id string, expires when.Day, days int) (bool, error) {
	result, err := tx.Exec(insertNotice, kind, id, expires.String(), days, when.Micro(tx.Now))
	if err != nil {
		return false, fmt.Errorf("note a notice: %w", err)
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// eachDrawn calls open for each published listing whose lot falls on the day and that has no
// re-audit of this quarter yet.
func eachDrawn(tx *db.Tx, kind string, today when.Day, share int, open func(id string) error) error {
	since := when.Micro(today.AddDays(-92).Start())
	rows, err := tx.Query(`SELECT id FROM `+kind+` WHERE state IN ('published', 'renewed', 'expiring')
		AND id NOT IN (SELECT record FROM review WHERE kind = ? AND stage = 'reaudit' AND opened_at > ?)`, kind, since)
	if err != nil {
		return fmt.Errorf("draw re-audits: %w", err)
	}
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			rows.Close()
			return err
		}
		if drawn(id, today, share) {
			ids = append(ids, id)
		}
	}
	if err := rows.Close(); err != nil {
		return err
	}
	for _, id := range ids {
		if err := open(id); err != nil {
			return err
		}
	}
	return nil
}

func claimTexts(tx *db.Tx, kind, id string) ([]string, error) {
	rows, err := tx.Query(selectClaims, kind, id)
	if err != nil {
		return nil, fmt.Errorf("read claims: %w", err)
	}
	defer rows.Close()
	var texts []string
	for rows.Next() {
		var vi, en string
		if err := rows.Scan(&vi, &en); err != nil {
			return nil, err
		}
		texts = append(texts, vi, en)
	}
	return texts, rows.Err()
}
