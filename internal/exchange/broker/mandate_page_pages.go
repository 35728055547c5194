package broker

import (
	"net/http"

	"chonoi/internal/account"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// mandateView is the page of a mandate.
type mandateView struct {
	Path, Number, Between string
	Light                 parts.Light
	Facts                 []parts.Fact
	Scope                 string
	Deals                 []mandateRow
	Bills                 parts.Table
	Errands               []errandView
	Forms                 []form
	Faults                parts.Faults
}

type errandView struct {
	What, Note, Done string // address of the act; "" when it is done or not one's own
	Light            parts.Light
}

// form is a small form of the page.
type form struct {
	Path, Head, Button string
	Fields             []parts.Field
	Folded, Open       bool
}

func (x *Broking) showMandate(w http.ResponseWriter, r *http.Request) error {
	m, err := deal.MandateOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return x.drawMandate(w, r, m, "", parts.Faults{})
}

func (x *Broking) drawMandate(w http.ResponseWriter, r *http.Request, m *deal.Mandate, sent string, faults parts.Faults) error {
	row, err := x.mandateRow(r, m)
	if err != nil {
		return err
	}
	v := &mandateView{Path: row.Path, Number: m.Number, Between: row.Text, Light: row.Light, Scope: m.Scope, Faults: faults}
	if err := x.facts(r, v, m); err != nil {
		return err
	}
	deals, err := deal.Under(web.Tx(r), m.ID, 100)
	if err != nil {
		return err
	}
	for _, one := range deals {
		text, _ := best(one.Title, web.Lang(r))
		v.Deals = append(v.Deals, mandateRow{Path: "/deals/" + one.ID, Number: one.Number, Text: text, Light: parts.Light{Kind: "idle", Text: web.T(r, "deal.state_"+one.State)}})
	}
	f := &forms{r: r, faults: faults, sent: sent}
	if err := x.bills(r, v, m, deals, f); err != nil {
		return err
	}
	if err := x.errands(r, v, m, deals, f); err != nil {
		return err
	}
	x.signing(r, v, m, f)
	page := web.Page{Title: m.Number, Section: "/deals", Amiss: faults.Any(), NoIndex: true, Crumbs: []parts.Crumb{{Path: "/mandates", Text: web.T(r, "mandate.list")}, {Text: m.Number}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, mandatePage(v))
}

func (x *Broking) facts(r *http.Request, v *mandateView, m *deal.Mandate) error {
	tag := web.Lang(r)
	add := func(name, value string) {
		v.Facts = append(v.Facts, parts.Fact{Name: web.T(r, "mandate."+name), Value: value})
	}
	about := web.T(r, "mandate.all_listings")
	if m.Listing != "" {
		l, err := x.Deals.Listing(web.Tx(r), m.Kind, m.Listing)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		if err == nil {
			about, _ = best(l.Title, tag)
			about = l.Number + " " + about
		}
	}
	add("listing", about)
	add("from_on", lang.Day(tag, m.From))
	add("until_on", lang.Day(tag, m.Until))
	fee := x.Codes.Name("fee_kinds", m.FeeKind).In(tag)
	switch m.FeeKind {
	case deal.FeePercent:
		fee = web.T(r, "mandate.fee_percent", "Rate", lang.Decimal(tag, m.FeeRate))
	case deal.FeeFixed:
		fee = web.T(r, "mandate.fee_fixed", "Sum", lang.Number(tag, m.FeeSum))
	}
	add("fee_kind", fee)
	if m.Reason != "" {
		add("reason", m.Reason)
	}
	return nil
}

// forms draws the fields of the forms of a page: what was typed and what is amiss are of the one that was
// sent, and fields of the same name have ids of their own.
type forms struct {
	r      *http.Request
	faults parts.Faults
	sent   string
}

func (f *forms) field(act, name, label string) parts.Field {
	one := parts.Field{Name: name, Label: web.T(f.r, label)}
	if act == f.sent {
		one.Value, one.Error = web.Form(f.r).Long(name), f.faults.At(name)
		return one
	}
	one.ID = parts.ID(act + "-" + name)
	return one
}

func (f *forms) day(act, name, label string, today when.Day) parts.Field {
	one := f.field(act, name, label)
	one.Type, one.Short = "date", true
	if act != f.sent && !today.Zero() {
		one.Value = today.String()
	}
	return one
}

func (f *forms) put(v *mandateView, act, path, label string, folded bool, fields ...parts.Field) {
	v.Forms = append(v.Forms, form{Path: v.Path + "/" + path, Head: web.T(f.r, label), Button: web.T(f.r, label), Fields: fields, Folded: folded, Open: act == f.sent})
}

// bills fills in the fees: billed by the broker when a contract is signed, paid as the principal says.
func (x *Broking) bills(r *http.Request, v *mandateView, m *deal.Mandate, deals []*deal.Deal, f *forms) error {
	tx, tag, actor := web.Tx(r), web.Lang(r), web.Actor(r)
	all, err := deal.Bills(tx, m.ID)
	if err != nil {
		return err
	}
	today, numbers, billed := when.DayOf(tx.Now), map[string]string{}, map[string]bool{}
	for _, one := range deals {
		numbers[one.ID] = one.Number
	}
	v.Bills = parts.Table{Label: web.T(r, "mandate.bills"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "mandate.deal")}, {Title: web.T(r, "mandate.sum"), Num: true}, {Title: web.T(r, "mandate.billed_on")}, {Title: web.T(r, "mandate.paid_on")}}}
	for _, b := range all {
		billed[b.Deal] = true
		paid := parts.Cell{Text: web.T(r, "mandate.unpaid"), Light: "risk"}
		if !b.Paid.Zero() {
			paid = parts.Cell{Text: lang.Day(tag, b.Paid), Light: "ok"}
		} else if actor.Manages(m.Owner) {
			f.put(v, "payment", "bills/"+b.Deal+"/payment", "mandate.do_payment", true, f.day("payment", "paid_on", "mandate.paid_on", today))
		}
		v.Bills.Rows = append(v.Bills.Rows, []parts.Cell{{Text: numbers[b.Deal]}, {Text: lang.Number(tag, b.Sum)}, {Text: lang.Day(tag, b.On), Note: b.Paper}, paid})
	}
	if !actor.Manages(m.Broker) {
		return nil
	}
	choose := f.field("bill", "deal", "mandate.deal")
	for _, one := range deals {
		sum, due, err := x.Deals.FeeOf(tx, m, one.ID)
		if err != nil {
			return err
		}
		if due && sum > 0 && !billed[one.ID] {
			choose.Options = append(choose.Options, parts.Option{Value: one.ID, Text: web.T(r, "mandate.fee_of", "Number", one.Number, "Sum", lang.Number(tag, sum)), On: choose.Value == one.ID})
		}
	}
	if len(choose.Options) > 0 {
		paper := f.field("bill", "paper", "mandate.paper")
		paper.Max = 100
		f.put(v, "bill", "bills", "mandate.do_bill", true, choose, f.day("bill", "billed_on", "mandate.billed_on", today), paper)
	}
	return nil
}

// errands fills in what the broker is to do; the principal does not see it.
func (x *Broking) errands(r *http.Request, v *mandateView, m *deal.Mandate, deals []*deal.Deal, f *forms) error {
	tx, tag, actor := web.Tx(r), web.Lang(r), web.Actor(r)
	if !actor.In(m.Broker) {
		return nil
	}
	all, err := deal.Errands(tx, m.ID, 100)
	if err != nil {
		return err
	}
	numbers, today := map[string]string{}, when.DayOf(tx.Now)
	choose := f.field("errand", "deal", "mandate.deal")
	choose.Optional, choose.Options = true, []parts.Option{{Text: web.T(r, "mandate.no_deal")}}
	for _, one := range deals {
		numbers[one.ID] = one.Number
		choose.Options = append(choose.Options, parts.Option{Value: one.ID, Text: one.Number, On: choose.Value == one.ID})
	}
	for _, e := range all {
		line := errandView{What: e.What, Note: numbers[e.Deal], Light: parts.Light{Kind: "idle", Text: web.T(r, "mandate.no_day")}}
		if !e.Due.Zero() {
			line.Light = parts.Light{Kind: "run", Text: web.T(r, "mandate.due", "Date", lang.Day(tag, e.Due))}
			if e.Due.Before(today) {
				line.Light.Kind = "late"
			}
		}
		switch {
		case e.DoneAt > 0:
			line.Light = parts.Light{Kind: "ok", Text: web.T(r, "mandate.done_on", "Date", lang.Date(tag, when.Time(e.DoneAt)))}
		case actor.Manages(m.Broker):
			line.Done = v.Path + "/errands/" + e.ID + "/done"
		}
		v.Errands = append(v.Errands, line)
	}
	if actor.Manages(m.Broker) {
		what, due := f.field("errand", "what", "mandate.errand"), f.day("errand", "due_on", "mandate.due_on", when.Day{})
		what.Max, due.Optional = 500, true
		f.put(v, "errand", "errands", "mandate.do_errand", true, what, choose, due)
	}
	return nil
}

// signing fills in the forms that sign, decline or end the mandate.
func (x *Broking) signing(r *http.Request, v *mandateView, m *deal.Mandate, f *forms) {
	actor := web.Actor(r)
	if actor.Is(account.Inspector) {
		return
	}
	words := func(act string) parts.Field {
		one := f.field(act, "words", "mandate.reason")
		one.Rows, one.Max = 3, 2000
		return one
	}
	if m.State == deal.MandateProposed && actor.Manages(m.Other(m.ProposedBy)) && !when.DayOf(web.Tx(r).Now).After(m.Until) {
		f.put(v, "signature", "signature", "mandate.sign", false)
		f.put(v, "declination", "declination", "mandate.decline", true, words("declination"))
	}
	if (m.State == deal.MandateProposed || m.State == deal.MandateInForce) && (actor.Manages(m.Owner) || actor.Manages(m.Broker)) {
		f.put(v, "revocation", "revocation", "mandate.revoke", true, words("revocation"))
	}
}
