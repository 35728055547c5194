package ledger

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

const (
	selectHead  = `SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1`
	insertEntry = `INSERT INTO ledger (seq, at, actor, act, kind, id, digest, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	insertWhat  = `INSERT INTO ledger_change (seq, change) VALUES (?, ?)`
	columns     = `SELECT l.seq, l.at, l.actor, l.act, l.kind, l.id, l.digest, l.prev, l.hash, c.change
		FROM ledger l LEFT JOIN ledger_change c ON c.seq = l.seq `
	selectSince  = columns + `WHERE l.seq > ? ORDER BY l.seq LIMIT ?`
	selectRecord = columns + `WHERE l.kind = ? AND l.id = ? AND l.seq < ? ORDER BY l.seq DESC LIMIT ?`
	eraseChanges = `DELETE FROM ledger_change WHERE seq IN (SELECT seq FROM ledger WHERE kind = ? AND id = ?)`
)

func head(tx *db.Tx) (int64, string, error) {
	seq, hash := int64(0), genesis
	err := tx.QueryRow(selectHead).Scan(&seq, &hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, "", fmt.Errorf("read the head of the ledger: %w", err)
	}
	return seq, hash, nil
}

// Head returns the seq of the newest entry, 0 when there is none.
func Head(tx *db.Tx) (int64, error) {
	seq, _, err := head(tx)
	return seq, err
}

func insert(tx *db.Tx, e Entry, change string) error {
	_, err := tx.Exec(insertEntry, e.Seq, when.Micro(e.At), e.Actor, e.Act, e.Kind, e.ID, e.Digest, e.Prev, e.Hash)
	if db.Taken(err) {
		return db.Again(err) // another node appended first
	}
	if err != nil {
		return fmt.Errorf("append to the ledger: %w", err)
	}
	if change == "[]" {
		return nil
	}
	if _, err := tx.Exec(insertWhat, e.Seq, change); err != nil {
		return fmt.Errorf("append a change to the ledger: %w", err)
	}
	return nil
}

// Kinds returns the kinds of the records of which the entries after one seq and up to another tell.
func Kinds(tx *db.Tx, after, upTo int64) ([]string, error) {
	rows, err := tx.Query(`SELECT DISTINCT kind FROM ledger WHERE seq > ? AND seq <= ?`, after, upTo)
	if err != nil {
		return nil, fmt.Errorf("read the kinds of the ledger: %w", err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var kind string
		if err := rows.Scan(&kind); err != nil {
			return nil, err
		}
		all = append(all, kind)
	}
	return all, rows.Err()
}

// Since returns up to limit entries after seq, oldest first: the change feed.
func Since(tx *db.Tx, seq int64, limit int) ([]Entry, error) {
	return entries(tx, selectSince, seq, limit)
}

// Of returns up to limit entries of one record before seq (0: from the newest), newest first.
func Of(tx *db.Tx, kind, id string, before int64, limit int) ([]Entry, error) {
	if before == 0 {
		before = 1 << 62
	}
	return entries(tx, selectRecord, kind, id, before, limit)
}

// Erase removes what changed in all entries of a record, and keeps that it changed, by whom and
// when. The chain stays whole.
func Erase(tx *db.Tx, kind, id string) error {
	if _, err := tx.Exec(eraseChanges, kind, id); err != nil {
		return fmt.Errorf("erase the changes of %s %s: %w", kind, id, err)
	}
	return nil
}

func entries(tx *db.Tx, query string, args ...any) ([]Entry, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, fmt.Errorf("read the ledger: %w", err)
	}
	defer rows.Close()
	var all []Entry
	for rows.Next() {
		var e Entry
		var at int64
		var change sql.NullString
		if err := rows.Scan(&e.Seq, &at, &e.Actor, &e.Act, &e.Kind, &e.ID, &e.Digest, &e.Prev, &e.Hash, &change); err != nil {
			return nil, fmt.Errorf("read the ledger: %w", err)
		}
		e.At = when.Time(at)
		if err := e.read(change); err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, rows.Err()
}

// nothing is the digest of an act that changed no fact.
var nothing = digest("[]")

func (e *Entry) read(change sql.NullString) error {
	if !change.Valid {
		e.Erased = e.Digest != nothing
		return nil
	}
	if err := json.Unmarshal([]byte(change.String), &e.Change); err != nil {
		return fmt.Errorf("ledger entry %d cannot be read: %w", e.Seq, err)
	}
	return nil
}
