package sale

import (
	"math/big"
	"slices"
	"unicode/utf8"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// Rank is where a bidder stands when the bids are known.
type Rank struct {
	Bidder *Bidder
	Place  int // 1 for the best; 0 where the bid does not count
	Price  int64
	Score  *big.Rat // of a call: 0 to 100
	At     int64    // when.Micro of the bid; the earlier of two that are alike is before
	Why    string   // why it does not count: one of Whys
}

// Whys are why a bid does not count.
var Whys = []string{"excluded", "not_opened", "below_least", "not_marked", "no_bid"}

// Ranking ranks the bidders who were admitted: by price, or by the marks of a call; equal ones by time.
func Ranking(tx *db.Tx, s *Sale) ([]Rank, error) {
	bidders, err := BiddersOf(tx, s.ID)
	if err != nil {
		return nil, err
	}
	best := map[string]Bid{}
	if s.Mode == Auction {
		bids, err := BidsOf(tx, s.ID)
		if err != nil {
			return nil, err
		}
		for _, one := range bids {
			best[one.Bidder] = one
		}
	}
	var all []Rank
	for _, b := range bidders {
		if b.State != Admitted && b.State != Excluded {
			continue
		}
		r := Rank{Bidder: b, Price: b.Price, At: b.Placed}
		if s.Mode == Sealed {
			r.At = b.Committed
		}
		if bid, ok := best[b.ID]; ok {
			r.Price, r.At = bid.Price, bid.At
		}
		switch {
		case b.State == Excluded:
			r.Why = "excluded"
		case s.Mode == Sealed && b.Commitment != "" && b.Placed == 0:
			r.Why = "not_opened"
		case r.Price == 0:
			r.Why = "no_bid"
		case r.Price < s.Start:
			r.Why = "below_least"
		}
		all = append(all, r)
	}
	if s.Mode == Call {
		if err := score(tx, s, all); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(all, before)
	for i := range all {
		if all[i].Why == "" {
			all[i].Place = i + 1
		}
	}
	return all, nil
}

// before puts what counts first, then the higher score, the higher price, the earlier bid.
func before(a, b Rank) int {
	switch {
	case (a.Why == "") != (b.Why == ""):
		if a.Why == "" {
			return -1
		}
		return 1
	case a.Score != nil && b.Score != nil && a.Score.Cmp(b.Score) != 0:
		return b.Score.Cmp(a.Score)
	case a.Price != b.Price && a.Price > b.Price:
		return -1
	case a.Price != b.Price:
		return 1
	case a.At < b.At:
		return -1
	case a.At > b.At:
		return 1
	}
	return 0
}

// score computes the scores of a call exactly: for each criterion its weight times the mean of its marks;
// the price is marked 100 for the highest that counts, and others in proportion.
func score(tx *db.Tx, s *Sale, all []Rank) error {
	criteria, err := Criteria(tx, s.ID)
	if err != nil {
		return err
	}
	highest := int64(1)
	for _, r := range all {
		if r.Why == "" {
			highest = max(highest, r.Price)
		}
	}
	for i := range all {
		r := &all[i]
		if r.Why != "" {
			continue
		}
		marks, err := MarksOf(tx, r.Bidder.ID)
		if err != nil {
			return err
		}
		sum := new(big.Rat)
		for _, c := range criteria {
			given := new(big.Rat)
			if c.Priced {
				given.SetFrac64(100*r.Price, highest) // a price is at most 10^15
			} else if given = mean(marks, c.N); given == nil {
				r.Why = "not_marked"
				break
			}
			sum.Add(sum, given.Mul(given, big.NewRat(c.Weight, 100)))
		}
		if r.Why == "" {
			r.Score = sum
		}
	}
	return nil
}

// mean is the mean of what was given for a criterion; nil when nobody marked it.
func mean(marks []Mark, n int64) *big.Rat {
	sum, count := int64(0), int64(0)
	for _, m := range marks {
		if m.N == n {
			sum, count = sum+m.Mark, count+1
		}
	}
	if count == 0 {
		return nil
	}
	return big.NewRat(sum, count)
}

// Mark is what somebody of the seller gave a proposal for a criterion.
type Mark struct {
	N     int64
	Mark  int64 // 0 to 100
	Words string
	At    int64
	By    account.ID
}

// MarkProposal gives a proposal its marks, one for each criterion but the price, by somebody of the seller
// who says that he has no interest in any bidder. One marks a proposal once.
func (x *House) MarkProposal(tx *db.Tx, a account.Actor, s *Sale, b *Bidder, marks map[int64]int64, words string, free bool) error {
	if !a.In(s.Owner) || b.Sale != s.ID || a.In(b.Owner) || a.Is(account.Inspector) {
		return notYours()
	}
	if err := x.Advance(tx, s); err != nil {
		return err
	}
	if s.State != Evaluating || b.State != Admitted || b.Placed == 0 {
		return tooLate()
	}
	old, err := MarksOf(tx, b.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(old, func(m Mark) bool { return m.By == a.ID }) {
		return fault.New(fault.Conflict, "sale.marked_already")
	}
	criteria, err := Criteria(tx, s.ID)
	if err != nil {
		return err
	}
	f := fault.New(fault.Invalid, "sale.invalid")
	if !free {
		f.At("free", "sale.needs_free")
	}
	if words == "" {
		f.At("words", "field.needed")
	}
	if n := utf8.RuneCountInString(words); n > 4000 {
		f.At("words", "field.too_long", "N", n, "Most", 4000)
	}
	var all []Mark
	for _, c := range criteria {
		if c.Priced {
			continue
		}
		given, ok := marks[c.N]
		if !ok || given < 0 || given > 100 {
			f.At(terms.At("mark", int(c.N)), "sale.bad_mark")
		}
		all = append(all, Mark{N: c.N, Mark: given, Words: words, At: when.Micro(tx.Now), By: a.ID})
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	if err := saveBidder(tx, a.ID, "sale_bidder.marked", b, nil, changeOf("marks", int64(len(all)))); err != nil {
		return err
	}
	return addMarks(tx, b.ID, all)
}

// EndEvaluation ranks the proposals when each has been marked, by a manager of the seller.
func (x *House) EndEvaluation(tx *db.Tx, a account.Actor, s *Sale) error {
	if !a.Manages(s.Owner) {
		return notYours()
	}
	if err := x.Advance(tx, s); err != nil {
		return err
	}
	ranks, err := Ranking(tx, s)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(ranks, func(r Rank) bool { return r.Why == "not_marked" }) {
		return fault.New(fault.Conflict, "sale.not_all_marked")
	}
	return x.step(tx, a.ID, s, "evaluated", Settling, nil)
}

// Exclude takes a bidder out of the ranking, with words that go into the minutes, by a manager of the
// seller: one who does not hold to its bid.
func (x *House) Exclude(tx *db.Tx, a account.Actor, s *Sale, b *Bidder, words string) error {
	if !a.Manages(s.Owner) || b.Sale != s.ID {
		return notYours()
	}
	if err := needWords(words); err != nil {
		return err
	}
	if s.State != Settling || b.State != Admitted {
		return tooLate()
	}
	if err := saveBidder(tx, a.ID, "sale_bidder.excluded", b, func(b *Bidder) { b.State, b.Reason = Excluded, words }); err != nil {
		return err
	}
	return x.tell(tx, b.Owner, "sale_excluded", s, "Words", words)
}

// Award gives the sale to the first of the ranking, by a manager of the seller: a deal begins.
func (x *House) Award(tx *db.Tx, a account.Actor, s *Sale, b *Bidder) error {
	if !a.Manages(s.Owner) || b.Sale != s.ID {
		return notYours()
	}
	if s.State != Settling {
		return tooLate()
	}
	ranks, err := Ranking(tx, s)
	if err != nil {
		return err
	}
	if len(ranks) == 0 || ranks[0].Place != 1 || ranks[0].Bidder.ID != b.ID {
		return fault.New(fault.Conflict, "sale.not_first")
	}
	return x.awardTo(tx, a, s, b, ranks[0].Price, "award")
}

// NoAward ends a sale without a buyer though there were bids, with words.
func (x *House) NoAward(tx *db.Tx, a account.Actor, s *Sale, words string) error {
	if !a.Manages(s.Owner) {
		return notYours()
	}
	if err := needWords(words); err != nil {
		return err
	}
	return x.void(tx, a.ID, s, "no_award", "no_award", words)
}

// awardTo begins the deal between the seller and who bought, with the price as its first version.
func (x *House) awardTo(tx *db.Tx, a account.Actor, s *Sale, b *Bidder, price int64, act string) error {
	t := &terms.Terms{Object: s.Title.Vi, Right: s.Right, Territory: s.Territory, Months: s.Months, Payment: terms.Payment{Mode: terms.LumpSum, Sum: price}}
	if t.Object == "" {
		t.Object = s.Title.En
	}
	d, err := x.Deals.Awarded(tx, a, deal.Award{Listing: s.Listing, Supplier: s.Owner, Receiver: b.Owner, Seller: s.By, Buyer: b.By, Sale: s.Number, Terms: t})
	if err != nil {
		return err
	}
	err = x.step(tx, a.ID, s, act, Awarded, func(s *Sale) { s.Winner, s.Price, s.Deal = b.ID, price, d.ID })
	if err != nil {
		return err
	}
	all, err := BiddersOf(tx, s.ID)
	if err != nil {
		return err
	}
	for _, one := range all {
		letter := "sale_lost"
		switch {
		case one.ID == b.ID:
			letter = "sale_awarded"
		case one.State != Admitted:
			continue
		}
		if err := x.tell(tx, one.Owner, letter, s); err != nil {
			return err
		}
	}
	if act == "purchase" {
		return x.tell(tx, s.Owner, "sale_bought", s)
	}
	return nil
}
