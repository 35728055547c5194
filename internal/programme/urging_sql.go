package programme

import (
	"fmt"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

// OverdueOf returns the open tasks of a body whose day has passed, the oldest first, but for secret ones
// and those of plans that are not in force.
func OverdueOf(tx *db.Tx, body string, on when.Day) ([]*Task, error) {
	return Tasks.Find(tx, `WHERE owner = ? AND state = 'open' AND secret = 0 AND due_on <> '' AND due_on < ?
		AND plan IN (SELECT id FROM plan WHERE state = 'in_force') ORDER BY due_on, id`, body, on.String())
}

// Behind is a body with how many tasks it has overdue.
type Behind struct {
	Body string
	N    int
}

// BodiesBehind returns the bodies that have overdue tasks, those with the most first.
func BodiesBehind(tx *db.Tx, on when.Day) ([]Behind, error) {
	rows, err := tx.Query(`SELECT owner, COUNT(*) FROM task WHERE state = 'open' AND secret = 0 AND owner <> '' AND due_on <> '' AND due_on < ?
		AND plan IN (SELECT id FROM plan WHERE state = 'in_force') GROUP BY owner ORDER BY COUNT(*) DESC, owner LIMIT 1000`, on.String())
	if err != nil {
		return nil, fmt.Errorf("list the bodies that are behind: %w", err)
	}
	defer rows.Close()
	var all []Behind
	for rows.Next() {
		var one Behind
		if err := rows.Scan(&one.Body, &one.N); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// UrgingsSeen returns letters, newest first, before one of them: all of them, or those that were issued
// to some bodies.
func UrgingsSeen(tx *db.Tx, before string, limit int, bodies ...string) ([]*Urging, error) {
	where, args := `WHERE (id < ? OR ? = '')`, []any{before, before}
	if len(bodies) > 0 {
		where += ` AND state = 'issued' AND body IN (?` + strings.Repeat(", ?", len(bodies)-1) + `)`
		for _, id := range bodies {
			args = append(args, id)
		}
	}
	return Urgings.Find(tx, where+` ORDER BY id DESC LIMIT ?`, append(args, limit)...)
}

func keepUrged(tx *db.Tx, letter string, rows []Urged) error {
	if _, err := tx.Exec(`DELETE FROM urging_task WHERE letter = ?`, letter); err != nil {
		return fmt.Errorf("draw up the list of a letter: %w", err)
	}
	for i, one := range rows {
		_, err := tx.Exec(`INSERT INTO urging_task (letter, ord, task, number, plan, clause, title_vi, title_en, due_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			letter, i, one.Task, one.Number, one.Plan, one.Clause, one.Title.Vi, one.Title.En, one.Due.String())
		if err != nil {
			return fmt.Errorf("draw up the list of a letter: %w", err)
		}
	}
	return nil
}

// UrgedBy returns the tasks of a letter in their order.
func UrgedBy(tx *db.Tx, letter string) ([]Urged, error) {
	rows, err := tx.Query(`SELECT task, number, plan, clause, title_vi, title_en, due_on FROM urging_task WHERE letter = ? ORDER BY ord`, letter)
	if err != nil {
		return nil, fmt.Errorf("read the list of a letter: %w", err)
	}
	defer rows.Close()
	var all []Urged
	for rows.Next() {
		var one Urged
		var due string
		if err := rows.Scan(&one.Task, &one.Number, &one.Plan, &one.Clause, &one.Title.Vi, &one.Title.En, &due); err != nil {
			return nil, err
		}
		if one.Due, err = when.ParseDay(due); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
