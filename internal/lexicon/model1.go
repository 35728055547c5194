package lexicon

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"chonoi/internal/lang"
)

// Pair is one text in both tongues.
type Pair = lang.Both

// Model is what texts in both tongues teach: how likely a word of one is said by a word of the
// other (IBM Model 1, Brown et al. 1993), kept for the likeliest only.
type Model struct {
	pairs  int
	tables [2]map[string][]Equivalent // by the tongue of the key: vi, en
}

// LeastPairs is how many texts in both tongues must be there before a model says anything.
const LeastPairs = 300

// Limits of learning, and what a model counts. Learnt from every other listing of the demonstration
// (1,333 texts) and asked for the rest, nDCG@10, lexicon alone -> always half and half -> by the number of
// texts: titles vi -> en .972 -> .982 -> .986, en -> vi .983 -> .975 -> .980; keywords vi -> en .804 -> .805
// -> .818, en -> vi .898 -> .885 -> .898; LibreOffice help vi -> en .571 -> .562 -> .576.
const (
	modelRounds   = 5
	modelWords    = 200  // of one side of a pair
	modelKept     = 4    // translations of a word
	modelLeast    = 0.1  // likelihood of one that is kept
	modelSeen     = 2    // texts in which a word must stand
	modelShare    = 0.5  // what a model of very many texts counts beside the lexicon;
	halfShare     = 2000 // one of so many texts counts half of that
	loneModel     = 0.3  // likelihood of one that is told without the lexicon
	mostPairs     = 100_000
	nullWordIndex = 0
)

// Pairs returns from how many texts the model was learnt.
func (m *Model) Pairs() int {
	if m == nil {
		return 0
	}
	return m.pairs
}

// Len returns how many words the model translates.
func (m *Model) Len() int {
	if m == nil {
		return 0
	}
	return len(m.tables[0]) + len(m.tables[1])
}

// Taught returns the lexicon with a model mixed in: half and half where both know a word and the
// model is of very many texts, and less of it when they are few; nil takes the model out. A model of fewer than LeastPairs texts says nothing.
func (l *Lexicon) Taught(m *Model) *Lexicon {
	if m.Pairs() < LeastPairs {
		m = nil
	}
	other := *l
	other.model = m
	return &other
}

// Learnt returns from how many texts the model was learnt that is mixed in; 0 when there is none.
func (l *Lexicon) Learnt() int { return l.model.Pairs() }

// Learn makes a model of texts in both tongues. A pair that lacks a side is passed over. It ends
// early with the context's error.
func (l *Lexicon) Learn(ctx context.Context, pairs []Pair) (*Model, error) {
	m := &Model{}
	var c corpus
	c.init()
	for _, p := range pairs[:min(len(pairs), mostPairs)] {
		vi, en := l.units(p.Vi, lang.Vi), l.units(p.En, lang.En)
		if len(vi) == 0 || len(en) == 0 {
			continue
		}
		m.pairs++
		c.add(vi, en)
	}
	for i := range lang.Tags {
		likely, err := c.learn(ctx, i)
		if err != nil {
			return nil, err
		}
		m.tables[i] = c.pruned(likely, i)
	}
	return m, nil
}

// unit is what a model translates: a known phrase or a word.
type unit struct{ key, shown string }

// units cuts a text into known phrases and words, in a form that all their spellings share.
func (l *Lexicon) units(text string, tongue lang.Tag) []unit {
	words := wordsOf(text, tongue)
	var units []unit
	for i := 0; i < len(words) && len(units) < modelWords; {
		n := 1
		for k, ends := range l.side(tongue).from(words[i:]) {
			if len(pick(ends, words[i:i+k+1], true)) > 0 {
				n = k + 1
			}
		}
		shown := strings.ToLower(text[words[i].start:words[i+n-1].end])
		if words[i].exact != "" {
			units = append(units, unit{unitKey(words[i:i+n], tongue), shown})
		}
		i += n
	}
	return units
}

func unitKey(words []word, tongue lang.Tag) string {
	if tongue == lang.Vi {
		return exactOf(words)
	}
	keys := make([]string, len(words))
	for i := range words {
		keys[i] = words[i].key
	}
	return strings.Join(keys, " ")
}

// corpus holds texts in both tongues as numbers. Number 0 is the empty word, to which words are due
// that the other text does not say.
type corpus struct {
	numbers [2]map[string]int32
	shown   [2][]string
	seen    [2][]int32
	texts   [][2][]int32
}

func (c *corpus) init() {
	for i := range c.numbers {
		c.numbers[i] = map[string]int32{}
		c.shown[i], c.seen[i] = []string{""}, []int32{0}
	}
}

func (c *corpus) add(vi, en []unit) {
	var text [2][]int32
	for i, units := range [][]unit{vi, en} {
		for _, u := range units {
			n, ok := c.numbers[i][u.key]
			if !ok {
				n = int32(len(c.shown[i]))
				c.numbers[i][u.key] = n
				c.shown[i], c.seen[i] = append(c.shown[i], u.shown), append(c.seen[i], 0)
			}
			if !slices.Contains(text[i], n) {
				c.seen[i][n]++
			}
			text[i] = append(text[i], n)
		}
	}
	c.texts = append(c.texts, text)
}

// learn returns how likely each word of tongue from is said by each of the other.
func (c *corpus) learn(ctx context.Context, from int) (map[uint64]float32, error) {
	likely := map[uint64]float32{}
	to := 1 - from
	for round := range modelRounds {
		counts := make(map[uint64]float32, len(likely))
		sums := make([]float32, len(c.shown[from]))
		for _, text := range c.texts {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			sources := append([]int32{nullWordIndex}, text[from]...)
			for _, target := range text[to] {
				total := float32(0)
				for _, source := range sources {
					total += likelihoodOf(likely, source, target, round)
				}
				for _, source := range sources {
					part := likelihoodOf(likely, source, target, round) / total
					counts[step(source, target)] += part
					sums[source] += part
				}
			}
		}
		for key, count := range counts {
			if counts[key] = count / sums[key>>32]; counts[key] < 1e-4 {
				delete(counts, key)
			}
		}
		likely = counts
	}
	return likely, nil
}

// likelihoodOf is alike for all in the first round; later what was given up is all but impossible.
func likelihoodOf(likely map[uint64]float32, source, target int32, round int) float32 {
	if round == 0 {
		return 1
	}
	return max(likely[step(source, target)], 1e-7)
}

// pruned keeps the likeliest translations of words that were seen often enough.
func (c *corpus) pruned(likely map[uint64]float32, from int) map[string][]Equivalent {
	by := make([][]Equivalent, len(c.shown[from]))
	for key, p := range likely {
		source, target := int32(key>>32), int32(uint32(key))
		if source != nullWordIndex && p >= modelLeast && c.seen[from][source] >= modelSeen && c.seen[1-from][target] >= modelSeen {
			by[source] = append(by[source], Equivalent{Text: c.shown[1-from][target], Weight: float64(p)})
		}
	}
	table := map[string][]Equivalent{}
	for key, n := range c.numbers[from] {
		if len(by[n]) == 0 {
			continue
		}
		slices.SortFunc(by[n], func(a, b Equivalent) int {
			return cmp.Or(cmp.Compare(b.Weight, a.Weight), strings.Compare(a.Text, b.Text))
		})
		table[key] = slices.Clip(by[n][:min(modelKept, len(by[n]))])
	}
	return table
}

// mixed mixes what the model says of words into what the lexicon says.
func (m *Model) mixed(also []Equivalent, words []word, from lang.Tag, usage Usage) []Equivalent {
	if m == nil {
		return also
	}
	var told []Equivalent
	for _, e := range m.tables[slices.Index(lang.Tags, from)][unitKey(words, from)] {
		if usage != nil {
			e.Weight *= math.Sqrt(float64(usage(e.Text)))
		}
		told = append(told, e)
	}
	if len(also) == 0 {
		told = slices.DeleteFunc(told, func(e Equivalent) bool { return e.Weight < loneModel })
		return shares(told)
	}
	told = shares(told)
	if len(told) == 0 {
		return also
	}
	share := modelShare * float64(m.pairs) / float64(m.pairs+halfShare)
	var both []Equivalent
	for _, e := range also {
		e.Weight *= 1 - share
		both = append(both, e)
	}
	for _, e := range told {
		e.Weight *= share
		both = addLearnt(both, e, from.Other())
	}
	return shares(both)
}

// addLearnt adds what a model says. A form of a word that the lexicon says counts for that.
func addLearnt(to []Equivalent, e Equivalent, tongue lang.Tag) []Equivalent {
	key := unitKey(wordsOf(e.Text, tongue), tongue)
	for i := range to {
		if unitKey(wordsOf(to[i].Text, tongue), tongue) == key {
			to[i].Weight += e.Weight
			return to
		}
	}
	return append(to, e)
}

// Learnt is one translation that a model knows.
type Learnt struct {
	Tongue     lang.Tag // of Word
	Word       string   // as it is looked up
	Said       string
	Likelihood float64
}

// Learnt returns all that the model knows, to be kept.
func (m *Model) Learnt() []Learnt {
	var all []Learnt
	if m == nil {
		return nil
	}
	for i, table := range m.tables {
		for word, said := range table {
			for _, e := range said {
				all = append(all, Learnt{lang.Tags[i], word, e.Text, e.Weight})
			}
		}
	}
	slices.SortFunc(all, func(a, b Learnt) int {
		return cmp.Or(strings.Compare(string(a.Tongue), string(b.Tongue)), strings.Compare(a.Word, b.Word), cmp.Compare(b.Likelihood, a.Likelihood), strings.Compare(a.Said, b.Said))
	})
	return all
}

// ModelOf returns the model that was kept, learnt from so many pairs.
func ModelOf(pairs int, all []Learnt) *Model {
	m := &Model{pairs: pairs, tables: [2]map[string][]Equivalent{{}, {}}}
	for _, l := range all {
		i := slices.Index(lang.Tags, l.Tongue)
		if i >= 0 {
			m.tables[i][l.Word] = append(m.tables[i][l.Word], Equivalent{Text: l.Said, Weight: l.Likelihood})
		}
	}
	return m
}
