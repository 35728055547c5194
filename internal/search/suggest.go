package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Suggest returns how a query that was begun could go on, in words that stand in titles, the most
// frequent first. Only listings in the index are read, and so only what everybody may see.
func (x *Index) Suggest(prefix string, limit int) []string {
	a := analysers.Get().(*analyser)
	defer analysers.Put(a)
	begun := beginning{typed: a.tokens(nil, cut(prefix, typedRunes)), open: true, a: a}
	if last, _ := utf8.DecodeLastRuneInString(prefix); unicode.IsSpace(last) {
		begun.open = false
	}
	if len(begun.typed) == 0 || len(begun.typed) > longestPhrase || limit <= 0 {
		return nil
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	slots := x.body.begunIn(&begun)
	for _, begun.strict = range []bool{true, false} {
		begun.found = map[string]*phrase{}
		for _, slot := range slots {
			begun.read(x.body.titles[slot].Vi)
			begun.read(x.body.titles[slot].En)
		}
		if len(begun.found) > 0 {
			break
		}
	}
	return begun.best(limit)
}

const (
	longestPhrase = 12   // words of a beginning that is still answered
	mostFurther   = 4    // words that a suggestion goes on by
	mostTitles    = 1000 // that are read for suggestions
	mostEndings   = 16   // words that the last one can become
)

// beginning is the work of one suggestion.
type beginning struct {
	typed  []token
	open   bool // the last word may go on
	strict bool // marks that were typed must be there
	found  map[string]*phrase
	a      *analyser
	tokens []token
}

// phrase is a part of titles that begins as was typed.
type phrase struct {
	text   string
	words  int
	count  int
	longer int // the most of its continuations by one word
}

// begunIn returns the live slots, newest first, whose titles may begin a phrase as was typed.
func (x *body) begunIn(b *beginning) []uint32 {
	whole := b.typed
	if b.open {
		whole = whole[:len(whole)-1]
	}
	var lists [][]posting
	if len(whole) > 0 {
		var shortest []posting
		for i, t := range whole {
			id, ok := x.folds[t.folded]
			if !ok {
				return nil
			}
			if i == 0 || len(x.postings[id]) < len(shortest) {
				shortest = x.postings[id]
			}
		}
		lists = append(lists, shortest)
	} else {
		lists = x.endings(b.typed[0].folded)
	}
	var slots []uint32
	for _, list := range lists {
		share := mostTitles/len(lists) + 1
		for _, hit := range slices.Backward(list) {
			if hit.fields&(1<<Title) == 0 || !x.live[hit.slot] {
				continue
			}
			slots = append(slots, hit.slot)
			if share--; share == 0 {
				break
			}
		}
	}
	slices.Sort(slots)
	slots = slices.Compact(slots)
	slices.Reverse(slots)
	return slots
}

// endings returns the longest lists of the words that begin with prefix.
func (x *body) endings(prefix string) [][]posting {
	var lists [][]posting
	x.vocab.starting(x.names, prefix, func(term int32) { lists = append(lists, x.postings[term]) })
	slices.SortStableFunc(lists, func(a, b []posting) int { return cmp.Compare(len(b), len(a)) })
	return lists[:min(len(lists), mostEndings)]
}

// read counts the phrases of a title that begin as was typed.
func (b *beginning) read(title string) {
	b.tokens = b.a.tokens(b.tokens[:0], title)
	for i := range b.tokens {
		if !b.begins(b.tokens[i:]) {
			continue
		}
		var before *phrase
		for n := len(b.typed); n <= len(b.typed)+mostFurther && i+n <= len(b.tokens); n++ {
			last := &b.tokens[i+n-1]
			if n > 1 && last.fresh {
				break
			}
			before = b.count(title[b.tokens[i].start:last.end], n, before)
		}
	}
}

func (b *beginning) count(text string, words int, before *phrase) *phrase {
	text = strings.ToLower(text)
	p := b.found[text]
	if p == nil {
		p = &phrase{text: text, words: words}
		b.found[text] = p
	}
	p.count++
	if before != nil {
		before.longer = max(before.longer, p.count)
	}
	return p
}

// begins reports whether the first tokens are those that were typed.
func (b *beginning) begins(tokens []token) bool {
	if len(tokens) < len(b.typed) {
		return false
	}
	for i, t := range b.typed {
		typed, stands := t.folded, tokens[i].folded
		if b.strict && t.marked {
			typed, stands = t.exact, tokens[i].exact
		}
		if i == len(b.typed)-1 && b.open {
			if !strings.HasPrefix(stands, typed) {
				return false
			}
		} else if stands != typed {
			return false
		}
	}
	return true
}

// best returns the phrases that were found most. One that nearly always goes on in one way gives
// place to its continuation.
func (b *beginning) best(limit int) []string {
	var phrases []*phrase
	for _, p := range b.found {
		if p.longer*10 < p.count*8 {
			phrases = append(phrases, p)
		}
	}
	slices.SortFunc(phrases, func(p, o *phrase) int {
		return cmp.Or(cmp.Compare(o.count, p.count), cmp.Compare(o.words, p.words), strings.Compare(p.text, o.text))
	})
	var texts []string
	for _, p := range phrases[:min(limit, len(phrases))] {
		texts = append(texts, p.text)
	}
	return texts
}
