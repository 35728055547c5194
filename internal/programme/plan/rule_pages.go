package plan

import (
	"cmp"
	"net/http"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// rulesView is what the forms are drawn from in which whoever leads a plan says what counts for a
// clause, and what it should reach.
type rulesView struct {
	Path                   string // where the forms go; "" for those who only read
	Bound                  []boundRow
	Measure, Target, Basis parts.Field
	Faults                 parts.Faults
}

// boundRow is a measure that speaks for the clause.
type boundRow struct{ ID, Name, Target string }

// rules fills in the forms with what was typed.
func (d doors) rules(r *http.Request, p *programme.Plan, l programme.Line, given web.Values, faults parts.Faults) rulesView {
	if !p.Led(web.Actor(r)) {
		return rulesView{}
	}
	v := rulesView{Path: shown.ClauseAddress(p.ID, l.Path) + "/rules", Faults: faults}
	for _, rule := range l.Rules {
		row := boundRow{ID: rule.ID, Name: d.nameOf(r, rule)}
		if rule.Target >= 0 {
			row.Target = web.T(r, "plan.target", "N", lang.Number(web.Lang(r), rule.Target), "Basis", rule.TargetBasis)
		}
		v.Bound = append(v.Bound, row)
	}
	v.Measure = parts.Field{Name: "measure", Label: web.T(r, "rule.measure"), Hint: web.T(r, "rule.measure_hint"), Error: faults.At("measure")}
	for _, m := range d.book.All() {
		if newest, _ := d.book.Newest(m.Name); newest.Version == m.Version {
			v.Measure.Options = append(v.Measure.Options, parts.Option{Value: m.Name, Text: web.T(r, "measure."+m.Name), On: m.Name == given.Text("measure")})
		}
	}
	lang.Sort(v.Measure.Options, func(o parts.Option) string { return o.Text })
	v.Target = parts.Field{Name: "target", Label: web.T(r, "rule.target"), Hint: web.T(r, "rule.target_hint"), Value: given.Text("target"), Error: faults.At("target"), InputMode: "numeric", Short: true, Optional: true}
	v.Basis = parts.Field{Name: "target_basis", Label: web.T(r, "rule.target_basis"), Hint: web.T(r, "rule.target_basis_hint"), Value: given.Text("target_basis"), Error: faults.At("target_basis"), Max: 200, Optional: true}
	return v
}

// nameOf is what a measure of a clause is called: by its row of the city's mission, or by itself.
func (d doors) nameOf(r *http.Request, rule programme.Rule) string {
	if _, ok := d.book.Newest(rule.Measure); ok {
		return web.T(r, "measure."+rule.Measure)
	}
	return cmp.Or(rule.Mission, rule.Measure)
}

// bind keeps that a measure speaks for a clause, with its target. One that speaks already is bound
// anew: the old rule ends, and both stay to be read.
func (d doors) bind(w http.ResponseWriter, r *http.Request) error {
	tx, actor, form := web.Tx(r), web.Actor(r), web.Form(r)
	p, err := programme.LedPlan(tx, actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	if _, err := programme.ClauseOf(tx, p.ID, shown.ClausePath(r)); err != nil {
		return err
	}
	f := fault.New(fault.Invalid, "rule.invalid")
	rule := programme.Rule{Plan: p.ID, Clause: shown.ClausePath(r), Measure: form.Text("measure"), Target: -1, TargetBasis: form.Text("target_basis")}
	if m, ok := d.book.Newest(rule.Measure); ok {
		rule.Version = m.Version
	} else {
		f.At("measure", "field.not_in_list")
	}
	if form.Text("target") != "" {
		n, ok := form.Int("target")
		if rule.Target = n; !ok || n < 0 {
			f.At("target", "rule.bad_target")
		}
	}
	if err = f.OrNil(); err == nil {
		err = programme.Rebind(tx, actor, rule)
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.drawClause(w, r, form, faults)
	}
	web.Notice(w, r, "rule.bound")
	return web.Goto(w, r, shown.ClauseAddress(p.ID, rule.Clause)+"#h-measured")
}

// unbind ends a rule.
func (d doors) unbind(w http.ResponseWriter, r *http.Request) error {
	p, err := programme.LedPlan(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := programme.Unbind(web.Tx(r), web.Actor(r), p.ID, r.PathValue("rule")); err != nil {
		return err
	}
	web.Notice(w, r, "rule.unbound")
	return web.Goto(w, r, shown.ClauseAddress(p.ID, shown.ClausePath(r))+"#h-measured")
}
