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
	words [2][]placed // by tongue: vi, en
	at    [2][][]int  // room for those in which a need is looked up
}

// searched is a supply in which one need is looked up.
type searched struct {
	*body
	sought *[2]map[string]int
	at     [2][][]int // by tongue and number of a word that is looked for: where it stands
}

// placed is a word with the passage that it stands in.
type placed struct {
	word
	passage int
}

var bodies = sync.Pool{New: func() any { return new(body) }}

func newBody(p *Party) *body {
	x := readers.Get().(*reader)
	defer readers.Put(x)
	b := bodies.Get().(*body)
	b.party = p
	for i, tongue := range lang.Tags {
		b.words[i] = b.words[i][:0]
		for n := range p.Passages {
			x.scratch = x.into(x.scratch[:0], p.Passages[n].Text.Only(tongue))
			b.words[i] = slices.Grow(b.words[i], len(x.scratch))
			for _, w := range x.scratch {
				b.words[i] = append(b.words[i], placed{w, n})
			}
		}
	}
	return b
}

// done gives the room of a body back, when nothing is looked up in it any more.
func (b *body) done() {
	b.party = nil
	bodies.Put(b)
}

// searched notes where the words stand that a need looks for. One need at a time is looked up.
func (b *body) searched(r *reading) *searched {
	s := &searched{body: b, sought: &r.sought}
	for i, tongue := range lang.Tags {
		for len(b.at[i]) < len(r.sought[i]) {
			b.at[i] = append(b.at[i], nil)
		}
		s.at[i] = b.at[i][:len(r.sought[i])]
		for n := range s.at[i] {
			s.at[i][n] = s.at[i][n][:0]
		}
		for n := range b.words[i] {
			if at, ok := r.sought[i][b.words[i][n].name(tongue)]; ok {
				s.at[i][at] = append(s.at[i][at], n)
			}
		}
	}
	return s
}

// begins lists where a word stands in the words of a tongue.
func (b *searched) begins(i int, name string) []int {
	at, ok := b.sought[i][name]
	if !ok {
		return nil
	}
	return b.at[i][at]
}

func number(tongue lang.Tag) int {
	if tongue == lang.En {
		return 1
	}
	return 0
}

// find returns where a phrase stands, and whether with its very marks in one of the places.
func (b *searched) find(words []*form, tongue lang.Tag) (marks []Mark, exact bool) {
	i := number(tongue)
	for _, from := range b.begins(i, words[0].name(tongue)) {
		if from+len(words) > len(b.words[i]) {
			continue
		}
		run := b.words[i][from : from+len(words)]
		ok, same := follows(run, words, tongue)
		if !ok {
			continue
		}
		if same && !exact {
			marks, exact = nil, true // those that are surer stand alone
		}
		if same == exact {
			marks = append(marks, Mark{run[0].passage, tongue, run[0].start, run[len(run)-1].end})
		}
	}
	return marks, exact
}

func follows(run []placed, words []*form, tongue lang.Tag) (ok, same bool) {
	same = true
	for n := range words {
		w := &run[n]
		switch {
		case n > 0 && (w.fresh || w.passage != run[0].passage):
			return false, false
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
	for i := range r.concepts {
		s, part := r.concepts[i].in(in, r.tongue)
		if part == 0 {
			continue
		}
		s.Weight = r.concepts[i].weight * part
		covered += s.Weight
		shared = append(shared, s)
	}
	slices.SortStableFunc(shared, func(a, b Shared) int { return cmp.Compare(b.Weight, a.Weight) })
	if r.whole > 0 {
		covered /= r.whole
	}
	return shared, covered
}

// isName reports whether a concept may be a name or an abbreviation, which is the same in both tongues.
func (c *concept) isName() bool {
	return len(c.also) == 0 && !slices.ContainsFunc(c.words, func(f *form) bool { return f.marks != "" })
}

// in looks for a concept in a supply: the word itself, in the other tongue, a part of the phrase.
// Part is what of its weight counts as found.
func (c *concept) in(b *searched, tongue lang.Tag) (s Shared, part float64) {
	s = Shared{Word: c.text, Need: c.marks}
	found := func(how How, marks []Mark, part float64) (Shared, float64) {
		s.How, s.Supply, s.Matched = how, marks, b.party.textAt(marks[0])
		return s, part
	}
	if marks, exact := b.find(c.words, tongue); len(marks) > 0 {
		if exact {
			return found(SameWord, marks, 1)
		}
		return found(WithoutMarks, marks, foldedPart)
	}
	also := c.also
	if b.party.tells(tongue) {
		also = also[:c.sure] // where both speak one tongue, the other one helps only to find what is surely the same
	}
	for _, words := range also {
		if len(words) == 0 {
			continue
		}
		if marks, _ := b.find(words, tongue.Other()); len(marks) > 0 {
			return found(ByLexicon, marks, lexiconPart)
		}
	}
	if c.isName() {
		if marks, exact := b.find(c.words, tongue.Other()); len(marks) > 0 && exact {
			return found(SameWord, marks, 1)
		}
	}
	least := 2
	if tongue == lang.En {
		least = 1
	}
	for n := len(c.words) - 1; n >= least; n-- {
		for from := 0; from+n <= len(c.words); from++ {
			words := c.words[from : from+n]
			if one := (piece{forms: words}); !one.tells(tongue) {
				continue
			}
			if marks, exact := b.find(words, tongue); len(marks) > 0 && exact {
				return found(Part, marks, phrasePart*float64(n)/float64(len(c.words)))
			}
		}
	}
	return s, 0
}
