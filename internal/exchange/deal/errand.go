package deal

import (
	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// Errand is what a broker is to do under a mandate.
type Errand struct {
	ID      string
	Mandate string
	Deal    string // "" for none
	What    string
	Due     when.Day
	At      int64
	By      account.ID
	DoneAt  int64 // 0 before it
}

// Bill is a fee that fell due under a mandate when a contract was signed.
type Bill struct {
	Mandate string
	Deal    string
	Sum     int64 // whole đồng
	On      when.Day
	Paper   string // number of the bill
	At      int64
	By      account.ID
	Paid    when.Day // as the principal says
	PaidBy  account.ID
}

// longestErrand is how many characters say what is to be done.
const longestErrand = 500

// broker refuses who does not speak for the broker of a mandate.
func broker(a account.Actor, m *Mandate) error {
	if !a.Manages(m.Broker) {
		return notYours()
	}
	return nil
}

// AddErrand notes what the broker is to do. It is the broker's own.
func (x *Deals) AddErrand(tx *db.Tx, a account.Actor, m *Mandate, e Errand) error {
	if err := broker(a, m); err != nil {
		return err
	}
	f := fault.New(fault.Invalid, "deal.invalid")
	if e.What == "" {
		f.At("what", "field.needed")
	}
	atMost(f, "what", e.What, longestErrand)
	if e.Deal != "" {
		in, err := takesPart(tx, m.ID, e.Deal)
		if err != nil {
			return err
		}
		if !in {
			f.At("deal", "field.not_in_list")
		}
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	e.ID, e.Mandate, e.At, e.By = db.NewID(tx.Now), m.ID, when.Micro(tx.Now), a.ID
	return addErrand(tx, e)
}

// FinishErrand says that an errand of a mandate is done.
func (x *Deals) FinishErrand(tx *db.Tx, a account.Actor, m *Mandate, id string) error {
	if err := broker(a, m); err != nil {
		return err
	}
	done, err := endErrand(tx, m.ID, id)
	if err == nil && !done {
		err = found()
	}
	return err
}

// Charge records the bill of a fee for a signed contract: as the mandate has it, once.
func (x *Deals) Charge(tx *db.Tx, a account.Actor, m *Mandate, deal string, on when.Day, paper string) error {
	if err := broker(a, m); err != nil {
		return err
	}
	sum, due, err := x.FeeOf(tx, m, deal)
	if err != nil {
		return err
	}
	if !due || sum == 0 {
		return fault.New(fault.Conflict, "mandate.no_fee")
	}
	f := fault.New(fault.Invalid, "deal.invalid")
	happened(tx, f, "billed_on", on, when.Day{}, "")
	if paper == "" {
		f.At("paper", "field.needed")
	}
	atMost(f, "paper", paper, longestPaper)
	if err := f.OrNil(); err != nil {
		return err
	}
	first, err := addBill(tx, Bill{Mandate: m.ID, Deal: deal, Sum: sum, On: on, Paper: paper, At: when.Micro(tx.Now), By: a.ID})
	if err != nil {
		return err
	}
	if !first {
		return fault.New(fault.Conflict, "mandate.billed_already")
	}
	if err := note(tx, a, m, "mandate.bill", deal, paper); err != nil {
		return err
	}
	return x.tell(tx, m.Owner, "mandate_bill", "Number", m.Number, "Path", "/mandates/"+m.ID)
}

// FeeOf returns the fee of a broker for a deal in which he took part, and whether it is due: when the
// contract is signed.
func (x *Deals) FeeOf(tx *db.Tx, m *Mandate, deal string) (sum int64, due bool, err error) {
	in, err := takesPart(tx, m.ID, deal)
	if err != nil || !in {
		return 0, false, err
	}
	l, err := LegalOf(tx, deal)
	if err != nil || l == nil || l.Signed.Zero() {
		return 0, false, err
	}
	sheet, err := SheetOf(tx, deal)
	if err != nil || sheet == nil {
		return 0, false, err
	}
	sum, err = m.Fee(sheet.Terms.Payment.Sum)
	return sum, true, err
}

// Settled says, for the principal, that a bill was paid.
func (x *Deals) Settled(tx *db.Tx, a account.Actor, m *Mandate, deal string, on when.Day) error {
	if !a.Manages(m.Owner) {
		return notYours()
	}
	f := fault.New(fault.Invalid, "deal.invalid")
	happened(tx, f, "paid_on", on, when.Day{}, "")
	if err := f.OrNil(); err != nil {
		return err
	}
	done, err := payBill(tx, m.ID, deal, on, a.ID)
	if err == nil && !done {
		err = fault.New(fault.Conflict, "deal.move_not_possible")
	}
	if err != nil {
		return err
	}
	return note(tx, a, m, "mandate.bill_paid", deal, on.String())
}

// note writes what happened beside the fields of a mandate into the ledger.
func note(tx *db.Tx, a account.Actor, m *Mandate, act, about, words string) error {
	now := Mandates.Copy(m)
	err := Mandates.Save(tx, a.ID, act, m, now, ledger.Change{Field: "about", New: about}, ledger.Change{Field: "words", New: words})
	*m = *now
	return err
}
