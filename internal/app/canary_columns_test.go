package app_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"chonoi/internal/db"
)

// excusedFile lists the columns in which nothing was planted, each with why that is well.
const excusedFile = "testdata/canary.txt"

// tables are all columns of the house, table by table, as the engine itself tells them.
func tables(tx *db.Tx, engine string) (map[string][]string, error) {
	query := `SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY 1, c.cid`
	if engine != "SQLite" {
		query = `SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t
			ON t.table_schema = c.table_schema AND t.table_name = c.table_name
			WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' ORDER BY 1, c.ordinal_position`
	}
	rows, err := tx.Query(query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string][]string{}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			return nil, err
		}
		all[table] = append(all[table], column)
	}
	return all, rows.Err()
}

// planted tells which columns of a table hold a canary in some row.
func (f *flock) planted(tx *db.Tx, table string, columns []string) (map[string]bool, error) {
	if len(columns) == 0 {
		return nil, nil
	}
	casts := make([]string, len(columns))
	for i, column := range columns {
		casts[i] = fmt.Sprintf(`CAST(%q AS TEXT)`, column)
	}
	rows, err := tx.Query(`SELECT ` + strings.Join(casts, ", ") + fmt.Sprintf(` FROM %q`, table))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	holds := map[string]bool{}
	for _, one := range f.closed {
		if one.kind == table {
			holds[one.column] = true // codes and flags are looked for as facts of their record
		}
	}
	for rows.Next() {
		texts := make([]sql.NullString, len(columns))
		to := make([]any, len(columns))
		for i := range texts {
			to[i] = &texts[i]
		}
		if err := rows.Scan(to...); err != nil {
			return nil, err
		}
		for i, column := range columns {
			if !holds[column] && texts[i].String != "" && len(f.in(texts[i].String)) > 0 {
				holds[column] = true
			}
		}
	}
	return holds, rows.Err()
}

// excused are the columns that need no canary: names, or patterns such as *.created_at.
func excused() ([]string, error) {
	raw, err := os.ReadFile(excusedFile)
	if err != nil {
		return nil, err
	}
	var all []string
	for line := range strings.Lines(string(raw)) {
		words := strings.Fields(line)
		if len(words) == 1 {
			return nil, fmt.Errorf("%s: %s has no reason", excusedFile, words[0])
		}
		if len(words) > 1 && words[0] != "#" {
			all = append(all, words[0])
		}
	}
	return all, nil
}

// unplanted lists the columns of the house in which nothing was planted although they are not
// excused, and the excuses for what does not exist or holds a canary after all.
func (f *flock) unplanted(tx *db.Tx, engine string) ([]string, error) {
	excuses, err := excused()
	if err != nil {
		return nil, err
	}
	all, err := tables(tx, engine)
	if err != nil {
		return nil, err
	}
	var amiss []string
	used := map[string]bool{}
	for table, columns := range all {
		holds, err := f.planted(tx, table, columns)
		if err != nil {
			return nil, err
		}
		for _, column := range columns {
			name := table + "." + column
			excuse := slices.IndexFunc(excuses, func(one string) bool { fits, _ := filepath.Match(one, name); return fits })
			switch {
			case excuse >= 0 && holds[column] && excuses[excuse] == name:
				amiss = append(amiss, name+" is excused, and holds a canary")
			case excuse < 0 && !holds[column]:
				amiss = append(amiss, name+" holds no canary: plant one, or say in "+excusedFile+" why none is needed")
			}
			if excuse >= 0 {
				used[excuses[excuse]] = true
			}
		}
	}
	for _, one := range excuses {
		if table, _, _ := strings.Cut(one, "."); !used[one] && all[table] != nil {
			amiss = append(amiss, one+" is excused, and there is no such column")
		}
	}
	return amiss, nil
}
