package match

import (
	"encoding/json"
	"fmt"
	"slices"

	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/when"
)

const (
	insertOutlook  = `INSERT INTO match_outlook (need, grade, causes, seen_at) VALUES (?, ?, ?, ?)`
	deleteOutlooks = `DELETE FROM match_outlook`
	fromUnmatched  = ` FROM match_outlook x JOIN need n ON n.id = x.need
		WHERE x.grade < ? AND n.answered_on = '' AND n.state IN ('published', 'renewed', 'expiring')`
	selectUnmatched = `SELECT x.need, x.grade, x.causes, x.seen_at, n.number, n.title_vi, n.title_en, n.owner, n.reply_due, n.officer` + fromUnmatched +
		` AND (x.grade, x.need) > (?, ?) ORDER BY x.grade, x.need LIMIT ?`
	countUnmatched = `SELECT count(*)` + fromUnmatched
	selectOwn      = `SELECT j.need, j.kind, j.supply FROM match_judgement j JOIN need n ON n.id = j.need WHERE j.organisation = n.owner`
)

// keepOutlooks puts how all needs stand in the place of how they stood.
func keepOutlooks(tx *db.Tx, all []Outlook) error {
	if _, err := tx.Exec(deleteOutlooks); err != nil {
		return fmt.Errorf("clear the outlooks: %w", err)
	}
	for _, o := range all {
		if _, err := tx.Exec(insertOutlook, o.Need, rank(o.Grade), causesText(o.Causes), when.Micro(tx.Now)); err != nil {
			return fmt.Errorf("keep an outlook: %w", err)
		}
	}
	return nil
}

// Unmatched is a need without a good match, with why, as the desk lists it.
type Unmatched struct {
	Outlook
	Rank    int
	Waiting exchange.Waiting // its clock, and what it is called
}

// UnmatchedNeeds returns the needs on the floor that had no good match when all were last matched and
// are owed an answer, the worst off first, behind one of them; and when that was.
func UnmatchedNeeds(tx *db.Tx, after *Unmatched, limit int) (all []Unmatched, at int64, err error) {
	grade, id := -1, ""
	if after != nil {
		grade, id = after.Rank, after.Need
	}
	rows, err := tx.Query(selectUnmatched, rank(Good), grade, id, limit)
	if err != nil {
		return nil, 0, fmt.Errorf("read the outlooks: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var u Unmatched
		var causes, due string
		w := exchange.Waiting{Queue: exchange.QueueNeeds, Kind: exchange.Needs.Name}
		if err := rows.Scan(&u.Need, &u.Rank, &causes, &at, &w.Number, &w.Title.Vi, &w.Title.En, &w.Owner, &due, &w.Officer); err != nil {
			return nil, 0, fmt.Errorf("read the outlooks: %w", err)
		}
		if err := json.Unmarshal([]byte(causes), &u.Causes); err != nil {
			return nil, 0, fmt.Errorf("read why a need has no match: %w", err)
		}
		if w.Due, err = when.ParseDay(due); err != nil {
			return nil, 0, err
		}
		if i := slices.IndexFunc(Grades, func(g Grade) bool { return rank(g) == u.Rank }); i >= 0 {
			u.Grade = Grades[i]
		}
		w.ID, w.Key = u.Need, u.Need
		u.Waiting = w
		all = append(all, u)
	}
	return all, at, rows.Err()
}

// CountUnmatched counts the needs without a good match.
func CountUnmatched(tx *db.Tx) (n int, err error) {
	if err := tx.QueryRow(countUnmatched, rank(Good)).Scan(&n); err != nil {
		return 0, fmt.Errorf("count the needs without a match: %w", err)
	}
	return n, nil
}

// ownJudgements lists the pairs of which the owner of the need said that they are not right.
func ownJudgements(tx *db.Tx) ([]pairKey, error) {
	rows, err := tx.Query(selectOwn)
	if err != nil {
		return nil, fmt.Errorf("read the owners' judgements: %w", err)
	}
	defer rows.Close()
	var all []pairKey
	for rows.Next() {
		var p pairKey
		if err := rows.Scan(&p.need, &p.kind, &p.supply); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, rows.Err()
}
