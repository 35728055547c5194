package overview

import (
	"fmt"
	"net/http"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// networkView is what the network of documents around a plan is drawn from: what it rests on at the
// left, what carries it out at the right.
type networkView struct {
	Path, Plan, PlanIn, Symbol string
	Height, Middle             int
	Above, Below               []node
	Rows                       []documentRow
	Office                     bool
	Faults                     parts.Faults
	Form                       []parts.Field
	State                      parts.Field
}

// node is a document in the picture.
type node struct {
	X, Y, TextY int
	Text        string
	Gone        bool
}

// documentRow is a document in the table beside.
type documentRow struct {
	Symbol, Relation, Note string
	Path                   string
	Light                  parts.Light
	Clauses                []parts.Action
	More                   int
}

const (
	nodeHeight  = 30
	mostNodes   = 40 // in the picture; the table has all
	mostClauses = 12
)

func (d doors) showNetwork(w http.ResponseWriter, r *http.Request) error {
	return d.drawNetwork(w, r, web.Values{}, parts.Faults{})
}

func (d doors) drawNetwork(w http.ResponseWriter, r *http.Request, given web.Values, faults parts.Faults) error {
	tx := web.Tx(r)
	p, err := programme.PlanOf(tx, web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	v := networkView{Path: shown.Address(p.ID), Symbol: p.Symbol, Faults: faults, Office: account.MayProgramme.Allows(web.Actor(r))}
	v.Plan, v.PlanIn = shown.Best(r, p.Name)
	if v.Symbol == "" {
		v.Symbol = p.Number
	}
	if err := v.documents(r, p); err != nil {
		return err
	}
	v.form(r, given, faults)
	v.Height = max(len(v.Above), len(v.Below), 1)*nodeHeight + 20
	v.Middle = v.Height / 2
	page := web.Page{Title: web.T(r, "network.title"), Section: "/plans", NoIndex: true, Amiss: faults.Any(),
		Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: v.Path, Text: v.Plan}, {Text: web.T(r, "network.title")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, networkPage(v))
}

// documents lists what the plan rests on, and the plans that carry it out.
func (v *networkView) documents(r *http.Request, p *programme.Plan) error {
	tx, on, tag := web.Tx(r), shown.AsOf(r), web.Lang(r)
	cited, err := programme.CitedBy(tx, p.ID)
	if err != nil {
		return err
	}
	for _, c := range cited {
		row := documentRow{Symbol: c.Symbol, Relation: web.T(r, "network.relation_"+relation(c.Relation)), Light: parts.Light{Kind: "idle", Text: web.T(r, "network.unknown")}}
		if c.Told != nil {
			row.Light = parts.Light{Kind: "ok", Text: web.T(r, "network.state_in_force")}
			row.Note = c.Told.Basis
		}
		if c.Told.Gone(on) {
			row.Light = parts.Light{Kind: "late", Text: web.T(r, "network.state_"+c.Told.State, "By", c.Told.ReplacedBy, "Date", lang.Day(tag, c.Told.Since))}
		}
		for i, clause := range c.Clauses {
			if i == mostClauses {
				row.More = len(c.Clauses) - mostClauses
				break
			}
			one := parts.Action{Text: clause}
			if strings.Contains(clause, "#") {
				one.Path = shown.ClauseAddress(p.ID, clause)
			}
			row.Clauses = append(row.Clauses, one)
		}
		v.Rows = append(v.Rows, row)
		v.Above = nodeAt(v.Above, 10, c.Symbol, c.Told.Gone(on))
	}
	below, err := programme.PlansBelow(tx, p.ID)
	for _, one := range below {
		if one.Seen(web.Actor(r)) && one.State != "draft" {
			v.Rows = append(v.Rows, documentRow{Symbol: one.Symbol, Path: shown.Address(one.ID), Relation: web.T(r, "network.carries_out"), Light: parts.Light{Kind: "run", Text: web.T(r, "plan.state_"+one.State)}})
			v.Below = nodeAt(v.Below, 690, one.Symbol, false)
		}
	}
	return err
}

func relation(of string) string {
	switch of {
	case "implements", "continues", "replaces":
		return of
	}
	return "linked"
}

func nodeAt(all []node, x int, text string, gone bool) []node {
	if len(all) == mostNodes {
		return all
	}
	y := 10 + len(all)*nodeHeight
	if r := []rune(text); len(r) > 34 {
		text = string(r[:33]) + "…"
	}
	return append(all, node{X: x, Y: y, TextY: y + 15, Text: text, Gone: gone})
}

// edge is the line from a document to the plan in the middle.
func edge(fromX, fromY, toX, toY int) string {
	return fmt.Sprintf("M%d %dC%d %d %d %d %d %d", fromX, fromY, (fromX+toX)/2, fromY, (fromX+toX)/2, toY, toX, toY)
}

func (v *networkView) form(r *http.Request, given web.Values, faults parts.Faults) {
	field := func(name string) parts.Field {
		return parts.Field{Name: name, Label: web.T(r, "network."+name), Value: given.Text(name), Error: faults.At(name), Max: 300}
	}
	since, by := field("since"), field("replaced_by")
	since.Type, since.Short, by.Optional = "date", true, true
	symbol := field("symbol")
	symbol.Hint = web.T(r, "network.symbol_hint")
	v.Form = []parts.Field{symbol, by, since, field("basis")}
	v.State = parts.Field{Name: "state", Label: web.T(r, "network.state"), Error: faults.At("state")}
	for _, one := range []string{"replaced", "ended", "in_force"} {
		v.State.Options = append(v.State.Options, parts.Option{Value: one, Text: web.T(r, "network.choice_"+one), On: one == given.Text("state")})
	}
}

// tellCited keeps what became of a document that plans cite.
func (d doors) tellCited(w http.ResponseWriter, r *http.Request) error {
	if _, err := programme.PlanOf(web.Tx(r), web.Actor(r), r.PathValue("id")); err != nil {
		return err
	}
	form := web.Form(r)
	since, ok := form.Day("since")
	err := error(nil)
	if !ok {
		err = fault.New(fault.Invalid, "cited.invalid").At("since", "field.not_a_day")
	} else {
		err = programme.TellCited(web.Tx(r), web.Actor(r), programme.Cited{Symbol: form.Text("symbol"), State: form.Text("state"), ReplacedBy: form.Text("replaced_by"), Since: since, Basis: form.Text("basis")})
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.drawNetwork(w, r, form, faults)
	}
	web.Notice(w, r, "network.told")
	return web.Goto(w, r, shown.Address(r.PathValue("id"))+"/network")
}
