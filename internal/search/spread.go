package search

import "chonoi/internal/lang"

// Spread tells in how many listings each of some phrases of one tongue can stand at most: in as many
// as have its rarest word, or its rarest two words side by side. Of is the number of listings, those
// included that were lately taken out. A Vietnamese phrase without marks is looked for with any.
func (x *Index) Spread(tongue lang.Tag, phrases []string) (counts []int, of int) {
	v := x.now.Load()
	a := analysers.Get().(*analyser)
	defer analysers.Put(a)
	counts = make([]int, len(phrases))
	for i, phrase := range phrases {
		counts[i] = v.spread(a.tokens(nil, phrase), tongue)
	}
	return counts, v.slots()
}

func (v *snapshot) spread(words []token, tongue lang.Tag) (least int) {
	for i := range words {
		w := &words[i]
		n := 0
		switch {
		case tongue == lang.En:
			n = v.df(stemKey(stem(w.exact)))
		case w.marked:
			n = v.df(wordKey(w.exact))
		default:
			n = v.familySpread(w.folded)
		}
		if i > 0 && tongue == lang.Vi {
			n = min(n, v.df(pairKey(foldHash(words[i-1].folded), foldHash(w.folded))))
		}
		if i == 0 || n < least {
			least = n
		}
	}
	return least
}

// familySpread returns in how many listings a word stands with any marks, each form counted by itself.
func (v *snapshot) familySpread(folded string) (n int) {
	seen := map[uint64]bool{}
	count := func(form *lexeme) {
		if form.folded == folded && !seen[form.word] {
			seen[form.word] = true
			n += v.df(form.word)
		}
	}
	for _, part := range v.parts {
		for _, form := range part.words.family(folded, foldHash(folded)) {
			count(form)
		}
	}
	for _, form := range v.head.words {
		count(form)
	}
	return n
}
