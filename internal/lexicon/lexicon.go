// Package lexicon knows the words of science, technology and production in Vietnamese and English:
// the terms that are shipped, the terms that others add, and what a text says in the other tongue.
package lexicon

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"chonoi/internal/lang"
)

// Term is a Vietnamese word or phrase with one English equivalent (thuật ngữ).
type Term struct {
	Vi, En string
	Field  string // field of knowledge, such as rice or energy
	Note   string // tells the senses of one Vietnamese word apart
	Weight int    // how usual the English is for the Vietnamese, 1 to 9; 0 takes the pair out
	Source string // who says so: the name of an overlay, empty for the shipped terms
}

// In returns the side of the term in a tongue.
func (t *Term) In(tongue lang.Tag) string {
	if tongue == lang.En {
		return t.En
	}
	return t.Vi
}

// Overlay is a set of terms that is laid over others. A pair that is told below is replaced by the
// overlay's; with weight 0 it is taken out.
type Overlay struct {
	Name    string
	Licence string
	Terms   []Term
}

// Lexicon is a set of terms that can be looked up in both directions. It never changes, so that any
// number may read it at the same time.
type Lexicon struct {
	terms []Term
	vi    side
	en    side
	model *Model
}

// New returns a lexicon of the terms of overlays, the later over the earlier.
func New(overlays ...Overlay) *Lexicon { return new(Lexicon).With(overlays...) }

// With returns the lexicon with overlays laid over it, the later over the earlier.
func (l *Lexicon) With(overlays ...Overlay) *Lexicon {
	all := slices.Clone(l.terms)
	if len(overlays) > 0 {
		at := make(map[[2]string]int, len(all))
		for i := range all {
			at[all[i].pair()] = i
		}
		for _, o := range overlays {
			for _, t := range o.Terms {
				t.Source = o.Name
				if n, ok := at[t.pair()]; ok {
					all[n] = t
					continue
				}
				at[t.pair()] = len(all)
				all = append(all, t)
			}
		}
	}
	all = slices.DeleteFunc(all, func(t Term) bool { return t.Weight <= 0 || t.Vi == "" || t.En == "" })
	next := &Lexicon{terms: all, model: l.model}
	var both sync.WaitGroup
	both.Go(func() { next.vi = newSide(all, lang.Vi) })
	both.Go(func() { next.en = newSide(all, lang.En) })
	both.Wait()
	return next
}

// pair names what is said: two terms with one pair are the same term.
func (t *Term) pair() [2]string { return [2]string{strings.ToLower(t.Vi), strings.ToLower(t.En)} }

// Len returns the number of terms.
func (l *Lexicon) Len() int { return len(l.terms) }

// Terms returns all terms, in the order in which they were laid down. They must not be changed.
func (l *Lexicon) Terms() []Term { return l.terms }

// Of returns the terms whose side in a tongue is the given text, typed with marks or without, the
// best first. Without marks, terms that differ in them are all returned.
func (l *Lexicon) Of(text string, tongue lang.Tag) []Term {
	words := wordsOf(text, tongue)
	var found []Term
	for _, e := range l.side(tongue).at(words, isStrict(words, tongue)) {
		for _, n := range e.terms {
			found = append(found, l.terms[n])
		}
	}
	slices.SortStableFunc(found, func(a, b Term) int { return cmp.Compare(b.Weight, a.Weight) })
	return found
}

func (l *Lexicon) side(tongue lang.Tag) *side {
	if tongue == lang.En {
		return &l.en
	}
	return &l.vi
}
