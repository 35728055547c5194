package follow

import (
	"net/http"
	"net/url"
	"time"

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

const (
	bodiesShown    = 20
	remindersShown = 50
	ahead          = 14 // days
	mostRows       = 10_000
)

// deskView is what the page of reminders is drawn from.
type deskView struct {
	Of        string // the one body that is asked for
	All       string // where all bodies are shown
	Bodies    []bodyView
	Sent      []sentRow
	More      parts.Pager // bodies
	Older     parts.Pager // reminders
	CSV       string
	Settings  []parts.Action
	ToCome    bool
	NothingIn string
	NoneSent  string
}

type bodyView struct {
	Name, Path string
	Rows       []comeRow
}

type comeRow struct{ Day, Step, Path, Number, Title, TitleIn, Due string }

type sentRow struct {
	Day, Step, Body, Path, Number, Title, TitleIn, Due string
	Sent, Seen                                         parts.Light
}

// asked returns whose reminders the caller may see and asks for: all when it is empty and ok.
func asked(r *http.Request) (bodies []string, err error) {
	actor, one := web.Actor(r), r.URL.Query().Get("body")
	if account.MaySeeProgramme.Allows(actor) {
		if one != "" {
			return []string{one}, nil
		}
		return nil, nil
	}
	for _, m := range actor.Memberships {
		if one == "" || one == m.Organisation {
			bodies = append(bodies, m.Organisation)
		}
	}
	if len(bodies) == 0 {
		return nil, fault.New(fault.Forbidden, "follow.not_yours")
	}
	return bodies, nil
}

// nextMorning is when letters are left next.
func (x *Follower) nextMorning(now time.Time) when.Day {
	today := when.DayOf(now)
	if hour, err := time.Parse("15:04", x.steps.Morning); err == nil && now.Before(today.Start().Add(time.Duration(hour.Hour())*time.Hour+time.Duration(hour.Minute())*time.Minute)) {
		return today
	}
	return today.AddDays(1)
}

func (x *Follower) showDesk(w http.ResponseWriter, r *http.Request) error {
	bodies, err := asked(r)
	if err != nil {
		return err
	}
	v := deskView{CSV: "/desk/reminders.csv", Settings: x.settingsOf(r)}
	query := r.URL.Query()
	base := "/desk/reminders?body=" + url.QueryEscape(query.Get("body"))
	if query.Get("body") != "" {
		v.CSV += "?body=" + url.QueryEscape(query.Get("body"))
		v.All = "/desk/reminders"
		names, err := x.Bodies.Names(web.Tx(r), when.DayOf(web.Tx(r).Now), bodies...)
		if err != nil {
			return err
		}
		v.Of = names[bodies[0]].In(web.Lang(r))
	}
	if v.ToCome = query.Get("before") == ""; v.ToCome {
		if err := x.toCome(r, &v, base, bodies); err != nil {
			return err
		}
	}
	if query.Get("after") == "" {
		if err := x.sent(r, &v, base, bodies); err != nil {
			return err
		}
	}
	page := web.Page{Title: web.T(r, "follow.title"), Section: "/desk/tasks", NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/desk/tasks", Text: web.T(r, "follow.desk")}, {Text: web.T(r, "follow.title")}}}
	return web.Show(w, r, page, deskPage(v))
}

// settingsOf leads to the settings of the caller's own bodies.
func (x *Follower) settingsOf(r *http.Request) (all []parts.Action) {
	var ids []string
	for _, m := range web.Actor(r).Memberships {
		ids = append(ids, m.Organisation)
	}
	names, err := x.Bodies.Names(web.Tx(r), when.DayOf(web.Tx(r).Now), ids...)
	if err != nil {
		return nil
	}
	for _, id := range ids {
		all = append(all, parts.Action{Path: "/desk/reminders/" + id, Text: web.T(r, "follow.settings_of", "Body", names[id].In(web.Lang(r)))})
	}
	return all
}

// toCome lists of what bodies will be reminded.
func (x *Follower) toCome(r *http.Request, v *deskView, base string, only []string) error {
	tx, tag := web.Tx(r), web.Lang(r)
	first, last := x.nextMorning(tx.Now), when.DayOf(tx.Now).AddDays(ahead)
	ids, err := programme.BodiesToRemind(tx, x.steps, first, last, r.URL.Query().Get("after"), bodiesShown, only...)
	if err != nil {
		return err
	}
	names, err := x.Bodies.Names(tx, first, ids...)
	if err != nil {
		return err
	}
	for _, id := range ids {
		due, err := x.DueFor(tx, x.steps, id, first)
		if err != nil {
			return err
		}
		later, err := x.Programme.ToCome(tx, x.steps, id, first, last)
		if err != nil {
			return err
		}
		b := bodyView{Name: names[id].In(tag), Path: "/desk/reminders/" + id}
		for _, one := range append(due, later...) {
			row := comeRow{Day: lang.Date(tag, one.Day.Start()), Step: x.stepText(r, one.Step.Key), Path: "/tasks/" + one.ID, Number: one.Number, Due: lang.Date(tag, one.Due.Start())}
			row.Title, row.TitleIn = shown.Best(r, one.Title)
			b.Rows = append(b.Rows, row)
		}
		if len(b.Rows) > 0 {
			v.Bodies = append(v.Bodies, b)
		}
	}
	if len(ids) == bodiesShown {
		v.More.Next = base + "&after=" + url.QueryEscape(ids[len(ids)-1])
	}
	if r.URL.Query().Get("after") != "" {
		v.More.First = base
	}
	if len(v.Bodies) == 0 {
		v.NothingIn = web.T(r, "follow.nothing_to_come", "N", ahead)
	}
	return nil
}

// stepText names a step: two weeks before the due day, a day after it.
func (x *Follower) stepText(r *http.Request, key string) string {
	for _, one := range x.steps.Step {
		switch {
		case one.Key != key:
		case one.Day < 0:
			return web.T(r, "follow.step_before", "N", -one.Day)
		case one.Day > 0:
			return web.T(r, "follow.step_after", "N", one.Day)
		default:
			return web.T(r, "follow.step_on")
		}
	}
	return key
}

// sent lists of what bodies were reminded.
func (x *Follower) sent(r *http.Request, v *deskView, base string, only []string) error {
	tx, tag := web.Tx(r), web.Lang(r)
	before := r.URL.Query().Get("before")
	all, err := programme.RemindersSent(tx, before, remindersShown, only...)
	if err != nil {
		return err
	}
	tasks, names, letters, err := x.about(r, all)
	if err != nil {
		return err
	}
	for _, one := range all {
		row := sentRow{Day: lang.Date(tag, one.Day.Start()), Step: x.stepText(r, one.Step), Body: names[one.Body].In(tag), Due: lang.Date(tag, one.Due.Start())}
		if t := tasks[one.Task]; t != nil {
			row.Path, row.Number = "/tasks/"+t.ID, t.Number
			if t.Secret {
				row.Title = web.T(r, "plan.secret")
			} else {
				row.Title, row.TitleIn = shown.Best(r, t.Title)
			}
		}
		row.Sent, row.Seen = x.lights(r, one, letters[one.Batch])
		v.Sent = append(v.Sent, row)
	}
	if len(all) == remindersShown {
		v.Older.Next = base + "&before=" + url.QueryEscape(all[len(all)-1].ID)
	}
	if before != "" {
		v.Older.First = base
	}
	if len(all) == 0 {
		v.NoneSent = web.T(r, "follow.none_sent")
	}
	return nil
}

// about reads the tasks, bodies and letters of reminders.
func (x *Follower) about(r *http.Request, all []programme.Reminder) (map[string]*programme.Task, map[string]lang.Both, map[string]int, error) {
	var ids, bodies, batches []string
	for _, one := range all {
		ids, bodies, batches = append(ids, one.Task), append(bodies, one.Body), append(batches, one.Batch)
	}
	if len(all) == 0 {
		return nil, nil, nil, nil
	}
	tasks, err := programme.TasksNamed(web.Tx(r), ids...)
	if err != nil {
		return nil, nil, nil, err
	}
	names, err := x.Bodies.Names(web.Tx(r), when.DayOf(web.Tx(r).Now), bodies...)
	if err != nil {
		return nil, nil, nil, err
	}
	letters, err := programme.LettersOf(web.Tx(r), batches...)
	return tasks, names, letters, err
}

// lights tell whether a reminder went, to how many, and whether somebody came through its link.
func (x *Follower) lights(r *http.Request, one programme.Reminder, letters int) (sent, seen parts.Light) {
	switch {
	case one.Channel == programme.OnDesk:
		sent = parts.Light{Kind: "risk", Text: web.T(r, "follow.on_desk")}
	case one.Sent.IsZero():
		sent = parts.Light{Kind: "idle", Text: web.T(r, "follow.not_sent")}
	default:
		sent = parts.Light{Kind: "run", Text: web.T(r, "follow.sent_to", "N", letters)}
	}
	if !one.Seen.IsZero() {
		seen = parts.Light{Kind: "ok", Text: web.T(r, "follow.seen_at", "Time", lang.DateTime(web.Lang(r), one.Seen))}
	}
	return sent, seen
}

// sendCSV sends what was recorded of reminders, the newest first.
func (x *Follower) sendCSV(w http.ResponseWriter, r *http.Request) error {
	bodies, err := asked(r)
	if err != nil {
		return err
	}
	all, err := programme.RemindersSent(web.Tx(r), r.URL.Query().Get("before"), mostRows, bodies...)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="reminders.csv"`)
	var columns []document.Column
	for _, name := range []string{"id", "day", "step", "task", "due_on", "body", "channel", "sent", "seen"} {
		columns = append(columns, document.Column{Name: name})
	}
	out, err := document.NewWriter(w, document.CSV, columns, document.Layout{BOM: true})
	if err != nil {
		return err
	}
	for _, one := range all {
		if err := out.Write(one.ID, one.Day.String(), one.Step, one.Task, one.Due.String(), one.Body, one.Channel, instant(one.Sent), instant(one.Seen)); err != nil {
			return err
		}
	}
	return out.Close()
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
