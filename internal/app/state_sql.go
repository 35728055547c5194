package app

import (
	"fmt"

	"chonoi/internal/db"
)

const (
	liteSize = `SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()`
	postSize = `SELECT pg_database_size(current_database())`
)

// databaseBytes returns how much room the database takes.
func databaseBytes(tx *db.Tx) (n int64, err error) {
	query := postSize
	if tx.SQLite() {
		query = liteSize
	}
	if err := tx.QueryRow(query).Scan(&n); err != nil {
		return 0, fmt.Errorf("size of the database: %w", err)
	}
	return n, nil
}
