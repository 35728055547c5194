package licence

import (
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"chonoi/internal/account"
	"chonoi/internal/exchange"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// Routes are the pages of free licences with the right that each needs. Whose an act is, it checks itself.
func (x *Office) Routes() []web.Route {
	return []web.Route{
		{"GET /free-licences", x.showAll, account.Anyone},
		{"GET /free-licences/mine", x.showMine, account.MaySeeOwn},
		{"GET /free-licences/{id}", x.showOne, account.MaySeeOwn},
		{"GET /offers/{id}/free-licence", x.showForm, account.MaySeeOwn},
		{"POST /offers/{id}/free-licence", x.set, account.MayPost},
		{"POST /free-offers/{id}/close", x.close, account.MayPost},
		{"POST /free-offers/{id}/licence", x.take, account.MayPost},
	}
}

const listSize = 30

type listView struct {
	Title, Lede string
	Rows        []rowView
	Pager       parts.Pager
	Nothing     *parts.Empty
	Mine        bool
}

type rowView struct {
	Path, Number, Text, TextIn, Note string
	Light                            *parts.Light
}

func (x *Office) showAll(w http.ResponseWriter, r *http.Request) error {
	after := r.URL.Query().Get("after")
	all, err := openAll(web.Tx(r), after, listSize+1)
	if err != nil {
		return err
	}
	v := listView{Title: web.T(r, "licence.list"), Lede: web.T(r, "licence.lede"), Mine: web.Actor(r).SignedIn()}
	if len(all) > listSize {
		all = all[:listSize]
		v.Pager.Next = "/free-licences?after=" + url.QueryEscape(all[listSize-1].ID)
	}
	if after != "" {
		v.Pager.First = "/free-licences"
	}
	for _, one := range all {
		l, err := x.Deals.Listing(web.Tx(r), exchange.Offers.Name, one.Listing)
		if err != nil {
			return err
		}
		names, err := x.Deals.Names(web.Tx(r), one.Owner)
		if err != nil {
			return err
		}
		n, err := takenOf(web.Tx(r), one.ID)
		if err != nil {
			return err
		}
		line := rowView{Path: "/offers/" + one.Listing, Number: one.Number, Note: web.T(r, "licence.by", "Giver", names[one.Owner].In(web.Lang(r)), "N", n)}
		line.Text, line.TextIn = best(r, l.Title)
		if one.Green {
			line.Light = &parts.Light{Kind: "ok", Text: web.T(r, "licence.green")}
		}
		v.Rows = append(v.Rows, line)
	}
	if len(all) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "licence.none"), Text: web.T(r, "licence.none_help"), Actions: []parts.Action{{Path: "/search?kind=offer", Text: web.T(r, "licence.to_offers"), Kind: "line"}}}
	}
	page := web.Page{Title: v.Title, Description: v.Lede, Section: "/search", NoIndex: after != "", Crumbs: []parts.Crumb{{Text: v.Title}}}
	return web.Show(w, r, page, listPage(v))
}

func best(r *http.Request, b lang.Both) (text, tongue string) {
	text, in := b.Best(web.Lang(r))
	if in != web.Lang(r) {
		tongue = string(in)
	}
	return text, tongue
}

func (x *Office) showMine(w http.ResponseWriter, r *http.Request) error {
	after, ids := r.URL.Query().Get("after"), []string{}
	for _, m := range web.Actor(r).Memberships {
		ids = append(ids, m.Organisation)
	}
	all, err := ofOrganisations(web.Tx(r), ids, after, listSize+1)
	if err != nil {
		return err
	}
	v := listView{Title: web.T(r, "licence.mine"), Lede: web.T(r, "licence.mine_help")}
	if len(all) > listSize {
		all = all[:listSize]
		v.Pager.Next = "/free-licences/mine?after=" + url.QueryEscape(all[listSize-1].ID)
	}
	if after != "" {
		v.Pager.First = "/free-licences/mine"
	}
	for _, one := range all {
		line, err := x.row(r, one)
		if err != nil {
			return err
		}
		v.Rows = append(v.Rows, line)
	}
	if len(all) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "licence.no_own"), Text: web.T(r, "licence.no_own_help"), Actions: []parts.Action{{Path: "/free-licences", Text: web.T(r, "licence.list"), Kind: "line"}}}
	}
	page := web.Page{Title: v.Title, Section: "/deals", NoIndex: true, Crumbs: []parts.Crumb{{Path: "/free-licences", Text: web.T(r, "licence.list")}, {Text: v.Title}}}
	return web.Show(w, r, page, listPage(v))
}

func (x *Office) row(r *http.Request, l *Licence) (rowView, error) {
	names, err := x.Deals.Names(web.Tx(r), l.Owner, l.Giver)
	if err != nil {
		return rowView{}, err
	}
	listing, err := x.Deals.Listing(web.Tx(r), exchange.Offers.Name, l.Listing)
	if err != nil {
		return rowView{}, err
	}
	line := rowView{Path: "/free-licences/" + l.ID, Number: l.Number, Note: web.T(r, "licence.from_to", "Giver", names[l.Giver].In(web.Lang(r)), "Taker", names[l.Owner].In(web.Lang(r)), "Date", lang.Date(web.Lang(r), l.Created))}
	line.Text, line.TextIn = best(r, listing.Title)
	return line, nil
}

type oneView struct {
	rowView
	Conditions, ConditionsIn, Digest, Listing string
}

func (x *Office) showOne(w http.ResponseWriter, r *http.Request) error {
	l, err := LicenceOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	line, err := x.row(r, l)
	if err != nil {
		return err
	}
	v := oneView{rowView: line, Digest: l.Digest, Listing: "/offers/" + l.Listing}
	v.Conditions, v.ConditionsIn = best(r, l.Conditions)
	page := web.Page{Title: l.Number, Section: "/deals", NoIndex: true, Crumbs: []parts.Crumb{{Path: "/free-licences/mine", Text: web.T(r, "licence.mine")}, {Text: l.Number}}}
	return web.Show(w, r, page, onePage(v))
}

type formView struct {
	Path, Title, TitleIn, Close string
	Owner, Green                parts.Field
	Pair                        parts.Pair
	Closed                      string
	Faults                      parts.Faults
}

// listing returns the offer of a request that is on the floor, or belongs to the reader.
func listing(r *http.Request) (*exchange.Offer, error) {
	o, err := exchange.Offers.Get(web.Tx(r), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !o.Floor() && !web.Actor(r).In(o.Owner) {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	return o, nil
}

func (x *Office) showForm(w http.ResponseWriter, r *http.Request) error {
	o, err := listing(r)
	if err != nil {
		return err
	}
	one := &Offer{}
	for _, m := range web.Actor(r).Memberships {
		old, err := OfferBy(web.Tx(r), o.ID, m.Organisation)
		if err != nil {
			return err
		}
		if old != nil {
			one = old
		}
	}
	return x.drawForm(w, r, o, one, parts.Faults{})
}

func (x *Office) drawForm(w http.ResponseWriter, r *http.Request, o *exchange.Offer, one *Offer, faults parts.Faults) error {
	v := formView{Path: "/offers/" + o.ID + "/free-licence", Faults: faults, Closed: web.T(r, "licence.no_grounds"),
		Owner: parts.Field{Name: "owner", Label: web.T(r, "licence.giver"), Error: faults.At("owner")},
		Green: parts.Field{Name: "green", Label: web.T(r, "licence.green"), Value: map[bool]string{true: "1"}[one.Green]},
		Pair:  parts.Pair{Name: "conditions", Label: web.T(r, "licence.conditions"), Hint: web.T(r, "licence.conditions_hint"), Vi: one.Conditions.Vi, En: one.Conditions.En, ErrorVi: faults.At("conditions_vi"), ErrorEn: faults.At("conditions_en"), Rows: 5, Max: 4000}}
	v.Title, v.TitleIn = best(r, o.Title)
	for _, m := range web.Actor(r).Memberships {
		if _, may, err := x.Grounds(web.Tx(r), m.Organisation, o); err != nil {
			return err
		} else if !may || !m.Manager {
			continue
		}
		names, err := x.Deals.Names(web.Tx(r), m.Organisation)
		if err != nil {
			return err
		}
		v.Closed = ""
		v.Owner.Options = append(v.Owner.Options, parts.Option{Value: m.Organisation, Text: names[m.Organisation].In(web.Lang(r)), On: m.Organisation == one.Owner})
	}
	if one.ID != "" && one.State == Open {
		v.Close = "/free-offers/" + one.ID + "/close"
	}
	page := web.Page{Title: web.T(r, "licence.let"), Section: "/search", Amiss: faults.Any(), NoIndex: true, Crumbs: []parts.Crumb{{Path: "/offers/" + o.ID, Text: o.Number}, {Text: web.T(r, "licence.let")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, formPage(v))
}

func (x *Office) set(w http.ResponseWriter, r *http.Request) error {
	o, err := listing(r)
	if err != nil {
		return err
	}
	form := web.Form(r)
	one := &Offer{Conditions: form.Both("conditions"), Green: form.On("green")}
	one.Owner = form.Text("owner")
	faults, rest := web.Faults(r, x.Set(web.Tx(r), web.Actor(r), o, one))
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return x.drawForm(w, r, o, one, faults)
	}
	web.Notice(w, r, "licence.kept")
	return web.Goto(w, r, "/offers/"+o.ID)
}

func (x *Office) close(w http.ResponseWriter, r *http.Request) error {
	one, err := Offers.Get(web.Tx(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := x.Close(web.Tx(r), web.Actor(r), one); err != nil {
		return err
	}
	web.Notice(w, r, "licence.ended")
	return web.Goto(w, r, "/offers/"+one.Listing)
}

func (x *Office) take(w http.ResponseWriter, r *http.Request) error {
	one, err := Offers.Get(web.Tx(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	form := web.Form(r)
	l, err := x.Take(web.Tx(r), web.Actor(r), one, form.Text("owner"), form.Text("digest"))
	if f, ok := fault.As(err); ok && f.Kind == fault.Conflict {
		web.Warning(w, r, f.Key, f.Args...)
		return web.Goto(w, r, "/offers/"+one.Listing)
	}
	if err != nil {
		return err
	}
	web.Notice(w, r, "licence.granted")
	return web.Goto(w, r, "/free-licences/"+l.ID)
}

type besideView struct {
	Open []openView
	Let  string // where the reader lets others use the offer; "" when he may not
}

type openView struct {
	Path, Giver, Conditions, ConditionsIn, Digest string
	Green                                         bool
	Takers                                        []parts.Option
}

// Beside draws on the page of an offer how it may be used without a fee, with the one click that takes a
// licence, and for who may let others use it the way to do so.
func (x *Office) Beside(r *http.Request, kind, id string) (templ.Component, error) {
	if kind != exchange.Offers.Name {
		return nil, nil
	}
	o, err := exchange.Offers.Get(web.Tx(r), id)
	if err != nil {
		return nil, err
	}
	all, err := openFor(web.Tx(r), id)
	if err != nil {
		return nil, err
	}
	var v besideView
	for _, one := range all {
		names, err := x.Deals.Names(web.Tx(r), one.Owner)
		if err != nil {
			return nil, err
		}
		line := openView{Path: "/free-offers/" + one.ID + "/licence", Giver: names[one.Owner].In(web.Lang(r)), Digest: Digest(one.Conditions), Green: one.Green}
		line.Conditions, line.ConditionsIn = best(r, one.Conditions)
		for _, m := range web.Actor(r).Memberships {
			if !m.Manager || m.Organisation == one.Owner {
				continue
			}
			mine, err := x.Deals.Names(web.Tx(r), m.Organisation)
			if err != nil {
				return nil, err
			}
			line.Takers = append(line.Takers, parts.Option{Value: m.Organisation, Text: mine[m.Organisation].In(web.Lang(r))})
		}
		v.Open = append(v.Open, line)
	}
	for _, m := range web.Actor(r).Memberships {
		if _, may, err := x.Grounds(web.Tx(r), m.Organisation, o); err != nil {
			return nil, err
		} else if may && m.Manager && o.Floor() && !o.Anonymous {
			v.Let = "/offers/" + id + "/free-licence"
		}
	}
	if len(v.Open) == 0 && v.Let == "" {
		return nil, nil
	}
	return besidePart(v), nil
}
