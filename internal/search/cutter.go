package search

import (
	"slices"
	"strings"

	"chonoi/internal/lang"
)

// lexeme is a word by its exact form, and the keys under which it is listed.
type lexeme struct {
	exact, folded string
	root          string // its English stem
	word, stem    uint64 // keys
	fold          uint64 // for pairKey
}

// cutter cuts listings into terms. It remembers all words that it has met, and is for one goroutine
// at a time.
type cutter struct {
	pivot   pivot
	runs    runs
	lexemes map[string]*lexeme // by exact form
	tally   tally
	entries []entry
	met     []*lexeme // words of the listing at hand, when they are noted
	noting  bool
}

func newCutter(p pivot) *cutter {
	return &cutter{pivot: p, lexemes: map[string]*lexeme{}}
}

// cut returns the terms of a listing, in no order; they are good until the next cut. A cutter that
// remembers too many words begins anew, so that rubbish cannot fill it.
func (c *cutter) cut(d *Doc) []entry {
	if c.runs.count > rememberedWords {
		c.runs, c.lexemes = runs{}, map[string]*lexeme{}
	}
	c.tally.empty()
	c.met = c.met[:0]
	var length lengths
	for f := range fieldCount {
		for i, tongue := range lang.Tags {
			words := c.readText(d.Fields[f].Only(tongue), f, i)
			length[i] += float64(words) * float64(fieldWeight[f]) / weightUnit
		}
	}
	weigh := c.pivot.weigher(length)
	c.entries = slices.Grow(c.entries[:0], len(c.tally.seen))
	for i := range c.tally.seen {
		t := &c.tally.seen[i]
		c.entries = append(c.entries, newEntry(t.key, fieldsOfMask(t.fields), weigh.impact(t.tf, t.pair)))
	}
	return c.entries
}

// readText tallies one field in one tongue and returns how many words it has.
func (c *cutter) readText(text string, f Field, tongue int) (words int) {
	before, joined := uint64(0), false // the folded word before, when there is one
	weight, mask := fieldWeight[f], uint8(1)<<f
	for s := (scanner{text: text, fresh: true}); s.next(); {
		w := c.run(text[s.start:s.end])
		if w.word == nil {
			continue
		}
		counts := weight
		if f == Text && words < leadWords {
			counts = leadWeight
		}
		words++
		if c.tally.add(w.key, tongue, counts, mask, false) && c.noting {
			c.met = append(c.met, w.word)
		}
		if tongue == inEnglish {
			c.tally.add(w.word.stem, tongue, counts, mask, false)
		}
		if joined && !s.fresh {
			c.tally.add(pairKey(before, w.fold), tongue, counts, mask, true)
		}
		before, joined, s.fresh = w.fold, true, false
	}
	return words
}

// run returns what is known of a run of letters and digits; it is good until the next one.
func (c *cutter) run(text string) *run {
	h := c.runs.hash(text)
	if r := c.runs.find(h, text); r != nil {
		return r
	}
	text = strings.Clone(text) // it must not keep the whole text
	f := newForm(text)
	var w *lexeme
	if f.exact != "" {
		w = c.lexemes[f.exact]
		if w == nil {
			w = newLexeme(f)
			c.lexemes[f.exact] = w
		}
	}
	return c.runs.add(h, text, w)
}

func newLexeme(f form) *lexeme {
	root := stem(f.exact)
	return &lexeme{exact: f.exact, folded: f.folded, root: root,
		word: wordKey(f.exact), stem: stemKey(root), fold: foldHash(f.folded)}
}

// words returns all words that the cutter remembers.
func (c *cutter) words() []*lexeme {
	out := make([]*lexeme, 0, len(c.lexemes))
	for _, w := range c.lexemes {
		out = append(out, w)
	}
	return out
}
