package post

import (
	"fmt"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/exchange"
)

// ownKey is a listing of one's own in the order in which the desk shows them.
type ownKey struct {
	kind, id string
	updated  int64
}

// ownKeys lists the listings of owners in some states, the last changed first, from a place on.
func ownKeys(tx *db.Tx, owners, states []string, after ownKey, limit int) ([]ownKey, error) {
	if len(owners) == 0 || len(states) == 0 {
		return nil, nil
	}
	where, args := ownWhere(owners, states)
	if after.id != "" {
		where += ` AND (updated_at, id) < (?, ?)`
		args = append(args, after.updated, after.id)
	}
	query := `SELECT kind, id, updated_at FROM (
		SELECT 'offer' AS kind, id, updated_at FROM offer WHERE ` + where + `
		UNION ALL SELECT 'need' AS kind, id, updated_at FROM need WHERE ` + where + `) own
		ORDER BY updated_at DESC, id DESC LIMIT ?`
	rows, err := tx.Query(query, append(append(args, args...), limit)...)
	if err != nil {
		return nil, fmt.Errorf("list one's own listings: %w", err)
	}
	defer rows.Close()
	var keys []ownKey
	for rows.Next() {
		var k ownKey
		if err := rows.Scan(&k.kind, &k.id, &k.updated); err != nil {
			return nil, fmt.Errorf("list one's own listings: %w", err)
		}
		keys = append(keys, k)
	}
	return keys, rows.Err()
}

// ownCounts counts the listings of owners by state.
func ownCounts(tx *db.Tx, owners []string) (map[string]int, error) {
	counts := map[string]int{}
	if len(owners) == 0 {
		return counts, nil
	}
	where, args := ownWhere(owners, exchange.States)
	rows, err := tx.Query(`SELECT state, count(*) FROM (
		SELECT state FROM offer WHERE `+where+` UNION ALL SELECT state FROM need WHERE `+where+`) own GROUP BY state`, append(args, args...)...)
	if err != nil {
		return nil, fmt.Errorf("count one's own listings: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var state string
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return nil, fmt.Errorf("count one's own listings: %w", err)
		}
		counts[state] = n
	}
	return counts, rows.Err()
}

func ownWhere(owners, states []string) (string, []any) {
	var args []any
	for _, v := range append(append([]string{}, owners...), states...) {
		args = append(args, v)
	}
	marks := func(n int) string { return strings.Repeat(", ?", n)[2:] }
	return `owner IN (` + marks(len(owners)) + `) AND state IN (` + marks(len(states)) + `)`, args
}
