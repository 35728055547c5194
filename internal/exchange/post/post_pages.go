package post

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// beginning is the page on which a listing is begun: for whom, and its title.
type beginning struct {
	Kind, Heading string
	Action        string
	Owner         parts.Field // radios; one option is no choice
	Title         input
	Kept          []parts.Option // what came with the address: name in Value, text in Text
	Faults        parts.Faults
}

func (s side[T]) showNew(w http.ResponseWriter, r *http.Request) error {
	given := exchange.Typed(web.Form(r).Map())
	if title := given["title"]; len(title) > 0 {
		given["title_"+string(web.Lang(r))] = title
	}
	return s.showBeginning(w, r, given, parts.Faults{})
}

// showBeginning draws the first page of a new listing. Who belongs to no organisation is shown the
// way to one.
func (s side[T]) showBeginning(w http.ResponseWriter, r *http.Request, given exchange.Typed, faults parts.Faults) error {
	actor := web.Actor(r)
	var ids []string
	for _, m := range actor.Memberships {
		ids = append(ids, m.Organisation)
	}
	names, err := s.x.Names(web.Tx(r), ids...)
	if err != nil {
		return err
	}
	v := beginning{Kind: s.Kind.Name, Heading: web.T(r, "post.new_"+s.Kind.Name), Action: "/" + s.Kind.Name + "s", Faults: faults}
	page := web.Page{Title: v.Heading, Section: "/desk/mine", NoIndex: true, Amiss: faults.Any(),
		Crumbs: []parts.Crumb{{Path: "/desk/mine", Text: web.T(r, "mine.title")}, {Text: v.Heading}}}
	if len(ids) == 0 {
		return web.Show(w, r, page, noOrganisation(v.Heading))
	}
	chosen, _ := given.Given("owner")
	for i, id := range ids {
		on := len(chosen) > 0 && chosen[0] == id || len(chosen) == 0 && i == 0
		v.Owner.Options = append(v.Owner.Options, parts.Option{Value: id, Text: names[id].In(web.Lang(r)), On: on})
	}
	v.Owner.Name, v.Owner.Label, v.Owner.Error = "owner", web.T(r, "post.owner"), faults.At("owner")
	form := form[T]{s: s, r: r, rec: new(T), typed: given, faults: faults}
	v.Title = form.input(s.Kind.Fields.Named("title"))
	for _, column := range s.FormColumns() {
		if texts, there := given.Given(column); there && !strings.HasPrefix(column, "title_") && texts[0] != "" {
			v.Kept = append(v.Kept, parts.Option{Value: column, Text: strings.Join(texts, ",")})
		}
	}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, beginningPage(v))
}

func (s side[T]) begin(w http.ResponseWriter, r *http.Request) error {
	tx, actor, form := web.Tx(r), web.Actor(r), web.Form(r)
	given := exchange.Typed(form.Map())
	rec, amiss, err := s.Begin(tx, actor, form.Text("owner"), given.Given)
	faults, err := web.Faults(r, err)
	if err != nil {
		return err
	}
	if faults.Any() {
		return s.showBeginning(w, r, given, faults)
	}
	id := s.Listing(rec).ID
	if err := exchange.KeepInputs(tx, s.Kind.Name, id, actor.ID, given, amiss); err != nil {
		return err
	}
	return web.Goto(w, r, s.EditPath(id, 1))
}

// editing is one step of the form.
type editing struct {
	Heading, Of, Lede    string
	Action               string
	Version, Step        string
	Steps                []parts.Step
	Faults               parts.Faults
	Inputs               []input
	Returned             *returned
	Meter                meterView
	Back, Next, NextPath string
	Claims               *claimStep
	Files                *fileStep
	Review               *reviewStep
}

// returned is why an officer sent the listing back.
type returned struct{ Reasons, Note string }

// meterView is how far the listing is, with a way to each thing that is missing.
type meterView struct {
	Text    string
	Shares  []parts.Share
	Missing []parts.Link
}

func (s side[T]) showEdit(w http.ResponseWriter, r *http.Request) error {
	tx, actor := web.Tx(r), web.Actor(r)
	rec, err := s.Mine(tx, actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	if !exchange.Editable(s.Listing(rec).State) {
		return fault.New(fault.Conflict, "listing.not_editable")
	}
	step, _ := web.Form(r).Int("step")
	unread, err := exchange.DraftInputs(tx, s.Kind.Name, s.Listing(rec).ID, actor.ID)
	if err != nil {
		return err
	}
	given := exchange.Typed{}
	for column, text := range unread {
		given[column] = []string{text}
	}
	return s.showStep(w, r, rec, int(step), given, amissWords(r, s.Unreadable(rec, unread)), http.StatusOK)
}

// showStep draws a step of the form: what was typed stands before what is stored.
func (s side[T]) showStep(w http.ResponseWriter, r *http.Request, rec *T, step int, given exchange.Typed, faults parts.Faults, status int) error {
	tx, l, steps := web.Tx(r), s.Listing(rec), s.Steps()
	step = min(max(step, 1), len(steps))
	unread, err := exchange.DraftInputs(tx, s.Kind.Name, l.ID, web.Actor(r).ID)
	if err != nil {
		return err
	}
	progress := s.Progress(rec, unread)
	name := steps[step-1]
	v := editing{Heading: s.stepTitle(r, name), Of: web.T(r, "post.step_of", "Step", step, "Steps", len(steps)),
		Lede: web.T(r, "post.lede_"+name), Action: s.Path(l.ID), Version: strconv.FormatInt(l.Version, 10), Step: strconv.Itoa(step),
		Faults: stepFaults(faults, s.Shelf, step), Meter: s.meterView(r, l.ID, progress)}
	if v.Steps, err = s.stepLinks(r, rec, step, progress); err != nil {
		return err
	}
	if v.Returned, err = s.returned(r, l); err != nil {
		return err
	}
	if step > 1 {
		v.Back = s.EditPath(l.ID, step-1)
	}
	if step < len(steps) {
		v.Next, v.NextPath = web.T(r, "post.save_next", "Step", step+1), s.EditPath(l.ID, step+1)
	}
	f := form[T]{s: s, r: r, rec: rec, typed: given, faults: faults}
	v.Inputs = f.inputs(s.FieldsOf(name))
	switch name {
	case exchange.StepClaims:
		v.Claims, err = s.claimStep(r, l, given, faults)
		v.Faults = claimFaults(v.Faults, given)
	case exchange.StepFiles:
		v.Files, err = s.fileStep(f)
	case exchange.StepReview:
		v.Review, err = s.reviewStep(r, rec, progress)
	}
	if err != nil {
		return err
	}
	page := web.Page{Title: web.T(r, "post.window_"+s.Kind.Name, "Step", v.Heading), Section: "/desk/mine", NoIndex: true, Status: status,
		Amiss: status >= 400, Crumbs: []parts.Crumb{{Path: "/desk/mine", Text: web.T(r, "mine.title")}, {Path: s.Path(l.ID), Text: l.Number}, {Text: v.Heading}}}
	return web.Show(w, r, page, editPage(v))
}

// stepFaults leaves the faults of the inputs that stand at the step.
func stepFaults[T any](faults parts.Faults, s *exchange.Shelf[T], step int) parts.Faults {
	here := parts.Faults{Title: faults.Title}
	for _, a := range faults.List {
		if _, isFact := s.Kind.Fields.OfColumn(a.Field); !isFact || s.StepOf(a.Field) == step {
			here.List = append(here.List, a)
		}
	}
	return here
}

func (s side[T]) stepTitle(r *http.Request, step string) string {
	if key := s.Kind.Name + ".step." + step; web.Words(r).Has(key) {
		return web.T(r, key)
	}
	return web.T(r, "listing.step."+step)
}

func (s side[T]) stepLinks(r *http.Request, rec *T, now int, p exchange.Progress) ([]parts.Step, error) {
	claims, err := record.Claims(web.Tx(r), s.Kind.Name, s.Listing(rec).ID)
	if err != nil {
		return nil, err
	}
	open := map[int]int{}
	for _, a := range p.Amiss {
		open[s.StepOf(a.Field)]++
	}
	var links []parts.Step
	for i, name := range s.Steps() {
		link := parts.Step{Path: s.EditPath(s.Listing(rec).ID, i+1), Text: s.stepTitle(r, name)}
		told := name == exchange.StepClaims && len(claims) > 0
		for _, f := range s.FieldsOf(name) {
			told = told || !f.Empty(rec)
		}
		switch {
		case i+1 == now:
			link.State = "now"
		case told && open[i+1] == 0:
			link.State = "done"
		}
		if n := open[i+1]; n > 0 {
			link.Note = web.T(r, "post.open", "N", n)
		}
		links = append(links, link)
	}
	return links, nil
}

func (s side[T]) meterView(r *http.Request, id string, p exchange.Progress) meterView {
	v := meterView{Text: web.T(r, "post.told", "Told", p.Told, "Needed", p.Needed),
		Shares: []parts.Share{{Kind: "ok", Of: p.Told}, {Kind: "idle", Of: p.Needed - p.Told}}}
	for _, a := range p.Amiss {
		v.Missing = append(v.Missing, parts.Link{Path: s.EditPath(id, s.StepOf(a.Field)) + "#" + parts.ID(a.Field), Text: s.amissText(r, a)})
	}
	return v
}

// amissText tells a fault away from its field: with the field's name.
func (s side[T]) amissText(r *http.Request, a fault.FieldFault) string {
	name := s.ColumnName(r, a.Field)
	if a.Key == "field.needed" {
		return name
	}
	return web.T(r, "post.amiss_at", "Name", name, "What", web.T(r, a.Key, a.Args...))
}

func (s side[T]) returned(r *http.Request, l *exchange.Listing) (*returned, error) {
	if l.State != exchange.Returned {
		return nil, nil
	}
	last, err := exchange.LastReturned(web.Tx(r), s.Kind.Name, l.ID)
	if err != nil || last == nil {
		return nil, err
	}
	return &returned{Reasons: s.ReasonNames(last.Reasons).In(web.Lang(r)), Note: last.Note}, nil
}

// save keeps what was typed at a step and goes on to the next one; with inputs that cannot be read
// it shows the step again with all that was typed. Script sends the same form now and then to keep
// the draft, and gets a word about it back.
func (s side[T]) save(w http.ResponseWriter, r *http.Request) error {
	tx, actor, sent := web.Tx(r), web.Actor(r), web.Form(r)
	id, given := r.PathValue("id"), exchange.Typed(sent.Map())
	version, _ := sent.Int("version")
	step, _ := sent.Int("step")
	rec, amiss, err := s.Edit(tx, actor, id, version, given.Given)
	if fault.KindOf(err) == fault.Conflict {
		return s.showClash(w, r, version, int(step), given, err)
	}
	if err != nil {
		return err
	}
	if err := exchange.KeepInputs(tx, s.Kind.Name, id, actor.ID, given, amiss); err != nil {
		return err
	}
	more, err := s.showFiles(tx, actor, id, given)
	if err != nil {
		return err
	}
	amiss = append(amiss, more...)
	if sent.On("autosave") {
		return web.Part(w, r, http.StatusOK, autosaved(s.Listing(rec).Version, savedText(r, tx, len(amiss))))
	}
	if len(amiss) > 0 {
		return s.showStep(w, r, rec, int(step), given, amissWords(r, amiss), http.StatusUnprocessableEntity)
	}
	return web.Goto(w, r, s.EditPath(id, int(step)+1))
}

// autosaved is the word about a draft that was kept, with the version to go on from.
func autosaved(version int64, text string) templ.Component {
	return autosavedPart(strconv.FormatInt(version, 10), text)
}

// tongue is the lang attribute of an element, when it has one.
func tongue(lang string) templ.Attributes {
	if lang == "" {
		return nil
	}
	return templ.Attributes{"lang": lang}
}

func ticked(on bool) string {
	if on {
		return "1"
	}
	return ""
}

func savedText(r *http.Request, tx *db.Tx, amiss int) string {
	at := tx.Now.In(when.Zone).Format("15:04")
	if amiss > 0 {
		return web.T(r, "post.autosaved_amiss", "At", at, "N", amiss)
	}
	return web.T(r, "post.autosaved", "At", at)
}

// tagged is the lang attribute of a text that may be in the other tongue.
func tagged(r *http.Request, tongue lang.Tag) string {
	if tongue == web.Lang(r) {
		return ""
	}
	return string(tongue)
}
