package inspection

import (
	"net/http"
	"slices"
	"strings"

	"chonoi/internal/account"
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
	Papers                   []parts.Paper
	Bring                    *fileForm
	CSV, JSON, Trail         string
	Older                    string
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
	within, err := inside(tx, actor, one, p)
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
	if err := d.scopeFacts(r, &v, one, p); err != nil {
		return err
	}
	fact("holder", one.Holder)
	fact("decision", one.Decision)
	fact("begins_on", lang.Day(tag, one.Begins))
	fact("ends_on", lang.Day(tag, one.Ends))
	fact("members", one.Members)
	fact("conclusion", one.Conclusion)
	if v.Papers, err = papers(r, "check_round", one.ID, within); err != nil {
		return err
	}
	if one.Held(actor) && d.files != nil {
		form := newFileForm(r)
		v.Bring = &form
	}
	if account.MayInspect.Allows(actor) {
		v.Trail = v.Path + "/trail"
	}
	if err := d.findingRows(r, &v, pageOf(r, &v, found)); err != nil {
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

// findingsOnAPage is how many findings a page of a round shows.
const findingsOnAPage = 40

// pageOf are the findings after the one that the address names, and the link to those behind them.
func pageOf(r *http.Request, v *roundView, found []*programme.Finding) []*programme.Finding {
	after := r.URL.Query().Get("after")
	found = slices.DeleteFunc(slices.Clone(found), func(f *programme.Finding) bool { return f.ID <= after })
	if len(found) > findingsOnAPage {
		found = found[:findingsOnAPage]
		v.Older = v.Path + "?after=" + found[findingsOnAPage-1].ID
	}
	return found
}

// scopeFacts tells which clauses and bodies a round looks at.
func (d doors) scopeFacts(r *http.Request, v *roundView, one *programme.Round, p *programme.Plan) error {
	for _, path := range strings.Fields(one.Clauses) {
		fact := parts.Fact{Name: web.T(r, "round.clause"), Value: path}
		if p.Seen(web.Actor(r)) && strings.Contains(path, "#") {
			fact.Path = shown.ClauseAddress(p.ID, path)
		}
		v.Facts = append(v.Facts, fact)
	}
	ids := strings.Fields(one.Bodies)
	if len(ids) == 0 {
		return nil
	}
	names, err := d.Bodies.Names(web.Tx(r), one.Begins, ids...)
	for _, id := range ids {
		v.Facts = append(v.Facts, parts.Fact{Name: web.T(r, "round.body"), Value: names[id].In(web.Lang(r)), Path: "/organisations/" + id})
	}
	return err
}

func (d doors) findingRows(r *http.Request, v *roundView, found []*programme.Finding) error {
	names, err := d.names(r, found)
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
		if strings.HasPrefix(id, "class:") {
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
	known, err := d.Bodies.Assignable(web.Tx(r), when.DayOf(web.Tx(r).Now))
	if err != nil {
		return err
	}
	f := &programme.Finding{Clause: form.Text("clause"), Words: form.Long("words")}
	f.Owner = form.Text("owner")
	due, ok := form.Day("due_on")
	if _, is := known[f.Owner]; f.Owner != "" && (!is || strings.HasPrefix(f.Owner, "class:")) {
		err = fault.New(fault.Invalid, "finding.invalid").At("owner", "field.not_in_list")
	} else if f.Due = due; !ok {
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
