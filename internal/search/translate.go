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
	x.writing.Lock()
	defer x.writing.Unlock()
	next := x.now.Load().next()
	next.other = nil
	if l != nil {
		next.other = &dictionary{lexicon: l}
	}
	x.now.Store(next)
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
		w := sought{form: t.form, typed: text[t.start:t.end], joined: i > 0, key: wordKey(t.exact), fold: foldHash(t.folded)}
		if tongue == lang.En {
			w.stem = stem(w.exact)
			w.key = stemKey(w.stem)
		}
		s.words = append(s.words, w)
	}
	known.Store(text, s)
	return s
}

// render says the plain words of a query in the other tongue, as far as listings use the words for
// it. A phrase that is said twice counts twice.
func (v *snapshot) render(q *Asked) {
	d := v.other
	if d == nil || q.Empty() {
		return
	}
	to, slots := q.Tongue.Other(), v.slots()
	usage := func(text string) int { return v.usage(d.spoken(text, to)) }
	known := map[string]int{}
	for _, c := range d.lexicon.ConceptsIn(q.plain, q.Tongue, usage) {
		weight := translatedWeight * float64(countWords(c.Source))
		if n, ok := known[c.Source]; ok {
			q.renderings[n].weight += weight
			continue
		}
		known[c.Source] = len(q.renderings)
		r := rendering{source: c.Source, weight: weight}
		for _, e := range c.Also[:min(len(c.Also), mostWays)] {
			if e.Weight < leastWay {
				break
			}
			w := way{spoken: d.spoken(e.Text, to), share: e.Weight}
			w.common = float64(v.usage(w.spoken)) > max(fewListings, commonShare*float64(slots))
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

// usage returns in how many listings an equivalent stands at most: that of its rarest word. An
// English word is known by its stem, a Vietnamese one with its marks, for the lexicon knows them.
func (v *snapshot) usage(s *spoken) int {
	least := 0
	for i := range s.words {
		n := v.df(s.words[i].key)
		if n == 0 {
			return 0
		}
		if i == 0 || n < least {
			least = n
		}
	}
	return least
}

// df returns how many listings have a term.
func (v *snapshot) df(key uint64) (df int) {
	for _, part := range v.parts {
		if n, ok := part.lists.find(key); ok {
			df += part.list(n).df()
		}
	}
	for _, d := range v.head.docs {
		if _, ok := d.find(key); ok {
			df++
		}
	}
	return df
}

// addTranslated adds what a query is called in the other tongue to a plan: each way by its share,
// spread over its words, and pairs of them side by side. A phrase counts as much as the words that
// it is said with in the query.
func (p *plan) addTranslated(q *Asked) {
	for _, r := range q.renderings {
		for _, way := range r.ways {
			share := r.weight * way.share / float64(len(way.words))
			for i := range way.words {
				p.family(share, false, member{p.list(way.words[i].key), 1})
				if i > 0 {
					p.family(translatedPair*share, true, member{p.list(pairKey(way.words[i-1].fold, way.words[i].fold)), 1})
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
