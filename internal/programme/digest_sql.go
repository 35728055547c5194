package programme

import (
	"fmt"

	"chonoi/internal/db"
)

// openTasksOf returns the open tasks of a body in plans in force by when they are due, but for secret ones.
func openTasksOf(tx *db.Tx, body string) ([]*Task, error) {
	return Tasks.Find(tx, `WHERE owner = ? AND state = 'open' AND secret = 0 AND plan IN (SELECT id FROM plan WHERE state = 'in_force') ORDER BY due_on, id`, body)
}

// owners returns the bodies that have open tasks.
func owners(tx *db.Tx) ([]string, error) {
	rows, err := tx.Query(`SELECT DISTINCT owner FROM task WHERE state = 'open' AND owner <> '' ORDER BY owner`)
	if err != nil {
		return nil, fmt.Errorf("list the bodies that have tasks: %w", err)
	}
	return scanIDs[string](rows)
}

// returnedAndProved returns the open tasks of a body whose last report was returned, and those for which
// evidence was checked.
func returnedAndProved(tx *db.Tx, body string) (returned, proved map[string]bool, err error) {
	for into, query := range map[*map[string]bool]string{
		&returned: `SELECT r.task FROM progress_report r JOIN task t ON t.id = r.task WHERE t.owner = ? AND t.state = 'open' AND r.state = 'returned'
			AND NOT EXISTS (SELECT 1 FROM progress_report n WHERE n.task = r.task AND (n.at, n.id) > (r.at, r.id))`,
		&proved: `SELECT e.task FROM evidence_item e JOIN task t ON t.id = e.task WHERE t.owner = ? AND t.state = 'open' AND e.checked_at > 0 AND e.refused = '' AND e.removed = 0`,
	} {
		rows, err := tx.Query(query, body)
		if err != nil {
			return nil, nil, fmt.Errorf("read how tasks of a body stand: %w", err)
		}
		ids, err := scanIDs[string](rows)
		if err != nil {
			return nil, nil, err
		}
		*into = make(map[string]bool, len(ids))
		for _, id := range ids {
			(*into)[id] = true
		}
	}
	return returned, proved, nil
}
