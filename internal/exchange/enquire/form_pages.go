package enquire

import (
	"net/http"

	"github.com/a-h/templ"

	"chonoi/internal/account"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// formView is what the form of an enquiry is drawn from.
type formView struct {
	Path, Title, TitleIn, Number string
	Condition                    string
	Fields                       []parts.Field
	Closed                       string // why nobody may ask from here; "" when one may
	Faults                       parts.Faults
}

func (d doors) showForm(kind string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return d.drawForm(w, r, kind, &deal.Enquiry{}, parts.Faults{})
	}
}

// asked returns the listing that an enquiry would be about, as everybody sees it.
func (d doors) asked(r *http.Request, kind, id string) (*exchange.Listing, error) {
	if kind == exchange.Offers.Name {
		o, err := exchange.Offers.Get(web.Tx(r), id)
		if err != nil {
			return nil, err
		}
		if !exchange.Citable(o.State) {
			return nil, fault.New(fault.NotFound, "record.not_found")
		}
		return &d.Exchange.Offers.See(o, field.SignedIn).Listing, nil
	}
	n, err := exchange.Needs.Get(web.Tx(r), id)
	if err != nil {
		return nil, err
	}
	if !exchange.Citable(n.State) {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	return &d.Exchange.Needs.See(n, field.SignedIn).Listing, nil
}

func (d doors) drawForm(w http.ResponseWriter, r *http.Request, kind string, e *deal.Enquiry, faults parts.Faults) error {
	l, err := d.asked(r, kind, r.PathValue("id"))
	if err != nil {
		return err
	}
	tag := web.Lang(r)
	listing := "/" + kind + "s/" + l.ID
	v := formView{Path: listing + "/enquiry", Number: l.Number, Faults: faults}
	v.Title, v.TitleIn = best(l.Title, tag)
	c, set, err := deal.ConditionOf(web.Tx(r), kind, l.ID)
	if err != nil {
		return err
	}
	if set {
		v.Condition = d.conditionText(r, c)
	}
	names, err := d.Names(web.Tx(r), organisations(web.Actor(r))...)
	if err != nil {
		return err
	}
	switch {
	case len(names) == 0:
		v.Closed = web.T(r, "enquiry.needs_organisation")
	case web.Actor(r).In(l.Owner):
		v.Closed = web.T(r, "enquiry.own_listing")
	case !l.Floor():
		v.Closed = web.T(r, "enquiry.not_on_floor")
	default:
		v.Fields = d.fields(r, e, names, faults)
	}
	page := web.Page{Title: web.T(r, "enquiry.ask"), Section: "/search", Amiss: faults.Any(), NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/search", Text: web.T(r, "search.title")}, {Path: listing, Text: l.Number}, {Text: web.T(r, "enquiry.ask")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, formPage(v))
}

func organisations(a account.Actor) (ids []string) {
	for _, m := range a.Memberships {
		ids = append(ids, m.Organisation)
	}
	return ids
}

func best(b lang.Both, tag lang.Tag) (text, tongue string) {
	text, in := b.Best(tag)
	if in != tag {
		tongue = string(in)
	}
	return text, tongue
}

func (d doors) fields(r *http.Request, e *deal.Enquiry, names map[string]lang.Both, faults parts.Faults) []parts.Field {
	owner := parts.Field{Name: "owner", Label: web.T(r, "enquiry.owner"), Error: faults.At("owner")}
	for id, name := range names {
		owner.Options = append(owner.Options, parts.Option{Value: id, Text: name.In(web.Lang(r)), On: id == e.Owner})
	}
	lang.Sort(owner.Options, func(o parts.Option) string { return o.Text })
	cooperation := parts.Field{Name: "cooperation", Label: web.T(r, "enquiry.cooperation"), Error: faults.At("cooperation"), Optional: true}
	for _, code := range d.Codes.Of("cooperation") {
		one := parts.Option{Value: code.Code, Text: code.Name.In(web.Lang(r))}
		for _, on := range e.Cooperation {
			one.On = one.On || on == code.Code
		}
		cooperation.Options = append(cooperation.Options, one)
	}
	long := func(name, value string) parts.Field {
		return parts.Field{Name: name, Label: web.T(r, "enquiry."+name), Hint: web.T(r, "enquiry."+name+"_hint"), Value: value, Error: faults.At(name), Rows: 4, Max: 4000}
	}
	return []parts.Field{owner, cooperation, long("wish", e.Wish), long("unclear", e.Unclear), long("about", e.About),
		money(r, "budget_min", e.BudgetMin, faults), money(r, "budget_max", e.BudgetMax, faults),
		{Name: "timing", Label: web.T(r, "enquiry.timing"), Value: e.Timing, Error: faults.At("timing"), Optional: true, Max: 300},
		{Name: "anonymous", Label: web.T(r, "enquiry.name_label"), Options: []parts.Option{{Value: "1", Text: web.T(r, "enquiry.anonymous"), On: e.Anonymous}}}}
}

func money(r *http.Request, name string, sum int64, faults parts.Faults) parts.Field {
	f := parts.Field{Name: name, Label: web.T(r, "enquiry."+name), Error: faults.At(name), Optional: true, Short: true, InputMode: "numeric", Unit: web.T(r, "enquiry.dong"), Max: 20}
	if sum > 0 {
		f.Value = lang.Number(web.Lang(r), sum)
	}
	return f
}

// ask sends the enquiry of a form.
func (d doors) ask(kind string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		form := web.Form(r)
		e := &deal.Enquiry{Kind: kind, Listing: r.PathValue("id"), Cooperation: form.All("cooperation"), Wish: form.Long("wish"), Unclear: form.Long("unclear"), About: form.Long("about"), Timing: form.Text("timing")}
		e.Owner, e.Anonymous = form.Text("owner"), form.On("anonymous")
		if _, err := d.asked(r, kind, e.Listing); err != nil {
			return err
		}
		err := sums(form, map[string]*int64{"budget_min": &e.BudgetMin, "budget_max": &e.BudgetMax})
		if err == nil {
			err = d.Ask(web.Tx(r), web.Actor(r), e)
		}
		faults, rest := web.Faults(r, err)
		if rest != nil {
			return rest
		}
		if faults.Any() {
			return d.drawForm(w, r, kind, e, faults)
		}
		web.Notice(w, r, "enquiry.sent")
		return web.Goto(w, r, "/enquiries/"+e.ID)
	}
}

// sums reads sums of a form; an empty one is 0.
func sums(form web.Values, into map[string]*int64) error {
	f := fault.New(fault.Invalid, "enquiry.invalid")
	for name, n := range into {
		if form.Text(name) == "" {
			continue
		}
		var ok bool
		if *n, ok = form.Int(name); !ok || *n < 0 || *n > 1_000_000_000_000_000 {
			*n = 0
			f.At(name, "enquiry.not_a_sum")
		}
	}
	return f.OrNil()
}

func (d doors) conditionText(r *http.Request, c deal.Condition) string {
	text := (lang.Both{Vi: c.Vi, En: c.En}).In(web.Lang(r))
	if c.LeastBudget > 0 {
		text += "\n" + web.T(r, "enquiry.condition_budget", "Sum", lang.Money(web.Lang(r), c.LeastBudget))
	}
	if c.ConfirmedOnly {
		text += "\n" + web.T(r, "enquiry.condition_confirmed")
	}
	return text
}

// besideView is what the page of a listing tells of enquiries.
type besideView struct {
	Ask, Mine, Condition, Badge string
	Set                         *conditionForm
}

type conditionForm struct {
	Path      string
	Words     parts.Pair
	Least     parts.Field
	Confirmed parts.Field
}

// Beside draws what the page of a listing tells of enquiries: how to ask and under which conditions,
// how soon its owner answers where he is named, and to the owner the form of the conditions.
func Beside(x *deal.Deals) func(r *http.Request, kind, id string) (templ.Component, error) {
	d := doors{x}
	return func(r *http.Request, kind, id string) (templ.Component, error) {
		return d.beside(r, kind, id)
	}
}

func (d doors) beside(r *http.Request, kind, id string) (templ.Component, error) {
	tx, actor := web.Tx(r), web.Actor(r)
	var l *exchange.Listing
	if kind == exchange.Offers.Name {
		o, err := exchange.Offers.Get(tx, id)
		if err != nil {
			return nil, err
		}
		l = &o.Listing
	} else {
		n, err := exchange.Needs.Get(tx, id)
		if err != nil {
			return nil, err
		}
		l = &n.Listing
	}
	v, path := besideView{}, "/"+kind+"s/"+id
	c, set, err := deal.ConditionOf(tx, kind, id)
	if err != nil {
		return nil, err
	}
	if set {
		v.Condition = d.conditionText(r, c)
	}
	switch {
	case actor.In(l.Owner) && !actor.Is(account.Inspector):
		v.Mine = "/enquiries"
		v.Set = &conditionForm{Path: path + "/enquiry-conditions",
			Words:     parts.Pair{Name: "words", Label: web.T(r, "enquiry.condition_words"), Vi: c.Vi, En: c.En, Max: 1000, Rows: 3, Optional: true},
			Least:     leastField(r, c),
			Confirmed: parts.Field{Name: "confirmed_only", Label: web.T(r, "enquiry.condition_who"), Options: []parts.Option{{Value: "1", Text: web.T(r, "enquiry.condition_confirmed"), On: c.ConfirmedOnly}}}}
	case l.Floor():
		v.Ask = path + "/enquiry"
	}
	if !l.Anonymous {
		if v.Badge, err = d.badge(r, l.Owner); err != nil {
			return nil, err
		}
	}
	return besidePart(v), nil
}

// Badge tells how soon an organisation answers enquiries, for its page.
func Badge(x *deal.Deals) func(r *http.Request, organisation string) (string, error) {
	return doors{x}.badge
}

// leastAnswers is how many enquiries must have been answered before the median is told.
const leastAnswers = 3

// badge tells how soon an organisation answers; "" before enough is known.
func (d doors) badge(r *http.Request, organisation string) (string, error) {
	one, err := deal.ResponseOf(web.Tx(r), organisation)
	if err != nil || one.Answered < leastAnswers {
		return "", err
	}
	hours := int(one.Median.Hours())
	if hours < 48 {
		return web.T(r, "enquiry.badge_hours", "N", max(hours, 1), "Answered", one.Answered, "Asked", one.Asked), nil
	}
	return web.T(r, "enquiry.badge_days", "N", hours/24, "Answered", one.Answered, "Asked", one.Asked), nil
}

// setCondition keeps what an owner asks of those who enquire.
func (d doors) setCondition(kind string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		form, id := web.Form(r), r.PathValue("id")
		words := form.Both("words")
		c := deal.Condition{Vi: words.Vi, En: words.En, ConfirmedOnly: form.On("confirmed_only")}
		err := sums(form, map[string]*int64{"least_budget": &c.LeastBudget})
		if err == nil {
			err = d.SetCondition(web.Tx(r), web.Actor(r), kind, id, c)
		}
		if f, ok := fault.As(err); ok && f.Kind == fault.Invalid {
			web.Warning(w, r, f.Fields[0].Key, f.Fields[0].Args...)
		} else if err != nil {
			return err
		} else {
			web.Notice(w, r, "enquiry.condition_kept")
		}
		return web.Goto(w, r, "/"+kind+"s/"+id)
	}
}

func leastField(r *http.Request, c deal.Condition) parts.Field {
	f := money(r, "budget_min", c.LeastBudget, parts.Faults{})
	f.Name, f.Label = "least_budget", web.T(r, "enquiry.least_budget_label")
	return f
}
