package search

import (
	"slices"
	"strings"
)

// mostMissed is how many words of a query that found nothing are told as one phrase.
const mostMissed = 6

// Missed returns what was sought in vain, folded: the whole query when it found nothing and is short,
// and else each word that no listing has, neither as it is nor in the other tongue.
func (r *Result) Missed() []string {
	var all, absent []string
	for i := range r.Asked.words {
		w := &r.Asked.words[i]
		all = append(all, w.folded)
		if w.absent && !r.Asked.renders(w.folded) && !slices.Contains(absent, w.folded) {
			absent = append(absent, w.folded)
		}
	}
	if r.Total == 0 && len(all) > 0 && len(all) <= mostMissed {
		return []string{strings.Join(all, " ")}
	}
	return absent
}

// renders reports whether a folded word is part of a phrase that listings have in the other tongue.
func (q *Asked) renders(folded string) bool {
	a := newAnalyser()
	return slices.ContainsFunc(q.renderings, func(r rendering) bool {
		return len(r.ways) > 0 && slices.ContainsFunc(a.tokens(nil, r.source), func(t token) bool { return t.folded == folded })
	})
}
