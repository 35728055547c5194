package exchange

import (
	"hash/fnv"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

// batch is how many listings one transaction of the clock handles.
const batch = 200

// Age moves the listings whose time has come: a notice 30, 7 and 1 days before the end, and off
// the floor the day after. It may run as often as one likes. It reports whether more waits.
func (x *Exchange) Age(tx *db.Tx) (more bool, err error) {
	today := when.DayOf(tx.Now)
	for _, age := range []func(*db.Tx, when.Day) (int, error){x.Offers.expire, x.Needs.expire, x.Offers.remind, x.Needs.remind} {
		n, err := age(tx, today)
		if err != nil {
			return false, err
		}
		more = more || n == batch
	}
	return more, nil
}

func (s *Shelf[T]) expire(tx *db.Tx, today when.Day) (int, error) {
	due, err := s.Kind.Find(tx, `WHERE state IN ('published', 'renewed', 'expiring') AND expires_on <> '' AND expires_on < ? ORDER BY expires_on, id LIMIT ?`, today.String(), batch)
	if err != nil {
		return 0, err
	}
	for _, r := range due {
		l := s.Listing(r)
		if err := s.move(tx, "system", l.ID, "expiry", "expired", nil); err != nil {
			return 0, err
		}
		if err := s.tellOwner(tx, l.ID, "listing_expired", "Title", l.Title); err != nil {
			return 0, err
		}
	}
	return len(due), nil
}

// remind makes listings expiring thirty days before their end, and sends the later reminders once each.
func (s *Shelf[T]) remind(tx *db.Tx, today when.Day) (int, error) {
	due, err := s.Kind.Find(tx, `WHERE state IN ('published', 'renewed') AND expires_on <> '' AND expires_on <= ? ORDER BY expires_on, id LIMIT ?`,
		today.AddDays(noticeDays[0]).String(), batch)
	if err != nil {
		return 0, err
	}
	for _, r := range due {
		if err := s.move(tx, "system", s.Listing(r).ID, "expiry_notice", "expiring", nil); err != nil {
			return 0, err
		}
	}
	soon, err := s.Kind.Find(tx, `WHERE state = 'expiring' AND expires_on <= ? ORDER BY expires_on, id`, today.AddDays(noticeDays[0]).String())
	if err != nil {
		return 0, err
	}
	for _, r := range soon {
		if err := s.remindOne(tx, r, today); err != nil {
			return 0, err
		}
	}
	return len(due), nil
}

func (s *Shelf[T]) remindOne(tx *db.Tx, r *T, today when.Day) error {
	l := s.Listing(r)
	left := today.DaysUntil(l.Expires)
	stage := 0 // the latest notice that is due
	for _, days := range noticeDays {
		if left <= days {
			stage = days
		}
	}
	first, err := firstNotice(tx, s.Kind.Name, l.ID, l.Expires, stage)
	if err != nil || !first {
		return err
	}
	return s.tellOwner(tx, l.ID, "listing_expiring", "Title", l.Title, "N", left, "Day", l.Expires.String())
}

// DrawReaudits opens a re-audit for the listings whose lot falls on today. The lot is a hash of
// the listing's id and the quarter, so that nobody chooses, anybody can recompute it, and running
// it twice draws nobody twice.
func (x *Exchange) DrawReaudits(tx *db.Tx) error {
	if err := x.Offers.draw(tx); err != nil {
		return err
	}
	return x.Needs.draw(tx)
}

func (s *Shelf[T]) draw(tx *db.Tx) error {
	today := when.DayOf(tx.Now)
	return eachDrawn(tx, s.Kind.Name, today, s.x.ReauditShare(), func(id string) error {
		return openReview(tx, s.Kind.Name, id, "reaudit", when.WorkingDays(today, 5, nil))
	})
}

// drawn reports whether a listing's lot for the quarter falls on the day.
func drawn(id string, day when.Day, share int) bool {
	quarter := (int(day.Month) - 1) / 3
	h := fnv.New64a()
	h.Write([]byte(id + day.String()[:5] + string(rune('1'+quarter))))
	lot := h.Sum64()
	if lot%100 >= uint64(share) {
		return false
	}
	first := when.Day{Year: day.Year, Month: time.Month(quarter*3 + 1), Date: 1}
	return int(lot/100%90) == first.DaysUntil(day)%90
}
