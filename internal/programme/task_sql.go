package programme

import (
	"fmt"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

func insertDueChange(tx *db.Tx, c DueChange) error {
	_, err := tx.Exec(`INSERT INTO due_change (id, task, old, now, reason, decision, author, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		db.NewID(tx.Now), c.Task, c.Old.String(), c.Now.String(), c.Reason, c.Decision, string(c.By), when.Micro(tx.Now))
	if err != nil {
		return fmt.Errorf("keep the move of a due day: %w", err)
	}
	return nil
}

// DueChanges returns the moves of the due days of tasks, oldest first: of one plan's, or of those named.
func DueChanges(tx *db.Tx, plan string, tasks ...string) ([]DueChange, error) {
	where, args := `WHERE task IN (SELECT id FROM task WHERE plan = ?)`, []any{plan}
	if len(tasks) > 0 {
		where, args = `WHERE task IN (?`+strings.Repeat(", ?", len(tasks)-1)+`)`, nil
		for _, id := range tasks {
			args = append(args, id)
		}
	}
	rows, err := tx.Query(`SELECT task, old, now, reason, decision, author, at FROM due_change `+where+` ORDER BY at, id`, args...)
	if err != nil {
		return nil, fmt.Errorf("read the moves of due days: %w", err)
	}
	defer rows.Close()
	var all []DueChange
	for rows.Next() {
		var c DueChange
		var old, now string
		if err := rows.Scan(&c.Task, &old, &now, &c.Reason, &c.Decision, &c.By, &c.At); err != nil {
			return nil, err
		}
		if c.Old, err = when.ParseDay(old); err != nil {
			return nil, err
		}
		if c.Now, err = when.ParseDay(now); err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, rows.Err()
}

// TasksOfPlan returns the tasks of a plan, those of one clause together.
func TasksOfPlan(tx *db.Tx, plan string) ([]*Task, error) {
	return Tasks.Find(tx, "WHERE plan = ? ORDER BY clause, owner, due_on, id", plan)
}

// taskVersions returns the ids and versions of the tasks of a plan in the order of TasksOfPlan.
func taskVersions(tx *db.Tx, plan string) ([]record.Head, error) {
	rows, err := tx.Query(`SELECT id, version FROM task WHERE plan = ? ORDER BY clause, owner, due_on, id`, plan)
	if err != nil {
		return nil, fmt.Errorf("read the versions of tasks: %w", err)
	}
	defer rows.Close()
	var all []record.Head
	for rows.Next() {
		var h record.Head
		if err := rows.Scan(&h.ID, &h.Version); err != nil {
			return nil, err
		}
		all = append(all, h)
	}
	return all, rows.Err()
}

// tasksNamed returns tasks by their ids.
func tasksNamed(tx *db.Tx, ids ...string) (map[string]*Task, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	all := make(map[string]*Task, len(ids))
	err := Tasks.Each(tx, func(t *Task) error { all[t.ID] = t; return nil }, `WHERE id IN (?`+strings.Repeat(", ?", len(ids)-1)+`)`, args...)
	return all, err
}

// TasksOfBody returns the tasks of a body by when they are due.
func TasksOfBody(tx *db.Tx, body string) ([]*Task, error) {
	return Tasks.Find(tx, "WHERE owner = ? ORDER BY due_on, id", body)
}

// hasTask reports whether a body has an open task of an assignment.
func hasTask(tx *db.Tx, assignment, body string) (bool, error) {
	var n int
	err := tx.QueryRow(`SELECT COUNT(*) FROM task WHERE assignment = ? AND owner = ? AND state = 'open'`, assignment, body).Scan(&n)
	return n > 0, err
}

// tasksOfClasses returns the open tasks that a body has as one of a class.
func tasksOfClasses(tx *db.Tx, plan, body string) ([]*Task, error) {
	return Tasks.Find(tx, `WHERE plan = ? AND owner = ? AND state = 'open' AND assignment IN
		(SELECT id FROM assignment WHERE plan = ? AND class <> '' AND state = 'assigned') ORDER BY id`, plan, body, plan)
}

// passedSeries returns tasks that come again, whose day has passed and which nothing follows yet.
func passedSeries(tx *db.Tx, today when.Day) ([]*Task, error) {
	return Tasks.Find(tx, `WHERE state = 'open' AND recurrence <> '' AND recurrence <> 'CONTINUOUS' AND due_on <> '' AND due_on < ?
		AND NOT EXISTS (SELECT 1 FROM task n WHERE n.predecessor = task.id) ORDER BY due_on, id LIMIT 1000`, today.String())
}

// TaskNumbers returns the numbers of the tasks of a plan by their ids.
func TaskNumbers(tx *db.Tx, plan string) (map[string]string, error) {
	all := map[string]string{}
	if plan == "" {
		return all, nil
	}
	rows, err := tx.Query(`SELECT id, number FROM task WHERE plan = ?`, plan)
	if err != nil {
		return nil, fmt.Errorf("read the numbers of tasks: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, number string
		if err := rows.Scan(&id, &number); err != nil {
			return nil, err
		}
		all[id] = number
	}
	return all, rows.Err()
}
