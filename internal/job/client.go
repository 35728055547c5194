package job

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"chonoi/internal/db"
)

const (
	tries        = 15                     // with River's pauses of n⁴ seconds: about a day and a half
	usualTimeout = time.Minute            // of one try
	taken        = 90 * time.Second       // work that began so long ago and tells no end is taken up by another node: see Kind.Timeout
	poll         = 300 * time.Millisecond // an empty poll costs SQLite's writer well under a millisecond
	cooldown     = 10 * time.Millisecond  // between two fetches while there is work
	keepDone     = 48 * time.Hour         // longer than any clock's period: see Clock
	keepFailed   = 30 * 24 * time.Hour
	hands        = 4 // jobs at a time on one node; SQLite writes one at a time anyway
)

// Migrate brings River's own tables to their newest form. It may be called at every start.
func Migrate(ctx context.Context, d *db.DB) error {
	migrator, err := rivermigrate.New(driverOf(d), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return fmt.Errorf("tables of jobs: %w", err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("tables of jobs: %w", err)
	}
	return nil
}

// Client does the work of one node. Many nodes may work on one PostgreSQL database.
type Client struct {
	d      *db.DB
	river  *river.Client[*sql.Tx]
	clocks []Clock
	logger *slog.Logger
	cancel context.CancelFunc
	rung   chan struct{} // closed when the clocks have stopped
}

// New returns a client that knows these kinds of work and these clocks. It fails on a kind that is
// told twice and on a clock without its kind. Nothing runs before Start.
func New(d *db.DB, kinds []Kind, clocks []Clock, logger *slog.Logger) (*Client, error) {
	config, err := configOf(d, kinds, logger)
	if err != nil {
		return nil, err
	}
	if err := check(clocks, kinds); err != nil {
		return nil, err
	}
	client, err := river.NewClient(driverOf(d), config)
	if err != nil {
		return nil, fmt.Errorf("job client: %w", err)
	}
	return &Client{d: d, river: client, clocks: clocks, logger: logger}, nil
}

func configOf(d *db.DB, kinds []Kind, logger *slog.Logger) (*river.Config, error) {
	workers := river.NewWorkers()
	known := map[string]bool{}
	for _, k := range kinds {
		if known[k.name] {
			return nil, fmt.Errorf("job %s is told twice", k.name)
		}
		known[k.name] = true
		river.AddWorkerArgs(workers, word{name: k.name}, &worker{kind: k, d: d})
	}
	return &river.Config{
		Workers:                     workers,
		Queues:                      map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: hands}},
		Logger:                      slog.New(quiet{logger.Handler()}),
		FetchPollInterval:           poll,
		FetchCooldown:               cooldown,
		PollOnly:                    true, // neither driver can listen
		MaxAttempts:                 tries,
		JobTimeout:                  usualTimeout,
		RescueStuckJobsAfter:        taken,
		CompletedJobRetentionPeriod: keepDone,
		CancelledJobRetentionPeriod: keepFailed,
		DiscardedJobRetentionPeriod: keepFailed,
	}, nil
}

// Start begins to do work, and returns. It goes on until Stop, also when ctx ends.
func (c *Client) Start(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	if err := c.river.Start(ctx); err != nil {
		return fmt.Errorf("start jobs: %w", err)
	}
	ctx, c.cancel = context.WithCancel(ctx)
	c.rung = make(chan struct{})
	go func() {
		defer close(c.rung)
		c.ringUntil(ctx)
	}()
	return nil
}

// Stop takes up no new work and waits for what runs. When ctx ends before, it cancels what runs,
// which will then be tried again, and waits a little for it to notice.
func (c *Client) Stop(ctx context.Context) error {
	if c.cancel == nil {
		return nil
	}
	c.cancel()
	<-c.rung
	err := c.river.Stop(ctx)
	if err == nil {
		return nil
	}
	hard, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return errors.Join(fmt.Errorf("stop jobs: %w", err), c.river.StopAndCancel(hard))
}

// worker does the work of one kind for River.
type worker struct {
	river.WorkerDefaults[word]
	kind Kind
	d    *db.DB
}

// Timeout limits one try.
func (w *worker) Timeout(*river.Job[word]) time.Duration { return w.kind.timeout }

// Work does one job.
func (w *worker) Work(ctx context.Context, j *river.Job[word]) error {
	err := w.work(ctx, j)
	if errors.Is(err, errGiveUp) {
		return river.JobCancel(err)
	}
	return err
}

func (w *worker) work(ctx context.Context, j *river.Job[word]) error {
	if w.kind.free != nil {
		return w.kind.free(ctx, j.Args.Arg)
	}
	return w.d.Update(ctx, func(tx *db.Tx) error {
		if err := w.kind.unit(tx, j.Args.Arg); err != nil {
			return err
		}
		return done(ctx, tx, j)
	})
}

// done notes in the same transaction that the job is done.
func done(ctx context.Context, tx *db.Tx, j *river.Job[word]) (err error) {
	if tx.SQLite() {
		_, err = river.JobCompleteTx[*riversqlite.Driver](ctx, tx.SQL(), j)
	} else {
		_, err = river.JobCompleteTx[*riverdatabasesql.Driver](ctx, tx.SQL(), j)
	}
	return err
}
