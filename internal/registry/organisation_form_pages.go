package registry

import (
	"fmt"
	"net/http"
	"slices"

	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// organisationForm is what the form of an organisation is drawn from.
type organisationForm struct {
	Heading, Help, Action, Cancel, Save string
	Version                             string
	Warning                             string
	Faults                              parts.Faults
	Steps                               []formStep
}

// formStep is one part of the form.
type formStep struct {
	ID, Title string
	Inputs    []formInput
}

// formInput is one fact as the form asks for it. Draw is input, area, select or checks.
type formInput struct {
	Draw string
	parts.Field
}

func (g *Registry) showNew(w http.ResponseWriter, r *http.Request) error {
	return g.drawForm(w, r, nil, &Organisation{}, web.Form(r), parts.Faults{})
}

func (g *Registry) showEdit(w http.ResponseWriter, r *http.Request) error {
	o, err := g.Managed(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return g.drawForm(w, r, o, o, web.Values{}, parts.Faults{})
}

func (g *Registry) found(w http.ResponseWriter, r *http.Request) error {
	typed := web.Form(r)
	o, err := g.Found(web.Tx(r), web.Actor(r), given(typed))
	faults, err := web.Faults(r, err)
	if err != nil {
		return err
	}
	if faults.Any() {
		return g.drawForm(w, r, nil, o, typed, faults)
	}
	web.Notice(w, r, "organisation.done_founded")
	return web.Goto(w, r, "/organisations/"+o.ID)
}

func (g *Registry) change(w http.ResponseWriter, r *http.Request) error {
	typed, id := web.Form(r), r.PathValue("id")
	version, _ := typed.Int("version")
	o, err := g.Change(web.Tx(r), web.Actor(r), id, version, given(typed))
	faults, err := web.Faults(r, err)
	if err != nil {
		return err
	}
	if faults.Any() {
		now, err := Organisations.Get(web.Tx(r), id)
		if err != nil {
			return err
		}
		return g.drawForm(w, r, now, o, typed, faults)
	}
	web.Notice(w, r, "organisation.done_changed")
	return web.Goto(w, r, "/organisations/"+id)
}

// given answers what a form sent. The form asks for every fact, so what is missing is empty: a
// browser sends nothing for boxes of which none is ticked.
func given(typed web.Values) field.Given {
	return func(column string) ([]string, bool) { return typed.Map()[column], true }
}

// drawForm shows the form: for a new organisation when now is nil. What was typed stands before
// what the record tells.
func (g *Registry) drawForm(w http.ResponseWriter, r *http.Request, now, o *Organisation, typed web.Values, faults parts.Faults) error {
	v := organisationForm{Heading: web.T(r, "organisation.found"), Help: web.T(r, "organisation.found_help"), Action: "/organisations", Cancel: "/organisations",
		Save: web.T(r, "organisation.save_new"), Faults: faults}
	crumbs := []parts.Crumb{{Path: "/organisations", Text: web.T(r, "organisation.list")}}
	if now != nil {
		v.Heading, v.Help = web.T(r, "organisation.edit"), web.T(r, "organisation.edit_help")
		v.Action, v.Cancel, v.Save = "/organisations/"+now.ID, "/organisations/"+now.ID, web.T(r, "organisation.save")
		v.Version = fmt.Sprint(now.Version)
		crumbs = append(crumbs, parts.Crumb{Path: v.Cancel, Text: now.Name.In(web.Lang(r))})
		if now.State == "refused" {
			v.Warning = web.T(r, "organisation.was_refused", "Reason", now.Refusal)
		}
	}
	for _, f := range organisationFields {
		if f.Fixed {
			continue
		}
		last := len(v.Steps) - 1
		if last < 0 || v.Steps[last].ID != "step-"+f.Step {
			v.Steps = append(v.Steps, formStep{ID: "step-" + f.Step, Title: web.T(r, "organisation.step_"+f.Step)})
			last++
		}
		for _, column := range f.Columns() {
			in := g.input(r, f, column, o, typed, faults)
			if faults.Title != "" && now != nil {
				in.tellSaved(r, f.Stored(now, column))
			}
			v.Steps[last].Inputs = append(v.Steps[last].Inputs, in)
		}
	}
	page := web.Page{Title: v.Heading, Section: "/organisations", NoIndex: true, Crumbs: append(crumbs, parts.Crumb{Text: v.Heading})}
	if faults.Any() {
		page.Amiss, page.Status = true, http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, organisationFormPage(v))
}

func (g *Registry) input(r *http.Request, f field.Field[Organisation], column string, o *Organisation, typed web.Values, faults parts.Faults) formInput {
	in := formInput{Draw: "input", Field: parts.Field{Name: column, Label: web.T(r, "organisation."+column), Value: f.Stored(o, column), Error: faults.At(column),
		Optional: !f.Must && column != "tax_code", Max: int(f.Most)}}
	values := typed.Map()[column]
	if len(values) > 0 {
		in.Value = values[0]
	}
	if key := "organisation." + column + ".hint"; web.Words(r).Has(key) {
		in.Hint = web.T(r, key)
	}
	switch f.Kind {
	case field.KindBoth:
		in.Lang = string(tongueOf(column))
		in.Optional = !f.Must || tongueOf(column) == lang.En
		if f.Lines {
			in.Draw, in.Rows = "area", 6
		}
	case field.KindInt:
		in.InputMode, in.Short, in.Max = "numeric", true, 0
	case field.KindCode:
		in.Draw, in.Max = "select", 0
		in.Options = []parts.Option{{Text: web.T(r, "organisation.choose"), On: in.Value == ""}}
		for _, c := range g.Codes.Of(f.List) {
			in.Options = append(in.Options, parts.Option{Value: c.Code, Text: c.Name.In(web.Lang(r)), On: c.Code == in.Value})
		}
	case field.KindCodes:
		in.Draw, in.Max = "checks", 0
		chosen := f.CodesOf(o)
		if len(values) > 0 {
			chosen = values
		}
		for _, c := range g.Codes.Of(f.List) {
			in.Options = append(in.Options, parts.Option{Value: c.Code, Text: c.Name.In(web.Lang(r)), On: slices.Contains(chosen, c.Code)})
		}
	}
	switch column {
	case "email":
		in.Type, in.Autocomplete = "email", "email"
	case "website":
		in.Type = "url"
	case "phone":
		in.Type = "tel"
	}
	return in
}

// tellSaved shows beside an input what somebody else saved in the meantime, when it differs.
func (in *formInput) tellSaved(r *http.Request, saved string) {
	if (in.Draw == "input" || in.Draw == "area") && in.Value != saved {
		in.Hint = web.T(r, "organisation.saved_meanwhile", "Value", saved)
	}
}

func tongueOf(column string) lang.Tag {
	if len(column) > 3 && column[len(column)-3:] == "_en" {
		return lang.En
	}
	return lang.Vi
}
