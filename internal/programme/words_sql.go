package programme

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// atOnce is how many rows one statement brings in.
const atOnce = 60

// insertRows brings rows into a table, some at once.
func insertRows(tx *db.Tx, table, columns string, rows [][]any) error {
	width := strings.Count(columns, ",") + 1
	one := "(?" + strings.Repeat(", ?", width-1) + ")"
	for len(rows) > 0 {
		n := min(len(rows), atOnce)
		args := make([]any, 0, n*width)
		for _, row := range rows[:n] {
			args = append(args, row...)
		}
		_, err := tx.Exec("INSERT INTO "+table+" ("+columns+") VALUES "+one+strings.Repeat(", "+one, n-1), args...)
		if err != nil {
			return fmt.Errorf("keep rows of %s: %w", table, err)
		}
		rows = rows[n:]
	}
	return nil
}

func keepWords(tx *db.Tx, plan string, d *Draft) error {
	if _, err := tx.Exec(`INSERT INTO plan_text (plan, text) VALUES (?, ?)`, plan, d.Text); err != nil {
		return fmt.Errorf("keep the text of a plan: %w", err)
	}
	rows := make([][]any, 0, len(d.Nodes))
	for i, n := range d.Nodes {
		rows = append(rows, []any{plan, n.Path, i, n.Parent, n.Level, n.Marker, n.Text, n.From, n.To, n.Line})
	}
	if err := insertRows(tx, "plan_node", "plan, path, ord, parent, level, marker, text, begins, ends, line", rows); err != nil {
		return err
	}
	rows = rows[:0]
	for i, c := range d.Clauses {
		rows = append(rows, []any{plan, c.Path, i, c.Node, flag(c.Row), c.Text, c.From, c.To, c.Gist.Vi, c.Gist.En})
	}
	if err := insertRows(tx, "plan_clause", "plan, path, ord, node, row, text, begins, ends, gist_vi, gist_en", rows); err != nil {
		return err
	}
	rows = rows[:0]
	for i, f := range d.Facts {
		rows = append(rows, []any{plan, i, string(f.Kind), f.Place, f.Printed, f.Value, f.Target, f.Until, flag(f.Doubtful), 0})
	}
	return insertRows(tx, "plan_fact", "plan, ord, kind, place, printed, value, target, until, doubtful, looked_at", rows)
}

func flag(on bool) int {
	if on {
		return 1
	}
	return 0
}

// PlanText returns the whole text of a plan as it was read.
func PlanText(tx *db.Tx, plan string) (string, error) {
	var text string
	err := tx.QueryRow(`SELECT text FROM plan_text WHERE plan = ?`, plan).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fault.New(fault.NotFound, "record.not_found")
	}
	return text, err
}

// Nodes returns the nodes of a plan in the order of its text.
func Nodes(tx *db.Tx, plan string) ([]Node, error) {
	rows, err := tx.Query(`SELECT path, parent, level, marker, text, begins, ends, line FROM plan_node WHERE plan = ? ORDER BY ord`, plan)
	if err != nil {
		return nil, fmt.Errorf("read the nodes of a plan: %w", err)
	}
	defer rows.Close()
	var all []Node
	for rows.Next() {
		var n Node
		if err := rows.Scan(&n.Path, &n.Parent, &n.Level, &n.Marker, &n.Text, &n.From, &n.To, &n.Line); err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, rows.Err()
}

const clauseColumns = `SELECT path, node, row, text, begins, ends, gist_vi, gist_en FROM plan_clause `

// Clauses returns the clauses of a plan in the order of its text.
func Clauses(tx *db.Tx, plan string) ([]Clause, error) {
	return clauses(tx, `WHERE plan = ? ORDER BY ord`, plan)
}

// ClauseOf returns one clause of a plan.
func ClauseOf(tx *db.Tx, plan, path string) (Clause, error) {
	all, err := clauses(tx, `WHERE plan = ? AND path = ?`, plan, path)
	if err != nil {
		return Clause{}, err
	}
	if len(all) == 0 {
		return Clause{}, fault.New(fault.NotFound, "record.not_found")
	}
	return all[0], nil
}

func clauses(tx *db.Tx, where string, args ...any) ([]Clause, error) {
	rows, err := tx.Query(clauseColumns+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read the clauses of a plan: %w", err)
	}
	defer rows.Close()
	var all []Clause
	for rows.Next() {
		var c Clause
		var row int
		if err := rows.Scan(&c.Path, &c.Node, &row, &c.Text, &c.From, &c.To, &c.Gist.Vi, &c.Gist.En); err != nil {
			return nil, err
		}
		c.Row = row == 1
		all = append(all, c)
	}
	return all, rows.Err()
}

// Facts returns what was found in a plan's words: of some kinds, or all when none is given.
func Facts(tx *db.Tx, plan string, kinds ...FactKind) ([]Fact, error) {
	where, args := `WHERE plan = ?`, []any{plan}
	if len(kinds) > 0 {
		where += ` AND kind IN (?` + strings.Repeat(", ?", len(kinds)-1) + `)`
		for _, k := range kinds {
			args = append(args, string(k))
		}
	}
	return facts(tx, where+` ORDER BY ord`, args...)
}

func facts(tx *db.Tx, where string, args ...any) ([]Fact, error) {
	rows, err := tx.Query(`SELECT ord, kind, place, printed, value, target, until, doubtful, looked_at FROM plan_fact `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read the facts of a plan: %w", err)
	}
	defer rows.Close()
	var all []Fact
	for rows.Next() {
		var f Fact
		var doubtful int
		var looked int64
		if err := rows.Scan(&f.Ord, &f.Kind, &f.Place, &f.Printed, &f.Value, &f.Target, &f.Until, &doubtful, &looked); err != nil {
			return nil, err
		}
		f.Doubtful, f.Looked = doubtful == 1, looked != 0
		all = append(all, f)
	}
	return all, rows.Err()
}

// lookAt marks doubtful facts as looked at and returns how many were not before; all of them when
// no ord is given.
func lookAt(tx *db.Tx, plan string, ords []int) (int64, error) {
	where, args := `WHERE plan = ? AND doubtful = 1 AND looked_at = 0`, []any{when.Micro(tx.Now), plan}
	if len(ords) > 0 {
		where += ` AND ord IN (?` + strings.Repeat(", ?", len(ords)-1) + `)`
		for _, ord := range ords {
			args = append(args, ord)
		}
	}
	result, err := tx.Exec(`UPDATE plan_fact SET looked_at = ? `+where, args...)
	if err != nil {
		return 0, fmt.Errorf("look at facts: %w", err)
	}
	return result.RowsAffected()
}

func insertNote(tx *db.Tx, n Note) error {
	_, err := tx.Exec(`INSERT INTO plan_note (id, plan, place, field, old, now, words, author, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		n.ID, n.Plan, n.Place, n.Field, n.Old, n.Now, n.Words, string(n.Author), when.Micro(tx.Now))
	if err != nil {
		return fmt.Errorf("keep a note: %w", err)
	}
	return nil
}

// Notes returns what officers said beside a plan's words, oldest first.
func Notes(tx *db.Tx, plan string) ([]Note, error) {
	rows, err := tx.Query(`SELECT id, plan, place, field, old, now, words, author, at FROM plan_note WHERE plan = ? ORDER BY at, id`, plan)
	if err != nil {
		return nil, fmt.Errorf("read notes: %w", err)
	}
	defer rows.Close()
	var all []Note
	for rows.Next() {
		var n Note
		if err := rows.Scan(&n.ID, &n.Plan, &n.Place, &n.Field, &n.Old, &n.Now, &n.Words, &n.Author, &n.At); err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, rows.Err()
}

func setGist(tx *db.Tx, plan, path string, gist lang.Both) error {
	_, err := tx.Exec(`UPDATE plan_clause SET gist_vi = ?, gist_en = ? WHERE plan = ? AND path = ?`, gist.Vi, gist.En, plan, path)
	if err != nil {
		return fmt.Errorf("keep a gist: %w", err)
	}
	return nil
}

// HasPlace reports whether a plan has a node or clause of that path.
func HasPlace(tx *db.Tx, plan, path string) (bool, error) {
	var n int
	err := tx.QueryRow(`SELECT (SELECT COUNT(*) FROM plan_node WHERE plan = ? AND path = ?) + (SELECT COUNT(*) FROM plan_clause WHERE plan = ? AND path = ?)`, plan, path, plan, path).Scan(&n)
	return n > 0, err
}
