package search

import "slices"

// why tells which words of the query a listing has, and where: each word once, by its best form,
// and then the pairs that stand side by side.
func (x *body) why(q *Asked, slot uint32) []Why {
	var out []Why
	told := map[string]bool{}
	tell := func(w Why, ok bool) {
		if ok && !told[w.Word] {
			told[w.Word] = true
			out = append(out, w)
		}
	}
	for i := range q.words {
		tell(x.whyWord(&q.words[i], slot))
	}
	for i := 1; i < len(q.words); i++ {
		if q.words[i].joined {
			tell(x.whyPair(&q.words[i-1], &q.words[i], slot))
		}
	}
	for i := range q.renderings {
		tell(x.whyTranslated(&q.renderings[i], slot))
	}
	return out
}

func (x *body) whyWord(w *sought, slot uint32) (Why, bool) {
	if entry, ok := x.words[w.exact]; ok {
		if hit, ok := find(x.postings[entry.exact], slot); ok {
			return Why{w.typed, w.exact, fieldsOf(hit.fields), Exact}, true
		}
	}
	if id, ok := x.folds[w.folded]; ok {
		if matched, hit, ok := x.kin(id, slot); ok {
			return Why{w.typed, matched, fieldsOf(hit.fields), Folded}, true
		}
	}
	if id, ok := x.stems[w.stem]; ok && w.stem != "" {
		if matched, hit, ok := x.kin(id, slot); ok {
			return Why{w.typed, matched, fieldsOf(hit.fields), Stem}, true
		}
	}
	return Why{}, false
}

// kin returns the form that a listing has of a folded form or stem: the one that weighs most in it.
func (x *body) kin(id int32, slot uint32) (name string, in posting, ok bool) {
	if in, ok = find(x.postings[id], slot); !ok {
		return "", in, false
	}
	var most uint16
	for _, exact := range x.family[id] {
		if hit, ok := find(x.postings[exact], slot); ok && hit.weight > most {
			name, most = x.names[exact], hit.weight
		}
	}
	return name, in, name != ""
}

func (x *body) whyPair(first, second *sought, slot uint32) (Why, bool) {
	_, list := x.pair(first, second)
	hit, ok := find(list, slot)
	if !ok {
		return Why{}, false
	}
	one, ok1 := x.whyWord(first, slot)
	two, ok2 := x.whyWord(second, slot)
	matched := one.Matched + " " + two.Matched
	return Why{first.typed + " " + second.typed, matched, fieldsOf(hit.fields), Bigram}, ok1 && ok2
}

func fieldsOf(mask uint8) []string {
	var names []string
	for f := range fieldCount {
		if mask&(1<<f) != 0 {
			names = append(names, fieldNames[f])
		}
	}
	return slices.Clip(names)
}
