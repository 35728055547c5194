package deal

import (
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/exchange/contract"
)

func lastDraft(tx *db.Tx, deal string) (n int64, err error) {
	err = tx.QueryRow(`SELECT COALESCE(MAX(n), 0) FROM deal_contract WHERE deal = ?`, deal).Scan(&n)
	return n, err
}

func addDraft(tx *db.Tx, deal string, d *Draft, text string) error {
	_, err := tx.Exec(`INSERT INTO deal_contract (deal, n, side, contract, digest, words, at, by_account) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		deal, d.N, string(d.Side), text, d.Digest, d.Words, d.At, string(d.By))
	if err != nil {
		return fmt.Errorf("keep a version of a contract: %w", err)
	}
	return nil
}

// Drafts returns the versions of a deal's contract, the newest first.
func Drafts(tx *db.Tx, deal string) (all []*Draft, err error) {
	rows, err := tx.Query(`SELECT n, side, contract, digest, words, at, by_account FROM deal_contract WHERE deal = ? ORDER BY n DESC`, deal)
	if err != nil {
		return nil, fmt.Errorf("read the contract of a deal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		d, text := &Draft{}, ""
		if err := rows.Scan(&d.N, &d.Side, &text, &d.Digest, &d.Words, &d.At, &d.By); err != nil {
			return nil, err
		}
		if d.Contract, err = contract.Read(text); err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, rows.Err()
}
