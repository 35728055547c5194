package register

import (
	"net/http"

	"chonoi/internal/account"
	"chonoi/internal/document"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

var policyLight = map[string]string{"drafting": "idle", "consulting": "risk", "issued": "run", "in_force": "ok", "ended": "idle"}

func (d doors) showPolicies(w http.ResponseWriter, r *http.Request) error {
	return d.drawPolicies(w, r, nil, web.Values{}, false, parts.Faults{})
}

func (d doors) showPolicy(w http.ResponseWriter, r *http.Request) error {
	p, err := policyOf(r)
	if err != nil {
		return err
	}
	return d.drawPolicies(w, r, p, web.Values{}, false, parts.Faults{})
}

// policyOf returns a policy that the reader may see.
func policyOf(r *http.Request) (*programme.Policy, error) {
	p, err := programme.Policies.Get(web.Tx(r), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if all, _ := seen(web.Actor(r)); !p.Public && !all && (p.Owner == "" || !web.Actor(r).In(p.Owner)) {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	return p, nil
}

// drawPolicies draws the register, or one policy of it with the form that moves it on.
func (d doors) drawPolicies(w http.ResponseWriter, r *http.Request, one *programme.Policy, given web.Values, typed bool, faults parts.Faults) error {
	v := view{Title: web.T(r, "register.policies"), Help: web.T(r, "register.policies_help"), Path: "/policies", Faults: faults}
	list := []*programme.Policy{one}
	if one == nil {
		all, owners := seen(web.Actor(r))
		after := r.URL.Query().Get("after")
		found, err := programme.Register(web.Tx(r), programme.Policies, all, owners, after, listSize+1)
		if err != nil {
			return err
		}
		list = paged(&v, found, func(p *programme.Policy) string { return p.ID }, after)
	}
	n := map[string]int{}
	for _, p := range list {
		n[p.State]++
		v.Rows = append(v.Rows, d.policyRow(r, p))
	}
	bars(&v, programme.PolicyStates, n, policyLight, func(state string, n int) string { return web.T(r, "register.n_policy_"+state, "N", n) })
	if account.MayProgramme.Allows(web.Actor(r)) {
		if err := d.policyForm(r, &v, one, given, typed); err != nil {
			return err
		}
	}
	if one != nil {
		v.Title, _ = shown.Best(r, one.Title)
	}
	return draw(w, r, v)
}

func (d doors) policyRow(r *http.Request, p *programme.Policy) row {
	tag := web.Lang(r)
	one := row{Path: "/policies/" + p.ID, Number: p.Number, Light: parts.Light{Kind: policyLight[p.State], Text: web.T(r, "register.policy_"+p.State)}, Clause: clauseOf(r, p.Plan, p.Clause)}
	one.Title, one.TitleIn = shown.Best(r, p.Title)
	one.Note = d.Codes.Name("policy_themes", p.Theme).In(tag)
	switch p.State {
	case "consulting":
		one.Note += " · " + web.T(r, "register.consulted", "From", lang.Day(tag, p.ConsultedFrom), "N", p.Opinions)
	case "issued", "in_force", "ended":
		one.Note += " · " + web.T(r, "register.issued_as", "Symbol", p.Symbol, "Date", lang.Day(tag, p.Issued))
	}
	return one
}

func (d doors) policyForm(r *http.Request, v *view, old *programme.Policy, given web.Values, typed bool) error {
	p := programme.Policy{Public: true}
	p.State = "drafting"
	v.Form = &form{Action: "/policies", Head: web.T(r, "register.add_policy"), Button: web.T(r, "register.keep")}
	if old != nil {
		p, v.Form.Action, v.Form.Head = *old, "/policies/"+old.ID, web.T(r, "register.move_policy")
	}
	f := &filler{r: r, given: given, typed: typed, faults: v.Faults, form: v.Form}
	f.heads(p.Title, p.Public)
	theme := f.field("theme", p.Theme)
	for _, code := range d.Codes.Of("policy_themes") {
		theme.Options = append(theme.Options, parts.Option{Value: code.Code, Text: code.Name.In(web.Lang(r)), On: code.Code == theme.Value})
	}
	v.Form.Fields = append(v.Form.Fields, theme)
	f.choice("state", p.State, "register.policy_", programme.PolicyStates)
	if err := f.serves(p.Plan, p.Clause, false); err != nil {
		return err
	}
	f.day("consulted_from", p.ConsultedFrom, true)
	f.day("consulted_to", p.ConsultedTo, true)
	f.number("opinions", p.Opinions)
	f.text("symbol", p.Symbol, true)
	f.text("issuer", p.Issuer, true)
	f.day("issued_on", p.Issued, true)
	f.day("in_force_on", p.InForce, true)
	f.day("ended_on", p.Ended, true)
	f.text("replaced_by", p.ReplacedBy, true)
	v.Form.Open = v.Form.Open || old != nil
	return nil
}

// keepPolicy adds a policy, or moves one on.
func (d doors) keepPolicy(w http.ResponseWriter, r *http.Request) error {
	form := web.Form(r)
	p, old := &programme.Policy{}, (*programme.Policy)(nil)
	if r.PathValue("id") != "" {
		var err error
		if old, err = policyOf(r); err != nil {
			return err
		}
		p = programme.Policies.Copy(old)
	} else if m := web.Actor(r).Memberships; len(m) > 0 {
		p.Owner = m[0].Organisation
	}
	p.Title, p.Theme, p.State, p.Plan, p.Clause = form.Both("title"), form.Text("theme"), form.Text("state"), form.Text("plan"), form.Text("clause")
	p.Symbol, p.Issuer, p.ReplacedBy, p.Public = form.Text("symbol"), form.Text("issuer"), form.Text("replaced_by"), form.On("is_public")
	err := days(form, map[string]*when.Day{"consulted_from": &p.ConsultedFrom, "consulted_to": &p.ConsultedTo, "issued_on": &p.Issued, "in_force_on": &p.InForce, "ended_on": &p.Ended})
	if err == nil {
		err = numbers(form, map[string]*int64{"opinions": &p.Opinions})
	}
	if err == nil {
		err = d.KeepPolicy(web.Tx(r), web.Actor(r), old, p)
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.drawPolicies(w, r, old, form, true, faults)
	}
	web.Notice(w, r, "register.kept")
	return web.Goto(w, r, "/policies/"+p.ID)
}

func (d doors) sendPolicies(w http.ResponseWriter, r *http.Request) error {
	all, owners := seen(web.Actor(r))
	list, err := programme.Register(web.Tx(r), programme.Policies, all, owners, "", 5000)
	if err != nil {
		return err
	}
	return sendCSV(w, "policies", []string{"number", "title_vi", "title_en", "theme", "state", "symbol", "issuer", "issued_on", "in_force_on", "ended_on", "opinions", "clause"}, func(out *document.Writer) error {
		for _, p := range list {
			if err := out.Write(p.Number, p.Title.Vi, p.Title.En, p.Theme, p.State, p.Symbol, p.Issuer, p.Issued.String(), p.InForce.String(), p.Ended.String(), p.Opinions, p.Clause); err != nil {
				return err
			}
		}
		return nil
	})
}
