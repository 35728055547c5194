package app

import (
	"fmt"
	"slices"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/db/dump"
)

// fileColumn is what a column is called that names content of the file store, in whatever table.
const fileColumn = "sha256"

// The statements of held files; %s is a table with the column above.
const (
	selectHeld  = `SELECT DISTINCT sha256 FROM %s WHERE sha256 IN (%s)`
	selectFiles = `SELECT DISTINCT sha256 FROM %s WHERE sha256 <> '' ORDER BY sha256`
)

// heldFiles returns those of some contents that a record holds.
func heldFiles(tx *db.Tx, shas []string) (map[string]bool, error) {
	held := map[string]bool{}
	args := make([]any, len(shas))
	for i, sha := range shas {
		args[i] = sha
	}
	err := eachHolder(tx, func(table string) error {
		query := fmt.Sprintf(selectHeld, table, strings.Repeat(", ?", len(shas))[2:])
		return eachText(tx, func(sha string) { held[sha] = true }, query, args...)
	})
	return held, err
}

// allFiles returns every content that a record holds, once.
func allFiles(tx *db.Tx) (all []string, err error) {
	err = eachHolder(tx, func(table string) error {
		return eachText(tx, func(sha string) { all = append(all, sha) }, fmt.Sprintf(selectFiles, table))
	})
	slices.Sort(all)
	return slices.Compact(all), err
}

func eachHolder(tx *db.Tx, fn func(table string) error) error {
	tables, err := dump.Tables(tx)
	if err != nil {
		return err
	}
	for _, table := range tables {
		if !table.Has(fileColumn) {
			continue
		}
		if err := fn(table.Name); err != nil {
			return err
		}
	}
	return nil
}

func eachText(tx *db.Tx, fn func(string), query string, args ...any) error {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return fmt.Errorf("read which files are held: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return fmt.Errorf("read which files are held: %w", err)
		}
		fn(text)
	}
	return rows.Err()
}
