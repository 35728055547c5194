package enquire

import (
	"net/http"
	"net/url"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// listSize is how many enquiries a page shows.
const listSize = 30

var lights = map[string]string{deal.Screening: "idle", deal.Delivered: "run", deal.Questioned: "risk", deal.Agreed: "ok", deal.Opened: "ok",
	deal.Declined: "late", deal.Refused: "late", deal.Withdrawn: "idle", deal.Lapsed: "idle"}

type listView struct {
	Tabs    []parts.Option
	Rows    []row
	Pager   parts.Pager
	Nothing *parts.Empty
}

type row struct {
	Path, Number, Title, TitleIn, Note string
	Light                              parts.Light
}

func (d doors) showList(w http.ResponseWriter, r *http.Request) error {
	actor, query := web.Actor(r), r.URL.Query()
	box, after := query.Get("box"), query.Get("after")
	staff := account.MaySeeDesk.Allows(actor)
	own := organisations(actor)
	b := deal.Box{Today: when.DayOf(web.Tx(r).Now), After: after, Limit: listSize + 1}
	switch {
	case box == "waiting" && staff:
		b.Waiting = true
	case box == "asked":
		b.Asker = own
	default:
		box, b.Holder = "received", own
	}
	found, err := deal.List(web.Tx(r), b)
	if err != nil {
		return err
	}
	var v listView
	path := "/enquiries?box=" + box
	for _, one := range []string{"received", "asked", "waiting"} {
		if one != "waiting" || staff {
			v.Tabs = append(v.Tabs, parts.Option{Value: "/enquiries?box=" + one, Text: web.T(r, "enquiry.box_"+one), On: one == box})
		}
	}
	if len(found) > listSize {
		found = found[:listSize]
		v.Pager.Next = path + "&after=" + url.QueryEscape(found[listSize-1].ID)
	}
	if after != "" {
		v.Pager.First = path
	}
	for _, e := range found {
		one, err := d.row(r, e)
		if err != nil {
			return err
		}
		v.Rows = append(v.Rows, one)
	}
	if len(found) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "enquiry.none"), Text: web.T(r, "enquiry.none_"+box), Actions: []parts.Action{{Path: "/search", Text: web.T(r, "enquiry.look_around"), Kind: "line"}}}
	}
	return web.Show(w, r, web.Page{Title: web.T(r, "enquiry.list"), Section: "/deals", NoIndex: true, Crumbs: []parts.Crumb{{Text: web.T(r, "enquiry.list")}}}, listPage(v))
}

func (d doors) row(r *http.Request, e *deal.Enquiry) (row, error) {
	title, number, err := d.listingTitle(r, e)
	if err != nil {
		return row{}, err
	}
	one := row{Path: "/enquiries/" + e.ID, Number: e.Number, Light: light(r, e)}
	one.Title, one.TitleIn = best(title, web.Lang(r))
	notes := []string{number, lang.Date(web.Lang(r), e.Created)}
	if !e.Due.Zero() {
		notes = append(notes, web.T(r, "enquiry.due", "Date", lang.Day(web.Lang(r), e.Due)))
	}
	one.Note = strings.Join(notes, " · ")
	return one, nil
}

func light(r *http.Request, e *deal.Enquiry) parts.Light {
	kind := lights[e.State]
	if !e.Due.Zero() && e.Due.Before(when.DayOf(web.Tx(r).Now)) {
		kind = "late"
	}
	return parts.Light{Kind: kind, Text: web.T(r, "enquiry.state_"+e.State)}
}

// listingTitle returns the title and number of the listing that an enquiry is about.
func (d doors) listingTitle(r *http.Request, e *deal.Enquiry) (lang.Both, string, error) {
	l, err := d.Listing(web.Tx(r), e.Kind, e.Listing)
	if err != nil {
		return lang.Both{}, "", err
	}
	return l.Title, l.Number, nil
}

// oneView is what the page of an enquiry is drawn from.
type oneView struct {
	Path, Number, Title, TitleIn, Listing string
	Light                                 parts.Light
	Facts                                 []parts.Fact
	Texts                                 []text
	Questions                             []question
	Deal                                  string
	Next                                  string // what is to be done, in words
	Forms                                 []actForm
	Faults                                parts.Faults
}

type text struct{ Head, Text string }

type question struct{ Asked, Question, Answered, Answer string }

// actForm is the form of an act on an enquiry.
type actForm struct {
	Act, Button, Kind string
	Help              string
	Fields            []parts.Field
	Open              bool
}

func (d doors) showOne(w http.ResponseWriter, r *http.Request) error {
	e, err := deal.EnquiryOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return d.drawOne(w, r, e, web.Values{}, "", parts.Faults{})
}

func (d doors) drawOne(w http.ResponseWriter, r *http.Request, e *deal.Enquiry, given web.Values, act string, faults parts.Faults) error {
	title, number, err := d.listingTitle(r, e)
	if err != nil {
		return err
	}
	tag := web.Lang(r)
	v := oneView{Path: "/enquiries/" + e.ID, Number: e.Number, Listing: "/" + e.Kind + "s/" + e.Listing, Light: light(r, e), Faults: faults}
	v.Title, v.TitleIn = best(title, tag)
	if v.Facts, err = d.facts(r, e, number); err != nil {
		return err
	}
	for _, one := range []text{{"wish", e.Wish}, {"unclear", e.Unclear}, {"about", e.About}, {"note", e.Note}} {
		if one.Text != "" {
			v.Texts = append(v.Texts, text{web.T(r, "enquiry."+one.Head), one.Text})
		}
	}
	all, err := deal.Questions(web.Tx(r), e.ID)
	if err != nil {
		return err
	}
	for _, q := range all {
		one := question{Asked: lang.DateTime(tag, when.Time(q.Asked)), Question: q.Question, Answer: q.Answer}
		if q.Answered > 0 {
			one.Answered = lang.DateTime(tag, when.Time(q.Answered))
		}
		v.Questions = append(v.Questions, one)
	}
	if e.Deal != "" {
		if _, err := deal.Enter(web.Tx(r), web.Actor(r), e.Deal); err == nil {
			v.Deal = "/deals/" + e.Deal
		}
	}
	v.Forms = d.forms(r, e, given, act, faults)
	v.Next = web.T(r, "enquiry.next_"+e.State)
	page := web.Page{Title: e.Number, Section: "/deals", Amiss: faults.Any(), NoIndex: true, Crumbs: []parts.Crumb{{Path: "/enquiries", Text: web.T(r, "enquiry.list")}, {Text: e.Number}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, onePage(v))
}

func (d doors) facts(r *http.Request, e *deal.Enquiry, number string) ([]parts.Fact, error) {
	tag, actor := web.Lang(r), web.Actor(r)
	names, err := d.Names(web.Tx(r), e.Owner, e.Holder)
	if err != nil {
		return nil, err
	}
	name := func(open bool, id string) parts.Fact {
		if open {
			return parts.Fact{Value: names[id].In(tag), Path: "/organisations/" + id}
		}
		return parts.Fact{Value: web.T(r, "enquiry.not_named")}
	}
	asker, holder := name(e.NamesAsker(actor), e.Owner), name(e.NamesHolder(actor), e.Holder)
	asker.Name, holder.Name = web.T(r, "enquiry.asker"), web.T(r, "enquiry.holder")
	all := []parts.Fact{{Name: web.T(r, "enquiry.listing"), Value: number, Path: "/" + e.Kind + "s/" + e.Listing}, asker, holder}
	if len(e.Cooperation) > 0 {
		var codes []string
		for _, code := range e.Cooperation {
			codes = append(codes, d.Codes.Name("cooperation", code).In(tag))
		}
		all = append(all, parts.Fact{Name: web.T(r, "enquiry.cooperation"), Value: strings.Join(codes, ", ")})
	}
	if e.BudgetMin > 0 || e.BudgetMax > 0 {
		all = append(all, parts.Fact{Name: web.T(r, "enquiry.budget"), Value: budget(r, e)})
	}
	if e.Timing != "" {
		all = append(all, parts.Fact{Name: web.T(r, "enquiry.timing"), Value: e.Timing})
	}
	if e.Reason != "" {
		all = append(all, parts.Fact{Name: web.T(r, "enquiry.reason"), Value: d.Codes.Name("decline_reasons", e.Reason).In(tag)})
	}
	if m := e.Agent(); m != nil {
		all = append(all, parts.Fact{Name: web.T(r, "enquiry.by_mandate"), Value: m.Number, Path: "/mandates/" + m.ID})
	}
	if !e.Due.Zero() {
		all = append(all, parts.Fact{Name: web.T(r, "enquiry.answer_due"), Value: lang.Day(tag, e.Due)})
	}
	return all, nil
}

func budget(r *http.Request, e *deal.Enquiry) string {
	tag := web.Lang(r)
	switch {
	case e.BudgetMax == 0:
		return web.T(r, "enquiry.budget_from", "Sum", lang.Money(tag, e.BudgetMin))
	case e.BudgetMin == 0:
		return web.T(r, "enquiry.budget_to", "Sum", lang.Money(tag, e.BudgetMax))
	}
	return web.T(r, "enquiry.budget_range", "From", lang.Money(tag, e.BudgetMin), "To", lang.Money(tag, e.BudgetMax))
}

// forms are the acts that the reader may do now.
func (d doors) forms(r *http.Request, e *deal.Enquiry, given web.Values, act string, faults parts.Faults) (all []actForm) {
	actor := web.Actor(r)
	if actor.Is(account.Inspector) {
		return nil
	}
	long := func(name string) parts.Field {
		return parts.Field{Name: name, Label: web.T(r, "enquiry."+name), Value: given.Long(name), Error: faults.At(name), Rows: 3, Max: 4000}
	}
	add := func(does bool, name, kind string, fields ...parts.Field) {
		if does && deal.EnquiryPossible(e.State, name) {
			all = append(all, actForm{Act: name, Button: web.T(r, "enquiry.do_"+name), Help: web.T(r, "enquiry.help_"+name), Kind: kind, Fields: fields, Open: act == name})
		}
	}
	reason := parts.Field{Name: "reason", Label: web.T(r, "enquiry.reason"), Error: faults.At("reason"), Options: []parts.Option{{Text: web.T(r, "enquiry.choose_reason")}}}
	for _, code := range d.Codes.Of("decline_reasons") {
		reason.Options = append(reason.Options, parts.Option{Value: code.Code, Text: code.Name.In(web.Lang(r)), On: code.Code == given.Text("reason")})
	}
	note := long("note")
	note.Optional = true
	holder, asker := e.Answers(actor) && e.Delivered > 0, actor.In(e.Owner)
	officer := account.MayReview.Allows(actor) && !holder && !asker
	add(officer, "pass", "")
	add(officer, "refusal", "line", long("note"))
	add(holder, "acceptance", "")
	add(holder, "question", "line", long("question"))
	add(holder, "declination", "line", reason, note)
	add(asker, "opening", "")
	add(asker, "reply", "", long("answer"))
	add(asker, "withdrawal", "line")
	return all
}

// act does something with an enquiry and comes back to its page; what is amiss stands at its form.
func (d doors) act(do func(*db.Tx, account.Actor, *deal.Enquiry, web.Values) error) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		e, err := deal.EnquiryOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
		if err != nil {
			return err
		}
		form := web.Form(r)
		faults, rest := web.Faults(r, do(web.Tx(r), web.Actor(r), e, form))
		if rest != nil {
			return rest
		}
		if faults.Any() {
			return d.drawOne(w, r, e, form, r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:], faults)
		}
		web.Notice(w, r, "enquiry.done")
		return web.Goto(w, r, "/enquiries/"+e.ID)
	}
}

func (d doors) pass(tx *db.Tx, a account.Actor, e *deal.Enquiry, _ web.Values) error {
	return d.Pass(tx, a, e)
}

func (d doors) refuse(tx *db.Tx, a account.Actor, e *deal.Enquiry, form web.Values) error {
	return d.Refuse(tx, a, e, form.Long("note"))
}

func (d doors) question(tx *db.Tx, a account.Actor, e *deal.Enquiry, form web.Values) error {
	return d.Question(tx, a, e, form.Long("question"))
}

func (d doors) reply(tx *db.Tx, a account.Actor, e *deal.Enquiry, form web.Values) error {
	return d.Reply(tx, a, e, form.Long("answer"))
}

func (d doors) accept(tx *db.Tx, a account.Actor, e *deal.Enquiry, _ web.Values) error {
	return d.Accept(tx, a, e)
}

func (d doors) open(tx *db.Tx, a account.Actor, e *deal.Enquiry, _ web.Values) error {
	return d.Open(tx, a, e)
}

func (d doors) decline(tx *db.Tx, a account.Actor, e *deal.Enquiry, form web.Values) error {
	return d.Decline(tx, a, e, form.Text("reason"), form.Long("note"))
}

func (d doors) withdraw(tx *db.Tx, a account.Actor, e *deal.Enquiry, _ web.Values) error {
	return d.Withdraw(tx, a, e)
}
