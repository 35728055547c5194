package record

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/fault"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

const header = "code,vi,en,valid_from,valid_to,legal_basis\n"

func read(t *testing.T, rows string) []Code {
	t.Helper()
	codes, err := ReadList("subjects", strings.NewReader(header+rows))
	if err != nil {
		t.Fatal(err)
	}
	return codes
}

func eachEngine(t *testing.T, body func(t *testing.T, d *db.DB)) {
	dbtest.Each(t, body, db.Schema{Name: "ledger", Files: ledger.Schema}, db.Schema{Name: "record", Files: Schema})
}

func load(t *testing.T, d *db.DB, codes []Code) (changed bool, p Preview) {
	t.Helper()
	err := d.Update(t.Context(), func(tx *db.Tx) (err error) {
		if p, err = PreviewList(tx, "subjects", codes); err != nil {
			return err
		}
		changed, err = LoadList(tx, "an", "subjects", codes)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return changed, p
}

func reloaded(t *testing.T, d *db.DB) *Codes {
	t.Helper()
	c := &Codes{}
	if err := d.View(t.Context(), c.Reload); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestALoadedListIsChosenFromAndNamesItsCodes(t *testing.T) {
	eachEngine(t, func(t *testing.T, d *db.DB) {
		changed, p := load(t, d, read(t, "rice,Lúa gạo,Rice,,,\nfruit,Trái cây,Fruit,2018-07-01,,\"Luật 07/2017/QH14, Điều 9\"\n"))
		if !changed || len(p.Changes) != 2 || p.Changes[0] != (CodeChange{Kind: "added", Code: "rice", New: "Lúa gạo | Rice |  |  | "}) {
			t.Errorf("%v %+v", changed, p)
		}
		c := reloaded(t, d)
		if !c.Has("subjects", "rice") || c.Has("subjects", "tea") || c.Has("nothing", "rice") || len(c.Of("subjects")) != 2 || c.Of("subjects")[0].Code != "rice" {
			t.Errorf("%+v", c.All("subjects"))
		}
		if c.Name("subjects", "fruit").En != "Fruit" || c.Name("subjects", "tea").Vi != "tea" || c.All("subjects")[1].LegalBasis != "Luật 07/2017/QH14, Điều 9" {
			t.Error("names")
		}
		if changed, p = load(t, d, read(t, "rice,Lúa gạo,Rice,,,\nfruit,Trái cây,Fruit,2018-07-01,,\"Luật 07/2017/QH14, Điều 9\"\n")); changed || len(p.Changes) != 0 || p.Same != 2 {
			t.Errorf("the same list again: %v %+v", changed, p)
		}
	})
}

func TestAReplacedListEndsWhatItNoLongerTells(t *testing.T) {
	eachEngine(t, func(t *testing.T, d *db.DB) {
		_, first := load(t, d, read(t, "rice,Lúa,Rice,,,\ntea,Trà,Tea,,,\n"))
		changed, p := load(t, d, read(t, "rice,Lúa gạo,Rice,,,\nfruit,Trái cây,Fruit,,,\n"))
		if !changed || len(p.Changes) != 3 || p.Changes[0].Kind != "changed" || p.Changes[1].Kind != "added" || p.Changes[2] != (CodeChange{Kind: "ended", Code: "tea", Old: "Trà | Tea |  |  | "}) {
			t.Errorf("%+v", p)
		}
		if first.Mark == p.Mark {
			t.Error("the mark does not tell that the list was loaded in between")
		}
		c := reloaded(t, d)
		if c.Has("subjects", "tea") || c.Name("subjects", "tea").Vi != "Trà" || c.Name("subjects", "rice").Vi != "Lúa gạo" {
			t.Errorf("%+v", c.All("subjects"))
		}
		yesterday := when.DayOf(time.Now()).AddDays(-1)
		for _, e := range c.All("subjects") {
			if e.Code == "tea" && e.To != yesterday {
				t.Error(e.To)
			}
		}
		var acts []ledger.Entry
		_ = d.View(t.Context(), func(tx *db.Tx) (err error) { acts, err = ledger.Of(tx, "code_list", "subjects", 0, 10); return err })
		if len(acts) != 2 || acts[0].Act != "code_list.loaded" || acts[0].Actor != "an" || len(acts[0].Change) != 3 {
			t.Errorf("%+v", acts)
		}
	})
}

func TestAnEntryHoldsFromItsFirstToItsLastDay(t *testing.T) {
	day := func(s string) when.Day { d, _ := when.ParseDay(s); return d }
	c := Code{From: day("2026-07-01"), To: day("2026-12-31")}
	for on, holds := range map[string]bool{"2026-06-30": false, "2026-07-01": true, "2026-12-31": true, "2027-01-01": false} {
		if c.ValidOn(day(on)) != holds {
			t.Error(on)
		}
	}
	if !(Code{}).ValidOn(day("1900-01-01")) {
		t.Error("an open entry always holds")
	}
}

func TestALaterPeriodNeedsTheEndOfTheFormer(t *testing.T) {
	eachEngine(t, func(t *testing.T, d *db.DB) {
		load(t, d, read(t, "rice,Lúa,Rice,,,\n"))
		err := d.View(t.Context(), func(tx *db.Tx) error {
			_, err := PreviewList(tx, "subjects", read(t, "fruit,Trái cây,Fruit,,,\nrice,Lúa gạo,Rice,2027-01-01,,\n"))
			return err
		})
		if f, ok := fault.As(err); !ok || len(f.Fields) != 1 || f.Fields[0].Field != "line 3" || f.Fields[0].Key != "codes.begun_otherwise" {
			t.Fatal(err)
		}
		load(t, d, read(t, "rice,Lúa,Rice,,2026-01-31,\nrice,Lúa gạo,Rice,2026-02-01,,\n"))
		if c := reloaded(t, d); len(c.Of("subjects")) != 1 || c.Of("subjects")[0].Name.Vi != "Lúa gạo" || len(c.All("subjects")) != 2 {
			t.Errorf("%+v", c.All("subjects"))
		}
	})
}

func TestABadListTellsItsLinesAndChangesNothing(t *testing.T) {
	for _, one := range []struct{ name, text, key, field, at string }{
		{"another header", "code,name\n", "codes.bad_header", "", ""},
		{"no header", "", "codes.bad_header", "", ""},
		{"too few columns", header + "rice,Lúa\n", "codes.unreadable", "", ""},
		{"an open quote", header + "rice,\"Lúa,Rice,,,\n", "codes.unreadable", "", ""},
		{"a code with marks", header + "lúa,Lúa,Rice,,,\n", "codes.bad_rows", "line 2", "codes.bad_code"},
		{"one tongue", header + "rice,Lúa,Rice,,,\ntea,Trà,,,,\n", "codes.bad_rows", "line 3", "codes.one_tongue"},
		{"no day", header + "rice,Lúa,Rice,soon,,\n", "codes.bad_rows", "line 2", "codes.bad_day"},
		{"no such day", header + "rice,Lúa,Rice,2026-02-30,,\n", "codes.bad_rows", "line 2", "codes.bad_day"},
	} {
		_, err := ReadList("subjects", strings.NewReader(one.text))
		f, ok := fault.As(err)
		if !ok || f.Key != one.key || one.field != "" && (len(f.Fields) != 1 || f.Fields[0].Field != one.field || f.Fields[0].Key != one.at) {
			t.Errorf("%s: %v", one.name, err)
		}
	}
	if _, err := ReadList("../etc", strings.NewReader(header)); fault.KindOf(err) != fault.Invalid {
		t.Error(err)
	}
}

func TestEntriesThatContradictEachOtherAreTold(t *testing.T) {
	for _, one := range []struct{ rows, key string }{
		{"rice,Lúa,Rice,,,\nrice,Lúa,Rice,,,\n", "codes.told_twice"},
		{"rice,Lúa,Rice,,2026-06-30,\nrice,Lúa,Rice,2026-06-30,,\n", "codes.told_twice"},
		{"rice,Lúa,Rice,2026-06-30,2026-01-01,\n", "codes.ends_first"},
		{"rice,Lúa,Rice,,2026-06-30,\nrice,Lúa,Rice,2026-07-01,,\n", ""},
	} {
		key := ""
		if f, ok := fault.As(CheckList(read(t, one.rows))); ok {
			key = f.Fields[0].Key
		}
		if key != one.key {
			t.Errorf("%q: %q, want %q", one.rows, key, one.key)
		}
	}
}

func FuzzReadList(f *testing.F) {
	f.Add([]byte(header + "rice,Lúa,Rice,,,\n"))
	f.Add([]byte(header + "rice,\"Lúa, \"\"nếp\"\"\",Rice,2026-01-01,31/12/2026,\"a\nb\"\n"))
	f.Add([]byte("\ufeff" + header))
	f.Add([]byte(header + "a,\u202eb,c,,,"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		codes, err := ReadList("subjects", bytes.NewReader(raw))
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		var out bytes.Buffer
		if err := WriteList(&out, codes); err != nil {
			t.Fatal(err)
		}
		again, err := ReadList("subjects", &out)
		if err != nil || len(again) != len(codes) {
			t.Fatalf("%d of %d come back: %v", len(again), len(codes), err)
		}
		for i, c := range codes {
			if again[i] != c {
				t.Errorf("%+v came back as %+v", c, again[i])
			}
		}
	})
}
