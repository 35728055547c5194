package app

import (
	"context"
	"fmt"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/job"
	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
	"chonoi/internal/search"
	"chonoi/internal/termbase"
)

// The work on the terms that the clock rings for.
const (
	learnTerms job.Name[time.Time] = "termbase.learn"
	sweepTerms job.Name[time.Time] = "termbase.sweep"
)

// openTerms reads the terms of the city, so that searches in one tongue find listings in the other.
func (h *House) openTerms(ctx context.Context) (err error) {
	h.Terms, err = termbase.New(termbase.Config{
		Apply:  func(*lexicon.Lexicon) { h.Index.Load().Translate(h.Terms.Lexicon()) },
		Write:  h.write,
		People: h.peopleNames,
		Pairs:  h.pairs,
	})
	if err != nil {
		return err
	}
	if err := h.DB.View(ctx, h.Terms.Reload); err != nil {
		return fmt.Errorf("load the terms: %w", err)
	}
	return nil
}

// shelve puts an index in the place of the one before.
func (h *House) shelve(index *search.Index) {
	index.Translate(h.Terms.Lexicon())
	h.Index.Store(index)
	index.Translate(h.Terms.Lexicon()) // a term may have come in between
}

// write sends a letter to a person, in their own tongue.
func (h *House) write(tx *db.Tx, to account.ID, letter string, args ...any) error {
	who, err := h.Accounts.Get(tx, to)
	if err != nil {
		return err
	}
	return h.Post(tx, who.Email, who.Locale, letter, args...)
}

// mostPairs is how many texts in both tongues are read to learn from.
const mostPairs = 100_000

// pairs are the texts of the floor that stand there in both tongues.
func (h *House) pairs(tx *db.Tx) (all []lexicon.Pair, err error) {
	err = h.Exchange.Docs(tx, func(d search.Doc) error {
		for _, text := range d.Fields {
			if text.Vi != "" && text.En != "" && len(all) < mostPairs {
				all = append(all, lang.Both{Vi: text.Vi, En: text.En})
			}
		}
		return nil
	})
	return all, err
}
