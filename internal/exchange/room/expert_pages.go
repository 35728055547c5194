package room

import (
	"net/http"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/acts"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// expertView is the page of what experts found and what the technology was valued at.
type expertView struct {
	Path, Number, Title, TitleIn, Between string
	Found, Valued                         []opinionView
	Forms                                 []*acts.Form
	Faults                                parts.Faults
}

type opinionView struct {
	Head, Words string
	Light       parts.Light
	Facts       []parts.Fact
	Paper       []parts.Paper
}

func (d doors) showExperts(w http.ResponseWriter, r *http.Request) error {
	one, err := d.enter(r)
	if err != nil {
		return err
	}
	return d.drawExperts(w, r, one, "", parts.Faults{})
}

func (d doors) drawExperts(w http.ResponseWriter, r *http.Request, one *deal.Room, sent string, faults parts.Faults) error {
	tx, tag := web.Tx(r), web.Lang(r)
	names, err := d.Names(tx, one.Supplier, one.Receiver)
	if err != nil {
		return err
	}
	v := expertView{Path: "/deals/" + one.ID, Number: one.Number, Faults: faults,
		Between: web.T(r, "deal.between", "Supplier", names[one.Supplier].In(tag), "Receiver", names[one.Receiver].In(tag))}
	v.Title, v.TitleIn = best(r, one.Title)
	files, _, err := deal.Documents(tx, one)
	if err != nil {
		return err
	}
	if err := d.opinions(r, &v, one, files); err != nil {
		return err
	}
	d.opinionForms(&v, one, &acts.Forms{Request: r, Faults: faults, Sent: sent}, files)
	page := web.Page{Title: web.T(r, "expert.title"), Section: "/deals", Amiss: faults.Any(), NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/deals", Text: web.T(r, "deal.list")}, {Path: v.Path, Text: one.Number}, {Text: web.T(r, "expert.title")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, expertPage(v))
}

// opinions fills in what was recorded; a document is named where the reader may open it.
func (d doors) opinions(r *http.Request, v *expertView, one *deal.Room, files []*deal.Document) error {
	tx, tag := web.Tx(r), web.Lang(r)
	paper := func(id string) (all []parts.Paper) {
		for _, f := range files {
			if f.ID == id {
				all = append(all, parts.Paper{Path: "/deal-files/" + id, Name: f.Called(tag), Note: f.Ext()})
			}
		}
		return all
	}
	brought := func(side deal.Side, at int64) parts.Fact {
		return parts.Fact{Name: web.T(r, "expert.brought"), Value: web.T(r, "expert.brought_by", "Side", web.T(r, "deal.side_"+string(side)), "Time", lang.DateTime(tag, when.Time(at)))}
	}
	found, err := deal.EvaluationsOf(tx, one.ID)
	if err != nil {
		return err
	}
	for _, e := range found {
		v.Found = append(v.Found, opinionView{Head: e.By, Words: e.Findings, Paper: paper(e.Attachment),
			Light: parts.Light{Kind: map[string]string{"fit": "ok", "fit_if": "risk", "not_fit": "late"}[e.Verdict], Text: d.Codes.Name("evaluation_verdicts", e.Verdict).In(tag)},
			Facts: []parts.Fact{{Name: web.T(r, "expert.on"), Value: lang.Day(tag, e.On)}, {Name: web.T(r, "expert.examined"), Value: e.Examined}, brought(e.Side, e.At)}})
	}
	valued, err := deal.ValuationsOf(tx, one.ID)
	if err != nil {
		return err
	}
	for _, e := range valued {
		line := opinionView{Head: web.T(r, "expert.range", "Low", lang.Number(tag, e.Low), "High", lang.Number(tag, e.High)), Paper: paper(e.Attachment), Light: parts.Light{Kind: "ok", Text: web.T(r, "expert.no_end")},
			Facts: []parts.Fact{{Name: web.T(r, "expert.by"), Value: e.By}, {Name: web.T(r, "expert.on"), Value: lang.Day(tag, e.On)}, {Name: web.T(r, "expert.method"), Value: d.Codes.Name("valuation_methods", e.Method).In(tag)},
				{Name: web.T(r, "expert.assumptions"), Value: e.Assumptions}}}
		if e.Paper != "" {
			line.Facts = append(line.Facts, parts.Fact{Name: web.T(r, "expert.paper"), Value: e.Paper})
		}
		line.Facts = append(line.Facts, brought(e.Side, e.At))
		if !e.Until.Zero() {
			line.Light.Text = web.T(r, "expert.until", "Date", lang.Day(tag, e.Until))
		}
		if !e.Valid(when.DayOf(tx.Now)) {
			line.Light.Kind = "late"
		}
		v.Valued = append(v.Valued, line)
	}
	return nil
}

// opinionForms are the forms in which a side records what was found.
func (d doors) opinionForms(v *expertView, one *deal.Room, f *acts.Forms, files []*deal.Document) {
	if !one.Acts(web.Actor(f.Request)) {
		return
	}
	file := func(path string) parts.Field {
		var options []parts.Option
		for _, one := range files {
			if one.Audience != deal.ForOwn {
				options = append(options, parts.Option{Value: one.ID, Text: one.Called(web.Lang(f.Request))})
			}
		}
		one := f.Choice(path, "attachment", "expert.attachment", options)
		one.Optional = true
		return one
	}
	if deal.Possible(one.State, "expert_evaluation") || deal.Possible(one.State, "evaluation") {
		const path = "evaluation"
		form := f.Form(path, "expert.do_evaluation", true, f.Field(path, "by", "expert.experts"), f.Day(path, "evaluated_on", "expert.on"), f.Long(path, "examined", "expert.examined"),
			f.Long(path, "findings", "expert.findings"), d.codes(f, path, "verdict", "expert.verdict", "evaluation_verdicts"), file(path))
		v.Forms = append(v.Forms, form)
	}
	if deal.Possible(one.State, "valuation") {
		const path = "valuation"
		low, high := f.Number(path, "low", "expert.low", 0), f.Number(path, "high", "expert.high", 0)
		low.Unit, high.Unit = web.T(f.Request, "enquiry.dong"), web.T(f.Request, "enquiry.dong")
		paper, until := f.Field(path, "paper", "expert.paper"), f.Field(path, "valid_until", "expert.valid_until")
		until.Type, until.Short = "date", true
		paper.Optional, until.Optional = true, true
		form := f.Form(path, "expert.do_valuation", true, f.Field(path, "by", "expert.by"), paper, f.Day(path, "valued_on", "expert.on"), d.codes(f, path, "method", "expert.method", "valuation_methods"),
			f.Long(path, "assumptions", "expert.assumptions"), low, high, until, file(path))
		form.Help = web.T(f.Request, "expert.valuation_help")
		v.Forms = append(v.Forms, form)
	}
}

// expertActs record what was found, by the names of their addresses.
var expertActs = map[string]func(doors, *db.Tx, account.Actor, *deal.Room, web.Values) error{
	"evaluation": func(d doors, tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		on, err := dayOf(form, "evaluated_on")
		if err != nil {
			return err
		}
		return d.Evaluate(tx, a, one, deal.Evaluation{By: form.Text("by"), On: on, Examined: form.Long("examined"), Findings: form.Long("findings"), Verdict: form.Text("verdict"), Attachment: form.Text("attachment")})
	},
	"valuation": func(d doors, tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		on, err := dayOf(form, "valued_on")
		if err != nil {
			return err
		}
		until, err := dayOf(form, "valid_until")
		if err != nil {
			return err
		}
		var bad []string
		low, high := acts.Sum(form, "low", &bad), acts.Sum(form, "high", &bad)
		if err := numbers(bad); err != nil {
			return err
		}
		return d.Value(tx, a, one, deal.Valuation{By: form.Text("by"), Paper: form.Text("paper"), On: on, Method: form.Text("method"), Assumptions: form.Long("assumptions"), Low: low, High: high, Until: until, Attachment: form.Text("attachment")})
	},
}

// expertAct records what was found and comes back to the page.
func (d doors) expertAct(name string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		one, err := d.enter(r)
		if err != nil {
			return err
		}
		faults, rest := web.Faults(r, expertActs[name](d, web.Tx(r), web.Actor(r), one, web.Form(r)))
		if rest != nil {
			return rest
		}
		if faults.Any() {
			return d.drawExperts(w, r, one, name, faults)
		}
		web.Notice(w, r, "deal.kept")
		return web.Goto(w, r, "/deals/"+one.ID+"/experts")
	}
}
