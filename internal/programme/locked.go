package programme

import (
	"regexp"
	"slices"
	"strings"

	"chonoi/internal/lang"
)

// Lost returns the figures that stand in the old words and no more in the new ones, in either
// tongue; each once, in the order of the old words. An English text that was taken away whole loses
// nothing, for papers are in Vietnamese.
func Lost(old, new lang.Both) (keys []string) {
	tongues := [][2]string{{old.Vi, new.Vi}, {old.En, new.En}}
	if strings.TrimSpace(new.En) == "" {
		tongues = tongues[:1]
	}
	for _, t := range tongues {
		kept := keysIn(t[1])
		for _, key := range keysIn(t[0]) {
			if !slices.Contains(kept, key) && !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

func keysIn(words string) (keys []string) {
	for _, m := range placed.FindAllStringSubmatch(words, -1) {
		keys = append(keys, m[1])
	}
	return keys
}

// touched finds what would change the digits of a figure where they are printed: a digit or a sign
// that is joined to it, before or behind.
var touched = regexp.MustCompile(`[\p{Nd}][.,]?\[\[[^\[\]]*\]\]|[-−+]\[\[[^\[\]]*\]\]|\[\[[^\[\]]*\]\](?:[.,]?\p{Nd}|\s?[%‰]|\[\[)`)

// altered returns the first figure in the words whose digits would be printed as others; "" for none.
func altered(words string) string { return touched.FindString(words) }

// Signs writes figures as they stand in words: [[done]], [[due]].
func Signs(keys []string) string {
	all := make([]string, len(keys))
	for i, key := range keys {
		all[i] = "[[" + key + "]]"
	}
	return strings.Join(all, ", ")
}
