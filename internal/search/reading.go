package search

import "chonoi/internal/lang"

// Word is a word as it is compared.
type Word struct {
	Exact  string // lower case, composed, tone mark in its one place
	Folded string // Exact without marks, đ as d
	Marked bool   // Exact carries a mark or is spelt with đ
	Joined bool   // follows the word before it without a break of sentence or part
}

// Reading is what a query asks for, word by word, for those who keep queries and compare listings
// with them later.
type Reading struct {
	Tongue  lang.Tag // that the words were taken to be in
	Words   []Word   // those of Phrases among them
	Phrases [][]Word // must occur side by side
	Without [][]Word // must not occur
	Filters map[string][]string
}

// Read reads a query as Search reads it. Has tells whether a facet has a value; what is typed as
// subject:agri is a filter when it has, and words otherwise.
func (q Query) Read(has func(facet, value string) bool) Reading {
	asked := ask(q.Text, q.Whole, q.Reader, has)
	r := Reading{Tongue: asked.Tongue, Words: wordsOf(asked.words), Filters: asked.filters}
	for _, phrase := range asked.phrases {
		r.Phrases = append(r.Phrases, wordsOf(phrase))
	}
	for _, phrase := range asked.without {
		r.Without = append(r.Without, wordsOf(phrase))
	}
	return r
}

func wordsOf(all []sought) []Word {
	words := make([]Word, len(all))
	for i, s := range all {
		words[i] = Word{Exact: s.exact, Folded: s.folded, Marked: s.marked, Joined: s.joined}
	}
	return words
}

// Figure returns a figure of a listing, 0 when it is not told.
func (d *Doc) Figure(f Figure) int64 {
	switch f {
	case Published:
		return d.Published
	case TRL:
		return d.TRL
	case Price:
		return d.Price
	}
	return 0
}

// Frequency returns in how many listings of how many a folded word stands.
func (x *Index) Frequency(folded string) (found, of int) {
	return x.known(folded), x.Len()
}

// HasFacet reports whether some listing has that value of a facet.
func (x *Index) HasFacet(facet, value string) bool {
	return x.now.Load().knows(facet, value)
}

// CutWords appends the words of a text to dst, as a listing's texts are cut.
func CutWords(dst []Word, text string) []Word {
	a := analysers.Get().(*analyser)
	defer analysers.Put(a)
	for _, t := range a.tokens(nil, text) {
		dst = append(dst, Word{Exact: t.exact, Folded: t.folded, Marked: t.marked, Joined: !t.fresh})
	}
	return dst
}

// Root returns the stem of an English word, by which its forms find one another.
func Root(word string) string { return stem(word) }
