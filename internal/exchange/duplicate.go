package exchange

import (
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
)

// Duplicate is two listings that are likely copies of each other (cặp tin trùng), and what an
// officer decided on them.
type Duplicate struct {
	ID         string
	Kind       string // offer or need
	One, Other string // ids, in their order
	Likeness   int    // thousandths, when they were last compared
	Found      time.Time
	Verdict    string // Kept, Merged, or empty while nobody has decided
	Decided    time.Time
	By         account.ID
	Note       string
	Stays      string // of a merger: which one stays
	before     string // and the state that the other one had
	review     string // and its review that the merger ended
}

// The verdicts on a pair.
const (
	Kept   = "kept"   // both stay: they are two technologies
	Merged = "merged" // one stays, the other was withdrawn and leads to it
)

// Gone is the listing that a merger withdrew.
func (d *Duplicate) Gone() string {
	if d.Stays == d.One {
		return d.Other
	}
	return d.One
}

// Merge withdraws one of two listings in favour of the one that stays; its address leads there from
// then on. Claims and files stay where they are. Everybody must be able to open the one that stays,
// unless both are of one owner: else the link would tell of what is closed. It returns Forbidden to
// an officer of one of the owners, and Conflict where the other listing cannot be withdrawn.
func (s *Shelf[T]) Merge(tx *db.Tx, officer account.Actor, gone, stays, note string) error {
	note = lang.Clean(note)
	d, left, kept, err := s.pairOf(tx, officer, gone, stays)
	if err != nil {
		return err
	}
	if d.Verdict == Merged && s.Listing(left).State == Withdrawn {
		return fault.New(fault.Conflict, "duplicate.decided")
	}
	target, origin := s.Listing(kept), s.Listing(left)
	if !Citable(target.State) && (target.Owner != origin.Owner || !Comparable(target.State) || target.State == Blocked) {
		return fault.New(fault.Conflict, "duplicate.stays_not_public")
	}
	d.Verdict, d.Stays, d.Note, d.before = Merged, stays, note, origin.State
	if d.review, err = endForMerger(tx, s.Kind.Name, gone); err != nil {
		return err
	}
	also := []ledger.Change{{Field: "merged_into", New: target.Number}, {Field: "note", New: note}}
	if err := s.move(tx, officer.ID, gone, "merger", "merged", nil, also...); err != nil {
		return err
	}
	if err := s.decide(tx, officer, d); err != nil {
		return err
	}
	return s.tellOwner(tx, gone, "listing_merged", "Title", origin.Title, "Stays", target.Number, "Note", note)
}

// KeepBoth says that two listings are no copies of each other. They are not shown as a pair again.
func (s *Shelf[T]) KeepBoth(tx *db.Tx, officer account.Actor, one, other, note string) error {
	d, a, b, err := s.pairOf(tx, officer, one, other)
	if err != nil {
		return err
	}
	if d.Verdict == Merged && (s.Listing(a).State == Withdrawn || s.Listing(b).State == Withdrawn) {
		return fault.New(fault.Conflict, "duplicate.decided")
	}
	d.Verdict, d.Stays, d.Note, d.before, d.review = Kept, "", lang.Clean(note), "", ""
	return s.decide(tx, officer, d)
}

// Undo takes a verdict back. Of a merger, the listing that was withdrawn gets the state that it had,
// and its review goes on where it was. It is a Conflict when the listing was opened again since.
func (s *Shelf[T]) Undo(tx *db.Tx, officer account.Actor, one, other string) error {
	d, _, _, err := s.pairOf(tx, officer, one, other)
	if err != nil {
		return err
	}
	switch d.Verdict {
	case "":
		return fault.New(fault.Conflict, "duplicate.not_decided")
	case Merged:
		if err := s.restore(tx, officer, d); err != nil {
			return err
		}
	}
	was := d.Verdict
	d.Verdict, d.Stays, d.Note, d.before, d.review = "", "", "", "", ""
	if err := storePair(tx, d); err != nil {
		return err
	}
	_, err = ledger.Append(tx, ledger.Note{Actor: string(officer.ID), Act: "duplicate.undone", Kind: "duplicate", ID: d.ID, Change: []ledger.Change{{Field: "verdict", Old: was}}})
	return err
}

// restore gives the listing that a merger withdrew the state that it had before.
func (s *Shelf[T]) restore(tx *db.Tx, officer account.Actor, d *Duplicate) error {
	old, err := s.Kind.Get(tx, d.Gone())
	if err != nil {
		return err
	}
	if s.Listing(old).State != Withdrawn {
		return fault.New(fault.Conflict, "duplicate.opened_again")
	}
	r := s.Kind.Copy(old)
	s.Listing(r).State = d.before
	if err := s.Kind.Save(tx, officer.ID, s.act("separated"), old, r); err != nil {
		return err
	}
	if err := reopenReview(tx, d.review); err != nil {
		return err
	}
	return s.tellOwner(tx, d.Gone(), "listing_separated", "Title", s.Listing(r).Title)
}

// decide keeps a verdict and writes it into the ledger.
func (s *Shelf[T]) decide(tx *db.Tx, officer account.Actor, d *Duplicate) error {
	d.Decided, d.By = tx.Now, officer.ID
	if err := storePair(tx, d); err != nil {
		return err
	}
	change := []ledger.Change{{Field: "verdict", New: d.Verdict}, {Field: "one", New: d.One}, {Field: "other", New: d.Other}, {Field: "stays", New: d.Stays}, {Field: "note", New: d.Note}}
	_, err := ledger.Append(tx, ledger.Note{Actor: string(officer.ID), Act: "duplicate." + d.Verdict, Kind: "duplicate", ID: d.ID, Change: change})
	return err
}

// pairOf reads two listings on which an officer may decide, with what is known of them as a pair.
func (s *Shelf[T]) pairOf(tx *db.Tx, officer account.Actor, one, other string) (*Duplicate, *T, *T, error) {
	d, a, b, err := s.Pair(tx, one, other)
	if err != nil {
		return nil, nil, nil, err
	}
	for _, r := range []*T{a, b} {
		if err := Impartial(officer, s.Listing(r)); err != nil {
			return nil, nil, nil, err
		}
	}
	return d, a, b, nil
}

// Pair reads two different listings, and what is known of them as a pair; a pair that nobody has
// found yet is compared and has no verdict. Drafts are not said to exist.
func (s *Shelf[T]) Pair(tx *db.Tx, one, other string) (*Duplicate, *T, *T, error) {
	if one == other {
		return nil, nil, nil, fault.New(fault.NotFound, "record.not_found")
	}
	a, err := s.comparedOf(tx, one)
	if err != nil {
		return nil, nil, nil, err
	}
	b, err := s.comparedOf(tx, other)
	if err != nil {
		return nil, nil, nil, err
	}
	d, err := pairAs(tx, s.Kind.Name, one, other)
	if err == nil && d == nil {
		d = newPair(tx, s.Kind.Name, one, other)
		d.Likeness = thousandths(s.Alike(a, b).Score)
	}
	return d, a, b, err
}

func newPair(tx *db.Tx, kind, one, other string) *Duplicate {
	return &Duplicate{ID: db.NewID(tx.Now), Kind: kind, One: min(one, other), Other: max(one, other), Found: tx.Now}
}

func thousandths(score float64) int { return int(score * 1000) }

// MergedInto returns the listing that stands for one that a merger withdrew, over as many mergers
// as there were; "" when none did.
func MergedInto(tx *db.Tx, kind, id string) (string, error) {
	const mostMergers = 20
	last := ""
	for range mostMergers {
		next, err := staysFor(tx, kind, id)
		if err != nil || next == "" {
			return last, err
		}
		last, id = next, next
	}
	return last, nil
}
