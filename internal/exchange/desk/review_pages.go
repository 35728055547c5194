package desk

import (
	"net/http"
	"slices"
	"strconv"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/listing"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// deskSheet is what the page of one review is drawn from.
type deskSheet struct {
	Kind, ID  string
	Tag       parts.Tag
	State     parts.Tag
	Cited     string
	Title     string
	TitleIn   string
	Owner     parts.Link
	Anonymous bool
	Light     parts.Light
	Findings  []deskFinding
	Copies    []listing.Beside
	Sections  []deskSection
	Papers    []parts.Paper
	Claims    []deskClaim
	Earlier   []parts.Moment
	QueueName string
	Queue     []deskRow
	Form      deskForm
}

// deskFinding is one automatic check in words.
type deskFinding struct{ State, Icon, Text, Path, Link, Quote string }

// deskSection is one step of what was handed in, with who sees each fact.
type deskSection struct {
	ID, Title string
	Facts     []deskFact
}

// deskFact is a fact as it was told, in one tongue or both.
type deskFact struct {
	ID, Name, Value, Vi, En string
	TRL                     int
	Who                     string
	Closed                  bool // not everybody sees it
}

// bench is what the desk does with one side of the market.
type bench interface {
	Judge(tx *db.Tx, officer account.Actor, id, act string, v exchange.Verdict) error
	place(tx *db.Tx, id string) (exchange.Waiting, error)
	sheet(r *http.Request, id string, typed deskTyped, faults parts.Faults) (deskSheet, error)
}

// bench returns the side of the market of that kind of listing.
func (x *desk) bench(kind string) (bench, error) {
	switch kind {
	case exchange.Offers.Name:
		return x.offers, nil
	case exchange.Needs.Name:
		return x.needs, nil
	}
	return nil, fault.New(fault.NotFound, "record.not_found")
}

func (x *desk) showReview(w http.ResponseWriter, r *http.Request) error {
	return x.drawReview(w, r, r.PathValue("kind"), r.PathValue("id"), deskTyped{}, parts.Faults{})
}

func (x *desk) drawReview(w http.ResponseWriter, r *http.Request, kind, id string, typed deskTyped, faults parts.Faults) error {
	b, err := x.bench(kind)
	if err != nil {
		return err
	}
	v, err := b.sheet(r, id, typed, faults)
	if err != nil {
		return err
	}
	page := web.Page{Title: web.T(r, "desk.review_title", "Title", v.Title), Section: "/desk", NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/desk", Text: web.T(r, "desk.title")}, {Text: web.T(r, "desk.review")}}}
	if faults.Any() {
		page.Amiss, page.Status = true, http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, deskReviewPage(v))
}

// judge is the door of one act: it does it and goes on to the next thing in the queue, or shows
// the form again with what was typed.
func (x *desk) judge(act string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		tx, actor, kind, id := web.Tx(r), web.Actor(r), r.PathValue("kind"), r.PathValue("id")
		b, err := x.bench(kind)
		if err != nil {
			return err
		}
		done, err := b.place(tx, id)
		if err != nil {
			return err
		}
		typed := readTyped(r)
		faults, err := web.Faults(r, b.Judge(tx, actor, id, act, typed.verdict))
		if err != nil {
			return err
		}
		if faults.Any() {
			return x.drawReview(w, r, kind, id, typed, faults)
		}
		if now, err := b.place(tx, id); err != nil {
			return err
		} else if act == "publication" && now.Queue == exchange.QueueSecond {
			web.Notice(w, r, "desk.done_referral", "Number", done.Number)
		} else {
			web.Notice(w, r, "desk.done_"+act, "Number", done.Number)
		}
		if act == "taking_up" {
			return web.Goto(w, r, deskPath(done))
		}
		next, err := x.After(tx, actor, done.Queue, done)
		if err != nil {
			return err
		}
		if next == nil {
			return web.Goto(w, r, "/desk")
		}
		return web.Goto(w, r, deskPath(*next))
	}
}

// place tells in which queue a listing stands, and where; the queue is empty when it waits for nobody.
func (s side[T]) place(tx *db.Tx, id string) (exchange.Waiting, error) {
	r, err := s.Kind.Get(tx, id)
	if err != nil {
		return exchange.Waiting{}, err
	}
	l := s.Listing(r)
	w := exchange.Waiting{Kind: s.Kind.Name, ID: id, Key: id, Number: l.Number, Title: l.Title, Owner: l.Owner}
	if l.State == exchange.Suspended {
		w.Queue = exchange.QueueSuspended
	}
	all, err := exchange.ReviewsOf(tx, s.Kind.Name, id)
	for _, one := range all {
		if one.Ended.IsZero() {
			w.Queue, w.Key, w.Due, w.Officer = one.Stage, one.ID, one.Due, one.Officer
		}
	}
	return w, err
}

// sheet fills the page of a review: all that was handed in, what the automatic checks found, the
// earlier reviews, and the form.
func (s side[T]) sheet(r *http.Request, id string, typed deskTyped, faults parts.Faults) (deskSheet, error) {
	tx, tag := web.Tx(r), web.Lang(r)
	rec, err := s.Kind.Get(tx, id)
	if err != nil {
		return deskSheet{}, err
	}
	l := s.Listing(rec)
	if l.State == exchange.Draft {
		return deskSheet{}, fault.New(fault.NotFound, "record.not_found")
	}
	v := deskSheet{Kind: s.Kind.Name, ID: id, Tag: parts.Tag{Text: web.T(r, "exchange.kind_"+s.Kind.Name), Kind: s.Kind.Name},
		State: parts.Tag{Text: web.T(r, "state."+l.State)}, Anonymous: l.Anonymous}
	title, tongue := l.Title.Best(tag)
	v.Title = title
	if tongue != tag {
		v.TitleIn = string(tongue)
	}
	names, err := s.x.Names(tx, l.Owner)
	if err != nil {
		return v, err
	}
	v.Owner = parts.Link{Path: "/organisations/" + l.Owner, Text: names[l.Owner].In(tag)}
	v.Cited = web.T(r, "desk.handed_in", "Number", l.Number, "At", lang.DateTime(tag, l.Updated))
	v.Sections = s.deskSections(r, rec)
	for _, fill := range []func(*http.Request, *T, *deskSheet) error{s.fillFindings, s.fillPapers, s.fillEarlier, s.fillQueue} {
		if err := fill(r, rec, &v); err != nil {
			return v, err
		}
	}
	if v.Claims, err = s.x.deskClaims(r, s.Kind.Name, id, typed, faults); err != nil {
		return v, err
	}
	v.Form, err = s.deskForm(r, rec, typed, faults)
	return v, err
}

func (s side[T]) fillFindings(r *http.Request, rec *T, v *deskSheet) error {
	copies, err := s.Copies(web.Tx(r), rec)
	if err != nil {
		return err
	}
	if v.Copies, err = s.copiesBeside(r, rec, copies); err != nil {
		return err
	}
	found, err := s.Check(web.Tx(r), rec, copies)
	icons := map[string]string{"yes": "check", "part": "triangle-alert", "no": "octagon-alert"}
	for _, f := range found {
		one := deskFinding{State: f.State, Icon: icons[f.State], Text: web.T(r, f.Key, f.Args...), Path: f.Path, Quote: f.Quote}
		switch {
		case f.Path != "":
			one.Link = web.T(r, "desk.see_copies")
		case f.Column != "":
			name := f.Column
			if of, ok := s.Kind.Fields.OfColumn(f.Column); ok {
				name, one.Path = of.Name, "#f-"+of.Name
				one.Link = web.T(r, "desk.see_fact", "Fact", listing.Label(r, s.Kind.Name, name))
			}
		}
		v.Findings = append(v.Findings, one)
	}
	return err
}

func (s side[T]) fillPapers(r *http.Request, rec *T, v *deskSheet) error {
	all, err := record.Attachments(web.Tx(r), s.Kind.Name, s.Listing(rec).ID)
	for _, a := range all {
		v.Papers = append(v.Papers, parts.Paper{Path: "/files/" + a.ID, Name: a.Called(web.Lang(r)),
			Note: s.x.Codes.Name("visibility_levels", a.Level.Code()).In(web.Lang(r))})
	}
	return err
}

func (s side[T]) fillEarlier(r *http.Request, rec *T, v *deskSheet) error {
	tx, tag := web.Tx(r), web.Lang(r)
	all, err := exchange.ReviewsOf(tx, s.Kind.Name, s.Listing(rec).ID)
	if err != nil {
		return err
	}
	for _, one := range all {
		who, err := s.x.officerText(r, one.Officer)
		if err != nil {
			return err
		}
		m := parts.Moment{At: lang.DateTime(tag, one.Ended), Who: who, Note: one.Note, State: "done", Icon: "clipboard-check"}
		switch {
		case !one.Ended.IsZero():
			m.Text = web.T(r, "desk.outcome_"+one.Outcome)
		case one.Officer == "":
			m.At, m.Text, m.State = lang.DateTime(tag, one.Opened), web.T(r, "desk.stage_waits_"+one.Stage), "now"
		default:
			m.At, m.Text, m.State = lang.DateTime(tag, one.Opened), web.T(r, "desk.stage_taken_"+one.Stage), "now"
		}
		if len(one.Reasons) > 0 {
			m.Note = s.ReasonNames(one.Reasons).In(tag) + "\n" + m.Note
		}
		v.Earlier = append(v.Earlier, m)
	}
	return nil
}

// officerText says who reviewed: the reader, or the officer's name with the organisation.
func (x *desk) officerText(r *http.Request, id account.ID) (string, error) {
	switch id {
	case "":
		return "", nil
	case web.Actor(r).ID:
		return web.T(r, "desk.you"), nil
	}
	name, organisation := "", ""
	if x.People != nil {
		names, err := x.People(web.Tx(r), string(id))
		if err != nil {
			return "", err
		}
		name = names[string(id)]
	}
	if x.Units != nil {
		units, err := x.Units(web.Tx(r), id)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return "", err
		}
		if len(units) > 0 {
			names, err := x.Names(web.Tx(r), units[0])
			if err != nil {
				return "", err
			}
			organisation = names[units[0]].In(web.Lang(r))
		}
	}
	switch {
	case name != "" && organisation != "":
		return web.T(r, "desk.officer_named", "Name", name, "Organisation", organisation), nil
	case organisation != "":
		return web.T(r, "desk.officer_of", "Organisation", organisation), nil
	case name != "":
		return name, nil
	}
	return web.T(r, "desk.an_officer"), nil
}

// fillQueue shows what else waits beside the listing, and its own clock.
func (s side[T]) fillQueue(r *http.Request, rec *T, v *deskSheet) error {
	tx := web.Tx(r)
	at, err := s.place(tx, s.Listing(rec).ID)
	if err != nil || at.Queue == "" {
		return err
	}
	v.QueueName = web.T(r, "desk.queue_"+at.Queue)
	v.Light = clockLight(r, at)
	list, err := s.x.Queue(tx, at.Queue, "", "", 8)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(list, func(w exchange.Waiting) bool { return w.ID == at.ID }) {
		list = append([]exchange.Waiting{at}, list...)
	}
	v.Queue, err = s.x.deskRows(r, list, at.ID)
	return err
}

// deskSections are all facts by the step in which they were asked, with who sees each.
func (s side[T]) deskSections(r *http.Request, rec *T) []deskSection {
	var all []deskSection
	shown := s.Listing(rec).Shown
	for _, f := range s.Kind.Fields {
		if f.Empty(rec) {
			continue
		}
		key := "desk.step_" + f.Step
		if f.Step == "" {
			key = "desk.step_acts"
		}
		id := "h-" + key[len("desk."):]
		at := slices.IndexFunc(all, func(one deskSection) bool { return one.ID == id })
		if at < 0 {
			all, at = append(all, deskSection{ID: id, Title: web.T(r, key)}), len(all)
		}
		fact := s.deskFact(r, f, rec)
		level := f.LevelIn(shown)
		fact.Who, fact.Closed = s.x.Codes.Name("visibility_levels", level.Code()).In(web.Lang(r)), level > field.Public
		if f.Hides && s.Listing(rec).Anonymous && level < field.Enquiry {
			fact.Who, fact.Closed = web.T(r, "desk.closed_while_anonymous"), true
		}
		all[at].Facts = append(all[at].Facts, fact)
	}
	return all
}

func (s side[T]) deskFact(r *http.Request, f field.Field[T], rec *T) deskFact {
	tag, text := web.Lang(r), f.Stored(rec, f.Columns()[0])
	fact := deskFact{ID: "f-" + f.Name, Name: listing.Label(r, s.Kind.Name, f.Name), Value: text}
	n, _ := strconv.ParseInt(text, 10, 64)
	switch f.Kind {
	case field.KindBoth:
		both := f.Text(rec)
		fact.Value, fact.Vi, fact.En = "", both.Vi, both.En
	case field.KindInt:
		fact.Value = lang.Number(tag, n)
		if f.Name == "trl" || f.Name == "trl_min" {
			fact.TRL = int(n)
		}
	case field.KindMoney:
		fact.Value = lang.Money(tag, n)
	case field.KindFlag:
		fact.Value = web.T(r, "field.yes")
	case field.KindCode:
		fact.Value = s.x.Codes.Name(f.List, text).In(tag)
	case field.KindCodes:
		fact.Value = s.x.CodeNames(r, f.List, f.CodesOf(rec))
	case field.KindDay:
		if day, err := when.ParseDay(text); err == nil {
			fact.Value = lang.Day(tag, day)
		}
	}
	return fact
}
