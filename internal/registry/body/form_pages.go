package body

import (
	"net/http"
	"slices"
	"strings"

	"chonoi/internal/fault"
	"chonoi/internal/registry"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// mostLines is how many bodies a form takes at once.
const mostLines = 500

// desk is a page of forms: all of them, or the one in which something is amiss.
type desk struct {
	Title, Help string
	Faults      parts.Faults
	Forms       []form
}

// asks begins a form whose inputs keep what was typed into it.
type asks struct {
	r      *http.Request
	typed  web.Values
	faults parts.Faults
	form
}

func (b bodies) asks(r *http.Request, id, action string, faults parts.Faults) *asks {
	return &asks{r, web.Form(r), faults, form{ID: id, Title: web.T(r, "bodies.form_"+id), Help: web.T(r, "bodies.form_"+id+"_help"), Action: action, Save: web.T(r, "bodies.form_"+id+"_save")}}
}

// ask adds an input. On a page of many forms each input has an id of its own.
func (a *asks) ask(draw, name string, f parts.Field) *asks {
	f.Name, f.Error = name, a.faults.At(name)
	if f.Label == "" {
		f.Label = web.T(a.r, "bodies.ask_"+name)
	}
	if key := "bodies.ask_" + name + ".hint"; f.Hint == "" && web.Words(a.r).Has(key) {
		f.Hint = web.T(a.r, key)
	}
	if a.faults.Any() {
		f.Value = a.typed.Long(name)
	} else {
		f.ID = a.ID + "-" + name
	}
	for i := range f.Options {
		f.Options[i].On = f.Options[i].Value == f.Value
	}
	a.Inputs = append(a.Inputs, input{draw, f})
	return a
}

func (a *asks) day(name string) *asks {
	return a.ask("", name, parts.Field{Type: "date", Short: true})
}

// day reads the day that a form needs.
func day(typed web.Values, name string) (when.Day, error) {
	d, ok := typed.Day(name)
	if !ok {
		return d, fault.New(fault.Invalid, "body.invalid").At(name, "bodies.bad_day")
	}
	if d.Zero() {
		return d, fault.New(fault.Invalid, "body.invalid").At(name, "field.needed")
	}
	return d, nil
}

// lines are the bodies that were typed, one a line.
func lines(typed web.Values, name string) ([]string, error) {
	var all []string
	for line := range strings.SplitSeq(typed.Long(name), "\n") {
		if line = strings.TrimSpace(line); line != "" && !slices.Contains(all, line) {
			all = append(all, line)
		}
	}
	if len(all) > mostLines {
		return nil, fault.New(fault.Invalid, "body.invalid").At(name, "bodies.too_many_lines", "N", mostLines)
	}
	return all, nil
}

// typedBodies returns the bodies that were typed into a form, by their names of a day.
func typedBodies(r *http.Request, day when.Day, name string) ([]string, error) {
	all, err := lines(web.Form(r), name)
	if err != nil {
		return nil, err
	}
	return registry.BodiesTyped(web.Tx(r), day, name, all)
}

// after ends an act: with the form again when something is amiss, else where it leads.
func after(w http.ResponseWriter, r *http.Request, err error, to string, again func(parts.Faults) error) error {
	faults, err := web.Faults(r, err)
	if err != nil {
		return err
	}
	if faults.Any() {
		return again(faults)
	}
	web.Notice(w, r, "bodies.done")
	return web.Goto(w, r, to)
}

// draw shows a page of forms.
func draw(w http.ResponseWriter, r *http.Request, v desk, way []parts.Crumb) error {
	page := web.Page{Title: v.Title, Section: "/organisations", NoIndex: true, Crumbs: append(way, parts.Crumb{Text: v.Title})}
	if v.Faults.Any() {
		page.Amiss, page.Status = true, http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, deskPage(v))
}
