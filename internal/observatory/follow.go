package observatory

import (
	"context"

	"chonoi/internal/db"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// atOnce is how many entries of the ledger one transaction follows.
const atOnce = 2000

// Follow brings the states in time up to the end of the ledger. It may be interrupted and run again.
func Follow(ctx context.Context, d *db.DB) error {
	for {
		n := 0
		err := d.Update(ctx, func(tx *db.Tx) error {
			var err error
			n, err = followSome(tx)
			return err
		})
		if err != nil || n < atOnce {
			return err
		}
	}
}

// FollowIn follows the ledger to its end within a unit that is under way.
func FollowIn(tx *db.Tx) error {
	for {
		n, err := followSome(tx)
		if err != nil || n < atOnce {
			return err
		}
	}
}

// followSome follows some entries and returns how many.
func followSome(tx *db.Tx) (int, error) {
	seq, err := cursor(tx)
	if err != nil {
		return 0, err
	}
	entries, err := ledger.Since(tx, seq, atOnce)
	if err != nil || len(entries) == 0 {
		return 0, err
	}
	for _, e := range entries {
		for _, c := range e.Change {
			if c.Field != "state" {
				continue
			}
			if err := begin(tx, e.Kind, e.ID, c.New, e.Seq, when.Micro(e.At)); err != nil {
				return 0, err
			}
		}
	}
	return len(entries), moveCursor(tx, entries[len(entries)-1].Seq)
}
