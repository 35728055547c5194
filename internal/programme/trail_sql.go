package programme

import (
	"fmt"

	"chonoi/internal/db"
)

// Mention names something that has a trail in the ledger: its kind there, and its id.
type Mention struct{ Kind, ID string }

// mostMentions is how many things are named of one clause.
const mostMentions = 500

// OnClause names what hangs on a clause: assignments, tasks, measures bound, evidence (that which was
// taken away too), findings and opinions.
func OnClause(tx *db.Tx, plan, clause string) ([]Mention, error) {
	return mentions(tx, `SELECT 'assignment', id FROM assignment WHERE plan = ? AND clause = ? UNION ALL SELECT 'task', id FROM task WHERE plan = ? AND clause = ?
		UNION ALL SELECT 'rule', id FROM evidence_rule WHERE plan = ? AND clause = ? UNION ALL SELECT 'evidence', id FROM evidence_item WHERE plan = ? AND clause = ?
		UNION ALL SELECT 'check_finding', f.id FROM check_finding f JOIN check_round r ON r.id = f.round WHERE r.plan = ? AND f.clause = ?
		UNION ALL SELECT 'opinion', id FROM opinion WHERE plan = ? AND clause = ? LIMIT ?`,
		plan, clause, plan, clause, plan, clause, plan, clause, plan, clause, plan, clause, mostMentions)
}

// OnTask names the evidence of a task, that which was taken away too.
func OnTask(tx *db.Tx, task string) ([]Mention, error) {
	return mentions(tx, `SELECT 'evidence', id FROM evidence_item WHERE task = ? LIMIT ?`, task, mostMentions)
}

func mentions(tx *db.Tx, query string, args ...any) ([]Mention, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, fmt.Errorf("find what has a trail: %w", err)
	}
	defer rows.Close()
	var all []Mention
	for rows.Next() {
		var one Mention
		if err := rows.Scan(&one.Kind, &one.ID); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
