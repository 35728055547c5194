package room

import (
	"net/http"
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
