package broker

import (
	"net/http"
	"net/url"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/registry"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

type mandatesView struct {
	Rows    []mandateRow
	Pager   parts.Pager
	Nothing *parts.Empty
	New     bool
}

type mandateRow struct {
	Path, Number, Text string
	Light              parts.Light
}

func (x *Broking) showMandates(w http.ResponseWriter, r *http.Request) error {
	v, after := mandatesView{New: len(managed(web.Actor(r))) > 0}, r.URL.Query().Get("after")
	seen := map[string]bool{}
	for _, m := range web.Actor(r).Memberships {
		all, err := deal.MandatesOf(web.Tx(r), m.Organisation, after, listSize+1)
		if err != nil {
			return err
		}
		if len(all) > listSize {
			all = all[:listSize]
			v.Pager.Next = "/mandates?after=" + url.QueryEscape(all[listSize-1].ID)
		}
		for _, one := range all {
			if seen[one.ID] {
				continue
			}
			seen[one.ID] = true
			line, err := x.mandateRow(r, one)
			if err != nil {
				return err
			}
			v.Rows = append(v.Rows, line)
		}
	}
	if after != "" {
		v.Pager.First = "/mandates"
	}
	if len(v.Rows) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "mandate.none"), Text: web.T(r, "mandate.none_help"), Actions: []parts.Action{{Path: "/brokers", Text: web.T(r, "broker.register"), Kind: "line"}}}
	}
	page := web.Page{Title: web.T(r, "mandate.list"), Section: "/deals", NoIndex: true, Crumbs: []parts.Crumb{{Path: "/deals", Text: web.T(r, "mandate.deals")}, {Text: web.T(r, "mandate.list")}}}
	return web.Show(w, r, page, mandatesPage(v))
}

func (x *Broking) mandateRow(r *http.Request, m *deal.Mandate) (mandateRow, error) {
	names, err := x.Deals.Names(web.Tx(r), m.Owner, m.Broker)
	tag := web.Lang(r)
	return mandateRow{Path: "/mandates/" + m.ID, Number: m.Number, Light: standing(r, m),
		Text: web.T(r, "mandate.between", "Principal", names[m.Owner].In(tag), "Broker", names[m.Broker].In(tag))}, err
}

// standing is how a mandate stands today.
func standing(r *http.Request, m *deal.Mandate) parts.Light {
	state, today := m.State, when.DayOf(web.Tx(r).Now)
	switch {
	case state == deal.MandateInForce && today.After(m.Until):
		state = "over"
	case state == deal.MandateInForce && today.Before(m.From):
		state = "ahead"
	}
	return parts.Light{Kind: map[string]string{deal.MandateProposed: "run", deal.MandateInForce: "ok", "ahead": "run", "over": "idle", deal.MandateDeclined: "late", deal.MandateRevoked: "idle"}[state], Text: web.T(r, "mandate.state_"+state)}
}

type proposeView struct {
	Fields []parts.Field
	Closed string
	Faults parts.Faults
}

func (x *Broking) showPropose(w http.ResponseWriter, r *http.Request) error {
	today := when.DayOf(web.Tx(r).Now)
	return x.drawPropose(w, r, &deal.Mandate{Broker: r.URL.Query().Get("broker"), From: today, Until: today.AddMonths(6), FeeKind: deal.FeeNone}, parts.Faults{})
}

// drawPropose draws the form of a mandate: one's own organisation is principal or broker.
func (x *Broking) drawPropose(w http.ResponseWriter, r *http.Request, m *deal.Mandate, faults parts.Faults) error {
	tx, tag, v := web.Tx(r), web.Lang(r), proposeView{Faults: faults}
	mine := managed(web.Actor(r))
	if len(mine) == 0 {
		v.Closed = web.T(r, "broker.needs_organisation")
	}
	registered, err := inState(tx, Registered, "", "", 200)
	if err != nil {
		return err
	}
	ids := append([]string{}, mine...)
	for _, one := range registered {
		ids = append(ids, one.Owner)
	}
	names, err := x.Deals.Names(tx, ids...)
	if err != nil {
		return err
	}
	choice := func(name string, ids []string, kept string) parts.Field {
		f := parts.Field{Name: name, Label: web.T(r, "mandate."+name), Error: faults.At(name), Options: []parts.Option{{Text: web.T(r, "broker.choose")}}}
		for _, id := range ids {
			f.Options = append(f.Options, parts.Option{Value: id, Text: names[id].In(tag), On: id == kept})
		}
		lang.Sort(f.Options[1:], func(o parts.Option) string { return o.Text })
		return f
	}
	kept := m.Owner
	if kept == "" && len(mine) == 1 {
		kept = mine[0]
	}
	listing := parts.Field{Name: "listing", Label: web.T(r, "mandate.listing"), Error: faults.At("listing"), Optional: true, Options: []parts.Option{{Text: web.T(r, "mandate.all_listings")}}}
	if err := x.ownListings(r, mine, &listing, m.Listing); err != nil {
		return err
	}
	day := func(name string, on when.Day) parts.Field {
		return parts.Field{Name: name, Label: web.T(r, "mandate."+name), Type: "date", Short: true, Value: on.String(), Error: faults.At(name)}
	}
	fee := parts.Field{Name: "fee_kind", Label: web.T(r, "mandate.fee_kind"), Error: faults.At("fee_kind")}
	for _, code := range x.Codes.Of("fee_kinds") {
		fee.Options = append(fee.Options, parts.Option{Value: code.Code, Text: code.Name.In(tag), On: code.Code == m.FeeKind})
	}
	rate := parts.Field{Name: "fee_rate", Label: web.T(r, "mandate.fee_rate"), Value: m.FeeRate, Error: faults.At("fee_rate"), Short: true, Optional: true, InputMode: "decimal", Unit: "%", Max: 10}
	sum := parts.Field{Name: "fee_sum", Label: web.T(r, "mandate.fee_sum"), Error: faults.At("fee_sum"), Short: true, Optional: true, InputMode: "numeric", Unit: web.T(r, "mandate.dong"), Max: 22}
	if m.FeeSum > 0 {
		sum.Value = lang.Number(tag, m.FeeSum)
	}
	code := parts.Field{Name: "principal_code", Label: web.T(r, "mandate.principal_code"), Hint: web.T(r, "mandate.principal_code_hint"), Value: web.Form(r).Text("principal_code"), Error: faults.At("principal_code"), Short: true, Optional: true, Max: 20}
	v.Fields = []parts.Field{choice("principal", mine, kept), code, choice("broker", ids[len(mine):], m.Broker), listing,
		{Name: "scope", Label: web.T(r, "mandate.scope"), Hint: web.T(r, "mandate.scope_hint"), Value: m.Scope, Error: faults.At("scope"), Rows: 4, Max: 4000}, day("from_on", m.From), day("until_on", m.Until), fee, rate, sum}
	page := web.Page{Title: web.T(r, "mandate.propose"), Section: "/deals", Amiss: faults.Any(), NoIndex: true, Crumbs: []parts.Crumb{{Path: "/mandates", Text: web.T(r, "mandate.list")}, {Text: web.T(r, "mandate.propose")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, proposePage(v))
}

// ownListings fills in the listings of organisations that are on the floor.
func (x *Broking) ownListings(r *http.Request, owners []string, f *parts.Field, kept string) error {
	for _, owner := range owners {
		offers, err := exchange.Offers.Find(web.Tx(r), `WHERE owner = ? AND state IN ('published', 'expiring') ORDER BY id DESC LIMIT 100`, owner)
		if err != nil {
			return err
		}
		for _, o := range offers {
			text, _ := best(o.Title, web.Lang(r))
			f.Options = append(f.Options, parts.Option{Value: "offer " + o.ID, Text: o.Number + " " + text, On: o.ID == kept})
		}
		needs, err := exchange.Needs.Find(web.Tx(r), `WHERE owner = ? AND state IN ('published', 'expiring') ORDER BY id DESC LIMIT 100`, owner)
		if err != nil {
			return err
		}
		for _, n := range needs {
			text, _ := best(n.Title, web.Lang(r))
			f.Options = append(f.Options, parts.Option{Value: "need " + n.ID, Text: n.Number + " " + text, On: n.ID == kept})
		}
	}
	return nil
}

func (x *Broking) propose(w http.ResponseWriter, r *http.Request) error {
	form := web.Form(r)
	m := &deal.Mandate{Broker: form.Text("broker"), Scope: form.Long("scope"), FeeKind: form.Text("fee_kind"), FeeRate: strings.Replace(strings.TrimSpace(form.Text("fee_rate")), ",", ".", 1)}
	m.Owner = form.Text("principal")
	if code := form.Text("principal_code"); code != "" {
		some, err := registry.Organisations.Find(web.Tx(r), `WHERE number = ? OR tax_code = ? ORDER BY id LIMIT 1`, strings.ToUpper(code), code)
		if err != nil {
			return err
		}
		if len(some) == 0 {
			return x.amiss(w, r, m, fault.New(fault.Invalid, "broker.invalid").At("principal_code", "mandate.no_such_organisation"))
		}
		m.Owner = some[0].ID
	}
	m.Kind, m.Listing, _ = strings.Cut(form.Text("listing"), " ")
	f := fault.New(fault.Invalid, "broker.invalid")
	for name, into := range map[string]*when.Day{"from_on": &m.From, "until_on": &m.Until} {
		var ok bool
		if *into, ok = form.Day(name); !ok {
			f.At(name, "field.not_a_day")
		}
	}
	if form.Text("fee_sum") != "" {
		var ok bool
		if m.FeeSum, ok = form.Int("fee_sum"); !ok {
			f.At("fee_sum", "field.not_a_number")
		}
	}
	err := f.OrNil()
	if err == nil {
		err = x.Deals.ProposeMandate(web.Tx(r), web.Actor(r), m)
	}
	if err != nil {
		return x.amiss(w, r, m, err)
	}
	web.Notice(w, r, "mandate.sent")
	return web.Goto(w, r, "/mandates/"+m.ID)
}

// amiss shows the form with what is amiss.
func (x *Broking) amiss(w http.ResponseWriter, r *http.Request, m *deal.Mandate, err error) error {
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	return x.drawPropose(w, r, m, faults)
}

// mandateActs are the acts on a mandate, by the names of their addresses.
var mandateActs = map[string]func(*Broking, *db.Tx, account.Actor, *deal.Mandate, *http.Request) error{
	"signature": func(x *Broking, tx *db.Tx, a account.Actor, m *deal.Mandate, _ *http.Request) error {
		return x.Deals.SignMandate(tx, a, m)
	},
	"declination": func(x *Broking, tx *db.Tx, a account.Actor, m *deal.Mandate, r *http.Request) error {
		return x.Deals.DeclineMandate(tx, a, m, web.Form(r).Long("words"))
	},
	"revocation": func(x *Broking, tx *db.Tx, a account.Actor, m *deal.Mandate, r *http.Request) error {
		return x.Deals.Revoke(tx, a, m, web.Form(r).Long("words"))
	},
	"errand": func(x *Broking, tx *db.Tx, a account.Actor, m *deal.Mandate, r *http.Request) error {
		due, err := dayIn(r, "due_on")
		if err != nil {
			return err
		}
		return x.Deals.AddErrand(tx, a, m, deal.Errand{What: web.Form(r).Text("what"), Deal: web.Form(r).Text("deal"), Due: due})
	},
	"done": func(x *Broking, tx *db.Tx, a account.Actor, m *deal.Mandate, r *http.Request) error {
		return x.Deals.FinishErrand(tx, a, m, r.PathValue("errand"))
	},
	"bill": func(x *Broking, tx *db.Tx, a account.Actor, m *deal.Mandate, r *http.Request) error {
		on, err := dayIn(r, "billed_on")
		if err != nil {
			return err
		}
		return x.Deals.Charge(tx, a, m, web.Form(r).Text("deal"), on, web.Form(r).Text("paper"))
	},
	"payment": func(x *Broking, tx *db.Tx, a account.Actor, m *deal.Mandate, r *http.Request) error {
		on, err := dayIn(r, "paid_on")
		if err != nil {
			return err
		}
		return x.Deals.Settled(tx, a, m, r.PathValue("deal"), on)
	},
}

func dayIn(r *http.Request, name string) (when.Day, error) {
	day, ok := web.Form(r).Day(name)
	if !ok {
		return day, fault.New(fault.Invalid, "broker.invalid").At(name, "field.not_a_day")
	}
	return day, nil
}

// mandateAct does one of the acts and comes back to the page of the mandate.
func (x *Broking) mandateAct(name string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		m, err := deal.MandateOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
		if err != nil {
			return err
		}
		faults, rest := web.Faults(r, mandateActs[name](x, web.Tx(r), web.Actor(r), m, r))
		if rest != nil {
			return rest
		}
		if faults.Any() {
			return x.drawMandate(w, r, m, name, faults)
		}
		web.Notice(w, r, "broker.kept")
		return web.Goto(w, r, "/mandates/"+m.ID)
	}
}
