package exchange

import (
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// The queues of the desk in the order in which they are worked on.
const (
	QueueFirst         = "first"         // first reviews
	QueueSecond        = "second"        // second reviews
	QueueReaudit       = "reaudit"       // published listings drawn by lot
	QueueNeeds         = "needs"         // needs that are owed an answer
	QueueOrganisations = "organisations" // to be confirmed
	QueueClaims        = "claims"        // proofs that run out
	QueueSuspended     = "suspended"     // off the floor until somebody decides
)

// Queues lists the queues in their order.
var Queues = []string{QueueFirst, QueueSecond, QueueReaudit, QueueNeeds, QueueOrganisations, QueueClaims, QueueSuspended}

// claimNotice is how many days before its end a proof comes on the desk, and how many days after
// it the proof stays there.
const claimNotice = 30

// Waiting is one thing that waits on the desk.
type Waiting struct {
	Queue    string
	Key      string // its place in the queue together with Due, for paging
	Kind, ID string // offer, need or organisation, and which
	Number   string
	Title    lang.Both
	Owner    string // id of the organisation
	Due      when.Day
	Officer  account.ID // who has taken it up; empty when nobody has
	Claim    string     // of a proof: which claim
}

// Clock is how a thing stands to its due day.
type Clock struct {
	Late  bool
	Days  int // whole days left, or days late
	Hours int // hours left on the last day
}

// ClockOf returns how a thing that is due on a day stands at an instant. The due day counts whole.
func ClockOf(now time.Time, due when.Day) Clock {
	today := when.DayOf(now)
	days := today.DaysUntil(due)
	switch {
	case days < 0:
		return Clock{Late: true, Days: -days}
	case days == 0:
		left := due.AddDays(1).Start().Sub(now)
		return Clock{Hours: max(1, int(left.Hours()))}
	}
	return Clock{Days: days}
}

// Light is the sort of status light of a clock: late, risk on the last two days, run before.
func (c Clock) Light() string {
	switch {
	case c.Late:
		return "late"
	case c.Days <= 1:
		return "risk"
	}
	return "run"
}

// Impartial refuses officers who belong to the organisation that posted.
func Impartial(officer account.Actor, l *Listing) error {
	if officer.In(l.Owner) {
		return fault.New(fault.Forbidden, "review.own_listing")
	}
	return nil
}

// Barred returns why the officer may not decide on the listing as it stands now; nil when they may.
func (s *Shelf[T]) Barred(tx *db.Tx, officer account.Actor, r *T) error {
	if err := Impartial(officer, s.Listing(r)); err != nil {
		return err
	}
	return s.mayDecide(tx, officer, r)
}

// Judge lets an officer do one of the desk's acts on a listing: taking_up, publication, return,
// suspension, block, release or reaudit. Nobody judges what their own organisation posted; a block
// is a supervisor's. Everything else is as the acts themselves say.
func (s *Shelf[T]) Judge(tx *db.Tx, officer account.Actor, id, act string, v Verdict) error {
	r, err := s.Kind.Get(tx, id)
	if err != nil {
		return err
	}
	if err := s.Barred(tx, officer, r); err != nil {
		return err
	}
	switch act {
	case "taking_up":
		return s.TakeUp(tx, officer, id)
	case "publication":
		return s.Pass(tx, officer, id, v)
	case "return":
		return s.Return(tx, officer, id, v)
	case "suspension":
		return s.Suspend(tx, officer, id, v.Note)
	case "release":
		return s.Release(tx, officer, id)
	case "reaudit":
		return s.PassReaudit(tx, officer, id, v)
	case "block":
		return s.bar(tx, officer, r, v)
	}
	return fault.New(fault.NotFound, "record.not_found")
}

// bar blocks a listing. One that is suspended has no open review, so a second one is opened in
// which the block stands with its reason; who suspended it may not be the one who blocks it.
func (s *Shelf[T]) bar(tx *db.Tx, supervisor account.Actor, r *T, v Verdict) error {
	l := s.Listing(r)
	if !account.MaySupervise.Allows(supervisor) {
		return fault.New(fault.Forbidden, "review.supervisor_blocks")
	}
	if l.State != Suspended || lang.Clean(v.Note) == "" {
		return s.Block(tx, supervisor, l.ID, v)
	}
	by, err := s.suspendedBy(tx, l.ID)
	if err != nil {
		return err
	}
	if by == supervisor.ID {
		return fault.New(fault.Forbidden, "review.four_eyes")
	}
	if err := openReview(tx, s.Kind.Name, l.ID, "second", reviewDue(tx)); err != nil {
		return err
	}
	return s.Block(tx, supervisor, l.ID, v)
}

// suspendedBy returns who suspended the listing last.
func (s *Shelf[T]) suspendedBy(tx *db.Tx, id string) (account.ID, error) {
	const page = 100
	before := int64(0)
	for {
		entries, err := ledger.Of(tx, s.Kind.Name, id, before, page)
		if err != nil {
			return "", err
		}
		for _, e := range entries {
			if e.Act == s.act("suspended") {
				return account.ID(e.Actor), nil
			}
			before = e.Seq
		}
		if len(entries) < page {
			return "", nil
		}
	}
}

// After returns the thing of the same queue that the officer may take next: behind the one just
// decided, or the first of the queue; nil when nothing waits for them.
func (x *Exchange) After(tx *db.Tx, officer account.Actor, queue string, done Waiting) (*Waiting, error) {
	for _, from := range []Waiting{done, {}} {
		list, err := x.Queue(tx, queue, from.Due.String(), from.Key, 50)
		if err != nil {
			return nil, err
		}
		for i, w := range list {
			if w.ID != done.ID && !officer.In(w.Owner) {
				return &list[i], nil
			}
		}
	}
	return nil, nil
}
