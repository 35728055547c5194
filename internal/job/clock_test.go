package job

import (
	"log/slog"
	"testing"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/when"
)

const tick Name[time.Time] = "test.tick"

func TestAClockIsDueAtItsTimeInTheCity(t *testing.T) {
	at := func(s string) time.Time {
		got, err := time.ParseInLocation("2006-01-02 15:04:05", s, when.Zone)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for _, c := range []struct {
		name           string
		clock          Clock
		now, due, next string
	}{
		{"daily, just before", Daily("07:30", tick), "2026-11-20 07:29:59", "2026-11-19 07:30:00", "2026-11-20 07:30:00"},
		{"daily, at the time", Daily("07:30", tick), "2026-11-20 07:30:00", "2026-11-20 07:30:00", "2026-11-21 07:30:00"},
		{"daily, late in the month", Daily("23:00", tick), "2026-11-30 23:59:00", "2026-11-30 23:00:00", "2026-12-01 23:00:00"},
		{"every quarter of an hour", Every(15*time.Minute, tick), "2026-11-20 10:44:59", "2026-11-20 10:30:00", "2026-11-20 10:45:00"},
		{"every day at midnight", Every(24*time.Hour, tick), "2026-11-20 10:44:59", "2026-11-20 00:00:00", "2026-11-21 00:00:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.clock.due(at(c.now)); !got.Equal(at(c.due)) {
				t.Errorf("due %s", got.In(when.Zone))
			}
			if got := c.clock.next(at(c.now)); !got.Equal(at(c.next)) {
				t.Errorf("next %s", got.In(when.Zone))
			}
		})
	}
}

func TestADueTimeIsRungOnceByTwoNodesAndOneThatWasMissedIsRungLate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := Migrate(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		kinds := []Kind{tick.Within(func(*db.Tx, time.Time) error { return nil })}
		clocks := []Clock{Every(time.Hour, tick)}
		var nodes [2]*Client
		for i := range nodes {
			client, err := New(d, kinds, clocks, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			nodes[i] = client
		}
		noon := time.Date(2026, 11, 20, 12, 0, 0, 0, when.Zone)
		for _, step := range []struct {
			name string
			now  time.Time
			jobs int
		}{
			{"at the hour", noon, 1},
			{"a little later in the same hour", noon.Add(20 * time.Minute), 1},
			{"four hours later, three of them missed", noon.Add(4*time.Hour + time.Minute), 2},
		} {
			for _, node := range nodes {
				memory := map[string]time.Time{} // as after a new start
				for range 2 {
					if err := node.ring(t.Context(), step.now, memory); err != nil {
						t.Fatal(err)
					}
				}
			}
			if err := d.View(t.Context(), func(tx *db.Tx) error {
				counts, err := Counts(tx)
				if counts[Waiting] != step.jobs {
					t.Errorf("%s: %v jobs, not %d", step.name, counts, step.jobs)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestARunningClientRingsItsClockOnceThoughTwoNodesRun(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := Migrate(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		rung := make(chan time.Time, 100)
		kinds := []Kind{tick.Within(func(tx *db.Tx, due time.Time) error {
			tx.After(func() { rung <- due })
			return nil
		})}
		for range 2 {
			client, err := New(d, kinds, []Clock{Every(time.Second, tick)}, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			if err := client.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			defer client.Stop(t.Context())
		}
		seen := map[int64]bool{}
		for range 3 {
			select {
			case due := <-rung:
				if seen[due.Unix()] {
					t.Errorf("%s was rung twice", due)
				}
				seen[due.Unix()] = true
			case <-time.After(10 * time.Second):
				t.Fatal("no clock rang")
			}
		}
	})
}

func TestAClientIsRefusedWhenItsKindsOrClocksAreAmiss(t *testing.T) {
	d := dbtest.Open(t, "sqlite")
	work := tick.Within(func(*db.Tx, time.Time) error { return nil })
	for _, c := range []struct {
		name   string
		kinds  []Kind
		clocks []Clock
	}{
		{"a kind told twice", []Kind{work, work}, nil},
		{"a clock without work", nil, []Clock{Daily("07:00", tick)}},
		{"a clock told twice", []Kind{work}, []Clock{Daily("07:00", tick), Daily("08:00", tick)}},
		{"a time that is none", []Kind{work}, []Clock{Daily("25:00", tick)}},
		{"a period that does not divide a day", []Kind{work}, []Clock{Every(7*time.Hour, tick)}},
		{"a period that is none", []Kind{work}, []Clock{Every(0, tick)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := New(d, c.kinds, c.clocks, slog.New(slog.DiscardHandler)); err == nil {
				t.Error("it was taken")
			}
		})
	}
}
