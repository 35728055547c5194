package inspection

import (
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"chonoi/internal/account"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// listSize is how many rounds a page shows.
const listSize = 20

type roundsView struct {
	Rows    []roundRow
	Hold    bool
	Pager   parts.Pager
	Nothing *parts.Empty
}

type roundRow struct {
	Path, Subject, SubjectIn, About string
	State                           parts.Light
	Counts                          []parts.Light
}

func (d doors) showRounds(w http.ResponseWriter, r *http.Request) error {
	query, actor := r.URL.Query(), web.Actor(r)
	v := roundsView{Hold: account.MayHoldRounds.Allows(actor)}
	after, base := query.Get("after"), "/rounds?plan="+url.QueryEscape(query.Get("plan"))
	for turn := 0; turn < 50 && len(v.Rows) < listSize; turn++ {
		all, err := programme.RoundsOf(web.Tx(r), query.Get("plan"), after, listSize)
		if err != nil {
			return err
		}
		for _, one := range all {
			after = one.ID
			round, _, err := programme.RoundOf(web.Tx(r), actor, one.ID)
			if fault.KindOf(err) == fault.NotFound {
				continue
			}
			if err != nil {
				return err
			}
			row, err := rowOf(r, round)
			if err != nil {
				return err
			}
			if v.Rows = append(v.Rows, row); len(v.Rows) == listSize {
				v.Pager.Next = base + "&after=" + url.QueryEscape(after)
				break
			}
		}
		if len(all) < listSize {
			break
		}
	}
	if query.Get("after") != "" {
		v.Pager.First = base
	}
	if len(v.Rows) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "round.none"), Text: web.T(r, "round.none_help")}
	}
	page := web.Page{Title: web.T(r, "round.list"), Description: web.T(r, "round.list_help"), Section: "/plans", Crumbs: crumbs(r, "")}
	return web.Show(w, r, page, roundsPage(v))
}

func crumbs(r *http.Request, last string) []parts.Crumb {
	all := []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: "/rounds", Text: web.T(r, "round.list")}}
	if last == "" {
		all[1].Path = ""
		return all
	}
	return append(all, parts.Crumb{Text: last})
}

func roundLight(r *http.Request, one *programme.Round) parts.Light {
	standing := one.Standing(when.DayOf(web.Tx(r).Now))
	kind := map[string]string{"planned": "idle", "running": "run", "unconcluded": "late", "closed": "ok"}[standing]
	return parts.Light{Kind: kind, Text: web.T(r, "round.state_"+standing)}
}

func rowOf(r *http.Request, one *programme.Round) (roundRow, error) {
	row := roundRow{Path: "/rounds/" + one.ID, State: roundLight(r, one), About: web.T(r, "round.about", "Kind", web.T(r, "round.kind_"+one.Kind), "Holder", one.Holder, "Date", lang.Date(web.Lang(r), one.Begins.Start()))}
	row.Subject, row.SubjectIn = shown.Best(r, one.Subject)
	found, err := programme.FindingsOf(web.Tx(r), one.ID)
	if err != nil {
		return row, err
	}
	row.Counts = counts(r, found)
	return row, nil
}

// counts are the findings by what became of them, the overdue ones first.
func counts(r *http.Request, found []*programme.Finding) (all []parts.Light) {
	n, today := map[string]int{}, when.DayOf(web.Tx(r).Now)
	for _, f := range found {
		if f.Overdue(today) {
			n["overdue"]++
		} else {
			n[f.State]++
		}
	}
	for _, one := range []struct{ state, kind string }{{"overdue", "late"}, {"open", "run"}, {"answered", "risk"}, {"closed", "ok"}} {
		if n[one.state] > 0 {
			all = append(all, parts.Light{Kind: one.kind, Text: web.T(r, "finding.n_"+one.state, "N", n[one.state])})
		}
	}
	return all
}

type newView struct {
	Faults  parts.Faults
	Plan    parts.Field
	Kind    parts.Field
	Subject parts.Pair
	Scope   []parts.Field
	Fields  []parts.Field
	Members parts.Field
	Public  parts.Field
}

func (d doors) showNew(w http.ResponseWriter, r *http.Request) error {
	return d.drawNew(w, r, web.Values{}, parts.Faults{})
}

func (d doors) drawNew(w http.ResponseWriter, r *http.Request, given web.Values, faults parts.Faults) error {
	all, err := programme.PlansSeen(web.Tx(r), web.Actor(r), "", 200)
	if err != nil {
		return err
	}
	chosen := given.Text("plan")
	if chosen == "" {
		chosen = r.URL.Query().Get("plan")
	}
	v := newView{Faults: faults, Plan: parts.Field{Name: "plan", Label: web.T(r, "round.plan"), Error: faults.At("plan")}, Kind: parts.Field{Name: "kind", Label: web.T(r, "round.kind"), Error: faults.At("kind")}}
	for _, p := range all {
		if p.State != "draft" {
			name, _ := shown.Best(r, p.Name)
			v.Plan.Options = append(v.Plan.Options, parts.Option{Value: p.ID, Text: name, On: p.ID == chosen})
		}
	}
	for _, kind := range programme.RoundKinds {
		v.Kind.Options = append(v.Kind.Options, parts.Option{Value: kind, Text: web.T(r, "round.kind_"+kind), On: kind == given.Text("kind")})
	}
	v.Subject = parts.Pair{Name: "subject", Label: web.T(r, "round.subject"), Vi: given.Text("subject.vi"), En: given.Text("subject.en"), ErrorVi: faults.At("subject_vi"), Max: 400}
	field := func(name string) parts.Field {
		return parts.Field{Name: name, Label: web.T(r, "round."+name), Value: given.Text(name), Error: faults.At(name)}
	}
	begins, ends := field("begins_on"), field("ends_on")
	begins.Type, begins.Short, ends.Type, ends.Short, ends.Optional = "date", true, "date", true, true
	v.Fields = []parts.Field{field("holder"), field("decision"), begins, ends}
	clauses, bodies := field("clauses"), field("bodies")
	clauses.Value, clauses.Hint, clauses.Optional, clauses.Rows = given.Long("clauses"), web.T(r, "round.clauses_hint"), true, 2
	bodies.Value, bodies.Hint, bodies.Optional, bodies.Rows = given.Long("bodies"), web.T(r, "round.bodies_hint"), true, 3
	v.Scope = []parts.Field{clauses, bodies}
	v.Members = parts.Field{Name: "members", Label: web.T(r, "round.members"), Hint: web.T(r, "round.members_hint"), Value: given.Long("members"), Rows: 3, Max: 4000, Optional: true}
	v.Public = parts.Field{Name: "is_public", Label: web.T(r, "round.is_public"), Options: []parts.Option{{Value: "1", Text: web.T(r, "round.is_public_yes"), On: given.On("is_public")}}}
	page := web.Page{Title: web.T(r, "round.hold"), Section: "/plans", NoIndex: true, Amiss: faults.Any(), Crumbs: crumbs(r, web.T(r, "round.hold"))}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, newPage(v))
}

func (d doors) hold(w http.ResponseWriter, r *http.Request) error {
	form, actor := web.Form(r), web.Actor(r)
	one := &programme.Round{Kind: form.Text("kind"), Plan: form.Text("plan"), Subject: form.Both("subject"), Holder: form.Text("holder"), Decision: form.Text("decision"), Members: form.Long("members"), Public: form.On("is_public")}
	if len(actor.Memberships) > 0 {
		one.Owner = actor.Memberships[0].Organisation
	}
	one.Clauses = strings.Join(strings.FieldsFunc(form.Long("clauses"), func(c rune) bool { return unicode.IsSpace(c) || c == ',' || c == ';' }), " ")
	f := fault.New(fault.Invalid, "round.invalid")
	if err := d.scope(r, one, form.Long("bodies"), f); err != nil {
		return err
	}
	for name, into := range map[string]*when.Day{"begins_on": &one.Begins, "ends_on": &one.Ends} {
		var ok bool
		if *into, ok = form.Day(name); !ok {
			f.At(name, "field.not_a_day")
		}
	}
	err := f.OrNil()
	if err == nil {
		err = programme.HoldRound(web.Tx(r), actor, one)
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.drawNew(w, r, form, faults)
	}
	web.Notice(w, r, "round.held")
	return web.Goto(w, r, "/rounds/"+one.ID)
}

// scope finds the bodies that a round names, one on each line, by their names.
func (d doors) scope(r *http.Request, one *programme.Round, lines string, f *fault.Fault) error {
	var printed []string
	for line := range strings.Lines(lines) {
		if line = lang.Clean(line); line != "" {
			printed = append(printed, line)
		}
	}
	if len(printed) == 0 {
		return nil
	}
	if len(printed) > mostBodies {
		f.At("bodies", "round.scope_too_wide", "N", mostBodies)
		return nil
	}
	found, err := d.Bodies.Find(web.Tx(r), when.DayOf(web.Tx(r).Now), printed...)
	if err != nil {
		return err
	}
	var ids []string
	for _, line := range printed {
		id := found[line].Body
		if id == "" {
			f.At("bodies", "round.no_such_body", "Body", line)
			return nil
		}
		ids = append(ids, id)
	}
	one.Bodies = strings.Join(ids, " ")
	return nil
}

// mostBodies is how many bodies a round may name.
const mostBodies = 100
