package register

import (
	"net/http"

	"chonoi/internal/account"
	"chonoi/internal/document"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

func (d doors) showActivities(w http.ResponseWriter, r *http.Request) error {
	return d.drawActivities(w, r, web.Values{}, false, parts.Faults{})
}

func (d doors) drawActivities(w http.ResponseWriter, r *http.Request, given web.Values, typed bool, faults parts.Faults) error {
	v := view{Title: web.T(r, "register.activities"), Help: web.T(r, "register.activities_help"), Path: "/activities", Faults: faults}
	actor, after, tag := web.Actor(r), r.URL.Query().Get("after"), web.Lang(r)
	all, owners := seen(actor)
	list, err := programme.Register(web.Tx(r), programme.Activities, all, owners, after, listSize+1)
	if err != nil {
		return err
	}
	n := map[string]int{}
	for _, a := range paged(&v, list, func(a *programme.Activity) string { return a.ID }, after) {
		n[a.Kind]++
		one := row{Number: a.Number, Light: parts.Light{Kind: "ok", Text: web.T(r, "register.activity_"+a.Kind)}, Clause: clauseOf(r, a.Plan, a.Clause),
			Note: web.T(r, "register.held", "Date", lang.Day(tag, a.Held), "Place", a.Place, "Attendance", a.Attendance, "Reach", a.Reach)}
		one.Title, one.TitleIn = shown.Best(r, a.Title)
		v.Rows = append(v.Rows, one)
	}
	bars(&v, programme.ActivityKinds, n, map[string]string{"briefing": "run", "communication": "ok"}, func(kind string, n int) string { return web.T(r, "register.n_activity_"+kind, "N", n) })
	if account.MayProgramme.Allows(actor) || actor.Is(account.Manager) {
		v.Form = &form{Action: "/activities", Head: web.T(r, "register.add_activity"), Button: web.T(r, "register.keep")}
		f := &filler{r: r, given: given, typed: typed, faults: faults, form: v.Form}
		f.heads(lang.Both{}, true)
		f.choice("kind", "", "register.activity_", programme.ActivityKinds)
		f.day("held_on", when.Day{}, false)
		f.text("place", "", true)
		f.number("attendance", 0)
		f.number("reach", 0)
		if err := f.serves("", "", false); err != nil {
			return err
		}
	}
	return draw(w, r, v)
}

func (d doors) logActivity(w http.ResponseWriter, r *http.Request) error {
	form, actor := web.Form(r), web.Actor(r)
	if !account.MayProgramme.Allows(actor) && !actor.Is(account.Manager) {
		return notYours()
	}
	a := &programme.Activity{Kind: form.Text("kind"), Title: form.Both("title"), Plan: form.Text("plan"), Clause: form.Text("clause"), Place: form.Text("place"), Public: form.On("is_public")}
	if len(actor.Memberships) > 0 {
		a.Owner = actor.Memberships[0].Organisation
	}
	err := days(form, map[string]*when.Day{"held_on": &a.Held})
	if err == nil {
		err = numbers(form, map[string]*int64{"attendance": &a.Attendance, "reach": &a.Reach})
	}
	if err == nil {
		err = programme.LogActivity(web.Tx(r), actor, a)
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.drawActivities(w, r, form, true, faults)
	}
	web.Notice(w, r, "register.kept")
	return web.Goto(w, r, "/activities")
}

func (d doors) sendActivities(w http.ResponseWriter, r *http.Request) error {
	all, owners := seen(web.Actor(r))
	list, err := programme.Register(web.Tx(r), programme.Activities, all, owners, "", 5000)
	if err != nil {
		return err
	}
	return sendCSV(w, "activities", []string{"number", "kind", "title_vi", "title_en", "held_on", "place", "attendance", "reach", "clause"}, func(out *document.Writer) error {
		for _, a := range list {
			if err := out.Write(a.Number, a.Kind, a.Title.Vi, a.Title.En, a.Held.String(), a.Place, a.Attendance, a.Reach, a.Clause); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d doors) showChanges(w http.ResponseWriter, r *http.Request) error {
	return d.drawChanges(w, r, web.Values{}, false, parts.Faults{})
}

func (d doors) drawChanges(w http.ResponseWriter, r *http.Request, given web.Values, typed bool, faults parts.Faults) error {
	v := view{Title: web.T(r, "register.changes"), Help: web.T(r, "register.changes_help"), Path: "/procedures", Faults: faults}
	actor, after, tag := web.Actor(r), r.URL.Query().Get("after"), web.Lang(r)
	all, owners := seen(actor)
	list, err := programme.Register(web.Tx(r), programme.ProcedureChanges, all, owners, after, listSize+1)
	if err != nil {
		return err
	}
	n := map[string]int{}
	for _, c := range paged(&v, list, func(c *programme.ProcedureChange) string { return c.ID }, after) {
		n[c.Kind]++
		one := row{Number: c.Number, Light: parts.Light{Kind: "ok", Text: web.T(r, "register.change_"+c.Kind)}, Clause: clauseOf(r, c.Plan, c.Clause),
			Note: web.T(r, "register.decided_by", "Decision", c.Decision, "Date", lang.Day(tag, c.Decided))}
		if c.Before > 0 {
			one.Note += " · " + web.T(r, "register.days_from_to", "Before", c.Before, "After", c.After)
		}
		if c.DelegatedTo != "" {
			one.Note += " · " + web.T(r, "register.delegated", "To", c.DelegatedTo)
		}
		one.Title, one.TitleIn = shown.Best(r, c.Title)
		v.Rows = append(v.Rows, one)
	}
	bars(&v, programme.ChangeKinds, n, map[string]string{"cut": "ok", "simplified": "run", "delegated": "risk"}, func(kind string, n int) string { return web.T(r, "register.n_change_"+kind, "N", n) })
	if account.MayProgramme.Allows(actor) {
		v.Form = &form{Action: "/procedures", Head: web.T(r, "register.add_change"), Button: web.T(r, "register.keep")}
		f := &filler{r: r, given: given, typed: typed, faults: faults, form: v.Form}
		f.heads(lang.Both{}, true)
		f.choice("kind", "", "register.change_", programme.ChangeKinds)
		f.text("decision", "", false)
		f.day("decided_on", when.Day{}, false)
		f.text("delegated_to", "", true)
		f.number("days_before", 0)
		f.number("days_after", 0)
		if err := f.serves("", "", false); err != nil {
			return err
		}
	}
	return draw(w, r, v)
}

func (d doors) logChange(w http.ResponseWriter, r *http.Request) error {
	form, actor := web.Form(r), web.Actor(r)
	c := &programme.ProcedureChange{Kind: form.Text("kind"), Title: form.Both("title"), Plan: form.Text("plan"), Clause: form.Text("clause"), DelegatedTo: form.Text("delegated_to"), Decision: form.Text("decision"), Public: form.On("is_public")}
	if len(actor.Memberships) > 0 {
		c.Owner = actor.Memberships[0].Organisation
	}
	err := days(form, map[string]*when.Day{"decided_on": &c.Decided})
	if err == nil {
		err = numbers(form, map[string]*int64{"days_before": &c.Before, "days_after": &c.After})
	}
	if err == nil {
		err = programme.LogChange(web.Tx(r), actor, c)
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.drawChanges(w, r, form, true, faults)
	}
	web.Notice(w, r, "register.kept")
	return web.Goto(w, r, "/procedures")
}

func (d doors) sendChanges(w http.ResponseWriter, r *http.Request) error {
	all, owners := seen(web.Actor(r))
	list, err := programme.Register(web.Tx(r), programme.ProcedureChanges, all, owners, "", 5000)
	if err != nil {
		return err
	}
	return sendCSV(w, "procedures", []string{"number", "kind", "title_vi", "title_en", "delegated_to", "days_before", "days_after", "decision", "decided_on", "clause"}, func(out *document.Writer) error {
		for _, c := range list {
			if err := out.Write(c.Number, c.Kind, c.Title.Vi, c.Title.En, c.DelegatedTo, c.Before, c.After, c.Decision, c.Decided.String(), c.Clause); err != nil {
				return err
			}
		}
		return nil
	})
}
