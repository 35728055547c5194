package sale

import (
	"strconv"
	"time"
	"unicode/utf8"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// Bid is a bid of an auction.
type Bid struct {
	N      int64
	Bidder string
	Price  int64
	At     int64
	By     account.ID
}

// overshoot is how many times the least a bid may be: what is above is taken for a slip of the hand.
const overshoot = 10

func changeOf(name string, n int64) ledger.Change {
	return ledger.Change{Field: name, New: strconv.FormatInt(n, 10)}
}

// bids checks that somebody may bid in a sale of a mode now, for a bidder who was admitted.
func (x *House) bids(tx *db.Tx, a account.Actor, s *Sale, b *Bidder, mode string) error {
	if !a.Manages(b.Owner) || b.Sale != s.ID {
		return notYours()
	}
	if err := x.Advance(tx, s); err != nil {
		return err
	}
	if s.Mode != mode || s.State != Open {
		return tooLate()
	}
	if b.State != Admitted {
		return fault.New(fault.Forbidden, "sale.not_admitted")
	}
	return nil
}

// Bid bids in an auction. A bid in the last minutes moves the end, so that those minutes always remain.
func (x *House) Bid(tx *db.Tx, a account.Actor, s *Sale, b *Bidder, price int64) error {
	if err := x.bids(tx, a, s, b, Auction); err != nil {
		return err
	}
	if s.Leader == b.ID {
		return fault.New(fault.Conflict, "sale.leads_already")
	}
	least := s.Least()
	if price < least {
		return fault.New(fault.Conflict, "sale.bid_too_low", "Least", least)
	}
	if price > least*overshoot || price > mostSum {
		return fault.New(fault.Invalid, "sale.invalid").At("price", "sale.bid_too_high", "Most", min(least*overshoot, mostSum))
	}
	before := s.Leader
	err := x.step(tx, a.ID, s, "bid", Open, func(s *Sale) {
		s.Top, s.Leader, s.Bids = price, b.ID, s.Bids+1
		s.Closes = max(s.Closes, when.Micro(tx.Now.Add(time.Duration(s.Extension)*time.Minute)))
	})
	if err != nil {
		return err
	}
	if err := addBid(tx, s.ID, Bid{N: s.Bids, Bidder: b.ID, Price: price, At: when.Micro(tx.Now), By: a.ID}); err != nil {
		return err
	}
	if before == "" {
		return nil
	}
	old, err := Bidders.Get(tx, before)
	if err != nil {
		return err
	}
	return x.tell(tx, old.Owner, "sale_outbid", s, "Price", price)
}

// Purchase buys at the fixed price: who comes first has it.
func (x *House) Purchase(tx *db.Tx, a account.Actor, s *Sale, b *Bidder) error {
	if err := x.bids(tx, a, s, b, Fixed); err != nil {
		return err
	}
	if err := saveBidder(tx, a.ID, "sale_bidder.bought", b, func(b *Bidder) { b.Price, b.Placed = s.Start, when.Micro(tx.Now) }); err != nil {
		return err
	}
	return x.awardTo(tx, a, s, b, s.Start, "purchase")
}

// Commit hands in the digest of a sealed bid; a later one takes its place until the deadline.
func (x *House) Commit(tx *db.Tx, a account.Actor, s *Sale, b *Bidder, commitment string) error {
	if err := x.bids(tx, a, s, b, Sealed); err != nil {
		return err
	}
	if !IsDigest(commitment) {
		return fault.New(fault.Invalid, "sale.invalid").At("commitment", "sale.bad_digest")
	}
	return saveBidder(tx, a.ID, "sale_bidder.committed", b, func(b *Bidder) { b.Commitment, b.Committed = commitment, when.Micro(tx.Now) })
}

// OpenSeal opens a sealed bid after the deadline: the text must be the one whose digest was handed in.
// When all are open, the sale goes on at once.
func (x *House) OpenSeal(tx *db.Tx, a account.Actor, s *Sale, b *Bidder, text string) error {
	if !a.Manages(b.Owner) || b.Sale != s.ID {
		return notYours()
	}
	if err := x.Advance(tx, s); err != nil {
		return err
	}
	if s.State != Revealing || b.State != Admitted || b.Commitment == "" || b.Placed != 0 {
		return tooLate()
	}
	one, err := ReadSeal(text)
	if err != nil {
		return err
	}
	if !Opens(text, b.Commitment) || one.Sale != s.Number || one.Bidder != b.Number {
		return fault.New(fault.Invalid, "sale.invalid").At("opening", "sale.other_seal")
	}
	if err := saveBidder(tx, a.ID, "sale_bidder.opened", b, func(b *Bidder) { b.Price, b.Words, b.Placed = one.Price, one.Words, when.Micro(tx.Now) }); err != nil {
		return err
	}
	return x.settle(tx, a.ID, s, "all_opened", false)
}

// Propose hands in a proposal to a call, or another in its place. The seller reads it after the deadline.
func (x *House) Propose(tx *db.Tx, a account.Actor, s *Sale, b *Bidder, price int64, words string) error {
	if err := x.bids(tx, a, s, b, Call); err != nil {
		return err
	}
	f := fault.New(fault.Invalid, "sale.invalid")
	if price < max(s.Start, 1) || price > mostSum {
		f.At("price", "sale.price_below", "Least", max(s.Start, 1))
	}
	if words == "" {
		f.At("words", "field.needed")
	}
	if n := utf8.RuneCountInString(words); n > mostWords {
		f.At("words", "field.too_long", "N", n, "Most", mostWords)
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	return saveBidder(tx, a.ID, "sale_bidder.proposed", b, func(b *Bidder) { b.Price, b.Words, b.Placed = price, words, when.Micro(tx.Now) })
}

// saveBidder saves an act on a bidder.
func saveBidder(tx *db.Tx, who account.ID, act string, old *Bidder, change func(*Bidder), also ...ledger.Change) error {
	b := Bidders.Copy(old)
	if change != nil {
		change(b)
	}
	err := Bidders.Save(tx, who, act, old, b, also...)
	*old = *b
	return err
}
