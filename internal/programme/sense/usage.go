package sense

import (
	"hash/maphash"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// printing tells how a row of three words is printed in a text, whatever its tones.
type printing struct {
	exact uint64 // hash of the first printing seen most often
	at    int    // a word where that printing begins
	often int    // how often it is printed so
	total int    // how often with any tones
}

var seed = maphash.MakeSeed()

// hash returns a number for the three words from word i on, 0 when they are not three words of one
// sentence.
func (p *passage) hash(i int, bare bool) uint64 {
	if i+3 > len(p.words) {
		return 0
	}
	var h maphash.Hash
	h.SetSeed(seed)
	for k := i; k < i+3; k++ {
		w := p.words[k]
		if w.shape != letters || k > i && w.line {
			return 0
		}
		if bare {
			h.WriteString(w.bare())
		} else {
			h.WriteString(w.key)
		}
		h.WriteByte(' ')
	}
	return h.Sum64() | 1
}

// usage counts how each row of three words is printed.
func (p *passage) usage() map[uint64]printing {
	exact := make(map[uint64]int, len(p.words)/2)
	for i := range p.words {
		if h := p.hash(i, false); h != 0 {
			exact[h]++
		}
	}
	all := make(map[uint64]printing, len(exact))
	for i := range p.words {
		bare := p.hash(i, true)
		if bare == 0 {
			continue
		}
		h := p.hash(i, false)
		one := all[bare]
		one.total++
		if n := exact[h]; n > one.often {
			one.exact, one.at, one.often = h, i, n
		}
		all[bare] = one
	}
	return all
}

// The two ways of placing the tone mark at the end of a word: "hóa" and "hoá".
var (
	older   = []string{"òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"}
	newer   = []string{"oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"}
	retone  = pairs()
	exempts = "q" // in "quý" the u belongs to the q
)

func pairs() map[string]string {
	all := map[string]string{}
	for i := range older {
		all[older[i]], all[newer[i]] = newer[i], older[i]
	}
	return all
}

// style returns 1 for a word that ends in the older way, 2 in the newer, 0 for others.
func style(word string) int {
	word = strings.ToLower(norm.NFC.String(word))
	for i := range older {
		if strings.HasSuffix(word, older[i]) {
			return 1
		}
		if before, ok := strings.CutSuffix(word, newer[i]); ok && !strings.HasSuffix(before, exempts) {
			return 2
		}
	}
	return 0
}

// oddStyle returns what tells the words in the way of placing the tone that the text uses rarely:
// at most one in ten, beside at least five of the other; nil when the text is of one mind or of two.
func (p *passage) oddStyle() func(string) bool {
	var count [3]int
	for _, w := range p.words {
		if w.shape == letters && w.to-w.from < 16 {
			count[style(p.text[w.from:w.to])]++
		}
	}
	rare := 1
	if count[2] < count[1] {
		rare = 2
	}
	often := count[3-rare]
	if count[rare] == 0 || often < 5 || count[rare]*10 > often {
		return nil
	}
	return func(word string) bool { return style(word) == rare }
}

// retoned writes a word with the tone mark at the other place.
func retoned(word string) string {
	word = norm.NFC.String(word)
	for from, to := range retone {
		if before, ok := strings.CutSuffix(word, from); ok {
			return before + to
		}
	}
	return word
}
