package programme

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/lang"
)

// missions.csv is the binding of the plan of Can Tho for Conclusion 69-KL/TW, by the words of that
// plan: what it says to build, strengthen or run, in which clauses, and which measures speak for it.
//
//go:embed missions.csv
var missionRows string

// Mission is one thing that the city's plan says to build, strengthen or run (hàng của sứ mệnh).
type Mission struct {
	Row      string // H06
	Name     lang.Both
	Verb     string // build, strengthen, run …
	Place    string // II.5-1
	Quote    string // the plan's words
	Clauses  []string
	Measures []string
	Physical bool // buildings and bodies: what is tracked is their milestones and what they publish
}

// Missions returns the 40 rows of the city's mission in their order.
func Missions() ([]Mission, error) {
	all, err := csv.NewReader(strings.NewReader(missionRows)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the mission: %w", err)
	}
	var rows []Mission
	for _, r := range all[1:] {
		rows = append(rows, Mission{Row: r[0], Name: lang.Both{Vi: r[1], En: r[2]}, Verb: r[3], Place: r[4], Quote: r[5], Clauses: strings.Fields(r[6]),
			Measures: strings.Fields(r[7]), Physical: r[8] == "1"})
	}
	return rows, nil
}

// BindMissions binds the clauses of a plan to the measures of the missions whose words stand there.
// Only clauses that the plan has and whose leaf holds the quoted words are bound: another plan of
// the same numbering is left alone. It returns how many rules were made.
func BindMissions(tx *db.Tx, a account.Actor, p *Plan) (int, error) {
	rows, err := Missions()
	if err != nil {
		return 0, err
	}
	nodes, err := Nodes(tx, p.ID)
	if err != nil {
		return 0, err
	}
	words := map[string]string{}
	for _, n := range nodes {
		words[n.Path] = lang.Fold(n.Text)
	}
	clauses, err := Clauses(tx, p.ID)
	if err != nil {
		return 0, err
	}
	known := map[string]bool{}
	for _, c := range clauses {
		known[c.Path] = true
	}
	bound, err := Rules(tx, p.ID)
	if err != nil {
		return 0, err
	}
	var rules []Rule
	for _, m := range rows {
		if !strings.Contains(words[m.Place], lang.Fold(m.Quote)) {
			continue
		}
		for _, c := range m.Clauses {
			for _, name := range m.Measures {
				r := Rule{Plan: p.ID, Clause: c, Mission: m.Row, Measure: name, Version: 1, Target: -1}
				if known[c] && !slices.ContainsFunc(bound, func(b Rule) bool { return b.Clause == c && b.Mission == m.Row && b.Measure == name }) {
					rules = append(rules, r)
				}
			}
		}
	}
	return len(rules), Bind(tx, a, rules...)
}
