package termbase

import (
	"context"
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/ledger"
	"chonoi/internal/lexicon"
)

// Learn makes a model of the texts that everybody may see in both tongues and keeps it, for all nodes.
// It reads in one transaction, learns outside of any and writes in another. With too few texts, what
// was learnt before is forgotten.
func (x *Termbase) Learn(ctx context.Context, d *db.DB) error {
	if x.Pairs == nil {
		return nil
	}
	var pairs []lexicon.Pair
	if err := d.View(ctx, func(tx *db.Tx) (err error) {
		pairs, err = x.Pairs(tx)
		return err
	}); err != nil {
		return fmt.Errorf("read the texts in both tongues: %w", err)
	}
	model, err := x.Lexicon().Taught(nil).Learn(ctx, pairs)
	if err != nil {
		return err
	}
	words := model.Learnt()
	if model.Pairs() < lexicon.LeastPairs {
		words = nil
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		if before, _, err := learning(tx); err != nil || (len(words) == 0 && before < lexicon.LeastPairs) {
			return err
		}
		if err := replaceLearnt(tx, model.Pairs(), words); err != nil {
			return err
		}
		_, err := ledger.Append(tx, ledger.Note{Actor: "system", Act: "learning.done", Kind: LearningKind, ID: "now",
			Change: []ledger.Change{{Field: "pairs", New: fmt.Sprint(model.Pairs())}, {Field: "words", New: fmt.Sprint(len(words))}}})
		return err
	})
}
