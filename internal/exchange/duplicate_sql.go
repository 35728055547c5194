package exchange

import (
	"database/sql"
	"errors"
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

const (
	pairColumns = `d.id, d.kind, d.one, d.other, d.likeness, d.found_at, d.verdict, d.decided_at, d.decided_by, d.note, d.stays, d.state_before, d.review`
	putPair     = `INSERT INTO duplicate (id, kind, one, other, likeness, found_at, verdict, decided_at, decided_by, note, stays, state_before, review)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (kind, one, other) DO UPDATE SET likeness = excluded.likeness, verdict = excluded.verdict, decided_at = excluded.decided_at,
		decided_by = excluded.decided_by, note = excluded.note, stays = excluded.stays, state_before = excluded.state_before, review = excluded.review`
	onePair    = `SELECT ` + pairColumns + ` FROM duplicate d WHERE d.kind = ? AND d.one = ? AND d.other = ?`
	pairsOfOne = `SELECT ` + pairColumns + ` FROM duplicate d WHERE d.kind = ? AND (d.one = ? OR d.other = ?) ORDER BY d.likeness DESC, d.id LIMIT 100`
	dropPair   = `DELETE FROM duplicate WHERE id = ? AND verdict = ''`

	// Both listings of an open pair must still be there: what was taken back or barred is no copy any more.
	joinPair = ` FROM duplicate d LEFT JOIN offer oa ON d.kind = 'offer' AND oa.id = d.one LEFT JOIN offer ob ON d.kind = 'offer' AND ob.id = d.other
		LEFT JOIN need na ON d.kind = 'need' AND na.id = d.one LEFT JOIN need nb ON d.kind = 'need' AND nb.id = d.other `
	whilePair = `d.verdict = '' AND COALESCE(oa.state, na.state, 'withdrawn') NOT IN ('draft', 'withdrawn', 'blocked')
		AND COALESCE(ob.state, nb.state, 'withdrawn') NOT IN ('draft', 'withdrawn', 'blocked')
		AND (? = '' OR d.kind = ?) AND (? = '' OR COALESCE(oa.source, na.source, '') = ? OR COALESCE(ob.source, nb.source, '') = ?)`
	openPairs    = `SELECT ` + pairColumns + joinPair + `WHERE ` + whilePair + ` AND (d.likeness, d.id) < (?, ?) ORDER BY d.likeness DESC, d.id DESC LIMIT ?`
	countPairs   = `SELECT count(*)` + joinPair + `WHERE ` + whilePair
	decidedPairs = `SELECT ` + pairColumns + ` FROM duplicate d WHERE d.verdict <> '' AND (? = '' OR d.kind = ?) AND (d.decided_at, d.id) < (?, ?) ORDER BY d.decided_at DESC, d.id DESC LIMIT ?`

	staysInstead = `SELECT d.stays FROM duplicate d LEFT JOIN offer o ON d.kind = 'offer' AND o.id = ? LEFT JOIN need n ON d.kind = 'need' AND n.id = ?
		WHERE d.kind = ? AND (d.one = ? OR d.other = ?) AND d.stays <> ? AND d.verdict = 'merged' AND COALESCE(o.state, n.state) = 'withdrawn' ORDER BY d.decided_at DESC LIMIT 1`
	pauseReview = `UPDATE review SET ended_at = ?, outcome = 'merged' WHERE kind = ? AND record = ? AND ended_at = 0 RETURNING id`
	againReview = `UPDATE review SET ended_at = 0, outcome = '' WHERE id = ? AND ended_at > 0`
)

func storePair(tx *db.Tx, d *Duplicate) error {
	_, err := tx.Exec(putPair, d.ID, d.Kind, d.One, d.Other, d.Likeness, when.Micro(d.Found), d.Verdict, when.Micro(d.Decided), string(d.By), d.Note, d.Stays, d.before, d.review)
	if err != nil {
		return fmt.Errorf("keep a pair of likely copies: %w", err)
	}
	return nil
}

// pairAs returns what is known of two listings; nil when they are no pair.
func pairAs(tx *db.Tx, kind, one, other string) (*Duplicate, error) {
	all, err := pairs(tx, onePair, kind, min(one, other), max(one, other))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

// PairFilter says which pairs are listed; the zero one lists all.
type PairFilter struct {
	Kind   string
	Source string // one of the two came from that import
}

func (f PairFilter) args() []any { return []any{f.Kind, f.Kind, f.Source, f.Source, f.Source} }

// beyondLikeness is more than any likeness, in thousandths.
const beyondLikeness = 1_001

// OpenPairs returns the pairs on which nobody has decided, the most alike first, after one of them
// (likeness and id); from the first one on when the id is empty.
func OpenPairs(tx *db.Tx, f PairFilter, afterLikeness int, afterID string, limit int) ([]Duplicate, error) {
	if afterID == "" {
		afterLikeness = beyondLikeness
	}
	return pairs(tx, openPairs, append(f.args(), afterLikeness, afterID, limit)...)
}

// CountPairs counts the pairs on which nobody has decided.
func CountPairs(tx *db.Tx, f PairFilter) (n int, err error) {
	err = tx.QueryRow(countPairs, f.args()...).Scan(&n)
	return n, err
}

// DecidedPairs returns the pairs on which an officer has decided, the last decided first, after one
// of them (microseconds and id); from the first one on when the id is empty.
func DecidedPairs(tx *db.Tx, kind string, afterDecided int64, afterID string, limit int) ([]Duplicate, error) {
	if afterID == "" {
		afterDecided = when.Micro(tx.Now.AddDate(1, 0, 0))
	}
	return pairs(tx, decidedPairs, kind, kind, afterDecided, afterID, limit)
}

func pairs(tx *db.Tx, query string, args ...any) ([]Duplicate, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, fmt.Errorf("read pairs of likely copies: %w", err)
	}
	defer rows.Close()
	var all []Duplicate
	for rows.Next() {
		var d Duplicate
		var found, decided int64
		if err := rows.Scan(&d.ID, &d.Kind, &d.One, &d.Other, &d.Likeness, &found, &d.Verdict, &decided, &d.By, &d.Note, &d.Stays, &d.before, &d.review); err != nil {
			return nil, fmt.Errorf("read pairs of likely copies: %w", err)
		}
		d.Found, d.Decided = when.Time(found), when.Time(decided)
		all = append(all, d)
	}
	return all, rows.Err()
}

// keptWith names the listings of which an officer has said that they are no copies of one.
func keptWith(tx *db.Tx, kind, id string) ([]string, error) {
	all, err := pairs(tx, pairsOfOne, kind, id, id)
	var kept []string
	for _, d := range all {
		if d.Verdict == Kept {
			kept = append(kept, d.One, d.Other)
		}
	}
	return kept, err
}

func deletePair(tx *db.Tx, id string) error {
	_, err := tx.Exec(dropPair, id)
	return err
}

// staysFor returns which listing stays in place of a withdrawn one; "" when no merger withdrew it.
func staysFor(tx *db.Tx, kind, id string) (stays string, err error) {
	return textOr(tx, staysInstead, id, id, kind, id, id, id)
}

// endForMerger ends the open review of a listing, with who has it left as it is, and returns its id.
func endForMerger(tx *db.Tx, kind, id string) (string, error) {
	return textOr(tx, pauseReview, when.Micro(tx.Now), kind, id)
}

func textOr(tx *db.Tx, query string, args ...any) (text string, err error) {
	if err = tx.QueryRow(query, args...).Scan(&text); errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return text, err
}

// reopenReview lets a review go on that a merger ended; nothing happens when there was none.
func reopenReview(tx *db.Tx, id string) error {
	_, err := tx.Exec(againReview, id)
	return err
}
