package route

import (
	"maps"
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

const (
	mostScreened  = 1 << 20 // bytes of a text that are screened
	mostSpellings = 1000    // of one keyword in a text, marks apart
)

// node is a place in the tree of keywords: the words on the way to it are a beginning of keywords.
type node struct {
	next map[string]*node
	ends []keyword // that end here: the same words, perhaps with other marks
}

type keyword struct {
	entry, place int    // of the entry among all, of the keyword in the entry
	exact        string // its words with their marks
}

// word is a word of a text: without marks and case, and with its marks.
type word struct{ folded, exact string }

func (l *Law) buildIndex() {
	l.index = &node{}
	for i, e := range l.entries {
		for place, k := range e.Keywords {
			at, all := l.index, wordsOf(k)
			for _, w := range all {
				if at.next == nil {
					at.next = map[string]*node{}
				}
				if at.next[w.folded] == nil {
					at.next[w.folded] = &node{}
				}
				at = at.next[w.folded]
			}
			at.ends = append(at.ends, keyword{i, place, exactly(all)})
		}
	}
}

func exactly(all []word) string {
	var b strings.Builder
	for _, w := range all {
		b.WriteString(w.exact)
		b.WriteByte(' ')
	}
	return b.String()
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
	all := wordsOf(strings.ToValidUTF8(text[:min(len(text), mostScreened)], " "))
	seen := map[*node]map[string]bool{} // where keywords end, and with which marks
	for from := range all {
		at := l.index
		for to := from; to < len(all) && at != nil; to++ {
			at = at.next[all[to].folded]
			if at != nil && len(at.ends) > 0 {
				if seen[at] == nil {
					seen[at] = map[string]bool{}
				}
				if len(seen[at]) < mostSpellings {
					seen[at][exactly(all[from:to+1])] = true
				}
			}
		}
	}
	found, exact := map[int][]int{}, map[int]bool{}
	for at, spelt := range seen {
		for _, k := range at.ends {
			if e := &l.entries[k.entry]; has(e.Direction, direction) && e.Article.ValidOn(day) {
				found[k.entry] = append(found[k.entry], k.place)
				exact[k.entry] = exact[k.entry] || spelt[k.exact]
			}
		}
	}
	return l.hits(found, exact)
}

var gravity = []Class{Banned, Restricted, Encouraged}

// hits puts what was found into order: the gravest list first, then as the files have it.
func (l *Law) hits(found map[int][]int, exact map[int]bool) []Hit {
	entries := slices.SortedFunc(maps.Keys(found), func(a, b int) int {
		if order := slices.Index(gravity, l.entries[a].List) - slices.Index(gravity, l.entries[b].List); order != 0 {
			return order
		}
		return a - b
	})
	var hits []Hit
	for _, i := range entries {
		hit := Hit{Entry: l.entries[i], Exact: exact[i]}
		slices.Sort(found[i])
		for _, place := range found[i] {
			hit.Found = append(hit.Found, hit.Entry.Keywords[place])
		}
		hits = append(hits, hit)
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
