package room

import (
	"chonoi/internal/exchange/deal"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/acts"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// fillMoney fills in what the receiver owes, with the forms for what comes next of each.
func (d doors) fillMoney(v *performanceView, one *deal.Room, f *acts.Forms) error {
	r, tag := f.Request, web.Lang(f.Request)
	all, err := d.Payables(web.Tx(r), one.Deal)
	if err != nil || len(all) == 0 {
		return err
	}
	v.Money = parts.Table{Label: web.T(r, "perform.money"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "perform.item")}, {Title: web.T(r, "perform.sum"), Num: true}, {Title: web.T(r, "perform.report")}, {Title: web.T(r, "perform.paid")}, {Title: web.T(r, "perform.received")}}}
	today := when.DayOf(web.Tx(r).Now)
	for _, p := range all {
		line := []parts.Cell{{Text: itemName(f.Request, p.Item)}, {Text: web.T(r, "perform.unknown_sum")}, {Text: "–"}, {Text: "–"}, {Text: "–"}}
		if p.Year == 0 || p.Report != nil {
			line[1].Text = lang.Number(tag, p.Sum)
		}
		if p.Year > 0 {
			line[2] = reported(f, p, today)
		} else {
			line[2].Text = p.When
		}
		if !p.Paid.Zero() {
			line[3] = parts.Cell{Text: lang.Day(tag, p.Paid), Note: p.Paper}
		}
		if p.Settled() {
			line[4] = parts.Cell{Text: lang.Date(tag, when.Time(p.ReceivedAt)), Light: "ok"}
		}
		v.Money.Rows = append(v.Money.Rows, line)
	}
	if !one.Acts(web.Actor(r)) {
		return nil
	}
	if one.Side == deal.Receiver {
		return d.receiverForms(v, one, f, all)
	}
	supplierForms(v, one, f, all)
	return nil
}

func reported(f *acts.Forms, p *deal.Payable, today when.Day) parts.Cell {
	tag := web.Lang(f.Request)
	switch {
	case p.Report != nil && p.Report.ConfirmedAt > 0:
		return parts.Cell{Text: web.T(f.Request, "perform.report_agreed", "Date", lang.Date(tag, when.Time(p.Report.ConfirmedAt))), Light: "ok"}
	case p.Report != nil:
		return parts.Cell{Text: web.T(f.Request, "perform.reported_at", "Date", lang.Date(tag, when.Time(p.Report.At))), Light: "run"}
	case p.Late(today):
		return parts.Cell{Text: web.T(f.Request, "perform.report_late", "Date", lang.Day(tag, p.ReportBy)), Light: "late"}
	}
	return parts.Cell{Text: web.T(f.Request, "perform.report_by", "Date", lang.Day(tag, p.ReportBy)), Light: "idle"}
}

// receiverForms are the forms of who owes: report a year that is over, tell of a payment.
func (d doors) receiverForms(v *performanceView, one *deal.Room, f *acts.Forms, all []*deal.Payable) error {
	r := f.Request
	sheet, err := deal.SheetOf(web.Tx(r), one.ID)
	if err != nil || sheet == nil {
		return err
	}
	today := when.DayOf(web.Tx(r).Now)
	var years, items []parts.Option
	var last *deal.Report
	for _, p := range all {
		ended := one.State == deal.Terminated && int64(one.Ended.Year) == p.Year
		if p.Year > 0 && (int64(today.Year) > p.Year || ended) && (p.Report == nil || p.Report.ConfirmedAt == 0) {
			years = append(years, parts.Option{Value: p.Item[len("year-"):], Text: itemName(f.Request, p.Item)})
			last = p.Report
		}
		if !p.Settled() && (p.Year == 0 || p.Report != nil) {
			items = append(items, parts.Option{Value: p.Item, Text: itemName(f.Request, p.Item)})
		}
	}
	if len(years) > 0 && deal.Possible(one.State, "royalty_report") {
		const path = "report"
		fields := []parts.Field{f.Choice(path, "year", "perform.report_year", years)}
		if len(years) == 1 {
			fields[0].Options = fields[0].Options[1:]
		}
		for _, name := range sheet.Terms.Payment.Reported() {
			kept := int64(0)
			if last != nil && len(years) == 1 {
				kept = *last.Sales.Figure(name)
			}
			one := f.Number(path, name, "royalty."+name, kept)
			one.Optional = true
			if name != "units" {
				one.Unit = web.T(r, "enquiry.dong")
			}
			fields = append(fields, one)
		}
		form := f.Form(path, "perform.do_report", true, fields...)
		form.Help = web.T(r, "perform.report_help")
		v.Pay = append(v.Pay, form)
	}
	if len(items) > 0 && deal.Possible(one.State, "payment") {
		const path = "payment"
		paper := f.Field(path, "paper", "perform.paper")
		paper.Max = 100
		form := f.Form(path, "perform.do_payment", true, f.Choice(path, "item", "perform.item", items), f.Day(path, "paid_on", "perform.paid_on"), paper)
		form.Help = web.T(r, "perform.payment_help")
		v.Pay = append(v.Pay, form)
	}
	return nil
}

// supplierForms are the forms of who is owed: agree with a report, say that the money came.
func supplierForms(v *performanceView, one *deal.Room, f *acts.Forms, all []*deal.Payable) {
	for _, p := range all {
		if p.Report != nil && p.Report.ConfirmedAt == 0 && deal.Possible(one.State, "royalty_agreed") {
			form := f.Form("report-agreement", "perform.do_agree", false)
			form.Head = web.T(f.Request, "perform.agree_head", "Item", itemName(f.Request, p.Item), "Sum", lang.Number(web.Lang(f.Request), p.Sum))
			form.Hidden = []parts.Option{{Value: "year", Text: p.Item[len("year-"):]}, {Value: "sum", Text: lang.Number(lang.En, p.Sum)}}
			form.Help = salesTold(f, p.Report)
			v.Pay = append(v.Pay, form)
		}
		if !p.Paid.Zero() && !p.Settled() && deal.Possible(one.State, "receipt") {
			form := f.Form("receipt", "perform.do_receive", false)
			form.Head = web.T(f.Request, "perform.receive_head", "Item", itemName(f.Request, p.Item), "Sum", lang.Number(web.Lang(f.Request), p.Sum), "Date", lang.Day(web.Lang(f.Request), p.Paid))
			form.Hidden = []parts.Option{{Value: "item", Text: p.Item}}
			v.Pay = append(v.Pay, form)
		}
	}
}

// salesTold tells the figures of a report in one line.
func salesTold(f *acts.Forms, report *deal.Report) (text string) {
	for _, name := range []string{"invoiced", "vat", "excise", "export", "bought", "packing", "transport", "promotion", "revenue", "profit", "units"} {
		if n := *report.Sales.Figure(name); n != 0 {
			if text != "" {
				text += " · "
			}
			text += web.T(f.Request, "royalty."+name) + ": " + lang.Number(web.Lang(f.Request), n)
		}
	}
	return text
}
