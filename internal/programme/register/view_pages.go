package register

import (
	"net/http"
	"net/url"
	"strings"

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

// listSize is how many records a page of a register shows.
const listSize = 30

// view is what a page of a register is drawn from.
type view struct {
	Title, Help, Path string
	Shares            []parts.Share
	Lights            []parts.Light
	Rows              []row
	Pager             parts.Pager
	Nothing           *parts.Empty
	Faults            parts.Faults
	Form              *form
}

type row struct {
	Path, Number, Title, TitleIn, Note string
	Light                              parts.Light
	Clause                             *parts.Action
}

// form is the form in which a record is added or moved on.
type form struct {
	Action, Head, Button string
	Titles               parts.Pair
	Fields               []parts.Field
	Public               parts.Field
	Open                 bool
}

// seen tells which records of registers a reader sees: all, or public ones and those of his bodies.
func seen(a account.Actor) (all bool, owners []string) {
	for _, m := range a.Memberships {
		owners = append(owners, m.Organisation)
	}
	return account.MaySeeProgramme.Allows(a), owners
}

// draw shows a register.
func draw(w http.ResponseWriter, r *http.Request, v view) error {
	if len(v.Rows) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "register.none"), Text: web.T(r, "register.none_help")}
	}
	page := web.Page{Title: v.Title, Description: v.Help, Section: "/plans", Amiss: v.Faults.Any(), NoIndex: len(r.URL.Query()) > 0,
		Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Text: v.Title}}}
	if v.Faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, registerPage(v))
}

// paged cuts a list to a page and tells where the next one is.
func paged[T any](v *view, all []*T, id func(*T) string, after string) []*T {
	if len(all) > listSize {
		all = all[:listSize]
		v.Pager.Next = v.Path + "?after=" + url.QueryEscape(id(all[listSize-1]))
	}
	if after != "" {
		v.Pager.First = v.Path
	}
	return all
}

// clauseOf is the clause that a record serves, where the reader may see its plan.
func clauseOf(r *http.Request, plan, clause string) *parts.Action {
	if plan == "" {
		return nil
	}
	p, err := programme.PlanOf(web.Tx(r), web.Actor(r), plan)
	if err != nil {
		return nil
	}
	if clause == "" {
		return &parts.Action{Path: shown.Address(p.ID), Text: p.Symbol}
	}
	return &parts.Action{Path: shown.ClauseAddress(p.ID, clause), Text: p.Symbol + " " + clause}
}

// filler fills in the fields of a form with what was typed, or what is kept.
type filler struct {
	r      *http.Request
	given  web.Values
	typed  bool
	faults parts.Faults
	form   *form
}

func (f *filler) field(name, kept string) parts.Field {
	value := kept
	if f.typed {
		value = f.given.Text(name)
	}
	return parts.Field{Name: name, Label: web.T(f.r, "register."+name), Value: value, Error: f.faults.At(name), Max: 300}
}

func (f *filler) text(name, kept string, optional bool) {
	one := f.field(name, kept)
	one.Optional = optional
	f.form.Fields = append(f.form.Fields, one)
}

func (f *filler) day(name string, kept when.Day, optional bool) {
	one := f.field(name, kept.String())
	one.Type, one.Short, one.Optional, one.Max = "date", true, optional, 0
	f.form.Fields = append(f.form.Fields, one)
}

func (f *filler) number(name string, kept int64) {
	one := f.field(name, "")
	if !f.typed && kept > 0 {
		one.Value = lang.Number(lang.Vi, kept)
	}
	one.InputMode, one.Short, one.Optional, one.Max = "numeric", true, true, 12
	f.form.Fields = append(f.form.Fields, one)
}

func (f *filler) choice(name, kept, prefix string, values []string) {
	one := f.field(name, kept)
	for _, value := range values {
		one.Options = append(one.Options, parts.Option{Value: value, Text: web.T(f.r, prefix+value), On: value == one.Value})
	}
	f.form.Fields = append(f.form.Fields, one)
}

// serves asks which clause of which plan the record serves.
func (f *filler) serves(plan, clause string, needed bool) error {
	all, err := programme.PlansSeen(web.Tx(f.r), web.Actor(f.r), "", 200)
	one := f.field("plan", plan)
	one.Optional, one.Options = !needed, []parts.Option{{Text: web.T(f.r, map[bool]string{false: "register.no_plan", true: "register.choose_plan"}[needed])}}
	for _, p := range all {
		if p.State != "draft" {
			name, _ := shown.Best(f.r, p.Name)
			one.Options = append(one.Options, parts.Option{Value: p.ID, Text: name, On: p.ID == one.Value})
		}
	}
	f.form.Fields = append(f.form.Fields, one)
	at := f.field("clause", clause)
	at.Optional, at.Short, at.Hint, at.Max = true, true, web.T(f.r, "finding.clause_hint"), 60
	f.form.Fields = append(f.form.Fields, at)
	return err
}

func (f *filler) heads(title lang.Both, public bool) {
	if f.typed {
		title, public = f.given.Both("title"), f.given.On("is_public")
	}
	f.form.Titles = parts.Pair{Name: "title", Label: web.T(f.r, "register.title"), Vi: title.Vi, En: title.En, Max: 400, ErrorVi: f.faults.At("title_vi"), ErrorEn: f.faults.At("title_en")}
	f.form.Public = parts.Field{Name: "is_public", Label: web.T(f.r, "register.is_public"), Options: []parts.Option{{Value: "1", Text: web.T(f.r, "register.is_public_yes"), On: public}}}
	f.form.Open = f.faults.Any()
}

// days reads the days of a form; what is no day is told at its field.
func days(form web.Values, into map[string]*when.Day) error {
	f := fault.New(fault.Invalid, "register.invalid")
	for name, day := range into {
		var ok bool
		if *day, ok = form.Day(name); !ok {
			f.At(name, "field.not_a_day")
		}
	}
	return f.OrNil()
}

// numbers reads the numbers of a form; an empty one is 0.
func numbers(form web.Values, into map[string]*int64) error {
	f := fault.New(fault.Invalid, "register.invalid")
	for name, n := range into {
		if form.Text(name) == "" {
			*n = 0
			continue
		}
		var ok bool
		if *n, ok = form.Int(name); !ok || *n < 0 || *n > 100_000_000 {
			f.At(name, "register.not_a_number")
		}
	}
	return f.OrNil()
}

// bars are a register by one of its facts, as a picture with its words.
func bars(v *view, of []string, n map[string]int, light map[string]string, text func(string, int) string) {
	for _, one := range of {
		if n[one] > 0 {
			v.Shares = append(v.Shares, parts.Share{Kind: light[one], Of: n[one]})
			v.Lights = append(v.Lights, parts.Light{Kind: light[one], Text: text(one, n[one])})
		}
	}
}

// sendCSV sends a register.
func sendCSV(w http.ResponseWriter, name string, columns []string, write func(*document.Writer) error) error {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
	var all []document.Column
	for _, one := range columns {
		all = append(all, document.Column{Name: strings.TrimSpace(one)})
	}
	out, err := document.NewWriter(w, document.CSV, all, document.Layout{BOM: true})
	if err != nil {
		return err
	}
	if err := write(out); err != nil {
		return err
	}
	return out.Close()
}

func notYours() error { return fault.New(fault.Forbidden, "register.not_yours") }
