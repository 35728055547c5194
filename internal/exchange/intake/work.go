package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/document"
	"chonoi/internal/exchange"
	"chonoi/internal/fault"
	"chonoi/internal/file"
	"chonoi/internal/job"
	"chonoi/internal/lang"
)

// importBeat is how often a running import tells how far it is, and asks whether to stop.
const importBeat = 500 * time.Millisecond

// Why a running import ends before its file does.
var (
	errStopped   = errors.New("stopped by an officer")
	errOvertaken = errors.New("started anew elsewhere")
)

// importer takes in the files that were put aside.
type importer struct {
	g     *Gate
	d     *db.DB
	words *lang.Words
}

func (g *Gate) importer(d *db.DB, words *lang.Words) importer { return importer{g, d, words} }

// run takes in the file of the run of that id, unless the run was stopped, is done, or runs
// already. It returns an error only where another try may help: the next one goes on.
func (m importer) run(ctx context.Context, id string) error {
	var run *Run
	err := m.d.Update(ctx, func(tx *db.Tx) (err error) {
		run, err = claimRun(tx, id)
		return err
	})
	if err != nil || run == nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	var far progress
	quiet := m.watch(ctx, cancel, run, &far)
	err = m.takeIn(ctx, run, &far)
	quiet()
	return m.end(context.WithoutCancel(ctx), run, far.read(), err, context.Cause(ctx))
}

// reach is how far an import has come.
type reach struct {
	done, all int64
	counts    exchange.Counts
}

// progress is a reach that one goroutine moves on and another reads.
type progress struct {
	mu sync.Mutex
	at reach
}

func (p *progress) read() reach {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.at
}

func (p *progress) move(change func(*reach)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(&p.at)
}

// watch tells the table how far the import is until the function that it returns is called, and
// cancels the import when an officer asks for it or when another try has taken over.
func (m importer) watch(ctx context.Context, cancel context.CancelCauseFunc, run *Run, far *progress) (quiet func()) {
	over, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		clock := time.NewTicker(m.g.beat)
		defer clock.Stop()
		for {
			select {
			case <-over:
				return
			case <-ctx.Done():
				return
			case <-clock.C:
			}
			var stop, ours bool
			err := m.d.Update(ctx, func(tx *db.Tx) (err error) {
				stop, ours, err = beatRun(tx, run, far.read())
				return err
			})
			switch {
			case err != nil: // the next beat may come through
			case !ours:
				cancel(errOvertaken)
			case stop:
				cancel(errStopped)
			}
		}
	}()
	return func() {
		close(over)
		<-done
		cancel(nil)
	}
}

// takeIn reads the file to its end and leaves its bad rows in a workbook in the store.
func (m importer) takeIn(ctx context.Context, run *Run, far *progress) error {
	content, table, err := m.g.openRun(ctx, run)
	if err != nil {
		return err
	}
	defer content.Close()
	defer table.Close()
	bad := badBook{name: errorsName(run.ID), aside: m.g.aside}
	defer bad.discard()
	in := File{
		Batch: exchange.Batch{Actor: run.Starter, Source: run.Source, Owner: run.Owner, Dry: run.Dry},
		Table: table, Mapping: run.Mapping.For(table.Columns(), m.g.targets(run.Kind, m.words)), Tongue: run.Tongue,
		Bad: func() (*document.Errors, error) {
			if err := bad.open(); err != nil {
				return nil, err
			}
			return document.NewErrors(bad.file, m.words, table.Columns())
		},
		Progress: func(done, all int64) { far.move(func(r *reach) { r.done, r.all = done, all }) },
		Counted:  func(c exchange.Counts) { far.move(func(r *reach) { r.counts = c }) },
	}
	var counts exchange.Counts
	if run.Kind == exchange.Needs.Name {
		counts, err = TakeIn(ctx, m.d, m.g.x.Needs, in)
	} else {
		counts, err = TakeIn(ctx, m.d, m.g.x.Offers, in)
	}
	far.move(func(r *reach) { r.counts = counts })
	return errors.Join(err, bad.close(context.WithoutCancel(ctx)))
}

// end writes how a run ended. Faults of the file end it; what another try may mend leaves it
// interrupted and is returned.
func (m importer) end(ctx context.Context, run *Run, far reach, err, cause error) error {
	refusal, isFault := fault.As(err)
	state := RunInterrupted
	switch {
	case errors.Is(cause, errOvertaken):
		return nil
	case err == nil && run.Dry:
		state = RunTried
	case err == nil:
		state = RunDone
	case errors.Is(cause, errStopped):
		state, err = RunStopped, nil
	case isFault:
		state, err = RunFailed, nil
	}
	if state == RunTried || state == RunDone {
		far.done, far.all = run.Bytes, run.Bytes
	}
	if state != RunFailed {
		refusal = nil
	}
	return errors.Join(err, m.d.Update(ctx, func(tx *db.Tx) error {
		if err := storeRunEnd(tx, run, state, far, refusal); err != nil || run.Dry {
			return err
		}
		return job.Once(tx, exchange.CompareListings, time.Time{}) // what came in is compared with all the rest
	}))
}

// badBook is the workbook of bad rows: written on this machine, and put in the place of the one of
// the try before when it is whole.
type badBook struct {
	aside *file.Aside
	name  string
	file  *os.File
}

func (b *badBook) open() (err error) {
	if b.file, err = os.CreateTemp("", "chonoi-*.xlsx"); err != nil {
		return fmt.Errorf("begin the workbook of bad rows: %w", err)
	}
	return nil
}

func (b *badBook) close(ctx context.Context) error {
	if b.file == nil {
		return b.aside.Drop(ctx, b.name)
	}
	if _, err := b.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("keep the workbook of bad rows: %w", err)
	}
	_, err := b.aside.Keep(ctx, b.name, b.file, mostPutAside)
	return err
}

// discard removes what lies on this machine.
func (b *badBook) discard() {
	if b.file != nil {
		b.file.Close()
		os.Remove(b.file.Name())
	}
}
