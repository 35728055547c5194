package main

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"chonoi/internal/lang"
	"chonoi/internal/search/searchtest"
)

// shelf holds documents of 80 words.
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

// source makes texts that read like Vietnamese; the same seed makes the same texts.
type source struct {
	speech *searchtest.Speech
	r      *rand.Rand
}

func newSource(data string, seed uint64) (*source, error) {
	speech, err := searchtest.Learn(filepath.Join(data, "search"), "vilaw-heading", "xquad-vi")
	if err != nil {
		return nil, err
	}
	return &source{speech, rand.New(rand.NewPCG(seed, 2))}, nil
}

// shelf writes n documents, without marks when folded.
func (s *source) shelf(n int, folded bool) *shelf {
	var all strings.Builder
	all.Grow(n * (titleWords + textWords) * 7)
	ends := make([]end, n)
	put := func(words int) int {
		text := s.speech.Text(s.r, words)
		if folded {
			text = lang.Fold(text)
		}
		all.WriteString(text)
		all.WriteByte(' ')
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
		all[i].Text = strings.Join(wordsOf(s.speech.Text(s.r, 2+s.r.IntN(5))), " ")
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
		all[i] = question{Text: s.speech.Text(s.r, 60+s.r.IntN(41)), Whole: true}
	}
	return all
}

const (
	commonShare = 12 // words in more documents than one in so many are common
	enoughRare  = 12 // questions with fewer others keep them
)

// withoutCommon takes common words out of questions that have enough others.
func (s *shelf) withoutCommon(questions []question) {
	asked := map[string]int{} // word -> documents
	for _, q := range questions {
		for _, word := range wordsOf(q.Text) {
			asked[word] = 0
		}
	}
	last := map[string]string{} // word -> the document that it was counted in last
	for d := range s.documents() {
		for _, word := range wordsOf(d.whole()) {
			if n, ok := asked[word]; ok && last[word] != d.ID {
				asked[word], last[word] = n+1, d.ID
			}
		}
	}
	for i := range questions {
		rare := slices.DeleteFunc(wordsOf(questions[i].Text), func(word string) bool {
			return asked[word]*commonShare > len(s.ends)
		})
		if distinct := slices.Compact(slices.Sorted(slices.Values(rare))); len(distinct) >= enoughRare {
			questions[i].Text = strings.Join(rare, " ")
		}
	}
}

// wordsOf cuts a text into words in lower case.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}
