package deal

import (
	"slices"

	"github.com/govalues/decimal"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/ledger"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Mandate is what a broker may do for an organisation, for how long and for what fee (ủy quyền môi
// giới). Its owner is the principal. It is in force when both signed it, and never changes.
type Mandate struct {
	record.Head
	Broker     string // organisation that acts
	ProposedBy string // organisation
	Kind       string // of the listing that it is about; "" for all of the principal
	Listing    string
	Scope      string // what the broker does
	From       when.Day
	Until      when.Day
	FeeKind    string // of the list fee_kinds
	FeeRate    string // per cent of the sum of the contract
	FeeSum     int64  // whole đồng
	Reason     string // why it was declined or revoked
}

// The states of a mandate.
const (
	MandateProposed = "proposed"
	MandateInForce  = "in_force"
	MandateDeclined = "declined"
	MandateRevoked  = "revoked"
)

// Kinds of fees, of the list fee_kinds.
const (
	FeeNone    = "none"
	FeeFixed   = "fixed"   // when a contract is signed
	FeePercent = "percent" // of the sum of a signed contract
)

var mandateFields = field.Set[Mandate]{
	field.Text("broker", func(m *Mandate) *string { return &m.Broker }).Acts(),
	field.Text("proposed_by", func(m *Mandate) *string { return &m.ProposedBy }).Acts(),
	field.Text("kind", func(m *Mandate) *string { return &m.Kind }).Acts(),
	field.Text("listing", func(m *Mandate) *string { return &m.Listing }).Acts(),
	field.Text("scope", func(m *Mandate) *string { return &m.Scope }).Needed().In("what").UpTo(4000),
	field.Day("from_on", func(m *Mandate) *when.Day { return &m.From }).Needed().In("what"),
	field.Day("until_on", func(m *Mandate) *when.Day { return &m.Until }).Needed().In("what"),
	field.Code("fee_kind", "fee_kinds", func(m *Mandate) *string { return &m.FeeKind }).Needed().In("fee"),
	field.Text("fee_rate", func(m *Mandate) *string { return &m.FeeRate }).In("fee").UpTo(10),
	field.Money("fee_sum", func(m *Mandate) *int64 { return &m.FeeSum }).In("fee"),
	field.Text("reason", func(m *Mandate) *string { return &m.Reason }).Acts().UpTo(2000),
}

// Mandates is the kind of record that Mandate is.
var Mandates = record.Kind[Mandate]{Name: "mandate", Prefix: "UQ", Fields: mandateFields, Head: func(m *Mandate) *record.Head { return &m.Head }}.Prepare()

// mandateMoves is the whole table of mandates.
var mandateMoves = []Move{
	{"signature", []string{MandateProposed}, MandateInForce, ByOther, "", ""},
	{"declination", []string{MandateProposed}, MandateDeclined, ByOther, "words", ""},
	{"revocation", []string{MandateProposed, MandateInForce}, MandateRevoked, BySide, "words", ""},
}

// Holds reports whether a mandate is in force on a day.
func (m *Mandate) Holds(today when.Day) bool {
	return m.State == MandateInForce && !today.Before(m.From) && !today.After(m.Until)
}

// Other returns the organisation across from the one that somebody speaks for.
func (m *Mandate) Other(organisation string) string {
	if organisation == m.Owner {
		return m.Broker
	}
	return m.Owner
}

// MandateOf returns a mandate for those who belong to either organisation, and those of the exchange who
// see all; for others there is none.
func MandateOf(tx *db.Tx, a account.Actor, id string) (*Mandate, error) {
	m, err := Mandates.Get(tx, id)
	if err != nil {
		return nil, err
	}
	if !a.In(m.Owner) && !a.In(m.Broker) && !a.SeesAll() {
		return nil, found()
	}
	return m, nil
}

// ProposeMandate proposes a mandate by a manager of either organisation. The broker must be on the register.
func (x *Deals) ProposeMandate(tx *db.Tx, a account.Actor, m *Mandate) error {
	m.ProposedBy = m.Owner
	if !a.Manages(m.Owner) {
		m.ProposedBy = m.Broker
	}
	if !a.Manages(m.ProposedBy) {
		return notYours()
	}
	f := fault.New(fault.Invalid, "deal.invalid")
	registered, err := x.registered(tx, m.Broker)
	if err != nil {
		return err
	}
	if m.Broker == "" || m.Broker == m.Owner || !registered {
		f.At("broker", "mandate.not_registered")
	}
	if m.Owner == "" {
		f.At("principal", "field.needed")
	}
	if m.Scope == "" {
		f.At("scope", "field.needed")
	}
	atMost(f, "scope", m.Scope, longestNote)
	if m.From.Zero() {
		f.At("from_on", "field.needed")
	}
	if m.Until.Zero() {
		f.At("until_on", "field.needed")
	} else if m.Until.Before(m.From) || m.Until.Before(when.DayOf(tx.Now)) {
		f.At("until_on", "mandate.ends_before")
	}
	x.checkFee(f, m)
	if err := x.checkListing(tx, f, m); err != nil {
		return err
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	m.State = MandateProposed
	if err := Mandates.New(tx, a.ID, "mandate.proposed", m); err != nil {
		return err
	}
	return x.tell(tx, m.Other(m.ProposedBy), "mandate_proposed", "Number", m.Number, "Path", "/mandates/"+m.ID)
}

// checkFee checks that a fee is told whole, and nothing beside its kind.
func (x *Deals) checkFee(f *fault.Fault, m *Mandate) {
	if !x.Codes.Has("fee_kinds", m.FeeKind) {
		f.At("fee_kind", "field.needed")
	}
	if m.FeeKind != FeePercent {
		m.FeeRate = ""
	}
	if m.FeeKind != FeeFixed {
		m.FeeSum = 0
	}
	if m.FeeKind == FeePercent {
		if _, err := perCent(m.FeeRate); err != nil {
			f.At("fee_rate", "mandate.bad_rate")
		}
	}
	if m.FeeKind == FeeFixed && (m.FeeSum < 1 || m.FeeSum > mostRevenue) {
		f.At("fee_sum", "terms.out_of_range", "Most", int64(mostRevenue))
	}
}

// perCent reads a rate of more than 0 and at most 100 with at most two digits after the point.
func perCent(text string) (decimal.Decimal, error) {
	rate, err := decimal.Parse(text)
	if err != nil {
		return rate, err
	}
	if !rate.IsPos() || rate.Cmp(decimal.MustNew(100, 0)) > 0 || rate.Scale() > 2 {
		return rate, fault.New(fault.Invalid, "mandate.bad_rate")
	}
	return rate, nil
}

// checkListing checks that the listing that a mandate is about is the principal's.
func (x *Deals) checkListing(tx *db.Tx, f *fault.Fault, m *Mandate) error {
	if m.Listing == "" {
		m.Kind = ""
		return nil
	}
	l, err := x.Listing(tx, m.Kind, m.Listing)
	if fault.KindOf(err) == fault.NotFound || err == nil && l.Owner != m.Owner {
		f.At("listing", "mandate.not_its_listing")
		return nil
	}
	return err
}

// registered reports whether an organisation is on the register of intermediaries.
func (x *Deals) registered(tx *db.Tx, organisation string) (bool, error) {
	if x.Registered == nil {
		return false, nil
	}
	return x.Registered(tx, organisation)
}

// SignMandate signs what the other organisation proposed: the mandate is in force from its first day on.
func (x *Deals) SignMandate(tx *db.Tx, a account.Actor, m *Mandate) error {
	if !a.Manages(m.Other(m.ProposedBy)) {
		return notYours()
	}
	if when.DayOf(tx.Now).After(m.Until) {
		return fault.New(fault.Conflict, "deal.move_not_possible")
	}
	return x.moveMandate(tx, a, m, "signature", "", m.ProposedBy)
}

// DeclineMandate says no to what the other organisation proposed, with words.
func (x *Deals) DeclineMandate(tx *db.Tx, a account.Actor, m *Mandate, reason string) error {
	if !a.Manages(m.Other(m.ProposedBy)) {
		return notYours()
	}
	if err := needWords(reason); err != nil {
		return err
	}
	return x.moveMandate(tx, a, m, "declination", reason, m.ProposedBy)
}

// Revoke ends a mandate by either organisation, with words: the broker is out of the deals that he came
// into by it.
func (x *Deals) Revoke(tx *db.Tx, a account.Actor, m *Mandate, reason string) error {
	mine := m.Owner
	if !a.Manages(mine) {
		mine = m.Broker
	}
	if !a.Manages(mine) {
		return notYours()
	}
	if err := needWords(reason); err != nil {
		return err
	}
	return x.moveMandate(tx, a, m, "revocation", reason, m.Other(mine))
}

func (x *Deals) moveMandate(tx *db.Tx, a account.Actor, old *Mandate, act, reason, tell string) error {
	move, err := Next(mandateMoves, old.State, act)
	if err != nil {
		return err
	}
	m := Mandates.Copy(old)
	m.State, m.Reason = move.To, reason
	if err := Mandates.Save(tx, a.ID, "mandate."+act, old, m); err != nil {
		return err
	}
	*old = *m
	return x.tell(tx, tell, "mandate_"+act, "Number", m.Number, "Path", "/mandates/"+m.ID)
}

// Fits reports whether a mandate is about a deal: of its principal, on a side of the deal, about that
// listing or about all.
func (m *Mandate) Fits(d *Deal) (Side, bool) {
	if m.Listing != "" && m.Listing != d.Listing {
		return "", false
	}
	for _, side := range []Side{Supplier, Receiver} {
		if d.Organisation(side) == m.Owner && d.Organisation(side.Other()) != m.Broker {
			return side, true
		}
	}
	return "", false
}

// CallIn has a broker take part in a deal under a mandate, by whoever speaks for the principal's side:
// everybody who speaks for the broker may enter from then on, as long as the mandate holds.
func (x *Deals) CallIn(tx *db.Tx, a account.Actor, r *Room, m *Mandate) error {
	side, fits := m.Fits(r.Deal)
	if !r.Acts(a) || r.Side != side || !a.Manages(m.Owner) {
		return notYours()
	}
	if !fits || !m.Holds(when.DayOf(tx.Now)) {
		return fault.New(fault.Conflict, "mandate.does_not_hold")
	}
	if slices.ContainsFunc(r.Brokers, func(b Part) bool { return b.Mandate == m.ID }) {
		return fault.New(fault.Conflict, "mandate.already_in")
	}
	if err := addBroker(tx, r.ID, Part{Mandate: m.ID, Side: side}, a.ID); err != nil {
		return err
	}
	d := Records.Copy(r.Deal)
	d.Moved = when.Micro(tx.Now)
	if err := Records.Save(tx, a.ID, "deal.broker_called", r.Deal, d, ledger.Change{Field: "mandate", New: m.ID}); err != nil {
		return err
	}
	*r.Deal = *d
	if err := x.line(tx, r.Deal, Entry{By: a.ID, Side: r.Side, Audience: "all", Kind: "broker_called", About: m.Number}); err != nil {
		return err
	}
	return x.tell(tx, m.Broker, "mandate_called", "Number", r.Number, "Path", "/deals/"+r.ID)
}

// bringAgent has the broker who answered an enquiry take part in its deal, where his mandate still holds.
func (x *Deals) bringAgent(tx *db.Tx, by account.ID, e *Enquiry, d *Deal, side Side) error {
	if e.Mandate == "" {
		return nil
	}
	m, err := Mandates.Get(tx, e.Mandate)
	if err != nil || !m.Holds(when.DayOf(tx.Now)) {
		return err
	}
	if err := addBroker(tx, d.ID, Part{Mandate: m.ID, Side: side}, by); err != nil {
		return err
	}
	return x.line(tx, d, Entry{By: by, Side: side, Audience: "all", Kind: "broker_called", About: m.Number})
}

// Fee returns what a broker's fee is for a signed contract by his mandate, in whole đồng, rounded once,
// halves up.
func (m *Mandate) Fee(contractSum int64) (int64, error) {
	switch m.FeeKind {
	case FeeFixed:
		return m.FeeSum, nil
	case FeePercent:
		rate, err := perCent(m.FeeRate)
		if err != nil {
			return 0, err
		}
		hundredths := int64(rate.Coef())
		for i := rate.Scale(); i < 2; i++ {
			hundredths *= 10
		}
		whole, rest := contractSum/10_000, contractSum%10_000
		return whole*hundredths + (rest*hundredths+5_000)/10_000, nil
	}
	return 0, nil
}

// Part is a broker's part in a deal.
type Part struct {
	Mandate string
	Side    Side // of the principal
	Broker  string
	Number  string
}
