package programme

import (
	"fmt"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/when"
)

// saidSince counts the opinions of a person since an instant.
func saidSince(tx *db.Tx, by account.ID, since time.Time) (n int, err error) {
	err = tx.QueryRow(`SELECT COUNT(*) FROM opinion WHERE created_by = ? AND created_at > ?`, string(by), when.Micro(since)).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count opinions: %w", err)
	}
	return n, nil
}

// OpinionsOn returns the opinions on a clause that are shown, newest first.
func OpinionsOn(tx *db.Tx, plan, clause string, limit int) ([]*Opinion, error) {
	return Opinions.Find(tx, `WHERE plan = ? AND clause = ? AND state = 'shown' ORDER BY id DESC LIMIT ?`, plan, clause, limit)
}

// OpinionsIn returns the opinions in a state, oldest first, after one of them.
func OpinionsIn(tx *db.Tx, state, after string, limit int) ([]*Opinion, error) {
	return Opinions.Find(tx, `WHERE state = ? AND id > ? ORDER BY id LIMIT ?`, state, after, limit)
}
