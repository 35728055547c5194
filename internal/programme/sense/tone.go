package sense

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var marks = [6]string{"", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"}

// usual writes a key as a word in lower case with the tone mark where it is usually printed ("hóa").
func usual(key string) string {
	tone := 0
	if n := len(key) - 1; n > 0 && key[n] >= '1' && key[n] <= '5' && key[n-1] > '9' {
		tone, key = int(key[n]-'0'), key[:n]
	}
	if tone == 0 {
		return key
	}
	letters := []rune(key)
	at := bearer(letters)
	if at < 0 {
		return key
	}
	return norm.NFC.String(string(letters[:at+1]) + marks[tone] + string(letters[at+1:]))
}

// bearer finds the vowel that bears the tone mark, in the older way of placing it: "hóa", "thủy".
func bearer(letters []rune) int {
	var vowels []int
	for i, r := range letters {
		if strings.ContainsRune("aăâeêioôơuưy", r) {
			if i == 1 && r == 'u' && letters[0] == 'q' || i == 1 && r == 'i' && letters[0] == 'g' && len(letters) > 2 && strings.ContainsRune("aăâeêoôơuư", letters[2]) {
				continue
			}
			vowels = append(vowels, i)
		}
	}
	if len(vowels) == 0 {
		return -1
	}
	for i := len(vowels) - 1; i >= 0; i-- {
		if strings.ContainsRune("ăâêôơư", letters[vowels[i]]) {
			return vowels[i]
		}
	}
	switch last := vowels[len(vowels)-1]; {
	case len(vowels) == 1:
		return vowels[0]
	case len(vowels) == 3:
		return vowels[1]
	case last < len(letters)-1:
		return last
	}
	return vowels[0]
}

// capital writes the first letter of s as a capital.
func capital(s string) string {
	for i, r := range s {
		if i == 0 {
			return string(unicode.ToUpper(r)) + s[utf8.RuneLen(r):]
		}
	}
	return s
}
