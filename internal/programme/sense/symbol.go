package sense

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var codes = list("codes")

// symbol is a number and symbol read at a word, "15/2025/NĐ-CP".
type symbol struct {
	at, end int // words
	text    string
	code    string // key of the code of the kind, "nq"
	known   bool   // the code is in the list, and the form is whole
}

// Key returns the form under which two printings of a symbol are the same: spaces out, dashes
// folded, leading zeros of the number out, capitals; "T.Ư" is "TW".
func Key(symbol string) string {
	var b strings.Builder
	for _, w := range cut(symbol).words {
		printed := symbol[w.from:w.to]
		if w.shape == sign {
			printed = w.key
		}
		b.WriteString(strings.Map(unicode.ToUpper, printed))
	}
	out := strings.NewReplacer("/T.Ư", "/TW", "/TƯ", "/TW").Replace(norm.NFC.String(b.String()))
	for len(out) > 1 && out[0] == '0' && out[1] >= '0' && out[1] <= '9' {
		out = out[1:]
	}
	return out
}

// symbolAt reads the number and symbol of a document whose number is word i.
func (p *passage) symbolAt(i int) (symbol, bool) {
	w := p.words
	if w[i].shape != digits || len(w[i].key) > 5 || p.joined(i) && !p.is(i-1, ":", "(", `"`, "[") {
		return symbol{}, false
	}
	k := i + 1
	if p.joined(k) && w[k].shape == letters && len(w[k].key) == 1 { // 30a/2008/NQ-CP
		k++
	}
	year := false
	party := p.is(k, "-")
	if !party && !p.is(k, "/") {
		return symbol{}, false
	}
	if !party && k+2 < len(w) && w[k+1].shape == digits && len(w[k+1].key) == 4 && p.is(k+2, "/") {
		k, year = k+2, true
	}
	if k+1 >= len(w) || w[k+1].shape != letters || p.far(k, k+2) {
		return symbol{}, false
	}
	code := w[k+1]
	n, _ := codes.at(p, k+1)
	k = p.tail(k + 2)
	tails := 0
	for k+1 < len(w) && p.is(k, "/", "-") && w[k+1].shape == letters && !p.far(k, k+2) && tails < 4 && p.isCode(k+1) {
		if w[k].space && p.is(k, "-") && !party && tails > 0 {
			break
		}
		k = p.tail(k + 2)
		tails++
	}
	s := symbol{at: i, end: k, code: code.key}
	s.text = p.tidy(i, k)
	s.known = n == 1 && (tails > 0 || year)
	if party && tails == 0 || !code.capital && !s.known {
		return symbol{}, false
	}
	return s, true
}

// far reports whether the words from i to before j stand so that they cannot be one symbol: white
// space is allowed around a sign, not a line of other words.
func (p *passage) far(i, j int) bool {
	for ; i < j && i < len(p.words); i++ {
		if i > 0 && p.words[i].from-p.words[i-1].to > 3 {
			return true
		}
	}
	return false
}

// isCode reports whether word i can be the issuer's part of a symbol: capitals, or a capital in a
// short word without a space before it.
func (p *passage) isCode(i int) bool {
	w := p.words[i]
	return w.caps || len(w.key) <= 6 && w.capital && !w.space || !w.space && len(w.key) <= 4
}

// tail steps over what is joined to a code without space: digits ("QH14"), dots and letters.
func (p *passage) tail(k int) int {
	for p.joined(k) && (p.words[k].shape == digits || p.words[k].shape == letters ||
		p.is(k, ".", "&") && p.joined(k+1) && p.words[k+1].shape != sign) {
		k++
	}
	return k
}

// tidy prints words i to before j without spaces and with dashes folded.
func (p *passage) tidy(i, j int) string {
	var b strings.Builder
	for ; i < j; i++ {
		if w := p.words[i]; w.shape == sign {
			b.WriteString(w.key)
		} else {
			b.WriteString(p.text[w.from:w.to])
		}
	}
	return b.String()
}
