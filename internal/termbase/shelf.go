package termbase

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
)

// shelf is the terms of one instant as people look through them.
type shelf struct {
	terms  []shelved
	byID   map[string]int
	fields []string
}

type shelved struct {
	lexicon.Term
	id     string
	vi, en string // folded
}

// shelf returns the terms in the order of their Vietnamese, made at the first call after a change.
func (x *Termbase) shelf() *shelf {
	now := x.now.Load()
	if s := now.shelf.Load(); s != nil {
		return s
	}
	terms := now.lexicon.Terms()
	s := &shelf{terms: make([]shelved, len(terms)), byID: make(map[string]int, len(terms))}
	fields := map[string]bool{}
	for i, t := range terms {
		s.terms[i] = shelved{Term: t, id: IDOf(t.Vi, t.En), vi: lang.Fold(t.Vi), en: lang.Fold(t.En)}
		if t.Field != "" && !fields[t.Field] {
			fields[t.Field] = true
			s.fields = append(s.fields, t.Field)
		}
	}
	slices.SortFunc(s.terms, func(a, b shelved) int {
		return cmp.Or(strings.Compare(a.vi, b.vi), strings.Compare(a.Vi, b.Vi), cmp.Compare(b.Weight, a.Weight), strings.Compare(a.En, b.En))
	})
	slices.Sort(s.fields)
	for i := range s.terms {
		s.byID[s.terms[i].id] = i
	}
	now.shelf.Store(s)
	return s
}

func (s *shelf) at(id string) (lexicon.Term, bool) {
	i, ok := s.byID[id]
	if !ok {
		return lexicon.Term{}, false
	}
	return s.terms[i].Term, true
}

// sought is what is looked for among the terms.
type sought struct {
	text, field, source string
}

// find returns the terms that hold a text in either tongue, with marks or without; those that are it
// stand first, then those that begin with it.
func (s *shelf) find(q sought) []shelved {
	folded := lang.Fold(q.text)
	exact := strings.ToLower(q.text)
	var ranked [4][]shelved
	for _, t := range s.terms {
		if (q.field != "" && t.Field != q.field) || (q.source != "" && t.Source != q.source) {
			continue
		}
		switch {
		case folded == "":
			ranked[3] = append(ranked[3], t)
		case strings.ToLower(t.Vi) == exact || t.en == folded:
			ranked[0] = append(ranked[0], t)
		case t.vi == folded:
			ranked[1] = append(ranked[1], t)
		case strings.HasPrefix(t.vi, folded) || strings.HasPrefix(t.en, folded):
			ranked[2] = append(ranked[2], t)
		case strings.Contains(t.vi, folded) || strings.Contains(t.en, folded):
			ranked[3] = append(ranked[3], t)
		}
	}
	return slices.Concat(ranked[:]...)
}

// Export writes the terms that may be handed on, shipped ones and the city's own, as a table that Read
// reads again. Those of dictionaries stay out, for they have licences of their own.
func (x *Termbase) Export(to io.Writer) error {
	var out strings.Builder
	out.WriteString(lexicon.Header + "\n")
	for _, t := range x.shelf().terms {
		if t.Source == "" || t.Source == Own {
			out.WriteString(strings.Join([]string{t.Vi, t.En, t.Field, t.Note, strconv.Itoa(t.Weight)}, "\t") + "\n")
		}
	}
	_, err := io.WriteString(to, out.String())
	return err
}
