package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// bare holds the letter without marks for the Latin letters, the only ones met often.
var bare = func() (table [0x1F00]rune) {
	for r := range table {
		table[r] = rune(r)
		if r < 0xC0 || (r > 0x24F && r < 0x1E00) {
			continue
		}
		base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(rune(r))))
		table[r] = base
	}
	table['đ'], table['Đ'] = 'd', 'D'
	return table
}()

// fold returns a lower-case NFC word without marks, đ as d.
func fold(word string) string {
	plain := true
	for i := 0; i < len(word); i++ {
		plain = plain && word[i] < utf8.RuneSelf
	}
	if plain {
		return word
	}
	var b strings.Builder
	b.Grow(len(word))
	for _, r := range word {
		switch {
		case int(r) < len(bare):
			if !unicode.Is(unicode.Mn, r) {
				b.WriteRune(bare[r])
			}
		default:
			for _, part := range norm.NFD.String(string(r)) {
				if !unicode.Is(unicode.Mn, part) {
					b.WriteRune(part)
				}
			}
		}
	}
	return b.String()
}

// Both ways of placing the tone are in use: hoà and hòa, khoẻ and khỏe, thuỷ and thủy. The index
// keeps the second. After q the u belongs to the consonant: quý stays, and qúy becomes quý.
var tones = func() map[string]string {
	m := map[string]string{}
	for _, row := range [...][3]string{
		{"oàoáoảoãoạ", "òaóaỏaõaọa", "oa"},
		{"oèoéoẻoẽoẹ", "òeóeỏeõeọe", "oe"},
		{"uỳuýuỷuỹuỵ", "ùyúyủyũyụy", "uy"},
	} {
		modern, older := []rune(row[0]), []rune(row[1])
		for i := 0; i < len(modern); i += 2 {
			m[string(modern[i:i+2])] = string(older[i : i+2])
		}
	}
	return m
}()

var tonesAfterQ = func() map[string]string {
	m := map[string]string{}
	for modern, older := range tones {
		if modern[0] == 'u' {
			m[older] = modern
		}
	}
	return m
}()

// placeTone returns a lower-case NFC word with the tone of an open oa, oe or uy in its one place,
// and with y for i where both are in use (kĩ thuật, kỹ thuật).
func placeTone(word string) string {
	last, size := utf8.DecodeLastRuneInString(word)
	if size == len(word) || !unicode.IsLetter(last) {
		return word
	}
	_, before := utf8.DecodeLastRuneInString(word[:len(word)-size])
	head, tail := word[:len(word)-size-before], word[len(word)-size-before:]
	table := tones
	if strings.HasSuffix(head, "q") {
		table = tonesAfterQ
	}
	if mended, ok := table[tail]; ok {
		return head + mended
	}
	if head == "" && before == 1 && strings.IndexByte(yConsonants, word[0]) >= 0 {
		if y, ok := yForI[last]; ok {
			return word[:1] + string(y)
		}
	}
	return word
}

const yConsonants = "hklmst"

var yForI = map[rune]rune{'ì': 'ỳ', 'í': 'ý', 'ỉ': 'ỷ', 'ĩ': 'ỹ', 'ị': 'ỵ'}

// oneSpelling gives the folded syllables ki, li, mi ... the spelling that placeTone gives kĩ, lí, mĩ.
func oneSpelling(folded string) string {
	if len(folded) == 2 && folded[1] == 'i' && strings.IndexByte(yConsonants, folded[0]) >= 0 {
		return folded[:1] + "y"
	}
	return folded
}

// The marks of the five tones, each behind its letter.
const toneMarks = "\u0300\u0301\u0303\u0309\u0323"

// withoutTone returns a word without its tone; its letters keep their shape: nước becomes nươc.
func withoutTone(word string) string {
	parted := norm.NFD.String(word)
	if !strings.ContainsAny(parted, toneMarks) {
		return word
	}
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if strings.ContainsRune(toneMarks, r) {
			return -1
		}
		return r
	}, parted))
}
