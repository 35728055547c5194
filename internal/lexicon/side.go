package lexicon

import (
	"slices"
	"strings"

	"chonoi/internal/lang"
)

// side is a lexicon seen from one tongue: a tree over words, at whose nodes headwords end.
type side struct {
	words map[string]int32 // key of a word -> its number
	steps map[uint64]int32 // node and word -> node; node 0 is the root
	ends  [][]headword     // by node
}

// headword is one phrase of a tongue with its terms.
type headword struct {
	exact   string // exact forms, joined
	capital bool   // an abbreviation
	terms   []int32
}

func newSide(terms []Term, tongue lang.Tag) side {
	s := side{
		words: make(map[string]int32, len(terms)),
		steps: make(map[uint64]int32, len(terms)*2),
		ends:  make([][]headword, 1, len(terms)*2),
	}
	reader := newReader(tongue)
	for i := range terms {
		if words := reader.words(terms[i].In(tongue)); len(words) > 0 {
			s.add(words, int32(i))
		}
	}
	return s
}

func (s *side) add(words []word, term int32) {
	node := int32(0)
	capital := true
	for i := range words {
		number, ok := s.words[words[i].key]
		if !ok {
			number = int32(len(s.words))
			s.words[words[i].key] = number
		}
		next, ok := s.steps[step(node, number)]
		if !ok {
			next = int32(len(s.ends))
			s.steps[step(node, number)] = next
			s.ends = append(s.ends, nil)
		}
		node = next
		capital = capital && words[i].capital
	}
	exact := exactOf(words)
	for i, h := range s.ends[node] {
		if h.exact == exact && h.capital == capital {
			s.ends[node][i].terms = append(h.terms, term)
			return
		}
	}
	s.ends[node] = append(s.ends[node], headword{exact: exact, capital: capital, terms: []int32{term}})
}

func step(node, word int32) uint64 { return uint64(uint32(node))<<32 | uint64(uint32(word)) }

func exactOf(words []word) string {
	if len(words) == 1 {
		return words[0].exact
	}
	var b strings.Builder
	for i := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(words[i].exact)
	}
	return b.String()
}

// at returns the headwords that are all of these words.
func (s *side) at(words []word, strict bool) []headword {
	found := s.from(words)
	if len(found) == 0 || len(found) < len(words) {
		return nil
	}
	return pick(found[len(words)-1], words, strict)
}

// from returns the headwords that begin at the first word, by their length in words less one.
func (s *side) from(words []word) [][]headword {
	var found [][]headword
	node := int32(0)
	for i := range words {
		if i > 0 && words[i].apart {
			break
		}
		number, ok := s.words[words[i].key]
		if !ok {
			break
		}
		if node, ok = s.steps[step(node, number)]; !ok {
			break
		}
		found = append(found, s.ends[node])
	}
	return found
}

// pick returns the headwords that the words can be: in a strict reading those typed exactly so, when
// there are such, and else those that differ from them only in marks that were not typed. An
// abbreviation is meant by small letters only where no word is spelt like it.
func pick(from []headword, words []word, strict bool) []headword {
	if len(from) == 0 {
		return nil
	}
	picked := only(from, func(h *headword) bool { return mayBe(h.exact, words) })
	if exact := exactOf(words); strict {
		picked = some(picked, func(h *headword) bool { return h.exact == exact })
	}
	if len(picked) < 2 {
		return picked
	}
	capital := !slices.ContainsFunc(words, func(w word) bool { return !w.capital })
	return some(picked, func(h *headword) bool { return h.capital == capital })
}

func only(from []headword, which func(*headword) bool) []headword {
	var picked []headword
	for i := range from {
		if which(&from[i]) {
			picked = append(picked, from[i])
		}
	}
	return picked
}

// some returns those of which a thing is true, or all when it is true of none.
func some(from []headword, which func(*headword) bool) []headword {
	if picked := only(from, which); len(picked) > 0 {
		return picked
	}
	return from
}

// mayBe reports whether words, some typed without marks, can be the headword with that exact form.
func mayBe(exact string, words []word) bool {
	for i := range words {
		var one string
		one, exact, _ = strings.Cut(exact, " ")
		if words[i].marked && one != words[i].exact {
			return false
		}
	}
	return true
}
