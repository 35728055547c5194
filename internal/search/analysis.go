package search

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// token is one word as it stands in a text: a run of letters and digits, with its two forms.
type token struct {
	form
	start, end int  // bytes of the text
	fresh      bool // the first of its sentence or part, so that no pair reaches back over it
}

// form is how a word is compared.
type form struct {
	exact  string // lower case, NFC, tone mark in its one place
	folded string // exact without marks, đ as d
	marked bool   // exact carries a mark or is spelt with đ
}

// analyser cuts texts into tokens. It remembers the forms of the words that it has seen, for a
// language has few syllables; it is for one goroutine at a time.
type analyser struct {
	seen map[string]form
}

// The memory of an analyser is emptied when it holds that many words, so that rubbish cannot fill it.
const rememberedWords = 200_000

var analysers = sync.Pool{New: func() any { return newAnalyser() }}

func newAnalyser() *analyser { return &analyser{seen: map[string]form{}} }

// tokens appends the tokens of text to dst. Any string is a text: bytes that are no UTF-8 part words.
func (a *analyser) tokens(dst []token, text string) []token {
	fresh := true
	for at := 0; at < len(text); {
		r, size := runeAt(text, at)
		if !isWordRune(r) {
			fresh = fresh || endsSentence(r)
			at += size
			continue
		}
		end := wordEnd(text, at)
		if f := a.form(text[at:end]); f.exact != "" {
			dst = append(dst, token{form: f, start: at, end: end, fresh: fresh})
			fresh = false
		}
		at = end
	}
	return dst
}

// form returns the forms of a run of letters and digits; exact is empty when only marks are left.
func (a *analyser) form(run string) form {
	if f, ok := a.seen[run]; ok {
		return f
	}
	f := newForm(run)
	if len(a.seen) >= rememberedWords {
		clear(a.seen)
	}
	a.seen[strings.Clone(run)] = f
	return f
}

func newForm(run string) form {
	if c := run[0]; '0' <= c && c <= '9' {
		run = plainNumber(run)
	}
	exact := norm.NFC.String(strings.Map(unicode.ToLower, cut(run, longestWord)))
	exact = placeTone(exact)
	folded := fold(exact)
	return form{exact: exact, folded: oneSpelling(folded), marked: exact != folded}
}

// cut returns the first n runes of s.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

func runeAt(s string, at int) (rune, int) {
	if c := s[at]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s[at:])
}

// wordEnd returns the end of the word that starts at start. A number keeps its decimal mark.
func wordEnd(s string, start int) int {
	if c := s[start]; '0' <= c && c <= '9' {
		if end := numberEnd(s, start); end > 0 {
			return end
		}
	}
	for at := start; at < len(s); {
		r, size := runeAt(s, at)
		if !isWordRune(r) {
			return at
		}
		at += size
	}
	return len(s)
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	if 0xC0 <= r && r <= 0x24F || 0x1E00 <= r && r <= 0x1EFF {
		return r != '×' && r != '÷'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Mn, r))
}

func endsSentence(r rune) bool {
	switch r {
	case '.', ';', ':', '!', '?', '\n', '(', ')', '"', '“', '”', '…', '•', '|':
		return true
	}
	return false
}
