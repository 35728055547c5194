package programme_test

import (
	"slices"
	"testing"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/programmetest"
	"chonoi/internal/when"
)

func TestAnAssignmentIsFollowedByAnotherAndItsTaskKeepsItsReports(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		update(t, d, func(tx *db.Tx) {
			x, office := programmetest.Open(), programmetest.Office
			p := programmetest.InForce(t, tx)
			task := oneTask(t, tx, x, p, programme.Order{Due: day(2098, 6, 30)})
			_, err := programme.File(tx, programmetest.Department, reload(t, tx, task), programme.Progress{Period: "2026-Q3", Said: "running", Words: "Đang làm", Confidence: "green"})
			must(t, err)
			old := task.Assignment
			order := programme.Order{Clause: task.Clause, Body: task.Owner, Role: programme.Lead, Basis: "90/QĐ-UBND"}
			must(t, x.Amend(tx, office, p, old, programme.Amendment{Order: order}))
			now := reload(t, tx, task)
			if now.State != "open" || now.Assignment == old || now.Due != day(2098, 6, 30) {
				t.Fatalf("another basis: %+v", now)
			}
			moved := order
			moved.Due = day(2098, 9, 30)
			if err := x.Amend(tx, office, p, now.Assignment, programme.Amendment{Order: moved}); !slices.Contains(fieldsOf(err), "decision") {
				t.Errorf("a due day moves without a decision: %v", err)
			}
			must(t, x.Amend(tx, office, p, now.Assignment, programme.Amendment{Order: moved, Decision: "91/QĐ-UBND", Reason: "chờ vốn"}))
			if now = reload(t, tx, task); now.Due != day(2098, 9, 30) || now.DueBasis != "91/QĐ-UBND" {
				t.Errorf("a moved day: %+v", now)
			}
			other := order
			other.Body = "ubnd-tp"
			if err := x.Amend(tx, office, p, now.Assignment, programme.Amendment{Order: other}); fault.KindOf(err) != fault.Invalid {
				t.Errorf("another body without a decision: %v", err)
			}
			must(t, x.Amend(tx, office, p, now.Assignment, programme.Amendment{Order: other, Decision: "92/QĐ-UBND"}))
			if now = reload(t, tx, task); now.State != "cancelled" {
				t.Errorf("the task of the body that has it no more: %s", now.State)
			}
			made, err := programme.TasksOfBody(tx, "ubnd-tp")
			if must(t, err); len(made) != 1 || made[0].Clause != task.Clause {
				t.Errorf("%d tasks of the new body", len(made))
			}
			if err := x.Amend(tx, office, p, old, programme.Amendment{Order: order}); fault.KindOf(err) != fault.Conflict {
				t.Errorf("one that is closed is amended: %v", err)
			}
		})
	}, programmetest.Schemas...)
}

func TestNothingIsWrittenIntoASecretTaskByAnAmendment(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		update(t, d, func(tx *db.Tx) {
			x := programmetest.Open()
			p := programmetest.InForce(t, tx)
			task := oneTask(t, tx, x, p, programme.Order{Secret: true})
			m := programme.Amendment{Order: programme.Order{Clause: task.Clause, Body: task.Owner, Role: programme.Lead, Basis: "12-KH/UBND", Product: lang.Both{Vi: "kín"}, Due: when.Day{Year: 2026, Month: 9, Date: 1}}}
			if err := x.Amend(tx, programmetest.Office, p, task.Assignment, m); fault.KindOf(err) != fault.Conflict {
				t.Errorf("a secret task is written into: %v", err)
			}
		})
	}, programmetest.Schemas...)
}
