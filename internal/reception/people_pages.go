package reception

import (
	"net/http"
	"net/url"
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

const peoplePath = "/administration/people"

// peopleView is what the list of accounts is drawn from.
type peopleView struct {
	text  string
	roles []parts.Option
	table parts.Table
	pager parts.Pager
}

func (x *Reception) showPeople(w http.ResponseWriter, r *http.Request) error {
	f := web.Form(r)
	q := account.Query{Text: f.Text("q"), Role: account.Role(f.Text("role")), After: account.ID(f.Text("after"))}
	list, next, err := x.People(web.Tx(r), q)
	if err != nil {
		return err
	}
	v := peopleView{text: q.Text, roles: []parts.Option{{Text: web.T(r, "reception.any_role"), On: q.Role == ""}}, table: peopleTable(r, list)}
	for _, role := range account.Granted {
		v.roles = append(v.roles, parts.Option{Value: string(role), Text: web.T(r, "role."+string(role)), On: role == q.Role})
	}
	asked := url.Values{"q": {q.Text}, "role": {string(q.Role)}}
	if q.After != "" {
		v.pager.First = peoplePath + "?" + asked.Encode()
	}
	if next != "" {
		asked.Set("after", string(next))
		v.pager.Next = peoplePath + "?" + asked.Encode()
	}
	return web.Show(w, r, web.Page{Title: web.T(r, "reception.people"), NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/administration", Text: web.T(r, "reception.administration")}, {Text: web.T(r, "reception.people")}}}, peoplePage(v))
}

func peopleTable(r *http.Request, list []*account.Account) parts.Table {
	t := parts.Table{Label: web.T(r, "reception.people"), Cards: true, Columns: []parts.Column{
		{Title: web.T(r, "reception.name")}, {Title: web.T(r, "reception.email")}, {Title: web.T(r, "reception.roles")},
		{Title: web.T(r, "reception.since")}, {Title: web.T(r, "reception.state")},
	}}
	for _, who := range list {
		kind, key := state(who)
		t.Rows = append(t.Rows, []parts.Cell{
			{Text: who.Name, Path: peoplePath + "/" + string(who.ID)}, {Text: who.Email}, {Text: roleNames(r, who)},
			{Text: lang.Date(web.Lang(r), who.Created)}, {Text: web.T(r, key), Light: kind},
		})
	}
	return t
}

func state(who *account.Account) (kind, key string) {
	switch {
	case !who.Closed.IsZero():
		return "idle", "reception.state_closed"
	case !who.Suspended.IsZero():
		return "late", "reception.state_suspended"
	}
	return "ok", "reception.state_open"
}

func roleNames(r *http.Request, who *account.Account) string {
	names := ""
	for _, role := range who.Roles {
		if names != "" {
			names += ", "
		}
		names += web.T(r, "role."+string(role))
	}
	if names == "" {
		return web.T(r, "role."+string(account.Member))
	}
	return names
}

// personView is what the page of one account is drawn from.
type personView struct {
	*account.Account
	light  parts.Light
	facts  []parts.Fact
	roles  []parts.Option
	change bool // the reader may change it
	second bool // a second factor is on
	faults parts.Faults
}

func (x *Reception) showPerson(w http.ResponseWriter, r *http.Request) error {
	return x.drawPerson(w, r, http.StatusOK, nil, parts.Faults{})
}

func (x *Reception) drawPerson(w http.ResponseWriter, r *http.Request, status int, ticked []account.Role, faults parts.Faults) error {
	tx := web.Tx(r)
	who, err := x.Get(tx, account.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	if !who.Closed.IsZero() {
		return fault.New(fault.Gone, "account.is_closed")
	}
	second, err := x.SecondFactor(tx, account.Actor{ID: who.ID})
	if err != nil {
		return err
	}
	keys, err := x.Passkeys(tx, who.ID)
	if err != nil {
		return err
	}
	if ticked == nil {
		ticked = who.Roles
	}
	kind, key := state(who)
	v := personView{Account: who, light: parts.Light{Kind: kind, Text: web.T(r, key)}, second: second.On, change: account.MayAdminister.Allows(web.Actor(r)), faults: faults}
	for _, role := range account.Granted {
		v.roles = append(v.roles, parts.Option{
			Value: string(role), Text: web.T(r, "role."+string(role)), Hint: web.T(r, "reception.role_"+string(role)),
			On: slices.Contains(ticked, role), Off: !v.change,
		})
	}
	v.facts = []parts.Fact{
		{Name: web.T(r, "reception.email"), Value: who.Email},
		{Name: web.T(r, "reception.since"), Value: lang.DateTime(web.Lang(r), who.Created)},
		{Name: web.T(r, "reception.passkeys"), Value: lang.Number(web.Lang(r), int64(len(keys)))},
		{Name: web.T(r, "reception.password"), Value: yes(r, who.HasPassword)},
		{Name: web.T(r, "reception.factor"), Value: yes(r, second.On)},
	}
	for _, m := range who.Memberships {
		name, err := x.OrganisationName(tx, m.Organisation)
		if err != nil {
			return err
		}
		key := "role.member"
		if m.Manager {
			key = "role.manager"
		}
		v.facts = append(v.facts, parts.Fact{Name: web.T(r, key), Value: name.In(web.Lang(r)), Path: membersPath(m.Organisation)})
	}
	page := web.Page{Title: who.Name, Status: status, NoIndex: true, Amiss: faults.Any(), Section: peoplePath,
		Crumbs: []parts.Crumb{{Path: "/administration", Text: web.T(r, "reception.administration")}, {Path: peoplePath, Text: web.T(r, "reception.people")}, {Text: who.Name}}}
	return web.Show(w, r, page, personPage(v))
}

func yes(r *http.Request, on bool) string {
	if on {
		return web.T(r, "reception.yes")
	}
	return web.T(r, "reception.no")
}

func (x *Reception) setRoles(w http.ResponseWriter, r *http.Request) error {
	roles := []account.Role{}
	for _, role := range web.Form(r).All("roles") {
		roles = append(roles, account.Role(role))
	}
	id := r.PathValue("id")
	faults, err := web.Faults(r, x.SetRoles(web.Tx(r), web.Actor(r), account.ID(id), roles))
	if err != nil {
		return err
	}
	if faults.Any() {
		return x.drawPerson(w, r, http.StatusUnprocessableEntity, roles, faults)
	}
	return doneAt(w, r, "reception.roles_saved", peoplePath+"/"+id)
}

func (x *Reception) suspend(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	if err := x.Suspend(web.Tx(r), web.Actor(r), account.ID(id)); err != nil {
		return err
	}
	return doneAt(w, r, "reception.suspended", peoplePath+"/"+id)
}

func (x *Reception) restore(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	if err := x.Restore(web.Tx(r), web.Actor(r), account.ID(id)); err != nil {
		return err
	}
	return doneAt(w, r, "reception.restored", peoplePath+"/"+id)
}

func (x *Reception) resetSecondFactor(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	if err := x.ResetSecondFactor(web.Tx(r), web.Actor(r), account.ID(id)); err != nil {
		return err
	}
	return doneAt(w, r, "reception.factor_reset", peoplePath+"/"+id)
}
