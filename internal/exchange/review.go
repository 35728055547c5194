package exchange

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// Review is one look of an officer at a listing: the first, the second by somebody of another
// unit, or a re-audit of a published one drawn by lot.
type Review struct {
	ID      string
	Kind    string // offer or need
	Record  string
	Stage   string // first, second, reaudit
	Officer account.ID
	Opened  time.Time
	Due     when.Day // service promise
	Ended   time.Time
	Outcome string   // published, returned, referred, blocked, passed, suspended, withdrawn; empty while open
	Reasons []string // codes of the list return_reasons
	Note    string
	Checked []string // items of the checklist that hold
}

// ReviewDays is the service promise: an answer within two working days.
const ReviewDays = 2

func reviewDue(tx *db.Tx) when.Day { return when.WorkingDays(when.DayOf(tx.Now), ReviewDays, nil) }

// Late reports whether the promise is broken on a day.
func (r *Review) Late(today when.Day) bool { return r.Ended.IsZero() && today.After(r.Due) }

// Verdict is what an officer decides, and why.
type Verdict struct {
	Checked []string // checklist items that hold
	Reasons []string
	Note    string
	Class   string // technology class, told at the first review
}

func (v *Verdict) clean() { v.Note = lang.Clean(v.Note) }

// TakeUp puts a submitted listing on an officer's desk.
func (s *Shelf[T]) TakeUp(tx *db.Tx, officer account.Actor, id string) error {
	return s.move(tx, officer.ID, id, "taking_up", "taken_up", func(old, r *T) error {
		if err := s.mayDecide(tx, officer, old); err != nil {
			return err
		}
		return assignReview(tx, s.Kind.Name, id, officer.ID)
	})
}

// Return sends a listing back to its owner with reasons. A reason is compulsory, and the reason
// "other" needs words.
func (s *Shelf[T]) Return(tx *db.Tx, officer account.Actor, id string, v Verdict) error {
	v.clean()
	f := fault.New(fault.Invalid, "review.not_complete")
	if len(v.Reasons) == 0 {
		f.At("reasons", "review.reason_needed")
	}
	for _, reason := range v.Reasons {
		if !s.x.Codes.Has("return_reasons", reason) {
			f.At("reasons", "review.reason_unknown")
		}
	}
	if slices.Contains(v.Reasons, "other") && v.Note == "" {
		f.At("note", "review.note_needed")
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	var title lang.Both
	err := s.move(tx, officer.ID, id, "return", "returned", func(old, r *T) error {
		title = s.Listing(r).Title
		if err := s.mayDecide(tx, officer, old); err != nil {
			return err
		}
		return endReview(tx, s.Kind.Name, id, officer.ID, "returned", v)
	}, ledger.Change{Field: "reasons", New: strings.Join(v.Reasons, ",")}, ledger.Change{Field: "note", New: v.Note})
	if err != nil {
		return err
	}
	return s.tellOwner(tx, id, "listing_returned", "Title", title, "Reasons", s.ReasonNames(v.Reasons), "Note", v.Note)
}

// ReasonNames puts the reasons' names in both tongues into one line each.
func (s *Shelf[T]) ReasonNames(codes []string) lang.Both {
	var vi, en []string
	for _, code := range codes {
		name := s.x.Codes.Name("return_reasons", code)
		vi, en = append(vi, name.Vi), append(en, name.En)
	}
	return lang.Both{Vi: strings.Join(vi, "; "), En: strings.Join(en, "; ")}
}

// Pass publishes a listing, or refers it to a second reviewer where four eyes are needed. Every
// item of the checklist must hold, and the technology class must be told.
func (s *Shelf[T]) Pass(tx *db.Tx, officer account.Actor, id string, v Verdict) error {
	v.clean()
	old, err := s.Kind.Get(tx, id)
	if err != nil {
		return err
	}
	if err := s.verdictHolds(v, s.Listing(old).State); err != nil {
		return err
	}
	if s.Listing(old).State == Checking {
		r := s.Kind.Copy(old)
		s.Listing(r).Class = v.Class
		if s.second(r) {
			return s.refer(tx, officer, id, v)
		}
	}
	return s.publish(tx, officer, id, v)
}

func (s *Shelf[T]) verdictHolds(v Verdict, state string) error {
	f := fault.New(fault.Invalid, "review.not_complete")
	for _, item := range s.x.Codes.Of("checklist_" + s.Kind.Name) {
		if !slices.Contains(v.Checked, item.Code) {
			f.At("checked", "review.item_open", "Item", item.Name)
		}
	}
	if state == Checking && !s.x.Codes.Has("technology_classes", v.Class) {
		f.At("class", "review.class_needed")
	}
	if v.Class == "banned" {
		f.At("class", "review.banned_cannot_pass")
	}
	return f.OrNil()
}

// refer hands a listing to a second reviewer.
func (s *Shelf[T]) refer(tx *db.Tx, officer account.Actor, id string, v Verdict) error {
	return s.move(tx, officer.ID, id, "referral", "referred", func(old, r *T) error {
		if err := s.mayDecide(tx, officer, old); err != nil {
			return err
		}
		s.Listing(r).Class = v.Class
		if err := endReview(tx, s.Kind.Name, id, officer.ID, "referred", v); err != nil {
			return err
		}
		return openReview(tx, s.Kind.Name, id, "second", reviewDue(tx))
	})
}

func (s *Shelf[T]) publish(tx *db.Tx, officer account.Actor, id string, v Verdict) error {
	var title lang.Both
	err := s.move(tx, officer.ID, id, "publication", "published", func(old, r *T) error {
		if err := s.mayDecide(tx, officer, old); err != nil {
			return err
		}
		l := s.Listing(r)
		title = l.Title
		if v.Class != "" && s.Listing(old).State == Checking {
			l.Class = v.Class
		}
		s.putOnFloor(tx, r, officer.ID)
		return endReview(tx, s.Kind.Name, id, officer.ID, "published", v)
	})
	if err != nil {
		return err
	}
	return s.tellOwner(tx, id, "listing_published", "Title", title)
}

// putOnFloor sets what a listing gets when it comes on the floor.
func (s *Shelf[T]) putOnFloor(tx *db.Tx, r *T, officer account.ID) {
	l := s.Listing(r)
	today := when.DayOf(tx.Now)
	if l.Published.IsZero() {
		l.Published = tx.Now
	}
	if l.Expires.Zero() || l.Expires.Before(today) {
		l.Expires = today.AddDays(s.x.Lifetime())
	}
	l.Confirmed = today.String()
	if n, ok := any(r).(*Need); ok && n.ReplyDue.Zero() {
		n.own(officer, today, s.x.ReplyDays())
	}
}

// mayDecide refuses a second review by the first reviewer or by somebody of the same unit.
func (s *Shelf[T]) mayDecide(tx *db.Tx, officer account.Actor, old *T) error {
	l := s.Listing(old)
	if officer.In(l.Owner) {
		return fault.New(fault.Forbidden, "review.own_listing")
	}
	if l.State != SecondReview {
		return nil
	}
	first, err := lastReview(tx, s.Kind.Name, l.ID, "first")
	if err != nil {
		return err
	}
	if first != nil && first.Officer == officer.ID {
		return fault.New(fault.Forbidden, "review.four_eyes")
	}
	if first == nil {
		return nil
	}
	same, err := s.x.sameUnit(tx, first.Officer, officer)
	if err != nil {
		return err
	}
	if same {
		return fault.New(fault.Forbidden, "review.other_unit")
	}
	return nil
}

// Block bars a listing of banned technology for good. An officer has suspended or referred it; a
// supervisor, who is somebody else, blocks it.
func (s *Shelf[T]) Block(tx *db.Tx, supervisor account.Actor, id string, v Verdict) error {
	v.clean()
	if v.Note == "" {
		return fault.New(fault.Invalid, "review.not_complete").At("note", "review.note_needed")
	}
	return s.move(tx, supervisor.ID, id, "block", "blocked", func(old, r *T) error {
		if err := s.mayDecide(tx, supervisor, old); err != nil {
			return err
		}
		s.Listing(r).Class = "banned"
		return endReview(tx, s.Kind.Name, id, supervisor.ID, "blocked", v)
	}, ledger.Change{Field: "note", New: v.Note})
}

// Suspend takes a listing off the floor while something is looked into; the owner is told why.
func (s *Shelf[T]) Suspend(tx *db.Tx, officer account.Actor, id, note string) error {
	if note = lang.Clean(note); note == "" {
		return fault.New(fault.Invalid, "review.not_complete").At("note", "review.note_needed")
	}
	var title lang.Both
	err := s.move(tx, officer.ID, id, "suspension", "suspended", func(old, r *T) error {
		if err := s.mayDecide(tx, officer, old); err != nil {
			return err
		}
		title = s.Listing(r).Title
		return endReviews(tx, s.Kind.Name, id, officer.ID, "suspended")
	}, ledger.Change{Field: "note", New: note})
	if err != nil {
		return err
	}
	return s.tellOwner(tx, id, "listing_suspended", "Title", title, "Note", note)
}

// Release puts a suspended listing back on the floor.
func (s *Shelf[T]) Release(tx *db.Tx, officer account.Actor, id string) error {
	return s.move(tx, officer.ID, id, "release", "released", func(old, _ *T) error { return s.mayDecide(tx, officer, old) })
}

// PassReaudit records that a re-audit found nothing amiss.
func (s *Shelf[T]) PassReaudit(tx *db.Tx, officer account.Actor, id string, v Verdict) error {
	v.clean()
	r, err := s.Kind.Get(tx, id)
	if err != nil {
		return err
	}
	if err := s.mayDecide(tx, officer, r); err != nil {
		return err
	}
	if err := endReview(tx, s.Kind.Name, id, officer.ID, "passed", v); err != nil {
		return err
	}
	_, err = ledger.Append(tx, ledger.Note{Actor: string(officer.ID), Act: s.act("reaudited"), Kind: s.Kind.Name, ID: id})
	return err
}

func codesText(codes []string) string {
	raw, _ := json.Marshal(codes)
	return string(raw)
}
