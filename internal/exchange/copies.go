package exchange

import (
	"cmp"
	"slices"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange/likeness"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/search"
)

// Copy is a listing that is likely told twice (tin trùng), as its reader may see it, with how alike it is.
type Copy[T any] struct {
	Other *T
	likeness.Likeness
}

const (
	mostCopies = 5   // likely copies that are told of one listing
	candidates = 8   // listings that the search finds nearest, and that are compared
	foreign    = 6   // those that it finds nearest in the other language
	askedBytes = 400 // of a listing that the search is asked with
)

// Copies returns the likely copies of a listing among all that are handed in or public, most alike
// first, whole: for officers.
func (s *Shelf[T]) Copies(tx *db.Tx, r *T) ([]Copy[T], error) {
	return s.copies(tx, r, []place{{s.x.Index(), nil}, {s.x.aside(), handedIn}}, func(o *T) (*T, error) {
		if !Comparable(s.Listing(o).State) {
			return nil, nil
		}
		return o, nil
	})
}

// CopiesFor returns the likely copies of an actor's own listing among the public ones and those of
// the actor's organisations, each as the actor may see it. How alike they are is told of that alone.
func (s *Shelf[T]) CopiesFor(tx *db.Tx, actor account.Actor, r *T) ([]Copy[T], error) {
	var own []string
	for _, m := range actor.Memberships {
		own = append(own, m.Organisation)
	}
	places := []place{{s.x.Index(), nil}}
	if len(own) > 0 {
		places = append(places, place{s.x.aside(), map[string][]string{"owner": own}})
	}
	kept, err := keptWith(tx, s.Kind.Name, s.Listing(r).ID)
	if err != nil {
		return nil, err
	}
	return s.copies(tx, r, places, func(o *T) (*T, error) {
		l := s.Listing(o)
		switch {
		case l.State == Withdrawn, slices.Contains(kept, l.ID): // an officer has said that both stay
			return nil, nil
		case actor.In(l.Owner):
			return o, nil
		case !Citable(l.State):
			return nil, nil
		}
		level, err := s.x.LevelOf(tx, actor, s.Kind.Name, l)
		if err != nil {
			return nil, err
		}
		return s.See(o, min(level, field.NDA)), nil
	})
}

// Comparable reports whether officers compare listings in that state: drafts are nobody's business
// yet, and what was taken back is gone.
func Comparable(state string) bool { return state != Draft && state != Withdrawn }

// handedIn filters the index of what is not on the floor.
var handedIn = map[string][]string{"state": slices.DeleteFunc(slices.Clone(States), func(state string) bool { return !Comparable(state) })}

// place is an index in which copies are looked for.
type place struct {
	index   *search.Index
	filters map[string][]string
}

// aside is the index of the listings that are not on the floor; an empty one when there is none.
func (x *Exchange) aside() *search.Index {
	if x.Aside == nil {
		return search.New()
	}
	return x.Aside()
}

// copies looks for copies of r in some places. See returns another listing as the reader may see
// it, nil when the reader may not.
func (s *Shelf[T]) copies(tx *db.Tx, r *T, places []place, see func(*T) (*T, error)) ([]Copy[T], error) {
	ids := s.nearest(r, places)
	if len(ids) == 0 {
		return nil, nil
	}
	others, err := s.whole(tx, ids)
	if err != nil {
		return nil, err
	}
	own := s.print(r)
	var all []Copy[T]
	for _, o := range others {
		seen, err := see(o)
		if err != nil {
			return nil, err
		}
		if seen == nil {
			continue
		}
		if l := own.Compare(s.print(seen)); l.Copy() {
			all = append(all, Copy[T]{seen, l})
		}
	}
	slices.SortFunc(all, func(a, b Copy[T]) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(s.Listing(a.Other).ID, s.Listing(b.Other).ID))
	})
	return all[:min(mostCopies, len(all))], nil
}

// Alike compares two listings as they are given.
func (s *Shelf[T]) Alike(a, b *T) likeness.Likeness { return s.print(a).Compare(s.print(b)) }

func (s *Shelf[T]) print(r *T) *likeness.Print {
	return likeness.Measure{Dictionary: s.x.Dictionary}.Print(s.said(r))
}

// said is all that a listing says in words.
func (s *Shelf[T]) said(r *T) likeness.Text {
	l := s.Listing(r)
	t := likeness.Text{Title: l.Title, Summary: l.Summary, Poster: l.Owner}
	var vi, en []string
	for _, f := range s.Kind.Fields {
		if f.Kind == field.KindBoth && !f.Fixed && f.Name != "title" && f.Name != "summary" {
			both := f.Text(r)
			vi, en = append(vi, both.Vi), append(en, both.En)
		}
	}
	t.Body = lang.Both{Vi: strings.TrimSpace(strings.Join(vi, "\n")), En: strings.TrimSpace(strings.Join(en, "\n"))}
	return t
}

// nearest names the listings that the search finds nearest to a listing: in its own words, and in
// those of the other language.
func (s *Shelf[T]) nearest(r *T, places []place) []string {
	t, id := s.said(r), s.Listing(r).ID
	var ids []string
	for _, tag := range lang.Tags {
		text := Clip(t.Title.Only(tag)+"\n"+t.Summary.Only(tag)+"\n"+t.Body.Only(tag), askedBytes)
		if strings.TrimSpace(text) == "" {
			continue
		}
		for _, p := range places {
			ids = s.ask(p, text, tag, candidates, id, ids)
		}
		if t.Title.Only(tag.Other()) != "" || s.x.Dictionary == nil {
			continue // it is asked for in its own words
		}
		if text = s.translated(t, tag); text != "" {
			for _, p := range places {
				ids = s.ask(p, text, tag.Other(), foreign, id, ids)
			}
		}
	}
	return ids
}

// ask adds the listings that are nearest to a text, but for the listing itself.
func (s *Shelf[T]) ask(p place, text string, tag lang.Tag, most int, id string, ids []string) []string {
	filters := map[string][]string{"kind": {s.Kind.Name}}
	for name, values := range p.filters {
		filters[name] = values
	}
	found := p.index.Search(search.Query{Text: text, Whole: true, Reader: tag, Filters: filters, Limit: most + 1, Quiet: true})
	for _, hit := range found.Hits {
		if hit.ID != id && !slices.Contains(ids, hit.ID) {
			ids = append(ids, hit.ID)
		}
	}
	return ids
}

// translated puts title and summary into the words that they have in the other language, each by its
// first equivalent. Figures and names stay as they are.
func (s *Shelf[T]) translated(t likeness.Text, from lang.Tag) string {
	text := t.Title.Only(from) + "\n" + t.Title.Only(from) + "\n" + t.Summary.Only(from)
	var words []string
	for _, sense := range s.x.Dictionary(text, from) {
		words = append(words, sense.Also[:min(1, len(sense.Also))]...)
	}
	return strings.Join(append(words, likeness.Carried(text)...), " ")
}

// comparedOf reads a listing and refuses what officers do not compare.
func (s *Shelf[T]) comparedOf(tx *db.Tx, id string) (*T, error) {
	r, err := s.Kind.Get(tx, id)
	if err == nil && s.Listing(r).State == Draft {
		err = fault.New(fault.NotFound, "record.not_found")
	}
	return r, err
}

// WholeText is what a listing says in one tongue: Vietnamese, or English where it has no other.
func (s *Shelf[T]) WholeText(r *T) string {
	var all []string
	for _, f := range s.Kind.Fields {
		if f.Kind == field.KindBoth && !f.Fixed {
			all = append(all, f.Text(r).In(lang.Vi))
		}
	}
	return strings.Join(all, "\n")
}
