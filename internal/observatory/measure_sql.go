package observatory

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

// lasting is the end of a state that lasts.
const lasting = int64(1) << 62

// endOf returns the first microsecond after a day.
func endOf(on when.Day) int64 { return when.Micro(on.AddDays(1).Start()) }

func list(values []string) (marks string, args []any) {
	for _, v := range values {
		args = append(args, v)
	}
	return "?" + strings.Repeat(", ?", len(values)-1), args
}

func inState(tx *db.Tx, kind string, states []string, on when.Day, after string, limit int) ([]Record, error) {
	marks, args := list(states)
	args = append([]any{kind}, args...)
	args = append(args, endOf(on), endOf(on), after)
	return recordsOf(tx, kind, `SELECT record, MAX(since) FROM record_state WHERE kind = ? AND state IN (`+marks+`) AND until >= ? AND since < ? AND record > ? GROUP BY record ORDER BY record`, limit, args...)
}

func happened(tx *db.Tx, kind string, acts []string, on when.Day, after string, limit int) ([]Record, error) {
	marks, args := list(acts)
	args = append(args, endOf(on), kind, after)
	return recordsOf(tx, kind, `SELECT id, MIN(at) FROM ledger WHERE act IN (`+marks+`) AND at < ? AND kind = ? AND id > ? GROUP BY id ORDER BY id`, limit, args...)
}

// acted returns to which records of a kind one of some acts was done from a day on, until the end of another.
func acted(tx *db.Tx, kind string, acts []string, since, on when.Day) ([]string, error) {
	marks, args := list(acts)
	from := int64(0)
	if !since.Zero() {
		from = when.Micro(since.Start())
	}
	args = append(args, from, endOf(on), kind)
	all, err := recordsOf(tx, kind, `SELECT id, MAX(at) FROM ledger WHERE act IN (`+marks+`) AND at >= ? AND at < ? AND kind = ? GROUP BY id ORDER BY id`, 0, args...)
	ids := make([]string, 0, len(all))
	for _, r := range all {
		ids = append(ids, r.ID)
	}
	return ids, err
}

func recordsOf(tx *db.Tx, kind, query string, limit int, args ...any) ([]Record, error) {
	if limit > 0 {
		query += ` LIMIT ?`
		args = append(args, limit)
	}
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, fmt.Errorf("read what is counted: %w", err)
	}
	defer rows.Close()
	var all []Record
	for rows.Next() {
		r := Record{Kind: kind}
		var since int64
		if err := rows.Scan(&r.ID, &since); err != nil {
			return nil, err
		}
		r.Since = when.Time(since)
		all = append(all, r)
	}
	return all, rows.Err()
}

func keptValue(tx *db.Tx, m Measure, on when.Day) (Value, bool, error) {
	var v Value
	err := tx.QueryRow(`SELECT n, whole, sha256 FROM measure_value WHERE measure = ? AND version = ? AND day = ?`, m.Name, m.Version, on.String()).Scan(&v.N, &v.Whole, &v.SHA256)
	if errors.Is(err, sql.ErrNoRows) {
		return v, false, nil
	}
	return v, err == nil, err
}

func keepValue(tx *db.Tx, m Measure, on when.Day, v Value) error {
	_, err := tx.Exec(`INSERT INTO measure_value (measure, version, day, n, whole, sha256, at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		m.Name, m.Version, on.String(), v.N, v.Whole, v.SHA256, when.Micro(tx.Now))
	if err != nil {
		return fmt.Errorf("keep what was measured: %w", err)
	}
	return nil
}

func cursor(tx *db.Tx) (seq int64, err error) {
	err = tx.QueryRow(`SELECT seq FROM record_state_cursor WHERE one = 1`).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return seq, err
}

func moveCursor(tx *db.Tx, seq int64) error {
	_, err := tx.Exec(`INSERT INTO record_state_cursor (one, seq) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET seq = excluded.seq`, seq)
	return err
}

// begin lets a record be in a state from an entry of the ledger on.
func begin(tx *db.Tx, kind, id, state string, seq, at int64) error {
	if _, err := tx.Exec(`UPDATE record_state SET until = ? WHERE kind = ? AND record = ? AND until = ?`, at, kind, id, lasting); err != nil {
		return fmt.Errorf("end the state of %s %s: %w", kind, id, err)
	}
	_, err := tx.Exec(`INSERT INTO record_state (kind, record, seq, state, since, until) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`, kind, id, seq, state, at, lasting)
	if err != nil {
		return fmt.Errorf("begin the state of %s %s: %w", kind, id, err)
	}
	return nil
}
