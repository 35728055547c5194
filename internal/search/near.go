package search

import "strings"

// Letters that Vietnamese speakers of one region or another write for each other: at the beginning of
// a syllable, and at its end.
var (
	heardAlike = [][]string{{"s", "x"}, {"ch", "tr"}, {"d", "gi", "r", "v"}, {"l", "n"}, {"qu", "w"}, {"ng", "ngh"}, {"g", "gh"}, {"k", "c", "q"}, {"f", "ph"}, {"j", "gi"}, {"z", "d"}}
	endAlike   = [][]string{{"n", "ng", "nh"}, {"t", "c", "ch"}, {"i", "y"}, {"o", "u"}, {"ao", "au"}, {"ai", "ay"}}
)

const (
	alikeCost   = .4
	longForTwo  = 8  // letters of a word in which two faults are looked for
	mostLetters = 24 // of a word that is mended
)

// nearOf returns folded words near to one, each with its distance: letters heard alike .4; a letter
// more, less, other, or two in the wrong order 1; two faults, of which one is a letter too many, 2
// (long words only). Most of them are no words at all.
func nearOf(folded string) map[string]float64 {
	near := map[string]float64{}
	if len(folded) > mostLetters {
		return near
	}
	put := func(word string, cost float64) {
		if had, ok := near[word]; word != folded && word != "" && (!ok || cost < had) {
			near[word] = cost
		}
	}
	for word := range heardLike(folded) {
		put(word, alikeCost)
	}
	edits(folded, func(word string) { put(word, 1) })
	if len(folded) >= longForTwo {
		for i := range folded {
			edits(folded[:i]+folded[i+1:], func(word string) { put(word, 2) })
		}
	}
	return near
}

// heardLike returns the words that some speakers write for one.
func heardLike(word string) map[string]bool {
	like := map[string]bool{}
	for _, alike := range heardAlike {
		swap(alike, func(one, other string) {
			if rest, ok := strings.CutPrefix(word, one); ok {
				like[other+rest] = true
			}
		})
	}
	for _, alike := range endAlike {
		swap(alike, func(one, other string) {
			if rest, ok := strings.CutSuffix(word, one); ok {
				like[rest+other] = true
			}
		})
	}
	return like
}

// swap calls do with each two different ones, both ways.
func swap(alike []string, do func(one, other string)) {
	for _, one := range alike {
		for _, other := range alike {
			if one != other {
				do(one, other)
			}
		}
	}
}

// edits calls do with the words one letter away: left out, put in, replaced, or two exchanged.
func edits(word string, do func(string)) {
	for i := range len(word) {
		do(word[:i] + word[i+1:])
		if i+1 < len(word) && word[i] != word[i+1] {
			do(word[:i] + word[i+1:i+2] + word[i:i+1] + word[i+2:])
		}
		for c := 'a'; c <= 'z'; c++ {
			do(word[:i] + string(c) + word[i+1:])
			do(word[:i] + string(c) + word[i:])
		}
	}
	for c := 'a'; c <= 'z'; c++ {
		do(word + string(c))
	}
}
