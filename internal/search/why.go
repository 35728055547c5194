package search

// why tells which words of the query a listing has, and where: each word once, by its best form,
// and then the pairs that stand side by side.
func (v *snapshot) why(q *Asked, p place) []Why {
	var out []Why
	told := map[string]bool{}
	tell := func(w Why, ok bool) {
		if ok && !told[w.Word] {
			told[w.Word] = true
			out = append(out, w)
		}
	}
	l := stand{part: nil, slot: p.slot}
	if p.part < len(v.parts) {
		l.part = v.parts[p.part]
	} else {
		l.doc, l.head = v.head.docs[p.slot], &v.head
	}
	for i := range q.words {
		tell(l.whyWord(&q.words[i]))
	}
	for i := 1; i < len(q.words); i++ {
		if q.words[i].joined {
			tell(l.whyPair(&q.words[i-1], &q.words[i]))
		}
	}
	return out
}

// stand is where a listing stands: in a slot of a part, or of the head.
type stand struct {
	part *part
	slot uint32
	doc  *headDoc
	head *head
}

// find returns the hit of a key in the listing.
func (l *stand) find(key uint64) (hit, bool) {
	if l.doc != nil {
		return l.doc.find(key)
	}
	return l.part.of(key).find(l.slot)
}

func (l *stand) whyWord(w *sought) (Why, bool) {
	if h, ok := l.find(w.key); ok {
		return Why{w.typed, w.exact, fieldNamesOf(h.fields()), Exact}, true
	}
	if why, ok := l.kin(w, Folded, l.family(w)); ok {
		return why, true
	}
	if w.stem == "" {
		return Why{}, false
	}
	if _, ok := l.find(stemKey(w.stem)); !ok {
		return Why{}, false
	}
	return l.kin(w, Stem, l.ofStem(w.stem))
}

// kin tells which of some forms the listing has: the one that counts most in it.
func (l *stand) kin(w *sought, how How, forms []*lexeme) (why Why, ok bool) {
	most := uint8(0)
	for _, form := range forms {
		if h, there := l.find(form.word); there && h.impact() > most {
			most, ok = h.impact(), true
			why = Why{w.typed, form.exact, fieldNamesOf(h.fields()), how}
		}
	}
	return why, ok
}

func (l *stand) family(w *sought) (forms []*lexeme) {
	if l.doc == nil {
		return l.part.words.family(w.folded, w.fold)
	}
	return l.head.wordsWhere(func(form *lexeme) bool { return form.folded == w.folded })
}

func (l *stand) ofStem(root string) (forms []*lexeme) {
	if l.doc == nil {
		l.part.words.ofStem(root, func(form *lexeme) { forms = append(forms, form) })
		return forms
	}
	return l.head.wordsWhere(func(form *lexeme) bool { return form.root == root })
}

func (h *head) wordsWhere(is func(*lexeme) bool) (forms []*lexeme) {
	for _, form := range h.words {
		if is(form) {
			forms = append(forms, form)
		}
	}
	return forms
}

func (l *stand) whyPair(first, second *sought) (Why, bool) {
	h, ok := l.find(pairKey(first.fold, second.fold))
	if !ok {
		return Why{}, false
	}
	one, ok1 := l.whyWord(first)
	two, ok2 := l.whyWord(second)
	matched := one.Matched + " " + two.Matched
	return Why{first.typed + " " + second.typed, matched, fieldNamesOf(h.fields()), Bigram}, ok1 && ok2
}
