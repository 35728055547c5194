package lexicon

import (
	"cmp"
	"math"
	"slices"

	"chonoi/internal/lang"
)

// Concept is a word or phrase of a text with what it is called in the other tongue.
type Concept struct {
	From, To int // bytes of the text
	Source   string
	Also     []Equivalent // the likeliest first
}

// Equivalent is one way to say a concept in the other tongue.
type Equivalent struct {
	Text   string
	Weight float64 // the weights of a concept sum to 1
	Field  string
	Note   string
}

// Usage tells in how many texts of a collection a phrase stands, or a guess at it. Equivalents that
// are used more weigh more, and those that are never used are left out.
type Usage func(phrase string) int

// At most that many equivalents of a concept are told.
const mostEquivalents = 8

// Concepts returns what a text in one tongue says, in order and apart: at each word the longest
// phrase that is known, as it was typed or, failing that, without marks. Words that nobody knows,
// names and numbers among them, are no concept.
func (l *Lexicon) Concepts(text string, from lang.Tag) []Concept {
	return l.ConceptsIn(text, from, nil)
}

// ConceptsIn does what Concepts does for a collection: where a phrase has no equivalent that is used
// in it, the shorter phrases within are taken.
func (l *Lexicon) ConceptsIn(text string, from lang.Tag, usage Usage) []Concept {
	words := wordsOf(text, from)
	strict := isStrict(words, from)
	var found []Concept
	for i := 0; i < len(words); {
		n, also := l.longest(words[i:], from, strict, usage)
		if n == 0 {
			i++
			continue
		}
		c := Concept{From: words[i].start, To: words[i+n-1].end, Also: also}
		c.Source = text[c.From:c.To]
		found = append(found, c)
		i += n
	}
	return found
}

// isStrict reports whether words are to be taken as they were typed: marks that are missing are
// missing on purpose where others were typed.
func isStrict(words []word, tongue lang.Tag) bool {
	return tongue == lang.En || slices.ContainsFunc(words, func(w word) bool { return w.marked })
}

// longest returns how many words are the longest phrase that begins with the first, and what it is
// called; 0 when there is none.
func (l *Lexicon) longest(words []word, from lang.Tag, strict bool, usage Usage) (int, []Equivalent) {
	side := l.side(from)
	found := side.from(words)
	for n := len(found); n > 0; n-- {
		also := l.equivalents(pick(found[n-1], words[:n], strict), from, usage)
		also = l.model.mixed(also, words[:n], from, usage)
		if len(also) > 0 {
			return n, also
		}
	}
	if len(found) == 0 {
		if also := l.model.mixed(nil, words[:1], from, usage); len(also) > 0 {
			return 1, also
		}
	}
	return 0, nil
}

// equivalents weighs what headwords are called in the other tongue. What counts is the likelihood of
// Vietnamese -> English, which is what the weight of a term says; in the other direction it is turned
// by Bayes' rule, so that a rare word with one sense does not win over the usual one.
func (l *Lexicon) equivalents(heads []headword, from lang.Tag, usage Usage) []Equivalent {
	var also []Equivalent
	for _, h := range heads {
		for _, n := range h.terms {
			t := &l.terms[n]
			e := Equivalent{Text: t.In(from.Other()), Weight: l.likelihood(t, from), Field: t.Field, Note: t.Note}
			if usage != nil {
				e.Weight *= math.Sqrt(float64(usage(e.Text)))
			}
			also = add(also, e)
		}
	}
	return shares(also)
}

// likelihood returns how likely the other side of a term is meant by this one, up to a factor that
// all terms of this side share.
func (l *Lexicon) likelihood(t *Term, from lang.Tag) float64 {
	own := float64(t.Weight * t.Weight)
	if from == lang.Vi {
		return own
	}
	sum := 0.0
	words := wordsOf(t.Vi, lang.Vi)
	for _, h := range l.vi.at(words, true) {
		for _, n := range h.terms {
			w := float64(l.terms[n].Weight)
			sum += w * w
		}
	}
	return own * own / max(sum, own)
}

// add adds an equivalent, or its weight to that of the same text.
func add(to []Equivalent, e Equivalent) []Equivalent {
	for i := range to {
		if to[i].Text == e.Text {
			to[i].Weight += e.Weight
			return to
		}
	}
	return append(to, e)
}

// shares orders equivalents and makes their weights sum to 1; those without weight are left out.
func shares(of []Equivalent) []Equivalent {
	of = slices.DeleteFunc(of, func(e Equivalent) bool { return e.Weight <= 0 })
	slices.SortStableFunc(of, func(a, b Equivalent) int { return cmp.Compare(b.Weight, a.Weight) })
	of = of[:min(len(of), mostEquivalents)]
	sum := 0.0
	for _, e := range of {
		sum += e.Weight
	}
	for i := range of {
		of[i].Weight /= sum
	}
	return of
}
