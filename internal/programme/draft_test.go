package programme_test

import (
	"bytes"
	"os"
	"testing"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/document/prose"
	"chonoi/internal/programme"
	"chonoi/internal/programme/programmetest"
	"chonoi/internal/programme/reading"
	"chonoi/internal/when"
)

// cityPlan reads the plan of Can Tho for Conclusion 69-KL/TW.
func cityPlan(t testing.TB) *programme.Draft {
	t.Helper()
	raw, err := os.ReadFile("../../../shared/data/plan/ke-hoach-69-KL-TW.txt")
	must(t, err)
	text, err := prose.Read(t.Context(), "ke-hoach.txt", bytes.NewReader(raw), int64(len(raw)))
	must(t, err)
	p, err := reading.Read(text, "ke-hoach.txt")
	must(t, err)
	return programme.DraftOf(p)
}

func TestTheCitysPlanIsKeptToldAndBound(t *testing.T) {
	draft := cityPlan(t)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := programmetest.Open()
		update(t, d, func(tx *db.Tx) {
			one := *draft
			one.Plan = draft.Plan
			must(t, programme.Keep(tx, programmetest.Office, &one))
			p, err := programme.Plans.Get(tx, one.Plan.ID)
			must(t, err)
			if p.Symbol != "" || !p.Issued.Zero() {
				t.Errorf("number and date were guessed: %q, %s", p.Symbol, p.Issued)
			}
			told := programme.Plans.Copy(p)
			told.Symbol, told.Issuer, told.Issued = "99-KH/TU", "Ban Thường vụ Thành ủy Cần Thơ", when.Day{Year: 2024, Month: 5, Date: 20}
			must(t, programme.ChangePlan(tx, programmetest.Office, p, told))
			must(t, programme.Look(tx, programmetest.Office, told))
			p, err = programme.Plans.Get(tx, p.ID)
			must(t, err)
			must(t, x.Start(tx, programmetest.Office, p))
			b, err := x.Board(tx, p, when.DayOf(tx.Now))
			must(t, err)
			if len(b.Lines) != 63 || b.Open != 63 || b.Proposed == 0 {
				t.Errorf("%d clauses, %d open, %d proposed", len(b.Lines), b.Open, b.Proposed)
			}
			rows := map[string]bool{}
			for _, l := range b.Lines {
				for _, r := range l.Rules {
					rows[r.Mission] = true
				}
			}
			if len(rows) != 40 {
				t.Errorf("%d of the 40 rows of the mission are bound: %v", len(rows), rows)
			}
		})
	}, programmetest.Schemas...)
}
