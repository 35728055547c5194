package programme

import (
	"fmt"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/when"
)

func keepCited(tx *db.Tx, by account.ID, c Cited) error {
	_, err := tx.Exec(`INSERT INTO cited_document (symbol, state, replaced_by, since, basis, author, at) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (symbol) DO UPDATE SET state = excluded.state, replaced_by = excluded.replaced_by, since = excluded.since, basis = excluded.basis, author = excluded.author, at = excluded.at`,
		c.Symbol, c.State, c.ReplacedBy, c.Since.String(), c.Basis, string(by), when.Micro(tx.Now))
	if err != nil {
		return fmt.Errorf("keep what became of a document: %w", err)
	}
	return nil
}

// citedAll returns what was told of cited documents, by symbol.
func citedAll(tx *db.Tx) (map[string]*Cited, error) {
	rows, err := tx.Query(`SELECT symbol, state, replaced_by, since, basis FROM cited_document`)
	if err != nil {
		return nil, fmt.Errorf("read cited documents: %w", err)
	}
	defer rows.Close()
	all := map[string]*Cited{}
	for rows.Next() {
		var c Cited
		var since string
		if err := rows.Scan(&c.Symbol, &c.State, &c.ReplacedBy, &since, &c.Basis); err != nil {
			return nil, err
		}
		if c.Since, err = when.ParseDay(since); err != nil {
			return nil, err
		}
		all[c.Symbol] = &c
	}
	return all, rows.Err()
}
