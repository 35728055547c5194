package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// clean makes a text NFC, its spaces plain, and drops what is not displayed: soft hyphens, marks
// without width, those that turn the direction, and control characters but tab and line end.
func clean(s string) string {
	if isASCII(s) {
		return s
	}
	return norm.NFC.String(strings.Map(shown, s))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c < ' ' && c != '\t' && c != '\n' || c == 0x7f {
			return false
		}
	}
	return true
}

func shown(r rune) rune {
	switch {
	case r == '\t', r == '\n':
		return r
	case r == '\u2028', r == '\u2029', r == '\v', r == '\u0085':
		return '\n'
	case unicode.Is(unicode.Zs, r):
		return ' '
	case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == '\u034f', r == '\u115f', r == '\u1160', r == '\u17b4', r == '\u17b5':
		return -1
	}
	return r
}

// capitals reports whether a text has at least two letters and all of them are capitals.
func capitals(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n > 1
}

// withMarks makes a text clean that has marks of notes at offsets in their order, and tells where they
// stand then.
func withMarks(raw string, notes []mark) (string, []Mark) {
	if len(notes) == 0 {
		return strings.TrimRight(clean(raw), " \t\n"), nil
	}
	var b strings.Builder
	b.Grow(len(raw))
	marks := make([]Mark, 0, len(notes))
	from := 0
	for _, m := range notes {
		b.WriteString(clean(raw[from:m.at]))
		from = m.at
		marks = append(marks, Mark{N: m.n, At: b.Len()})
	}
	b.WriteString(clean(raw[from:]))
	text := strings.TrimRight(clean(b.String()), " \t\n")
	for i := range marks {
		marks[i].At = min(marks[i].At, len(text))
	}
	return text, marks
}
