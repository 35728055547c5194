package terms

import (
	"strconv"
	"unicode/utf8"

	"github.com/govalues/decimal"

	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// The payment modes. Source: Law 07/2017/QH14, Art. 27; Decree 76/2018/NĐ-CP, Art. 4.
const (
	LumpSum     = "lump_sum"
	Capital     = "capital_contribution"
	NetPrice    = "net_price"
	NetRevenue  = "net_revenue"
	Profit      = "pre_tax_profit"
	Combination = "combination"
)

// Bases are what a rate may be taken of.
var Bases = []string{NetPrice, NetRevenue, Profit}

const (
	longest     = 4000 // characters of a clause in words
	mostParts   = 24   // instalments, milestones
	mostSum     = 1_000_000_000_000_000
	mostMonths  = 1200
	whole       = 100_00 // a whole in hundredths of a per cent
	mostPlaces  = 4
	mostPerCent = 100
)

// Codes are the lists that terms choose from.
type Codes interface {
	Has(list, code string) bool
}

// Check reports what is missing or contradicts itself in terms that are to be offered. Fields are
// named as the form has them.
func (t *Terms) Check(codes Codes) error {
	f := fault.New(fault.Invalid, "terms.invalid")
	if t.Object == "" {
		f.At("object", "field.needed")
	}
	for name, text := range map[string]string{"object": t.Object, "territory": t.Territory, "training": t.Training, "support": t.Support, "penalty": t.Penalty, "other": t.Other} {
		if n := utf8.RuneCountInString(text); n > longest {
			f.At(name, "field.too_long", "N", n, "Most", longest)
		}
	}
	for _, one := range []struct{ field, list, code string }{{"right", "rights", t.Right}, {"improvements", "improvement_rights", t.Improvements}, {"dispute", "dispute_bodies", t.Dispute}, {"mode", "payment_modes", t.Payment.Mode}} {
		switch {
		case one.code == "" && (one.field == "right" || one.field == "mode"):
			f.At(one.field, "field.needed")
		case one.code != "" && !codes.Has(one.list, one.code):
			f.At(one.field, "field.not_in_list")
		}
	}
	for _, code := range t.Methods {
		if !codes.Has("transfer_methods", code) {
			f.At("methods", "field.not_in_list")
		}
	}
	for name, n := range map[string]int64{"months": t.Months, "warranty": t.Warranty, "trainees": t.Trainees, "training_days": t.TrainingDays, "years": t.Payment.Years} {
		if n < 0 || n > mostMonths {
			f.At(name, "terms.out_of_range", "Most", mostMonths)
		}
	}
	t.checkMilestones(codes, f)
	t.Payment.check(f)
	return f.OrNil()
}

func (t *Terms) checkMilestones(codes Codes, f *fault.Fault) {
	if len(t.Milestones) > mostParts {
		f.At("milestones", "terms.too_many", "Most", mostParts)
	}
	for i, m := range t.Milestones {
		if m.What == "" || utf8.RuneCountInString(m.What) > longest {
			f.At(At("milestone_what", i), "field.needed")
		}
		if !codes.Has("transfer_methods", m.Method) {
			f.At(At("milestone_method", i), "field.needed")
		}
	}
}

// At names the input of one of several: milestone_what-2.
func At(name string, i int) string { return name + "-" + strconv.Itoa(i) }

func (p *Payment) check(f *fault.Fault) {
	for name, n := range map[string]int64{"sum": p.Sum, "per_unit": p.PerUnit, "least_year": p.LeastYear, "most_year": p.MostYear} {
		if n < 0 || n > mostSum {
			f.At(name, "terms.out_of_range", "Most", int64(mostSum))
		}
	}
	rated := p.Rate != ""
	switch p.Mode {
	case LumpSum:
		if p.Sum == 0 && p.PerUnit == 0 {
			f.At("sum", "terms.needs_sum")
		}
		if rated {
			f.At("rate", "terms.rate_not_here")
		}
	case Capital:
		if p.Sum == 0 {
			f.At("sum", "terms.needs_sum")
		}
		if rated {
			f.At("rate", "terms.rate_not_here")
		}
	case NetPrice, NetRevenue, Profit:
		if !rated {
			f.At("rate", "terms.needs_rate")
		}
	case Combination:
		if !rated || p.Sum == 0 && p.PerUnit == 0 {
			f.At("rate", "terms.needs_both")
		}
		if p.Of() == "" {
			f.At("base", "terms.needs_base")
		}
	}
	if rated {
		if _, err := readRate(p.Rate); err != nil {
			f.At("rate", "terms.bad_rate", "Places", mostPlaces)
		}
	}
	if p.MostYear > 0 && p.MostYear < p.LeastYear {
		f.At("most_year", "terms.most_below_least")
	}
	p.checkInstalments(f)
}

func (p *Payment) checkInstalments(f *fault.Fault) {
	if len(p.Instalments) == 0 {
		return
	}
	if len(p.Instalments) > mostParts {
		f.At("instalments", "terms.too_many", "Most", mostParts)
	}
	all := int64(0)
	for i, one := range p.Instalments {
		if one.Share <= 0 || one.Share > whole {
			f.At(At("instalment_share", i), "terms.bad_share")
			return
		}
		if one.When == "" || utf8.RuneCountInString(one.When) > longest {
			f.At(At("instalment_when", i), "terms.needs_event")
		}
		all += one.Share
	}
	if all != whole {
		f.At("instalments", "terms.shares_not_whole", "All", percent(all))
	}
}

// Of is what the rate is taken of; "" where there is no rate or none is told.
func (p *Payment) Of() string {
	switch p.Mode {
	case NetPrice, NetRevenue, Profit:
		return p.Mode
	case Combination:
		for _, one := range Bases {
			if one == p.Base {
				return one
			}
		}
	}
	return ""
}

// readRate reads a rate: more than 0 and at most 100 per cent, with at most four digits after the point.
func readRate(text string) (decimal.Decimal, error) {
	rate, err := decimal.Parse(text)
	if err != nil {
		return rate, err
	}
	hundred := decimal.MustNew(mostPerCent, 0)
	if !rate.IsPos() || rate.Cmp(hundred) > 0 || rate.Scale() > mostPlaces {
		return rate, fault.New(fault.Invalid, "terms.bad_rate", "Places", mostPlaces)
	}
	return rate, nil
}

// percent writes hundredths of a per cent with a decimal point and without needless zeros.
func percent(hundredths int64) string {
	d, err := decimal.New(hundredths, 2)
	if err != nil {
		return strconv.FormatInt(hundredths, 10)
	}
	return d.Trim(0).String()
}

// LastDue returns the day of the last milestone; no day when none is told.
func (t *Terms) LastDue() (last when.Day) {
	for _, m := range t.Milestones {
		if m.Due.After(last) {
			last = m.Due
		}
	}
	return last
}
