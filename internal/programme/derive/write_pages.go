package derive

import (
	"net/http"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// writeView is what the form of a programme without a document is drawn from.
type writeView struct {
	Path, Body                            string
	Name                                  parts.Pair
	Kind, Parent, Symbol, Issuer, On, All parts.Field
	Public                                parts.Field
	Faults                                parts.Faults
}

// mayWrite reports whether somebody may write a programme of a body: its managers and the programme
// office.
func mayWrite(a account.Actor, body string) bool {
	return !a.Is(account.Inspector) && (account.MayProgramme.Allows(a) || a.Manages(body))
}

// stands reports whether plans are written for a body: it is one of state or Party, or the actor's own.
func (d doors) stands(tx *db.Tx, a account.Actor, body string) (bool, error) {
	if a.Manages(body) {
		return true, nil
	}
	all, err := d.Bodies.Assignable(tx, when.DayOf(tx.Now))
	_, ok := all[body]
	return ok, err
}

// writing refuses who may not write a programme of the body, or of none that stands.
func (d doors) writing(r *http.Request, body string) error {
	if !mayWrite(web.Actor(r), body) {
		return fault.New(fault.Forbidden, "plan.not_yours")
	}
	ok, err := d.stands(web.Tx(r), web.Actor(r), body)
	if err == nil && !ok {
		err = fault.New(fault.NotFound, "record.not_found")
	}
	return err
}

func (d doors) showWrite(w http.ResponseWriter, r *http.Request) error {
	given := web.Form(r)
	return d.drawWrite(w, r, given, parts.Faults{})
}

func (d doors) drawWrite(w http.ResponseWriter, r *http.Request, given web.Values, faults parts.Faults) error {
	tx, body := web.Tx(r), r.PathValue("id")
	if err := d.writing(r, body); err != nil {
		return err
	}
	names, err := d.Bodies.Names(tx, when.DayOf(tx.Now), body)
	if err != nil {
		return err
	}
	if names[body].Empty() {
		return fault.New(fault.NotFound, "record.not_found")
	}
	v := writeView{Path: "/organisations/" + body + "/programme", Body: names[body].In(web.Lang(r)), Faults: faults}
	field := func(name, label, hint string, most int) parts.Field {
		f := parts.Field{Name: name, Label: web.T(r, label), Value: given.Long(name), Error: faults.At(name), Max: most, Optional: true}
		if hint != "" {
			f.Hint = web.T(r, hint)
		}
		return f
	}
	title := given.Both("name")
	v.Name = parts.Pair{Name: "name", Label: web.T(r, "own_programme.name"), Vi: title.Vi, En: title.En, Max: 200, ErrorVi: faults.At("name_vi")}
	v.Kind = field("kind", "own_programme.kind", "", 60)
	for _, kind := range []string{"own_programme.kind_programme", "own_programme.kind_plan"} {
		word := web.Words(r).T(lang.Vi, kind)
		v.Kind.Options = append(v.Kind.Options, parts.Option{Value: word, Text: web.T(r, kind), On: v.Kind.Value == word})
	}
	v.Symbol, v.On = field("symbol", "own_programme.symbol", "own_programme.symbol_hint", 40), field("issued_on", "own_programme.issued_on", "", 0)
	v.On.Type, v.On.Short = "date", true
	if v.Issuer = field("issuer", "own_programme.issuer", "", 300); !given.Has("issuer") {
		v.Issuer.Value = names[body].Vi
	}
	v.All = field("items", "own_programme.items", "own_programme.items_hint", 0)
	v.Issuer.Optional, v.All.Optional, v.All.Rows = false, false, 10
	v.Public = parts.Field{Name: "is_public", Label: web.T(r, "own_programme.public"), Value: "1", Options: []parts.Option{{Value: "1", Text: web.T(r, "own_programme.public"), On: given.On("is_public")}}}
	if v.Parent, err = parents(r, given.Text("parent")); err != nil {
		return err
	}
	page := web.Page{Title: web.T(r, "own_programme.title"), Section: "/plans", NoIndex: true, Amiss: faults.Any(),
		Crumbs: []parts.Crumb{{Path: v.Path, Text: v.Body}, {Text: web.T(r, "own_programme.title")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, writePage(v))
}

// parents offers the plans that a programme may carry out, and none.
func parents(r *http.Request, chosen string) (parts.Field, error) {
	f := parts.Field{Name: "parent", Label: web.T(r, "links.above"), Optional: true, Options: []parts.Option{{Text: web.T(r, "own_programme.no_parent")}}}
	all, err := programme.PlansSeen(web.Tx(r), web.Actor(r), "", 200)
	for _, one := range all {
		if one.State == "in_force" {
			name, _ := shown.Best(r, one.Name)
			f.Options = append(f.Options, parts.Option{Value: one.ID, Text: name, On: one.ID == chosen})
		}
	}
	return f, err
}

// write keeps a programme that was written in the form, and leads to its links or to the plan.
func (d doors) write(w http.ResponseWriter, r *http.Request) error {
	tx, actor, form, body := web.Tx(r), web.Actor(r), web.Form(r), r.PathValue("id")
	if err := d.writing(r, body); err != nil {
		return err
	}
	p := programme.Plan{Name: form.Both("name"), Kind: form.Text("kind"), Symbol: form.Text("symbol"), Issuer: form.Text("issuer"), Public: form.On("is_public"), Parent: form.Text("parent")}
	if p.Owner = body; p.Parent != "" {
		if _, err := programme.PlanOf(tx, actor, p.Parent); err != nil {
			return err
		}
	}
	var ok bool
	var err error
	if p.Issued, ok = form.Day("issued_on"); !ok {
		err = fault.New(fault.Invalid, "plan.invalid").At("issued_on", "field.needed")
	}
	var items []string
	for line := range strings.Lines(form.Long("items")) {
		if line = strings.TrimSpace(line); line != "" {
			items = append(items, line)
		}
	}
	var made *programme.Plan
	if err == nil {
		made, err = d.Write(tx, actor, p, items)
	}
	if faults, rest := web.Faults(r, err); rest != nil || faults.Any() {
		if rest != nil {
			return rest
		}
		return d.drawWrite(w, r, form, faults)
	}
	web.Notice(w, r, "own_programme.done", "N", len(items))
	if made.Parent != "" {
		return web.Goto(w, r, shown.Address(made.ID)+"/links")
	}
	return web.Goto(w, r, shown.Address(made.ID))
}
