package plan

import (
	"net/http"

	"github.com/a-h/templ"

	"chonoi/internal/account"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// Beside draws what stands beside a clause of a plan that its own pages know nothing of.
type Beside func(r *http.Request, p *programme.Plan, clause string) (templ.Component, error)

// clauseView is what the page of a clause is drawn from.
type clauseView struct {
	Beside                 templ.Component
	Plan, PlanIn, PlanPath string
	Number, Text, Gist     string
	GistIn                 string
	Above                  []parts.Link // the headings that it stands under
	Unassigned             bool
	Assigned               []parts.Fact
	Said                   []parts.Fact // what the document itself says: deadlines, products, citations
	Tasks                  []taskView
	Evidence               []evidenceView
	Carried                []parts.Link
	Notes                  []parts.Moment
	Previous, Next         string
	Measured               []parts.Fact // what the platform counts
	Rules                  rulesView
	Gone                   []parts.Link // documents that it rests on and that hold no longer
	Empty                  bool         // reported done, and no record shows it
}

type taskView struct {
	Number, Body, Title, Due, Product, Said, Path string
	Secret                                        bool
	Light                                         parts.Light
	Moves                                         []parts.Moment
}

type evidenceView struct {
	Title, Note string
	Light       parts.Light
}

func (d doors) showClause(w http.ResponseWriter, r *http.Request) error {
	return d.drawClause(w, r, web.Values{}, parts.Faults{})
}

// drawClause draws the page of a clause; given is what was typed into the form of its measures.
func (d doors) drawClause(w http.ResponseWriter, r *http.Request, given web.Values, faults parts.Faults) error {
	tx, actor := web.Tx(r), web.Actor(r)
	p, err := programme.PlanOf(tx, actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	if _, err := programme.ClauseOf(tx, p.ID, shown.ClausePath(r)); err != nil {
		return err
	}
	b, err := d.Board(tx, p, shown.AsOf(r))
	if err != nil {
		return err
	}
	at := 0
	for b.Lines[at].Path != shown.ClausePath(r) {
		at++
	}
	v := clauseView{PlanPath: shown.Address(p.ID)}
	v.Plan, v.PlanIn = shown.Best(r, p.Name)
	if at > 0 {
		v.Previous = shown.ClauseAddress(p.ID, b.Lines[at-1].Path)
	}
	if at+1 < len(b.Lines) {
		v.Next = shown.ClauseAddress(p.ID, b.Lines[at+1].Path)
	}
	if err := v.fill(r, b, b.Lines[at]); err != nil {
		return err
	}
	if v.Measured, v.Empty, err = d.measured(r, b, b.Lines[at]); err != nil {
		return err
	}
	v.Rules = d.rules(r, p, b.Lines[at], given, faults)
	if v.Beside, err = d.beside(r, p, v.Number); err != nil {
		return err
	}
	page := web.Page{Title: web.T(r, "plan.clause_title", "Path", v.Number), Description: v.Text, Section: "/plans", NoIndex: !p.Public, Amiss: faults.Any(),
		Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: v.PlanPath, Text: v.Plan}, {Text: v.Number}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, clausePage(v))
}

func (v *clauseView) fill(r *http.Request, b *programme.Board, l programme.Line) error {
	v.Number, v.Text, v.Unassigned = l.Path, l.Text, l.Unassigned
	v.Gone = append(gone(r, b.Plan.ID, l.Gone), gone(r, b.Plan.ID, b.Gone)...)
	if !l.Gist.Empty() {
		v.Gist, v.GistIn = shown.Best(r, l.Gist)
	}
	v.above(b, l)
	v.assigned(r, b, l)
	for _, t := range l.Tasks {
		v.Tasks = append(v.Tasks, taskOf(r, b, t))
	}
	tx, tag := web.Tx(r), web.Lang(r)
	facts, err := programme.Facts(tx, b.Plan.ID, programme.Deadline, programme.Deliverable, programme.Citation, programme.Quantity, programme.TimeWord)
	if err != nil {
		return err
	}
	for _, f := range facts {
		if f.Place == l.Path {
			v.Said = append(v.Said, parts.Fact{Name: web.T(r, "fact."+string(f.Kind)), Value: f.Printed, Lang: foreignTo(tag)})
		}
	}
	items, err := programme.EvidenceFor(tx, b.Plan.ID, l.Path)
	if err != nil {
		return err
	}
	for _, e := range items {
		v.Evidence = append(v.Evidence, evidenceOf(r, e))
	}
	for _, link := range l.Carried {
		other, err := programme.PlanOf(tx, web.Actor(r), link.Plan)
		if err != nil {
			continue // what the reader may not see is not there
		}
		name, _ := shown.Best(r, other.Name)
		v.Carried = append(v.Carried, parts.Link{Path: shown.ClauseAddress(other.ID, link.Clause), Text: web.T(r, "plan.clause_of", "Path", link.Clause, "Plan", name)})
	}
	notes, err := programme.Notes(tx, b.Plan.ID)
	for _, n := range notes {
		if n.Place == l.Path || n.Place == l.Node {
			v.Notes = append(v.Notes, noteOf(r, n))
		}
	}
	return err
}

// foreignTo tells the tongue of the document's own words to a reader of another one.
func foreignTo(tag lang.Tag) string {
	if tag == lang.Vi {
		return ""
	}
	return "vi"
}

// above lists the headings that a clause stands under, the section first.
func (v *clauseView) above(b *programme.Board, l programme.Line) {
	byPath := map[string]programme.Node{}
	for _, n := range b.Nodes {
		byPath[n.Path] = n
	}
	for at := byPath[l.Node].Parent; at != ""; at = byPath[at].Parent {
		n := byPath[at]
		text := n.Text
		if n.Marker != "" {
			text = n.Marker + " " + text
		}
		v.Above = append([]parts.Link{{Text: text}}, v.Above...)
	}
}

func (v *clauseView) assigned(r *http.Request, b *programme.Board, l programme.Line) {
	tag := web.Lang(r)
	led := b.Plan.Led(web.Actor(r)) || account.MaySeeProgramme.Allows(web.Actor(r))
	for _, a := range l.Assignments {
		if a.State == "proposed" && !led {
			continue
		}
		f := parts.Fact{Name: web.T(r, "role_name."+string(a.Role)), Value: a.Printed, Note: web.T(r, "plan.assigned_by", "Basis", a.Basis, "Date", lang.Date(tag, a.From.Start()))}
		if a.Body != "" {
			f.Value = b.Names[a.Body].In(tag)
			if last, gone := b.Ended[a.Body]; gone {
				f.Note = web.T(r, "plan.body_ended", "Date", lang.Date(tag, last.Start()))
			}
		}
		if a.State == "proposed" {
			f.Note = web.T(r, "plan.proposed_note")
		}
		v.Assigned = append(v.Assigned, f)
	}
}

func taskOf(r *http.Request, b *programme.Board, t programme.Placed) taskView {
	tag := web.Lang(r)
	one := taskView{Number: t.Number, Secret: t.Secret}
	if t.Secret {
		return one
	}
	one.Body, one.Light = b.Names[t.Owner].In(tag), shown.Light(r, t, b.On)
	one.Title, _ = shown.Best(r, t.Title)
	one.Product, _ = shown.Best(r, t.Product)
	if !t.Due.Zero() {
		one.Due = lang.Date(tag, t.Due.Start())
	}
	if t.Said != "" {
		one.Said = web.T(r, "plan.body_says", "What", web.T(r, "said."+t.Said))
	}
	one.Moves = shown.Moves(r, t.Moves)
	return one
}

func evidenceOf(r *http.Request, e *programme.Evidence) evidenceView {
	return evidenceView{Title: e.Title, Note: web.T(r, "evidence.form_"+e.Form), Light: shown.EvidenceLight(r, e)}
}

func noteOf(r *http.Request, n programme.Note) parts.Moment {
	m := parts.Moment{At: lang.DateTime(web.Lang(r), when.Time(n.At)), Text: n.Words, State: "done"}
	if n.Field != "" {
		m.Text = web.T(r, "plan.corrected", "Old", n.Old, "Now", n.Now)
		m.Note = n.Words
	}
	return m
}
