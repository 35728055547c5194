package plan

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"chonoi/internal/document"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// line draws one clause in the list, and adds what is urgent of it.
func (v *planView) line(r *http.Request, b *programme.Board, l programme.Line) lineView {
	tag := web.Lang(r)
	row := lineView{Path: shown.ClauseAddress(b.Plan.ID, l.Path), Number: l.Path}
	row.Text, row.TextIn = shown.Best(r, l.Says())
	var due when.Day
	tally := map[parts.Light]int{}
	var lights []parts.Light
	for _, t := range l.Tasks {
		if t.Standing == programme.Transferred || t.Standing == programme.Cancelled {
			continue
		}
		light := shown.Light(r, t, b.On)
		if tally[light]++; tally[light] == 1 {
			lights = append(lights, light)
		}
		if due.Zero() || !t.Due.Zero() && t.Due.Before(due) {
			due = t.Due
		}
		if t.Standing == programme.Overdue && len(v.Urgent) < 8 {
			v.Urgent = append(v.Urgent, urgent{Light: light, Path: row.Path, Text: l.Path + " " + row.Text, Body: b.Names[t.Owner].In(tag)})
		}
	}
	for _, light := range lights {
		if n := tally[light]; n > 1 {
			light.Text = web.T(r, "plan.of_these", "N", n, "What", light.Text)
		}
		row.Lights = append(row.Lights, light)
	}
	if l.Unassigned {
		row.Lights = append(row.Lights, parts.Light{Kind: "late", Text: web.T(r, "standing.unassigned")})
	}
	if len(l.Gone) > 0 {
		row.Lights = append(row.Lights, parts.Light{Kind: "risk", Text: web.T(r, "plan.basis_gone")})
	}
	row.Bodies = firstFew(bodiesOf(r, b, l))
	if !due.Zero() {
		row.Due = lang.Date(tag, due.Start())
	}
	row.Evidence = web.T(r, "plan.evidence_none")
	if l.Evidence > 0 {
		row.Evidence = web.T(r, "plan.evidence", "N", l.Evidence)
	}
	return row
}

// firstFew keeps a list short; the clause's page has all.
func firstFew(all []string) []string {
	if len(all) > 4 {
		return append(all[:4:4], "…")
	}
	return all
}

// bodiesOf names who has a clause, with their roles: leads first.
func bodiesOf(r *http.Request, b *programme.Board, l programme.Line) []string {
	tag := web.Lang(r)
	var all []string
	for _, role := range programme.Roles {
		for _, a := range l.Assignments {
			if a.Role != role || a.State == "proposed" {
				continue
			}
			name := a.Printed
			if a.Body != "" {
				name = b.Names[a.Body].In(tag)
			}
			text := web.T(r, "role."+string(role), "Body", name)
			if !slices.Contains(all, text) {
				all = append(all, text)
			}
		}
	}
	return all
}

// openClause is one clause of a plan in the open data.
type openClause struct {
	Path     string     `json:"path"`
	Text     string     `json:"text"`
	GistVi   string     `json:"gist_vi,omitempty"`
	GistEn   string     `json:"gist_en,omitempty"`
	Assigned bool       `json:"assigned"`
	Evidence int        `json:"evidence"`
	Tasks    []openTask `json:"tasks"`
}

type openTask struct {
	Number   string `json:"number"`
	Body     string `json:"body"`
	Due      string `json:"due,omitempty"`
	Standing string `json:"standing"`
	Done     string `json:"done,omitempty"`
}

func open(b *programme.Board) []openClause {
	all := make([]openClause, 0, len(b.Lines))
	for _, l := range b.Lines {
		c := openClause{Path: l.Path, Text: l.Text, GistVi: l.Gist.Vi, GistEn: l.Gist.En, Assigned: !l.Unassigned, Evidence: l.Evidence, Tasks: []openTask{}}
		for _, t := range l.Tasks {
			one := openTask{Number: t.Number}
			if !t.Secret {
				one = openTask{Number: t.Number, Body: b.Names[t.Owner].In(lang.Vi), Due: t.Due.String(), Standing: string(t.Standing)}
				if t.Standing == programme.OnTime || t.Standing == programme.Late || t.Standing == programme.DoneUndated {
					one.Done = t.Done.String()
				}
			}
			c.Tasks = append(c.Tasks, one)
		}
		all = append(all, c)
	}
	return all
}

// boardAsked returns the board that open data is asked for.
func (d doors) boardAsked(r *http.Request) (*programme.Board, error) {
	p, err := programme.PlanOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return d.Board(web.Tx(r), p, shown.AsOf(r))
}

func (d doors) sendJSON(w http.ResponseWriter, r *http.Request) error {
	b, err := d.boardAsked(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	return json.NewEncoder(w).Encode(map[string]any{"plan": b.Plan.Number, "symbol": b.Plan.Symbol, "as_of": b.On.String(), "clauses": open(b)})
}

func (d doors) sendCSV(w http.ResponseWriter, r *http.Request) error {
	b, err := d.boardAsked(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+strings.ToLower(b.Plan.Number)+`-`+b.On.String()+`.csv"`)
	var columns []document.Column
	for _, name := range []string{"as_of", "path", "text", "gist_vi", "gist_en", "assigned", "task", "body", "due", "standing", "done"} {
		columns = append(columns, document.Column{Name: name})
	}
	out, err := document.NewWriter(w, document.CSV, columns, document.Layout{BOM: true})
	if err != nil {
		return err
	}
	for _, c := range open(b) {
		tasks := c.Tasks
		if len(tasks) == 0 {
			tasks = []openTask{{}}
		}
		for _, t := range tasks {
			if err := out.Write(b.On.String(), c.Path, c.Text, c.GistVi, c.GistEn, c.Assigned, t.Number, t.Body, t.Due, t.Standing, t.Done); err != nil {
				return err
			}
		}
	}
	return out.Close()
}
