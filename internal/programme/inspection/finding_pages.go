package inspection

import (
	"net/http"

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

type roundView struct {
	Path, Subject, SubjectIn string
	State                    parts.Light
	Facts                    []parts.Fact
	Counts                   []parts.Light
	Findings                 []findingRow
	Held                     bool
	Faults                   parts.Faults
	Words, Clause, Owner     parts.Field
	Due, Conclusion          parts.Field
}

type findingRow struct {
	Path, Number, Words, Body, Due string
	Light                          parts.Light
}

func findingLight(r *http.Request, f *programme.Finding) parts.Light {
	if f.Overdue(when.DayOf(web.Tx(r).Now)) {
		return parts.Light{Kind: "late", Text: web.T(r, "finding.overdue_by", "N", f.Due.DaysUntil(when.DayOf(web.Tx(r).Now)))}
	}
	kind := map[string]string{"open": "run", "answered": "risk", "closed": "ok"}[f.State]
	return parts.Light{Kind: kind, Text: web.T(r, "finding.state_"+f.State)}
}

func (d doors) showRound(w http.ResponseWriter, r *http.Request) error {
	return d.drawRound(w, r, web.Values{}, parts.Faults{})
}

func (d doors) drawRound(w http.ResponseWriter, r *http.Request, given web.Values, faults parts.Faults) error {
	tx, actor, tag := web.Tx(r), web.Actor(r), web.Lang(r)
	one, p, err := programme.RoundOf(tx, actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	found, err := programme.FindingsOf(tx, one.ID)
	if err != nil {
		return err
	}
	v := roundView{Path: "/rounds/" + one.ID, State: roundLight(r, one), Counts: counts(r, found), Held: one.Held(actor) && one.State == "open", Faults: faults}
	v.Subject, v.SubjectIn = shown.Best(r, one.Subject)
	plan, _ := shown.Best(r, p.Name)
	fact := func(key, value string) {
		if value != "" {
			v.Facts = append(v.Facts, parts.Fact{Name: web.T(r, "round."+key), Value: value})
		}
	}
	fact("kind", web.T(r, "round.kind_"+one.Kind))
	if p.Seen(actor) {
		v.Facts = append(v.Facts, parts.Fact{Name: web.T(r, "round.plan"), Value: plan, Path: shown.Address(p.ID)})
	}
	fact("holder", one.Holder)
	fact("decision", one.Decision)
	fact("begins_on", lang.Day(tag, one.Begins))
	fact("ends_on", lang.Day(tag, one.Ends))
	fact("members", one.Members)
	fact("conclusion", one.Conclusion)
	if err := d.findingRows(r, &v, found); err != nil {
		return err
	}
	if v.Held {
		if err := d.findingForm(r, &v, given, faults); err != nil {
			return err
		}
	}
	page := web.Page{Title: v.Subject, Section: "/plans", NoIndex: !one.Public, Amiss: faults.Any(), Crumbs: crumbs(r, v.Subject)}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, roundPage(v))
}

func (d doors) findingRows(r *http.Request, v *roundView, found []*programme.Finding) error {
	var ids []string
	for _, f := range found {
		ids = append(ids, f.Owner)
	}
	names, err := d.Bodies.Names(web.Tx(r), when.DayOf(web.Tx(r).Now), ids...)
	for _, f := range found {
		v.Findings = append(v.Findings, findingRow{Path: "/findings/" + f.ID, Number: f.Number, Words: f.Words, Body: names[f.Owner].In(web.Lang(r)), Due: lang.Day(web.Lang(r), f.Due), Light: findingLight(r, f)})
	}
	return err
}

func (d doors) findingForm(r *http.Request, v *roundView, given web.Values, faults parts.Faults) error {
	all, err := d.Bodies.Assignable(web.Tx(r), when.DayOf(web.Tx(r).Now))
	if err != nil {
		return err
	}
	v.Owner = parts.Field{Name: "owner", Label: web.T(r, "finding.owner"), Error: faults.At("owner"), Options: []parts.Option{{Text: web.T(r, "finding.choose_owner")}}}
	for id, name := range all {
		if len(id) > 6 && id[:6] == "class:" {
			continue
		}
		v.Owner.Options = append(v.Owner.Options, parts.Option{Value: id, Text: name.In(web.Lang(r)), On: id == given.Text("owner")})
	}
	lang.Sort(v.Owner.Options[1:], func(o parts.Option) string { return o.Text })
	v.Words = parts.Field{Name: "words", Label: web.T(r, "finding.words"), Value: given.Long("words"), Error: faults.At("words"), Rows: 4, Max: 8000}
	v.Clause = parts.Field{Name: "clause", Label: web.T(r, "finding.clause"), Hint: web.T(r, "finding.clause_hint"), Value: given.Text("clause"), Error: faults.At("clause"), Short: true, Optional: true}
	v.Due = parts.Field{Name: "due_on", Type: "date", Short: true, Label: web.T(r, "finding.due_on"), Value: given.Text("due_on"), Error: faults.At("due_on")}
	v.Conclusion = parts.Field{Name: "conclusion", Label: web.T(r, "round.conclusion"), Value: given.Long("conclusion"), Error: faults.At("conclusion"), Rows: 4, Max: 8000}
	return nil
}

// held returns a round in which the caller writes.
func (d doors) held(r *http.Request, id string) (*programme.Round, error) {
	one, _, err := programme.RoundOf(web.Tx(r), web.Actor(r), id)
	if err == nil && !one.Held(web.Actor(r)) {
		err = fault.New(fault.Forbidden, "round.not_yours")
	}
	return one, err
}

func (d doors) find(w http.ResponseWriter, r *http.Request) error {
	one, err := d.held(r, r.PathValue("id"))
	if err != nil {
		return err
	}
	form := web.Form(r)
	f := &programme.Finding{Clause: form.Text("clause"), Words: form.Long("words")}
	f.Owner = form.Text("owner")
	due, ok := form.Day("due_on")
	if f.Due = due; !ok {
		err = fault.New(fault.Invalid, "finding.invalid").At("due_on", "field.not_a_day")
	} else {
		err = programme.AddFinding(web.Tx(r), web.Actor(r), one, f)
	}
	return d.roundDone(w, r, err, "finding.found")
}

func (d doors) close(w http.ResponseWriter, r *http.Request) error {
	one, err := d.held(r, r.PathValue("id"))
	if err != nil {
		return err
	}
	return d.roundDone(w, r, programme.CloseRound(web.Tx(r), web.Actor(r), one, web.Form(r).Long("conclusion")), "round.closed")
}

func (d doors) roundDone(w http.ResponseWriter, r *http.Request, err error, notice string) error {
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.drawRound(w, r, web.Form(r), faults)
	}
	web.Notice(w, r, notice)
	return web.Goto(w, r, "/rounds/"+r.PathValue("id"))
}

type findingView struct {
	Path, Number, Words, Round, RoundPath string
	Light                                 parts.Light
	Facts                                 []parts.Fact
	Answers                               []parts.Moment
	Faults                                parts.Faults
	Answer, Reason                        parts.Field
	MayAnswer, MayDecide                  bool
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
	return d.findingDone(w, r, programme.DecideAnswer(web.Tx(r), web.Actor(r), f, form.Text("verdict") == "close", form.Long("reason")), "finding.decided")
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

// sendFindings sends the findings of the rounds that the reader may see.
func (d doors) sendFindings(w http.ResponseWriter, r *http.Request) error {
	rounds, err := programme.RoundsOf(web.Tx(r), r.URL.Query().Get("plan"), "", 1000)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="findings.csv"`)
	var columns []document.Column
	for _, name := range []string{"round", "kind", "holder", "finding", "clause", "words", "body", "due", "state", "closed"} {
		columns = append(columns, document.Column{Name: name})
	}
	out, err := document.NewWriter(w, document.CSV, columns, document.Layout{BOM: true})
	if err != nil {
		return err
	}
	for _, one := range rounds {
		if _, _, err := programme.RoundOf(web.Tx(r), web.Actor(r), one.ID); err != nil {
			continue
		}
		var v roundView
		found, err := programme.FindingsOf(web.Tx(r), one.ID)
		if err == nil {
			err = d.findingRows(r, &v, found)
		}
		if err != nil {
			return err
		}
		for i, f := range found {
			if err := out.Write(one.Number, one.Kind, one.Holder, f.Number, f.Clause, f.Words, v.Findings[i].Body, f.Due.String(), f.State, f.Closed.String()); err != nil {
				return err
			}
		}
	}
	return out.Close()
}
