package record_test

import (
	"testing"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/fault"
	"chonoi/internal/ledger"
	"chonoi/internal/record"
)

func TestASettingIsUsualUntilItIsChangedWithinItsBounds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := record.NewSettings(record.Setting{Name: "days", Usual: 20, Least: 5, Most: 30})
		if s.Int("days") != 20 {
			t.Error("not the usual number")
		}
		change := func(n int64) error {
			return d.Update(t.Context(), func(tx *db.Tx) error {
				if err := s.Change(tx, "a", "days", n); err != nil {
					return err
				}
				return s.Reload(tx)
			})
		}
		if err := change(31); fault.KindOf(err) != fault.Invalid || s.Int("days") != 20 {
			t.Errorf("31 days: %v, now %d", err, s.Int("days"))
		}
		for range 2 { // the second time changes nothing
			if err := change(10); err != nil || s.Int("days") != 10 {
				t.Errorf("10 days: %v, now %d", err, s.Int("days"))
			}
		}
		err := d.View(t.Context(), func(tx *db.Tx) error {
			notes, err := ledger.Of(tx, "setting", "days", 0, 10)
			if len(notes) != 1 || notes[0].Change[0].Old != "20" || notes[0].Change[0].New != "10" {
				t.Errorf("%+v", notes)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}, db.Schema{Name: "ledger", Files: ledger.Schema}, db.Schema{Name: "record", Files: record.Schema})
}
