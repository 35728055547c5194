// Package standing keeps searches that stand and wait: one new listing is compared with all of them
// at once. It is search turned round, and reads words as search reads them.
package standing

import (
	"sync"

	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
	"chonoi/internal/search"
)

// Watch is a search that waits for listings. A typed one is met by a listing in which each of its
// words stands - with the marks that were typed or with none, in English by its stem, or by what the
// lexicon says for it in the other tongue - and that satisfies its phrases, exclusions, filters and
// bounds. A whole one (Query.Whole: a need or an offer that looks for its counterpart) is met when
// enough of its telling words stand in the listing. Order and pages of the query play no part.
type Watch struct {
	ID    string
	Query search.Query
}

// Met tells that a listing meets a watch, and the words and phrases of the watch that it has, as they
// were asked; those of a whole watch that say most come first. Of a whole watch the listing is only a
// candidate: Confirmed tells which candidates stand high enough in its search. One that cannot be
// searched for is better left out when it is doubtful.
type Met struct {
	ID       string
	Words    []string
	Whole    bool
	Doubtful bool // a whole watch of which few words stand in the listing
}

// Watches are searches that stand. Any number may compare while others write.
type Watches struct {
	// HasFacet tells whether a facet has a value, so that subject:agri is read as a filter; nil reads
	// it as words. Frequency tells in how many listings of how many a folded word stands, by which the
	// telling words of whole watches are chosen; nil counts all words alike. Lexicon, when it returns
	// one, lets a watch in one tongue meet listings in the other. They are asked when a watch is put.
	HasFacet  func(facet, value string) bool
	Frequency func(folded string) (found, of int)
	Lexicon   func() *lexicon.Lexicon

	mu      sync.RWMutex
	terms   map[string]int32 // words, pairs and facet values that watches ask for
	at      []anchored       // by term
	byID    map[string]*watch
	free    []*watch // watches that ask for no word and no value
	numbers int      // that were given
	left    []int    // of them, those of watches that are gone
	rooms   sync.Pool
}

// anchored are the watches that are looked at when a listing has a term.
type anchored struct {
	typed []*watch // of which it is the rarest demand
	whole []place  // in one of whose telling words it stands first
}

// place is a telling word of a whole watch.
type place struct {
	watch *watch
	word  int32
}

// New returns no watches.
func New() *Watches {
	return &Watches{terms: map[string]int32{}, byID: map[string]*watch{}}
}

// Len returns the number of watches.
func (w *Watches) Len() int {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return len(w.byID)
}

// Query returns what a watch asks for; of one that is gone, nothing.
func (w *Watches) Query(id string) search.Query {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if c, ok := w.byID[id]; ok {
		return c.query
	}
	return search.Query{}
}

// Put adds watches, each in place of the one with the same ID.
func (w *Watches) Put(watches ...Watch) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, one := range watches {
		w.remove(one.ID)
		c := w.compile(one)
		c.number = w.number()
		w.byID[one.ID] = c
		w.hang(c)
	}
}

// Delete takes a watch away. It reports whether there was one.
func (w *Watches) Delete(id string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.remove(id)
}

// number returns a number for a watch, that of one that is gone when there is any.
func (w *Watches) number() int {
	if n := len(w.left); n > 0 {
		last := w.left[n-1]
		w.left = w.left[:n-1]
		return last
	}
	w.numbers++
	return w.numbers - 1
}

// hang puts a watch where a listing that may meet it comes by: a whole one at all its telling words,
// a typed one at the terms of the demand that the fewest watches hang at.
func (w *Watches) hang(c *watch) {
	switch {
	case c.whole:
		for i, d := range c.demands {
			for _, t := range d.keys() {
				w.at[t].whole = append(w.at[t].whole, place{c, int32(i)})
			}
		}
	case len(c.demands) == 0:
		w.free = append(w.free, c)
	default:
		c.anchor = w.rarest(c)
		for _, t := range c.anchor {
			w.at[t].typed = append(w.at[t].typed, c)
		}
	}
}

// rarest returns the terms, of which a listing that meets the watch has one, with the fewest watches.
func (w *Watches) rarest(c *watch) (best []int32) {
	fewest := -1
	for _, d := range c.demands {
		terms, n := d.keys(), 0
		for _, t := range terms {
			n += len(w.at[t].typed)
		}
		if fewest < 0 || n < fewest {
			best, fewest = terms, n
		}
	}
	return best
}

func (w *Watches) remove(id string) bool {
	c, ok := w.byID[id]
	if !ok {
		return false
	}
	delete(w.byID, id)
	for _, t := range c.anchor {
		w.at[t].typed = without(w.at[t].typed, func(o *watch) bool { return o == c })
	}
	if c.whole {
		for _, d := range c.demands {
			for _, t := range d.keys() {
				w.at[t].whole = without(w.at[t].whole, func(o place) bool { return o.watch == c })
			}
		}
	}
	w.free = without(w.free, func(o *watch) bool { return o == c })
	w.left = append(w.left, c.number)
	return true
}

// without takes elements out, and gives their place to the last ones.
func without[T any](list []T, gone func(T) bool) []T {
	for i := 0; i < len(list); {
		if gone(list[i]) {
			list[i] = list[len(list)-1]
			list = list[:len(list)-1]
		} else {
			i++
		}
	}
	return list
}

// term returns the number of a word, pair or value, making it when it is new.
func (w *Watches) term(name string) int32 {
	n, ok := w.terms[name]
	if !ok {
		n = int32(len(w.at))
		w.terms[name] = n
		w.at = append(w.at, anchored{})
	}
	return n
}

// Names of terms: how a word is compared is their first letter.
func exactName(word string) string         { return "=" + word }
func foldedName(word string) string        { return "~" + word }
func rootName(word string) string          { return "*" + word }
func pairName(one, two string) string      { return "+" + one + " " + two }
func valueName(facet, value string) string { return "#" + facet + ":" + value }

var tongues = [...]lang.Tag{lang.Vi, lang.En}
