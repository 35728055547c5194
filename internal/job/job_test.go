package job_test

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/fault"
	"chonoi/internal/job"
)

var marks = db.Schema{Name: "mark", Files: fstest.MapFS{"schema/0001_mark.sql": {Data: []byte(
	"-- +goose Up\nCREATE TABLE mark (id TEXT NOT NULL);\n-- +goose Down\nDROP TABLE mark;\n")}}}

// each runs body on both engines with the tables of jobs. The tests mostly wait, so they wait together.
func each(t *testing.T, body func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		t.Parallel()
		must(t, job.Migrate(t.Context(), d))
		must(t, job.Migrate(t.Context(), d))
		body(t, d)
	}, marks)
}

func start(t *testing.T, d *db.DB, clocks []job.Clock, kinds ...job.Kind) *job.Client {
	t.Helper()
	client, err := job.New(d, kinds, clocks, slog.New(slog.DiscardHandler))
	must(t, err)
	must(t, client.Start(t.Context()))
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		must(t, client.Stop(ctx))
	})
	return client
}

const greet job.Name[string] = "test.greet"

func TestWorkOfARolledBackUnitIsNeverDoneAndThatOfACommittedOneIs(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		heard := make(chan string, 10)
		start(t, d, nil, greet.Outside(func(_ context.Context, who string) error {
			heard <- who
			return nil
		}))
		stop := errors.New("stop")
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			must(t, job.Later(tx, greet, "nobody"))
			return stop
		})
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
		begun := time.Now()
		later(t, d, "Lan")
		if who := await(t, heard); who != "Lan" {
			t.Errorf("greeted %q", who)
		}
		t.Logf("begun %s after the commit", time.Since(begun).Round(time.Millisecond))
		awaitCounts(t, d, map[job.State]int{job.Done: 1})
		select {
		case who := <-heard:
			t.Errorf("greeted %q too", who)
		default:
		}
	})
}

func TestWorkWithinAUnitIsKeptTogetherWithTheNoteThatItIsDone(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		var tried atomic.Int32
		start(t, d, nil, greet.Within(func(tx *db.Tx, who string) error {
			if _, err := tx.Exec("INSERT INTO mark (id) VALUES (?)", who); err != nil {
				return err
			}
			if tried.Add(1) == 1 {
				return errors.New("the first try fails")
			}
			return nil
		}))
		later(t, d, "Lan")
		awaitCounts(t, d, map[job.State]int{job.Done: 1})
		if n := countMarks(t, d); n != 1 || tried.Load() != 2 {
			t.Errorf("%d marks after %d tries", n, tried.Load())
		}
		row := list(t, d, job.Done)[0]
		if row.Name != "test.greet" || row.Arg != `"Lan"` || row.Try != 2 || row.Amiss != "the first try fails" || row.Ended.IsZero() {
			t.Errorf("%+v", row)
		}
	})
}

func TestWorkThatIsGivenUpIsSeenAndCanBeDoneAgain(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		var mended atomic.Bool
		start(t, d, nil, greet.Outside(func(context.Context, string) error {
			if mended.Load() {
				return nil
			}
			return job.GiveUp(errors.New("no such address"))
		}))
		later(t, d, "Lan")
		awaitCounts(t, d, map[job.State]int{job.Failed: 1})
		row := list(t, d, job.Failed)[0]
		if row.Try != 1 || row.State != job.Failed || row.Amiss == "" {
			t.Errorf("%+v", row)
		}
		mended.Store(true)
		must(t, d.Update(t.Context(), func(tx *db.Tx) error { return job.Again(tx, row.ID) }))
		awaitCounts(t, d, map[job.State]int{job.Done: 1})
		err := d.Update(t.Context(), func(tx *db.Tx) error { return job.Again(tx, 1<<40) })
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("a job that is not there: %v", err)
		}
	})
}

func TestTheSameWorkWaitsOnceButIsLeftAgainWhileItRuns(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		once := func(who string) {
			t.Helper()
			must(t, d.Update(t.Context(), func(tx *db.Tx) error { return job.Once(tx, greet, who) }))
		}
		once("Lan")
		once("Lan")
		once("Minh")
		awaitCounts(t, d, map[job.State]int{job.Waiting: 2})

		begun, goOn := make(chan string, 9), make(chan bool)
		start(t, d, nil, greet.Outside(func(_ context.Context, who string) error {
			begun <- who
			<-goOn
			return nil
		}))
		await(t, begun)
		await(t, begun)
		once("Lan") // both run: this one must not be lost
		await(t, begun)
		close(goOn)
		awaitCounts(t, d, map[job.State]int{job.Done: 3})
		once("Lan")
		awaitCounts(t, d, map[job.State]int{job.Done: 4})
	})
}

func TestFailedWorkIsNotDoneAgainBesideTheSameThatWaits(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		once := func(tx *db.Tx) error { return job.Once(tx, greet, "Lan") }
		client, err := job.New(d, []job.Kind{greet.Outside(func(context.Context, string) error {
			return job.GiveUp(errors.New("no such address"))
		})}, nil, slog.New(slog.DiscardHandler))
		must(t, err)
		must(t, client.Start(t.Context()))
		must(t, d.Update(t.Context(), once))
		awaitCounts(t, d, map[job.State]int{job.Failed: 1})
		must(t, client.Stop(t.Context()))
		must(t, d.Update(t.Context(), once))
		failed := list(t, d, job.Failed)[0].ID
		err = d.Update(t.Context(), func(tx *db.Tx) error { return job.Again(tx, failed) })
		if fault.KindOf(err) != fault.Conflict {
			t.Errorf("%v", err)
		}
	})
}

func TestAPanicIsAFailedTryAndNotTheEndOfTheServer(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		var tried atomic.Int32
		start(t, d, nil, greet.Within(func(*db.Tx, string) error {
			if tried.Add(1) == 1 {
				panic("out of range")
			}
			return nil
		}))
		later(t, d, "Lan")
		awaitCounts(t, d, map[job.State]int{job.Done: 1})
	})
}

func TestManyWhoLeaveTheSameAtOnceLeaveItOnce(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for range 4 {
					if err := d.Update(t.Context(), func(tx *db.Tx) error { return job.Once(tx, greet, "Lan") }); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		awaitCounts(t, d, map[job.State]int{job.Waiting: 1})
	})
}

func TestAJobOfAServerThatDiedIsTakenUpAgain(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		later(t, d, "Lan")
		must(t, d.Update(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE river_job SET state = 'running', attempt = 1, attempted_at = '2026-01-01 00:00:00'")
			return err
		}))
		start(t, d, nil, greet.Outside(func(context.Context, string) error { return nil }))
		awaitCounts(t, d, map[job.State]int{job.Done: 1})
	})
}

func TestAJobForTomorrowWaits(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		heard := make(chan string, 9)
		tomorrow := time.Now().Add(24 * time.Hour)
		must(t, d.Update(t.Context(), func(tx *db.Tx) error { return job.At(tx, tomorrow, greet, "Lan") }))
		start(t, d, nil, greet.Outside(func(_ context.Context, who string) error {
			heard <- who
			return nil
		}))
		later(t, d, "Minh")
		if who := await(t, heard); who != "Minh" {
			t.Errorf("greeted %q", who)
		}
		row := list(t, d, job.Waiting)[0]
		if off := row.Next.Sub(tomorrow); off < -time.Second || off > time.Second {
			t.Errorf("waits until %s, not %s", row.Next, tomorrow)
		}
	})
}

func TestStopWaitsForWorkThatRuns(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		begun, goOn := make(chan bool, 1), make(chan bool)
		var ended atomic.Bool
		client, err := job.New(d, []job.Kind{greet.Outside(func(context.Context, string) error {
			begun <- true
			<-goOn
			ended.Store(true)
			return nil
		})}, nil, slog.New(slog.DiscardHandler))
		must(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		must(t, client.Start(ctx))
		later(t, d, "Lan")
		await(t, begun)
		cancel() // the end of the starting context alone cancels nothing
		stopped := make(chan error, 1)
		go func() { stopped <- client.Stop(context.Background()) }()
		close(goOn)
		must(t, await(t, stopped))
		if !ended.Load() {
			t.Error("stopped in the middle")
		}
		awaitCounts(t, d, map[job.State]int{job.Done: 1})
	})
}

func TestStopCancelsWorkThatDoesNotEndAndItIsTriedAgain(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		begun := make(chan bool, 1)
		client, err := job.New(d, []job.Kind{greet.Outside(func(ctx context.Context, _ string) error {
			begun <- true
			<-ctx.Done()
			return ctx.Err()
		})}, nil, slog.New(slog.DiscardHandler))
		must(t, err)
		must(t, client.Start(t.Context()))
		later(t, d, "Lan")
		await(t, begun)
		now, cancel := context.WithCancel(t.Context())
		cancel()
		if err := client.Stop(now); !errors.Is(err, context.Canceled) {
			t.Errorf("a stop that had to cancel says %v", err)
		}
		awaitCounts(t, d, map[job.State]int{job.Waiting: 1})
	})
}

func TestFourHandsAndTheSiteShareOneWriterWithoutADeadlock(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		start(t, d, nil, greet.Within(func(tx *db.Tx, who string) error {
			_, err := tx.Exec("INSERT INTO mark (id) VALUES (?)", who)
			return err
		}))
		const n = 200
		begun := time.Now()
		for i := range n {
			later(t, d, strconv.Itoa(i))
		}
		left := time.Since(begun)
		awaitCounts(t, d, map[job.State]int{job.Done: n})
		if got := countMarks(t, d); got != n {
			t.Errorf("%d marks", got)
		}
		t.Logf("%d jobs left in %s, done after %s", n, left.Round(time.Millisecond), time.Since(begun).Round(time.Millisecond))
	})
}

func later(t *testing.T, d *db.DB, who string) {
	t.Helper()
	must(t, d.Update(t.Context(), func(tx *db.Tx) error { return job.Later(tx, greet, who) }))
}

func list(t *testing.T, d *db.DB, state job.State) (rows []job.Row) {
	t.Helper()
	must(t, d.View(t.Context(), func(tx *db.Tx) (err error) {
		rows, err = job.List(tx, state, 10)
		return err
	}))
	if len(rows) == 0 {
		t.Fatalf("no job is %s", state)
	}
	return rows
}

func countMarks(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	must(t, d.View(t.Context(), func(tx *db.Tx) error { return tx.QueryRow("SELECT count(*) FROM mark").Scan(&n) }))
	return n
}

// awaitCounts waits until there are as many jobs in each state as told, and no other.
func awaitCounts(t *testing.T, d *db.DB, want map[job.State]int) {
	t.Helper()
	var got map[job.State]int
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); <-time.After(20 * time.Millisecond) {
		must(t, d.View(t.Context(), func(tx *db.Tx) (err error) {
			got, err = job.Counts(tx)
			return err
		}))
		same := true
		for _, state := range job.States {
			same = same && got[state] == want[state]
		}
		if same {
			return
		}
	}
	t.Fatalf("jobs by state are %v, not %v", got, want)
}

func await[T any](t *testing.T, ch <-chan T) T {
	t.Helper()
	select {
	case v := <-ch:
		return v
	case <-time.After(20 * time.Second):
		t.Fatal("waited in vain")
		panic("unreachable")
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
