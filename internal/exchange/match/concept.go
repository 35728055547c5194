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
	words  []*form
	also   [][]*form // in the other tongue, the likeliest first
	sure   int       // of also: those that are likely enough to be looked for beside the own tongue
	weight float64
	marks  []Mark
}

// reading is a need cut into what it tells of, the weightiest first.
type reading struct {
	party    *Party
	tongue   lang.Tag
	concepts []concept
	whole    float64           // weight of all concepts that count
	sought   [2]map[string]int // by tongue: words with which something begins that is looked for, each with its own number
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
		words := x.words(text)
		for _, piece := range pieces(text, words, tongue, terms) {
			key := piece.key(tongue)
			i, known := at[key]
			if !known {
				i = len(r.concepts)
				at[key] = i
				r.concepts = append(r.concepts, concept{text: text[words[piece.from].start:words[piece.to-1].end], words: piece.forms, also: piece.also(x), sure: piece.sure})
			}
			c := &r.concepts[i]
			c.weight = math.Max(c.weight, p.Weight) + repeated*math.Min(c.weight, p.Weight)
			c.marks = append(c.marks, Mark{n, tongue, words[piece.from].start, words[piece.to-1].end})
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
func (p *piece) also(x *reader) (all [][]*form) {
	for _, text := range p.said {
		var forms []*form
		for _, w := range x.words(text) {
			forms = append(forms, w.form)
		}
		all = append(all, forms)
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
		for len(known) > 0 && known[0].From < words[i].start {
			known = known[1:]
		}
		one := piece{from: i, to: i + 1}
		if len(known) > 0 && known[0].From == words[i].start {
			for one.to < len(words) && words[one.to].end <= known[0].To {
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
	own, other := number(r.tongue), number(r.tongue.Other())
	r.sought = [2]map[string]int{{}, {}}
	seek := func(i int, name string) {
		if _, known := r.sought[i][name]; !known {
			r.sought[i][name] = len(r.sought[i])
		}
	}
	for i := range r.concepts {
		c := &r.concepts[i]
		for _, f := range c.words {
			seek(own, f.name(r.tongue))
		}
		seek(other, c.words[0].name(r.tongue.Other()))
		for _, words := range c.also {
			if len(words) > 0 {
				seek(other, words[0].name(r.tongue.Other()))
			}
		}
	}
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
