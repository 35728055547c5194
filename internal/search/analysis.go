package search

import (
	"strings"
	"sync"
	"unicode"

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
	for s := (scanner{text: text, fresh: true}); s.next(); {
		if f := a.form(text[s.start:s.end]); f.exact != "" {
			dst = append(dst, token{form: f, start: s.start, end: s.end, fresh: s.fresh})
			s.fresh = false
		}
	}
	return dst
}

// form returns the forms of a run of letters and digits; exact is empty when only marks are left.
func (a *analyser) form(run string) form {
	if f, ok := a.seen[run]; ok {
		return f
	}
	if len(a.seen) >= rememberedWords {
		clear(a.seen)
	}
	run = strings.Clone(run) // it must not keep the whole text
	f := newForm(run)
	a.seen[run] = f
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
