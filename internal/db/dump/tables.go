package dump

import (
	"fmt"
	"slices"
	"strings"

	"chonoi/internal/db"
)

// Tables returns the tables that hold records, by name. The tables by which schemas, jobs and
// turns are kept are not among them: each engine has its own.
func Tables(tx *db.Tx) ([]Table, error) {
	query := `SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.cid`
	if !tx.SQLite() {
		query = `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY table_name COLLATE "C", ordinal_position`
	}
	rows, err := tx.Query(query)
	if err != nil {
		return nil, fmt.Errorf("read the tables: %w", err)
	}
	defer rows.Close()
	var all []Table
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			return nil, fmt.Errorf("read the tables: %w", err)
		}
		if own(table) {
			continue
		}
		if n := len(all); n == 0 || all[n-1].Name != table {
			all = append(all, Table{Name: table})
		}
		last := &all[len(all)-1]
		last.Columns = append(last.Columns, column)
	}
	return all, rows.Err()
}

// own reports whether a table is the engine's, the schema's, the queue's or the turn's own.
func own(table string) bool {
	return table == "turn" || slices.ContainsFunc([]string{"sqlite_", "schema_", "river_", "goose_"}, func(begin string) bool { return strings.HasPrefix(table, begin) })
}

// Versions returns the number of the last schema file that was applied, by the name of the schema.
func Versions(tx *db.Tx) (map[string]int64, error) {
	query := `SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'schema\_%' ESCAPE '\'`
	if !tx.SQLite() {
		query = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_name LIKE 'schema\_%' AND table_name <> 'schema_db'`
	}
	rows, err := tx.Query(query)
	if err != nil {
		return nil, fmt.Errorf("read the schema tables: %w", err)
	}
	defer rows.Close()
	versions := map[string]int64{}
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			return nil, fmt.Errorf("read the schema tables: %w", err)
		}
		versions[strings.TrimPrefix(table, "schema_")] = 0
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for schema := range versions {
		var last int64
		if err := tx.QueryRow("SELECT COALESCE(max(version_id), 0) FROM " + name("schema_"+schema)).Scan(&last); err != nil {
			return nil, fmt.Errorf("read the version of %s: %w", schema, err)
		}
		versions[schema] = last
	}
	return versions, nil
}

// Count returns how many rows a table has.
func Count(tx *db.Tx, t Table) (n int64, err error) {
	if err = tx.QueryRow("SELECT count(*) FROM " + name(t.Name)).Scan(&n); err != nil {
		return 0, fmt.Errorf("count table %s: %w", t.Name, err)
	}
	return n, nil
}

// Clear removes all rows of a table.
func Clear(tx *db.Tx, t Table) error {
	if _, err := tx.Exec("DELETE FROM " + name(t.Name)); err != nil {
		return fmt.Errorf("clear table %s: %w", t.Name, err)
	}
	return nil
}

// Unordered runs fill with the references between tables set aside, so that rows may come in any
// order, and has the engine check all of them afterwards.
func Unordered(tx *db.Tx, fill func() error) error {
	if tx.SQLite() {
		if _, err := tx.Exec("PRAGMA defer_foreign_keys = ON"); err != nil {
			return fmt.Errorf("set references aside: %w", err)
		}
		return fill() // checked at the commit
	}
	all, err := references(tx)
	if err != nil {
		return err
	}
	for _, one := range all {
		if _, err := tx.Exec("ALTER TABLE " + name(one.table) + " DROP CONSTRAINT " + name(one.name)); err != nil {
			return fmt.Errorf("set reference %s aside: %w", one.name, err)
		}
	}
	if err := fill(); err != nil {
		return err
	}
	for _, one := range all {
		if _, err := tx.Exec("ALTER TABLE " + name(one.table) + " ADD CONSTRAINT " + name(one.name) + " " + one.words); err != nil {
			return fmt.Errorf("check reference %s: %w", one.name, err)
		}
	}
	return nil
}

// reference is a foreign key of PostgreSQL.
type reference struct{ table, name, words string }

func references(tx *db.Tx) ([]reference, error) {
	rows, err := tx.Query(`SELECT t.relname, c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c
		JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
		WHERE c.contype = 'f' AND n.nspname = current_schema() ORDER BY t.relname, c.conname`)
	if err != nil {
		return nil, fmt.Errorf("read the references: %w", err)
	}
	defer rows.Close()
	var all []reference
	for rows.Next() {
		var one reference
		if err := rows.Scan(&one.table, &one.name, &one.words); err != nil {
			return nil, fmt.Errorf("read the references: %w", err)
		}
		if !own(one.table) {
			all = append(all, one)
		}
	}
	return all, rows.Err()
}
