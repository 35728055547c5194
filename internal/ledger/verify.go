package ledger

import (
	"context"
	"database/sql"
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

// Report is what Verify found: how many links, how many with an erased change, the newest hash,
// and the first broken link, 0 when the chain is whole.
type Report struct {
	Entries int64  `json:"entries"`
	Erased  int64  `json:"erased"`
	Head    string `json:"head"`
	Broken  int64  `json:"broken"`
	Reason  string `json:"reason,omitempty"` // seq, prev, hash or change: what does not fit at Broken
}

// Whole reports whether every link fits.
func (r Report) Whole() bool { return r.Broken == 0 }

// Verify recomputes the chain from its first link. Progress is called with the number of links
// checked; it may be nil.
func Verify(ctx context.Context, d *db.DB, progress func(int64)) (report Report, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		report, err = VerifyIn(tx, progress)
		return err
	})
	return report, err
}

// VerifyIn recomputes the chain as a transaction sees it.
func VerifyIn(tx *db.Tx, progress func(int64)) (Report, error) {
	report := Report{Head: genesis}
	rows, err := tx.Query(columns + `ORDER BY l.seq`)
	if err != nil {
		return report, fmt.Errorf("read the ledger: %w", err)
	}
	defer rows.Close()
	for rows.Next() && report.Whole() {
		if err := report.check(rows); err != nil {
			return report, err
		}
		if progress != nil {
			progress(report.Entries)
		}
	}
	return report, rows.Err()
}

func (r *Report) check(rows *sql.Rows) error {
	var e Entry
	var at int64
	var change sql.NullString
	if err := rows.Scan(&e.Seq, &at, &e.Actor, &e.Act, &e.Kind, &e.ID, &e.Digest, &e.Prev, &e.Hash, &change); err != nil {
		return fmt.Errorf("read the ledger: %w", err)
	}
	e.At = when.Time(at)
	switch {
	case e.Seq != r.Entries+1:
		r.Reason = "seq"
	case e.Prev != r.Head:
		r.Reason = "prev"
	case e.sum() != e.Hash:
		r.Reason = "hash"
	case change.Valid && digest(change.String) != e.Digest:
		r.Reason = "change"
	}
	if r.Reason != "" {
		r.Broken = r.Entries + 1
		return nil
	}
	if !change.Valid && e.Digest != nothing {
		r.Erased++
	}
	r.Entries++
	r.Head = e.Hash
	return nil
}
