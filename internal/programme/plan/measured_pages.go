package plan

import (
	"net/http"

	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// measured tells what the measures bound to a clause count as of the board's day, and whether a body
// says that it is done while no record shows it. What no measure counts yet says so.
func (d doors) measured(r *http.Request, b *programme.Board, l programme.Line) (facts []parts.Fact, empty bool, err error) {
	rows, err := programme.Missions()
	if err != nil {
		return nil, false, err
	}
	missions := map[string]programme.Mission{}
	for _, m := range rows {
		missions[m.Row] = m
	}
	tag := web.Lang(r)
	counted, found := false, int64(0)
	for _, rule := range l.Rules {
		m := missions[rule.Mission]
		one := parts.Fact{Name: web.T(r, "plan.measured_for", "Row", rule.Mission, "Name", m.Name.In(tag)), Value: web.T(r, "plan.not_collected")}
		if rule.Mission == "" {
			one.Name = web.T(r, "measure."+rule.Measure)
		}
		if m.Physical {
			one.Note = web.T(r, "plan.physical")
		}
		if measure, ok := d.book.Measure(rule.Measure, rule.Version); ok {
			v, err := d.book.Value(web.Tx(r), measure, b.On, false)
			if err != nil {
				return nil, false, err
			}
			counted, found = true, found+v.N
			one.Value = lang.Number(tag, v.N)
			if rule.Mission != "" {
				one.Note = web.T(r, "measure."+measure.Name)
			}
			if v.Whole >= 0 {
				one.Value = web.T(r, "plan.measured_of", "N", lang.Number(tag, v.N), "Whole", lang.Number(tag, v.Whole))
			}
		}
		if rule.Target >= 0 {
			one.Note += " " + web.T(r, "plan.target", "N", lang.Number(tag, rule.Target), "Basis", rule.TargetBasis)
		}
		facts = append(facts, one)
	}
	for _, t := range l.Tasks {
		if (t.Said == "done" || t.State == "accepted") && l.Evidence == 0 && counted && found == 0 {
			empty = true
		}
	}
	return facts, empty, nil
}
