package search

import (
	"sync"

	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
)

// Also tells a word or phrase of a query, as typed, and what it was also searched for in the other
// tongue, the likeliest first.
type Also struct {
	Word string
	Said []string
}

// rendering is a word or phrase of a query in the other tongue.
type rendering struct {
	source string
	weight float64 // of all its ways
	ways   []way
}

// way is one equivalent of a phrase.
type way struct {
	*spoken
	share  float64 // of all ways
	common bool    // some word of it stands in so many listings that it is not told
}

// spoken is an equivalent, cut into words that are sought in its tongue.
type spoken struct {
	text  string
	words []sought
}

// dictionary is what an index translates queries with. It remembers the equivalents that it has cut.
type dictionary struct {
	lexicon *lexicon.Lexicon
	cut     [2]sync.Map // text -> *spoken, by the tongue of the text: vi, en
}

// Translate lets queries in one tongue find listings in the other, from the next search on. No
// lexicon, and listings are found in the words of the query only.
func (x *Index) Translate(l *lexicon.Lexicon) {
	var d *dictionary
	if l != nil {
		d = &dictionary{lexicon: l}
	}
	x.dictionary.Store(d)
	x.mu.RLock()
	defer x.mu.RUnlock()
	x.kept.forget()
}

// spoken returns an equivalent cut into words.
func (d *dictionary) spoken(text string, tongue lang.Tag) *spoken {
	known := &d.cut[0]
	if tongue == lang.En {
		known = &d.cut[1]
	}
	if s, ok := known.Load(text); ok {
		return s.(*spoken)
	}
	a := analysers.Get().(*analyser)
	defer analysers.Put(a)
	s := &spoken{text: text}
	for i, t := range a.tokens(nil, text) {
		w := sought{form: t.form, typed: text[t.start:t.end], joined: i > 0}
		if tongue == lang.En {
			w.stem = stem(w.exact)
		}
		s.words = append(s.words, w)
	}
	known.Store(text, s)
	return s
}

// render says the plain words of a query in the other tongue, as far as listings of the body use the
// words for it.
func (d *dictionary) render(q *Asked, x *body) {
	if d == nil || q.Empty() {
		return
	}
	to := q.Tongue.Other()
	usage := func(text string) int { return x.usage(d.spoken(text, to)) }
	for _, c := range d.lexicon.ConceptsIn(q.plain, q.Tongue, usage) {
		r := rendering{source: c.Source, weight: translatedWeight * float64(countWords(c.Source))}
		for _, e := range c.Also[:min(len(c.Also), mostWays)] {
			if e.Weight < leastWay {
				continue
			}
			w := way{spoken: d.spoken(e.Text, to), share: e.Weight}
			w.common = float64(x.usage(w.spoken)) > max(fewListings, commonShare*float64(len(x.keys)))
			r.ways = append(r.ways, w)
		}
		q.renderings = append(q.renderings, r)
	}
}

func countWords(text string) (n int) {
	for s := (scanner{text: text}); s.next(); {
		n++
	}
	return n
}

// usage returns in how many listings an equivalent stands at most: that of its rarest word.
func (x *body) usage(s *spoken) int {
	least := 0
	for i := range s.words {
		id, ok := x.spokenTerm(&s.words[i])
		if !ok {
			return 0
		}
		if n := len(x.postings[id]); i == 0 || n < least {
			least = n
		}
	}
	return least
}

// spokenTerm returns the term of a word that was translated: its stem in English, and in Vietnamese
// the very word, for the lexicon knows its marks.
func (x *body) spokenTerm(w *sought) (int32, bool) {
	if w.stem != "" {
		id, ok := x.stems[w.stem]
		return id, ok
	}
	entry, ok := x.words[w.exact]
	return entry.exact, ok
}

// planTranslated adds what a query is called in the other tongue to a plan: each way by its share,
// spread over its words, and pairs of them side by side. A phrase counts as much as the words that
// it is said with in the query.
func (x *body) planTranslated(q *Asked, p *plan) {
	w := english
	if q.Tongue == lang.En {
		w = vietnamese
	}
	words, pairs := p.adder(w.k1), p.adder(w.pairK1)
	for _, r := range q.renderings {
		for _, way := range r.ways {
			share := r.weight * way.share / float64(len(way.words))
			for i := range way.words {
				if id, ok := x.spokenTerm(&way.words[i]); ok {
					words(id, x.postings[id], share)
				}
				if i > 0 {
					id, list := x.pair(&way.words[i-1], &way.words[i])
					pairs(id, list, translatedPair*share)
				}
			}
		}
	}
}

// Also returns what a query was also searched for in the other tongue, each phrase of it once. Words
// that nearly every listing has are not told.
func (q Asked) Also() []Also {
	var all []Also
	told := map[string]bool{}
	for _, r := range q.renderings {
		a := Also{Word: r.source}
		for _, way := range r.ways {
			if !way.common && !told[way.text] && way.share >= toldWay && len(a.Said) < mostSaid {
				told[way.text] = true
				a.Said = append(a.Said, way.text)
			}
		}
		if len(a.Said) > 0 {
			all = append(all, a)
		}
	}
	return all
}
