package app

import (
	"fmt"

	"chonoi/internal/db"
)

const countActs = `SELECT count(*) FROM ledger WHERE actor <> 'system'`

// actsOfPeople returns how many entries of the ledger are not the house's own.
func actsOfPeople(tx *db.Tx) (n int64, err error) {
	if err = tx.QueryRow(countActs).Scan(&n); err != nil {
		return 0, fmt.Errorf("look for acts of people: %w", err)
	}
	return n, nil
}
