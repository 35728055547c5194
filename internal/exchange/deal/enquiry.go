package deal

import (
	"slices"
	"unicode/utf8"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Enquiry is a question about a listing, of an organisation that wants to co-operate (yêu cầu trao
// đổi). Its owner is who asks; Anonymous keeps the owner's name closed until both agree.
type Enquiry struct {
	record.Head
	Kind         string // of the listing: offer, need
	Listing      string
	Holder       string // organisation that answers
	HolderClosed bool   // it is not named until both agree
	Cooperation  []string
	Wish         string // what co-operation is wanted
	Unclear      string // what is to be known first
	About        string // who asks
	BudgetMin    int64  // whole đồng
	BudgetMax    int64
	Timing       string
	Due          when.Day // of the holder's answer; no day when nothing waits for him
	Delivered    int64    // when.Micro; 0 before it
	Answered     int64    // first answer of the holder; 0 before it
	AnsweredBy   string   // account of the holder's people who answered first
	Mandate      string   // under which a broker answered; "" for none
	Reason       string   // of the list decline_reasons
	Note         string
	Deal         string
	agent        *Mandate // under which the reader answers; EnquiryOf finds it
}

var enquiryFields = field.Set[Enquiry]{
	field.Text("kind", func(e *Enquiry) *string { return &e.Kind }).Acts(),
	field.Text("listing", func(e *Enquiry) *string { return &e.Listing }).Acts(),
	field.Text("holder", func(e *Enquiry) *string { return &e.Holder }).Acts(),
	field.Flag("holder_closed", func(e *Enquiry) *bool { return &e.HolderClosed }).Acts(),
	field.Codes("cooperation", "cooperation", func(e *Enquiry) *[]string { return &e.Cooperation }).In("what"),
	field.Text("wish", func(e *Enquiry) *string { return &e.Wish }).Needed().In("what").UpTo(4000),
	field.Text("unclear", func(e *Enquiry) *string { return &e.Unclear }).Needed().In("what").UpTo(4000),
	field.Text("about", func(e *Enquiry) *string { return &e.About }).Needed().In("what").UpTo(4000),
	field.Money("budget_min", func(e *Enquiry) *int64 { return &e.BudgetMin }).In("what"),
	field.Money("budget_max", func(e *Enquiry) *int64 { return &e.BudgetMax }).In("what"),
	field.Text("timing", func(e *Enquiry) *string { return &e.Timing }).In("what").UpTo(300),
	field.Day("due_on", func(e *Enquiry) *when.Day { return &e.Due }).Acts(),
	field.Int("delivered_at", 0, 1<<62, func(e *Enquiry) *int64 { return &e.Delivered }).Acts(),
	field.Int("answered_at", 0, 1<<62, func(e *Enquiry) *int64 { return &e.Answered }).Acts(),
	field.Text("answered_by", func(e *Enquiry) *string { return &e.AnsweredBy }).Acts(),
	field.Text("mandate", func(e *Enquiry) *string { return &e.Mandate }).Acts(),
	field.Text("reason", func(e *Enquiry) *string { return &e.Reason }).Acts(),
	field.Text("note", func(e *Enquiry) *string { return &e.Note }).Acts().UpTo(2000),
	field.Text("deal", func(e *Enquiry) *string { return &e.Deal }).Acts(),
}

// Enquiries is the kind of record that Enquiry is.
var Enquiries = record.Kind[Enquiry]{Name: "enquiry", Prefix: "YC", Fields: enquiryFields, Head: func(e *Enquiry) *record.Head { return &e.Head }}.Prepare()

// Condition is what an owner asks of those who enquire about a listing.
type Condition struct {
	Vi, En        string
	LeastBudget   int64
	ConfirmedOnly bool
}

// EnquiryOf returns an enquiry that the reader may see: who asks, who answers, a broker of who answers,
// and those who see all.
func EnquiryOf(tx *db.Tx, a account.Actor, id string) (*Enquiry, error) {
	e, err := Enquiries.Get(tx, id)
	if err != nil {
		return nil, err
	}
	if e.agent, err = agentFor(tx, a, e); err != nil {
		return nil, err
	}
	if !e.Seen(a) {
		return nil, found()
	}
	return e, nil
}

// Seen reports whether a reader may see the enquiry. Its holder has no part in it before it is delivered.
func (e *Enquiry) Seen(a account.Actor) bool {
	return a.SeesAll() || a.In(e.Owner) || e.Answers(a) && e.State != Screening && e.State != Refused && e.Delivered > 0
}

// NamesAsker reports whether a reader may know who asks; NamesHolder who answers.
func (e *Enquiry) NamesAsker(a account.Actor) bool {
	return !e.Anonymous || e.State == Opened || a.In(e.Owner) || a.SeesAll()
}

// NamesHolder reports whether a reader may know who answers.
func (e *Enquiry) NamesHolder(a account.Actor) bool {
	return !e.HolderClosed || e.State == Opened || e.Answers(a) || a.SeesAll()
}

// Answers reports whether somebody may answer: whoever belongs to the holder, or to a broker who has the
// holder's mandate.
func (e *Enquiry) Answers(a account.Actor) bool {
	return a.In(e.Holder) || e.agent != nil && a.In(e.agent.Broker)
}

// Agent returns the mandate under which the reader answers, or nil.
func (e *Enquiry) Agent() *Mandate { return e.agent }

// Ask sends an enquiry about a listing on the floor for an organisation of the actor. Where the
// holder is not named, an officer looks at it first.
func (x *Deals) Ask(tx *db.Tx, a account.Actor, e *Enquiry) error {
	l, err := x.listing(tx, e.Kind, e.Listing)
	if err != nil {
		return err
	}
	e.Holder, e.HolderClosed = l.Owner, l.Anonymous
	if err := x.checkEnquiry(tx, a, e); err != nil {
		return err
	}
	if err := x.mayAsk(tx, a, e); err != nil {
		return err
	}
	e.State = Delivered
	if l.Anonymous {
		e.State = Screening
	} else {
		x.deliver(tx, e)
	}
	if err := Enquiries.New(tx, a.ID, "enquiry.asked", e); err != nil {
		return err
	}
	if e.State == Screening {
		return nil
	}
	return x.tellHolder(tx, e, "enquiry_delivered")
}

// deliver starts the holder's clock.
func (x *Deals) deliver(tx *db.Tx, e *Enquiry) {
	if e.Delivered == 0 {
		e.Delivered = when.Micro(tx.Now)
	}
	e.Due = x.workingDays(when.DayOf(tx.Now), x.days("enquiry.answer_days"))
}

// tellHolder writes to who answers, and to the brokers who have its mandate.
func (x *Deals) tellHolder(tx *db.Tx, e *Enquiry, letter string) error {
	to := []string{e.Holder}
	agents, err := agentsOf(tx, e)
	if err != nil {
		return err
	}
	for _, m := range agents {
		if !slices.Contains(to, m.Broker) {
			to = append(to, m.Broker)
		}
	}
	for _, one := range to {
		if err := x.tell(tx, one, letter, "Number", e.Number, "Day", e.Due, "Path", "/enquiries/"+e.ID); err != nil {
			return err
		}
	}
	return nil
}

// listing returns a listing that is on the floor.
func (x *Deals) listing(tx *db.Tx, kind, id string) (*exchange.Listing, error) {
	l, err := x.Listing(tx, kind, id)
	if err == nil && !l.Floor() {
		err = fault.New(fault.Conflict, "enquiry.not_on_floor")
	}
	return l, err
}

// Listing returns the listing of an enquiry or deal, whatever became of it. It is for the house itself,
// never to be shown whole.
func (x *Deals) Listing(tx *db.Tx, kind, id string) (*exchange.Listing, error) {
	switch kind {
	case exchange.Offers.Name:
		o, err := exchange.Offers.Get(tx, id)
		if err != nil {
			return nil, err
		}
		return &o.Listing, nil
	case exchange.Needs.Name:
		n, err := exchange.Needs.Get(tx, id)
		if err != nil {
			return nil, err
		}
		return &n.Listing, nil
	}
	return nil, found()
}

func (x *Deals) checkEnquiry(tx *db.Tx, a account.Actor, e *Enquiry) error {
	f := fault.New(fault.Invalid, "enquiry.invalid")
	if e.Owner == "" || !a.In(e.Owner) {
		f.At("owner", "enquiry.needs_organisation")
	}
	for name, text := range map[string]string{"wish": e.Wish, "unclear": e.Unclear, "about": e.About} {
		if text == "" {
			f.At(name, "field.needed")
		}
		if n := utf8.RuneCountInString(text); n > 4000 {
			f.At(name, "field.too_long", "N", n, "Most", 4000)
		}
	}
	if n := utf8.RuneCountInString(e.Timing); n > 300 {
		f.At("timing", "field.too_long", "N", n, "Most", 300)
	}
	if slices.ContainsFunc(e.Cooperation, func(code string) bool { return !x.Codes.Has("cooperation", code) }) {
		f.At("cooperation", "field.not_in_list")
	}
	if e.BudgetMax > 0 && e.BudgetMax < e.BudgetMin {
		f.At("budget_max", "enquiry.budget_order")
	}
	c, set, err := ConditionOf(tx, e.Kind, e.Listing)
	if err != nil {
		return err
	}
	if set && c.LeastBudget > 0 && max(e.BudgetMin, e.BudgetMax) < c.LeastBudget {
		f.At("budget_max", "enquiry.least_budget", "Sum", c.LeastBudget)
	}
	if set && c.ConfirmedOnly && x.Confirmed != nil && e.Owner != "" {
		sure, err := x.Confirmed(tx, e.Owner)
		if err != nil {
			return err
		}
		if !sure {
			f.At("owner", "enquiry.confirmed_only")
		}
	}
	return f.OrNil()
}

// mayAsk keeps enquiries from being sprayed: not to oneself, one at a time about a listing, and no
// more than the quota of an organisation in thirty days.
func (x *Deals) mayAsk(tx *db.Tx, a account.Actor, e *Enquiry) error {
	if a.In(e.Holder) {
		return fault.New(fault.Conflict, "enquiry.own_listing")
	}
	open, recent, err := askedBy(tx, e.Owner, e.Listing, tx.Now.AddDate(0, 0, -30))
	if err != nil {
		return err
	}
	if open {
		return fault.New(fault.Conflict, "enquiry.open_already")
	}
	if most := x.days("enquiry.monthly_quota"); recent >= most {
		return fault.New(fault.TooMany, "enquiry.quota", "N", most)
	}
	return nil
}

// SetCondition sets what an owner asks of those who enquire; an empty one is taken away.
func (x *Deals) SetCondition(tx *db.Tx, a account.Actor, kind, id string, c Condition) error {
	l, err := x.Listing(tx, kind, id)
	if err != nil {
		return err
	}
	if !a.In(l.Owner) {
		return found()
	}
	f := fault.New(fault.Invalid, "enquiry.invalid")
	for name, text := range map[string]string{"words_vi": c.Vi, "words_en": c.En} {
		if n := utf8.RuneCountInString(text); n > 1000 {
			f.At(name, "field.too_long", "N", n, "Most", 1000)
		}
	}
	if c.LeastBudget < 0 {
		f.At("least_budget", "field.not_a_number")
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	return keepCondition(tx, a.ID, kind, id, c)
}
