package app

import (
	"database/sql"
	"errors"
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// The statements of the site map; %s is the table of a kind of record.
const (
	countRecords = `SELECT count(*) FROM %s`
	lastOfPart   = `SELECT id FROM %s WHERE id > ? ORDER BY id LIMIT 1 OFFSET ?`
	newestOfPart = `SELECT COALESCE(max(updated_at), 0) FROM %s WHERE id > ? AND id <= ? AND published_at > 0`
)

// mapPart is the records of one kind after one id, up to another: as many as one file may hold.
type mapPart struct {
	kind        record.Resource
	after, last string
	changed     int64 // microseconds UTC; 0 when nothing of it was ever public
}

// recordsOf returns how many records of a kind there are, public or not.
func recordsOf(tx *db.Tx, kind record.Resource) (n int, err error) {
	if err = tx.QueryRow(fmt.Sprintf(countRecords, kind.Name)).Scan(&n); err != nil {
		return 0, fmt.Errorf("count for the site map: %w", err)
	}
	return n, nil
}

// partAfter returns the part that begins after an id. Its last is beyond all ids when fewer than
// size records are left.
func partAfter(tx *db.Tx, kind record.Resource, after string, size int) (p mapPart, err error) {
	p = mapPart{kind: kind, after: after, last: beyond}
	err = tx.QueryRow(fmt.Sprintf(lastOfPart, kind.Name), after, size-1).Scan(&p.last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return p, fmt.Errorf("part of the site map: %w", err)
	}
	if err = tx.QueryRow(fmt.Sprintf(newestOfPart, kind.Name), after, p.last).Scan(&p.changed); err != nil {
		return p, fmt.Errorf("part of the site map: %w", err)
	}
	return p, nil
}

// beyond stands behind every id, on both engines and in every collation of digits and letters.
const beyond = "zzzz"

// lastmod is when the newest public change of the part was, as the standard writes it.
func (p mapPart) lastmod() string {
	if p.changed == 0 {
		return ""
	}
	return when.Time(p.changed).Format("2006-01-02T15:04:05Z07:00")
}
