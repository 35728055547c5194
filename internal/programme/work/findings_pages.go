package work

import (
	"net/http"

	"chonoi/internal/account"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// findingRow is a finding of a round on a desk.
type findingRow struct {
	Path, Number, Words string
	Light               parts.Light
}

func findingOn(r *http.Request, f *programme.Finding, today when.Day) findingRow {
	row := findingRow{Path: "/findings/" + f.ID, Number: f.Number, Words: f.Words}
	switch {
	case f.State == "answered":
		row.Light = parts.Light{Kind: "risk", Text: web.T(r, "work.finding_to_decide")}
	case f.Overdue(today):
		row.Light = parts.Light{Kind: "late", Text: web.T(r, "work.finding_overdue", "N", f.Due.DaysUntil(today))}
	default:
		row.Light = parts.Light{Kind: "run", Text: web.T(r, "work.finding_due", "Date", lang.Day(web.Lang(r), f.Due))}
	}
	return row
}

// findings lists what a body has to answer to rounds of supervision, inspection and criticism, what is
// overdue first.
func (d doors) findings(r *http.Request, b *bodyView, id string, today when.Day) error {
	found, err := programme.FindingsToAnswer(web.Tx(r), id)
	if err != nil || len(found) == 0 {
		return err
	}
	if b.Name == "" {
		names, err := d.Bodies.Names(web.Tx(r), today, id)
		if err != nil {
			return err
		}
		b.ID, b.Name = id, names[id].In(web.Lang(r))
	}
	for _, f := range found {
		b.Findings = append(b.Findings, findingOn(r, f, today))
	}
	return nil
}

// rounds lists the answers that wait for whoever holds a round, and counts the opinions that wait for
// the programme office.
func (d doors) rounds(r *http.Request, v *deskView, today when.Day) error {
	answered, err := programme.FindingsToDecide(web.Tx(r), web.Actor(r))
	if err != nil {
		return err
	}
	for _, f := range answered {
		v.Decide = append(v.Decide, findingOn(r, f, today))
	}
	if account.MayProgramme.Allows(web.Actor(r)) {
		v.Opinions, err = programme.CountOpinions(web.Tx(r), "waiting")
	}
	return err
}
