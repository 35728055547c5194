package programme

import (
	"chonoi/internal/db"
	"chonoi/internal/record"
)

// Register returns the records of a register, newest first, after one of them; only public ones
// where the reader sees no others, and those of the owners named.
func Register[T any](tx *db.Tx, kind *record.Kind[T], all bool, owners []string, after string, limit int) ([]*T, error) {
	where, args := `WHERE (id < ? OR ? = '')`, []any{after, after}
	if !all {
		own := ""
		for _, id := range owners {
			own += `, ?`
			args = append(args, id)
		}
		where += ` AND (is_public = 1 OR owner <> '' AND owner IN (''` + own + `))`
	}
	return kind.Find(tx, where+` ORDER BY id DESC LIMIT ?`, append(args, limit)...)
}
