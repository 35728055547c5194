package main

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"unicode"

	"chonoi/internal/lang"
)

// shelf holds documents that read like Vietnamese: phrases of three to nine words out of real texts,
// and now and then a name that few others have, as models and places are.
type shelf struct {
	texts string
	ends  []end
}

// end tells where title and text of a document end; the text begins behind its title.
type end struct{ title, text int }

const (
	titleWords = 8
	textWords  = 72
)

// source holds the words of the real texts in their order.
type source struct {
	words []string
	rare  *rand.Zipf
	r     *rand.Rand
}

// newSource reads the Vietnamese collections. The same seed gives the same texts.
func newSource(data string, seed uint64) (*source, error) {
	s := &source{r: rand.New(rand.NewPCG(seed, 2))}
	s.rare = rand.NewZipf(s.r, 1.1, 20, 1<<20)
	for _, one := range sets {
		if one.tongue != lang.Vi || one.stripped {
			continue
		}
		docs, err := one.documents(data)
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			s.words = append(s.words, strings.Fields(d.whole())...)
		}
	}
	return s, nil
}

// phrase returns n words that stand side by side in the real texts.
func (s *source) phrase(n int) []string {
	at := s.r.IntN(len(s.words) - n)
	return s.words[at : at+n]
}

// speak writes n words.
func (s *source) speak(to *strings.Builder, n int) {
	for n > 0 {
		for _, word := range s.phrase(min(n, 3+s.r.IntN(7))) {
			if s.r.IntN(40) == 0 {
				word = fmt.Sprintf("%c%c%d", 'A'+s.r.IntN(26), 'A'+s.r.IntN(26), s.rare.Uint64())
			}
			to.WriteString(word)
			to.WriteByte(' ')
			n--
		}
	}
}

// shelf writes n documents, without marks when folded.
func (s *source) shelf(n int, folded bool) *shelf {
	var all, one strings.Builder
	all.Grow(n * (titleWords + textWords) * 7)
	ends := make([]end, n)
	put := func(words int) int {
		one.Reset()
		s.speak(&one, words)
		text := one.String()
		if folded {
			text = lang.Fold(text)
		}
		all.WriteString(text)
		return all.Len()
	}
	for i := range ends {
		ends[i] = end{title: put(titleWords), text: put(textWords)}
	}
	return &shelf{all.String(), ends}
}

// documents hands all documents out in order.
func (s *shelf) documents() iter.Seq[document] {
	return func(yield func(document) bool) {
		at := 0
		for i, end := range s.ends {
			if !yield(document{fmt.Sprintf("%08d", i), s.texts[at:end.title], s.texts[end.title:end.text]}) {
				return
			}
			at = end.text
		}
	}
}

// short returns n questions as people type them: two to six words, every second one without marks.
func (s *source) short(n int) []question {
	all := make([]question, n)
	for i := range all {
		words := strings.FieldsFunc(strings.Join(s.phrase(2+s.r.IntN(5)), " "), func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r)
		})
		all[i].Text = strings.Join(words, " ")
		if i%2 == 1 {
			all[i].Text = lang.Fold(all[i].Text)
		}
	}
	return all
}

// needs returns n questions that tell a whole need, in 60 to 100 words with marks.
func (s *source) needs(n int) []question {
	all := make([]question, n)
	for i := range all {
		var text strings.Builder
		s.speak(&text, 60+s.r.IntN(41))
		all[i] = question{Text: text.String(), Whole: true}
	}
	return all
}

const (
	commonShare = 8  // words in more documents than one in so many are common
	enoughRare  = 12 // questions with fewer others keep them
)

// withoutCommon takes common words out of questions that have enough others.
func (s *shelf) withoutCommon(questions []question) {
	asked := map[string]int{} // word -> documents, each counted once
	for _, q := range questions {
		for _, word := range strings.Fields(q.Text) {
			asked[word] = 0
		}
	}
	last := map[string]string{}
	for d := range s.documents() {
		for _, word := range strings.Fields(d.whole()) {
			if n, ok := asked[word]; ok && last[word] != d.ID {
				asked[word], last[word] = n+1, d.ID
			}
		}
	}
	for i := range questions {
		var rare []string
		for _, word := range strings.Fields(questions[i].Text) {
			if asked[word]*commonShare <= len(s.ends) {
				rare = append(rare, word)
			}
		}
		if len(rare) >= enoughRare {
			questions[i].Text = strings.Join(rare, " ")
		}
	}
}
