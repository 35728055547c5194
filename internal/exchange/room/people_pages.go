package room

import (
	"net/http"
	"strconv"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// people fills in who takes part, and for whoever speaks for a side the form in which somebody of its
// organisation is named.
func (d doors) people(r *http.Request, v *roomView, one *deal.Room, given web.Values, faults parts.Faults) error {
	var ids []string
	in := map[account.ID]bool{}
	for _, p := range one.People {
		ids = append(ids, string(p.Account))
		in[p.Account] = true
	}
	speaks := one.Acts(web.Actor(r)) && web.Actor(r).Manages(one.Organisation(one.Side)) && one.State != deal.Stopped
	var others []account.ID
	if speaks && d.Members != nil {
		members, err := d.Members(web.Tx(r), one.Organisation(one.Side))
		if err != nil {
			return err
		}
		for _, id := range members {
			if !in[id] {
				others, ids = append(others, id), append(ids, string(id))
			}
		}
	}
	names, err := d.People(web.Tx(r), ids...)
	for _, p := range one.People {
		name := names[string(p.Account)]
		if p.Duty != "" {
			name += ", " + p.Duty
		}
		line := person{Letters: initials(name), Side: web.T(r, "deal.side_"+string(p.Side)), Name: name}
		if speaks && p.Side == one.Side {
			line.Release = v.Path + "/people/" + string(p.Account) + "/release"
		}
		v.People = append(v.People, line)
	}
	if len(others) > 0 {
		v.Name = &nameForm{Account: parts.Field{Name: "account", Label: web.T(r, "deal.person"), Error: faults.At("account")},
			Duty: parts.Field{Name: "duty", Label: web.T(r, "deal.duty"), Value: given.Text("duty"), Error: faults.At("duty"), Max: 100, Optional: true}, Open: faults.At("account") != "" || faults.At("duty") != ""}
		for _, id := range others {
			v.Name.Account.Options = append(v.Name.Account.Options, parts.Option{Value: string(id), Text: names[string(id)]})
		}
		lang.Sort(v.Name.Account.Options, func(o parts.Option) string { return o.Text })
	}
	return err
}

func initials(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return "?"
	}
	last := []rune(words[len(words)-1])
	return string([]rune(words[0])[:1]) + string(last[:1])
}

// name makes somebody of one's own organisation take part.
func (d doors) name(w http.ResponseWriter, r *http.Request) error {
	one, err := d.enter(r)
	if err != nil {
		return err
	}
	form := web.Form(r)
	return d.done(w, r, one, d.Name(web.Tx(r), web.Actor(r), one, deal.Person{Account: account.ID(form.Text("account")), Duty: form.Text("duty")}), "deal.kept")
}

// release ends somebody's part on one's own side.
func (d doors) release(w http.ResponseWriter, r *http.Request) error {
	one, err := d.enter(r)
	if err != nil {
		return err
	}
	return d.done(w, r, one, d.Dismiss(web.Tx(r), web.Actor(r), one, account.ID(r.PathValue("account"))), "deal.kept")
}

// Standing tells how an organisation stands with those who dealt with it, for its page; "" before enough
// is known.
func Standing(r *http.Request, organisation string) (string, error) {
	s, ok, err := deal.StandingOf(web.Tx(r), organisation)
	if err != nil || !ok {
		return "", err
	}
	return web.T(r, "deal.standing_of", "N", s.Reviews, "Mean", lang.Decimal(web.Lang(r), strconv.FormatInt(s.Mean/10, 10)+"."+strconv.FormatInt(s.Mean%10, 10)), "Again", s.Again), nil
}

// brokers fills in the brokers that take part, and the form in which a side calls its own in.
func (d doors) brokers(r *http.Request, v *roomView, one *deal.Room, acts bool) error {
	tx, tag := web.Tx(r), web.Lang(r)
	for _, b := range one.Brokers {
		names, err := d.Names(tx, b.Broker)
		if err != nil {
			return err
		}
		name := names[b.Broker].In(tag)
		v.People = append(v.People, person{Letters: initials(name), Side: web.T(r, "deal.broker_of", "Side", web.T(r, "deal.side_"+string(b.Side))), Name: name})
	}
	if !acts || !web.Actor(r).Manages(one.Organisation(one.Side)) {
		return nil
	}
	all, err := deal.Fitting(tx, one)
	if err != nil || len(all) == 0 {
		return err
	}
	f := parts.Field{Name: "mandate", Label: web.T(r, "deal.mandate")}
	for _, m := range all {
		names, err := d.Names(tx, m.Broker)
		if err != nil {
			return err
		}
		f.Options = append(f.Options, parts.Option{Value: m.ID, Text: web.T(r, "deal.mandate_of", "Broker", names[m.Broker].In(tag), "Number", m.Number)})
	}
	v.CallIn = &f
	return nil
}

// callIn has a broker of one's own side take part.
func (d doors) callIn(w http.ResponseWriter, r *http.Request) error {
	one, err := d.enter(r)
	if err != nil {
		return err
	}
	m, err := deal.MandateOf(web.Tx(r), web.Actor(r), web.Form(r).Text("mandate"))
	if err != nil {
		return err
	}
	return d.done(w, r, one, d.CallIn(web.Tx(r), web.Actor(r), one, m), "deal.kept")
}
