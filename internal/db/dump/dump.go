// Package dump writes the rows of a database down in a form that neither engine owns, and reads
// them back on either: a line of JSON for the columns of a table, then a line for each row.
package dump

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"chonoi/internal/db"
)

// Table is a table with its columns in their order.
type Table struct {
	Name    string
	Columns []string
}

// Has reports whether the table has a column of that name.
func (t Table) Has(column string) bool {
	for _, one := range t.Columns {
		if one == column {
			return true
		}
	}
	return false
}

// head is the first line of a dump.
type head struct {
	Table   string   `json:"table"`
	Columns []string `json:"columns"`
}

// Write writes a table down and returns how many rows it has. Progress is called after each row;
// it may be nil. It fails on a value that only one engine knows: bytes, or text that is no UTF-8.
func Write(tx *db.Tx, t Table, w io.Writer, progress func()) (int64, error) {
	rows, err := tx.Query("SELECT " + names(t.Columns) + " FROM " + name(t.Name))
	if err != nil {
		return 0, fmt.Errorf("read table %s: %w", t.Name, err)
	}
	defer rows.Close()
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	if err := out.Encode(head{t.Name, t.Columns}); err != nil {
		return 0, err
	}
	values, into := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range values {
		into[i] = &values[i]
	}
	n := int64(0)
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return n, fmt.Errorf("read table %s: %w", t.Name, err)
		}
		for i, v := range values {
			if err := plain(v); err != nil {
				return n, fmt.Errorf("table %s, column %s: %w", t.Name, t.Columns[i], err)
			}
		}
		if err := out.Encode(values); err != nil {
			return n, fmt.Errorf("write table %s: %w", t.Name, err)
		}
		if n++; progress != nil {
			progress()
		}
	}
	return n, rows.Err()
}

// plain refuses what the other engine would not give back as it was.
func plain(v any) error {
	switch v := v.(type) {
	case nil, int64, float64:
		return nil
	case string:
		if !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
			return errors.New("a text is not valid UTF-8")
		}
		return nil
	}
	return fmt.Errorf("a value of type %T cannot be moved between engines", v)
}

// longestRow is the most bytes of one row.
const longestRow = 64 << 20

// Read puts rows that Write wrote into their table, which must have all the columns that the dump
// tells. It returns how many rows it read. Progress is called after each row; it may be nil.
func Read(tx *db.Tx, t Table, r io.Reader, progress func()) (int64, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<16), longestRow)
	if !lines.Scan() {
		return 0, errors.Join(fmt.Errorf("the dump of table %s is empty", t.Name), lines.Err())
	}
	var h head
	if err := json.Unmarshal(lines.Bytes(), &h); err != nil || h.Table != t.Name {
		return 0, errors.Join(fmt.Errorf("this is no dump of table %s", t.Name), err)
	}
	for _, column := range h.Columns {
		if !t.Has(column) {
			return 0, fmt.Errorf("table %s has no column %q", t.Name, column)
		}
	}
	insert := "INSERT INTO " + name(t.Name) + " (" + names(h.Columns) + ") VALUES (" + strings.Repeat(", ?", len(h.Columns))[2:] + ")"
	n := int64(0)
	for lines.Scan() {
		values, err := rowOf(lines.Bytes(), len(h.Columns))
		if err == nil {
			_, err = tx.Exec(insert, values...)
		}
		if err != nil {
			return n, fmt.Errorf("row %d of table %s: %w", n+1, t.Name, err)
		}
		if n++; progress != nil {
			progress()
		}
	}
	return n, lines.Err()
}

// rowOf reads a row; whole numbers stay whole.
func rowOf(line []byte, n int) ([]any, error) {
	in := json.NewDecoder(bytes.NewReader(line))
	in.UseNumber()
	var values []any
	if err := in.Decode(&values); err != nil {
		return nil, err
	}
	if len(values) != n {
		return nil, fmt.Errorf("%d values for %d columns", len(values), n)
	}
	for i, v := range values {
		number, is := v.(json.Number)
		if !is {
			continue
		}
		whole, err := number.Int64()
		if err == nil {
			values[i] = whole
			continue
		}
		if values[i], err = number.Float64(); err != nil {
			return nil, err
		}
	}
	return values, nil
}

// name quotes a name of the schema, as both engines do.
func name(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

func names(all []string) string {
	quoted := make([]string, len(all))
	for i, one := range all {
		quoted[i] = name(one)
	}
	return strings.Join(quoted, ", ")
}
