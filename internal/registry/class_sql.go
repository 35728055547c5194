package registry

import (
	"fmt"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

// Classes returns the classes of those keys in the order of their words, all of them when no key is told.
func Classes(tx *db.Tx, keys ...string) ([]Class, error) {
	where := ""
	if len(keys) > 0 {
		where = " WHERE term IN (" + marks(len(keys)) + ")"
	}
	rows, err := tx.Query("SELECT term, words_vi, words_en, aliases, note FROM class_term"+where+" ORDER BY words_vi, term", anys(keys)...)
	if err != nil {
		return nil, fmt.Errorf("read classes of bodies: %w", err)
	}
	defer rows.Close()
	var all []Class
	for rows.Next() {
		var c Class
		var aliases string
		if err := rows.Scan(&c.Key, &c.Words.Vi, &c.Words.En, &aliases, &c.Note); err != nil {
			return nil, err
		}
		if aliases != "" {
			c.Aliases = strings.Split(aliases, "\n")
		}
		all = append(all, c)
	}
	return all, rows.Err()
}

// selectInForce are the names of the confirmed bodies that exist on a day.
const selectInForce = `SELECT o.id, COALESCE(n.name_vi, o.name_vi), COALESCE(n.name_en, o.name_en), COALESCE(n.short, o.short_name)
FROM organisation o LEFT JOIN organisation_name n ON n.organisation = o.id AND n.valid_from <= ? AND (n.valid_to = '' OR n.valid_to >= ?)
WHERE o.state = 'confirmed' AND (n.id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM organisation_name m WHERE m.organisation = o.id))
AND NOT EXISTS (SELECT 1 FROM body_end e WHERE e.organisation = o.id AND e.last_day < ?)`

func namesInForce(tx *db.Tx, day when.Day) ([]BodyName, error) {
	rows, err := tx.Query(selectInForce, day.String(), day.String(), day.String())
	if err != nil {
		return nil, fmt.Errorf("read the names of a day: %w", err)
	}
	defer rows.Close()
	var all []BodyName
	for rows.Next() {
		var n BodyName
		if err := rows.Scan(&n.Body, &n.Name.Vi, &n.Name.En, &n.Short); err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, rows.Err()
}
