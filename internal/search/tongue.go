package search

import (
	"strings"

	porter "github.com/kljensen/snowball/english"

	"chonoi/internal/lang"
)

// stem returns the stem of an English word without marks.
func stem(word string) string {
	for i := 0; i < len(word); i++ {
		if c := word[i]; c < 'a' || c > 'z' {
			return word
		}
	}
	return porter.Stem(word, true)
}

// tongueOf guesses the tongue of what was typed: Vietnamese when a word carries a mark or nearly all
// words could be syllables without theirs, English when few could, and else the reader's own.
func tongueOf(words []token, reader lang.Tag) lang.Tag {
	syllables, counted := 0, 0
	for _, w := range words {
		if w.marked {
			return lang.Vi
		}
		if isDigit(w.folded[0]) {
			continue
		}
		counted++
		if isSyllable(w.folded) {
			syllables++
		}
	}
	switch {
	case float64(syllables) >= surelyVietnamese*float64(counted):
		return lang.Vi
	case reader != "" && float64(syllables) >= surelyEnglish*float64(counted):
		return reader
	}
	return lang.En
}

var initials = []string{
	"ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
	"b", "c", "d", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
}

var finals = []string{"ch", "ng", "nh", "c", "m", "n", "p", "t", ""}

var nuclei = set(`a e i o u y ai ao au ay eo eu ia ie iu oa oe oi oo ua ue ui uo uu uy ye
	ieu oai oao oay oeo uay uoi uou uya uye uyu yeu uau`)

// isSyllable reports whether a folded word can be a Vietnamese syllable whose marks were not typed.
func isSyllable(folded string) bool {
	if len(folded) > 7 {
		return false
	}
	for _, initial := range initials {
		rest, ok := strings.CutPrefix(folded, initial)
		if !ok {
			continue
		}
		for _, final := range finals {
			if nucleus, ok := strings.CutSuffix(rest, final); ok && nuclei[nucleus] {
				return true
			}
		}
	}
	return folded == "gi" || folded == "gin" || folded == "quoc"
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
