package search

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A reader whose Vietnamese keyboard is switched off leaves the keys of its typing method in the
// text: maays saays (Telex) or ma1y sa6y1 (VNI) for máy sấy.
var (
	telexTones  = map[byte]string{'s': "\u0301", 'f': "\u0300", 'r': "\u0309", 'x': "\u0303", 'j': "\u0323"}
	vniTones    = map[byte]string{'1': "\u0301", '2': "\u0300", '3': "\u0309", '4': "\u0303", '5': "\u0323"}
	telexShapes = []string{"aa", "â", "ee", "ê", "oo", "ô", "aw", "ă", "ow", "ơ", "uw", "ư", "dd", "đ"}
	vniShapes   = map[byte][]string{'6': {"a", "â", "e", "ê", "o", "ô"}, '7': {"o", "ơ", "u", "ư"}, '8': {"a", "ă"}, '9': {"d", "đ"}}
)

const longestSyllable = 7 // letters: nghiêng

// keyedIn returns the Vietnamese syllable whose keys were typed, "" when the word is none.
func keyedIn(typed string) string {
	typed = strings.ToLower(typed)
	if len(typed) > 2*longestSyllable || strings.ContainsFunc(typed, func(r rune) bool { return r > 'z' }) {
		return ""
	}
	meant := keyedTelex(typed)
	if strings.ContainsAny(typed, "123456789") {
		meant = keyedVNI(typed)
	}
	if !syllable.MatchString(fold(meant)) {
		return ""
	}
	return meant
}

// syllable is what a Vietnamese syllable is made of when its marks are taken away.
var syllable = regexp.MustCompile(`^(b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?[aeiouy]{1,3}(c|ch|m|n|ng|nh|p|t)?$`)

func keyedTelex(typed string) string {
	tone, bare := "", typed
	for i := 1; i < len(typed); i++ { // the tone key may stand anywhere after the first vowel
		if t, ok := telexTones[typed[i]]; ok && strings.ContainsAny(typed[:i], vowels) && !strings.ContainsAny(typed[i:i+1], vowels) {
			tone, bare = t, typed[:i]+typed[i+1:]
		}
	}
	shaped := bare
	if i := strings.LastIndexByte(bare, 'w'); i > 0 && strings.Contains(bare[:i], "uo") {
		shaped = strings.Replace(bare[:i], "uo", "ươ", 1) + bare[i+1:]
	}
	for _, at := range "aeo" { // the second key may come after the end: sayas for sấy, tooi for tôi
		c := string(at)
		if first := strings.Index(shaped, c); first >= 0 {
			if again := strings.Index(shaped[first+1:], c); again > 0 {
				again += first + 1
				shaped = shaped[:first] + c + c + shaped[first+1:again] + shaped[again+1:]
			}
		}
	}
	shaped = strings.NewReplacer(telexShapes...).Replace(shaped)
	if shaped == typed && tone == "" {
		return ""
	}
	return toned(shaped, tone)
}

func keyedVNI(typed string) string {
	var letters []string
	tone := ""
	for i := range len(typed) {
		c := typed[i]
		if t, ok := vniTones[c]; ok {
			tone = t
			continue
		}
		pairs, ok := vniShapes[c]
		if !ok {
			letters = append(letters, string(c))
			continue
		}
		for j := 0; j < len(pairs); j += 2 {
			for k := len(letters) - 1; k >= 0; k-- {
				if letters[k] == pairs[j] {
					letters[k] = pairs[j+1]
					break
				}
			}
		}
	}
	shaped := strings.Replace(strings.Join(letters, ""), "uơ", "ươ", 1)
	if strings.ContainsAny(shaped, "0123456789") {
		return ""
	}
	return toned(shaped, tone)
}

const vowels = "aeiouyâăêôơư"

// toned puts the tone on the vowel that carries it; "" when the word has no vowel to carry it.
func toned(shaped, tone string) string {
	if tone == "" {
		return shaped
	}
	letters := []rune(shaped)
	first, last := -1, -1
	for i, r := range letters {
		glide := (r == 'u' && i > 0 && letters[i-1] == 'q') || (r == 'i' && i > 0 && letters[i-1] == 'g' && i+1 < len(letters) && strings.ContainsRune(vowels, letters[i+1]))
		if !strings.ContainsRune(vowels, r) || glide {
			if first >= 0 && last >= 0 && !strings.ContainsRune(vowels, r) {
				break
			}
			continue
		}
		if first < 0 {
			first = i
		}
		last = i
	}
	if first < 0 {
		return ""
	}
	at := first
	switch n := last - first + 1; {
	case n >= 3, n == 2 && last+1 < len(letters):
		at = first + 1
	}
	for i := first; i <= last; i++ { // a shaped vowel carries it before all others, ơ of ươ before ư
		if strings.ContainsRune("âăêôơư", letters[i]) {
			at = i
		}
	}
	return placeTone(norm.NFC.String(string(letters[:at+1]) + tone + string(letters[at+1:])))
}
