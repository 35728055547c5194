package search

import (
	"unicode"
	"unicode/utf8"
)

// scanner finds the runs of letters and digits of a text, one after the other.
type scanner struct {
	text       string
	start, end int  // of the run, in bytes
	fresh      bool // a sentence or part ended since this was last set to false
}

// next goes on to the next run; it reports whether there is one.
func (s *scanner) next() bool {
	for at := s.end; at < len(s.text); {
		if s.text[at] == ' ' {
			at++
			continue
		}
		r, size := runeAt(s.text, at)
		if isWordRune(r) {
			s.start, s.end = at, wordEnd(s.text, at)
			return true
		}
		s.fresh = s.fresh || endsSentence(r)
		at += size
	}
	return false
}

func runeAt(s string, at int) (rune, int) {
	if c := s[at]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s[at:])
}

// wordEnd returns the end of the word that starts at start. A number keeps its decimal mark.
func wordEnd(s string, start int) int {
	if isDigit(s[start]) {
		if end := numberEnd(s, start); end > 0 {
			return end
		}
	}
	for at := start; at < len(s); {
		if c := s[at]; c < utf8.RuneSelf {
			if !plainWord[c] {
				return at
			}
			at++
			continue
		} else if n := letterSize(s, at, c); n > 0 {
			at += n
			continue
		}
		r, size := utf8.DecodeRuneInString(s[at:])
		if !isWordRune(r) {
			return at
		}
		at += size
	}
	return len(s)
}

// letterSize returns the bytes of the Vietnamese letter with a mark that stands at, which begins with c;
// 0 when there is none that is surely one.
func letterSize(s string, at int, c byte) int {
	switch {
	case c == 0xE1 && at+2 < len(s) && 0xB8 <= s[at+1] && s[at+1] <= 0xBB && s[at+2]&0xC0 == 0x80: // U+1E00 to U+1EFF
		return 3
	case 0xC4 <= c && c <= 0xC8 && at+1 < len(s) && s[at+1]&0xC0 == 0x80: // U+0100 to U+023F
		return 2
	case c == 0xC3 && at+1 < len(s) && s[at+1]&0xC0 == 0x80 && s[at+1]&0x1F != 0x17: // U+00C0 to U+00FF, but × and ÷
		return 2
	}
	return 0
}

// plainWord holds whether an ASCII character is of a word.
var plainWord = func() (table [utf8.RuneSelf]bool) {
	for c := range table {
		table[c] = 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
	}
	return table
}()

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 0 && plainWord[r]
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
