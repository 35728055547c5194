package exchange

import (
	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/ledger"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Shelf is one side of the market: all offers, or all needs. What both sides do alike is done here.
type Shelf[T any] struct {
	x       *Exchange
	Kind    *record.Kind[T]
	Listing func(*T) *Listing
	check   func(*T, *fault.Fault)
	second  func(*T) bool
}

// noticeDays are the days before the end on which the owner is reminded; the first one makes the
// listing expiring.
var noticeDays = []int{30, 7, 1}

// Begin adds a draft for an organisation, with what was given so far. What cannot be read comes
// back as faults beside the fields; the rest is kept.
func (s *Shelf[T]) Begin(tx *db.Tx, actor account.Actor, owner string, given field.Given) (*T, []fault.FieldFault, error) {
	if owner == "" {
		return nil, nil, fault.New(fault.Invalid, "listing.owner_needed").At("owner", "field.needed")
	}
	if !actor.In(owner) {
		return nil, nil, fault.New(fault.Forbidden, "listing.not_yours")
	}
	r := new(T)
	l := s.Listing(r)
	l.State, l.Owner, l.Shown = Draft, owner, map[string]field.Level{}
	amiss := s.Kind.Fields.Read(r, given, s.x.Codes)
	s.readHead(r, given)
	return r, amiss, s.Kind.New(tx, actor.ID, s.act("begun"), r)
}

// act names an act on this side: offer.published.
func (s *Shelf[T]) act(past string) string { return s.Kind.Name + "." + past }

// Edit keeps what the owner typed into a draft, a returned or a reopened listing, if nobody saved
// since the version that was being edited. It is a Conflict otherwise; the page then shows both.
func (s *Shelf[T]) Edit(tx *db.Tx, actor account.Actor, id string, version int64, given field.Given) (*T, []fault.FieldFault, error) {
	old, err := s.Mine(tx, actor, id)
	if err != nil {
		return nil, nil, err
	}
	l := s.Listing(old)
	if l.State != Draft && l.State != Returned {
		return nil, nil, fault.New(fault.Conflict, "listing.not_editable")
	}
	r := s.Kind.Copy(old)
	amiss := s.Kind.Fields.Read(r, given, s.x.Codes)
	s.readHead(r, given)
	if len(s.Kind.Fields.Differences(old, r)) == 0 && sameHead(l, s.Listing(r)) {
		return old, amiss, nil
	}
	if l.Version != version {
		return old, amiss, fault.New(fault.Conflict, "record.changed_meanwhile")
	}
	return r, amiss, s.Kind.Save(tx, actor.ID, s.act("edited"), old, r)
}

// readHead reads what the form says of anonymity and of who sees which fact.
func (s *Shelf[T]) readHead(r *T, given field.Given) {
	l := s.Listing(r)
	if texts, there := given("anonymous"); there {
		l.Anonymous = len(texts) > 0 && texts[len(texts)-1] == "1"
	}
	for _, f := range s.Kind.Fields {
		texts, there := given("shown." + f.Name)
		if !there || len(texts) == 0 || f.Fixed {
			continue
		}
		if level := field.LevelOf(texts[0]); level != f.Default {
			l.Shown[f.Name] = level
		} else {
			delete(l.Shown, f.Name)
		}
	}
}

func sameHead(a, b *Listing) bool {
	if a.Anonymous != b.Anonymous || len(a.Shown) != len(b.Shown) {
		return false
	}
	for name, level := range a.Shown {
		if b.Shown[name] != level {
			return false
		}
	}
	return true
}

// Mine returns a listing of the actor's own organisations, or NotFound: what is somebody else's is
// not said to exist.
func (s *Shelf[T]) Mine(tx *db.Tx, actor account.Actor, id string) (*T, error) {
	r, err := s.Kind.Get(tx, id)
	if err != nil {
		return nil, err
	}
	if !actor.In(s.Listing(r).Owner) {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	return r, nil
}

// Amiss lists all that keeps the listing from being submitted: what is missing and what
// contradicts itself. Both tongues are not demanded; one is.
func (s *Shelf[T]) Amiss(r *T) *fault.Fault {
	f := fault.New(fault.Invalid, "listing.not_complete")
	for _, m := range s.Kind.Fields.Missing(r) {
		f.At(m.Columns()[0], "field.needed")
	}
	s.check(r, f)
	return f
}

// Submit hands a draft or a mended listing in for review. It must be complete, and when the owner
// is anonymous nothing in it may give the owner away.
func (s *Shelf[T]) Submit(tx *db.Tx, actor account.Actor, id string) error {
	return s.move(tx, actor.ID, id, "submission", "submitted", func(old, r *T) error {
		if !actor.In(s.Listing(r).Owner) {
			return fault.New(fault.NotFound, "record.not_found")
		}
		if err := s.Amiss(r).OrNil(); err != nil {
			return err
		}
		leaks, err := s.Leaks(tx, r)
		if err != nil {
			return err
		}
		if len(leaks) > 0 {
			f := fault.New(fault.Invalid, "listing.gives_owner_away")
			for _, leak := range leaks {
				f.At(leak.Column, "listing.leak_"+leak.What, "Found", leak.Found)
			}
			return f
		}
		return openReview(tx, s.Kind.Name, id, "first", reviewDue(tx))
	})
}

// move takes a listing from one state to the next, after do has had its say, and saves it under
// the name of the act.
func (s *Shelf[T]) move(tx *db.Tx, actor account.ID, id, act, past string, do func(old, r *T) error, also ...ledger.Change) error {
	old, err := s.Kind.Get(tx, id)
	if err != nil {
		return err
	}
	move, err := Next(s.Listing(old).State, act)
	if err != nil {
		return err
	}
	r := s.Kind.Copy(old)
	s.Listing(r).State = move.To
	if do != nil {
		if err := do(old, r); err != nil {
			return err
		}
	}
	return s.Kind.Save(tx, actor, s.act(past), old, r, also...)
}

// Withdraw takes the owner's listing off the floor, or a draft away.
func (s *Shelf[T]) Withdraw(tx *db.Tx, actor account.Actor, id, reason string) error {
	if _, err := s.Mine(tx, actor, id); err != nil {
		return err
	}
	if err := endReviews(tx, s.Kind.Name, id, actor.ID, "withdrawn"); err != nil {
		return err
	}
	return s.move(tx, actor.ID, id, "withdrawal", "withdrawn", nil, ledger.Change{Field: "reason", New: reason})
}

// Reopen makes a withdrawn listing a draft again.
func (s *Shelf[T]) Reopen(tx *db.Tx, actor account.Actor, id string) error {
	if _, err := s.Mine(tx, actor, id); err != nil {
		return err
	}
	return s.move(tx, actor.ID, id, "reopening", "reopened", nil)
}

// Take says that the technology went to one buyer only, and takes it off the floor.
func (s *Shelf[T]) Take(tx *db.Tx, actor account.Actor, id string) error {
	if _, err := s.Mine(tx, actor, id); err != nil {
		return err
	}
	return s.move(tx, actor.ID, id, "taking", "taken", nil)
}

// Renew keeps a listing on the floor for another term. The owner must give each volatile fact
// anew, or confirm it by name ("confirm.price"); what is neither is a fault beside its field.
func (s *Shelf[T]) Renew(tx *db.Tx, actor account.Actor, id string, given field.Given) error {
	if _, err := s.Mine(tx, actor, id); err != nil {
		return err
	}
	return s.move(tx, actor.ID, id, "renewal", "renewed", func(old, r *T) error {
		f := fault.New(fault.Invalid, "listing.renewal_not_complete")
		volatile := field.Set[T]{}
		for _, one := range s.Kind.Fields {
			if !one.Stale {
				continue
			}
			volatile = append(volatile, one)
			if texts, _ := given("confirm." + one.Name); len(texts) == 0 {
				f.At("confirm."+one.Name, "listing.confirm_needed")
			}
		}
		f.Fields = append(f.Fields, volatile.Read(r, given, s.x.Codes)...)
		s.check(r, f)
		l := s.Listing(r)
		today := when.DayOf(tx.Now)
		l.Expires, l.Confirmed = today.AddDays(s.x.Lifetime()), today.String()
		return f.OrNil()
	})
}

// NeedsSecond reports whether a listing, as it stands, goes to a second reviewer before it is published.
func (s *Shelf[T]) NeedsSecond(r *T) bool { return s.second(r) }
