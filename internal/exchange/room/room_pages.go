package room

import (
	"net/http"
	"net/url"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

const (
	listSize = 30
	lineSize = 40 // entries of the time line on a page
)

var lights = map[string]string{deal.Begun: "idle", deal.Evaluating: "run", deal.Negotiating: "run", deal.TermsAgreed: "ok", deal.Stopped: "late",
	deal.Blocked: "late", deal.Approval: "risk", deal.Drafting: "run", deal.Licence: "risk", deal.Due: "risk", deal.Filed: "run", deal.Incomplete: "risk", deal.Effective: "ok",
	deal.Performing: "run", deal.Disputed: "late", deal.Completed: "ok", deal.Terminated: "late"}

type listView struct {
	Boxes   []parts.Option // for officers
	Rows    []row
	Pager   parts.Pager
	Nothing *parts.Empty
}

type row struct {
	Path, Number, Title, TitleIn, Note string
	Light                              parts.Light
}

func (d doors) showList(w http.ResponseWriter, r *http.Request) error {
	tx, after, path := web.Tx(r), r.URL.Query().Get("after"), "/deals?"
	staff := account.MaySeeDesk.Allows(web.Actor(r))
	waiting := staff && r.URL.Query().Get("box") == "waiting"
	find := func(after string, limit int) ([]*deal.Deal, error) { return deal.Mine(tx, web.Actor(r), after, limit) }
	if waiting {
		path += "box=waiting&"
		find = func(after string, limit int) ([]*deal.Deal, error) { return deal.Waiting(tx, after, limit) }
	}
	all, err := find(after, listSize+1)
	if err != nil {
		return err
	}
	var v listView
	if staff {
		v.Boxes = []parts.Option{{Value: "/deals", Text: web.T(r, "deal.list"), On: !waiting}, {Value: "/deals?box=waiting", Text: web.T(r, "deal.waiting"), On: waiting}}
	}
	if len(all) > listSize {
		all = all[:listSize]
		v.Pager.Next = path + "after=" + url.QueryEscape(all[listSize-1].ID)
	}
	if after != "" {
		v.Pager.First = strings.TrimRight(path, "?&")
	}
	for _, one := range all {
		names, err := d.Names(tx, one.Supplier, one.Receiver)
		if err != nil {
			return err
		}
		line := row{Path: "/deals/" + one.ID + map[bool]string{true: "/legal"}[waiting], Number: one.Number, Light: light(r, one)}
		line.Title, line.TitleIn = best(r, one.Title)
		line.Note = web.T(r, "deal.between", "Supplier", names[one.Supplier].In(web.Lang(r)), "Receiver", names[one.Receiver].In(web.Lang(r)))
		v.Rows = append(v.Rows, line)
	}
	if len(all) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "deal.none"), Text: web.T(r, "deal.none_help"), Actions: []parts.Action{{Path: "/enquiries", Text: web.T(r, "enquiry.list"), Kind: "line"}}}
	}
	return web.Show(w, r, web.Page{Title: web.T(r, "deal.list"), Section: "/deals", NoIndex: true, Crumbs: []parts.Crumb{{Text: web.T(r, "deal.list")}}}, listPage(v))
}

func best(r *http.Request, b lang.Both) (text, tongue string) {
	text, in := b.Best(web.Lang(r))
	if in != web.Lang(r) {
		tongue = string(in)
	}
	return text, tongue
}

func light(r *http.Request, d *deal.Deal) parts.Light {
	return parts.Light{Kind: lights[d.State], Text: web.T(r, "deal.state_"+d.State)}
}

// roomView is what the room of a deal is drawn from.
type roomView struct {
	Path, Number, Title, TitleIn, Between string
	Light                                 parts.Light
	Steps                                 []parts.Step
	Terms                                 *termsView
	Write                                 *writeForm
	Lines                                 []line
	More                                  parts.Pager
	NDA                                   ndaView
	People                                []person
	Name                                  *nameForm
	CallIn                                *parts.Field // mandates under which a broker may be called in
	Files                                 filesView
	Stop                                  *stopForm
	Offer                                 string // where a version is written; "" where none can be
	Sheet, Legal, Performance, Contract   string
	Faults                                parts.Faults
}

type writeForm struct {
	Kind, Words, Held parts.Field
	Own               *parts.Field // nil for a broker, who writes for all
}

type line struct {
	At, Head, Words, State, Icon, Own string
	Mine                              bool
}

type ndaView struct {
	Light             parts.Light
	Words, By, Digest string
	Sign, Propose     bool
	Skip              bool
	Text, Until       parts.Field
	Open              bool
}

type person struct{ Letters, Side, Name, Release string }

// nameForm is the form in which somebody of one's own organisation is named.
type nameForm struct {
	Account, Duty parts.Field
	Open          bool
}

type stopForm struct {
	Reason, Note parts.Field
	Open         bool
}

func (d doors) showRoom(w http.ResponseWriter, r *http.Request) error {
	one, err := deal.Enter(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return d.draw(w, r, one, web.Values{}, parts.Faults{})
}

func (d doors) draw(w http.ResponseWriter, r *http.Request, one *deal.Room, given web.Values, faults parts.Faults) error {
	tx, tag := web.Tx(r), web.Lang(r)
	names, err := d.Names(tx, one.Supplier, one.Receiver)
	if err != nil {
		return err
	}
	v := roomView{Path: "/deals/" + one.ID, Number: one.Number, Light: light(r, one.Deal), Steps: steps(r, one.Deal), Faults: faults,
		Between: web.T(r, "deal.between", "Supplier", names[one.Supplier].In(tag), "Receiver", names[one.Receiver].In(tag))}
	v.Title, v.TitleIn = best(r, one.Title)
	acts := one.Acts(web.Actor(r)) && one.State != deal.Stopped
	if v.Terms, err = d.terms(r, one, acts); err != nil {
		return err
	}
	if acts && deal.Possible(one.State, "offer") {
		v.Offer = v.Path + "/offer"
	}
	if sheet, err := deal.SheetOf(tx, one.ID); err != nil {
		return err
	} else if sheet != nil {
		v.Sheet, v.Legal, v.Contract = v.Path+"/sheet", v.Path+"/legal", v.Path+"/contract"
	}
	if hasPerformance(one.Deal) {
		v.Performance = v.Path + "/performance"
	}
	if one.Side != "" && one.State != deal.Stopped && !web.Actor(r).Is(account.Inspector) {
		v.Write = writing(r, given, faults)
		if one.Side == deal.Broker {
			v.Write.Own = nil
		}
	}
	if acts && deal.Possible(one.State, "stop") {
		v.Stop = d.stopping(r, given, faults)
	}
	if err := d.lines(r, &v, one); err != nil {
		return err
	}
	if v.NDA, err = d.nda(r, one, acts, given, faults); err != nil {
		return err
	}
	if err := d.people(r, &v, one, given, faults); err != nil {
		return err
	}
	if err := d.brokers(r, &v, one, acts); err != nil {
		return err
	}
	if v.Files, err = d.documents(r, one, acts); err != nil {
		return err
	}
	page := web.Page{Title: one.Number, Section: "/deals", Amiss: faults.Any(), NoIndex: true, Crumbs: []parts.Crumb{{Path: "/deals", Text: web.T(r, "deal.list")}, {Text: one.Number}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, roomPage(v))
}

// steps are the stages of a deal from left to right.
func steps(r *http.Request, d *deal.Deal) []parts.Step {
	order := []string{"enquiry", "nda", "evaluating", "negotiating", "legal", "contract", "effective", "performing", "after_sale"}
	at := map[string]int{deal.Begun: 1, deal.Evaluating: 2, deal.Negotiating: 3, deal.TermsAgreed: 4, deal.Approval: 4, deal.Blocked: 4, deal.Drafting: 5,
		deal.Licence: 6, deal.Due: 6, deal.Filed: 6, deal.Incomplete: 6, deal.Effective: 7, deal.Performing: 7, deal.Disputed: 7, deal.Terminated: 7, deal.Completed: 8, deal.Stopped: -1}[d.State]
	var all []parts.Step
	for i, name := range order {
		one := parts.Step{Text: web.T(r, "deal.step_"+name)}
		switch {
		case i < at && (name != "nda" || d.NDA != ""):
			one.State = "done"
		case i == at:
			one.State = "now"
		}
		if name == "nda" && d.NDA != "" {
			one.Note = web.T(r, "deal.nda_"+d.NDA)
		}
		all = append(all, one)
	}
	return all
}

func writing(r *http.Request, given web.Values, faults parts.Faults) *writeForm {
	f := &writeForm{
		Kind:  parts.Field{Name: "kind", Label: web.T(r, "deal.entry_kind"), Error: faults.At("kind")},
		Words: parts.Field{Name: "words", Label: web.T(r, "deal.words"), Value: given.Long("words"), Error: faults.At("words"), Rows: 3, Max: 8000},
		Held:  parts.Field{Name: "held_on", Type: "date", Short: true, Optional: true, Label: web.T(r, "deal.held_on"), Hint: web.T(r, "deal.held_hint"), Value: given.Text("held_on"), Error: faults.At("held_on")},
		Own:   &parts.Field{Name: "own", Many: true, Label: web.T(r, "deal.audience"), Options: []parts.Option{{Value: "1", Text: web.T(r, "deal.own_side"), On: given.On("own")}}},
	}
	for _, kind := range deal.EntryKinds {
		f.Kind.Options = append(f.Kind.Options, parts.Option{Value: kind, Text: web.T(r, "deal.entry_"+kind), On: given.Text("kind") == kind})
	}
	return f
}

func (d doors) stopping(r *http.Request, given web.Values, faults parts.Faults) *stopForm {
	f := &stopForm{Reason: parts.Field{Name: "reason", Label: web.T(r, "deal.stop_reason"), Error: faults.At("reason"), Options: []parts.Option{{Text: web.T(r, "enquiry.choose_reason")}}},
		Note: parts.Field{Name: "note", Label: web.T(r, "enquiry.note"), Value: given.Long("note"), Error: faults.At("note"), Rows: 3, Max: 2000, Optional: true}, Open: faults.At("reason") != "" || faults.At("note") != ""}
	for _, code := range d.Codes.Of("stop_reasons") {
		f.Reason.Options = append(f.Reason.Options, parts.Option{Value: code.Code, Text: code.Name.In(web.Lang(r)), On: given.Text("reason") == code.Code})
	}
	return f
}

var icons = map[string]string{"message": "message-square", "visit": "map-pin", "call": "phone", "minutes": "file-text", "offer": "file-text", "begun": "handshake",
	"document": "paperclip", "nda_proposal": "shield-check", "nda_signature": "shield-check", "terms_acceptance": "check", "stop": "x"}

// lines fills in the time line, the newest first.
func (d doors) lines(r *http.Request, v *roomView, one *deal.Room) error {
	after := r.URL.Query().Get("after")
	all, err := deal.Entries(web.Tx(r), one.ID, one.Side, after, lineSize+1)
	if err != nil {
		return err
	}
	if len(all) > lineSize {
		all = all[:lineSize]
		v.More.Next = v.Path + "?after=" + url.QueryEscape(all[lineSize-1].ID)
	}
	if after != "" {
		v.More.First = v.Path
	}
	for i, e := range all {
		l := line{At: lang.DateTime(web.Lang(r), when.Time(e.At)), Head: d.head(r, e), Words: words(r, e), Icon: icons[e.Kind], State: "done", Mine: one.Side != "" && e.Side == one.Side}
		if i == 0 && after == "" {
			l.State = "now"
		}
		if l.Icon == "" {
			l.Icon = "circle-dot"
		}
		if e.Audience != "all" {
			l.Own = web.T(r, "deal.own_side")
		}
		v.Lines = append(v.Lines, l)
	}
	return nil
}

// nda is how the agreement on confidentiality stands, with what the reader can do about it.
func (d doors) nda(r *http.Request, one *deal.Room, acts bool, given web.Values, faults parts.Faults) (ndaView, error) {
	v := ndaView{Light: parts.Light{Kind: map[string]string{"": "idle", deal.NDAProposed: "risk", deal.NDASigned: "ok", deal.NDASkipped: "idle", deal.NDADeclined: "late"}[one.NDA], Text: web.T(r, "deal.nda_none")}}
	if one.NDA != "" {
		v.Light.Text = web.T(r, "deal.nda_"+one.NDA)
	}
	if one.NDA == deal.NDASigned && !one.NDAUntil.Zero() {
		v.Light.Text = web.T(r, "deal.nda_until", "Date", lang.Day(web.Lang(r), one.NDAUntil))
	}
	all, err := deal.SignaturesOf(web.Tx(r), one.ID)
	if err != nil {
		return v, err
	}
	for _, s := range all {
		if s.Act == "proposed" {
			v.Words, v.Digest, v.By = s.Words, s.Digest, web.T(r, "deal.nda_by", "Side", web.T(r, "deal.side_"+string(s.Side)), "Time", lang.DateTime(web.Lang(r), when.Time(s.At)))
			v.Sign = acts && one.NDA == deal.NDAProposed && s.Side != one.Side && deal.Possible(one.State, "nda_signature")
		}
	}
	v.Propose = acts && one.NDA != deal.NDASigned && deal.Possible(one.State, "nda_proposal")
	v.Skip = v.Propose && one.NDA != deal.NDASkipped
	text := given.Long("agreement")
	if text == "" {
		text = web.T(r, "deal.nda_model")
	}
	v.Text = parts.Field{Name: "agreement", Label: web.T(r, "deal.agreement"), Value: text, Error: faults.At("agreement"), Rows: 8, Max: 20_000}
	v.Until = parts.Field{Name: "until", Type: "date", Short: true, Optional: true, Label: web.T(r, "deal.until"), Value: given.Text("until"), Error: faults.At("until")}
	v.Open = faults.At("agreement") != "" || faults.At("until") != ""
	return v, nil
}
