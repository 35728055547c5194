package programme

import (
	"chonoi/internal/db"
	"chonoi/internal/when"
)

// unplannedOf returns what had come up beyond the plans of a review by the day of its figures, as far
// as it was logged then, in the order in which it was given.
func unplannedOf(tx *db.Tx, v *Review, public bool) ([]*Unplanned, error) {
	where, args := `WHERE given_on <= ? AND created_at < ? AND (owner = ? OR ? = '')`,
		[]any{v.AsOf.String(), when.Micro(v.AsOf.AddDays(1).Start()), v.Body, v.Body}
	if public {
		where += ` AND is_public = 1`
	}
	where += ` AND plan IN (''`
	for _, id := range v.Plans() {
		where += `, ?`
		args = append(args, id)
	}
	return UnplannedTasks.Find(tx, where+`) ORDER BY given_on, id`, args...)
}
