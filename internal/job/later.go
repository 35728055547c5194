package job

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivertype"

	"chonoi/internal/db"
)

// word is what is stored of a job: River's arguments.
type word struct {
	name  string
	Arg   json.RawMessage `json:"arg"`
	Again int             `json:"again,omitempty"` // see Once
}

// Kind gives River the name of the work.
func (w word) Kind() string { return w.name }

// Later leaves work in the transaction, to be begun within a second of its commit.
func Later[A any](tx *db.Tx, name Name[A], arg A) error {
	w, err := newWord(name, arg)
	if err != nil {
		return err
	}
	_, err = put(tx, w, nil)
	return err
}

// At leaves work in the transaction that is not begun before that instant, and within some
// seconds after it.
func At[A any](tx *db.Tx, at time.Time, name Name[A], arg A) error {
	w, err := newWord(name, arg)
	if err != nil {
		return err
	}
	_, err = put(tx, w, &river.InsertOpts{ScheduledAt: at})
	return err
}

// Once leaves work like Later, unless the same work with the same argument waits to be begun
// already. Work that runs at this moment does not count as waiting, for it may have read what
// this transaction changes: it is then done once more.
func Once[A any](tx *db.Tx, name Name[A], arg A) error {
	w, err := newWord(name, arg)
	if err != nil {
		return err
	}
	for {
		result, err := put(tx, w, &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: waitingOrRunning}})
		if err != nil {
			return err
		}
		if !result.UniqueSkippedAsDuplicate || result.Job.State != rivertype.JobStateRunning {
			return nil
		}
		w.Again++ // the same word under another number, beside the one that runs
	}
}

// waitingOrRunning leaves out the jobs that wait for another try after a failure, perhaps for
// hours: they must not hold back new work.
var waitingOrRunning = []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateScheduled,
}

func newWord[A any](name Name[A], arg A) (word, error) {
	raw, err := json.Marshal(arg)
	if err != nil {
		return word{}, fmt.Errorf("argument of job %s: %w", string(name), err)
	}
	return word{name: string(name), Arg: raw}, nil
}

func put(tx *db.Tx, w word, options *river.InsertOpts) (*rivertype.JobInsertResult, error) {
	result, err := writer(tx).InsertTx(tx.Context(), tx.SQL(), w, options)
	if err != nil {
		return nil, fmt.Errorf("leave job %s: %w", w.name, err)
	}
	return result, nil
}

// writer returns the River client that puts and reads jobs in a caller's transaction. It holds no
// connection and runs nothing.
func writer(tx *db.Tx) *river.Client[*sql.Tx] {
	if tx.SQLite() {
		return liteWriter()
	}
	return postgresWriter()
}

var (
	liteWriter     = sync.OnceValue(func() *river.Client[*sql.Tx] { return newWriter(riversqlite.New(nil)) })
	postgresWriter = sync.OnceValue(func() *river.Client[*sql.Tx] { return newWriter(riverdatabasesql.New(nil)) })
)

func newWriter(driver riverdriver.Driver[*sql.Tx]) *river.Client[*sql.Tx] {
	client, err := river.NewClient(driver, &river.Config{MaxAttempts: tries, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		panic(err) // a configuration that is written above
	}
	return client
}

func driverOf(d *db.DB) riverdriver.Driver[*sql.Tx] {
	if d.SQLite() {
		return riversqlite.New(d.Pool())
	}
	return riverdatabasesql.New(d.Pool())
}
