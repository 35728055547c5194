package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chonoi/internal/lang"
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
	titles := x.now.Load().begunIn(&begun)
	for _, begun.strict = range []bool{true, false} {
		begun.found = map[string]*phrase{}
		for _, title := range titles {
			begun.read(title.Vi)
			begun.read(title.En)
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

// begunIn returns titles that may begin a phrase as was typed, those of listings that came last first.
func (v *snapshot) begunIn(b *beginning) []lang.Both {
	var titles []lang.Both
	for i := len(v.head.docs) - 1; i >= 0; i-- {
		titles = append(titles, v.head.docs[i].title)
	}
	for n := len(v.parts) - 1; n >= 0 && len(titles) < mostTitles; n-- {
		titles = v.parts[n].begunIn(b, titles)
	}
	return titles[:min(len(titles), mostTitles)]
}

func (p *part) begunIn(b *beginning, titles []lang.Both) []lang.Both {
	families := p.endings(b.typed[0].folded)
	if whole := b.whole(); len(whole) > 0 {
		families = families[:0]
		for _, t := range whole {
			f := ending{forms: p.words.family(t.folded, foldHash(t.folded))}
			f.df = p.lengthOf(f.forms)
			if len(families) == 0 || f.df < families[0].df {
				families = append(families[:0], f)
			}
		}
	}
	var slots []uint32
	for _, f := range families {
		slots = append(slots, p.titled(f.forms, mostTitles/len(families)+1)...)
	}
	slices.Sort(slots)
	for _, slot := range slices.Backward(slices.Compact(slots)) {
		titles = append(titles, p.cards.title(slot))
	}
	return titles
}

// whole returns the words that were typed to their end.
func (b *beginning) whole() []token {
	if b.open {
		return b.typed[:len(b.typed)-1]
	}
	return b.typed
}

// ending is a word that the last one can become: its forms, and how many listings have them.
type ending struct {
	forms []*lexeme
	df    int
}

func (p *part) lengthOf(forms []*lexeme) (df int) {
	for _, form := range forms {
		df += p.of(form.word).df()
	}
	return df
}

// titled returns the last most live slots that have one of the forms in their title.
func (p *part) titled(forms []*lexeme, most int) (slots []uint32) {
	for _, form := range forms {
		room := most
		p.of(form.word).backward(func(h hit) bool {
			if slot := h.slot(); h.fields()&(1<<Title) != 0 && p.live(slot) {
				slots = append(slots, slot)
				room--
			}
			return room > 0
		})
	}
	slices.Sort(slots)
	return slots[max(0, len(slots)-most):]
}

// endings returns the commonest of the words that begin with prefix.
func (p *part) endings(prefix string) []ending {
	var found []ending
	p.words.starting(prefix, func(forms []*lexeme) { found = append(found, ending{forms, p.lengthOf(forms)}) })
	slices.SortStableFunc(found, func(a, b ending) int { return cmp.Compare(b.df, a.df) })
	return found[:min(len(found), mostEndings)]
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
