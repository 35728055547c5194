package work

import (
	"fmt"
	"net/http"

	"chonoi/internal/programme"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// forms fills in the forms of a task's page with what was typed.
func (v *taskView) forms(r *http.Request, given web.Values, faults parts.Faults, t *programme.Task, today when.Day) {
	field := func(name, label string, optional bool) parts.Field {
		return parts.Field{Name: name, Label: web.T(r, label), Value: given.Long(name), Error: faults.At(name), Optional: optional}
	}
	choices := func(f parts.Field, prefix string, values []string, empty string) parts.Field {
		if empty != "" {
			f.Options = append(f.Options, parts.Option{Text: web.T(r, empty)})
		}
		for _, one := range values {
			f.Options = append(f.Options, parts.Option{Value: one, Text: web.T(r, prefix+one), On: f.Value == one})
		}
		return f
	}
	v.Form = reportForm{Period: field("period", "report.period", false), Said: choices(field("said", "report.said", false), "said_title.", programme.Said, ""),
		Done: field("done_on", "report.done_on", true), Words: field("words", "report.words", true),
		Difficulty: choices(field("difficulty", "report.difficulty", true), "difficulty.", programme.Difficulties, "report.no_difficulty"),
		Proposal:   field("proposal", "report.proposal", true),
		Confidence: choices(field("confidence", "report.confidence", true), "confidence.", programme.Confidences, "report.no_confidence"),
		Why:        field("confidence_reason", "report.why", true)}
	v.Form.Period.Hint, v.Form.Period.Short = web.T(r, "report.period_hint"), true
	if v.Form.Period.Value == "" {
		v.Form.Period.Value = fmt.Sprintf("%04d-%02d", today.Year, today.Month)
	}
	v.Form.Done.Type, v.Form.Done.Short, v.Form.Done.Hint = "date", true, web.T(r, "report.done_on_hint")
	v.Form.Words.Rows, v.Form.Words.Max, v.Form.Words.Hint = 6, 8000, web.T(r, "report.words_hint")
	v.Form.Proposal.Rows, v.Form.Proposal.Max = 3, 8000
	v.Form.Why.Hint = web.T(r, "report.why_hint")
	v.Due = dueForm{field("due", "task.new_due", false), field("due_reason", "task.due_reason", false), field("decision", "task.due_decision", false)}
	v.Due.Day.Type, v.Due.Day.Short, v.Due.Decision.Hint = "date", true, web.T(r, "task.due_decision_hint")
	v.Bring = bringForm{field("file", "evidence.file", false), field("title", "evidence.title", false),
		choices(field("form", "evidence.form", false), "evidence.form_", programme.EvidenceForms, ""), field("dated", "evidence.dated", true)}
	v.Bring.File.Hint, v.Bring.Dated.Type, v.Bring.Dated.Short, v.Bring.Title.Max = web.T(r, "evidence.file_hint"), "date", true, 300
}

// mine returns a task on which the caller may report.
func (d doors) mine(r *http.Request) (*programme.Task, *programme.Plan, error) {
	t, p, err := programme.TaskOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err == nil && (t.Secret || !t.Answers(web.Actor(r), p)) {
		err = notYours()
	}
	return t, p, err
}

// led returns a task of a plan that the caller leads.
func (d doors) led(r *http.Request) (*programme.Task, *programme.Plan, error) {
	t, p, err := programme.TaskOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err == nil && (t.Secret || !p.Led(web.Actor(r))) {
		err = notYours()
	}
	return t, p, err
}

// done ends an act on a task: with a word and the page anew, or with the page and what is amiss.
func (d doors) done(w http.ResponseWriter, r *http.Request, err error, notice string) error {
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.drawTask(w, r, web.Form(r), faults)
	}
	web.Notice(w, r, notice)
	return web.Goto(w, r, "/tasks/"+r.PathValue("id"))
}

func (d doors) report(w http.ResponseWriter, r *http.Request) error {
	t, _, err := d.mine(r)
	if err != nil {
		return err
	}
	form := web.Form(r)
	done, ok := form.Day("done_on")
	if !ok {
		done = when.DayOf(web.Tx(r).Now).AddDays(1) // no day that can be: told beside the field
	}
	_, err = programme.File(web.Tx(r), web.Actor(r), t, programme.Progress{Period: form.Text("period"), Said: form.Text("said"), Done: done, Words: form.Long("words"),
		Difficulty: form.Text("difficulty"), Proposal: form.Long("proposal"), Confidence: form.Text("confidence"), Why: form.Text("confidence_reason")})
	return d.done(w, r, err, "report.done_filed")
}

func (d doors) accept(w http.ResponseWriter, r *http.Request) error {
	t, _, err := d.led(r)
	if err != nil {
		return err
	}
	return d.done(w, r, programme.Accept(web.Tx(r), web.Actor(r), t, r.PathValue("report")), "report.done_accepted")
}

func (d doors) giveBack(w http.ResponseWriter, r *http.Request) error {
	t, _, err := d.led(r)
	if err != nil {
		return err
	}
	return d.done(w, r, programme.Return(web.Tx(r), web.Actor(r), t, r.PathValue("report"), web.Form(r).Long("reason")), "report.done_returned")
}

func (d doors) moveDue(w http.ResponseWriter, r *http.Request) error {
	t, _, err := d.led(r)
	if err != nil {
		return err
	}
	form := web.Form(r)
	day, _ := form.Day("due")
	return d.done(w, r, programme.MoveDue(web.Tx(r), web.Actor(r), t, day, form.Long("due_reason"), form.Text("decision")), "task.done_moved")
}

func (d doors) check(w http.ResponseWriter, r *http.Request) error {
	t, _, err := d.led(r)
	if err != nil {
		return err
	}
	if _, err := evidenceOfTask(r, t); err != nil {
		return err
	}
	refused := ""
	if web.Form(r).Text("verdict") == "refuse" {
		if refused = web.Form(r).Text("refusal"); refused == "" {
			return d.done(w, r, reasonNeeded(), "")
		}
	}
	return d.done(w, r, programme.CheckEvidence(web.Tx(r), web.Actor(r), r.PathValue("item"), refused), "evidence.done_checked")
}

func (d doors) remove(w http.ResponseWriter, r *http.Request) error {
	t, _, err := d.mine(r)
	if err != nil {
		return err
	}
	e, err := evidenceOfTask(r, t)
	if err != nil {
		return err
	}
	if e.By != web.Actor(r).ID {
		return notYours()
	}
	return d.done(w, r, programme.RemoveEvidence(web.Tx(r), web.Actor(r), e.ID), "evidence.done_removed")
}
