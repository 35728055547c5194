package inspection

import (
	"net/http"

	"chonoi/internal/account"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

type findingView struct {
	Path, Number, Words, Round, RoundPath string
	Light                                 parts.Light
	Facts                                 []parts.Fact
	Answers                               []parts.Moment
	Faults                                parts.Faults
	Answer, Reason, Due                   parts.Field
	MayAnswer, MayDecide                  bool
	Papers                                []parts.Paper
	Bring                                 *fileForm
	Trail                                 string
}

func (d doors) showFinding(w http.ResponseWriter, r *http.Request) error {
	return d.drawFinding(w, r, web.Values{}, parts.Faults{})
}

func (d doors) drawFinding(w http.ResponseWriter, r *http.Request, given web.Values, faults parts.Faults) error {
	tx, actor, tag := web.Tx(r), web.Actor(r), web.Lang(r)
	f, round, p, err := findingOf(r)
	if err != nil {
		return err
	}
	v := findingView{Path: "/findings/" + f.ID, Number: f.Number, Words: f.Words, RoundPath: "/rounds/" + round.ID, Light: findingLight(r, f), Faults: faults,
		MayAnswer: f.State == "open" && answers(actor, f), MayDecide: f.State == "answered" && round.Held(actor)}
	v.Round, _ = shown.Best(r, round.Subject)
	names, err := d.Bodies.Names(tx, when.DayOf(tx.Now), f.Owner)
	if err != nil {
		return err
	}
	v.Facts = []parts.Fact{{Name: web.T(r, "finding.owner"), Value: names[f.Owner].In(tag)}, {Name: web.T(r, "finding.due_on"), Value: lang.Day(tag, f.Due)}}
	if f.Clause != "" && p.Seen(actor) {
		v.Facts = append(v.Facts, parts.Fact{Name: web.T(r, "finding.clause"), Value: f.Clause, Path: shown.ClauseAddress(p.ID, f.Clause)})
	}
	within, err := inside(tx, actor, round, p)
	if err != nil {
		return err
	}
	if v.Papers, err = papers(r, "check_finding", f.ID, within); err != nil {
		return err
	}
	if answers(actor, f) && f.State != "closed" && d.files != nil && account.MayReport.Allows(actor) {
		form := newFileForm(r)
		v.Bring = &form
	}
	if account.MayInspect.Allows(actor) {
		v.Trail = v.Path + "/trail"
	}
	all, err := programme.AnswersTo(tx, f.ID)
	if err != nil {
		return err
	}
	for _, a := range all {
		v.Answers = append(v.Answers, parts.Moment{At: lang.Date(tag, a.At), Text: a.Words, State: "done"})
		if a.State == "returned" {
			v.Answers = append(v.Answers, parts.Moment{At: lang.Date(tag, a.DecidedAt), Text: web.T(r, "finding.returned_because", "Reason", a.Reason), State: "now"})
		} else if a.State == "accepted" {
			v.Answers = append(v.Answers, parts.Moment{At: lang.Date(tag, a.DecidedAt), Text: web.T(r, "finding.was_accepted"), State: "done"})
		}
	}
	v.Answer = parts.Field{Name: "answer", Label: web.T(r, "finding.answer"), Value: given.Long("answer"), Error: faults.At("answer"), Rows: 5, Max: 8000}
	v.Reason = parts.Field{Name: "reason", Label: web.T(r, "finding.reason"), Value: given.Long("reason"), Error: faults.At("reason"), Rows: 2, Max: 2000, Optional: true}
	v.Due = parts.Field{Name: "due_on", Type: "date", Short: true, Label: web.T(r, "finding.new_due"), Hint: web.T(r, "finding.new_due_hint"), Value: given.Text("due_on"), Error: faults.At("due_on"), Optional: true}
	page := web.Page{Title: f.Number, Section: "/plans", NoIndex: !round.Public, Amiss: faults.Any(), Crumbs: append(crumbs(r, v.Round), parts.Crumb{Text: f.Number})}
	page.Crumbs[2].Path = v.RoundPath
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, findingPage(v))
}

func answers(a account.Actor, f *programme.Finding) bool {
	return !a.Is(account.Inspector) && a.In(f.Owner)
}

// findingOf returns a finding of a round that the reader may see.
func findingOf(r *http.Request) (*programme.Finding, *programme.Round, *programme.Plan, error) {
	f, err := programme.Findings.Get(web.Tx(r), r.PathValue("id"))
	if err != nil {
		return nil, nil, nil, err
	}
	round, p, err := programme.RoundOf(web.Tx(r), web.Actor(r), f.Round)
	return f, round, p, err
}

func (d doors) answer(w http.ResponseWriter, r *http.Request) error {
	f, _, _, err := findingOf(r)
	if err != nil {
		return err
	}
	if !answers(web.Actor(r), f) {
		return fault.New(fault.Forbidden, "finding.not_yours")
	}
	return d.findingDone(w, r, programme.AnswerFinding(web.Tx(r), web.Actor(r), f, web.Form(r).Long("answer")), "finding.answered")
}

func (d doors) decide(w http.ResponseWriter, r *http.Request) error {
	f, round, _, err := findingOf(r)
	if err != nil {
		return err
	}
	if !round.Held(web.Actor(r)) {
		return fault.New(fault.Forbidden, "round.not_yours")
	}
	form := web.Form(r)
	due, ok := form.Day("due_on")
	if !ok {
		return d.findingDone(w, r, fault.New(fault.Invalid, "finding.invalid").At("due_on", "field.not_a_day"), "")
	}
	return d.findingDone(w, r, programme.DecideAnswer(web.Tx(r), web.Actor(r), f, form.Text("verdict") == "close", form.Long("reason"), due), "finding.decided")
}

func (d doors) findingDone(w http.ResponseWriter, r *http.Request, err error, notice string) error {
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.drawFinding(w, r, web.Form(r), faults)
	}
	web.Notice(w, r, notice)
	return web.Goto(w, r, "/findings/"+r.PathValue("id"))
}
