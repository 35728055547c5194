package programme

import (
	"fmt"
	"strconv"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/when"
)

func whole(n int64) string {
	if n < 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func insertBudget(tx *db.Tx, l BudgetLine) error {
	_, err := tx.Exec(`INSERT INTO budget_line (id, task, year, source, planned, spent, basis, author, at, ended) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
		l.ID, l.Task, l.Year, l.Source, l.Planned, l.Spent, l.Basis, string(l.By), l.At)
	if err != nil {
		return fmt.Errorf("keep a budget line: %w", err)
	}
	return nil
}

func endBudget(tx *db.Tx, id string) error {
	if _, err := tx.Exec(`UPDATE budget_line SET ended = ? WHERE id = ? AND ended = 0`, when.Micro(tx.Now), id); err != nil {
		return fmt.Errorf("close a budget line: %w", err)
	}
	return nil
}

// BudgetOfTask returns the lines of a task that hold, by year and source.
func BudgetOfTask(tx *db.Tx, task string) ([]BudgetLine, error) {
	return budget(tx, `WHERE task = ? AND ended = 0 ORDER BY year, source, id`, task)
}

// budgetOn returns the lines of the tasks of a plan that held at the end of a day.
func budgetOn(tx *db.Tx, plan string, on when.Day) ([]BudgetLine, error) {
	end := when.Micro(on.AddDays(1).Start())
	return budget(tx, `WHERE task IN (SELECT id FROM task WHERE plan = ?) AND at < ? AND (ended = 0 OR ended >= ?) ORDER BY task, year, source, id`, plan, end, end)
}

func budget(tx *db.Tx, where string, args ...any) ([]BudgetLine, error) {
	rows, err := tx.Query(`SELECT id, task, year, source, planned, spent, basis, author, at FROM budget_line `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read budget lines: %w", err)
	}
	defer rows.Close()
	var all []BudgetLine
	for rows.Next() {
		var l BudgetLine
		var by string
		if err := rows.Scan(&l.ID, &l.Task, &l.Year, &l.Source, &l.Planned, &l.Spent, &l.Basis, &by, &l.At); err != nil {
			return nil, err
		}
		l.By = account.ID(by)
		all = append(all, l)
	}
	return all, rows.Err()
}
