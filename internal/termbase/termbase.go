// Package termbase keeps the city's own terms beside those that are shipped: what officers add, weigh
// and retire, dictionaries that they lay over them, what people propose, the words that were sought in
// vain, and what the listings in both tongues teach. Each change counts at once in every search.
package termbase

import (
	"embed"
	"fmt"
	"hash/fnv"
	"strings"
	"sync/atomic"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/lexicon"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Schema is the tables of the terms.
//
//go:embed schema/*.sql
var Schema embed.FS

// The kinds of record in the ledger after which the terms are to be read anew.
const (
	TermKind       = "term"
	DictionaryKind = "dictionary"
	LearningKind   = "learning"
	proposalKind   = "term_proposal"
)

// Config is what the terms need of the house.
type Config struct {
	// Apply is told each new lexicon, so that searches use it.
	Apply func(*lexicon.Lexicon)
	// Write sends a letter to a person; nothing is sent when it is nil.
	Write func(tx *db.Tx, to account.ID, letter string, args ...any) error
	// People returns the names of accounts; names stay unknown when it is nil.
	People func(tx *db.Tx, ids ...string) (map[string]string, error)
	// Pairs returns the texts that everybody may see in both tongues; nothing is learnt when it is nil.
	Pairs func(tx *db.Tx) ([]lexicon.Pair, error)
}

// Termbase is the terms as they are now.
type Termbase struct {
	Config
	now    atomic.Pointer[standing]
	missed counter
}

// standing is the terms of one instant.
type standing struct {
	lexicon *lexicon.Lexicon
	shelf   atomic.Pointer[shelf]
}

// New returns the terms that are shipped; Reload adds those of the city.
func New(c Config) (*Termbase, error) {
	shipped, err := lexicon.Shipped()
	if err != nil {
		return nil, fmt.Errorf("read the shipped terms: %w", err)
	}
	x := &Termbase{Config: c}
	x.now.Store(&standing{lexicon: shipped})
	return x, nil
}

// Lexicon returns the lexicon of now. It never changes; a later one takes its place.
func (x *Termbase) Lexicon() *lexicon.Lexicon { return x.now.Load().lexicon }

// Reload reads the city's terms anew and lets searches use them.
func (x *Termbase) Reload(tx *db.Tx) error {
	shipped, err := lexicon.Shipped()
	if err != nil {
		return err
	}
	overlays, err := dictionariesInUse(tx)
	if err != nil {
		return err
	}
	own, err := ownTerms(tx)
	if err != nil {
		return err
	}
	l := shipped
	if len(own) > 0 || len(overlays) > 0 {
		l = shipped.With(append(overlays, lexicon.Overlay{Name: Own, Terms: own})...)
	}
	model, err := learnt(tx)
	if err != nil {
		return err
	}
	l = l.Taught(model)
	x.now.Store(&standing{lexicon: l})
	if x.Apply != nil {
		x.Apply(l)
	}
	return nil
}

// Own is the source of the terms that the city's officers told.
const Own = "own"

// IDOf names a term by its two sides, however they are written in capitals.
func IDOf(vi, en string) string {
	h := fnv.New64a()
	h.Write([]byte(strings.ToLower(vi) + "\t" + strings.ToLower(en)))
	return fmt.Sprintf("%016x", h.Sum64())
}
