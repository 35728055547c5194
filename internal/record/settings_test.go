package record_test

import (
	"strings"
	"testing"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
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

func TestTextsAndDaysAreKeptInBothTonguesWithTheirHistory(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		known := []record.Setting{
			{Name: "name", Kind: record.BothSetting, Most: 20, Needed: true, First: lang.Both{Vi: "Sàn", En: "Exchange"}},
			{Name: "email", Kind: record.EmailSetting}, {Name: "phone", Kind: record.PhoneSetting},
			{Name: "from", Kind: record.DaySetting}, {Name: "until", Kind: record.DaySetting, NotBefore: "from"},
		}
		s, node := record.NewSettings(known...), record.NewSettings(known...)
		change := func(name string, text lang.Both) error {
			return d.Update(t.Context(), func(tx *db.Tx) error {
				if err := s.ChangeText(tx, "a", name, text); err != nil {
					return err
				}
				return s.Reload(tx)
			})
		}
		one := func(text string) lang.Both { return lang.Both{Vi: text} }
		for what, act := range map[string]func() error{
			"an empty name":           func() error { return change("name", lang.Both{Vi: "Sàn mới"}) },
			"a name that is too long": func() error { return change("name", lang.Both{Vi: "Sàn mới", En: strings.Repeat("x", 21)}) },
			"no e-mail":               func() error { return change("email", one("Lan <lan@x.vn>")) },
			"no telephone":            func() error { return change("phone", one("gọi tôi")) },
			"no day":                  func() error { return change("from", one("31/02/2026")) },
		} {
			if err := act(); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v", what, err)
			}
		}
		for name, text := range map[string]lang.Both{
			"name": {Vi: " Sàn   Cần Thơ ", En: "Can Tho\nExchange"}, "email": one("hotro@san.example"), "phone": one("+84 292 3 820 000"), "from": one("20/11/2026"),
		} {
			if err := change(name, text); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := change("until", one("2026-11-19")); fault.KindOf(err) != fault.Invalid {
			t.Errorf("an end before the beginning: %v", err)
		}
		if node.Both("name").Vi != "Sàn" {
			t.Error("another node knows before it has read")
		}
		err := d.View(t.Context(), func(tx *db.Tx) error {
			notes, err := ledger.Of(tx, "setting", "name", 0, 10)
			if err != nil || len(notes) != 1 || len(notes[0].Change) != 2 || notes[0].Change[0].Field != "name.en" || notes[0].Change[1].Old != "Sàn" {
				t.Errorf("%+v %v", notes, err)
			}
			return node.Reload(tx)
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := node.Both("name"); got != (lang.Both{Vi: "Sàn Cần Thơ", En: "Can Tho Exchange"}) || node.Text("email") != "hotro@san.example" || node.Day("from").String() != "2026-11-20" || !node.Day("until").Zero() {
			t.Errorf("%+v %q %s", got, node.Text("email"), node.Day("from"))
		}
	}, db.Schema{Name: "ledger", Files: ledger.Schema}, db.Schema{Name: "record", Files: record.Schema})
}
