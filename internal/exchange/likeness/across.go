package likeness

import (
	"strings"

	porter "github.com/kljensen/snowball/english"

	"chonoi/internal/lang"
)

// sense is one word with its equivalents, each as its stems.
type sense struct {
	weight float64
	also   [][]string
}

// mostSenses bounds what is compared of one title.
const mostSenses = 100

// senses are what the words of a title would be called in the other language. The words of the
// whole text were tried too: they weighed next to nothing, and took most of the time.
func (m Measure) senses(text string, from lang.Tag) []sense {
	var all []sense
	if m.Dictionary == nil {
		return nil
	}
	for _, found := range m.Dictionary(text, from) {
		one := sense{}
		words := Words(found.Words)
		if len(content(words)) == 0 || len(all) == mostSenses {
			continue
		}
		one.weight = min(float64(len(words)), 3)
		for _, also := range found.Also {
			var stems []string
			for _, w := range content(Words(also)) {
				stems = append(stems, stem(w))
			}
			if len(stems) > 0 {
				one.also = append(one.also, stems)
			}
		}
		if len(one.also) > 0 {
			all = append(all, one)
		}
	}
	return all
}

// found is the share of senses, by weight, of which an equivalent stands in the other text.
func found(senses []sense, in map[string]bool) float64 {
	got, of := 0.0, 0.0
	for _, one := range senses {
		of += one.weight
		best := 0.0
		for _, also := range one.also {
			there := 0
			for _, w := range also {
				if in[w] {
					there++
				}
			}
			if s := float64(there) / float64(len(also)); s > best {
				best = s
			}
		}
		if best == 1 {
			got += one.weight
		} else {
			got += one.weight * best / 2
		}
	}
	if of == 0 {
		return 0
	}
	return got / of
}

// stem is an English word without its ending. Vietnamese syllables have none, and are compared by
// equals: both sides of a comparison are stemmed alike.
func stem(w string) string { return porter.Stem(w, true) }

// empty are the commonest words of both languages, without marks.
var empty = func() map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(`a an the of to in on for and or is are be was were been by with as at from that this these those it its we our will can has have had not
		which into also such than more most other their they be using used use la va cua cho cac nhung mot de khi trong ngoai tu den voi khong co duoc bi boi tai nay do thi ma o ra vao len
		xuong rat hon con da dang se theo tren duoi hay hoac neu vi nen nhu moi cung chi can`) {
		all[w] = true
	}
	return all
}()
