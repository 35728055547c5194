package deal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// Payable is a sum that the receiver owes: an instalment of the sum agreed on, or what a year's sales yield.
// The platform records it; the money goes its own way.
type Payable struct {
	Item       string // instalment-1, year-2027
	Year       int64  // 0 for an instalment
	When       string // the event that makes an instalment due
	ReportBy   when.Day
	Report     *Report // nil for an instalment, and while nobody reported
	Sum        int64   // whole đồng; 0 while it is not known
	Paid       when.Day
	Paper      string // of the bank
	ReceivedAt int64  // 0 while the supplier has not said so
}

// Report is what the receiver says was sold in a year, and what that yields.
type Report struct {
	Sales       terms.Sales
	Sum         int64
	At          int64
	By          account.ID
	ConfirmedAt int64 // 0 while the supplier has not agreed
}

// Settled reports whether the supplier said that the money came.
func (d *Payable) Settled() bool { return d.ReceivedAt > 0 }

// Late reports whether the year's report is missing after its day.
func (d *Payable) Late(today when.Day) bool {
	return d.Year > 0 && d.Report == nil && today.After(d.ReportBy)
}

// Payables returns what is owed of a contract in force: each instalment, and each calendar year from the day
// of effect on up to the one that runs, as long as the rate is paid. A year that is begun or ended
// within counts like another: the least and the most of a year are not divided.
func (x *Deals) Payables(tx *db.Tx, d *Deal) ([]*Payable, error) {
	sheet, err := SheetOf(tx, d.ID)
	if err != nil || sheet == nil {
		return nil, err
	}
	l, err := LegalOf(tx, d.ID)
	if err != nil || l == nil || l.Effective.Zero() {
		return nil, err
	}
	p := &sheet.Terms.Payment
	var all []*Payable
	for i, sum := range p.Parts() {
		one := &Payable{Item: "instalment-" + strconv.Itoa(i+1), Sum: sum}
		if i < len(p.Instalments) {
			one.When = p.Instalments[i].When
		}
		all = append(all, one)
	}
	if p.Yearly() {
		first, last := l.Effective, until(d, sheet.Terms, l.Effective, when.DayOf(tx.Now))
		for year := first.Year; year <= last.Year; year++ {
			end := when.Day{Year: year, Month: 12, Date: 31}
			all = append(all, &Payable{Item: fmt.Sprintf("year-%d", year), Year: int64(year), ReportBy: end.AddDays(x.days("deal.report_days"))})
		}
	}
	return all, payablesKept(tx, d.ID, all)
}

// until is the last day for which a yearly rate is owed, as far as it is known today.
func until(d *Deal, t *terms.Terms, effective, today when.Day) when.Day {
	last := today
	months := t.Months
	if years := t.Payment.Years; years > 0 && (months == 0 || years*12 < months) {
		months = years * 12
	}
	if months > 0 {
		if end := effective.AddMonths(int(months)).AddDays(-1); end.Before(last) {
			last = end
		}
	}
	if d.State == Terminated && d.Ended.Before(last) {
		last = d.Ended
	}
	return last
}

// due returns one of the sums that are owed.
func (x *Deals) due(tx *db.Tx, r *Room, item string) (*Payable, error) {
	all, err := x.Payables(tx, r.Deal)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(one *Payable) bool { return one.Item == item })
	if i < 0 {
		return nil, found()
	}
	return all[i], nil
}

// receiver refuses who does not act for the side that owes.
func receiver(a account.Actor, r *Room) error {
	if !r.Acts(a) || r.Side != Receiver {
		return notYours()
	}
	return nil
}

// supplier refuses who does not act for the side that is owed.
func supplier(a account.Actor, r *Room) error {
	if !r.Acts(a) || r.Side != Supplier {
		return notYours()
	}
	return nil
}

// ReportSales says, for the receiver, what was sold in a year that is over, and reckons what that
// yields. Until the supplier agrees a new report takes the place of the last; both stay in the time line.
func (x *Deals) ReportSales(tx *db.Tx, a account.Actor, r *Room, year int64, s terms.Sales) (*terms.Yield, error) {
	if err := receiver(a, r); err != nil {
		return nil, err
	}
	one, err := x.due(tx, r, fmt.Sprintf("year-%d", year))
	if err != nil {
		return nil, err
	}
	if one.Report != nil && one.Report.ConfirmedAt > 0 {
		return nil, fault.New(fault.Conflict, "deal.report_agreed")
	}
	ended := r.State == Terminated && int64(r.Ended.Year) == year
	if today := when.DayOf(tx.Now); !ended && int64(today.Year) <= year {
		return nil, fault.New(fault.Conflict, "deal.year_runs")
	}
	sheet, err := SheetOf(tx, r.ID)
	if err != nil {
		return nil, err
	}
	y, err := sheet.Terms.Payment.Yields(s)
	if err != nil {
		return nil, err
	}
	if err := x.step(tx, a, r, "royalty_report", Entry{About: one.Item, Words: strconv.FormatInt(y.Due, 10)}, nil); err != nil {
		return nil, err
	}
	if err := addReport(tx, r.ID, year, &Report{Sales: s, Sum: y.Due, At: when.Micro(tx.Now), By: a.ID}); err != nil {
		return nil, err
	}
	return y, x.tellOther(tx, r, "deal_report")
}

// ConfirmReport agrees, for the supplier, with what was reported: with the sum that is named.
func (x *Deals) ConfirmReport(tx *db.Tx, a account.Actor, r *Room, year, sum int64) error {
	if err := supplier(a, r); err != nil {
		return err
	}
	one, err := x.due(tx, r, fmt.Sprintf("year-%d", year))
	if err != nil {
		return err
	}
	if one.Report == nil || one.Report.ConfirmedAt > 0 || one.Sum != sum {
		return fault.New(fault.Conflict, "deal.move_not_possible")
	}
	if err := x.step(tx, a, r, "royalty_agreed", Entry{About: one.Item}, nil); err != nil {
		return err
	}
	return confirmReport(tx, r.ID, year, when.Micro(tx.Now))
}

// Pay records, for the receiver, that a sum was paid: on which day, by which paper of the bank.
func (x *Deals) Pay(tx *db.Tx, a account.Actor, r *Room, item string, on when.Day, paper string) error {
	if err := receiver(a, r); err != nil {
		return err
	}
	one, err := x.due(tx, r, item)
	if err != nil {
		return err
	}
	if one.Settled() || one.Year > 0 && one.Report == nil {
		return fault.New(fault.Conflict, "deal.move_not_possible")
	}
	f := fault.New(fault.Invalid, "deal.invalid")
	happened(tx, f, "paid_on", on, when.Day{}, "")
	paper = strings.TrimSpace(paper)
	if paper == "" {
		f.At("paper", "field.needed")
	}
	atMost(f, "paper", paper, longestPaper)
	if err := f.OrNil(); err != nil {
		return err
	}
	if err := x.step(tx, a, r, "payment", Entry{About: item, Words: paper, Held: on}, nil); err != nil {
		return err
	}
	if err := keepPayment(tx, r.ID, item, on, paper, when.Micro(tx.Now), a.ID); err != nil {
		return err
	}
	return x.tellOther(tx, r, "deal_payment")
}

// Receive says, for the supplier, that the money of a recorded payment came.
func (x *Deals) Receive(tx *db.Tx, a account.Actor, r *Room, item string) error {
	if err := supplier(a, r); err != nil {
		return err
	}
	one, err := x.due(tx, r, item)
	if err != nil {
		return err
	}
	if one.Paid.Zero() || one.Settled() {
		return fault.New(fault.Conflict, "deal.move_not_possible")
	}
	if err := x.step(tx, a, r, "receipt", Entry{About: item}, nil); err != nil {
		return err
	}
	return receivePayment(tx, r.ID, item, when.Micro(tx.Now), a.ID)
}
