package standing

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"chonoi/internal/lang"
	"chonoi/internal/search"
)

// watch is a watch made ready for comparing.
type watch struct {
	id      string
	query   search.Query // of a whole watch
	number  int          // of no other watch
	whole   bool
	demands []demand
	weights []float32 // of the demands of a whole watch; together 1
	must    []demand  // filters of a whole watch
	without []demand
	bounds  map[search.Figure]search.Bound
	anchor  []int32
}

// demand is met by one of its ways; said is how it was asked, "" for a filter.
type demand struct {
	said string
	ways []way
}

// way is met when all its parts are, each by one of its terms.
type way [][]int32

// keys returns terms of which a listing that meets the demand has at least one: of each way those of
// its first part.
func (d demand) keys() []int32 {
	var keys []int32
	for _, w := range d.ways {
		keys = append(keys, w[0]...)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// What makes a whole watch be met, chosen on 173 real needs and the 207 offers that answer them among
// 12,615 (measure_test.go): the share of the right offers that are met, and how many of all are met for
// a need. Shares of .05, .06, .08, .10, .12, .15 and .20 of 80 words: .89, .86, .80, .69, .60, .45, .28 of
// the right ones and 1,550, 907, 298, 98, 34, 8, 2 offers a need; 40 words at .12: .54 and 34; 25 words:
// .48 and 50. Words alone tell too much or too little, therefore what is met is only a candidate, and
// the rank of the listing in a search for the whole watch decides. Of those at .08 the first ten, twenty,
// thirty and sixty have .71, .74, .75 and .76 of the right ones, 6.5, 11, 15 and 24 offers a need; at
// .06 the first twenty have .79 and 15 offers, for three times as many searches.
const (
	mostTelling         = 80   // words of a whole watch that are kept
	commonShare         = .03  // a word in more than that share of the listings tells nothing
	fewShare            = .125 // but where listings are few, a word in up to an eighth of them
	fewListings         = 100  // or in that many still tells something
	enoughShare float32 = .08  // of the weight of its telling words that must stand in a listing
	surelyShare float32 = .12  // and with which it is not doubtful
	fewestTold          = 3    // telling words that must stand in it, all of them where there are fewer,
	amplyShare  float32 = .5   // unless what stands in it is that much of the weight: a short need has few
)

const (
	mostWays      = 6   // equivalents in the other tongue that are watched for
	leastWay      = .08 // share of an equivalent below which it is left out
	longestPhrase = 6   // words of a phrase of the lexicon
)

// compile makes a watch ready. Terms are made as they are needed.
func (w *Watches) compile(one Watch) *watch {
	has := w.HasFacet
	if has == nil {
		has = func(_, _ string) bool { return false }
	}
	read := one.Query.Read(has)
	c := &watch{id: one.ID, whole: one.Query.Whole, bounds: one.Query.Bounds}
	filters := append(w.valueDemands(one.Query.Filters), w.valueDemands(read.Filters)...)
	if c.whole {
		c.must, c.query = filters, one.Query
		w.tell(c, w.concepts(read.Words, one.Query, read.Tongue), read.Words)
		return c
	}
	quoted := map[search.Word]bool{}
	for _, phrase := range read.Phrases {
		c.demands = append(c.demands, demand{said: said(phrase), ways: []way{w.phrase(phrase)}})
		for _, word := range phrase {
			quoted[word] = true
		}
	}
	words := slices.DeleteFunc(read.Words, func(word search.Word) bool { return quoted[word] })
	c.demands = append(c.demands, w.concepts(words, one.Query, read.Tongue)...)
	for _, phrase := range read.Without {
		c.without = append(c.without, demand{ways: []way{w.phrase(phrase)}})
	}
	c.demands = append(c.demands, filters...)
	return c
}

// concepts returns what the words demand: each word by itself, or a phrase of the lexicon in either
// tongue.
func (w *Watches) concepts(words []search.Word, q search.Query, tongue lang.Tag) (all []demand) {
	also := w.translated(q, tongue)
	for i := 0; i < len(words); {
		n, ways := 1, []way(nil)
		for length := min(longestPhrase, len(words)-i); length > 0; length-- {
			if found, ok := also[folded(words[i:i+length])]; ok {
				n, ways = length, found
				break
			}
		}
		own := make(way, n)
		for j, word := range words[i : i+n] {
			own[j] = w.word(word, tongue)
		}
		all = append(all, demand{said: said(words[i : i+n]), ways: append([]way{own}, ways...)})
		i += n
	}
	return all
}

// translated returns the ways to say the phrases of a text in the other tongue, by the folded phrase.
func (w *Watches) translated(q search.Query, tongue lang.Tag) map[string][]way {
	if q.OneTongue || w.Lexicon == nil || w.Lexicon() == nil {
		return nil
	}
	ways := map[string][]way{}
	for _, concept := range w.Lexicon().Concepts(q.Text, tongue) {
		key := folded(search.CutWords(nil, concept.Source))
		for _, e := range concept.Also[:min(len(concept.Also), mostWays)] {
			words := search.CutWords(nil, e.Text)
			if e.Weight < leastWay || len(words) == 0 {
				continue
			}
			one := make(way, len(words))
			for i, word := range words {
				one[i] = w.word(word, tongue.Other())
			}
			ways[key] = append(ways[key], one)
		}
	}
	return ways
}

// word returns the terms of which one must stand in a listing that has the word.
func (w *Watches) word(word search.Word, tongue lang.Tag) []int32 {
	if word.Marked {
		return []int32{w.term(exactName(word.Exact)), w.term(exactName(word.Folded))}
	}
	terms := []int32{w.term(foldedName(word.Folded))}
	if tongue == lang.En {
		terms = append(terms, w.term(rootName(search.Root(word.Exact))))
	}
	return terms
}

// phrase returns what a quoted phrase demands: its words as they are typed, side by side.
func (w *Watches) phrase(words []search.Word) (all way) {
	for i, word := range words {
		name := foldedName(word.Folded)
		if word.Marked {
			name = exactName(word.Exact)
		}
		all = append(all, []int32{w.term(name)})
		if i > 0 && word.Joined {
			all = append(all, []int32{w.term(pairName(words[i-1].Folded, word.Folded))})
		}
	}
	return all
}

// valueDemands returns what filters demand: of each facet one of its values.
func (w *Watches) valueDemands(filters map[string][]string) (all []demand) {
	for facet, values := range filters {
		if len(values) == 0 {
			continue
		}
		d := demand{}
		for _, value := range values {
			d.ways = append(d.ways, way{{w.term(valueName(facet, value))}})
		}
		all = append(all, d)
	}
	return all
}

// tell keeps the telling words of a whole watch, the rarest first, with what each counts.
func (w *Watches) tell(c *watch, concepts []demand, words []search.Word) {
	weight := map[string]float64{}
	for _, word := range words {
		weight[word.Folded] = w.telling(word.Folded)
	}
	type told struct {
		demand
		weight float64
	}
	var all []told
	seen := map[string]bool{}
	for _, d := range concepts {
		t := told{demand: d}
		for _, word := range search.CutWords(nil, d.said) {
			t.weight += weight[word.Folded]
		}
		if t.weight > 0 && !seen[d.said] {
			seen[d.said] = true
			all = append(all, t)
		}
	}
	slices.SortStableFunc(all, func(a, b told) int { return cmp.Compare(b.weight, a.weight) })
	all = all[:min(len(all), mostTelling)]
	sum := 0.0
	for _, t := range all {
		sum += t.weight
	}
	for _, t := range all {
		c.demands = append(c.demands, t.demand)
		c.weights = append(c.weights, float32(t.weight/sum))
	}
}

// telling is what a find of the word says: 0 for one that stands in many listings.
func (w *Watches) telling(folded string) float64 {
	if w.Frequency == nil {
		return 1
	}
	found, of := w.Frequency(folded)
	if of > 0 && float64(found) > max(commonShare*float64(of), min(fewShare*float64(of), fewListings)) {
		return 0
	}
	return math.Log(1 + (float64(of)+1)/(float64(found)+.5))
}

func said(words []search.Word) string {
	var all []string
	for _, word := range words {
		all = append(all, word.Exact)
	}
	return strings.Join(all, " ")
}

func folded(words []search.Word) string {
	var all []string
	for _, word := range words {
		all = append(all, word.Folded)
	}
	return strings.Join(all, " ")
}
