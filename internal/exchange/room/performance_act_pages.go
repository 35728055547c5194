package room

import (
	"net/http"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/fault"
	"chonoi/internal/web"
	"chonoi/internal/web/acts"
)

// performanceActs are the acts after a contract took effect, by the names of their addresses.
var performanceActs = map[string]func(doors, *db.Tx, account.Actor, *deal.Room, web.Values) error{
	"handover": func(d doors, tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		on, err := dayOf(form, "done_on")
		if err != nil {
			return err
		}
		n, ok := form.Int("step")
		if !ok {
			return fault.New(fault.Invalid, "deal.invalid").At("step", "field.needed")
		}
		return d.Confirm(tx, a, one, n, on, form.Long("words"))
	},
	"dispute": func(d doors, tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		return d.Raise(tx, a, one, form.Long("words"))
	},
	"settlement": func(d doors, tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		return d.ProposeSettlement(tx, a, one, form.Long("words"))
	},
	"agreement": func(d doors, tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		return d.Settle(tx, a, one, form.Text("digest"))
	},
	"termination": func(d doors, tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		on, err := dayOf(form, "ended_on")
		if err != nil {
			return err
		}
		return d.Terminate(tx, a, one, form.Text("reason"), on, form.Long("words"))
	},
	"report": func(d doors, tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		year, ok := form.Int("year")
		if !ok {
			return fault.New(fault.Invalid, "deal.invalid").At("year", "field.needed")
		}
		sheet, err := deal.SheetOf(tx, one.ID)
		if err != nil {
			return err
		}
		if sheet == nil {
			return fault.New(fault.Conflict, "deal.move_not_possible")
		}
		var s terms.Sales
		var bad []string
		for _, name := range sheet.Terms.Payment.Reported() {
			*s.Figure(name) = acts.Sum(form, name, &bad)
		}
		if err := numbers(bad); err != nil {
			return err
		}
		_, err = d.ReportSales(tx, a, one, year, s)
		return err
	},
	"report-agreement": func(d doors, tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		year, _ := form.Int("year")
		sum, _ := form.Int("sum")
		return d.ConfirmReport(tx, a, one, year, sum)
	},
	"payment": func(d doors, tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		on, err := dayOf(form, "paid_on")
		if err != nil {
			return err
		}
		if form.Text("item") == "" {
			return fault.New(fault.Invalid, "deal.invalid").At("item", "field.needed")
		}
		return d.Pay(tx, a, one, form.Text("item"), on, form.Text("paper"))
	},
	"receipt": func(d doors, tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		return d.Receive(tx, a, one, form.Text("item"))
	},
	"survey": func(d doors, tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		since, err := dayOf(form, "since")
		if err != nil {
			return err
		}
		if form.Text("producing") == "" {
			return fault.New(fault.Invalid, "deal.invalid").At("producing", "field.needed")
		}
		var bad []string
		months, _ := form.Int("months")
		s := deal.Survey{Months: months, Producing: form.Text("producing") == "yes", Since: since, Words: form.Long("words"), Revenue: acts.Sum(form, "revenue", &bad), Jobs: acts.Sum(form, "jobs", &bad)}
		if err := numbers(bad); err != nil {
			return err
		}
		return d.Answer(tx, a, one, s)
	},
	"review": func(d doors, tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		if form.Text("again") == "" {
			return fault.New(fault.Invalid, "deal.invalid").At("again", "field.needed")
		}
		v := deal.Review{Again: form.Text("again") == "yes", Words: form.Long("words")}
		v.AsTold, _ = form.Int("as_told")
		v.InTime, _ = form.Int("in_time")
		v.Support, _ = form.Int("support")
		return d.Judge(tx, a, one, v)
	},
}

// numbers is the fault for fields that are no numbers.
func numbers(bad []string) error {
	f := fault.New(fault.Invalid, "deal.invalid")
	for _, name := range bad {
		f.At(name, "field.not_a_number")
	}
	return f.OrNil()
}

// performanceAct does one of the acts and comes back to the page.
func (d doors) performanceAct(name string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		one, err := d.enter(r)
		if err != nil {
			return err
		}
		faults, rest := web.Faults(r, performanceActs[name](d, web.Tx(r), web.Actor(r), one, web.Form(r)))
		if rest != nil {
			return rest
		}
		if faults.Any() {
			return d.drawPerformance(w, r, one, name, faults)
		}
		web.Notice(w, r, "deal.kept")
		return web.Goto(w, r, "/deals/"+one.ID+"/performance")
	}
}
