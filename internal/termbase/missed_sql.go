package termbase

import (
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

const (
	countMissed = `INSERT INTO missed_word (word, day, times) VALUES (?, ?, ?) ON CONFLICT (word, day) DO UPDATE SET times = missed_word.times + excluded.times`
	selectMost  = `SELECT word, CAST(SUM(times) AS BIGINT), MAX(day) FROM missed_word WHERE day >= ? GROUP BY word HAVING SUM(times) >= ?
		ORDER BY SUM(times) DESC, word LIMIT ?`
	dropMissed = `DELETE FROM missed_word WHERE day < ?`
)

func addMissed(tx *db.Tx, word string, day when.Day, times int) error {
	if _, err := tx.Exec(countMissed, word, day.String(), times); err != nil {
		return fmt.Errorf("count a word: %w", err)
	}
	return nil
}

func forgetMissed(tx *db.Tx, before when.Day) error {
	_, err := tx.Exec(dropMissed, before.String())
	return err
}

// MostMissed returns the words that were sought in vain most often in the last ninety days; those
// sought fewer than three times stay untold.
func MostMissed(tx *db.Tx, limit int) ([]Missed, error) {
	rows, err := tx.Query(selectMost, when.DayOf(tx.Now).AddDays(-missedKept).String(), missedLeast, limit)
	if err != nil {
		return nil, fmt.Errorf("read the words sought in vain: %w", err)
	}
	defer rows.Close()
	var all []Missed
	for rows.Next() {
		var m Missed
		day := ""
		if err := rows.Scan(&m.Word, &m.Times, &day); err != nil {
			return nil, err
		}
		if m.Last, err = when.ParseDay(day); err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, rows.Err()
}
