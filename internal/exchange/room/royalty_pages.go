package room

import (
	"net/http"
	"strings"

	"chonoi/internal/exchange/terms"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// royaltyView is the page that reckons what a formula yields.
type royaltyView struct {
	Mode, Rate parts.Field
	Formula    []parts.Field
	Sales      []parts.Field
	Result     *parts.Table
	Due        string
	Rounded    string
	Faults     parts.Faults
}

// showRoyalty reckons what a formula yields for the sales of a year. Nothing is kept, so the form is
// its address.
func (d doors) showRoyalty(w http.ResponseWriter, r *http.Request) error {
	query := web.Form(r)
	f := &former{r: r, d: d, given: query, typed: true}
	asked := query.Text("rate") != "" || query.Text("per_unit") != ""
	p := terms.Payment{Mode: terms.Combination, Base: query.Text("base"), Rate: strings.Replace(query.Text("rate"), ",", ".", 1)}
	var s terms.Sales
	sums := []struct {
		name string
		into *int64
	}{{"invoiced", &s.Invoiced}, {"vat", &s.VAT}, {"excise", &s.Excise}, {"export", &s.Export}, {"bought", &s.Bought}, {"packing", &s.Packing}, {"transport", &s.Transport},
		{"promotion", &s.Promotion}, {"revenue", &s.Revenue}, {"profit", &s.Profit}, {"units", &s.Units}, {"per_unit", &p.PerUnit}, {"least_year", &p.LeastYear}, {"most_year", &p.MostYear}}
	var v royaltyView
	for _, one := range sums {
		if text := query.Text(one.name); text != "" {
			var ok bool
			if *one.into, ok = query.Int(one.name); !ok {
				v.Faults.List = append(v.Faults.List, parts.Amiss{Field: one.name, Text: web.T(r, "field.not_a_number")})
			}
		}
	}
	if asked && !v.Faults.Any() {
		if p.Rate != "" && p.Base == "" {
			p.Base = terms.NetPrice
		}
		if p.Rate == "" {
			p.Mode = terms.LumpSum // only what is paid for each unit
		}
		y, err := p.Yields(s)
		var rest error
		if v.Faults, rest = web.Faults(r, err); rest != nil {
			return rest
		}
		if y != nil {
			v.yielded(r, y)
		}
	}
	f.faults = v.Faults
	v.fields(f)
	page := web.Page{Title: web.T(r, "royalty.title"), Description: web.T(r, "royalty.help"), Section: "/search", Amiss: v.Faults.Any(), NoIndex: asked, Crumbs: []parts.Crumb{{Text: web.T(r, "royalty.title")}}}
	if v.Faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, royaltyPage(v))
}

func (v *royaltyView) fields(f *former) {
	base := f.field("base", "base", "")
	for _, one := range terms.Bases {
		base.Options = append(base.Options, parts.Option{Value: one, Text: web.T(f.r, "terms.base_"+one), On: one == base.Value})
	}
	rate := f.field("rate", "rate", "")
	rate.Short, rate.InputMode, rate.Unit, rate.Max = true, "decimal", "%", 10
	v.Formula = []parts.Field{rate, base, f.money("per_unit", 0), f.money("least_year", 0), f.money("most_year", 0)}
	for _, name := range []string{"invoiced", "vat", "excise", "export", "bought", "packing", "transport", "promotion", "revenue", "profit"} {
		one := f.money("sum", 0)
		one.Name, one.Label, one.Error = name, web.T(f.r, "royalty."+name), f.faults.At(name)
		one.Value = f.given.Text(name)
		v.Sales = append(v.Sales, one)
	}
	units := f.number("years", 0)
	units.Name, units.Label, units.Error, units.Value = "units", web.T(f.r, "royalty.units"), f.faults.At("units"), f.given.Text("units")
	v.Sales = append(v.Sales, units)
}

func (v *royaltyView) yielded(r *http.Request, y *terms.Yield) {
	tag := web.Lang(r)
	v.Result = &parts.Table{Label: web.T(r, "royalty.reckoning"), Columns: []parts.Column{{Title: web.T(r, "royalty.line")}, {Title: web.T(r, "enquiry.dong"), Num: true}}, Tight: true}
	for _, one := range y.Lines {
		v.Result.Rows = append(v.Result.Rows, []parts.Cell{{Text: web.T(r, "royalty."+one.Name)}, {Text: lang.Number(tag, one.Sum)}})
	}
	v.Due = web.T(r, "royalty.due_is", "Sum", lang.Number(tag, y.Due))
	v.Rounded = web.T(r, "royalty.rounding", "Exact", lang.Decimal(tag, y.Exact), "Rounded", lang.Decimal(tag, y.Rounded))
}
