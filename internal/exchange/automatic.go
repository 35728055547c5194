package exchange

import (
	"slices"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/registry"
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

// likeMuch is the likeness in percent from which a listing is taken for the same as another one.
const likeMuch = 85

// likenesses tells which other listings are likely copies of this one, most alike first.
func (s *Shelf[T]) likenesses(copies []Copy[T]) []Finding {
	var all []Finding
	for _, c := range copies {
		f := Finding{State: "part", Key: "desk.like_other", Args: []any{"Share", c.Percent(), "Number", s.Listing(c.Other).Number}, Path: "#h-copies"}
		if c.Own {
			f.Key = "desk.like_own"
		}
		if c.Percent() >= likeMuch {
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

// Check runs the automatic checks on a listing as it was handed in, with the likely copies of it.
func (s *Shelf[T]) Check(tx *db.Tx, r *T, copies []Copy[T]) ([]Finding, error) {
	l := s.Listing(r)
	all := s.complete(r)
	owner, err := registry.Organisations.Get(tx, l.Owner)
	switch {
	case err == nil:
		all = append(all, standing(owner.State, owner.Name))
	case fault.KindOf(err) != fault.NotFound:
		return nil, err
	}
	leaks, err := s.Leaks(tx, r)
	if err != nil {
		return nil, err
	}
	all = slices.Concat(all, s.likenesses(copies), s.recipes(r), leaksFound(l.Anonymous, leaks))
	if o, ok := any(r).(*Offer); ok {
		claims, err := record.Claims(tx, s.Kind.Name, l.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, readiness(o, claims, when.DayOf(tx.Now))...)
	}
	return all, nil
}
