package broker

import "chonoi/internal/db"

func countIn(tx *db.Tx, state string) (n int, err error) {
	err = tx.QueryRow(`SELECT count(*) FROM intermediary WHERE state = ?`, state).Scan(&n)
	return n, err
}

// inState returns entries of a state, and of a kind where one is told, after one, the newest first.
func inState(tx *db.Tx, state, kind, after string, limit int) ([]*Intermediary, error) {
	return Intermediaries.Find(tx, `WHERE state = ? AND (kind = ? OR ? = '') AND (id < ? OR ? = '') ORDER BY id DESC LIMIT ?`, state, kind, kind, after, after, limit)
}
