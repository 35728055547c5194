package route

import (
	"slices"
	"strings"
	"unicode"

	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// Entry is one line of the lists of encouraged, restricted and banned technologies, or an example of
// the criteria by which they were made.
type Entry struct {
	Code      string
	Name      lang.Both
	List      Class // encouraged, restricted or banned
	Direction []Direction
	Keywords  []string // as they are written in the list
	Example   bool     // an example of the criteria, no entry of the official list
	Article   Article
}

// Hit is an entry whose keywords occur in a text. It proves nothing: the officer decides.
type Hit struct {
	Entry Entry
	Found []string // keywords of the entry that occur
	Exact bool     // one of them occurs with its marks, not only without them
}

// Label is the key of the words that say what kind of entry was hit.
func (h Hit) Label() string {
	if h.Entry.Example {
		return "route.hit.example"
	}
	return "route.hit.entry"
}

// Appendix is one of the official lists: how many entries it has, and how many are loaded.
type Appendix struct {
	Code    string
	Name    lang.Both
	List    Class
	Entries int // that the official list has
	Loaded  int // that this edition holds, without examples
	Article Article
	condition
}

// Label is the key of the sentence that says how much of the list is loaded; Args are its arguments.
func (a Appendix) Label() string { return "route.appendix_loaded" }

// Args are the arguments of the sentence of Label.
func (a Appendix) Args() []any { return []any{"Loaded", a.Loaded, "Entries", a.Entries} }

const mostScreened = 1 << 20 // bytes of a text that are screened

// index finds the keywords that begin with a word.
type index map[string][]keyword

type keyword struct {
	entry   int
	words   []word
	written string
}

// word is a word of a text: without marks and case, and with its marks.
type word struct{ folded, exact string }

func (l *Law) buildIndex() {
	l.index = index{}
	for i, e := range l.entries {
		for _, k := range e.Keywords {
			all := wordsOf(k)
			l.index[all[0].folded] = append(l.index[all[0].folded], keyword{i, all, k})
		}
	}
}

func wordsOf(text string) []word {
	var all []word
	for _, w := range strings.FieldsFunc(strings.ToLower(lang.Clean(text)), notOfWord) {
		if folded := lang.Fold(w); folded != "" {
			all = append(all, word{folded, w})
		}
	}
	return all
}

func notOfWord(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
}

// Screen returns the entries that hold on a day and for a direction of which a keyword occurs in a
// text as whole words, marks and case aside: banned first, then restricted, then encouraged. Of a
// text it reads the first mebibyte.
func (l *Law) Screen(text string, direction Direction, day when.Day) []Hit {
	text = strings.ToValidUTF8(text[:min(len(text), mostScreened)], " ")
	found := map[int]*Hit{}
	all := wordsOf(text)
	for at := range all {
		for _, k := range l.index[all[at].folded] {
			occurs, exact := k.at(all[at:])
			e := &l.entries[k.entry]
			if !occurs || !has(e.Direction, direction) || !e.Article.ValidOn(day) {
				continue
			}
			hit := found[k.entry]
			if hit == nil {
				hit = &Hit{Entry: *e}
				found[k.entry] = hit
			}
			hit.Exact = hit.Exact || exact
			if !slices.Contains(hit.Found, k.written) {
				hit.Found = append(hit.Found, k.written)
			}
		}
	}
	return inOrder(found)
}

// at reports whether a text begins with the keyword, and whether with its marks.
func (k keyword) at(text []word) (occurs, exact bool) {
	if len(text) < len(k.words) {
		return false, false
	}
	exact = true
	for i, w := range k.words {
		if text[i].folded != w.folded {
			return false, false
		}
		exact = exact && text[i].exact == w.exact
	}
	return true, exact
}

var gravity = []Class{Banned, Restricted, Encouraged}

func inOrder(found map[int]*Hit) []Hit {
	var places []int
	for i := range found {
		places = append(places, i)
	}
	slices.SortFunc(places, func(a, b int) int {
		if order := slices.Index(gravity, found[a].Entry.List) - slices.Index(gravity, found[b].Entry.List); order != 0 {
			return order
		}
		return a - b
	})
	var hits []Hit
	for _, i := range places {
		hits = append(hits, *found[i])
	}
	return hits
}

// Entries returns the entries and examples of a list that hold on a day, in the order of the files.
func (l *Law) Entries(list Class, day when.Day) []Entry {
	var all []Entry
	for _, e := range l.entries {
		if e.List == list && e.Article.ValidOn(day) {
			all = append(all, e)
		}
	}
	return all
}

// Appendices returns the official lists that hold on a day, each with how many of its entries are
// loaded. As long as a list is not loaded whole, a text without a hit says nothing.
func (l *Law) Appendices(day when.Day) []Appendix {
	var all []Appendix
	for _, a := range l.appendices {
		if !a.Article.ValidOn(day) {
			continue
		}
		for _, e := range l.entries {
			if !e.Example && e.List == a.List && e.Article.ValidOn(day) && slices.Equal(sorted(e.Direction), sorted(a.directions)) {
				a.Loaded++
			}
		}
		all = append(all, a)
	}
	return all
}

func sorted(d []Direction) []Direction {
	if len(d) == 0 {
		d = Directions
	}
	return slices.Sorted(slices.Values(d))
}
