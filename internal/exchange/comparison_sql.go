package exchange

import (
	"database/sql"
	"errors"
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

const (
	comparedSeq  = `SELECT seq FROM comparison WHERE id = 1`
	beginCompare = `INSERT INTO comparison (id, seq, done) VALUES (1, 0, 0) ON CONFLICT (id) DO NOTHING`
	moveCompare  = `UPDATE comparison SET seq = ?, done = CASE WHEN ? = 1 THEN 0 ELSE done + ? END WHERE id = 1 AND seq = ?`
	leftToDo     = `SELECT (SELECT COALESCE(MAX(done), 0) FROM comparison), (SELECT count(*) FROM ledger WHERE seq > ? AND kind IN ('offer', 'need'))`
	runningNow   = `SELECT count(*) FROM import_run WHERE state = 'running' AND dry = 0 AND seen_at > ?`
)

// importSilence is how long an import may say nothing before it counts as broken off, in seconds.
const importSilence = 15

// importing reports whether a file comes in at this moment.
func importing(tx *db.Tx) (bool, error) {
	n := 0
	err := tx.QueryRow(runningNow, when.Micro(tx.Now)-importSilence*1_000_000).Scan(&n)
	return n > 0, err
}

// comparedTo returns how far the ledger was compared.
func comparedTo(tx *db.Tx) (seq int64, err error) {
	if err = tx.QueryRow(comparedSeq).Scan(&seq); errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return seq, err
}

// storeCompared moves on how far the ledger was compared; false when it is elsewhere by now.
func storeCompared(tx *db.Tx, c *comparison) (bool, error) {
	if _, err := tx.Exec(beginCompare); err != nil {
		return false, fmt.Errorf("move the comparison on: %w", err)
	}
	last := 0
	if c.last {
		last = 1
	}
	result, err := tx.Exec(moveCompare, c.to, last, c.entries, c.from)
	if err != nil {
		return false, fmt.Errorf("move the comparison on: %w", err)
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

func comparingSince(tx *db.Tx, seq int64) (done, all int64, err error) {
	left := int64(0)
	err = tx.QueryRow(leftToDo, seq).Scan(&done, &left)
	return done, done + left, err
}
