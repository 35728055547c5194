package follow

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/programme"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// settingsView is what the page is drawn from on which a body says who has its letters, and when.
type settingsView struct {
	Path, Body, List string
	Faults           parts.Faults
	Weekday          parts.Field
	Readers          parts.Field
	Digest           string // of the day of the digest, for those who may not change it
	Write, All       bool
}

// settled returns the body of the address when the caller belongs to it, or oversees plans and it is a
// body of state or Party, and whether they may set the day of its digest: the body's managers and the
// programme office. Who has the letters, only the body itself sees and sets.
func (x *Follower) settled(r *http.Request) (body string, all bool, err error) {
	tx, actor := web.Tx(r), web.Actor(r)
	body = r.PathValue("body")
	if !actor.In(body) {
		known, err := x.Bodies.Assignable(tx, when.DayOf(tx.Now))
		if err != nil {
			return "", false, err
		}
		if _, ok := known[body]; !ok || !account.MaySeeProgramme.Allows(actor) {
			return "", false, fault.New(fault.NotFound, "record.not_found")
		}
	}
	return body, !actor.Is(account.Inspector) && (actor.Manages(body) || account.MayProgramme.Allows(actor)), nil
}

// sets reports whether the caller sets whether one of the body's people has its letters: managers for
// all, everybody for themselves.
func sets(a account.Actor, body string, who account.ID) bool {
	return !a.Is(account.Inspector) && a.In(body) && (a.Manages(body) || who == a.ID)
}

func (x *Follower) showSettings(w http.ResponseWriter, r *http.Request) error {
	return x.drawSettings(w, r, parts.Faults{})
}

func (x *Follower) drawSettings(w http.ResponseWriter, r *http.Request, faults parts.Faults) error {
	body, all, err := x.settled(r)
	if err != nil {
		return err
	}
	tx, actor := web.Tx(r), web.Actor(r)
	names, err := x.Bodies.Names(tx, when.DayOf(tx.Now), body)
	if err != nil {
		return err
	}
	f, err := programme.FollowingOf(tx, x.steps, body)
	if err != nil {
		return err
	}
	members, err := x.Accounts.Members(tx, body)
	if err != nil {
		return err
	}
	v := settingsView{Path: "/desk/reminders/" + body, Body: names[body].In(web.Lang(r)), List: "/desk/reminders?body=" + url.QueryEscape(body), Faults: faults, All: all,
		Write: all || actor.In(body) && !actor.Is(account.Inspector), Digest: web.T(r, "follow.weekday_"+strconv.Itoa(f.Weekday))}
	v.Weekday = parts.Field{Name: "weekday", Label: web.T(r, "follow.weekday"), Hint: web.T(r, "follow.weekday_hint", "Hour", x.steps.Morning), Error: faults.At("weekday"), Short: true}
	for _, n := range weekdays {
		v.Weekday.Options = append(v.Weekday.Options, parts.Option{Value: strconv.Itoa(n), Text: web.T(r, "follow.weekday_"+strconv.Itoa(n)), On: n == f.Weekday})
	}
	v.Readers = parts.Field{Name: "reader", Label: web.T(r, "follow.readers"), Hint: web.T(r, "follow.readers_hint")}
	for _, m := range members {
		if !m.Since.IsZero() && sets(actor, body, m.Account) {
			v.Readers.Options = append(v.Readers.Options, parts.Option{Value: string(m.Account), Text: m.Name, On: !f.Stopped[m.Account]})
		}
	}
	page := web.Page{Title: web.T(r, "follow.settings"), Section: "/desk/tasks", NoIndex: true, Amiss: faults.Any(),
		Crumbs: []parts.Crumb{{Path: "/desk/tasks", Text: web.T(r, "follow.desk")}, {Path: "/desk/reminders", Text: web.T(r, "follow.title")}, {Text: v.Body}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, settingsPage(v))
}

// set keeps who of a body has its letters; managers set it for all and choose the day of the digest,
// others set it for themselves.
func (x *Follower) set(w http.ResponseWriter, r *http.Request) error {
	body, all, err := x.settled(r)
	if err != nil {
		return err
	}
	tx, actor, form := web.Tx(r), web.Actor(r), web.Form(r)
	if !all && !actor.In(body) {
		return fault.New(fault.Forbidden, "follow.not_yours")
	}
	if all {
		weekday, wrong := strconv.Atoi(form.Text("weekday"))
		if wrong != nil || !isWeekday(weekday) {
			weekday = -1
		}
		faults, err := web.Faults(r, programme.SetFollowing(tx, actor, x.steps, body, weekday))
		if err != nil {
			return err
		}
		if faults.Any() {
			return x.drawSettings(w, r, faults)
		}
	}
	members, err := x.Accounts.Members(tx, body)
	if err != nil {
		return err
	}
	wanted := form.All("reader")
	for _, m := range members {
		if m.Since.IsZero() || !sets(actor, body, m.Account) {
			continue
		}
		if err := programme.StopReminders(tx, actor.ID, body, m.Account, !slices.Contains(wanted, string(m.Account))); err != nil {
			return err
		}
	}
	web.Notice(w, r, "follow.set")
	return web.Goto(w, r, "/desk/reminders/"+body)
}

// open notes that the reader of a letter came through its link, and leads to the task, or to the desk.
func (x *Follower) open(w http.ResponseWriter, r *http.Request) error {
	to := "/desk/tasks"
	if task := r.URL.Query().Get("task"); task != "" {
		to = "/tasks/" + url.PathEscape(task)
	}
	err := web.DB(r).Update(r.Context(), func(tx *db.Tx) error {
		l, err := x.letterOf(tx, r.PathValue("token"))
		if err != nil || r.Method != http.MethodGet || l.State != "sent" {
			return err
		}
		return programme.LetterSeen(tx, l)
	})
	if err != nil {
		return err
	}
	return web.Goto(w, r, to)
}

// stopView is what the page is drawn from on which letters are stopped without signing in.
type stopView struct {
	Title, Text, Settings string
	Done                  bool
}

func (x *Follower) stopping(r *http.Request) (l programme.ReminderLetter, body string, err error) {
	if l, err = x.letterOf(web.Tx(r), r.PathValue("token")); err != nil {
		return l, "", err
	}
	names, err := x.Bodies.Names(web.Tx(r), when.DayOf(web.Tx(r).Now), l.Body)
	return l, names[l.Body].In(web.Lang(r)), err
}

func (x *Follower) showStop(w http.ResponseWriter, r *http.Request) error {
	_, body, err := x.stopping(r)
	if err != nil {
		return err
	}
	v := stopView{Title: web.T(r, "follow.stop_title", "Body", body), Text: web.T(r, "follow.stop_help")}
	return web.Show(w, r, web.Page{Title: v.Title, NoIndex: true}, stopPage(v))
}

// stop stops at once: by the button of the page, or by the one click of a mail program.
// Source: RFC 8058, section 3.2.
func (x *Follower) stop(w http.ResponseWriter, r *http.Request) error {
	l, body, err := x.stopping(r)
	if err != nil {
		return err
	}
	if err := programme.StopReminders(web.Tx(r), l.Reader, l.Body, l.Reader, true); err != nil {
		return err
	}
	v := stopView{Title: web.T(r, "follow.stopped", "Body", body), Text: web.T(r, "follow.stopped_help"), Settings: "/desk/reminders/" + l.Body, Done: true}
	return web.Show(w, r, web.Page{Title: v.Title, NoIndex: true, NoTwin: true}, stopPage(v))
}
