package match

import (
	"cmp"
	"slices"
	"sync"

	"chonoi/internal/lang"
)

// body is a supply cut into words, for looking concepts up in it.
type body struct {
	party *Party
	words [2][]word // by tongue: vi, en
	tells [2]bool   // whether its title or summary is told in the tongue
}

// searched is a supply in which one need is looked up.
type searched struct {
	*body
	at [2][][]int32 // by tongue and number of a word that is looked for: where it stands
}

var (
	bodies = sync.Pool{New: func() any { return new(body) }}
	looks  = sync.Pool{New: func() any { return new(searched) }}
)

// newBody cuts a supply. Whoever needs it no longer may call free.
func newBody(p *Party) *body {
	x := readers.Get().(*reader)
	defer readers.Put(x)
	b := bodies.Get().(*body)
	b.party = p
	for i, tongue := range lang.Tags {
		b.words[i] = b.words[i][:0]
		for n := range p.Passages {
			b.words[i] = x.words(b.words[i], p.Passages[n].Text.Only(tongue), n)
		}
		b.tells[i] = p.tells(tongue)
	}
	return b
}

// length is how many words the supply has, in the tongue in which it tells more.
func (b *body) length() int { return max(len(b.words[0]), len(b.words[1])) }

func (b *body) free() {
	b.party = nil
	bodies.Put(b)
}

// searched notes where the words stand that a need looks for.
func (b *body) searched(r *reading) *searched {
	s := looks.Get().(*searched)
	s.body = b
	for i, tongue := range lang.Tags {
		for len(s.at[i]) < len(r.sought[i].numbers) {
			s.at[i] = append(s.at[i], nil)
		}
		for n := range s.at[i] {
			s.at[i][n] = s.at[i][n][:0]
		}
		for n := range b.words[i] {
			if name, ok := r.sought[i].number(b.words[i][n].form, tongue); ok {
				s.at[i][name] = append(s.at[i][name], int32(n))
			}
		}
	}
	return s
}

func (b *searched) free() {
	b.body = nil
	looks.Put(b)
}

func number(tongue lang.Tag) int {
	if tongue == lang.En {
		return 1
	}
	return 0
}

// find returns where a phrase stands, and whether with its very marks in one of the places.
func (b *searched) find(p *phrase, tongue lang.Tag) (marks []Mark, exact bool) {
	i := number(tongue)
	for _, from := range b.at[i][p.first] {
		run := b.run(i, from, p)
		ok, same := follows(run, p.words, tongue)
		if !ok {
			continue
		}
		if same && !exact {
			marks, exact = nil, true // those that are surer stand alone
		}
		if same == exact {
			marks = append(marks, Mark{int(run[0].passage), tongue, int(run[0].start), int(run[len(run)-1].end)})
		}
	}
	return marks, exact
}

// has reports whether a phrase stands somewhere, and whether with its very marks.
func (b *searched) has(p *phrase, tongue lang.Tag) (found, exact bool) {
	i := number(tongue)
	for _, from := range b.at[i][p.first] {
		ok, same := follows(b.run(i, from, p), p.words, tongue)
		if same {
			return true, true
		}
		found = found || ok
	}
	return found, false
}

// run is as many words as a phrase has, from one of them on; none when there are fewer.
func (b *searched) run(tongue int, from int32, p *phrase) []word {
	if int(from)+len(p.words) > len(b.words[tongue]) {
		return nil
	}
	return b.words[tongue][from : int(from)+len(p.words)]
}

func follows(run []word, words []*form, tongue lang.Tag) (ok, same bool) {
	if len(run) == 0 {
		return false, false
	}
	same = true
	for n := range words {
		w := &run[n]
		switch {
		case n > 0 && (w.fresh || w.passage != run[0].passage):
			return false, false
		case w.form == words[n]:
		case tongue == lang.En:
			if w.stem != words[n].stem {
				return false, false
			}
		case !w.like(words[n]):
			return false, false
		default:
			same = same && w.same(words[n])
		}
	}
	return true, same
}

// textAt is what a mark covers.
func (p *Party) textAt(m Mark) string {
	return p.Passages[m.Passage].Text.Only(m.Tongue)[m.Start:m.End]
}

// share looks the concepts of a need up in a supply. Covered is the part of their weight that was
// found, 0 to 1.
func share(r *reading, b *body) (shared []Shared, covered float64) {
	in := b.searched(r)
	defer in.free()
	for i := range r.concepts {
		c := &r.concepts[i]
		how, p, part := c.in(in, r.tongue)
		if part == 0 {
			continue
		}
		tongue := r.tongue
		if how == ByLexicon || p == &c.name {
			tongue = tongue.Other()
		}
		marks, _ := in.find(p, tongue)
		s := Shared{How: how, Word: c.text, Matched: b.party.textAt(marks[0]), Weight: c.weight * part, Need: c.marks, Supply: marks}
		covered += s.Weight
		shared = append(shared, s)
	}
	slices.SortStableFunc(shared, func(a, b Shared) int { return cmp.Compare(b.Weight, a.Weight) })
	if r.whole > 0 {
		covered /= r.whole
	}
	return shared, covered
}

// cover is how much share finds covered, without telling by what.
func cover(r *reading, b *body) (covered float64) {
	in := b.searched(r)
	defer in.free()
	for i := range r.concepts {
		if _, _, part := r.concepts[i].in(in, r.tongue); part > 0 {
			covered += r.concepts[i].weight * part
		}
	}
	if r.whole > 0 {
		covered /= r.whole
	}
	return covered
}

// in looks for a concept in a supply: the word itself, in the other tongue, a part of the phrase. It
// returns which phrase stands there, and what of the weight of the concept counts as found.
func (c *concept) in(b *searched, tongue lang.Tag) (How, *phrase, float64) {
	if found, exact := b.has(&c.own, tongue); exact {
		return SameWord, &c.own, 1
	} else if found {
		return WithoutMarks, &c.own, foldedPart
	}
	also := c.also
	if b.tells[number(tongue)] {
		also = also[:c.sure] // where both speak one tongue, the other one helps only to find what is surely the same
	}
	for i := range also {
		if len(also[i].words) == 0 {
			continue
		}
		if found, _ := b.has(&also[i], tongue.Other()); found {
			return ByLexicon, &also[i], lexiconPart
		}
	}
	if len(c.name.words) > 0 {
		if _, exact := b.has(&c.name, tongue.Other()); exact {
			return SameWord, &c.name, 1
		}
	}
	for i := range c.parts {
		if _, exact := b.has(&c.parts[i], tongue); exact {
			return Part, &c.parts[i], phrasePart * float64(len(c.parts[i].words)) / float64(len(c.own.words))
		}
	}
	return "", nil, 0
}
