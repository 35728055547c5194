package programme_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/fault"
	"chonoi/internal/programme"
	"chonoi/internal/programme/programmetest"
	"chonoi/internal/when"
)

func day(y, m, d int) when.Day {
	return when.DayOf(when.Day{Year: y, Month: 1, Date: 1}.Start().AddDate(0, m-1, d-1))
}

func oneTask(t testing.TB, tx *db.Tx, x *programme.Programme, p *programme.Plan, o programme.Order) *programme.Task {
	t.Helper()
	if o.Clause == "" {
		o.Clause = "I.1#1"
	}
	if o.Body == "" && o.Class == "" {
		o.Body = "so-khcn"
	}
	o.Role, o.Basis = programme.Lead, "12-KH/UBND"
	if !o.Due.Zero() {
		o.DueBasis = o.Basis
	}
	must(t, x.Assign(tx, programmetest.Office, p, o))
	all, err := programme.Tasks.Find(tx, "WHERE plan = ? AND clause = ? ORDER BY id DESC LIMIT 1", p.ID, o.Clause)
	must(t, err)
	return all[0]
}

func TestAnAssignmentIsKeptWholeOrNotAtAll(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := programmetest.Open()
		update(t, d, func(tx *db.Tx) {
			p := programmetest.InForce(t, tx)
			err := x.Assign(tx, programmetest.Office, p,
				programme.Order{Clause: "I.1#1", Body: "so-khcn", Role: programme.Lead, Basis: "12-KH/UBND"},
				programme.Order{Clause: "I.9#1", Role: "boss", Due: day(2026, 1, 1), Recurrence: "SOMETIMES"})
			want := []string{"clause-1", "body-1", "role-1", "basis-1", "due_basis-1", "recurrence-1"}
			if diff := cmp.Diff(want, fieldsOf(err)); diff != "" {
				t.Error(diff)
			}
			b, err := x.Board(tx, p, when.DayOf(tx.Now))
			must(t, err)
			if b.Open != 3 || b.Rates.All != 0 {
				t.Errorf("%d clauses open, %d tasks", b.Open, b.Rates.All)
			}
		})
	}, programmetest.Schemas...)
}

func TestAClassIsExpandedAsOfTheDayAndHandedOverWhenItsBodiesEnd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := programmetest.Open()
		update(t, d, func(tx *db.Tx) {
			p := programmetest.InForce(t, tx)
			n, err := x.Propose(tx, programmetest.Office, p)
			must(t, err)
			rows, err := programme.Assignments(tx, p.ID)
			must(t, err)
			if n != 1 || len(rows) != 1 || rows[0].Class != "cac-quan-uy" || rows[0].State != "proposed" {
				t.Fatalf("proposed %d: %+v", n, rows)
			}
			must(t, x.Confirm(tx, programmetest.Office, p, map[string]programme.Order{rows[0].ID: {}}))
			tasks, err := programme.TasksOfPlan(tx, p.ID)
			must(t, err)
			if len(tasks) != 2 || tasks[0].Owner != "qu-cai-rang" {
				t.Fatalf("%d tasks", len(tasks))
			}
			b, err := x.Board(tx, p, when.DayOf(tx.Now))
			must(t, err)
			if b.Rates.Counted[programme.Orphan] != 2 {
				t.Errorf("after the districts: %v", b.Rates.Counted)
			}
			_, err = programme.HandOver(tx, programmetest.Office, p, programme.Handover{Body: "qu-ninh-kieu", From: programmetest.Turn,
				Successors: []string{"phuong-cai-khe", "phuong-ninh-kieu"}, Decision: "202/2025/QH15"})
			must(t, err)
			b, err = x.Board(tx, p, when.DayOf(tx.Now))
			must(t, err)
			want := map[programme.Standing]int{programme.Orphan: 1, programme.Transferred: 1, programme.Undated: 2}
			if diff := cmp.Diff(want, b.Rates.Counted); diff != "" {
				t.Error(diff)
			}
		})
	}, programmetest.Schemas...)
}

func TestADueDayMovesOnlyByADecisionAndThePastStays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := programmetest.Open()
		var p *programme.Plan
		update(t, d, func(tx *db.Tx) {
			p = programmetest.InForce(t, tx)
			task := oneTask(t, tx, x, p, programme.Order{Due: day(2026, 6, 30)})
			err := programme.MoveDue(tx, programmetest.Office, task, day(2026, 6, 30), "", "")
			if diff := cmp.Diff([]string{"due", "due_reason", "decision"}, fieldsOf(err)); diff != "" {
				t.Error(diff)
			}
			must(t, programme.MoveDue(tx, programmetest.Office, task, day(2099, 12, 31), "chờ quy hoạch", "45/QĐ-UBND ngày 01/6/2026"))
			moves, err := programme.DueChanges(tx, p.ID)
			must(t, err)
			now, err := programme.Tasks.Get(tx, task.ID)
			must(t, err)
			today := when.DayOf(tx.Now)
			if got := now.DueOn(today, moves); got != day(2099, 12, 31) {
				t.Error("due today by", got)
			}
			if got := now.DueOn(today.AddDays(-1), moves); got != day(2026, 6, 30) {
				t.Error("due yesterday by", got)
			}
		})
	}, programmetest.Schemas...)
}

func TestAReportIsFiledReturnedFiledAgainAndAccepted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := programmetest.Open()
		update(t, d, func(tx *db.Tx) {
			p := programmetest.InForce(t, tx)
			due := when.DayOf(tx.Now).AddDays(-10)
			task := oneTask(t, tx, x, p, programme.Order{Due: due, Recurrence: "FREQ=MONTHLY;INTERVAL=3"})
			_, err := programme.File(tx, programmetest.Department, task, programme.Progress{Period: "2026-Q9", Said: "running", Confidence: "red"})
			if diff := cmp.Diff([]string{"period", "confidence_reason", "difficulty", "proposal"}, fieldsOf(err)); diff != "" {
				t.Error(diff)
			}
			id, err := programme.File(tx, programmetest.Department, task, programme.Progress{Period: "2026-Q4", Said: "done", Done: due.AddDays(-1), Words: "Đã xong"})
			must(t, err)
			task = reload(t, tx, task)
			if err := programme.Return(tx, programmetest.Office, task, id, ""); fault.KindOf(err) != fault.Invalid {
				t.Error("returned without a reason:", err)
			}
			must(t, programme.Return(tx, programmetest.Office, task, id, "thiếu biên bản"))
			again, err := programme.File(tx, programmetest.Department, reload(t, tx, task), programme.Progress{Period: "2026-Q4", Said: "done", Done: due.AddDays(-1), Words: "Kèm biên bản"})
			must(t, err)
			must(t, programme.Accept(tx, programmetest.Office, reload(t, tx, task), again))
			b, err := x.Board(tx, p, when.DayOf(tx.Now))
			must(t, err)
			want := map[programme.Standing]int{programme.OnTime: 1, programme.Running: 1}
			if diff := cmp.Diff(want, b.Rates.Counted); diff != "" {
				t.Error("the series did not go on: ", diff)
			}
			if b.Rates.Due != 1 || b.Rates.Done != 1 || b.Rates.OnTime != 1 {
				t.Errorf("rates %+v", b.Rates)
			}
		})
	}, programmetest.Schemas...)
}

func reload(t testing.TB, tx *db.Tx, task *programme.Task) *programme.Task {
	t.Helper()
	now, err := programme.Tasks.Get(tx, task.ID)
	must(t, err)
	return now
}

func TestOfASecretTaskNothingIsKeptButItsNumber(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := programmetest.Open()
		update(t, d, func(tx *db.Tx) {
			p := programmetest.InForce(t, tx)
			task := oneTask(t, tx, x, p, programme.Order{Secret: true, Unit: "chiếc"})
			if task.Number == "" || !task.Secret || !task.Title.Empty() || !task.Due.Zero() || task.Budget != 0 || task.Unit != "" {
				t.Errorf("kept of a secret task: %+v", task)
			}
		})
	}, programmetest.Schemas...)
}

func TestASeriesComesAgainWhenItsDayHasPassed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := programmetest.Open()
		update(t, d, func(tx *db.Tx) {
			p := programmetest.InForce(t, tx)
			today := when.DayOf(tx.Now)
			oneTask(t, tx, x, p, programme.Order{Due: today.AddDays(-1), Recurrence: "FREQ=YEARLY"})
			for _, want := range []int{1, 0} {
				n, err := programme.ComeAgain(tx, today)
				must(t, err)
				if n != want {
					t.Errorf("%d came again, want %d", n, want)
				}
			}
		})
	}, programmetest.Schemas...)
}

func TestTheNextTimeOfASeriesComesLaterAndMonthEndsStay(t *testing.T) {
	for _, one := range []struct {
		rule      string
		due, want when.Day
	}{{"FREQ=MONTHLY;INTERVAL=1", day(2026, 1, 31), day(2026, 2, 28)}, {"FREQ=MONTHLY;INTERVAL=3", day(2026, 6, 30), day(2026, 9, 30)},
		{"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", day(2028, 2, 29), day(2029, 2, 28)}, {"FREQ=WEEKLY", day(2026, 12, 28), day(2027, 1, 4)}} {
		if got, ok := programme.Next(one.rule, one.due); !ok || got != one.want {
			t.Errorf("%s after %s: %s, want %s", one.rule, one.due, got, one.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		rule := rapid.SampledFrom([]string{"FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=6", "FREQ=YEARLY"}).Draw(t, "rule")
		due := day(2020, 1, 1).AddDays(rapid.IntRange(0, 5000).Draw(t, "day"))
		if next, ok := programme.Next(rule, due); !ok || !next.After(due) {
			t.Fatalf("%s after %s: %s", rule, due, next)
		}
	})
}

func TestStandingFollowsFromDaysAlone(t *testing.T) {
	on := day(2026, 11, 20)
	for _, one := range []struct {
		name string
		task programme.Task
		want programme.Standing
	}{
		{"due today", programme.Task{Due: on}, programme.Running},
		{"due yesterday", programme.Task{Due: on.AddDays(-1)}, programme.Overdue},
		{"no day", programme.Task{}, programme.Undated},
		{"all the time", programme.Task{Recurrence: programme.Continuous}, programme.Running},
		{"begins tomorrow", programme.Task{Begins: on.AddDays(1), Due: on.AddDays(9)}, programme.Waiting},
		{"done on its day", programme.Task{Due: on, Done: on}, programme.OnTime},
		{"done a day late", programme.Task{Due: on.AddDays(-1), Done: on}, programme.Late},
		{"done without a day", programme.Task{Done: on}, programme.DoneUndated},
		{"will be done", programme.Task{Due: on, Done: on.AddDays(1)}, programme.Running},
	} {
		if !one.task.Done.Zero() {
			one.task.State = "accepted"
		}
		if got := one.task.Stands(on, one.task.Due, nil); got != one.want {
			t.Errorf("%s: %s, want %s", one.name, got, one.want)
		}
	}
	gone := programme.Task{Due: on.AddDays(-5)}
	gone.Owner = "qu"
	if got := gone.Stands(on, gone.Due, map[string]when.Day{"qu": on.AddDays(-1)}); got != programme.Orphan {
		t.Error("task of a body that ended:", got)
	}
}

func TestRatesAreThoseOfTheGovernmentOffice(t *testing.T) {
	var r programme.Rates
	for s, n := range map[programme.Standing]int{programme.OnTime: 14068, programme.Late: 1983, programme.Running: 5640, programme.Overdue: 223, programme.Transferred: 7} {
		for range n {
			r.Count(s)
		}
	}
	done, _ := programme.Permille(r.Done, r.Due)
	onTime, _ := programme.Permille(r.OnTime, r.Done)
	if r.All != 21914 || r.Done != 16051 || done != 986 || onTime != 876 {
		t.Errorf("all %d, done %d of %d = %d permille, on time %d permille", r.All, r.Done, r.Due, done, onTime)
	}
}
