package follow

import (
	"net/http"
	"net/url"
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/document/paper"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// lettersShown is how many letters a page lists.
const lettersShown = 20

type lettersView struct {
	New     bool
	Rows    []letterRow
	Pager   parts.Pager
	Nothing *parts.Empty
}

type letterRow struct {
	Path, Abstract, Body, About string
	State                       parts.Light
}

// aboutOf is what a letter is about, as it is printed under its number.
func aboutOf(r *http.Request, u *programme.Urging) string {
	return web.T(r, "urging.about", "Abstract", u.Abstract)
}

func letterLight(r *http.Request, u *programme.Urging) parts.Light {
	if u.State == "issued" {
		return parts.Light{Kind: "ok", Text: web.T(r, "urging.state_issued", "Symbol", u.Symbol)}
	}
	return parts.Light{Kind: "risk", Text: web.T(r, "urging.state_draft")}
}

func letterCrumbs(r *http.Request, last string) []parts.Crumb {
	all := []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: "/letters", Text: web.T(r, "urging.list")}}
	if last == "" {
		all[1].Path = ""
		return all
	}
	return append(all, parts.Crumb{Text: last})
}

func (x *Follower) showLetters(w http.ResponseWriter, r *http.Request) error {
	actor, query := web.Actor(r), r.URL.Query()
	v := lettersView{New: account.MayProgramme.Allows(actor)}
	var bodies []string
	if !account.MaySeeProgramme.Allows(actor) {
		for _, m := range actor.Memberships {
			bodies = append(bodies, m.Organisation)
		}
	}
	var all []*programme.Urging
	var err error
	if account.MaySeeProgramme.Allows(actor) || len(bodies) > 0 {
		if all, err = programme.UrgingsSeen(web.Tx(r), query.Get("before"), lettersShown, bodies...); err != nil {
			return err
		}
	}
	ids := make([]string, 0, len(all))
	for _, u := range all {
		ids = append(ids, u.Body)
	}
	names, err := x.Bodies.Names(web.Tx(r), when.DayOf(web.Tx(r).Now), ids...)
	if err != nil {
		return err
	}
	for _, u := range all {
		about := web.T(r, "urging.as_of", "Date", lang.Date(web.Lang(r), u.AsOf.Start()))
		v.Rows = append(v.Rows, letterRow{"/letters/" + u.ID, aboutOf(r, u), names[u.Body].In(web.Lang(r)), about, letterLight(r, u)})
	}
	if len(all) == lettersShown {
		v.Pager.Next = "/letters?before=" + url.QueryEscape(all[len(all)-1].ID)
	}
	if query.Get("before") != "" {
		v.Pager.First = "/letters"
	}
	if len(all) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "urging.none"), Text: web.T(r, "urging.none_help")}
	}
	page := web.Page{Title: web.T(r, "urging.list"), Section: "/plans", NoIndex: true, Crumbs: letterCrumbs(r, "")}
	return web.Show(w, r, page, lettersPage(v))
}

// newView is what the page is drawn from on which a body and its overdue tasks are chosen.
type newView struct {
	Faults  parts.Faults
	Bodies  []behindRow
	Body    string
	Name    string
	Tasks   parts.Field
	Layout  parts.Field
	Nothing *parts.Empty
}

type behindRow struct{ Path, Name, Late string }

func (x *Follower) showNew(w http.ResponseWriter, r *http.Request) error {
	return x.drawNew(w, r, r.URL.Query().Get("body"), web.Values{}, parts.Faults{})
}

func (x *Follower) drawNew(w http.ResponseWriter, r *http.Request, body string, given web.Values, faults parts.Faults) error {
	tx, tag := web.Tx(r), web.Lang(r)
	today := when.DayOf(tx.Now)
	v := newView{Faults: faults, Body: body}
	if body == "" {
		behind, err := programme.BodiesBehind(tx, today)
		if err != nil {
			return err
		}
		ids := make([]string, 0, len(behind))
		for _, one := range behind {
			ids = append(ids, one.Body)
		}
		names, err := x.Bodies.Names(tx, today, ids...)
		if err != nil {
			return err
		}
		for _, one := range behind {
			v.Bodies = append(v.Bodies, behindRow{"/letters/new?body=" + url.QueryEscape(one.Body), names[one.Body].In(tag), web.T(r, "urging.n_late", "N", one.N)})
		}
		if len(behind) == 0 {
			v.Nothing = &parts.Empty{Title: web.T(r, "urging.nobody_late"), Text: web.T(r, "urging.nobody_late_help")}
		}
	} else {
		names, err := x.Bodies.Names(tx, today, body)
		if err != nil {
			return err
		}
		v.Name = names[body].In(tag)
		overdue, err := programme.OverdueOf(tx, body, today)
		if err != nil {
			return err
		}
		chosen := given.All("tasks")
		v.Tasks = x.taskField(r, overdue, func(id string) bool { return !given.Has("body") || slices.Contains(chosen, id) }, faults)
		v.Layout = x.layoutField(r, given.Text("layout"), faults)
		if len(overdue) == 0 {
			v.Nothing = &parts.Empty{Title: web.T(r, "urging.body_not_late"), Text: web.T(r, "urging.nobody_late_help")}
		}
	}
	page := web.Page{Title: web.T(r, "urging.new"), Section: "/plans", NoIndex: true, Amiss: faults.Any(), Crumbs: letterCrumbs(r, web.T(r, "urging.new"))}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, newPage(v))
}

// taskField offers overdue tasks of a body.
func (x *Follower) taskField(r *http.Request, overdue []*programme.Task, on func(id string) bool, faults parts.Faults) parts.Field {
	f := parts.Field{Name: "tasks", Label: web.T(r, "urging.tasks"), Error: faults.At("tasks")}
	today := when.DayOf(web.Tx(r).Now)
	for _, t := range overdue {
		title, _ := shown.Best(r, t.Title)
		f.Options = append(f.Options, parts.Option{Value: t.ID, Text: title, Hint: web.T(r, "urging.task_hint", "Number", t.Number, "Due", dueText(x.Words, web.Lang(r), t.Due, today)), On: on(t.ID)})
	}
	return f
}

func (x *Follower) layoutField(r *http.Request, chosen string, faults parts.Faults) parts.Field {
	today := when.DayOf(web.Tx(r).Now)
	if chosen == "" {
		if l, err := x.Layouts.In(paper.State, today); err == nil {
			chosen = l.Name
		}
	}
	f := parts.Field{Name: "layout", Label: web.T(r, "urging.layout"), Hint: web.T(r, "urging.layout_hint"), Error: faults.At("layout")}
	for _, l := range x.Layouts.All(today) {
		f.Options = append(f.Options, parts.Option{Value: l.Name, Text: l.Title.In(web.Lang(r)), On: l.Name == chosen})
	}
	return f
}

// draft begins a letter with the words that such letters usually have.
func (x *Follower) draft(w http.ResponseWriter, r *http.Request) error {
	form, tx, actor := web.Form(r), web.Tx(r), web.Actor(r)
	today, tasks := when.DayOf(tx.Now), form.All("tasks")
	u := &programme.Urging{Body: form.Text("body"), Layout: form.Text("layout")}
	if len(actor.Memberships) > 0 {
		u.Owner = actor.Memberships[0].Organisation
	}
	err := x.layoutKnown(u.Layout, today)
	if err == nil {
		if err = x.Usual(tx, u, len(tasks)); err == nil {
			err = programme.DraftUrging(tx, actor, u, tasks)
		}
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return x.drawNew(w, r, u.Body, form, faults)
	}
	web.Notice(w, r, "urging.drafted")
	return web.Goto(w, r, "/letters/"+u.ID+"/edit")
}

func (x *Follower) layoutKnown(name string, day when.Day) error {
	if _, err := x.Layouts.Named(name, day); err != nil {
		return fault.New(fault.Invalid, "urging.invalid").At("layout", "field.not_in_list")
	}
	return nil
}
