package programme_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/ledger"
	"chonoi/internal/programme"
	"chonoi/internal/programme/programmetest"
	"chonoi/internal/when"
)

// TestABoardThatIsKeptAtHandIsTheOneThatWouldBeMadeAnew does one act after the other and looks at
// the board after each, as one who looks for the first time does.
func TestABoardThatIsKeptAtHandIsTheOneThatWouldBeMadeAnew(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := programmetest.Open()
		var p *programme.Plan
		var task *programme.Task
		look := func(act string) {
			t.Helper()
			for _, on := range []when.Day{when.DayOf(time.Now()), day(2025, 6, 30)} {
				must(t, d.View(t.Context(), func(tx *db.Tx) error {
					seen, err := x.Board(tx, p, on)
					must(t, err)
					fresh, err := programmetest.Open().Board(tx, p, on)
					must(t, err)
					if diff := cmp.Diff(fresh, seen, cmpopts.IgnoreUnexported(programme.Board{}), cmpopts.IgnoreFields(programme.Board{}, "Plan")); diff != "" {
						t.Errorf("after %s: %s", act, diff)
					}
					return nil
				}))
			}
		}
		steps := []struct {
			act string
			do  func(tx *db.Tx) error
		}{
			{"nothing", func(*db.Tx) error { return nil }},
			{"a proposal", func(tx *db.Tx) error { _, err := x.Propose(tx, programmetest.Office, p); return err }},
			{"an assignment", func(tx *db.Tx) error { task = oneTask(t, tx, x, p, programme.Order{Due: day(2026, 6, 30)}); return nil }},
			{"a due day moved", func(tx *db.Tx) error {
				return programme.MoveDue(tx, programmetest.Office, reload(t, tx, task), day(2099, 12, 31), "chờ quy hoạch", "45/QĐ-UBND")
			}},
			{"a report", func(tx *db.Tx) error {
				_, err := programme.File(tx, programmetest.Department, reload(t, tx, task), programme.Progress{Period: "2026-Q3", Said: "running", Words: "Đang làm", Confidence: "green"})
				return err
			}},
			{"a target", func(tx *db.Tx) error {
				return programme.Bind(tx, programmetest.Office, programme.Rule{Plan: p.ID, Clause: "I.1#1", Measure: "offers", Version: 1, Target: 7, TargetBasis: "12-KH/UBND"})
			}},
			{"an act elsewhere", func(tx *db.Tx) error {
				_, err := ledger.Append(tx, ledger.Note{Actor: "x", Act: "offer.made", Kind: "offer", ID: "1"})
				return err
			}},
			{"a hand-over", func(tx *db.Tx) error {
				rows, err := programme.Assignments(tx, p.ID)
				must(t, err)
				for _, row := range rows {
					if row.State == "proposed" {
						must(t, x.Confirm(tx, programmetest.Office, p, map[string]programme.Order{row.ID: {}}))
					}
				}
				_, err = programme.HandOver(tx, programmetest.Office, p, programme.Handover{Body: "qu-ninh-kieu", From: programmetest.Turn, Successors: []string{"phuong-cai-khe"}, Decision: "202/2025/QH15"})
				return err
			}},
		}
		update(t, d, func(tx *db.Tx) { p = programmetest.InForce(t, tx) })
		for _, s := range steps {
			update(t, d, func(tx *db.Tx) { must(t, s.do(tx)) })
			look(s.act)
			look(s.act + ", and once more")
		}
	}, programmetest.Schemas...)
}
