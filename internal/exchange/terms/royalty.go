package terms

import (
	"math/big"
	"strconv"
	"strings"

	"chonoi/internal/fault"
)

// Sales is what was sold in a year, in whole đồng, as the base of a rate needs it.
type Sales struct {
	Invoiced  int64 // all invoices
	VAT       int64
	Excise    int64
	Export    int64 // duty
	Bought    int64 // parts that were bought in
	Packing   int64
	Transport int64
	Promotion int64 // advertising
	Revenue   int64 // net, as the accounts have it
	Profit    int64 // before tax
	Units     int64 // made
}

// Line is a line of the reckoning: a sum in whole đồng, negative when it is taken off.
type Line struct {
	Name string // invoiced, vat, … base, royalty, per_unit, least, most, due
	Sum  int64
}

// Yield is what a formula yields for the sales of a year.
type Yield struct {
	Lines   []Line
	Exact   string // the rate's share of the base before rounding
	Rounded string // what rounding added, between -0.5 and 0.5
	Due     int64  // whole đồng
}

// Yields reckons what is due for a year: the rate of its base, what is paid for each unit, then the
// least and the most of a year. The share is reckoned exactly and rounded once, to the nearest đồng,
// halves up. The net price is what was invoiced without VAT, excise, export duty, parts bought in,
// packing, transport and advertising (Decree 76/2018/NĐ-CP, Art. 4). A sum agreed for all is not of a
// year and stays out.
func (p *Payment) Yields(s Sales) (*Yield, error) {
	y := &Yield{Exact: "0", Rounded: "0"}
	add := func(name string, sum int64) { y.Lines = append(y.Lines, Line{name, sum}) }
	if err := s.check(); err != nil {
		return nil, err
	}
	base := int64(0)
	switch p.Of() {
	case NetPrice:
		base = s.Invoiced
		add("invoiced", s.Invoiced)
		for _, off := range []Line{{"vat", s.VAT}, {"excise", s.Excise}, {"export", s.Export}, {"bought", s.Bought}, {"packing", s.Packing}, {"transport", s.Transport}, {"promotion", s.Promotion}} {
			if off.Sum > 0 {
				add(off.Name, -off.Sum)
				base -= off.Sum
			}
		}
	case NetRevenue:
		base = s.Revenue
	case Profit:
		base = s.Profit
	}
	if p.Of() != "" {
		base = max(base, 0) // of a loss nothing is due
		add("base", base)
		due, err := p.share(base, y)
		if err != nil {
			return nil, err
		}
		add("royalty", due)
		y.Due += due
	}
	if p.PerUnit > 0 {
		if s.Units > mostSum/p.PerUnit {
			return nil, fault.New(fault.Invalid, "terms.invalid").At("units", "terms.out_of_range", "Most", mostSum/p.PerUnit)
		}
		add("per_unit", p.PerUnit*s.Units)
		y.Due += p.PerUnit * s.Units
	}
	if y.Due < p.LeastYear {
		add("least", p.LeastYear-y.Due)
		y.Due = p.LeastYear
	}
	if p.MostYear > 0 && y.Due > p.MostYear {
		add("most", p.MostYear-y.Due)
		y.Due = p.MostYear
	}
	add("due", y.Due)
	return y, nil
}

// Yearly reports whether what is sold or made in a year makes something due.
func (p *Payment) Yearly() bool { return p.Of() != "" || p.PerUnit > 0 || p.LeastYear > 0 }

// Reported returns the names of the figures of a year that the formula needs.
func (p *Payment) Reported() (all []string) {
	switch p.Of() {
	case NetPrice:
		all = []string{"invoiced", "vat", "excise", "export", "bought", "packing", "transport", "promotion"}
	case NetRevenue:
		all = []string{"revenue"}
	case Profit:
		all = []string{"profit"}
	}
	if p.PerUnit > 0 {
		all = append(all, "units")
	}
	return all
}

// Figure is a figure of a year by its name; nil when there is none of that name.
func (s *Sales) Figure(name string) *int64 {
	return map[string]*int64{"invoiced": &s.Invoiced, "vat": &s.VAT, "excise": &s.Excise, "export": &s.Export, "bought": &s.Bought, "packing": &s.Packing,
		"transport": &s.Transport, "promotion": &s.Promotion, "revenue": &s.Revenue, "profit": &s.Profit, "units": &s.Units}[name]
}

// Parts returns the sum as it is paid: by instalments, the last of which has what dividing left over, or
// at once. A sum that becomes capital is not paid.
func (p *Payment) Parts() (all []int64) {
	if p.Sum == 0 || p.Mode == Capital {
		return nil
	}
	if len(p.Instalments) == 0 {
		return []int64{p.Sum}
	}
	left := p.Sum
	for _, one := range p.Instalments {
		part := p.Sum/whole*one.Share + p.Sum%whole*one.Share/whole
		all = append(all, part)
		left -= part
	}
	all[len(all)-1] += left
	return all
}

// share takes the rate of the base and rounds it once.
func (p *Payment) share(base int64, y *Yield) (int64, error) {
	rate, err := readRate(p.Rate)
	if err != nil {
		return 0, fault.New(fault.Invalid, "terms.invalid").At("rate", "terms.bad_rate", "Places", mostPlaces)
	}
	coefficient, ok := new(big.Int).SetString(strconv.FormatUint(rate.Coef(), 10), 10)
	if !ok {
		return 0, fault.New(fault.Invalid, "terms.invalid").At("rate", "terms.bad_rate", "Places", mostPlaces)
	}
	places := rate.Scale() + 2 // of the share: those of the rate, and of a per cent
	one := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
	exact := new(big.Rat).SetFrac(coefficient.Mul(coefficient, big.NewInt(base)), one)
	up := new(big.Rat).Add(exact, big.NewRat(1, 2))
	due := new(big.Int).Div(up.Num(), up.Denom())
	y.Exact = digits(exact, places)
	y.Rounded = digits(new(big.Rat).Sub(new(big.Rat).SetInt(due), exact), places)
	return due.Int64(), nil
}

// digits writes a decimal fraction without needless zeros.
func digits(r *big.Rat, places int) string {
	return strings.TrimSuffix(strings.TrimRight(r.FloatString(places), "0"), ".")
}

func (s Sales) check() error {
	f := fault.New(fault.Invalid, "terms.invalid")
	for name, n := range map[string]int64{"invoiced": s.Invoiced, "vat": s.VAT, "excise": s.Excise, "export": s.Export, "bought": s.Bought, "packing": s.Packing,
		"transport": s.Transport, "promotion": s.Promotion, "revenue": s.Revenue, "units": s.Units} {
		if n < 0 || n > mostSum {
			f.At(name, "terms.out_of_range", "Most", int64(mostSum))
		}
	}
	if s.Profit > mostSum || s.Profit < -mostSum {
		f.At("profit", "terms.out_of_range", "Most", int64(mostSum))
	}
	return f.OrNil()
}
