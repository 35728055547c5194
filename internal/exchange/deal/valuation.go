package deal

import (
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/route"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// Valuation is a record of what somebody found the technology to be worth. The exchange reckons no value
// itself. It is kept as it was made.
type Valuation struct {
	ID          string
	Side        Side   // that brought it
	By          string // who valued: a firm, a council
	Paper       string // number of the certificate or minutes
	On          when.Day
	Method      string // of the list valuation_methods
	Assumptions string
	Low, High   int64 // whole đồng
	Until       when.Day
	Attachment  string // a document of the deal
	At          int64
	Account     account.ID
}

// Valid reports whether a valuation holds on a day.
func (v *Valuation) Valid(today when.Day) bool { return v.Until.Zero() || !v.Until.Before(today) }

// Value keeps a record of a valuation, for either side.
func (x *Deals) Value(tx *db.Tx, a account.Actor, r *Room, v Valuation) error {
	if !r.Acts(a) {
		return notYours()
	}
	f := fault.New(fault.Invalid, "deal.invalid")
	for name, text := range map[string]string{"by": v.By, "assumptions": v.Assumptions} {
		if text == "" {
			f.At(name, "field.needed")
		}
		atMost(f, name, text, longestNote)
	}
	atMost(f, "paper", v.Paper, longestPaper)
	if !x.Codes.Has("valuation_methods", v.Method) {
		f.At("method", "field.needed")
	}
	happened(tx, f, "valued_on", v.On, when.Day{}, "")
	if !v.Until.Zero() && v.Until.Before(v.On) {
		f.At("valid_until", "deal.before_valuation")
	}
	if v.Low < 1 || v.Low > mostRevenue {
		f.At("low", "terms.out_of_range", "Most", int64(mostRevenue))
	}
	if v.High < v.Low || v.High > mostRevenue {
		f.At("high", "deal.range_turned")
	}
	if err := sharedDocument(tx, f, r, v.Attachment); err != nil {
		return err
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	if err := x.step(tx, a, r, "valuation", Entry{About: v.Method, Words: v.By, Held: v.On}, nil); err != nil {
		return err
	}
	v.ID, v.Side, v.At, v.Account = db.NewID(tx.Now), r.Side, when.Micro(tx.Now), a.ID
	return addValuation(tx, r.ID, &v)
}

// mayContribute refuses to agree that state-funded technology becomes capital while no valuation of it
// holds. Source: Law 07/2017/QH14, Art. 8 as amended by Law 115/2025/QH15, and Art. 27, read second-hand.
func (x *Deals) mayContribute(tx *db.Tx, r *Room, t *terms.Terms) error {
	if t.Payment.Mode != terms.Capital {
		return nil
	}
	if r.Kind != "offer" {
		return nil
	}
	o, err := exchange.Offers.Get(tx, r.Listing)
	if err != nil || o.StateMoney == string(route.NoState) {
		return err
	}
	return x.needsValuation(tx, r)
}

func (x *Deals) needsValuation(tx *db.Tx, r *Room) error {
	all, err := ValuationsOf(tx, r.ID)
	if err != nil {
		return err
	}
	today := when.DayOf(tx.Now)
	if slices.ContainsFunc(all, func(v *Valuation) bool { return v.Valid(today) }) {
		return nil
	}
	return fault.New(fault.Conflict, "deal.needs_valuation")
}
