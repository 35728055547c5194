package programme

import (
	"database/sql"
	"fmt"
	"strconv"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// place names a field of one row of a table that was filled in.
func place(i int, column string) string { return column + "-" + strconv.Itoa(i) }

// clauseTexts returns what each clause of a plan says: its gist, or its words.
func clauseTexts(tx *db.Tx, plan string) (map[string]lang.Both, error) {
	all, err := Clauses(tx, plan)
	if err != nil {
		return nil, err
	}
	texts := make(map[string]lang.Both, len(all))
	for _, c := range all {
		texts[c.Path] = c.Says()
	}
	nodes, err := Nodes(tx, plan)
	for _, n := range nodes {
		if _, ok := texts[n.Path]; !ok {
			texts[n.Path] = lang.Both{Vi: n.Text}
		}
	}
	return texts, err
}

const assignmentColumns = "id, plan, clause, role, body, class, printed, basis, state, valid_from, valid_to, predecessor, created_by, created_at, confirmed_by, confirmed_at"

func insertAssignments(tx *db.Tx, all []*Assignment) error {
	rows := make([][]any, 0, len(all))
	for _, a := range all {
		rows = append(rows, []any{a.ID, a.Plan, a.Clause, string(a.Role), a.Body, a.Class, a.Printed, a.Basis, a.State, a.From.String(), a.To.String(), a.Predecessor,
			string(a.By), when.Micro(a.At), string(a.Confirmed), when.Micro(a.ConfirmedAt)})
	}
	return insertRows(tx, "assignment", assignmentColumns, rows)
}

func noteAssignments(tx *db.Tx, actor account.ID, act string, all []*Assignment) error {
	notes := make([]ledger.Note, 0, len(all))
	for _, a := range all {
		notes = append(notes, ledger.Note{Actor: string(actor), Act: act, Kind: "assignment", ID: a.ID, Change: []ledger.Change{
			{Field: "plan", New: a.Plan}, {Field: "clause", New: a.Clause}, {Field: "role", New: string(a.Role)}, {Field: "body", New: a.Body},
			{Field: "class", New: a.Class}, {Field: "printed", New: a.Printed}, {Field: "basis", New: a.Basis}, {Field: "valid_from", New: a.From.String()}}})
	}
	if len(notes) == 0 {
		return nil
	}
	_, err := ledger.Append(tx, notes...)
	return err
}

func closeAssignment(tx *db.Tx, id, state string, last when.Day) error {
	_, err := tx.Exec(`UPDATE assignment SET state = ?, valid_to = ? WHERE id = ?`, state, last.String(), id)
	if err != nil {
		return fmt.Errorf("close an assignment: %w", err)
	}
	return nil
}

func assignmentOf(tx *db.Tx, plan, id string) (*Assignment, error) {
	all, err := assignments(tx, `WHERE id = ? AND plan = ?`, id, plan)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	return all[0], nil
}

// Assignments returns all assignments of a plan, those of one clause together.
func Assignments(tx *db.Tx, plan string) ([]*Assignment, error) {
	return assignments(tx, `WHERE plan = ? ORDER BY clause, created_at, id`, plan)
}

// AssignmentsOf returns what a body has to do with all plans, newest first.
func AssignmentsOf(tx *db.Tx, body string) ([]*Assignment, error) {
	return assignments(tx, `WHERE body = ? ORDER BY created_at DESC, id DESC`, body)
}

func assignments(tx *db.Tx, where string, args ...any) ([]*Assignment, error) {
	rows, err := tx.Query(`SELECT `+assignmentColumns+` FROM assignment `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read assignments: %w", err)
	}
	defer rows.Close()
	var all []*Assignment
	for rows.Next() {
		var a Assignment
		var from, to string
		var at, confirmed sql.NullInt64
		if err := rows.Scan(&a.ID, &a.Plan, &a.Clause, &a.Role, &a.Body, &a.Class, &a.Printed, &a.Basis, &a.State, &from, &to, &a.Predecessor,
			&a.By, &at, &a.Confirmed, &confirmed); err != nil {
			return nil, err
		}
		if a.From, err = when.ParseDay(from); err != nil {
			return nil, err
		}
		if a.To, err = when.ParseDay(to); err != nil {
			return nil, err
		}
		a.At, a.ConfirmedAt = when.Time(at.Int64), when.Time(confirmed.Int64)
		all = append(all, &a)
	}
	return all, rows.Err()
}
