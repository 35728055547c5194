package room

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// mostRows is how many instalments and milestones a form may send.
const mostRows = 24

// offerView is the form in which a version is written.
type offerView struct {
	Path, Number, Title, TitleIn, From string
	Groups                             []group
	Faults                             parts.Faults
}

type group struct {
	Head   string
	Fields []parts.Field
	Rows   [][]parts.Field // entries of several fields
}

func (d doors) showOffer(w http.ResponseWriter, r *http.Request) error {
	one, err := d.enter(r)
	if err != nil {
		return err
	}
	if !one.Acts(web.Actor(r)) {
		return fault.New(fault.Forbidden, "deal.not_yours")
	}
	if !deal.Possible(one.State, "offer") {
		return fault.New(fault.Conflict, "deal.move_not_possible")
	}
	all, err := deal.Versions(web.Tx(r), one.ID)
	if err != nil {
		return err
	}
	t, from := &terms.Terms{}, ""
	if len(all) > 0 {
		last := all[len(all)-1]
		for clause := range deal.Settle(all, when.DayOf(web.Tx(r).Now)).Settled {
			last.Terms.Take(deal.Settle(all, when.DayOf(web.Tx(r).Now)).Settled[clause].Terms, clause)
		}
		t, from = last.Terms, web.T(r, "deal.offer_from", "N", last.N)
	} else {
		l, err := d.Listing(web.Tx(r), one.Kind, one.Deal.Listing)
		if err != nil {
			return err
		}
		t.Object, _ = l.Title.Best(web.Lang(r))
	}
	return d.drawOffer(w, r, one, t, web.Values{}, from, parts.Faults{})
}

func (d doors) drawOffer(w http.ResponseWriter, r *http.Request, one *deal.Room, t *terms.Terms, given web.Values, from string, faults parts.Faults) error {
	v := offerView{Path: "/deals/" + one.ID, Number: one.Number, From: from, Faults: faults}
	v.Title, v.TitleIn = best(r, one.Title)
	v.Groups = d.groups(&former{r: r, d: d, given: given, typed: faults.Any(), faults: faults}, t)
	page := web.Page{Title: web.T(r, "deal.write_offer"), Section: "/deals", Amiss: faults.Any(), NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/deals", Text: web.T(r, "deal.list")}, {Path: v.Path, Text: one.Number}, {Text: web.T(r, "deal.write_offer")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, offerPage(v))
}

// former fills in the fields of a version with what was typed, or with what it is written from.
type former struct {
	r      *http.Request
	d      doors
	given  web.Values
	typed  bool
	faults parts.Faults
}

func (f *former) field(name, label, kept string) parts.Field {
	if f.typed {
		kept = f.given.Long(name)
	}
	return parts.Field{Name: name, Label: web.T(f.r, "deal.f_"+label), Value: kept, Error: f.faults.At(name), Optional: true}
}

func (f *former) long(name, kept string) parts.Field {
	one := f.field(name, name, kept)
	one.Rows, one.Max = 3, 4000
	return one
}

func (f *former) number(name string, n int64) parts.Field {
	one := f.field(name, name, "")
	if !f.typed && n > 0 {
		one.Value = lang.Number(web.Lang(f.r), n)
	}
	one.Short, one.InputMode, one.Max = true, "numeric", 22
	return one
}

func (f *former) money(name string, n int64) parts.Field {
	one := f.number(name, n)
	one.Unit = web.T(f.r, "enquiry.dong")
	return one
}

func (f *former) choice(name, label, list, kept string) parts.Field {
	one := f.field(name, label, kept)
	one.Options = []parts.Option{{Text: web.T(f.r, "parts.choose")}}
	for _, code := range f.d.Codes.Of(list) {
		one.Options = append(one.Options, parts.Option{Value: code.Code, Text: code.Name.In(web.Lang(f.r)), On: code.Code == one.Value})
	}
	return one
}

func (f *former) flag(name string, on bool) parts.Field {
	if f.typed {
		on = f.given.On(name)
	}
	return parts.Field{Name: name, Many: true, Label: web.T(f.r, "deal.f_"+name), Options: []parts.Option{{Value: "1", Text: web.T(f.r, "deal.f_"+name+"_yes"), On: on}}}
}

func (d doors) groups(f *former, t *terms.Terms) []group {
	p := t.Payment
	base := f.field("base", "base", p.Base)
	base.Options = []parts.Option{{Text: web.T(f.r, "parts.choose")}}
	for _, one := range terms.Bases {
		base.Options = append(base.Options, parts.Option{Value: one, Text: web.T(f.r, "terms.base_"+one), On: one == base.Value})
	}
	rate := f.field("rate", "rate", strings.Replace(p.Rate, ".", map[lang.Tag]string{lang.Vi: ",", lang.En: "."}[web.Lang(f.r)], 1))
	rate.Short, rate.InputMode, rate.Unit, rate.Max = true, "decimal", "%", 10
	methods := parts.Field{Name: "methods", Many: true, Label: web.T(f.r, "deal.f_methods"), Error: f.faults.At("methods"), Optional: true}
	kept := t.Methods
	if f.typed {
		kept = f.given.All("methods")
	}
	for _, code := range d.Codes.Of("transfer_methods") {
		methods.Options = append(methods.Options, parts.Option{Value: code.Code, Text: code.Name.In(web.Lang(f.r)), On: slices.Contains(kept, code.Code)})
	}
	object := f.long("object", t.Object)
	object.Optional = false
	right, mode := f.choice("right", "right", "rights", t.Right), f.choice("mode", "mode", "payment_modes", p.Mode)
	right.Optional, mode.Optional = false, false
	expires := f.field("expires_on", "expires_on", "")
	expires.Type, expires.Short = "date", true
	return []group{
		{Head: "what", Fields: []parts.Field{object, right, f.flag("onward", t.Onward), f.long("territory", t.Territory), f.number("months", t.Months)}},
		{Head: "payment", Fields: []parts.Field{mode, f.money("sum", p.Sum), rate, base, f.money("per_unit", p.PerUnit), f.money("least_year", p.LeastYear), f.money("most_year", p.MostYear), f.number("years", p.Years)}},
		{Head: "instalments", Rows: f.instalments(p)},
		{Head: "hand_over", Fields: []parts.Field{methods}, Rows: f.milestones(t)},
		{Head: "training", Fields: []parts.Field{f.number("training_days", t.TrainingDays), f.number("trainees", t.Trainees), f.long("training", t.Training), f.long("support", t.Support), f.number("warranty", t.Warranty)}},
		{Head: "rights", Fields: []parts.Field{f.choice("improvements", "improvements", "improvement_rights", t.Improvements), f.long("penalty", t.Penalty), f.choice("dispute", "dispute", "dispute_bodies", t.Dispute), f.long("other", t.Other)}},
		{Head: "send", Fields: []parts.Field{f.long("words", ""), expires}},
	}
}

// instalments are the rows of the parts of a sum, with two empty ones.
func (f *former) instalments(p terms.Payment) (rows [][]parts.Field) {
	for i := range min(len(p.Instalments)+2, mostRows) {
		share, event := "", ""
		if i < len(p.Instalments) {
			share, event = strconv.FormatFloat(float64(p.Instalments[i].Share)/100, 'f', -1, 64), p.Instalments[i].When
		}
		one, two := f.field(terms.At("instalment_share", i), "instalment_share", share), f.field(terms.At("instalment_when", i), "instalment_when", event)
		one.Short, one.InputMode, one.Unit, one.Max = true, "decimal", "%", 8
		two.Max = 400
		rows = append(rows, []parts.Field{one, two})
	}
	return rows
}

func (f *former) milestones(t *terms.Terms) (rows [][]parts.Field) {
	for i := range min(len(t.Milestones)+2, mostRows) {
		var m terms.Milestone
		if i < len(t.Milestones) {
			m = t.Milestones[i]
		}
		what, due := f.field(terms.At("milestone_what", i), "milestone_what", m.What), f.field(terms.At("milestone_due", i), "milestone_due", m.Due.String())
		what.Max = 400
		due.Type, due.Short = "date", true
		rows = append(rows, []parts.Field{f.choice(terms.At("milestone_method", i), "milestone_method", "transfer_methods", m.Method), what, due})
	}
	return rows
}

// offer sends a version.
func (d doors) offer(w http.ResponseWriter, r *http.Request) error {
	one, err := d.enter(r)
	if err != nil {
		return err
	}
	form := web.Form(r)
	t, err := read(form)
	if err == nil {
		var expires when.Day
		var ok bool
		if expires, ok = form.Day("expires_on"); !ok {
			err = fault.New(fault.Invalid, "deal.invalid").At("expires_on", "field.not_a_day")
		} else {
			_, err = d.Offer(web.Tx(r), web.Actor(r), one, t, form.Long("words"), expires)
		}
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.drawOffer(w, r, one, t, form, "", faults)
	}
	web.Notice(w, r, "deal.offer_sent")
	return web.Goto(w, r, "/deals/"+one.ID)
}

// read reads terms from a form; what is no number or day is told at its field.
func read(form web.Values) (*terms.Terms, error) {
	t := &terms.Terms{Object: form.Long("object"), Right: form.Text("right"), Onward: form.On("onward"), Territory: form.Long("territory"), Training: form.Long("training"), Support: form.Long("support"),
		Methods: form.All("methods"), Improvements: form.Text("improvements"), Penalty: form.Long("penalty"), Dispute: form.Text("dispute"), Other: form.Long("other")}
	p := &t.Payment
	p.Mode, p.Base = form.Text("mode"), form.Text("base")
	if p.Mode != terms.Combination {
		p.Base = ""
	}
	p.Rate = strings.Replace(form.Text("rate"), ",", ".", 1)
	f := fault.New(fault.Invalid, "terms.invalid")
	for name, into := range map[string]*int64{"months": &t.Months, "training_days": &t.TrainingDays, "trainees": &t.Trainees, "warranty": &t.Warranty, "sum": &p.Sum,
		"per_unit": &p.PerUnit, "least_year": &p.LeastYear, "most_year": &p.MostYear, "years": &p.Years} {
		if form.Text(name) == "" {
			continue
		}
		var ok bool
		if *into, ok = form.Int(name); !ok {
			f.At(name, "field.not_a_number")
		}
	}
	for i := range mostRows {
		share, event := form.Text(terms.At("instalment_share", i)), form.Text(terms.At("instalment_when", i))
		if share != "" || event != "" {
			n, ok := hundredths(share)
			if !ok {
				f.At(terms.At("instalment_share", i), "terms.bad_share")
			}
			p.Instalments = append(p.Instalments, terms.Instalment{Share: n, When: event})
		}
		m := terms.Milestone{Method: form.Text(terms.At("milestone_method", i)), What: form.Text(terms.At("milestone_what", i))}
		var ok bool
		if m.Due, ok = form.Day(terms.At("milestone_due", i)); !ok {
			f.At(terms.At("milestone_due", i), "field.not_a_day")
		}
		if m != (terms.Milestone{}) {
			t.Milestones = append(t.Milestones, m)
		}
	}
	return t, f.OrNil()
}

// hundredths reads a per cent with at most two decimal places.
func hundredths(text string) (int64, bool) {
	before, after, _ := strings.Cut(strings.Replace(text, ",", ".", 1), ".")
	if len(after) > 2 || len(before) == 0 || len(before) > 3 {
		return 0, false
	}
	n, err := strconv.ParseInt(before+(after + "00")[:2], 10, 64)
	return n, err == nil && n > 0
}
