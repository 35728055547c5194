package exchange

import (
	"cmp"
	"slices"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/registry"
	"chonoi/internal/search"
	"chonoi/internal/when"
)

// Finding is what one automatic check tells the reviewer. It decides nothing: a person does.
type Finding struct {
	State  string // yes: in order; part: look at it; no: ask before publishing
	Key    string // of the sentence
	Args   []any  // name, value pairs of the sentence
	Path   string // where the sentence leads, when it leads somewhere
	Column string // the fact that it speaks of, when it speaks of one
	Quote  string // the words found there
}

// runWords is how many words in a row count as one run when two texts are compared.
const runWords = 3

// Likeness returns which share of the runs of three words of a text also stand in another one, 0
// to 100. Marks and case do not count. A text of less than three words is like nothing.
func Likeness(text, other string) int {
	own, theirs := wordRuns(text), wordRuns(other)
	same := 0
	for run := range own {
		if theirs[run] {
			same++
		}
	}
	if len(own) == 0 {
		return 0
	}
	return same * 100 / len(own)
}

func wordRuns(text string) map[string]bool {
	all := strings.Fields(words(text))
	runs := make(map[string]bool, len(all))
	for i := 0; i+runWords <= len(all); i++ {
		runs[strings.Join(all[i:i+runWords], " ")] = true
	}
	return runs
}

// The shares from which a likeness is told to the reviewer, and from which it is taken for the same.
const (
	likeAtAll = 30
	likeMuch  = 70
)

// like is another listing with what it shares with the reviewed one.
type like struct {
	kind, id, number string
	share            int
	own              bool // of the same owner
}

// likenesses tells which other listings are like this one, most alike first.
func likenesses(others []like) []Finding {
	slices.SortStableFunc(others, func(a, b like) int { return cmp.Compare(b.share, a.share) })
	var all []Finding
	for _, o := range others {
		if o.share < likeAtAll || len(all) == 5 {
			break
		}
		f := Finding{State: "part", Key: "desk.like_other", Args: []any{"Share", o.share, "Number", o.number}, Path: "/" + o.kind + "s/" + o.id}
		if o.own {
			f.Key = "desk.like_own"
		}
		if o.share >= likeMuch {
			f.State = "no"
		}
		all = append(all, f)
	}
	if len(all) == 0 {
		all = append(all, Finding{State: "yes", Key: "desk.like_none"})
	}
	return all
}

// complete tells how many of the needed facts are told, and which contradict each other.
func (s *Shelf[T]) complete(r *T) []Finding {
	needed, missing := 0, s.Kind.Fields.Missing(r)
	for _, f := range s.Kind.Fields {
		if f.Must {
			needed++
		}
	}
	all := []Finding{{State: "yes", Key: "desk.facts_told", Args: []any{"Told", needed - len(missing), "Needed", needed}}}
	if len(missing) > 0 {
		all[0].State = "no"
	}
	amiss := fault.New(fault.Invalid, "listing.not_complete")
	s.check(r, amiss)
	for _, one := range amiss.Fields {
		all = append(all, Finding{State: "no", Key: one.Key, Args: one.Args, Column: one.Field})
	}
	return all
}

// recipes tells where a text that everybody or everybody signed in may read looks like a recipe.
// How others do it today is nobody's secret.
func (s *Shelf[T]) recipes(r *T) []Finding {
	var all []Finding
	shown := s.Listing(r).Shown
	for _, f := range s.Kind.Fields {
		if f.Kind != field.KindBoth || f.Name == "present_solution" || f.LevelIn(shown) >= field.Enquiry {
			continue
		}
		for _, column := range f.Columns() {
			for _, piece := range Recipes(f.Stored(r, column)) {
				all = append(all, Finding{State: "no", Key: "desk.looks_like_recipe", Column: column, Quote: Clip(piece, 160)})
			}
		}
	}
	if len(all) == 0 {
		return []Finding{{State: "yes", Key: "desk.no_recipe"}}
	}
	return all
}

// leaksFound tells what gives an anonymous owner away.
func leaksFound(anonymous bool, leaks []Leak) []Finding {
	switch {
	case !anonymous:
		return nil
	case len(leaks) == 0:
		return []Finding{{State: "yes", Key: "desk.no_leak"}}
	}
	var all []Finding
	for _, leak := range leaks {
		all = append(all, Finding{State: "no", Key: "listing.leak_" + leak.What, Args: []any{"Found", leak.Found}, Column: leak.Column})
	}
	return all
}

// readiness tells whether a high TRL rests on more than a word.
func readiness(o *Offer, claims []record.Claim, today when.Day) []Finding {
	if o.TRL < 7 {
		return nil
	}
	trl := []any{"Level", int(o.TRL)}
	if o.TRLEvidence.Empty() {
		return []Finding{{State: "no", Key: "desk.trl_without_evidence", Args: trl}}
	}
	for _, c := range claims {
		if c.Claim == "trl" && c.LevelOn(today) != "stated" {
			return []Finding{{State: "yes", Key: "desk.trl_proven", Args: trl}}
		}
	}
	return []Finding{{State: "part", Key: "desk.trl_only_told", Args: trl}}
}

// standing tells whether the owner is an organisation that an officer has confirmed.
func standing(state string, name lang.Both) Finding {
	switch state {
	case "confirmed":
		return Finding{State: "yes", Key: "desk.owner_confirmed", Args: []any{"Name", name}}
	case "refused":
		return Finding{State: "no", Key: "desk.owner_refused", Args: []any{"Name", name}}
	}
	return Finding{State: "no", Key: "desk.owner_unconfirmed", Args: []any{"Name", name}}
}

// Check runs the automatic checks on a listing as it was handed in.
func (s *Shelf[T]) Check(tx *db.Tx, r *T) ([]Finding, error) {
	l := s.Listing(r)
	all := s.complete(r)
	owner, err := registry.Organisations.Get(tx, l.Owner)
	switch {
	case err == nil:
		all = append(all, standing(owner.State, owner.Name))
	case fault.KindOf(err) != fault.NotFound:
		return nil, err
	}
	others, err := s.alike(tx, r)
	if err != nil {
		return nil, err
	}
	leaks, err := s.Leaks(tx, r)
	if err != nil {
		return nil, err
	}
	all = slices.Concat(all, likenesses(others), s.recipes(r), leaksFound(l.Anonymous, leaks))
	if o, ok := any(r).(*Offer); ok {
		claims, err := record.Claims(tx, s.Kind.Name, l.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, readiness(o, claims, when.DayOf(tx.Now))...)
	}
	return all, nil
}

// alike compares a listing with those on the floor that the search finds nearest to it.
func (s *Shelf[T]) alike(tx *db.Tx, r *T) ([]like, error) {
	l, text := s.Listing(r), s.WholeText(r)
	found := s.x.Index().Search(search.Query{Text: text, Whole: true, Reader: lang.Vi, Filters: map[string][]string{"kind": {s.Kind.Name}}, Limit: 12, Quiet: true})
	var all []like
	for _, hit := range found.Hits {
		if hit.ID == l.ID {
			continue
		}
		other, err := s.Kind.Get(tx, hit.ID)
		if fault.KindOf(err) == fault.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		o := s.Listing(other)
		all = append(all, like{s.Kind.Name, o.ID, o.Number, Likeness(text, s.WholeText(other)), o.Owner == l.Owner})
	}
	return all, nil
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
