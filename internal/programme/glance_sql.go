package programme

import (
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

// returnedOn returns the tasks of a plan whose newest report was given back by the end of a day.
func returnedOn(tx *db.Tx, plan string, on when.Day) (map[string]bool, error) {
	end := when.Micro(on.AddDays(1).Start())
	rows, err := tx.Query(`SELECT r.task FROM progress_report r JOIN task t ON t.id = r.task
		WHERE t.plan = ? AND r.state = 'returned' AND r.decided_at < ?
		AND NOT EXISTS (SELECT 1 FROM progress_report n WHERE n.task = r.task AND (n.at, n.id) > (r.at, r.id) AND n.at < ?)`, plan, end, end)
	if err != nil {
		return nil, fmt.Errorf("read returned reports: %w", err)
	}
	defer rows.Close()
	all := map[string]bool{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		all[id] = true
	}
	return all, rows.Err()
}
