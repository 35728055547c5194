package search

import (
	"strings"
	"unicode"

	"chonoi/internal/lang"
)

// Asked is how the text of a query was read.
type Asked struct {
	Tongue  lang.Tag // that the words were taken to be in
	words   []sought
	phrases [][]sought          // must occur
	without [][]sought          // must not occur
	filters map[string][]string // typed as subject:agri
	marked  bool                // a word carries marks

	plain      string      // the words that are in no phrase, for translation
	renderings []rendering // what they are called in the other tongue
}

// sought is one word of a query.
type sought struct {
	form
	typed  string
	stem   string // when the query is English
	key    uint64 // of the list of the very word
	fold   uint64 // for pairKey
	reach  reach
	joined bool // follows the word before it without a break
	absent bool // stands in no listing
	common bool // stands in so many listings that it is not marked by itself
}

// Empty reports whether there is no word to look for.
func (q Asked) Empty() bool { return len(q.words) == 0 }

// Filters returns the filters that were typed among the words: facet -> values.
func (q Asked) Filters() map[string][]string { return q.filters }

// Ask reads a text as a query of words, without an index: filters in it are read as words.
func Ask(text string, whole bool, reader lang.Tag) Asked {
	return ask(text, whole, reader, func(_, _ string) bool { return false })
}

// asking is the work of reading one query.
type asking struct {
	Asked
	a      *analyser
	tokens []token // of all wanted words, to guess the tongue
	most   int
	parted bool // the next word stands apart from the one before
	filter func(key, value string) bool
}

func ask(text string, whole bool, reader lang.Tag, filter func(key, value string) bool) Asked {
	q := asking{a: analysers.Get().(*analyser), most: typedWords, filter: filter, parted: true}
	defer analysers.Put(q.a)
	if whole {
		q.most = wholeWords
		q.plain = cut(text, wholeRunes)
		q.want(q.plain)
	} else {
		q.typed(cut(text, typedRunes))
	}
	q.Tongue = tongueOf(q.tokens, reader)
	for i := range q.words {
		q.marked = q.marked || q.words[i].marked
	}
	q.reachWords()
	if q.Tongue == lang.En {
		for i := range q.words {
			q.words[i].stem = stem(q.words[i].exact)
		}
	}
	return q.Asked
}

// typed reads the operators. What is no operator is a word; a quote that is never closed ends with
// the text.
func (q *asking) typed(text string) {
	for text = strings.TrimLeftFunc(text, unicode.IsSpace); text != ""; text = strings.TrimLeftFunc(text, unicode.IsSpace) {
		minus := len(text) > 1 && text[0] == '-' && text[1] != ' '
		if minus {
			text = text[1:]
		}
		var piece string
		quoted := text[0] == '"'
		if quoted {
			piece, text, _ = strings.Cut(text[1:], `"`)
		} else {
			piece, text = untilSpace(text)
		}
		switch {
		case minus:
			if words := q.read(piece); len(words) > 0 {
				q.without = append(q.without, words)
			}
			q.parted = true
		case quoted:
			q.parted = true
			if words := q.want(piece); len(words) > 0 {
				q.phrases = append(q.phrases, words)
			}
			q.parted = true
		case !q.told(piece):
			q.want(piece)
			q.plain += piece + " "
		}
	}
}

// untilSpace cuts off the first piece: up to a space, or to a quote that opens within it. The quote
// of place:"Ninh Kiều" is of the piece.
func untilSpace(text string) (piece, rest string) {
	for i, r := range text {
		switch {
		case i > 0 && r == '"' && text[i-1] == ':':
			if n := strings.IndexByte(text[i+1:], '"'); n >= 0 {
				return text[:i+n+2], text[i+n+2:]
			}
			return text, ""
		case i > 0 && (unicode.IsSpace(r) || r == '"'):
			return text[:i], text[i:]
		}
	}
	return text, ""
}

// told takes subject:agri as a filter when the index knows that facet and value.
func (q *asking) told(piece string) bool {
	key, value, ok := strings.Cut(piece, ":")
	value = strings.Trim(value, `"`)
	if !ok || !q.filter(key, value) {
		return false
	}
	if q.filters == nil {
		q.filters = map[string][]string{}
	}
	q.filters[key] = append(q.filters[key], value)
	return true
}

// want adds the words of a piece, and returns them.
func (q *asking) want(piece string) []sought {
	words := q.read(piece)
	if room := q.most - len(q.words); len(words) > room {
		words = words[:room]
	}
	q.words = append(q.words, words...)
	return words
}

func (q *asking) read(piece string) []sought {
	tokens := q.a.tokens(nil, piece)
	words := make([]sought, 0, len(tokens))
	end := 0
	for i, t := range tokens {
		apart := t.fresh
		if i == 0 {
			apart = q.parted || partsSentence(piece[:t.start])
		}
		words = append(words, sought{form: t.form, typed: piece[t.start:t.end], joined: !apart,
			key: wordKey(t.exact), fold: foldHash(t.folded)})
		end = t.end
	}
	q.parted = partsSentence(piece[end:])
	q.tokens = append(q.tokens, tokens...)
	return words
}

func partsSentence(between string) bool { return strings.ContainsFunc(between, endsSentence) }

// reach is what a word of a query may stand for.
type reach uint8

const (
	itself   reach = iota
	partly         // itself; with a tone that was not typed; or a listing has it without its marks
	anyMarks       // any word that is written like it without marks
)

// reachWords tells what the words may stand for. A long query with marks was typed with care; in a short
// one a word without marks may still have been left without them.
func (q *asking) reachWords() {
	marked := 0
	for i := range q.words {
		if q.words[i].marked {
			marked++
		}
	}
	careful := len(q.words) >= carefulWords && 2*marked >= len(q.words)
	for i := range q.words {
		switch w := &q.words[i]; {
		case careful:
		case w.marked:
			w.reach = partly
		default:
			w.reach = anyMarks
		}
	}
}

// mayBe reports whether a word may stand for a form of its family.
func (w *sought) mayBe(form string) bool {
	return w.reach == anyMarks || form == w.exact ||
		w.reach == partly && (form == w.folded || withoutTone(form) == w.exact)
}
