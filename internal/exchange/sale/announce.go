package sale

import (
	"slices"
	"time"
	"unicode/utf8"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/fault"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// Criterion is by what proposals are marked. The price is computed: the highest is 100, others in
// proportion; the rest is marked from 0 to 100 by people of the seller.
type Criterion struct {
	N      int64
	Vi, En string
	Weight int64 // per cent
	Priced bool
}

const (
	mostSum      = 1_000_000_000_000_000
	mostCriteria = 10
	leastOpen    = time.Hour
	mostOpen     = 180 * 24 * time.Hour
)

// Prepare keeps the draft of a sale of an offer, by a manager of its owner. Nobody else sees it.
func (x *House) Prepare(tx *db.Tx, a account.Actor, o *exchange.Offer, s *Sale, criteria []Criterion) error {
	if !a.Manages(o.Owner) {
		return notYours()
	}
	if !o.Floor() || o.Anonymous {
		return fault.New(fault.Conflict, "sale.not_on_floor")
	}
	if err := x.check(tx, s, criteria); err != nil {
		return err
	}
	s.Listing, s.Title, s.Owner = o.ID, o.Title, o.Owner
	changed := ledger.Change{Field: "criteria", New: digestOf(criteria)}
	if s.ID == "" {
		running, err := running(tx, o.ID)
		if err != nil {
			return err
		}
		if len(running) > 0 {
			return fault.New(fault.Conflict, "sale.runs_already", "Number", running[0].Number)
		}
		s.State = Draft
		if err := Sales.New(tx, a.ID, "sale.prepared", s); err != nil {
			return err
		}
		return putCriteria(tx, s.ID, criteria)
	}
	old, err := Sales.Get(tx, s.ID)
	if err != nil {
		return err
	}
	if old.State != Draft || old.Owner != o.Owner || old.Listing != o.ID {
		return tooLate()
	}
	s.Head = old.Head
	if err := Sales.Save(tx, a.ID, "sale.changed", old, s, changed); err != nil {
		return err
	}
	return putCriteria(tx, s.ID, criteria)
}

// check reports what is missing in a sale, and clears what its mode does not have.
func (x *House) check(tx *db.Tx, s *Sale, criteria []Criterion) error {
	f := fault.New(fault.Invalid, "sale.invalid")
	if !slices.Contains(Modes, s.Mode) {
		f.At("mode", "field.needed")
	}
	if !x.Codes.Has("rights", s.Right) {
		f.At("use_right", "field.needed")
	}
	if n := utf8.RuneCountInString(s.Territory); n > 200 {
		f.At("territory", "field.too_long", "N", n, "Most", 200)
	}
	if s.Months < 0 || s.Months > 1200 {
		f.At("months", "terms.out_of_range", "Most", 1200)
	}
	for name, text := range map[string]string{"conditions_vi": s.Conditions.Vi, "conditions_en": s.Conditions.En} {
		if n := utf8.RuneCountInString(text); n > 4000 {
			f.At(name, "field.too_long", "N", n, "Most", 4000)
		}
	}
	s.checkPrices(f)
	s.checkTimes(tx, x.noticeDays(), f)
	if s.Mode == Call {
		checkCriteria(f, criteria)
	} else if len(criteria) > 0 {
		f.At("criteria", "sale.criteria_of_call")
	}
	s.Screened = s.Screened || s.Deposit > 0
	return f.OrNil()
}

func (x *House) noticeDays() int { return int(x.Settings.Int("sale.notice_days")) }

func (s *Sale) checkPrices(f *fault.Fault) {
	for name, n := range map[string]int64{"start_price": s.Start, "reserve": s.Reserve, "step": s.Step, "deposit": s.Deposit} {
		if n < 0 || n > mostSum {
			f.At(name, "terms.out_of_range", "Most", int64(mostSum))
		}
	}
	if (s.Mode == Fixed || s.Mode == Auction) && s.Start == 0 {
		f.At("start_price", "field.needed")
	}
	switch s.Mode {
	case Auction:
		if s.Step == 0 {
			f.At("step", "field.needed")
		}
		if s.Extension < 0 || s.Extension > 60 {
			f.At("extension", "terms.out_of_range", "Most", 60)
		}
	default:
		s.Step, s.Extension = 0, 0
	}
	if s.Mode == Fixed || s.Mode == Call {
		s.Reserve = 0
	}
	if s.Reserve > 0 && s.Reserve < s.Start {
		f.At("reserve", "sale.reserve_below")
	}
}

func (s *Sale) checkTimes(tx *db.Tx, notice int, f *fault.Fault) {
	opens, closes := when.Time(s.Opens), when.Time(s.Closes)
	switch {
	case s.Opens == 0:
		f.At("opens_at", "field.needed")
	case when.DayOf(opens).Before(when.DayOf(tx.Now).AddDays(notice)) || opens.Before(tx.Now):
		f.At("opens_at", "sale.notice_short", "N", notice)
	}
	switch {
	case s.Closes == 0:
		f.At("closes_at", "field.needed")
	case closes.Sub(opens) < leastOpen || closes.Sub(opens) > mostOpen:
		f.At("closes_at", "sale.bad_span")
	}
	s.Revealed = 0
	if s.Mode != Sealed {
		s.RevealHours = 0
		return
	}
	if s.RevealHours < 1 || s.RevealHours > 240 {
		f.At("reveal_hours", "terms.out_of_range", "Most", 240)
	}
	s.Revealed = when.Micro(closes.Add(time.Duration(s.RevealHours) * time.Hour))
}

func checkCriteria(f *fault.Fault, all []Criterion) {
	sum, priced := int64(0), 0
	for _, c := range all {
		if c.Vi == "" && c.En == "" || utf8.RuneCountInString(c.Vi) > 200 || utf8.RuneCountInString(c.En) > 200 || c.Weight < 1 || c.Weight > 100 {
			f.At("criteria", "sale.bad_criterion")
			return
		}
		if c.Priced {
			priced++
		}
		sum += c.Weight
	}
	if len(all) == 0 || len(all) > mostCriteria || sum != 100 || priced > 1 || priced == len(all) {
		f.At("criteria", "sale.bad_weights", "Most", mostCriteria)
	}
}

// Announce makes a sale public; from then on it says what it says. The offer must still be on the floor,
// and the first bid must be as far away as the exchange asks for.
func (x *House) Announce(tx *db.Tx, a account.Actor, s *Sale) error {
	if !a.Manages(s.Owner) {
		return notYours()
	}
	o, err := exchange.Offers.Get(tx, s.Listing)
	if err != nil {
		return err
	}
	if !o.Floor() || o.Anonymous {
		return fault.New(fault.Conflict, "sale.not_on_floor")
	}
	running, err := running(tx, s.Listing)
	if err != nil {
		return err
	}
	for _, one := range running {
		if one.ID != s.ID {
			return fault.New(fault.Conflict, "sale.runs_already", "Number", one.Number)
		}
	}
	criteria, err := Criteria(tx, s.ID)
	if err != nil {
		return err
	}
	if err := x.check(tx, s, criteria); err != nil {
		return err
	}
	return x.step(tx, a.ID, s, "announcement", Announced, func(s *Sale) { s.Title, s.Published = o.Title, tx.Now })
}

// Cancel ends a sale before its deadline, with words for those who wanted to bid. A draft needs none.
func (x *House) Cancel(tx *db.Tx, a account.Actor, s *Sale, words string) error {
	if !a.Manages(s.Owner) {
		return notYours()
	}
	if s.State == Draft {
		return x.step(tx, a.ID, s, "withdrawal", Cancelled, nil)
	}
	if err := needWords(words); err != nil {
		return err
	}
	if err := x.Advance(tx, s); err != nil {
		return err
	}
	if err := x.step(tx, a.ID, s, "cancellation", Cancelled, func(s *Sale) { s.Note = words }); err != nil {
		return err
	}
	return x.tellBidders(tx, s, "sale_cancelled", "Words", words)
}

func needWords(words string) error {
	f := fault.New(fault.Invalid, "sale.invalid")
	if words == "" {
		f.At("words", "field.needed")
	}
	if n := utf8.RuneCountInString(words); n > 4000 {
		f.At("words", "field.too_long", "N", n, "Most", 4000)
	}
	return f.OrNil()
}
