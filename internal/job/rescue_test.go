package job_test

import (
	"context"
	"testing"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/job"
)

// abandon makes every job look as if a node had begun it so many seconds ago and was killed.
func abandon(t *testing.T, d *db.DB, seconds string) {
	t.Helper()
	begun := "datetime('now', '-" + seconds + " seconds')"
	if !d.SQLite() {
		begun = "now() - interval '" + seconds + " seconds'"
	}
	must(t, d.Update(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE river_job SET state = 'running', attempt = 1, attempted_at = " + begun)
		return err
	}))
}

func TestWorkOfAKilledNodeIsTakenUpWithinTwoMinutes(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		heard := make(chan string, 9)
		later(t, d, "Lan")
		abandon(t, d, "91")
		start(t, d, nil, greet.Outside(func(_ context.Context, who string) error {
			heard <- who
			return nil
		}))
		if who := await(t, heard); who != "Lan" {
			t.Errorf("greeted %q", who)
		}
		awaitCounts(t, d, map[job.State]int{job.Done: 1})
	})
}

func TestWorkThatMayStillRunElsewhereIsLeftAlone(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		heard := make(chan string, 9)
		later(t, d, "Lan")
		abandon(t, d, "120")
		start(t, d, nil, greet.Outside(func(_ context.Context, who string) error {
			heard <- who
			return nil
		}).Timeout(30*time.Minute))
		select {
		case who := <-heard:
			t.Errorf("%q was greeted twice", who)
		case <-time.After(9 * time.Second): // the first look at stuck work, a retry and its schedule
		}
		awaitCounts(t, d, map[job.State]int{job.Running: 1})
	})
}
