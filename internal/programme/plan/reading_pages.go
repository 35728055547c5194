package plan

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// readingView is what the review of a reading is drawn from: the text at the left, what was
// understood of it at the right.
type readingView struct {
	Path, Name, NameIn string
	State              parts.Light
	Draft, Led         bool
	Runs               []readRun
	Doubts             []doubt
	Faults             parts.Faults
	Document           []parts.Field
	Names              parts.Pair
	Public             parts.Field
	Version            string
	Recipients         []string
	Note               noteForm
	Notes              []parts.Moment
	Counts             []string
	Parts              []parts.Action // of a text that is too long for one page
	Next               string
}

// readRun is one node with its place in the tree and what was found in its clauses.
type readRun struct {
	Path, Level, Marker, Text string
	Depth                     int
	Clauses                   []readClause
	Facts                     []parts.Fact
}

type readClause struct {
	Path, Text string
	Facts      []parts.Fact
}

// doubt is a place that the reader was unsure of.
type doubt struct {
	Ord, Path    string
	Place, Words string
	Looked       bool
}

type noteForm struct{ Place, Old, Now, Words parts.Field }

func (d doors) showReading(w http.ResponseWriter, r *http.Request) error {
	return d.drawReading(w, r, web.Values{}, parts.Faults{})
}

func (d doors) drawReading(w http.ResponseWriter, r *http.Request, given web.Values, faults parts.Faults) error {
	tx := web.Tx(r)
	p, err := programme.LookedInto(tx, web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	v := readingView{Path: shown.Address(p.ID), State: stateLight(r, p), Draft: p.State == "draft", Led: p.Led(web.Actor(r)), Faults: faults, Version: strconv.FormatInt(p.Version, 10)}
	v.Name, v.NameIn = shown.Best(r, p.Name)
	if err := v.read(r, p); err != nil {
		return err
	}
	v.page(r.URL.Query().Get("at"))
	v.forms(r, p, given, faults)
	page := web.Page{Title: web.T(r, "plan.review_title"), Section: "/plans", NoIndex: true, Amiss: faults.Any(),
		Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: v.Path, Text: v.Name}, {Text: web.T(r, "plan.review_title")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, readingPage(v))
}

// read fills in the text and what was understood.
func (v *readingView) read(r *http.Request, p *programme.Plan) error {
	tx := web.Tx(r)
	nodes, err := programme.Nodes(tx, p.ID)
	if err != nil {
		return err
	}
	clauses, err := programme.Clauses(tx, p.ID)
	if err != nil {
		return err
	}
	facts, err := programme.Facts(tx, p.ID)
	if err != nil {
		return err
	}
	at := map[string][]parts.Fact{}
	for _, f := range facts {
		switch f.Kind {
		case programme.Warning:
			v.Doubts = append(v.Doubts, doubt{Ord: strconv.Itoa(f.Ord), Place: f.Place, Words: warned(r, f), Looked: f.Looked})
		case programme.Recipient:
			v.Recipients = append(v.Recipients, f.Printed)
		default:
			at[f.Place] = append(at[f.Place], factOf(r, f))
		}
	}
	depth := map[string]int{}
	of := map[string][]readClause{}
	rows := []readClause{}
	for _, c := range clauses {
		one := readClause{Path: c.Path, Text: c.Text, Facts: at[c.Path]}
		if c.Row {
			rows = append(rows, one)
			continue
		}
		of[c.Node] = append(of[c.Node], one)
	}
	for _, n := range nodes {
		if n.Parent != "" {
			depth[n.Path] = depth[n.Parent] + 1
		}
		v.Runs = append(v.Runs, readRun{Path: n.Path, Level: n.Level, Marker: n.Marker, Text: n.Text, Depth: depth[n.Path], Clauses: of[n.Path], Facts: at[n.Path]})
	}
	if len(rows) > 0 {
		v.Runs = append(v.Runs, readRun{Path: web.T(r, "plan.annex_rows"), Clauses: rows})
	}
	v.Counts = []string{web.T(r, "plan.nodes", "N", len(nodes)), web.T(r, "plan.clauses", "N", len(clauses)), web.T(r, "plan.recipients", "N", len(v.Recipients))}
	notes, err := programme.Notes(tx, p.ID)
	for _, n := range notes {
		m := noteOf(r, n)
		m.Who = n.Place
		v.Notes = append(v.Notes, m)
	}
	return err
}

// page leaves of a long text what begins at a place, with the ways to the others.
func (v *readingView) page(at string) {
	address := func(place string) string { return v.Path + "/reading?at=" + url.QueryEscape(place) }
	for i := range v.Doubts {
		v.Doubts[i].Path = "#" + parts.ID(v.Doubts[i].Place)
		if len(v.Runs) > mostLines {
			v.Doubts[i].Path = address(v.Doubts[i].Place) + v.Doubts[i].Path
		}
	}
	if len(v.Doubts) > mostLines {
		v.Doubts = v.Doubts[:mostLines]
	}
	if len(v.Runs) <= mostLines {
		return
	}
	for _, run := range v.Runs {
		if run.Depth == 0 {
			v.Parts = append(v.Parts, parts.Action{Path: address(run.Path), Text: run.Marker + " " + run.Text})
		}
	}
	i := slices.IndexFunc(v.Runs, func(run readRun) bool {
		return run.Path == at || slices.ContainsFunc(run.Clauses, func(c readClause) bool { return c.Path == at })
	})
	if v.Runs = v.Runs[max(i, 0):]; len(v.Runs) > mostLines {
		v.Next = address(v.Runs[mostLines].Path)
		v.Runs = v.Runs[:mostLines]
	}
}

// warned tells in words what the reader was unsure of.
func warned(r *http.Request, f programme.Fact) string {
	var args []any
	if json.Unmarshal([]byte(f.Target), &args) != nil {
		args = nil
	}
	return web.T(r, f.Value, args...)
}

// factOf tells something that was found in the words.
func factOf(r *http.Request, f programme.Fact) parts.Fact {
	one := parts.Fact{Name: web.T(r, "fact."+string(f.Kind)), Value: f.Printed, Lang: foreignTo(web.Lang(r))}
	switch f.Kind {
	case programme.Assigned:
		one.Value, one.Note = f.Target, web.T(r, "role_name."+f.Value)
	case programme.Deadline:
		one.Note = interval(r, f)
	case programme.Quantity:
		one.Note = f.Value + " " + f.Target + " " + f.Until
	case programme.Citation:
		one.Note = f.Value
	}
	return one
}

// interval tells a deadline as days, or how it comes again.
func interval(r *http.Request, f programme.Fact) string {
	if f.Value != "" {
		return shown.Recurrence(r, f.Value)
	}
	tag := web.Lang(r)
	from, _ := when.ParseDay(f.Target)
	to, _ := when.ParseDay(f.Until)
	switch {
	case from.Zero() && to.Zero():
		return ""
	case from.Zero():
		return web.T(r, "plan.until", "To", lang.Date(tag, to.Start()))
	case to.Zero():
		return web.T(r, "plan.since", "From", lang.Date(tag, from.Start()))
	}
	return web.T(r, "plan.between", "From", lang.Date(tag, from.Start()), "To", lang.Date(tag, to.Start()))
}

// forms fills in what is asked of the officer.
func (v *readingView) forms(r *http.Request, p *programme.Plan, given web.Values, faults parts.Faults) {
	value := func(name, kept string) string {
		if given.Has(name) {
			return given.Text(name)
		}
		return kept
	}
	field := func(name, kept string, needed bool) parts.Field {
		return parts.Field{Name: name, Label: web.T(r, "document."+name), Value: value(name, kept), Error: faults.At(name), Optional: !needed, Lang: "vi"}
	}
	issued := field("issued_on", p.Issued.String(), true)
	issued.Type, issued.Short, issued.Lang = "date", true, ""
	v.Document = []parts.Field{field("symbol", p.Symbol, true), issued, field("issuer", p.Issuer, true), field("superior", p.Superior, false), field("kind", p.Kind, true),
		field("place", p.Place, false), field("signer_authority", p.Authority, false), field("signer_by", p.SignedBy, false), field("signer_title", p.SignerAs, false), field("signer_name", p.Signer, false)}
	v.Names = parts.Pair{Name: "name", Label: web.T(r, "document.name"), Vi: p.Name.Vi, En: p.Name.En, ErrorVi: faults.At("name_vi"), ErrorEn: faults.At("name_en"), Max: 200}
	if given.Has("name.vi") {
		v.Names.Vi, v.Names.En = given.Text("name.vi"), given.Text("name.en")
	}
	v.Public = parts.Field{Name: "is_public", Label: web.T(r, "document.is_public"), Options: []parts.Option{{Value: "1", Text: web.T(r, "document.is_public_yes"), On: p.Public}}}
	note := func(name string, optional bool) parts.Field {
		return parts.Field{Name: "note_" + name, Label: web.T(r, "document.note_"+name), Value: given.Long("note_" + name), Error: faults.At(name), Optional: optional}
	}
	v.Note = noteForm{note("place", false), note("old", true), note("now", true), note("words", true)}
	v.Note.Words.Rows, v.Note.Words.Max = 3, 4000
}

// done ends an act of the review: with a word and the page anew, or with the page and what is amiss.
func (d doors) done(w http.ResponseWriter, r *http.Request, err error, notice, to string) error {
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.drawReading(w, r, web.Form(r), faults)
	}
	web.Notice(w, r, notice)
	return web.Goto(w, r, to)
}

func (d doors) tellDocument(w http.ResponseWriter, r *http.Request) error {
	old, err := programme.LedPlan(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	form := web.Form(r)
	p := programme.Plans.Copy(old)
	if version, ok := form.Int("version"); !ok || version != old.Version {
		return d.done(w, r, fault.New(fault.Conflict, "record.changed_meanwhile"), "", "")
	}
	if old.State == "draft" {
		p.Symbol, p.Issuer, p.Superior, p.Kind, p.Place = form.Text("symbol"), form.Text("issuer"), form.Text("superior"), form.Text("kind"), form.Text("place")
		p.Authority, p.SignedBy, p.SignerAs, p.Signer = form.Text("signer_authority"), form.Text("signer_by"), form.Text("signer_title"), form.Text("signer_name")
		day, ok := form.Day("issued_on")
		if !ok {
			return d.done(w, r, fault.New(fault.Invalid, "plan.invalid").At("issued_on", "field.not_a_day"), "", "")
		}
		p.Issued = day
	}
	p.Name.Vi, p.Name.En = form.Text("name.vi"), form.Text("name.en")
	p.Public = form.On("is_public")
	return d.done(w, r, programme.ChangePlan(web.Tx(r), web.Actor(r), old, p), "plan.done_told", shown.Address(p.ID)+"/reading")
}

func (d doors) look(w http.ResponseWriter, r *http.Request) error {
	p, err := programme.LedPlan(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	var ords []int
	for _, one := range web.Form(r).All("ord") {
		if n, err := strconv.Atoi(one); err == nil && len(ords) < 500 {
			ords = append(ords, n)
		}
	}
	if len(ords) == 0 {
		return d.done(w, r, fault.New(fault.Invalid, "plan.choose_doubts"), "", "")
	}
	return d.done(w, r, programme.Look(web.Tx(r), web.Actor(r), p, ords...), "plan.done_looked", shown.Address(p.ID)+"/reading#doubts")
}

func (d doors) note(w http.ResponseWriter, r *http.Request) error {
	p, err := programme.LedPlan(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	form := web.Form(r)
	n := programme.Note{Plan: p.ID, Place: form.Text("note_place"), Old: form.Text("note_old"), Now: form.Text("note_now"), Words: form.Long("note_words")}
	if n.Old != "" || n.Now != "" {
		n.Field = "text"
	}
	if known, err := programme.HasPlace(web.Tx(r), p.ID, n.Place); err != nil {
		return err
	} else if !known {
		return d.done(w, r, fault.New(fault.Invalid, "plan.note_invalid").At("place", "plan.no_such_place"), "", "")
	}
	_, err = programme.AddNote(web.Tx(r), web.Actor(r), n)
	return d.done(w, r, err, "plan.done_noted", shown.Address(p.ID)+"/reading#notes")
}

func (d doors) start(w http.ResponseWriter, r *http.Request) error {
	p, err := programme.LedPlan(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return d.done(w, r, d.Start(web.Tx(r), web.Actor(r), p), "plan.done_started", shown.Address(p.ID))
}
