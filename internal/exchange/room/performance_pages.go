package room

import (
	"fmt"
	"net/http"

	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/route"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/acts"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// performanceView is the page of what happens after a contract took effect.
type performanceView struct {
	Path, Number, Title, TitleIn, Between string
	Light                                 parts.Light
	Ended                                 string
	HandOver, Money, Surveys              parts.Table
	Confirm, Survey, Review               *acts.Form
	Pay                                   []*acts.Form
	Disputes                              []disputeView
	Acts                                  []*acts.Form
	Reviews                               []reviewView
	ReviewNote                            string
	Reportable, Encouraged                bool
	Faults                                parts.Faults
}

type disputeView struct {
	Head, Words, Settlement, Note string
	Light                         parts.Light
}

type reviewView struct {
	Head, Words string
	Facts       []parts.Fact
}

// hasPerformance reports whether a deal has come so far that there is something to perform.
func hasPerformance(d *deal.Deal) bool {
	switch d.State {
	case deal.Effective, deal.Performing, deal.Disputed, deal.Completed, deal.Terminated:
		return true
	}
	return false
}

func (d doors) showPerformance(w http.ResponseWriter, r *http.Request) error {
	one, err := d.enter(r)
	if err != nil {
		return err
	}
	return d.drawPerformance(w, r, one, "", parts.Faults{})
}

func (d doors) drawPerformance(w http.ResponseWriter, r *http.Request, one *deal.Room, sent string, faults parts.Faults) error {
	tx, tag := web.Tx(r), web.Lang(r)
	names, err := d.Names(tx, one.Supplier, one.Receiver)
	if err != nil {
		return err
	}
	v := &performanceView{Path: "/deals/" + one.ID, Number: one.Number, Light: light(r, one.Deal), Faults: faults, Reportable: hasPerformance(one.Deal),
		Between: web.T(r, "deal.between", "Supplier", names[one.Supplier].In(tag), "Receiver", names[one.Receiver].In(tag))}
	v.Title, v.TitleIn = best(r, one.Title)
	if !one.Ended.Zero() && one.State != deal.Stopped {
		v.Ended = web.T(r, "perform.ended_"+one.State, "Date", lang.Day(tag, one.Ended), "Reason", d.Codes.Name("termination_reasons", one.Reason).In(tag))
	}
	if l, err := deal.LegalOf(tx, one.ID); err != nil {
		return err
	} else if l != nil {
		v.Encouraged = one.State == deal.Completed && l.Facts.Class == route.Encouraged
	}
	f := &acts.Forms{Request: r, Faults: faults, Sent: sent}
	for _, fill := range []func(*performanceView, *deal.Room, *acts.Forms) error{d.fillHandOver, d.fillMoney, d.fillDisputes, d.fillSurveys, d.fillReviews} {
		if err := fill(v, one, f); err != nil {
			return err
		}
	}
	page := web.Page{Title: web.T(r, "perform.title"), Section: "/deals", Amiss: faults.Any(), NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/deals", Text: web.T(r, "deal.list")}, {Path: v.Path, Text: one.Number}, {Text: web.T(r, "perform.title")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, performancePage(v))
}

// fillHandOver fills in the steps of the hand-over, and the form in which one's own side confirms one.
func (d doors) fillHandOver(v *performanceView, one *deal.Room, f *acts.Forms) error {
	r, tag := f.Request, web.Lang(f.Request)
	v.HandOver = parts.Table{Label: web.T(r, "perform.hand_over"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "perform.step")}, {Title: web.T(r, "perform.method")}, {Title: web.T(r, "perform.due")},
		{Title: web.T(r, "deal.side_supplier")}, {Title: web.T(r, "deal.side_receiver")}}}
	all, err := deal.HandOvers(web.Tx(r), one.ID)
	if err != nil || !hasPerformance(one.Deal) {
		return err
	}
	today := when.DayOf(web.Tx(r).Now)
	var open []parts.Option
	for _, h := range all {
		line := []parts.Cell{{Text: d.stepName(r, h)}, {Text: "–"}, {Text: "–"}}
		if h.Method != "" {
			line[1].Text = d.Codes.Name("transfer_methods", h.Method).In(tag)
		}
		if !h.Due.Zero() {
			line[2].Text = lang.Day(tag, h.Due)
			if h.Due.Before(today) && !h.Done() {
				line[2].Note, line[2].Kind = web.T(r, "perform.late"), "worse"
			}
		}
		for _, side := range []deal.Side{deal.Supplier, deal.Receiver} {
			c, said := h.Confirmed[side]
			cell := parts.Cell{Text: web.T(r, "perform.not_confirmed"), Light: "idle"}
			if said {
				cell = parts.Cell{Text: web.T(r, "perform.confirmed_on", "Date", lang.Day(tag, c.On)), Note: c.Words, Light: "ok"}
			}
			line = append(line, cell)
		}
		v.HandOver.Rows = append(v.HandOver.Rows, line)
		if _, said := h.Confirmed[one.Side]; !said {
			open = append(open, parts.Option{Value: fmt.Sprint(h.N), Text: d.stepName(r, h)})
		}
	}
	if one.Acts(web.Actor(r)) && deal.Possible(one.State, "milestone") && len(open) > 0 {
		const path = "handover"
		words := f.Long(path, "words", "perform.words")
		words.Optional = true
		step := f.Choice(path, "step", "perform.step", open)
		if len(open) == 1 {
			step.Options = step.Options[1:]
		}
		v.Confirm = f.Form(path, "perform.confirm", false, step, f.Day(path, "done_on", "perform.done_on"), words)
	}
	return nil
}

// stepName is what a step of the hand-over is called.
func (d doors) stepName(r *http.Request, h *deal.HandOver) string {
	switch {
	case h.What != "":
		return h.What
	case h.Method != "":
		return d.Codes.Name("transfer_methods", h.Method).In(web.Lang(r))
	}
	return web.T(r, "perform.acceptance")
}

// fillDisputes fills in the disputes, and the forms that raise, settle or end.
func (d doors) fillDisputes(v *performanceView, one *deal.Room, f *acts.Forms) error {
	r, tag := f.Request, web.Lang(f.Request)
	all, err := deal.DisputesOf(web.Tx(r), one.ID)
	if err != nil {
		return err
	}
	acts := one.Acts(web.Actor(r))
	for _, one := range all {
		line := disputeView{Head: web.T(r, "perform.dispute_head", "Side", web.T(r, "deal.side_"+string(one.Side)), "Time", lang.DateTime(tag, when.Time(one.At))), Words: one.Words, Settlement: one.Settlement,
			Light: parts.Light{Kind: "late", Text: web.T(r, "perform.dispute_open")}}
		switch {
		case one.EndedAt > 0:
			line.Light = parts.Light{Kind: "idle", Text: web.T(r, "perform.dispute_over", "Time", lang.DateTime(tag, when.Time(one.EndedAt)))}
		case one.ProposedBy != "":
			line.Note = web.T(r, "perform.proposed_by", "Side", web.T(r, "deal.side_"+string(one.ProposedBy)))
		}
		v.Disputes = append(v.Disputes, line)
	}
	if !acts {
		return nil
	}
	if len(all) > 0 && all[0].EndedAt == 0 && all[0].ProposedBy == one.Side.Other() {
		agree := f.Form("agreement", "perform.settle", false)
		agree.Hidden = []parts.Option{{Value: "digest", Text: all[0].Digest()}}
		v.Acts = append(v.Acts, agree)
	}
	if deal.Possible(one.State, "settlement_proposal") {
		v.Acts = append(v.Acts, f.Form("settlement", "perform.propose_settlement", false, f.Long("settlement", "words", "perform.settlement_words")))
	}
	if deal.Possible(one.State, "dispute") {
		v.Acts = append(v.Acts, f.Form("dispute", "perform.raise", true, f.Long("dispute", "words", "perform.dispute_words")))
	}
	if deal.Possible(one.State, "termination") {
		v.Acts = append(v.Acts, f.Form("termination", "perform.terminate", true, d.codes(f, "termination", "reason", "perform.reason", "termination_reasons"), f.Day("termination", "ended_on", "perform.ended_on"), f.Long("termination", "words", "perform.words")))
	}
	return nil
}

// fillSurveys fills in the surveys of the receiver, and the one that may be answered now.
func (d doors) fillSurveys(v *performanceView, one *deal.Room, f *acts.Forms) error {
	r, tag := f.Request, web.Lang(f.Request)
	all, err := deal.Surveys(web.Tx(r), one.Deal)
	if err != nil || len(all) == 0 {
		return err
	}
	v.Surveys = parts.Table{Label: web.T(r, "perform.surveys"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "perform.survey")}, {Title: web.T(r, "perform.from")}, {Title: web.T(r, "perform.producing")}, {Title: web.T(r, "perform.revenue"), Num: true}, {Title: web.T(r, "perform.jobs"), Num: true}}}
	today := when.DayOf(web.Tx(r).Now)
	for i, s := range all {
		line := []parts.Cell{{Text: web.T(r, "perform.after_months", "N", s.Months)}, {Text: lang.Day(tag, s.DueOn)}, {Text: web.T(r, "perform.not_yet"), Light: "idle"}, {Text: "–"}, {Text: "–"}}
		begun, over := !today.Before(s.DueOn), i+1 < len(all) && !today.Before(all[i+1].DueOn)
		switch {
		case s.At > 0 && s.Producing:
			line[2] = parts.Cell{Text: web.T(r, "perform.producing_since", "Date", lang.Day(tag, s.Since)), Light: "ok", Note: s.Words}
		case s.At > 0:
			line[2] = parts.Cell{Text: web.T(r, "perform.not_producing"), Light: "risk", Note: s.Words}
		case over:
			line[2] = parts.Cell{Text: web.T(r, "perform.unanswered"), Light: "late"}
		case begun:
			line[2] = parts.Cell{Text: web.T(r, "perform.awaited"), Light: "risk"}
		}
		if s.At > 0 {
			line[3].Text, line[4].Text = lang.Number(tag, s.Revenue), lang.Number(tag, s.Jobs)
		}
		v.Surveys.Rows = append(v.Surveys.Rows, line)
		if begun && !over && one.Acts(web.Actor(r)) && one.Side == deal.Receiver {
			v.Survey = surveyForm(f, s)
		}
	}
	return nil
}

func surveyForm(f *acts.Forms, s *deal.Survey) *acts.Form {
	const path = "survey"
	producing := f.Choice(path, "producing", "perform.producing", []parts.Option{{Value: "yes", Text: web.T(f.Request, "perform.yes")}, {Value: "no", Text: web.T(f.Request, "perform.no")}})
	since := f.Day(path, "since", "perform.since")
	words := f.Long(path, "words", "perform.survey_words")
	revenue := f.Number(path, "revenue", "perform.revenue_help", s.Revenue)
	revenue.Unit = web.T(f.Request, "enquiry.dong")
	jobs := f.Number(path, "jobs", "perform.jobs_help", s.Jobs)
	since.Optional, words.Optional, revenue.Optional, jobs.Optional = true, true, true, true
	if path != f.Sent {
		since.Value = s.Since.String()
		words.Value = s.Words
		for i := range producing.Options {
			producing.Options[i].On = s.At > 0 && producing.Options[i].Value == map[bool]string{true: "yes", false: "no"}[s.Producing]
		}
	}
	form := f.Form(path, "perform.answer", false, producing, since, revenue, jobs, words)
	form.Head = web.T(f.Request, "perform.survey_head", "N", s.Months)
	form.Hidden = []parts.Option{{Value: "months", Text: fmt.Sprint(s.Months)}}
	return form
}

// fillReviews fills in the reviews that the reader may see, and the form of his own side's.
func (d doors) fillReviews(v *performanceView, one *deal.Room, f *acts.Forms) error {
	r := f.Request
	all, err := deal.Reviews(web.Tx(r), one)
	if err != nil {
		return err
	}
	mine := false
	for _, one := range all {
		line := reviewView{Head: web.T(r, "perform.review_of", "Side", web.T(r, "deal.side_"+string(one.Side)), "Other", web.T(r, "deal.side_"+string(one.Side.Other()))), Words: one.Words}
		for _, mark := range []struct {
			name string
			n    int64
		}{{"as_told", one.AsTold}, {"in_time", one.InTime}, {"support", one.Support}} {
			line.Facts = append(line.Facts, parts.Fact{Name: web.T(r, "perform."+mark.name), Value: web.T(r, "perform.mark", "N", mark.n)})
		}
		line.Facts = append(line.Facts, parts.Fact{Name: web.T(r, "perform.again"), Value: web.T(r, map[bool]string{true: "perform.yes", false: "perform.no"}[one.Again])})
		v.Reviews = append(v.Reviews, line)
	}
	for _, other := range all {
		mine = mine || other.Side == one.Side
	}
	if mine && len(all) == 1 {
		v.ReviewNote = web.T(r, "perform.review_waits")
	}
	if one.Acts(web.Actor(r)) && deal.Possible(one.State, "review") && !mine {
		const path = "review"
		words := f.Long(path, "words", "perform.words")
		words.Optional = true
		again := f.Choice(path, "again", "perform.again", []parts.Option{{Value: "yes", Text: web.T(r, "perform.yes")}, {Value: "no", Text: web.T(r, "perform.no")}})
		v.Review = f.Form(path, "perform.review", false, marks(f, path, "as_told", "perform.as_told"), marks(f, path, "in_time", "perform.in_time"), marks(f, path, "support", "perform.support"), again, words)
		v.Review.Help = web.T(r, "perform.review_help")
	}
	return nil
}
