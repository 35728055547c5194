package db_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
)

var counters = db.Schema{Name: "counter", Files: fstest.MapFS{
	"schema/0001_counter.sql":      {Data: []byte("-- +goose Up\nCREATE TABLE counter (id TEXT PRIMARY KEY, n BIGINT NOT NULL);\n-- +goose Down\nDROP TABLE counter;\n")},
	"schema/0002_own.sqlite.sql":   {Data: []byte("-- +goose Up\nCREATE TABLE own (b BLOB);\n")},
	"schema/0002_own.postgres.sql": {Data: []byte("-- +goose Up\nCREATE TABLE own (b BYTEA);\n")},
}}

func TestConcurrentUnitsLoseNoAdditionAndMigrationsRunOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		if n, err := db.Migrate(ctx, d, counters); err != nil || n != 0 {
			t.Fatalf("a second migration applied %d files, %v", n, err)
		}
		must(t, d.Update(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec("INSERT INTO counter (id, n) VALUES (?, ?)", "a", 0)
			return err
		}))
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for range 10 {
					if err := d.Update(ctx, addOne); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if n := read(t, d); n != 40 {
			t.Errorf("40 additions came to %d", n)
		}
	}, counters)
}

func TestALongUnitComesThroughAmongShortOnes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.Update(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec("INSERT INTO counter (id, n) VALUES (?, ?)", "a", 0)
			return err
		}))
		ctx, stop := context.WithCancel(t.Context())
		var others sync.WaitGroup
		for range 2 {
			others.Go(func() {
				for ctx.Err() == nil {
					if err := d.Update(ctx, addOne); err != nil && ctx.Err() == nil {
						t.Error(err)
					}
				}
			})
		}
		runs := 0
		must(t, d.Update(t.Context(), func(tx *db.Tx) error {
			runs++
			var n int64
			if err := tx.QueryRow("SELECT n FROM counter WHERE id = ?", "a").Scan(&n); err != nil {
				return err
			}
			time.Sleep(50 * time.Millisecond) // long enough for the others to change what was read
			_, err := tx.Exec("UPDATE counter SET n = ? WHERE id = ?", n+1, "a")
			return err
		}))
		stop()
		others.Wait()
		if runs > 3 {
			t.Errorf("the long unit was run %d times", runs)
		}
	}, counters)
}

func addOne(tx *db.Tx) error {
	var n int64
	if err := tx.QueryRow("SELECT n FROM counter WHERE id = ?", "a").Scan(&n); err != nil {
		return err
	}
	_, err := tx.Exec("UPDATE counter SET n = ? WHERE id = ?", n+1, "a")
	return err
}

func read(t *testing.T, d *db.DB) (n int64) {
	t.Helper()
	must(t, d.View(t.Context(), func(tx *db.Tx) error {
		return tx.QueryRow("SELECT n FROM counter WHERE id = ?", "a").Scan(&n)
	}))
	return n
}

func TestAFailedUnitLeavesNothingAndAViewMayNotWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		stop := errors.New("stop")
		committed := false
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			tx.After(func() { committed = true })
			if _, err := tx.Exec("INSERT INTO counter (id, n) VALUES (?, ?)", "a", 1); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) || committed {
			t.Fatalf("err %v, committed %v", err, committed)
		}
		insert := func(tx *db.Tx) error {
			_, err := tx.Exec("INSERT INTO counter (id, n) VALUES (?, ?)", "a", 1)
			return err
		}
		if d.View(t.Context(), insert) == nil {
			t.Error("a view wrote")
		}
		must(t, d.Update(t.Context(), insert))
		if err := d.Update(t.Context(), insert); !db.Taken(err) {
			t.Errorf("a second row of one key: %v", err)
		}
	}, counters)
}

func TestAnAddressThatIsNoneIsRefusedWithoutItsPassword(t *testing.T) {
	_, err := db.Open(context.Background(), "mysql://u:secret@h/x")
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("%v", err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestAUnitThatIsBrokenOffSaysSoAtWhateverInstant(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, wait := range []int{0, 1, 20, 400} { // acts after the end
			ctx, cancel := context.WithCancel(t.Context())
			err := d.Update(ctx, func(tx *db.Tx) error {
				cancel()
				for range wait {
					_, _ = tx.Exec("DELETE FROM counter")
				}
				return errors.New("sql: statement is closed")
			})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("after %d acts: %v", wait, err)
			}
		}
	}, counters)
}
