package sale

import (
	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/when"
)

// bySystem is who acts when the clock does.
const bySystem account.ID = "system"

// salesAtOnce is how many sales one unit of the clock moves.
const salesAtOnce = 50

// Watch moves the sales whose time has come, and reports whether more waits. It may run as often as one
// likes: every act on a sale moves it first anyway.
func (x *House) Watch(tx *db.Tx) (more bool, err error) {
	all, err := due(tx, when.Micro(tx.Now), salesAtOnce)
	if err != nil {
		return false, err
	}
	for _, s := range all {
		if err := x.Advance(tx, s); err != nil {
			return false, err
		}
	}
	return len(all) == salesAtOnce, nil
}

// Advance moves a sale as far as its time has come.
func (x *House) Advance(tx *db.Tx, s *Sale) error {
	now := when.Micro(tx.Now)
	if s.State == Announced && now >= s.Opens {
		if err := x.step(tx, bySystem, s, "opening", Open, nil); err != nil {
			return err
		}
		if err := x.tellBidders(tx, s, "sale_opened"); err != nil {
			return err
		}
	}
	if s.State == Open && now >= s.Closes {
		if err := x.closeBids(tx, s); err != nil {
			return err
		}
	}
	if s.State == Revealing && now >= s.Revealed {
		return x.settle(tx, bySystem, s, "opened", true)
	}
	return nil
}

// closeBids ends the time in which bids are taken.
func (x *House) closeBids(tx *db.Tx, s *Sale) error {
	all, err := BiddersOf(tx, s.ID)
	if err != nil {
		return err
	}
	placed, committed := 0, 0
	for _, b := range all {
		if b.State == Admitted && b.Placed > 0 {
			placed++
		}
		if b.State == Admitted && b.Commitment != "" {
			committed++
		}
	}
	switch {
	case s.Mode == Sealed && committed > 0:
		if err := x.step(tx, bySystem, s, "closing", Revealing, nil); err != nil {
			return err
		}
		return x.tellBidders(tx, s, "sale_reveal", "Day", when.DayOf(when.Time(s.Revealed)))
	case s.Mode == Call && placed > 0:
		if err := x.step(tx, bySystem, s, "closing", Evaluating, nil); err != nil {
			return err
		}
		return x.tell(tx, s.Owner, "sale_evaluate", s)
	case s.Mode == Auction && s.Bids > 0 && s.Top >= s.Reserve:
		if err := x.step(tx, bySystem, s, "closing", Settling, nil); err != nil {
			return err
		}
		return x.tell(tx, s.Owner, "sale_settle", s)
	case s.Mode == Auction && s.Bids > 0:
		return x.void(tx, bySystem, s, "closing", "reserve_not_met", "")
	}
	return x.void(tx, bySystem, s, "closing", "no_bids", "")
}

// settle ends the opening of sealed bids, when its time is over or all are open.
func (x *House) settle(tx *db.Tx, who account.ID, s *Sale, act string, over bool) error {
	all, err := BiddersOf(tx, s.ID)
	if err != nil {
		return err
	}
	best, opened := int64(0), 0
	for _, b := range all {
		if b.State != Admitted || b.Commitment == "" {
			continue
		}
		if b.Placed == 0 && !over {
			return nil
		}
		if b.Placed > 0 {
			opened++
			best = max(best, b.Price)
		}
	}
	switch {
	case opened == 0:
		return x.void(tx, who, s, act, "not_opened", "")
	case best < s.Start || best < s.Reserve:
		return x.void(tx, who, s, act, "reserve_not_met", "")
	}
	if err := x.step(tx, who, s, act, Settling, nil); err != nil {
		return err
	}
	return x.tell(tx, s.Owner, "sale_settle", s)
}

// void ends a sale without a buyer.
func (x *House) void(tx *db.Tx, who account.ID, s *Sale, act, reason, words string) error {
	if err := x.step(tx, who, s, act, Void, func(s *Sale) { s.Reason, s.Note = reason, words }); err != nil {
		return err
	}
	if err := x.tell(tx, s.Owner, "sale_void", s); err != nil {
		return err
	}
	return x.tellBidders(tx, s, "sale_void")
}

// tellBidders sends a letter to all who stand as bidders.
func (x *House) tellBidders(tx *db.Tx, s *Sale, letter string, args ...any) error {
	all, err := BiddersOf(tx, s.ID)
	if err != nil {
		return err
	}
	for _, b := range all {
		if b.State == Admitted || b.State == Applied {
			if err := x.tell(tx, b.Owner, letter, s, args...); err != nil {
				return err
			}
		}
	}
	return nil
}
