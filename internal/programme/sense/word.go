package sense

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// shape tells what a word is made of.
type shape byte

const (
	letters shape = iota
	digits
	sign // one character of punctuation
)

// word is one run of letters, one run of digits or one sign, and where it stands in the text.
type word struct {
	from, to int
	key      string // lower case, the tone as a digit at the end: "hóa" and "hoá" are both "hoa1"
	shape    shape
	capital  bool // begins with a capital
	caps     bool // two or more letters, all capitals
	space    bool // white space stands before it
	line     bool // a line break stands before it
}

// bare returns the key of a word without its tone.
func (w word) bare() string {
	if w.shape == letters && len(w.key) > 1 {
		if c := w.key[len(w.key)-1]; c >= '1' && c <= '5' {
			return w.key[:len(w.key)-1]
		}
	}
	return w.key
}

// passage is a text cut into words.
type passage struct {
	text  string
	words []word
}

// cut splits text into words in one pass; text of any kind of bytes is allowed.
func cut(text string) *passage {
	p := &passage{text: text, words: make([]word, 0, len(text)/4+1)}
	space, line := false, false
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) || r == '\u00ad' || r == '\u200b' {
			space, line = true, line || r == '\n' || r == '\r' || r == '\u2028'
			i += size
			continue
		}
		w := word{from: i, space: space, line: line}
		switch {
		case isDigit(r):
			w.shape, i = digits, run(text, i, isDigit)
			w.key = text[w.from:i]
		case isLetter(r):
			i = run(text, i, isLetter)
			w.key, w.capital, w.caps = spell(text[w.from:i])
		default:
			w.shape, i = sign, i+size
			w.key = foldSign(r, text[w.from:i])
		}
		w.to = i
		p.words = append(p.words, w)
		space, line = false, false
	}
	return p
}

func run(text string, i int, in func(rune) bool) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !in(r) {
			break
		}
		i += size
	}
	return i
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) }

// foldSign gives every dash as "-" and every slash as "/".
func foldSign(r rune, printed string) string {
	switch {
	case r >= '\u2010' && r <= '\u2015', r == '\u2212', r == '-', r == '\ufe58', r == '\uff0d':
		return "-"
	case r == '\u2044', r == '\u2215', r == '\uff0f':
		return "/"
	case r == '“', r == '”', r == '"', r == '«', r == '»':
		return `"`
	}
	return printed
}

// sound is a letter without its tone, and the tone: 1 sắc, 2 huyền, 3 hỏi, 4 ngã, 5 nặng.
type sound struct {
	base rune
	tone byte
}

var (
	tones  = map[rune]byte{'\u0301': 1, '\u0300': 2, '\u0309': 3, '\u0303': 4, '\u0323': 5}
	sounds = soundsOfVietnamese()
)

func soundsOfVietnamese() map[rune]sound {
	all := map[rune]sound{}
	for r := rune(0xC0); r < 0x1F00; r++ {
		if r > 0x1B0 && r < 0x1E00 || !unicode.IsLetter(r) {
			continue
		}
		var rest []rune
		var tone byte
		for _, d := range norm.NFD.String(string(unicode.ToLower(r))) {
			if t, ok := tones[d]; ok {
				tone = t
			} else {
				rest = append(rest, d)
			}
		}
		if base := []rune(norm.NFC.String(string(rest))); len(base) == 1 {
			all[r] = sound{base[0], tone}
		}
	}
	return all
}

// marked joins a letter and a mark that stands apart (decomposed text).
var marked = map[[2]rune]rune{
	{'a', '\u0302'}: 'â', {'e', '\u0302'}: 'ê', {'o', '\u0302'}: 'ô',
	{'a', '\u0306'}: 'ă', {'o', '\u031b'}: 'ơ', {'u', '\u031b'}: 'ư',
}

// spell returns the key of a run of letters, whether it begins with a capital, and whether it is
// two or more capitals only.
func spell(s string) (key string, capital, caps bool) {
	out := make([]rune, 0, len(s))
	var tone byte
	caps = true
	for i, r := range s {
		if i == 0 {
			capital = unicode.IsUpper(r)
		}
		if r < utf8.RuneSelf {
			caps = caps && r <= 'Z'
			out = append(out, unicode.ToLower(r))
			continue
		}
		if t, ok := tones[r]; ok {
			tone = t
			continue
		}
		if len(out) > 0 {
			if joined, ok := marked[[2]rune{out[len(out)-1], r}]; ok {
				out[len(out)-1] = joined
				continue
			}
		}
		caps = caps && !unicode.IsLower(r)
		if one, ok := sounds[r]; ok {
			out = append(out, one.base)
			if one.tone > 0 {
				tone = one.tone
			}
			continue
		}
		out = append(out, unicode.ToLower(r))
	}
	if caps = caps && capital && len(out) > 1; tone > 0 {
		out = append(out, rune('0'+tone))
	}
	return string(out), capital, caps
}

// printed returns the text from word i to before word j.
func (p *passage) printed(i, j int) string {
	if i >= j || j > len(p.words) {
		return ""
	}
	return p.text[p.words[i].from:p.words[j-1].to]
}

// is reports whether word i stands there and has one of the keys.
func (p *passage) is(i int, keys ...string) bool {
	if i < 0 || i >= len(p.words) {
		return false
	}
	for _, key := range keys {
		if p.words[i].key == key {
			return true
		}
	}
	return false
}

// joined reports whether word i follows the one before it without white space.
func (p *passage) joined(i int) bool {
	return i > 0 && i < len(p.words) && !p.words[i].space
}

// plain returns s as words are compared: lower case, tones at one place, single spaces.
func plain(s string) string {
	var b strings.Builder
	for i, w := range cut(s).words {
		if i > 0 && w.space {
			b.WriteByte(' ')
		}
		b.WriteString(w.key)
	}
	return b.String()
}
