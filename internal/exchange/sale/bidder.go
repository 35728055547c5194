package sale

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"unicode/utf8"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Bidder is an organisation that wants to bid in a sale, and what it bid.
type Bidder struct {
	record.Head
	Sale       string
	Place      int64  // by which the others know the bidder
	Affirmed   string // SHA-256 of the conditions that were affirmed
	Reason     string // why it was rejected or excluded
	Commitment string // SHA-256 of the sealed bid
	Committed  int64  // when.Micro
	Price      int64  // as opened, or as proposed
	Words      string
	Placed     int64 // when.Micro
}

var bidderFields = field.Set[Bidder]{
	field.Text("sale", func(b *Bidder) *string { return &b.Sale }).Acts(),
	field.Int("place", 0, 1<<62, func(b *Bidder) *int64 { return &b.Place }).Acts(),
	field.Text("affirmed", func(b *Bidder) *string { return &b.Affirmed }).Acts(),
	field.Text("reason", func(b *Bidder) *string { return &b.Reason }).Acts(),
	field.Text("commitment", func(b *Bidder) *string { return &b.Commitment }).Acts(),
	field.Int("committed_at", 0, 1<<62, func(b *Bidder) *int64 { return &b.Committed }).Acts(),
	field.Money("price", func(b *Bidder) *int64 { return &b.Price }).Acts().Closed(field.OwnerOnly),
	field.Text("words", func(b *Bidder) *string { return &b.Words }).Acts().Closed(field.OwnerOnly),
	field.Int("placed_at", 0, 1<<62, func(b *Bidder) *int64 { return &b.Placed }).Acts(),
}

// Bidders is the kind of record that Bidder is.
var Bidders = record.Kind[Bidder]{Name: "sale_bidder", Prefix: "NM", Fields: bidderFields, Head: func(b *Bidder) *record.Head { return &b.Head }}.Prepare()

// Deposit is what the seller says of the money that secures a bid. The money itself stays outside.
type Deposit struct {
	Act   string // received, returned, kept
	Sum   int64
	On    when.Day
	Paper string // number of the bank's paper
	At    int64
	By    account.ID
}

// DepositActs are what may be said of a deposit.
var DepositActs = []string{"received", "returned", "kept"}

// Digest is the digest of all that a sale says: who applies names what was read.
func (s *Sale) Digest(criteria []Criterion) string {
	raw, _ := json.Marshal([]any{s.ID, s.Mode, s.Right, s.Territory, s.Months, s.Conditions.Vi, s.Conditions.En, s.Deposit, s.Start, s.Step, s.Extension, s.RevealHours, criteria})
	return digest(raw)
}

func digestOf(criteria []Criterion) string {
	raw, _ := json.Marshal(criteria)
	return digest(raw)
}

func digest(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// Apply enters an organisation as a bidder, by one of its managers who affirms the conditions that were
// read. Where the seller does not screen, it is admitted at once.
func (x *House) Apply(tx *db.Tx, a account.Actor, s *Sale, organisation, affirmed string) (*Bidder, error) {
	if !a.Manages(organisation) {
		return nil, notYours()
	}
	if organisation == s.Owner {
		return nil, fault.New(fault.Forbidden, "sale.own")
	}
	if err := x.Advance(tx, s); err != nil {
		return nil, err
	}
	if s.State != Announced && s.State != Open {
		return nil, tooLate()
	}
	criteria, err := Criteria(tx, s.ID)
	if err != nil {
		return nil, err
	}
	if s.Digest(criteria) != affirmed {
		return nil, fault.New(fault.Conflict, "sale.changed")
	}
	old, n, err := places(tx, s.ID, organisation)
	if err != nil {
		return nil, err
	}
	if old != nil && old.State != Withdrawn {
		return nil, fault.New(fault.Conflict, "sale.applied_already")
	}
	b := &Bidder{Sale: s.ID, Place: n + 1, Affirmed: affirmed}
	act, letter := "sale_bidder.applied", "sale_applied"
	b.State = Applied
	if !s.Screened {
		b.State = Admitted
	}
	if old != nil { // who withdrew comes back in the same place
		now := Bidders.Copy(old)
		now.State, now.Affirmed = b.State, affirmed
		b, err = now, Bidders.Save(tx, a.ID, act, old, now)
	} else {
		b.Owner = organisation
		err = Bidders.New(tx, a.ID, act, b)
	}
	if err != nil || b.State == Admitted {
		return b, err
	}
	return b, x.tell(tx, s.Owner, letter, s)
}

// Leave takes a bidder out of a sale before the deadline, with what it bid. The bids of an auction stand.
func (x *House) Leave(tx *db.Tx, a account.Actor, s *Sale, b *Bidder) error {
	if !a.Manages(b.Owner) {
		return notYours()
	}
	if err := x.Advance(tx, s); err != nil {
		return err
	}
	n, err := bidsBy(tx, b.ID)
	if err != nil {
		return err
	}
	if n > 0 {
		return fault.New(fault.Conflict, "sale.bid_stands")
	}
	if s.State != Announced && s.State != Open || b.State != Applied && b.State != Admitted {
		return tooLate()
	}
	return saveBidder(tx, a.ID, "sale_bidder.withdrawn", b, func(b *Bidder) {
		b.State, b.Commitment, b.Committed, b.Price, b.Words, b.Placed = Withdrawn, "", 0, 0, "", 0
	})
}

// Admit lets a bidder bid, by a manager of the seller. A deposit that the sale asks for must be there.
func (x *House) Admit(tx *db.Tx, a account.Actor, s *Sale, b *Bidder) error {
	if err := x.screens(tx, a, s, b); err != nil {
		return err
	}
	if b.State != Applied && b.State != Rejected {
		return tooLate()
	}
	all, err := Deposits(tx, b.ID)
	if err != nil {
		return err
	}
	if Held(all) < s.Deposit {
		return fault.New(fault.Conflict, "sale.deposit_missing")
	}
	if err := saveBidder(tx, a.ID, "sale_bidder.admitted", b, func(b *Bidder) { b.State, b.Reason = Admitted, "" }); err != nil {
		return err
	}
	return x.tell(tx, b.Owner, "sale_admitted", s)
}

// Reject keeps a bidder who does not meet the conditions from bidding, with words.
func (x *House) Reject(tx *db.Tx, a account.Actor, s *Sale, b *Bidder, words string) error {
	if err := needWords(words); err != nil {
		return err
	}
	if err := x.screens(tx, a, s, b); err != nil {
		return err
	}
	if b.State != Applied {
		return tooLate()
	}
	if err := saveBidder(tx, a.ID, "sale_bidder.rejected", b, func(b *Bidder) { b.State, b.Reason = Rejected, words }); err != nil {
		return err
	}
	return x.tell(tx, b.Owner, "sale_rejected", s, "Words", words)
}

// screens checks that somebody may screen bidders now.
func (x *House) screens(tx *db.Tx, a account.Actor, s *Sale, b *Bidder) error {
	if !a.Manages(s.Owner) || b.Sale != s.ID {
		return notYours()
	}
	if err := x.Advance(tx, s); err != nil {
		return err
	}
	if s.State != Announced && s.State != Open {
		return tooLate()
	}
	return nil
}

// Held is what of a deposit is with the seller.
func Held(all []Deposit) (sum int64) {
	for _, one := range all {
		if one.Act == "received" {
			sum += one.Sum
		} else {
			sum -= one.Sum
		}
	}
	return sum
}

// KeepDeposit writes down what became of a deposit, by a manager of the seller: the bidder is told.
func (x *House) KeepDeposit(tx *db.Tx, a account.Actor, s *Sale, b *Bidder, one Deposit) error {
	if !a.Manages(s.Owner) || b.Sale != s.ID {
		return notYours()
	}
	all, err := Deposits(tx, b.ID)
	if err != nil {
		return err
	}
	f := fault.New(fault.Invalid, "sale.invalid")
	switch {
	case one.Act != "received" && one.Act != "returned" && one.Act != "kept":
		f.At("act", "field.needed")
	case one.Act != "received" && one.Sum > Held(all):
		f.At("sum", "sale.deposit_not_held")
	}
	if one.Sum < 1 || one.Sum > mostSum || len(all) >= 100 {
		f.At("sum", "terms.out_of_range", "Most", int64(mostSum))
	}
	if one.On.Zero() {
		f.At("on", "field.needed")
	} else if one.On.After(when.DayOf(tx.Now)) {
		f.At("on", "sale.day_ahead")
	}
	if one.Paper == "" {
		f.At("paper", "field.needed")
	}
	if n := utf8.RuneCountInString(one.Paper); n > 200 {
		f.At("paper", "field.too_long", "N", n, "Most", 200)
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	if err := saveBidder(tx, a.ID, "sale_bidder.deposit", b, nil, changeOf("deposit_"+one.Act, one.Sum)); err != nil {
		return err
	}
	one.At, one.By = when.Micro(tx.Now), a.ID
	if err := addDeposit(tx, b.ID, one); err != nil {
		return err
	}
	return x.tell(tx, b.Owner, "sale_deposit_"+one.Act, s, "Sum", one.Sum)
}

// BidderOf returns a bidder of a sale for its own people, those of the seller, and those of the exchange
// who see all. What was bid is cleared for others until its time: a proposal before the deadline, and
// always for who is not of the seller; a sealed bid is not there before it is opened.
func BidderOf(tx *db.Tx, a account.Actor, s *Sale, id string) (*Bidder, error) {
	b, err := Bidders.Get(tx, id)
	if err != nil {
		return nil, err
	}
	if b.Sale != s.ID || !a.In(b.Owner) && !a.In(s.Owner) && !a.SeesAll() {
		return nil, found()
	}
	s.cover(a, b, when.Micro(tx.Now))
	return b, nil
}

// cover clears what a reader may not see yet of what was bid.
func (s *Sale) cover(a account.Actor, b *Bidder, at int64) {
	if a.In(b.Owner) || at >= s.Closes && s.State != Announced {
		return
	}
	b.Price, b.Words, b.Placed, b.Commitment, b.Committed = 0, "", 0, "", 0
}
