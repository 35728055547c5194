package funnel_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange/funnel"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

var schemas = []db.Schema{{Name: "ledger", Files: ledger.Schema}}

// note appends an entry as of an instant.
func note(t testing.TB, tx *db.Tx, at time.Time, act, kind, id string, facts ...string) {
	t.Helper()
	tx.Now = at
	n := ledger.Note{Actor: "a", Act: act, Kind: kind, ID: id}
	for i := 0; i+1 < len(facts); i += 2 {
		n.Change = append(n.Change, ledger.Change{Field: facts[i], New: facts[i+1]})
	}
	if _, err := ledger.Append(tx, n); err != nil {
		t.Fatal(err)
	}
}

var day0 = time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC)

// week writes what happened to seven listings, one a day: each is asked about two days later, five
// become deals, four of them are offered something, three agree, two sign, one stops.
func week(t testing.TB, d *db.DB) {
	t.Helper()
	at := func(days int) time.Time { return day0.AddDate(0, 0, days) }
	err := d.Update(t.Context(), func(tx *db.Tx) error {
		for i := range 7 {
			id := fmt.Sprint(i)
			note(t, tx, at(i), "offer.submitted", "offer", "o"+id, "state", "submitted")
			note(t, tx, at(i), "offer.published", "offer", "o"+id, "state", "published")
		}
		for i := range 7 {
			id := fmt.Sprint(i)
			note(t, tx, at(8+i), "enquiry.asked", "enquiry", "e"+id, "listing", "o"+id, "state", "delivered")
			if i >= 5 {
				note(t, tx, at(8+i), "enquiry.declination", "enquiry", "e"+id, "reason", "no_capacity")
			}
		}
		for i := range 5 {
			id := fmt.Sprint(i)
			note(t, tx, at(16+i), "deal.begun", "deal", "d"+id, "enquiry", "e"+id)
		}
		for i := range 4 {
			note(t, tx, at(22+i), "deal.offer", "deal", "d"+fmt.Sprint(i))
			note(t, tx, at(22+i), "deal.offer", "deal", "d"+fmt.Sprint(i))
		}
		for i := range 3 {
			note(t, tx, at(27+i), "deal.terms_acceptance", "deal", "d"+fmt.Sprint(i))
		}
		for i := range 2 {
			note(t, tx, at(31+i), "deal.contract_signed", "deal", "d"+fmt.Sprint(i))
		}
		note(t, tx, at(34), "deal.stop", "deal", "d4", "reason", "price")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func compute(t testing.TB, d *db.DB, day when.Day) (f *funnel.Funnel) {
	t.Helper()
	err := d.View(t.Context(), func(tx *db.Tx) (err error) {
		f, err = funnel.Compute(tx, day)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// The funnel is told from the ledger as of the end of a day, and a past day is told the same for ever.
func TestTheFunnelIsRecomputedFromTheLedger(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		week(t, d)
		f := compute(t, d, when.DayOf(day0.AddDate(0, 0, 40)))
		want := map[string]int{funnel.Listed: 7, funnel.Asked: 7, funnel.Accepted: 5, funnel.Secret: 0, funnel.Offered: 4, funnel.Agreed: 3, funnel.Signed: 2, funnel.Registered: 0}
		for _, s := range f.Steps {
			if n, known := want[s.Name]; known && s.N != n {
				t.Errorf("%s: %d, not %d", s.Name, s.N, n)
			}
		}
		if days := int(f.Steps[1].Median().Hours() / 24); days != 8 {
			t.Errorf("an enquiry comes after %d days", days)
		}
		if days := int(f.Steps[2].Median().Hours() / 24); days != 8 {
			t.Errorf("both agree after %d days", days)
		}
		if len(f.Stopped) != 1 || f.Stopped[0] != (funnel.Reason{Code: "price", N: 1}) || len(f.Declined) != 1 || f.Declined[0].N != 2 {
			t.Errorf("reasons: %+v, %+v", f.Stopped, f.Declined)
		}
		early := when.DayOf(day0.AddDate(0, 0, 19))
		before, _ := json.Marshal(compute(t, d, early).Open())
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			note(t, tx, day0.AddDate(0, 0, 60), "deal.stop", "deal", "d0", "reason", "price")
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if after, _ := json.Marshal(compute(t, d, early).Open()); string(after) != string(before) {
			t.Errorf("a past day is told as %s, then as %s", before, after)
		}
	}, schemas...)
}

// Whatever was counted, no published count below three is exact, and no difference of two published
// counts tells of one or two for certain.
func TestNoPublishedCellTellsOfOneParty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.IntRange(0, 40), len(funnel.Steps), len(funnel.Steps)).Draw(t, "counts")
		f := &funnel.Funnel{AsOf: when.DayOf(day0)}
		for i, name := range funnel.Steps {
			s := &funnel.Step{Name: name, N: counts[i]}
			for j := range counts[i] {
				s.Took = append(s.Took, time.Duration(j)*time.Hour)
			}
			f.Steps = append(f.Steps, s)
		}
		f.Stopped = []funnel.Reason{{Code: "price", N: counts[3]}, {Code: "law", N: counts[4]}}
		open := f.Open()
		cells := []funnel.Cell{}
		for i, s := range open.Steps {
			if s.Name != funnel.Listed {
				cells = append(cells, s.Count)
			}
			if (s.Days != nil) != (counts[i] >= 5) {
				t.Fatalf("%d cases, median %v", counts[i], s.Days)
			}
		}
		for _, r := range open.Stopped {
			cells = append(cells, r.Count)
		}
		for i, a := range cells {
			if a.N%3 != 0 || a.N > 0 && a.Few || a.Exact {
				t.Fatalf("%+v is told", a)
			}
			for _, b := range cells[i+1:] {
				low, high := span(a)
				least, most := span(b)
				if least-high == most-low && least-high != 0 && least-high < 3 {
					t.Fatalf("%+v and %+v differ by %d for certain", a, b, least-high)
				}
			}
		}
	})
}

// span is what a published count may stand for.
func span(c funnel.Cell) (low, high int) {
	switch {
	case c.Few:
		return 1, 2
	case c.N == 0:
		return 0, 0
	case c.N == 3:
		return 3, 4
	}
	return c.N - 1, c.N + 1
}

// BenchmarkCompute recomputes the funnel from 100,000 entries.
func BenchmarkCompute(b *testing.B) {
	d := dbtest.Open(b, "sqlite", schemas...)
	err := d.Update(b.Context(), func(tx *db.Tx) error {
		for i := range 50000 {
			id := fmt.Sprint(i)
			note(b, tx, day0, "offer.published", "offer", "o"+id, "title_vi", "Máy sấy bơm nhiệt", "state", "published")
			note(b, tx, day0, "enquiry.asked", "enquiry", "e"+id, "listing", "o"+id)
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		compute(b, d, when.DayOf(day0.AddDate(0, 1, 0)))
	}
}
