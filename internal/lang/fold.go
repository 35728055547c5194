package lang

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Fold returns s as it is compared: NFC, lower case, without marks, đ as d, inner space single.
// Two spellings of one word that differ in marks or case fold to the same string.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range norm.NFD.String(strings.ToValidUTF8(s, "")) {
		switch {
		case unicode.Is(unicode.Mn, r):
			continue
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case r == 'đ' || r == 'Đ':
			r = 'd'
		default:
			r = unicode.ToLower(r)
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Clean returns s as it is stored: valid UTF-8 in NFC, line ends as \n, without control characters
// and without the characters that turn or hide the direction of writing, trimmed at both ends.
func Clean(s string) string {
	if isPlain(s) {
		return strings.TrimSpace(s)
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r':
			return '\n'
		case unicode.IsControl(r), hidden(r):
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(norm.NFC.String(s))
}

func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || (c < ' ' && c != '\n' && c != '\t') || c == 0x7f {
			return false
		}
	}
	return true
}

// hidden reports characters that are invisible and can make a text read otherwise than it is stored.
func hidden(r rune) bool {
	return r == '\u200e' || r == '\u200f' || r == '\ufeff' || r == '\u200b' || r == '\u2060' || r == '\u061c' ||
		(r >= '\u202a' && r <= '\u202e') || (r >= '\u2066' && r <= '\u2069') ||
		(r >= 0xE0000 && r <= 0xE007F)
}

// collators are put back once a key is made: making one costs more than many keys.
var collators = sync.Pool{New: func() any { return collate.New(language.Vietnamese) }}

// SortKey returns a key whose byte order is the Vietnamese dictionary order of s.
func SortKey(s string) string {
	var buf collate.Buffer
	c := collators.Get().(*collate.Collator)
	defer collators.Put(c)
	return string(c.KeyFromString(&buf, Clean(s)))
}

// Sort puts things into the Vietnamese dictionary order of what is read of them.
func Sort[T any](all []T, text func(T) string) {
	type keyed struct {
		key string
		one T
	}
	sorted := make([]keyed, len(all))
	for i, one := range all {
		sorted[i] = keyed{SortKey(text(one)), one}
	}
	slices.SortStableFunc(sorted, func(a, b keyed) int { return strings.Compare(a.key, b.key) })
	for i := range sorted {
		all[i] = sorted[i].one
	}
}
