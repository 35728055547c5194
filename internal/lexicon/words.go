package lexicon

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	porter "github.com/kljensen/snowball/english"
	"golang.org/x/text/unicode/norm"

	"chonoi/internal/lang"
)

// word is a run of letters and digits in a text.
type word struct {
	form
	start, end int  // bytes of the text
	apart      bool // punctuation stands before it, so that no phrase reaches over it
}

// form is how a word is compared.
type form struct {
	exact   string // lower case; the tone mark stands after the letters, wherever it was typed
	key     string // what is looked up: Vietnamese without marks, English by its stem
	marked  bool   // exact carries a mark or is spelt with đ
	capital bool   // typed in capitals
}

// A word of more bytes is none, for no dictionary has it.
const longestWord = 64

// reader cuts texts of one tongue into words. It remembers the forms that it has met, and is for one
// goroutine at a time.
type reader struct {
	tongue lang.Tag
	seen   map[string]form
}

// The memory of a reader is emptied when it holds that many words, so that rubbish cannot fill it.
const rememberedWords = 50_000

var readers = [2]sync.Pool{
	{New: func() any { return newReader(lang.Vi) }},
	{New: func() any { return newReader(lang.En) }},
}

func newReader(tongue lang.Tag) *reader { return &reader{tongue, map[string]form{}} }

// wordsOf cuts a text into words as they are looked up in one tongue.
func wordsOf(text string, tongue lang.Tag) []word {
	pool := &readers[0]
	if tongue == lang.En {
		pool = &readers[1]
	}
	r := pool.Get().(*reader)
	defer pool.Put(r)
	return r.words(text)
}

func (x *reader) words(text string) []word {
	words := make([]word, 0, 1+len(text)/5)
	apart, start := true, -1
	for i, r := range text {
		inside := isInside(r)
		switch {
		case inside && start < 0:
			start = i
		case !inside && start >= 0:
			words = append(words, word{x.form(text[start:i]), start, i, apart})
			start, apart = -1, parts(r)
		case !inside:
			apart = apart || parts(r)
		}
	}
	if start >= 0 {
		words = append(words, word{x.form(text[start:]), start, len(text), apart})
	}
	return words
}

func isInside(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	case r < 0x2000:
		return unicode.In(r, unicode.L, unicode.Mn, unicode.Nd)
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func (x *reader) form(run string) form {
	if f, ok := x.seen[run]; ok || len(run) > longestWord {
		return f
	}
	if len(x.seen) >= rememberedWords {
		clear(x.seen)
	}
	run = strings.Clone(run) // it must not keep the whole text
	var f form
	f.exact, f.key, f.marked, f.capital = formsOf(run)
	if x.tongue == lang.En && isPlain(f.key) {
		f.key = porter.Stem(f.key, true)
	}
	x.seen[run] = f
	return f
}

// parts reports whether a character parts phrases.
func parts(r rune) bool {
	return r != ' ' && !strings.ContainsRune("-/.'’&+", r) && !unicode.IsSpace(r)
}

func newWord(text string, start, end int, apart bool, tongue lang.Tag) word {
	w := word{start: start, end: end, apart: apart}
	if end-start > longestWord {
		return w
	}
	w.exact, w.key, w.marked, w.capital = formsOf(text[start:end])
	if tongue == lang.En && isPlain(w.key) {
		w.key = porter.Stem(w.key, true)
	}
	return w
}

// letter is what a character comes to: without its tone, without all marks, and its tone.
type letter struct {
	toneless, bare rune
	tone           byte // 0 level, 1 to 5
}

const toneMarks = "\u0300\u0301\u0303\u0309\u0323"

// letters holds every character up to the end of Latin Extended Additional, lower case.
var letters = func() (table [0x1F00]letter) {
	for r := range table {
		table[r] = letterOf(unicode.ToLower(rune(r)))
	}
	return table
}()

func letterOf(r rune) letter {
	l := letter{toneless: r, bare: r}
	if r == 'đ' {
		l.bare = 'd'
		return l
	}
	var rest []rune
	for i, part := range []rune(norm.NFD.String(string(r))) {
		tone := strings.IndexRune(toneMarks, part)
		switch {
		case i == 0:
			l.bare = part
			rest = append(rest, part)
		case tone >= 0:
			l.tone = byte(tone/2 + 1)
		default:
			rest = append(rest, part)
		}
	}
	l.toneless, _ = utf8.DecodeRuneInString(norm.NFC.String(string(rest)))
	return l
}

// formsOf returns the forms of a word. Hoà and hòa have one exact form, and so have kĩ and kỹ.
func formsOf(run string) (exact, bare string, marked, capital bool) {
	if isPlain(run) {
		exact = oneSpelling(strings.ToLower(run))
		return exact, exact, false, exact != run && strings.ToUpper(run) == run
	}
	run = norm.NFC.String(run)
	var full, plain strings.Builder
	var tone byte
	capital = true
	for _, r := range run {
		l := letter{toneless: unicode.ToLower(r), bare: unicode.ToLower(r)}
		if int(r) < len(letters) {
			l = letters[r]
		}
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		capital = capital && unicode.IsUpper(r)
		full.WriteRune(l.toneless)
		plain.WriteRune(l.bare)
		if l.tone > 0 {
			tone = l.tone
		}
	}
	bare = plain.String()
	marked = tone > 0 || bare != full.String()
	exact = oneSpelling(full.String())
	if tone > 0 {
		exact += string(rune(tone))
	}
	return exact, oneSpelling(bare), marked, capital
}

func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// oneSpelling writes the syllables ki, li, mi … with y, for both ways are in use.
func oneSpelling(s string) string {
	if len(s) == 2 && s[1] == 'i' && strings.IndexByte("hklmst", s[0]) >= 0 {
		return s[:1] + "y"
	}
	return s
}
