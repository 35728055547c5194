package programme

import "chonoi/internal/db"

// RoundsOf returns rounds, newest first, after one of them: of one plan, of all when it is empty.
func RoundsOf(tx *db.Tx, plan, after string, limit int) ([]*Round, error) {
	where, args := `WHERE (plan = ? OR ? = '')`, []any{plan, plan}
	if after != "" {
		where += ` AND id < ?`
		args = append(args, after)
	}
	return Rounds.Find(tx, where+` ORDER BY id DESC LIMIT ?`, append(args, limit)...)
}
