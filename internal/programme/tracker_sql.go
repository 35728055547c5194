package programme

import (
	"fmt"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// KeepMapping keeps a table by which tasks go out to another tracker; one with the same key ends.
func KeepMapping(tx *db.Tx, a account.Actor, key, content string) error {
	if _, err := tx.Exec(`UPDATE tracker_mapping SET ended = ? WHERE key = ? AND ended = 0`, when.Micro(tx.Now), key); err != nil {
		return fmt.Errorf("end a mapping: %w", err)
	}
	id := db.NewID(tx.Now)
	if _, err := tx.Exec(`INSERT INTO tracker_mapping (id, key, content, author, at, ended) VALUES (?, ?, ?, ?, ?, 0)`, id, key, content, string(a.ID), when.Micro(tx.Now)); err != nil {
		return fmt.Errorf("keep a mapping: %w", err)
	}
	return note(tx, a.ID, "tracker.mapped", "tracker_mapping", id, ledger.Change{Field: "key", New: key}, ledger.Change{Field: "content", New: content})
}

// Mappings returns the tables that were loaded and hold, by their keys.
func Mappings(tx *db.Tx) (map[string]string, error) {
	rows, err := tx.Query(`SELECT key, content FROM tracker_mapping WHERE ended = 0`)
	if err != nil {
		return nil, fmt.Errorf("read mappings: %w", err)
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var key, content string
		if err := rows.Scan(&key, &content); err != nil {
			return nil, err
		}
		all[key] = content
	}
	return all, rows.Err()
}
