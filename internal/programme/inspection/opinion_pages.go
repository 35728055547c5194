package inspection

import (
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"chonoi/internal/account"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// besideView is what people say of a clause, and the form in which one says something.
type besideView struct {
	Path     string
	Opinions []opinionView
	Trail    string
	Silent   bool   // whoever inspects says it in a finding
	SignIn   string // where a visitor signs in instead of telling an address
	Words    parts.Field
	Name     parts.Field
	Email    parts.Field
	Faults   parts.Faults
}

type opinionView struct {
	ID, Words, Name, At, Answer, AnsweredBy string
	Place, PlacePath                        string
	Number, Reply, Trail                    string
	MayAnswer, MayModerate                  bool
	Given, Amiss                            string // an answer that is not right yet
}

// mostShown is how many opinions stand beside a clause.
const mostShown = 50

// OnClause returns what is said of a clause of a public plan, for the page of the clause.
func OnClause(x *programme.Programme) func(r *http.Request, p *programme.Plan, clause string) (templ.Component, error) {
	d := doors{Programme: x}
	return func(r *http.Request, p *programme.Plan, clause string) (templ.Component, error) {
		if !p.Public || p.State == "draft" {
			return trailLink(clauseTrail(r, p, clause)), nil
		}
		v, err := d.beside(r, p, clause, web.Values{}, parts.Faults{})
		return besidePart(v), err
	}
}

// clauseTrail returns where those who inspect read the trail of a clause, "" for others.
func clauseTrail(r *http.Request, p *programme.Plan, clause string) string {
	if !account.MayInspect.Allows(web.Actor(r)) {
		return ""
	}
	return shown.ClauseAddress(p.ID, clause) + "/trail"
}

func (d doors) beside(r *http.Request, p *programme.Plan, clause string, given web.Values, faults parts.Faults) (besideView, error) {
	v := besideView{Trail: clauseTrail(r, p, clause), Path: shown.ClauseAddress(p.ID, clause) + "/opinions", Silent: !account.MaySpeak.Allows(web.Actor(r)), Faults: faults}
	all, err := programme.OpinionsOn(web.Tx(r), p.ID, clause, mostShown)
	if err != nil {
		return v, err
	}
	answers, err := d.answering(r, p, clause)
	if err != nil {
		return v, err
	}
	for _, o := range all {
		one, err := d.opinion(r, o)
		if err != nil {
			return v, err
		}
		one.MayAnswer = answers != "" && o.Answered.Zero()
		if id := r.PathValue("id"); id == o.ID {
			one.Given, one.Amiss = given.Long("answer"), faults.At("answer_vi")
		}
		v.Opinions = append(v.Opinions, one)
	}
	if !web.Actor(r).SignedIn() {
		v.SignIn = "/sign-in?next=" + url.QueryEscape(shown.ClauseAddress(p.ID, clause)+"#opinions")
		v.Email = parts.Field{Name: "email", ID: "opinion-email", Type: "email", Label: web.T(r, "opinion.email"), Hint: web.T(r, "opinion.email_hint"), Value: given.Text("email"), Error: faults.At("email")}
	}
	v.Words = parts.Field{Name: "words", ID: "opinion-words", Label: web.T(r, "opinion.words"), Hint: web.T(r, "opinion.words_hint"), Value: given.Long("words"), Error: faults.At("words"), Rows: 4, Max: 4000}
	v.Name = parts.Field{Name: "name", ID: "opinion-name", Label: web.T(r, "opinion.name"), Hint: web.T(r, "opinion.name_hint"), Value: given.Text("name"), Error: faults.At("name"), Max: 100, Optional: true}
	return v, nil
}

func (d doors) opinion(r *http.Request, o *programme.Opinion) (opinionView, error) {
	tag := web.Lang(r)
	today := when.DayOf(web.Tx(r).Now)
	one := opinionView{ID: o.ID, Number: o.Number, Words: o.Words, Name: o.Name, At: lang.Date(tag, o.Created), Place: o.Clause, PlacePath: shown.ClauseAddress(o.Plan, o.Clause)}
	if one.Name == "" {
		one.Name = web.T(r, "opinion.nameless")
	}
	if account.MayInspect.Allows(web.Actor(r)) {
		one.Trail = "/opinions/" + o.ID + "/trail"
	}
	if o.State != "shown" {
		if o.Refusal != "" {
			one.Reply = web.T(r, "opinion.refused_as", "Reason", web.T(r, "refusal."+o.Refusal))
		}
		return one, nil
	}
	if o.Answered.Zero() {
		if one.Reply = web.T(r, "opinion.waits", "N", o.Days(today)); o.Days(today) == 0 {
			one.Reply = web.T(r, "opinion.waits_today")
		}
		return one, nil
	}
	if one.Reply = web.T(r, "opinion.took", "N", o.Days(today)); o.Days(today) == 0 {
		one.Reply = web.T(r, "opinion.took_none")
	}
	one.Answer, _ = shown.Best(r, o.Answer)
	names, err := d.Bodies.Names(web.Tx(r), when.DayOf(web.Tx(r).Now), o.AnsweredBy)
	one.AnsweredBy = web.T(r, "opinion.answered_by", "Body", names[o.AnsweredBy].In(tag), "Date", lang.Day(tag, o.Answered))
	return one, err
}

// answering returns the body in whose name the caller answers what is said of a clause: one of his
// own that has the clause to do, or the body of the plan for those who lead it.
func (d doors) answering(r *http.Request, p *programme.Plan, clause string) (string, error) {
	actor := web.Actor(r)
	if !account.MayReport.Allows(actor) {
		return "", nil
	}
	if p.Led(actor) {
		for _, m := range actor.Memberships {
			return m.Organisation, nil
		}
	}
	rows, err := programme.Assignments(web.Tx(r), p.ID)
	for _, row := range rows {
		if row.Clause == clause && row.State == "assigned" && row.Body != "" && actor.In(row.Body) {
			return row.Body, nil
		}
	}
	return "", err
}

func (d doors) say(w http.ResponseWriter, r *http.Request) error {
	p, err := programme.PlanOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	form, clause, notice := web.Form(r), shown.ClausePath(r), "opinion.said"
	o := &programme.Opinion{Plan: p.ID, Clause: clause, Words: form.Long("words"), Name: form.Text("name")}
	if web.Actor(r).SignedIn() {
		err = programme.Say(web.Tx(r), web.Actor(r), o)
	} else {
		notice, err = "opinion.letter_sent", d.askToConfirm(r, o, form.Text("email"))
	}
	status := http.StatusUnprocessableEntity
	if f, ok := fault.As(err); ok && f.Kind == fault.TooMany { // what was typed stays
		kept := *f
		kept.Kind, status = fault.Conflict, http.StatusTooManyRequests
		err = &kept
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		v, err := d.beside(r, p, clause, form, faults)
		if err != nil {
			return err
		}
		name, _ := shown.Best(r, p.Name)
		page := web.Page{Title: web.T(r, "opinion.title"), Section: "/plans", NoIndex: true, Amiss: true, Status: status,
			Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: shown.Address(p.ID), Text: name}, {Path: shown.ClauseAddress(p.ID, clause), Text: clause}}}
		return web.Show(w, r, page, sayPage(v))
	}
	web.Notice(w, r, notice)
	return web.Goto(w, r, shown.ClauseAddress(p.ID, clause))
}

type opinionsView struct {
	Rows    []opinionView
	Refusal parts.Field
	Tabs    []parts.Option
	Pager   parts.Pager
	Nothing *parts.Empty
	Faults  parts.Faults
}

func (d doors) showOpinions(w http.ResponseWriter, r *http.Request) error {
	return d.drawOpinions(w, r, parts.Faults{})
}

// drawOpinions draws the desk where opinions are looked at before they are shown.
func (d doors) drawOpinions(w http.ResponseWriter, r *http.Request, faults parts.Faults) error {
	state := r.URL.Query().Get("state")
	if state != "shown" && state != "refused" {
		state = "waiting"
	}
	all, err := programme.OpinionsIn(web.Tx(r), state, r.URL.Query().Get("after"), listSize+1)
	if err != nil {
		return err
	}
	v := opinionsView{Faults: faults, Refusal: parts.Field{Name: "refusal", Label: web.T(r, "opinion.refusal"), Options: []parts.Option{{Text: web.T(r, "opinion.show")}}}}
	for _, code := range programme.Refusals {
		v.Refusal.Options = append(v.Refusal.Options, parts.Option{Value: code, Text: web.T(r, "refusal."+code)})
	}
	for _, one := range []string{"waiting", "shown", "refused"} {
		v.Tabs = append(v.Tabs, parts.Option{Value: "/opinions?state=" + one, Text: web.T(r, "opinion.state_"+one), On: one == state})
	}
	if len(all) > listSize {
		all = all[:listSize]
		v.Pager.Next = "/opinions?state=" + state + "&after=" + url.QueryEscape(all[listSize-1].ID)
	}
	for _, o := range all {
		one, err := d.opinion(r, o)
		if err != nil {
			return err
		}
		one.MayModerate = state == "waiting" && account.MayProgramme.Allows(web.Actor(r))
		v.Rows = append(v.Rows, one)
	}
	if len(v.Rows) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "opinion.none"), Text: web.T(r, "opinion.none_help")}
	}
	page := web.Page{Title: web.T(r, "opinion.desk"), Section: "/plans", NoIndex: true, Amiss: faults.Any(), Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Text: web.T(r, "opinion.desk")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, opinionsPage(v))
}

func (d doors) moderate(w http.ResponseWriter, r *http.Request) error {
	o, err := programme.Opinions.Get(web.Tx(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	refusal := web.Form(r).Text("refusal")
	err = programme.Moderate(web.Tx(r), web.Actor(r), o, refusal)
	if err == nil && refusal != "" {
		err = d.tellRefused(r, o, refusal)
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.drawOpinions(w, r, faults)
	}
	web.Notice(w, r, "opinion.moderated")
	return web.Goto(w, r, "/opinions")
}

// reply answers an opinion that is shown.
func (d doors) reply(w http.ResponseWriter, r *http.Request) error {
	o, err := programme.Opinions.Get(web.Tx(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	p, err := programme.PlanOf(web.Tx(r), web.Actor(r), o.Plan)
	if err != nil || o.State != "shown" {
		return fault.New(fault.NotFound, "record.not_found")
	}
	body, err := d.answering(r, p, o.Clause)
	if err != nil {
		return err
	}
	if body == "" {
		return fault.New(fault.Forbidden, "opinion.not_yours")
	}
	err = programme.Reply(web.Tx(r), web.Actor(r), o, body, lang.Both{Vi: web.Form(r).Long("answer")})
	if err == nil {
		err = d.tellAnswered(r, o, body)
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		v, err := d.beside(r, p, o.Clause, web.Form(r), faults)
		if err != nil {
			return err
		}
		return web.Show(w, r, web.Page{Title: web.T(r, "opinion.title"), Section: "/plans", NoIndex: true, Amiss: true, Status: http.StatusUnprocessableEntity}, sayPage(v))
	}
	web.Notice(w, r, "opinion.answered")
	return web.Goto(w, r, shown.ClauseAddress(o.Plan, o.Clause))
}
