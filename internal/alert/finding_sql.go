package alert

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/search"
	"chonoi/internal/when"
)

// finding is a listing that a search found.
type finding struct {
	search string
	key    search.Key
	seq    int64
	what   string
	facts  string // parted by spaces
	at     time.Time
}

// insertFinding keeps a finding, once.
func insertFinding(tx *db.Tx, f finding) error {
	_, err := tx.Exec(`INSERT INTO finding (search, kind, record, seq, what, facts, at, letter) VALUES (?, ?, ?, ?, ?, ?, ?, '') ON CONFLICT DO NOTHING`,
		f.search, f.key.Kind, f.key.ID, f.seq, f.what, f.facts, when.Micro(f.at))
	if err != nil {
		return fmt.Errorf("keep a finding: %w", err)
	}
	return nil
}

// dropWaiting lets what a search found and no letter told be told by none.
func dropWaiting(tx *db.Tx, id string) error {
	_, err := tx.Exec(`UPDATE finding SET letter = '-' WHERE search = ? AND letter = ''`, id)
	if err != nil {
		return fmt.Errorf("drop what a search found: %w", err)
	}
	return nil
}

// dropWaitingOf does so for all searches of a person.
func dropWaitingOf(tx *db.Tx, id account.ID) error {
	_, err := tx.Exec(`UPDATE finding SET letter = '-' WHERE letter = '' AND search IN (SELECT id FROM saved_search WHERE account = ?)`, string(id))
	if err != nil {
		return fmt.Errorf("drop what searches found: %w", err)
	}
	return nil
}

const findingColumns = `SELECT search, kind, record, seq, what, facts, at FROM finding `

// findingsOf returns the newest findings of a search.
func findingsOf(tx *db.Tx, id string, limit int) ([]finding, error) {
	return findings(tx, `WHERE search = ? ORDER BY at DESC, seq DESC, kind, record LIMIT ?`, id, limit)
}

// findingsIn returns what a letter tells, newest first.
func findingsIn(tx *db.Tx, letter string) ([]finding, error) {
	return findings(tx, `WHERE letter = ? ORDER BY seq DESC, kind, record`, letter)
}

func findings(tx *db.Tx, where string, args ...any) ([]finding, error) {
	rows, err := tx.Query(findingColumns+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read findings: %w", err)
	}
	defer rows.Close()
	var all []finding
	for rows.Next() {
		var f finding
		var at int64
		if err := rows.Scan(&f.search, &f.key.Kind, &f.key.ID, &f.seq, &f.what, &f.facts, &at); err != nil {
			return nil, err
		}
		f.at = when.Time(at)
		all = append(all, f)
	}
	return all, rows.Err()
}

// foundSince counts the listings that each search of a person found since then.
func foundSince(tx *db.Tx, id account.ID, at time.Time) (map[string]int, error) {
	rows, err := tx.Query(`SELECT f.search, count(DISTINCT f.kind || f.record) FROM finding f JOIN saved_search s ON s.id = f.search
		WHERE s.account = ? AND f.at >= ? GROUP BY f.search`, string(id), when.Micro(at))
	if err != nil {
		return nil, fmt.Errorf("count findings: %w", err)
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var search string
		var n int
		if err := rows.Scan(&search, &n); err != nil {
			return nil, err
		}
		counts[search] = n
	}
	return counts, rows.Err()
}

// sights returns what is remembered of listings.
func sights(tx *db.Tx, keys []search.Key) (map[search.Key]sight, error) {
	all := map[search.Key]sight{}
	for some := range slices.Chunk(keys, atOnceAsked) {
		args := make([]any, len(some))
		for i, key := range some {
			args[i] = key.ID
		}
		rows, err := tx.Query(`SELECT kind, record, on_floor, price, trl, summary FROM watched_listing WHERE record IN (?`+strings.Repeat(", ?", len(some)-1)+`)`, args...)
		if err != nil {
			return nil, fmt.Errorf("read what is known of listings: %w", err)
		}
		if err := scanSights(rows, all); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func scanSights(rows *sql.Rows, to map[search.Key]sight) error {
	defer rows.Close()
	for rows.Next() {
		var s sight
		var onFloor int
		if err := rows.Scan(&s.key.Kind, &s.key.ID, &onFloor, &s.price, &s.trl, &s.summary); err != nil {
			return err
		}
		s.onFloor = onFloor == 1
		to[s.key] = s
	}
	return rows.Err()
}

// remember keeps a listing as its watchers now know it.
func remember(tx *db.Tx, s sight) error {
	onFloor := 0
	if s.onFloor {
		onFloor = 1
	}
	_, err := tx.Exec(`INSERT INTO watched_listing (kind, record, on_floor, price, trl, summary) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (kind, record) DO UPDATE SET on_floor = excluded.on_floor, price = excluded.price, trl = excluded.trl, summary = excluded.summary`,
		s.key.Kind, s.key.ID, onFloor, s.price, s.trl, s.summary)
	if err != nil {
		return fmt.Errorf("remember a listing: %w", err)
	}
	return nil
}

// cursor returns how far the ledger was followed; begun is false before the first time.
func cursor(tx *db.Tx) (seq int64, begun bool, err error) {
	err = tx.QueryRow(`SELECT seq FROM alert_cursor WHERE one = 1`).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, fmt.Errorf("read how far the ledger was followed: %w", err)
	}
	return seq, true, nil
}

func setCursor(tx *db.Tx, seq int64) error {
	_, err := tx.Exec(`INSERT INTO alert_cursor (one, seq) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET seq = excluded.seq`, seq)
	if err != nil {
		return fmt.Errorf("keep how far the ledger was followed: %w", err)
	}
	return nil
}
