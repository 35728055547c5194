package inspection

import (
	"net/http"
	"slices"
	"strconv"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// trailSize is how many entries a page of a trail shows.
const trailSize = 50

// trailView is what the ledger tells of one thing and of what hangs on it, newest first.
type trailView struct {
	What, Back string
	Entries    []trailEntry
	Older      string
}

type trailEntry struct {
	At, Seq, Act, Who, Hash string
	Changes                 []parts.Fact
	Erased                  bool
}

// drawTrail draws what the ledger tells of some things, each in the order of the chain.
func (d doors) drawTrail(w http.ResponseWriter, r *http.Request, what, back string, of ...programme.Mention) error {
	before, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	var all []ledger.Entry
	for _, one := range of {
		some, err := ledger.Of(web.Tx(r), one.Kind, one.ID, before, trailSize+1)
		if err != nil {
			return err
		}
		all = append(all, some...)
	}
	slices.SortFunc(all, func(a, b ledger.Entry) int { return int(b.Seq - a.Seq) })
	v := trailView{What: what, Back: back}
	if len(all) > trailSize {
		all = all[:trailSize]
		v.Older = web.Path(r) + "?before=" + strconv.FormatInt(all[trailSize-1].Seq, 10)
	}
	var people []string
	for _, e := range all {
		people = append(people, e.Actor)
	}
	names, err := d.People(web.Tx(r), people...)
	if err != nil {
		return err
	}
	bodies, err := d.bodiesIn(r, all)
	if err != nil {
		return err
	}
	for _, e := range all {
		v.Entries = append(v.Entries, entryOf(r, e, names, bodies))
	}
	page := web.Page{Title: web.T(r, "trail.title"), Section: "/plans", NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: back, Text: what}, {Text: web.T(r, "trail.title")}}}
	return web.Show(w, r, page, trailPage(v))
}

// mostChange is how many characters of a changed fact a trail shows.
const mostChange = 300

// ofBody are the changed facts that name a body by its id, and ofPlan those that say to which plan or
// record a thing belongs, which the page itself says.
var (
	ofBody = []string{"owner", "body", "answered_by"}
	ofPlan = []string{"plan", "round", "assignment", "report", "task"}
)

// bodiesIn returns what the bodies are called that entries name.
func (d doors) bodiesIn(r *http.Request, all []ledger.Entry) (map[string]lang.Both, error) {
	var ids []string
	for _, e := range all {
		for _, c := range e.Change {
			if slices.Contains(ofBody, c.Field) && c.New != "" {
				ids = append(ids, c.New)
			}
		}
	}
	return d.Bodies.Names(web.Tx(r), when.DayOf(web.Tx(r).Now), ids...)
}

func entryOf(r *http.Request, e ledger.Entry, names map[string]string, bodies map[string]lang.Both) trailEntry {
	one := trailEntry{At: lang.DateTime(web.Lang(r), e.At), Seq: strconv.FormatInt(e.Seq, 10), Act: e.Act, Hash: e.Hash[:min(12, len(e.Hash))], Erased: e.Erased, Who: names[e.Actor]}
	if key := "act." + e.Act; web.Words(r).Has(key) {
		one.Act = web.T(r, key)
	}
	switch {
	case e.Actor == string(programme.ByLetter):
		one.Who = web.T(r, "trail.by_letter")
	case one.Who == "":
		one.Who = web.T(r, "trail.system")
	}
	for _, c := range e.Change {
		if slices.Contains(ofPlan, c.Field) {
			continue
		}
		fact := parts.Fact{Name: c.Field, Value: cut(c.New)}
		if key := "trail.field_" + c.Field; web.Words(r).Has(key) {
			fact.Name = web.T(r, key)
		}
		if body, known := bodies[c.New]; known && slices.Contains(ofBody, c.Field) {
			fact.Value = body.In(web.Lang(r))
		}
		if c.Old != "" {
			fact.Note = web.T(r, "trail.was", "Old", cut(c.Old))
		}
		if fact.Value != "" || fact.Note != "" {
			one.Changes = append(one.Changes, fact)
		}
	}
	return one
}

func cut(text string) string {
	if letters := []rune(text); len(letters) > mostChange {
		return string(letters[:mostChange]) + "…"
	}
	return text
}

func (d doors) trailOfPlan(w http.ResponseWriter, r *http.Request) error {
	p, err := programme.PlanOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	name, _ := shown.Best(r, p.Name)
	return d.drawTrail(w, r, name, shown.Address(p.ID), programme.Mention{Kind: "plan", ID: p.ID})
}

// trailOfClause tells who had the clause to do, which measures speak for it, its evidence and what
// people said of it.
func (d doors) trailOfClause(w http.ResponseWriter, r *http.Request) error {
	tx, path := web.Tx(r), shown.ClausePath(r)
	p, err := programme.PlanOf(tx, web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	if _, err := programme.ClauseOf(tx, p.ID, path); err != nil {
		return err
	}
	of, err := programme.OnClause(tx, p.ID, path)
	if err != nil {
		return err
	}
	return d.drawTrail(w, r, path, shown.ClauseAddress(p.ID, path), of...)
}

// trailOfTask tells of a task, its reports and its evidence.
func (d doors) trailOfTask(w http.ResponseWriter, r *http.Request) error {
	t, _, err := programme.TaskOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	of, err := programme.OnTask(web.Tx(r), t.ID)
	if err != nil {
		return err
	}
	return d.drawTrail(w, r, t.Number, "/tasks/"+t.ID, append(of, programme.Mention{Kind: "task", ID: t.ID})...)
}

func (d doors) trailOfReview(w http.ResponseWriter, r *http.Request) error {
	one, _, err := programme.ReviewOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return d.drawTrail(w, r, one.Number, "/reviews/"+one.ID, programme.Mention{Kind: "plan_review", ID: one.ID})
}

// trailOfRound tells of a round and of what it found.
func (d doors) trailOfRound(w http.ResponseWriter, r *http.Request) error {
	one, _, err := programme.RoundOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	all := []programme.Mention{{Kind: "check_round", ID: one.ID}}
	found, err := programme.FindingsOf(web.Tx(r), one.ID)
	for _, f := range found {
		all = append(all, programme.Mention{Kind: "check_finding", ID: f.ID})
	}
	if err != nil {
		return err
	}
	return d.drawTrail(w, r, one.Number, "/rounds/"+one.ID, all...)
}

func (d doors) trailOfFinding(w http.ResponseWriter, r *http.Request) error {
	f, _, _, err := findingOf(r)
	if err != nil {
		return err
	}
	return d.drawTrail(w, r, f.Number, "/findings/"+f.ID, programme.Mention{Kind: "check_finding", ID: f.ID})
}

func (d doors) trailOfOpinion(w http.ResponseWriter, r *http.Request) error {
	o, err := programme.Opinions.Get(web.Tx(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	if _, err := programme.PlanOf(web.Tx(r), web.Actor(r), o.Plan); err != nil {
		return fault.New(fault.NotFound, "record.not_found")
	}
	return d.drawTrail(w, r, o.Number, "/opinions?state="+o.State, programme.Mention{Kind: "opinion", ID: o.ID})
}
