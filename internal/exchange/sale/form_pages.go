package sale

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"chonoi/internal/exchange"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/acts"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

type formView struct {
	Path, Title, TitleIn string
	ID, Mode, ModeHelp   string
	Modes                []parts.Option // path in Value, when no mode is chosen yet
	What, Who, Price     []parts.Field
	When                 []parts.Field
	Conditions           parts.Pair
	Criteria             []criterionView
	CriteriaFault        string
	Faults               parts.Faults
}

type criterionView struct {
	Head   string
	Fields []parts.Field
}

const rows = 5 // criteria that the form has room for at first

// own returns the offer of a request for those who manage its owner.
func own(r *http.Request) (*exchange.Offer, error) {
	o, err := exchange.Offers.Get(web.Tx(r), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !o.Floor() && !web.Actor(r).In(o.Owner) {
		return nil, found()
	}
	if !web.Actor(r).Manages(o.Owner) {
		return nil, notYours()
	}
	return o, nil
}

func (x *House) showNew(w http.ResponseWriter, r *http.Request) error {
	o, err := own(r)
	if err != nil {
		return err
	}
	if !o.Floor() || o.Anonymous {
		return fault.New(fault.Conflict, "sale.not_on_floor")
	}
	s := &Sale{Mode: r.URL.Query().Get("mode"), Right: "use_non_exclusive", ResultOpen: true, Extension: 10, RevealHours: 48}
	day := when.DayOf(web.Tx(r).Now).AddDays(x.noticeDays() + 1)
	s.Opens, s.Closes = when.Micro(day.Start().Add(8*time.Hour)), when.Micro(day.AddDays(14).Start().Add(17*time.Hour))
	return x.drawForm(w, r, o, s, nil, parts.Faults{})
}

func (x *House) showEdit(w http.ResponseWriter, r *http.Request) error {
	s, err := Whole(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	if !web.Actor(r).Manages(s.Owner) {
		return notYours()
	}
	if s.State != Draft {
		return tooLate()
	}
	o, err := exchange.Offers.Get(web.Tx(r), s.Listing)
	if err != nil {
		return err
	}
	criteria, err := Criteria(web.Tx(r), s.ID)
	if err != nil {
		return err
	}
	return x.drawForm(w, r, o, s, criteria, parts.Faults{})
}

func (x *House) drawForm(w http.ResponseWriter, r *http.Request, o *exchange.Offer, s *Sale, criteria []Criterion, faults parts.Faults) error {
	v := formView{Path: "/offers/" + o.ID + "/sale", ID: s.ID, Faults: faults, CriteriaFault: faults.At("criteria")}
	v.Title, v.TitleIn = best(r, o.Title)
	if !slices.Contains(Modes, s.Mode) {
		for _, mode := range Modes {
			v.Modes = append(v.Modes, parts.Option{Value: v.Path + "?mode=" + mode, Text: web.T(r, "sale.mode_"+mode), Hint: web.T(r, "sale.mode_"+mode+"_help")})
		}
	} else {
		v.Mode, v.ModeHelp = s.Mode, web.T(r, "sale.mode_"+s.Mode+"_help")
		x.fields(r, &v, s, criteria)
	}
	page := web.Page{Title: web.T(r, "sale.put_up"), Section: "/search", Amiss: faults.Any(), NoIndex: true, Crumbs: []parts.Crumb{{Path: "/offers/" + o.ID, Text: o.Number}, {Text: web.T(r, "sale.put_up")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, formPage(v))
}

// fields are those that a sale of its mode has.
func (x *House) fields(r *http.Request, v *formView, s *Sale, criteria []Criterion) {
	sent := ""
	if r.Method == http.MethodPost {
		sent = v.Path
	}
	f := &acts.Forms{Request: r, Faults: v.Faults, Sent: sent}
	money := func(name string, kept int64, needed bool) parts.Field {
		one := f.Number(v.Path, name, "sale.f_"+name, kept)
		one.ID, one.Unit, one.Optional, one.Hint = name, web.T(r, "enquiry.dong"), !needed, web.T(r, "sale.f_"+name+"_hint")
		return one
	}
	flag := func(name string, on bool) parts.Field {
		if sent != "" {
			on = web.Form(r).On(name)
		}
		return parts.Field{Name: name, Many: true, Options: []parts.Option{{Value: "1", Text: web.T(r, "sale.f_"+name+"_yes"), On: on}}, Label: web.T(r, "sale.f_"+name)}
	}
	var rights []parts.Option
	for _, code := range x.Codes.Of("rights") {
		rights = append(rights, parts.Option{Value: code.Code, Text: code.Name.In(web.Lang(r)), On: code.Code == s.Right})
	}
	right := parts.Field{Name: "use_right", Label: web.T(r, "sale.f_use_right"), Options: rights, Error: v.Faults.At("use_right")}
	territory := parts.Field{Name: "territory", Label: web.T(r, "sale.f_territory"), Value: s.Territory, Error: v.Faults.At("territory"), Optional: true, Max: 200}
	months := f.Number(v.Path, "months", "sale.f_months", s.Months)
	months.ID, months.Optional, months.Hint, months.Unit = "months", true, web.T(r, "sale.f_months_hint"), web.T(r, "sale.months")
	v.What = []parts.Field{right, territory, months}
	v.Conditions = parts.Pair{Name: "conditions", Label: web.T(r, "sale.f_conditions"), Hint: web.T(r, "sale.f_conditions_hint"), Vi: s.Conditions.Vi, En: s.Conditions.En,
		ErrorVi: v.Faults.At("conditions_vi"), ErrorEn: v.Faults.At("conditions_en"), Rows: 4, Max: 4000, Optional: true}
	v.Who = []parts.Field{flag("screened", s.Screened), money("deposit", s.Deposit, false), flag("result_open", s.ResultOpen)}
	v.Price = []parts.Field{money("start_price", s.Start, s.Mode == Fixed || s.Mode == Auction)}
	v.Price[0].Label, v.Price[0].Hint = web.T(r, "sale.f_start_"+s.Mode), ""
	if s.Mode == Auction {
		v.Price = append(v.Price, money("step", s.Step, true))
	}
	if s.Mode == Auction || s.Mode == Sealed {
		v.Price = append(v.Price, money("reserve", s.Reserve, false))
	}
	v.When = []parts.Field{instant(r, v.Faults, "opens_at", s.Opens), instant(r, v.Faults, "closes_at", s.Closes)}
	v.When[0].Hint = web.T(r, "sale.f_opens_at_hint", "N", x.noticeDays())
	for name, one := range map[string]struct {
		mode string
		n    int64
		unit string
	}{"extension": {Auction, s.Extension, "sale.minutes_unit"}, "reveal_hours": {Sealed, s.RevealHours, "sale.hours"}} {
		if s.Mode != one.mode {
			continue
		}
		field := f.Number(v.Path, name, "sale.f_"+name, one.n)
		field.ID, field.Unit, field.Hint = name, web.T(r, one.unit), web.T(r, "sale.f_"+name+"_hint")
		v.When = append(v.When, field)
	}
	if s.Mode == Call {
		v.Criteria = criteriaFields(r, criteria)
	}
}

func criteriaFields(r *http.Request, all []Criterion) (views []criterionView) {
	for i := range max(rows, len(all)) {
		c := Criterion{}
		if i < len(all) {
			c = all[i]
		} else if len(all) == 0 && i == 0 {
			c = Criterion{Vi: web.Words(r).T(lang.Vi, "sale.price"), En: web.Words(r).T(lang.En, "sale.price"), Weight: 40, Priced: true}
		}
		weight := ""
		if c.Weight != 0 {
			weight = strconv.FormatInt(c.Weight, 10)
		}
		views = append(views, criterionView{Head: web.T(r, "sale.criterion", "N", i+1), Fields: []parts.Field{
			{Name: terms.At("criterion_vi", i), Label: web.T(r, "sale.criterion_vi"), Value: c.Vi, Max: 200, Lang: string(lang.Vi), Optional: i > 0},
			{Name: terms.At("criterion_en", i), Label: web.T(r, "sale.criterion_en"), Value: c.En, Max: 200, Lang: string(lang.En), Optional: true},
			{Name: terms.At("criterion_weight", i), Label: web.T(r, "sale.criterion_weight"), Value: weight, Unit: "%", Short: true, InputMode: "numeric", Max: 3, Optional: i > 0},
			{Name: terms.At("criterion_priced", i), Many: true, Label: web.T(r, "sale.criterion_marked"), Options: []parts.Option{{Value: "1", Text: web.T(r, "sale.criterion_priced"), On: c.Priced}}},
		}})
	}
	return views
}

const localTime = "2006-01-02T15:04"

// instant is a day with its time in the city's zone.
func instant(r *http.Request, faults parts.Faults, name string, at int64) parts.Field {
	one := parts.Field{Name: name, Type: "datetime-local", Short: true, Label: web.T(r, "sale.f_"+name), Error: faults.At(name)}
	if at != 0 {
		one.Value = when.Time(at).In(when.Zone).Format(localTime)
	}
	if r.Method == http.MethodPost {
		one.Value = web.Form(r).Text(name)
	}
	return one
}

func (x *House) prepare(w http.ResponseWriter, r *http.Request) error {
	o, err := own(r)
	if err != nil {
		return err
	}
	form := web.Form(r)
	s := &Sale{Mode: form.Text("mode"), Right: form.Text("use_right"), Territory: form.Text("territory"), Conditions: form.Both("conditions"), Screened: form.On("screened"), ResultOpen: form.On("result_open")}
	s.ID = form.Text("sale")
	var bad []string
	for name, at := range map[string]*int64{"months": &s.Months, "deposit": &s.Deposit, "start_price": &s.Start, "step": &s.Step, "reserve": &s.Reserve, "extension": &s.Extension, "reveal_hours": &s.RevealHours} {
		*at = acts.Sum(form, name, &bad)
	}
	for name, at := range map[string]*int64{"opens_at": &s.Opens, "closes_at": &s.Closes} {
		text := form.Text(name)
		if text == "" {
			continue
		}
		moment, err := time.ParseInLocation(localTime, text, when.Zone)
		if err != nil {
			bad = append(bad, name)
			continue
		}
		*at = when.Micro(moment)
	}
	criteria := criteriaOf(form, &bad)
	if len(bad) > 0 {
		f := fault.New(fault.Invalid, "sale.invalid")
		for _, name := range bad {
			key := "field.not_a_number"
			if name == "opens_at" || name == "closes_at" {
				key = "sale.not_a_time"
			}
			f.At(name, key)
		}
		err = f
	} else {
		err = x.Prepare(web.Tx(r), web.Actor(r), o, s, criteria)
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return x.drawForm(w, r, o, s, criteria, faults)
	}
	web.Notice(w, r, "sale.kept")
	return web.Goto(w, r, "/sales/"+s.ID)
}

// criteriaOf reads the criteria that have a name or a weight.
func criteriaOf(form web.Values, bad *[]string) (all []Criterion) {
	for i := range mostCriteria {
		c := Criterion{N: int64(len(all) + 1), Vi: form.Text(terms.At("criterion_vi", i)), En: form.Text(terms.At("criterion_en", i)), Priced: form.On(terms.At("criterion_priced", i))}
		name := terms.At("criterion_weight", i)
		if c.Vi == "" && c.En == "" && form.Text(name) == "" {
			continue
		}
		var ok bool
		if c.Weight, ok = form.Int(name); !ok {
			*bad = append(*bad, "criteria")
		}
		all = append(all, c)
	}
	return all
}
