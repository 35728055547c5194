package register

import (
	"net/http"
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

func (d doors) showUnplanned(w http.ResponseWriter, r *http.Request) error {
	return d.drawUnplanned(w, r, nil, web.Values{}, false, parts.Faults{})
}

func (d doors) showOneUnplanned(w http.ResponseWriter, r *http.Request) error {
	u, err := unplannedOf(r)
	if err != nil {
		return err
	}
	return d.drawUnplanned(w, r, u, web.Values{}, false, parts.Faults{})
}

// unplannedOf returns an unplanned task that the reader may see.
func unplannedOf(r *http.Request) (*programme.Unplanned, error) {
	u, err := programme.UnplannedTasks.Get(web.Tx(r), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if all, _ := seen(web.Actor(r)); !u.Public && !all && !web.Actor(r).In(u.Owner) {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	return u, nil
}

// drawUnplanned draws the register with the form that adds to it, or one task with the form that ends it.
func (d doors) drawUnplanned(w http.ResponseWriter, r *http.Request, one *programme.Unplanned, given web.Values, typed bool, faults parts.Faults) error {
	v := view{Title: web.T(r, "register.unplanned"), Help: web.T(r, "register.unplanned_help"), Path: "/unplanned", Faults: faults}
	actor, today := web.Actor(r), when.DayOf(web.Tx(r).Now)
	list := []*programme.Unplanned{one}
	if one == nil {
		all, owners := seen(actor)
		after := r.URL.Query().Get("after")
		found, err := programme.Register(web.Tx(r), programme.UnplannedTasks, all, owners, after, listSize+1)
		if err != nil {
			return err
		}
		list = paged(&v, found, func(u *programme.Unplanned) string { return u.ID }, after)
	}
	var bodies []string
	for _, u := range list {
		bodies = append(bodies, u.Owner)
	}
	names, err := d.Bodies.Names(web.Tx(r), today, bodies...)
	if err != nil {
		return err
	}
	n := map[string]int{}
	for _, u := range list {
		light := unplannedLight(u, today)
		n[light]++
		v.Rows = append(v.Rows, unplannedRow(r, u, names[u.Owner], light))
	}
	bars(&v, []string{"done", "overdue", "open"}, n, unplannedLights, func(state string, n int) string { return web.T(r, "register.n_unplanned_"+state, "N", n) })
	switch {
	case one == nil:
		err = d.unplannedForm(r, &v, given, typed)
	case one != nil && one.State == "open" && one.Logged(actor):
		v.Form = &form{Action: "/unplanned/" + one.ID, Head: web.T(r, "register.end_unplanned"), Button: web.T(r, "register.keep"), Open: true}
		f := &filler{r: r, given: given, typed: typed, faults: faults, form: v.Form}
		f.day("done_on", when.Day{}, false)
		f.text("outcome", "", false)
	}
	if one != nil {
		v.Title, _ = shown.Best(r, one.Title)
	}
	if err != nil {
		return err
	}
	return draw(w, r, v)
}

var unplannedLights = map[string]string{"done": "ok", "overdue": "late", "open": "run"}

func unplannedLight(u *programme.Unplanned, today when.Day) string {
	if u.State == "open" && !u.Due.Zero() && u.Due.Before(today) {
		return "overdue"
	}
	return u.State
}

func unplannedRow(r *http.Request, u *programme.Unplanned, body lang.Both, light string) row {
	tag := web.Lang(r)
	one := row{Path: "/unplanned/" + u.ID, Number: u.Number, Light: parts.Light{Kind: unplannedLights[light], Text: web.T(r, "register.unplanned_"+light)}, Clause: clauseOf(r, u.Plan, u.Clause)}
	one.Title, one.TitleIn = shown.Best(r, u.Title)
	notes := []string{web.T(r, "register.given", "Body", body.In(tag), "By", u.GivenBy, "Date", lang.Day(tag, u.Given))}
	if u.Basis != "" {
		notes = append(notes, u.Basis)
	}
	if !u.Due.Zero() {
		notes = append(notes, web.T(r, "register.due_by", "Date", lang.Day(tag, u.Due)))
	}
	if u.State == "done" {
		notes = append(notes, web.T(r, "register.done_with", "Date", lang.Day(tag, u.Done), "Outcome", u.Outcome))
	}
	one.Note = strings.Join(notes, " · ")
	return one
}

// unplannedForm is the form for whoever speaks for a body that can be given something to do.
func (d doors) unplannedForm(r *http.Request, v *view, given web.Values, typed bool) error {
	if actor := web.Actor(r); !account.MayProgramme.Allows(actor) && !actor.Is(account.Manager) {
		return nil
	}
	one := &form{Action: "/unplanned", Head: web.T(r, "register.add_unplanned"), Button: web.T(r, "register.keep")}
	f := &filler{r: r, given: given, typed: typed, faults: v.Faults, form: one}
	f.heads(lang.Both{}, false)
	body, err := d.bodyField(f)
	if err != nil || len(body.Options) == 0 {
		return err
	}
	v.Form = one
	v.Form.Fields = append(v.Form.Fields, body)
	f.text("given_by", "", false)
	f.text("basis", "", true)
	f.day("given_on", when.Day{}, false)
	f.day("due_on", when.Day{}, true)
	return f.serves("", "", true)
}

// bodyField asks which body carries the task out: any for the programme office, his own for a manager.
func (d doors) bodyField(f *filler) (parts.Field, error) {
	one, actor := f.field("body", ""), web.Actor(f.r)
	known, err := d.Bodies.Assignable(web.Tx(f.r), when.DayOf(web.Tx(f.r).Now))
	for id, name := range known {
		if !strings.HasPrefix(id, "class:") && (account.MayProgramme.Allows(actor) || actor.Manages(id)) {
			one.Options = append(one.Options, parts.Option{Value: id, Text: name.In(web.Lang(f.r)), On: id == one.Value})
		}
	}
	lang.Sort(one.Options, func(o parts.Option) string { return o.Text })
	if len(one.Options) > 1 {
		one.Options = append([]parts.Option{{Text: web.T(f.r, "register.choose_body")}}, one.Options...)
	}
	return one, err
}

func (d doors) logUnplanned(w http.ResponseWriter, r *http.Request) error {
	form := web.Form(r)
	u := &programme.Unplanned{Title: form.Both("title"), Plan: form.Text("plan"), Clause: form.Text("clause"), GivenBy: form.Text("given_by"), Basis: form.Text("basis"), Public: form.On("is_public")}
	u.Owner = form.Text("body")
	err := days(form, map[string]*when.Day{"given_on": &u.Given, "due_on": &u.Due})
	if err == nil {
		err = d.LogUnplanned(web.Tx(r), web.Actor(r), u)
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.drawUnplanned(w, r, nil, form, true, faults)
	}
	web.Notice(w, r, "register.kept")
	return web.Goto(w, r, "/unplanned/"+u.ID)
}

func (d doors) endUnplanned(w http.ResponseWriter, r *http.Request) error {
	u, err := unplannedOf(r)
	if err != nil {
		return err
	}
	form, done := web.Form(r), when.Day{}
	if err = days(form, map[string]*when.Day{"done_on": &done}); err == nil {
		err = programme.EndUnplanned(web.Tx(r), web.Actor(r), u, done, form.Text("outcome"))
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.drawUnplanned(w, r, u, form, true, faults)
	}
	web.Notice(w, r, "register.kept")
	return web.Goto(w, r, "/unplanned/"+u.ID)
}

func (d doors) sendUnplanned(w http.ResponseWriter, r *http.Request) error {
	all, owners := seen(web.Actor(r))
	list, err := programme.Register(web.Tx(r), programme.UnplannedTasks, all, owners, "", 5000)
	if err != nil {
		return err
	}
	return sendCSV(w, "unplanned", []string{"number", "state", "title_vi", "title_en", "body", "given_by", "basis", "given_on", "due_on", "done_on", "outcome", "clause"}, func(out *document.Writer) error {
		for _, u := range list {
			if err := out.Write(u.Number, u.State, u.Title.Vi, u.Title.En, u.Owner, u.GivenBy, u.Basis, u.Given.String(), u.Due.String(), u.Done.String(), u.Outcome, u.Clause); err != nil {
				return err
			}
		}
		return nil
	})
}
