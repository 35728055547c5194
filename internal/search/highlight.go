package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"chonoi/internal/lang"
)

// Span is a marked part of a text: bytes Start up to End.
type Span struct{ Start, End int }

// Highlight returns the parts of text that match the words of a query, in order and apart. Words
// side by side in both are marked as one. Where the query has marks, a word with other marks is
// only marked beside another word of the query: máy does not mark mây.
func Highlight(text string, q Asked) []Span {
	m := newMarker(&q)
	return m.spans(m.marks(text))
}

// marker finds the words of a query in texts.
type marker struct {
	exact, folded, stem map[string]int // form -> number of the word in the query
	words               []sought
	pairs               map[[2]string]bool // folded
	phrased             map[string]int     // folded words of phrases in the other tongue, marked in a pair only
	english             bool
	allCommon           bool
}

// marked is a token of a text that matches a word of the query.
type marked struct {
	start, end int
	word       int  // number of the word in the query; -1 when none matches
	paired     bool // with the token before
}

func newMarker(q *Asked) *marker {
	m := marker{
		exact: map[string]int{}, folded: map[string]int{}, stem: map[string]int{},
		words: q.words, pairs: map[[2]string]bool{}, english: q.Tongue == lang.En,
		allCommon: !slices.ContainsFunc(q.words, func(w sought) bool { return !w.common }),
	}
	for i, w := range slices.Backward(q.words) {
		m.exact[w.exact], m.folded[w.folded], m.stem[w.stem] = i, i, i
		if i > 0 && w.joined {
			m.pairs[[2]string{q.words[i-1].folded, w.folded}] = true
		}
	}
	m.takeTranslated(q)
	return &m
}

// marks returns all tokens of a text, each with the word of the query that it matches.
func (m *marker) marks(text string) []marked {
	a := analysers.Get().(*analyser)
	defer analysers.Put(a)
	tokens := a.tokens(nil, text)
	out := make([]marked, len(tokens))
	for i := range tokens {
		t := &tokens[i]
		out[i] = marked{start: t.start, end: t.end, word: m.match(t)}
		if i > 0 && !t.fresh && m.pairs[[2]string{tokens[i-1].folded, t.folded}] {
			out[i].paired = true
			out[i].word = m.inPair(t.folded)
			out[i-1].word = m.inPair(tokens[i-1].folded)
		}
	}
	return out
}

func (m *marker) match(t *token) int {
	n, ok := m.exact[t.exact]
	if !ok {
		n, ok = m.folded[t.folded]
		ok = ok && (!t.marked || !m.words[n].marked)
	}
	if !ok && m.english && !t.marked {
		n, ok = m.stem[stem(t.exact)]
	}
	if !ok || (m.words[n].common && !m.allCommon) {
		return -1
	}
	return n
}

func (m *marker) spans(tokens []marked) []Span {
	var spans []Span
	for _, t := range tokens {
		switch {
		case t.word < 0:
		case t.paired && len(spans) > 0:
			spans[len(spans)-1].End = t.end
		default:
			spans = append(spans, Span{t.start, t.end})
		}
	}
	return spans
}

// Snippet returns the part of text, of at most size characters, that has the most words of a query,
// and what to mark in it. Where it is cut there is an ellipsis; white space is made single.
func Snippet(text string, q Asked, size int) (string, []Span) {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) > size {
		m := newMarker(&q)
		text = excerpt(text, m.marks(text), size)
	}
	return text, Highlight(text, q)
}

// excerpt cuts a text that is longer than size at words.
func excerpt(text string, tokens []marked, size int) string {
	if len(tokens) == 0 {
		return cut(text, max(0, size-1)) + "…"
	}
	first, last := bestWindow(text, tokens, size-2)
	for room := true; room; {
		room = false
		if first > 0 && fits(text, tokens, first-1, last, size-2) {
			first, room = first-1, true
		}
		if last < len(tokens)-1 && fits(text, tokens, first, last+1, size-2) {
			last, room = last+1, true
		}
	}
	from, to := tokens[first].start, tokens[last].end
	head, tail := "…", "…"
	if first == 0 {
		from, head = 0, ""
	}
	if last == len(tokens)-1 {
		to, tail = len(text), ""
	}
	return head + cut(text[from:to], size-2) + tail
}

func fits(text string, tokens []marked, first, last, size int) bool {
	return utf8.RuneCountInString(text[tokens[first].start:tokens[last].end]) <= size
}

// bestWindow returns the first and last token of the narrow window with the most different words of
// the query, and then the most words; the earliest of its like.
func bestWindow(text string, tokens []marked, size int) (first, last int) {
	best, from := 0, 0
	within := map[int]int{} // word -> how often in tokens[from..to]
	score := 0
	for to, t := range tokens {
		if t.word >= 0 {
			score++
			if within[t.word]++; within[t.word] == 1 {
				score += len(tokens)
			}
		}
		for from < to && (tokens[from].word < 0 || !fits(text, tokens, from, to, size)) {
			if w := tokens[from].word; w >= 0 {
				score--
				if within[w]--; within[w] == 0 {
					score -= len(tokens)
				}
			}
			from++
		}
		if t.word >= 0 && score > best {
			best, first, last = score, from, to
		}
	}
	return first, last
}
