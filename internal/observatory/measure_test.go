package observatory_test

import (
	"testing"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/ledger"
	"chonoi/internal/observatory"
	"chonoi/internal/when"
)

var schemas = []db.Schema{{Name: "ledger", Files: ledger.Schema}, {Name: "observatory", Files: observatory.Schema}}

func act(t *testing.T, d *db.DB, kind, id, what, old, state string) {
	t.Helper()
	err := d.Update(t.Context(), func(tx *db.Tx) error {
		_, err := ledger.Append(tx, ledger.Note{Actor: "lan", Act: what, Kind: kind, ID: id, Change: []ledger.Change{{Field: "state", Old: old, New: state}}})
		return err
	})
	if err == nil {
		err = observatory.Follow(t.Context(), d)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, d *db.DB, m observatory.Measure, on when.Day) (v observatory.Value) {
	t.Helper()
	book, err := observatory.NewBook(m)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Update(t.Context(), func(tx *db.Tx) error { v, err = book.Value(tx, m, on, true); return err }); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestWhatIsOnTheFloorIsCountedAsOfADay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		floor := observatory.InState("offers_on_floor", 1, "offer", []string{"published", "renewal"}, nil)
		today := when.DayOf(time.Now())
		act(t, d, "offer", "a", "offer.published", "draft", "published")
		act(t, d, "offer", "b", "offer.published", "draft", "published")
		act(t, d, "need", "c", "need.published", "draft", "published")
		if v := count(t, d, floor, today); v.N != 2 || v.Whole != -1 {
			t.Errorf("counted %+v", v)
		}
		if v := count(t, d, floor, today.AddDays(-1)); v.N != 0 {
			t.Errorf("yesterday there were %d", v.N)
		}
		act(t, d, "offer", "a", "offer.withdrawn", "published", "withdrawn")
		after := count(t, d, floor, today)
		act(t, d, "offer", "b", "offer.renewed", "published", "renewal")
		if again := count(t, d, floor, today); after.N != 1 || again != after {
			t.Errorf("after a withdrawal %+v, after a renewal %+v", after, again)
		}
	}, schemas...)
}

func TestADayThatHasPassedKeepsItsValue(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := 3
		m := observatory.Measure{Name: "m", Version: 1, Records: func(*db.Tx, when.Day, string, int) ([]observatory.Record, error) {
			return make([]observatory.Record, n), nil
		}}
		yesterday := when.DayOf(time.Now()).AddDays(-1)
		first := count(t, d, m, yesterday)
		n = 5
		if again := count(t, d, m, yesterday); again != first {
			t.Errorf("yesterday was %+v and is now %+v", first, again)
		}
		m.Version = 2
		if v := count(t, d, m, yesterday); v.N != 5 {
			t.Errorf("the new version counts %d", v.N)
		}
	}, schemas...)
}

func TestWhatHappenedIsCountedOnceForEachRecord(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := observatory.Happened("needs_answered", 1, "need", "need.answered")
		act(t, d, "need", "a", "need.answered", "", "")
		act(t, d, "need", "a", "need.answered", "", "")
		act(t, d, "need", "b", "need.closed", "", "")
		all := observatory.Happened("needs_told", 1, "need", "need.answered", "need.closed")
		if v := count(t, d, observatory.Part(m, all), when.DayOf(time.Now())); v.N != 1 || v.Whole != 2 {
			t.Errorf("counted %+v", v)
		}
	}, schemas...)
}

func TestTwoMeasuresOfOneNameAndVersionAreADefect(t *testing.T) {
	m := observatory.Happened("m", 1, "need", "x")
	if _, err := observatory.NewBook(m, m); err == nil {
		t.Error("no error")
	}
}

func TestTodaysValueIsCountedAnewOnlyWhenItsRecordsChange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		act(t, d, "offer", "o1", "offer.published", "", "published")
		m, counted := observatory.InState("offers", 1, "offer", []string{"published"}, nil), 0
		records := m.Records
		m.Records = func(tx *db.Tx, on when.Day, after string, limit int) ([]observatory.Record, error) {
			counted++
			return records(tx, on, after, limit)
		}
		book, err := observatory.NewBook(m)
		if err != nil {
			t.Fatal(err)
		}
		look := func(want int64, times int, why string) {
			t.Helper()
			var v observatory.Value
			if err := d.View(t.Context(), func(tx *db.Tx) (err error) { v, err = book.Value(tx, m, when.DayOf(tx.Now), false); return err }); err != nil {
				t.Fatal(err)
			}
			if v.N != want || counted != times {
				t.Errorf("%s: %d, counted %d times; want %d, %d times", why, v.N, counted, want, times)
			}
		}
		look(1, 1, "first")
		look(1, 1, "again")
		act(t, d, "need", "n1", "need.published", "", "published")
		look(1, 1, "after something else")
		act(t, d, "offer", "o2", "offer.published", "", "published")
		look(2, 2, "after another offer")
		act(t, d, "offer", "o1", "offer.withdrawn", "published", "withdrawn")
		look(1, 3, "after one was withdrawn")
	}, schemas...)
}
