package match

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
)

// How is the way in which a concept of a need was found in the other text.
type How string

// The ways, the surest first.
const (
	SameWord     How = "same"    // the same word
	WithoutMarks How = "folded"  // the same word without marks
	Part         How = "part"    // the same words, but not the whole phrase
	ByLexicon    How = "lexicon" // what the lexicon calls it in the other tongue
)

// Mark is a run of a passage of a party: bytes Start up to End of its text in Tongue.
type Mark struct {
	Passage    int
	Tongue     lang.Tag
	Start, End int
}

// Shared is a concept that both texts of a match tell of, with the words on which that rests.
type Shared struct {
	How           How
	Word, Matched string // as the need and as the other text write it
	Weight        float64
	Need, Supply  []Mark
}

// concept is one thing that a need tells of.
type concept struct {
	text   string
	own    phrase
	also   []phrase // in the other tongue, the likeliest first
	sure   int      // of also: those that are likely enough to be looked for beside the own tongue
	name   phrase   // itself in the other tongue; without words when it can be no name
	parts  []phrase // of it, the longest first
	weight float64
	marks  []Mark
}

// phrase is a run of words that is looked for, and the number of its first one among the sought.
type phrase struct {
	words []*form
	first int
}

// reading is a need cut into what it tells of, the weightiest first.
type reading struct {
	party    *Party
	tongue   lang.Tag
	concepts []concept
	whole    float64   // weight of all concepts that count
	sought   [2]sought // by tongue: words with which something begins that is looked for
}

// spread tells in how many texts of a collection of so many phrases can stand at most.
type spread func(tongue lang.Tag, phrases []string) (counts []int, of int)

// read cuts a need into its weightiest concepts: the phrases of the lexicon, and the words that it
// does not know. What a concept counts is told by how rare it is and by where it stands.
func read(need *Party, tongue lang.Tag, terms *lexicon.Lexicon, rare spread) *reading {
	x := readers.Get().(*reader)
	defer readers.Put(x)
	r := &reading{party: need, tongue: tongue}
	at := map[string]int{}
	for n, p := range need.Passages {
		text := p.Text.Only(tongue)
		words := x.words(nil, text, n)
		for _, piece := range pieces(text, words, tongue, terms) {
			key := piece.key(tongue)
			i, known := at[key]
			if !known {
				i = len(r.concepts)
				at[key] = i
				r.concepts = append(r.concepts, concept{text: text[words[piece.from].start:words[piece.to-1].end], own: phrase{words: piece.forms}, also: piece.also(x), sure: piece.sure})
			}
			c := &r.concepts[i]
			c.weight = math.Max(c.weight, p.Weight) + repeated*math.Min(c.weight, p.Weight)
			c.marks = append(c.marks, Mark{n, tongue, int(words[piece.from].start), int(words[piece.to-1].end)})
		}
	}
	r.weigh(rare)
	r.seek()
	return r
}

// piece is a run of words that is one concept.
type piece struct {
	from, to int // words
	forms    []*form
	said     []string // in the other tongue
	sure     int      // of said
}

// also is what a piece is called in the other tongue, cut into words.
func (p *piece) also(x *reader) (all []phrase) {
	for _, text := range p.said {
		var forms []*form
		for _, w := range x.words(nil, text, 0) {
			forms = append(forms, w.form)
		}
		all = append(all, phrase{words: forms})
	}
	return all
}

func (p *piece) key(tongue lang.Tag) string {
	var b strings.Builder
	for _, f := range p.forms {
		b.WriteString(f.name(tongue))
		b.WriteByte(' ')
	}
	return b.String()
}

// name is by what a word is looked up: without its marks, and in English by its stem.
func (f *form) name(tongue lang.Tag) string {
	if tongue == lang.En {
		return f.stem
	}
	return f.folded
}

// pieces are the concepts of a text in their order.
func pieces(text string, words []word, tongue lang.Tag, terms *lexicon.Lexicon) []piece {
	var known []lexicon.Concept
	if terms != nil {
		known = terms.Concepts(text, tongue)
	}
	var all []piece
	for i := 0; i < len(words); {
		for len(known) > 0 && known[0].From < int(words[i].start) {
			known = known[1:]
		}
		one := piece{from: i, to: i + 1}
		if len(known) > 0 && known[0].From == int(words[i].start) {
			for one.to < len(words) && int(words[one.to].end) <= known[0].To {
				one.to++
			}
			for _, e := range known[0].Also {
				if e.Weight >= leastEquivalent {
					one.said = append(one.said, e.Text)
				}
				if e.Weight >= sureEquivalent && one.to-one.from > 1 {
					one.sure = len(one.said)
				}
			}
			known = known[1:]
		}
		for _, w := range words[one.from:one.to] {
			one.forms = append(one.forms, w.form)
		}
		if one.tells(tongue) {
			all = append(all, one)
		}
		i = one.to
	}
	return all
}

// tells reports whether a piece says anything of a subject: no figure, no idle word, no single letter.
func (p *piece) tells(tongue lang.Tag) bool {
	for _, f := range p.forms {
		if !f.figure && !f.idle(tongue) && len(f.folded) > 1 {
			return true
		}
	}
	return false
}

// weigh gives the concepts their weights and keeps those that count.
func (r *reading) weigh(rare spread) {
	phrases := make([]string, len(r.concepts))
	for i := range r.concepts {
		phrases[i] = r.concepts[i].text
	}
	counts, of := rare(r.tongue, phrases)
	for i := range r.concepts {
		r.concepts[i].weight *= rarity(counts[i], of)
	}
	r.concepts = slices.DeleteFunc(r.concepts, func(c concept) bool { return c.weight <= 0 })
	slices.SortStableFunc(r.concepts, func(a, b concept) int { return cmp.Compare(b.weight, a.weight) })
	r.concepts = r.concepts[:min(len(r.concepts), mostConcepts)]
	for _, c := range r.concepts {
		r.whole += c.weight
	}
}

// seek notes with which words something begins that is looked for: concepts, parts of them, and what
// they are called in the other tongue.
func (r *reading) seek() {
	own, other := &r.sought[number(r.tongue)], &r.sought[number(r.tongue.Other())]
	for i := range r.concepts {
		c := &r.concepts[i]
		own.add(&c.own, r.tongue)
		for n := range c.also {
			other.add(&c.also[n], r.tongue.Other())
		}
		if c.isName() {
			c.name = phrase{words: c.own.words}
			other.add(&c.name, r.tongue.Other())
		}
		c.parts = partsOf(c.own.words, r.tongue)
		for n := range c.parts {
			own.add(&c.parts[n], r.tongue)
		}
	}
}

// partsOf are the parts of a phrase that tell something themselves, the longest first.
func partsOf(words []*form, tongue lang.Tag) (all []phrase) {
	least := 2
	if tongue == lang.En {
		least = 1
	}
	for n := len(words) - 1; n >= least; n-- {
		for from := 0; from+n <= len(words); from++ {
			if one := (piece{forms: words[from : from+n]}); one.tells(tongue) {
				all = append(all, phrase{words: one.forms})
			}
		}
	}
	return all
}

// isName reports whether a concept may be a name or an abbreviation, which is the same in both tongues.
func (c *concept) isName() bool {
	return len(c.also) == 0 && !slices.ContainsFunc(c.own.words, func(f *form) bool { return f.marks != "" })
}

// sought are words that are looked for in a text. Of the other words nearly all are told by a bit.
type sought struct {
	bits    [64]uint64
	numbers map[string]int
}

// add takes in the first word of a phrase and tells the phrase its number.
func (s *sought) add(p *phrase, tongue lang.Tag) {
	if len(p.words) == 0 {
		return
	}
	if s.numbers == nil {
		s.numbers = map[string]int{}
	}
	first := p.words[0]
	n, known := s.numbers[first.name(tongue)]
	if !known {
		n = len(s.numbers)
		s.numbers[first.name(tongue)] = n
		hash := first.hashes[number(tongue)]
		s.bits[hash>>6&63] |= 1 << (hash & 63)
	}
	p.first = n
}

// number is that of a word that is looked for, ok is false for any other.
func (s *sought) number(f *form, tongue lang.Tag) (n int, ok bool) {
	hash := f.hashes[number(tongue)]
	if s.bits[hash>>6&63]&(1<<(hash&63)) == 0 {
		return 0, false
	}
	n, ok = s.numbers[f.name(tongue)]
	return n, ok
}

// rarity is what a phrase counts that stands in some of so many texts. What nearly all tell of counts
// nothing, and what nobody else tells of counts no more than what few do: it may be misspelt.
func rarity(count, of int) float64 {
	n := float64(of)
	w := math.Log((n + 2) / (float64(count) + 1 + n/fewShare))
	if of >= fewTexts && w < commonRarity {
		return 0
	}
	return math.Max(w, 0)
}
