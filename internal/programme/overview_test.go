package programme_test

import (
	"testing"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/observatory"
	"chonoi/internal/programme"
	"chonoi/internal/programme/programmetest"
	"chonoi/internal/when"
)

// planted is a plan in force that cites a decision in one of its clauses and a conclusion in its preamble.
func planted(t testing.TB, tx *db.Tx) *programme.Plan {
	t.Helper()
	d := programmetest.Draft()
	d.Facts = append(d.Facts,
		programme.Fact{Kind: programme.Citation, Place: "preamble", Printed: "Kết luận số 69-KL/TW ngày 11/01/2024", Value: "69-KL/TW", Target: "2024-01-11", Until: "implements"},
		programme.Fact{Kind: programme.Citation, Place: "I.1#2", Printed: "Quyết định số 12/QĐ-UBND", Value: "12/QĐ-UBND"},
		programme.Fact{Kind: programme.Citation, Place: "I.2", Printed: "Quyết định số 12/QĐ-UBND ngày 05/5/2022", Value: "12/QĐ-UBND", Target: "2022-05-05"},
		programme.Fact{Kind: programme.Citation, Place: "I.1#1", Printed: "Kế hoạch số 45/KH-UBND", Value: "45/KH-UBND", Until: "replaces"})
	must(t, programme.Keep(tx, programmetest.Office, d))
	return programmetest.Force(t, tx, d.Plan.ID)
}

func TestAReplacedDocumentMarksEachClauseThatRestsOnIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := programmetest.Open()
		update(t, d, func(tx *db.Tx) {
			p, today := planted(t, tx), when.DayOf(tx.Now)
			gone := func(on when.Day) (paths []string, whole int) {
				b, err := x.Board(tx, p, on)
				must(t, err)
				for _, l := range b.Lines {
					if len(l.Gone) > 0 {
						paths = append(paths, l.Path)
					}
				}
				if len(b.Documents) != 3 {
					t.Errorf("%d documents", len(b.Documents))
				}
				return paths, len(b.Gone)
			}
			if paths, whole := gone(today); len(paths) != 0 || whole != 0 {
				t.Fatal(paths, whole)
			}
			mark := programme.Mark{Symbol: "12/qđ-ubnd", State: "replaced", ReplacedBy: "77/QĐ-UBND", Since: today, Basis: "77/QĐ-UBND, Điều 3"}
			must(t, programme.MarkDocument(tx, programmetest.Office, mark))
			mark.Symbol = "45/KH-UBND"
			must(t, programme.MarkDocument(tx, programmetest.Office, mark))
			paths, whole := gone(today)
			if len(paths) != 2 || paths[0] != "I.1#2" || paths[1] != "I.2#1" || whole != 0 {
				t.Error(paths, whole)
			}
			if paths, _ := gone(today.AddDays(-1)); len(paths) != 0 {
				t.Error("known before it was told:", paths)
			}
			must(t, programme.MarkDocument(tx, programmetest.Office, programme.Mark{Symbol: "69-KL/TW", Issued: when.Day{Year: 2024, Month: 1, Date: 11}, State: "ended", Since: today, Basis: "Kết luận"}))
			if _, whole := gone(today); whole != 1 {
				t.Error("the whole plan rests on it")
			}
			other := programme.Mark{Symbol: "12/QĐ-UBND", Issued: when.Day{Year: 2017, Month: 1, Date: 1}, State: "in_force", Since: today, Basis: "x"}
			must(t, programme.MarkDocument(tx, programmetest.Office, other))
			if paths, _ := gone(today); len(paths) != 2 {
				t.Error("a document of another day was taken for it:", paths)
			}
			if got := fieldsOf(programme.MarkDocument(tx, programmetest.Office, programme.Mark{Symbol: "1", State: "replaced"})); len(got) != 3 {
				t.Error(got)
			}
		})
	}, programmetest.Schemas...)
}

func TestAGlanceCountsEachTroubleWithItsRows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := programmetest.Open()
		book, err := observatory.NewBook()
		must(t, err)
		update(t, d, func(tx *db.Tx) {
			p, today := planted(t, tx), when.DayOf(tx.Now)
			give := func(clause, body string, due when.Day) *programme.Task {
				must(t, x.Assign(tx, programmetest.Office, p, programme.Order{Clause: clause, Body: body, Role: programme.Lead, Basis: "1/QĐ", From: p.From, Due: due, DueBasis: "1/QĐ"}))
				all, err := programme.Tasks.Find(tx, "WHERE clause = ? AND owner = ?", clause, body)
				must(t, err)
				return all[0]
			}
			give("I.1#1", "so-khcn", today.AddDays(-1))
			give("I.1#1", "phuong-cai-khe", today.AddDays(30))
			back := give("I.1#2", "so-khcn", when.Day{})
			id, err := programme.File(tx, programmetest.Department, back, programme.Progress{Period: "2026-10", Said: "done", Done: today, Words: "Xong."})
			must(t, err)
			back, err = programme.Tasks.Get(tx, back.ID)
			must(t, err)
			must(t, programme.Return(tx, programmetest.Office, back, id, "Thiếu minh chứng"))
			g, err := x.GlanceAt(tx, book, p, today)
			must(t, err)
			want := map[programme.Trouble]int{programme.IsOverdue: 1, programme.IsSoon: 1, programme.IsUnassigned: 1, programme.IsUnproved: 1, programme.IsReturned: 1, programme.IsUndated: 1}
			for _, what := range programme.Troubles {
				if g.All.Troubles[what] != want[what] || len(g.Rows[what]) != want[what] {
					t.Errorf("%s: %d, %d rows, want %d", what, g.All.Troubles[what], len(g.Rows[what]), want[what])
				}
			}
			if g.All.Due != 1 || g.All.Done != 0 || g.Bodies["so-khcn"].Troubles[programme.IsOverdue] != 1 || g.Bodies["phuong-cai-khe"].Due != 0 {
				t.Errorf("%+v", g.All)
			}
			o, err := x.OverviewOf(tx, book, []*programme.Plan{p, p}, today)
			must(t, err)
			if o.All.Due != 2 || o.All.Troubles[programme.IsOverdue] != 2 || o.All.Clauses != 6 {
				t.Errorf("joined: %+v", o.All)
			}
		})
	}, programmetest.Schemas...)
}

func TestABudgetIsToldByYearAndSourceAndNeverEdited(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := programmetest.Open()
		update(t, d, func(tx *db.Tx) {
			p, today := planted(t, tx), when.DayOf(tx.Now)
			for _, clause := range []string{"I.1#1", "I.1#2"} {
				must(t, x.Assign(tx, programmetest.Office, p, programme.Order{Clause: clause, Body: "so-khcn", Role: programme.Lead, Basis: "1/QĐ", From: p.From}))
			}
			all, err := programme.Tasks.Find(tx, "WHERE clause = ?", "I.1#1")
			must(t, err)
			line := programme.BudgetLine{Year: 2026, Source: "Ngân sách thành phố", Planned: 900_000_000, Spent: -1, Basis: "12/NQ-HĐND"}
			must(t, programme.TellBudget(tx, programmetest.Office, all[0], line))
			line.Spent = 450_000_001
			must(t, programme.TellBudget(tx, programmetest.Office, all[0], line))
			line.Source, line.Planned, line.Spent = "Doanh nghiệp", 1, -1
			must(t, programme.TellBudget(tx, programmetest.Office, all[0], line))
			b, err := x.Board(tx, p, today)
			must(t, err)
			sum, err := programme.BudgetOn(tx, b)
			must(t, err)
			if sum.Planned != 900_000_001 || sum.Spent != 450_000_001 || sum.Told != 1 || sum.Untold != 1 || len(sum.Rows) != 3 {
				t.Errorf("%+v", sum)
			}
			if got := fieldsOf(programme.TellBudget(tx, programmetest.Office, all[0], programme.BudgetLine{Year: 3, Planned: -2, Spent: -2})); len(got) != 5 {
				t.Error(got)
			}
			if !all[0].Funds(programmetest.Department, p) || all[0].Funds(programmetest.Ward, p) || all[0].Funds(programmetest.Inspector, p) {
				t.Error("who may tell a budget")
			}
		})
	}, programmetest.Schemas...)
}
