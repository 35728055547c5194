package search

import (
	"math"
	"strings"

	"chonoi/internal/lang"
)

// entry says how much a listing has of a term, over all fields.
type entry struct {
	term   int32
	weight uint16
	fields uint8 // bit 1<<Field
}

// pairEntry says how much a listing has of two folded words side by side.
type pairEntry struct {
	key    uint64
	weight uint16
	fields uint8
}

// cuttings are listings cut into terms, one after the other. A cutter counts terms by numbers of its
// own, so that many can cut at the same time; body.learn brings them to those of a body.
type cuttings struct {
	news  []news
	known *[]int32 // the cutter's number -> the body's; only for who writes the body
	words []entry
	pairs []pairEntry
	ends  []end
}

// end tells where the entries of a listing end, and its weighted words.
type end struct {
	words, pairs int
	length       float32
}

// news is a word that its cutter met for the first time, or for the first time in English.
type news struct {
	form form
	word word   // by the cutter's numbers
	root string // the stem; only when it was met in English
}

// cutter cuts listings into terms. It remembers all words that it has met, and is for one goroutine
// at a time.
type cutter struct {
	runs  map[string]*met
	terms map[lemma]int32
	known *[]int32
	words tally
	pairs pairTally
	last  end // how much the last cuttings were, for the room of the next
}

// met is what a cutter knows of a run of letters and digits.
type met struct {
	word    // by the cutter's numbers
	form    form
	nothing bool // only marks are left of it
}

// lemma names a term: a word may be an exact form, a folded one and a stem.
type lemma struct {
	how  How
	name string
}

func newCutter() *cutter {
	return &cutter{runs: map[string]*met{}, terms: map[lemma]int32{}, known: new([]int32)}
}

// cut cuts listings. A cutter that remembers too many words begins anew, so that rubbish cannot fill it.
func (c *cutter) cut(docs []Doc) *cuttings {
	if len(c.runs) > rememberedWords {
		*c = *newCutter()
	}
	out := &cuttings{known: c.known, ends: make([]end, 0, len(docs)),
		words: make([]entry, 0, c.last.words*9/8), pairs: make([]pairEntry, 0, c.last.pairs*9/8)}
	for i := range docs {
		length := c.read(&docs[i], out)
		out.words = c.words.pour(out.words)
		out.pairs = c.pairs.pour(out.pairs)
		c.last = end{len(out.words), len(out.pairs), length}
		out.ends = append(out.ends, c.last)
	}
	return out
}

// read tallies a listing. Its length is that of its longer tongue, so that a translation does not
// count against it.
func (c *cutter) read(d *Doc, out *cuttings) float32 {
	var length [2]float64
	for f := range fieldCount {
		for i, tongue := range lang.Tags {
			words := c.readText(d.Fields[f].Only(tongue), f, tongue == lang.En, out)
			length[i] += float64(words) * float64(fieldWeight[f]) / weightUnit
		}
	}
	return float32(math.Max(length[0], length[1]))
}

// readText tallies one field in one tongue and returns how many words it has.
func (c *cutter) readText(text string, f Field, english bool, out *cuttings) (words int) {
	before := int32(-1)
	for s := (scanner{text: text, fresh: true}); s.next(); {
		w := c.runs[text[s.start:s.end]]
		if w == nil {
			w = c.meet(text[s.start:s.end], out)
		}
		if w.nothing {
			continue
		}
		words++
		c.words.add(w.exact, f)
		c.words.add(w.folded, f)
		if english {
			if w.stem < 0 {
				c.meetEnglish(w, out)
			}
			c.words.add(w.stem, f)
		}
		if before >= 0 && !s.fresh {
			c.pairs.add(pairKey(before, w.folded), f)
		}
		before, s.fresh = w.folded, false
	}
	return words
}

func (c *cutter) meet(run string, out *cuttings) *met {
	run = strings.Clone(run) // it must not keep the whole text
	f := newForm(run)
	w := &met{form: f, nothing: f.exact == "", word: word{stem: -1}}
	c.runs[run] = w
	if !w.nothing {
		w.folded, w.exact = c.term(Folded, f.folded), c.term(Exact, f.exact)
		out.news = append(out.news, news{form: f, word: w.word})
	}
	return w
}

func (c *cutter) meetEnglish(w *met, out *cuttings) {
	root := stem(w.form.exact)
	w.stem = c.term(Stem, root)
	out.news = append(out.news, news{form: w.form, word: w.word, root: root})
}

// term returns the cutter's number of a term.
func (c *cutter) term(how How, name string) int32 {
	n, ok := c.terms[lemma{how, name}]
	if !ok {
		n = int32(len(c.terms))
		c.terms[lemma{how, name}] = n
		c.words.of = append(c.words.of, entry{term: n})
	}
	return n
}

// tell says which term of the body a number of the cutter stands for.
func (c *cuttings) tell(number, term int32) {
	for int(number) >= len(*c.known) {
		*c.known = append(*c.known, -1)
	}
	(*c.known)[number] = term
}

// pairKey brings the key of a pair from the numbers of the cutter to those of the body.
func (c *cuttings) pairKey(key uint64) uint64 {
	return pairKey((*c.known)[key>>32], (*c.known)[uint32(key)])
}
