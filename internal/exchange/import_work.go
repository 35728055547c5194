package exchange

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/document"
	"chonoi/internal/fault"
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
	x     *Exchange
	d     *db.DB
	words *lang.Words
}

func (x *Exchange) importer(d *db.DB, words *lang.Words) importer { return importer{x, d, words} }

// run takes in the file of the run of that id, unless the run was stopped, is done, or runs
// already. It returns an error only where another try may help: the next one goes on.
func (m importer) run(ctx context.Context, id string) error {
	var run *ImportRun
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
	counts    Counts
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
func (m importer) watch(ctx context.Context, cancel context.CancelCauseFunc, run *ImportRun, far *progress) (quiet func()) {
	over, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		clock := time.NewTicker(importBeat)
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

// takeIn reads the file to its end and leaves its bad rows in a workbook beside it.
func (m importer) takeIn(ctx context.Context, run *ImportRun, far *progress) error {
	file, table, err := m.x.openRun(run)
	if err != nil {
		return err
	}
	defer file.Close()
	defer table.Close()
	bad := badBook{path: m.x.errorsPath(run.ID), part: fmt.Sprintf("%s.%d", m.x.errorsPath(run.ID), run.Try)}
	in := Intake{
		Batch: Batch{Actor: run.Starter, Source: run.Source, Owner: run.Owner, Dry: run.Dry},
		Table: table, Mapping: run.Mapping.For(table.Columns(), m.x.targets(run.Kind, m.words)), Tongue: run.Tongue,
		Bad: func() (*document.Errors, error) {
			if err := bad.open(); err != nil {
				return nil, err
			}
			return document.NewErrors(bad.file, m.words, table.Columns())
		},
		Progress: func(done, all int64) { far.move(func(r *reach) { r.done, r.all = done, all }) },
		Counted:  func(c Counts) { far.move(func(r *reach) { r.counts = c }) },
	}
	take := m.x.Offers.TakeIn
	if run.Kind == Needs.Name {
		take = m.x.Needs.TakeIn
	}
	counts, err := take(ctx, m.d, in)
	far.move(func(r *reach) { r.counts = counts })
	return errors.Join(err, bad.close())
}

// end writes how a run ended. Faults of the file end it; what another try may mend leaves it
// interrupted and is returned.
func (m importer) end(ctx context.Context, run *ImportRun, far reach, err, cause error) error {
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
	return errors.Join(err, m.d.Update(ctx, func(tx *db.Tx) error { return storeRunEnd(tx, run, state, far, refusal) }))
}

// badBook is the workbook of bad rows: written beside the one of the try before, and put in its
// place when it is whole.
type badBook struct {
	path, part string
	file       *os.File
}

func (b *badBook) open() (err error) {
	if b.file, err = os.OpenFile(b.part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600); err != nil {
		return fmt.Errorf("begin the workbook of bad rows: %w", err)
	}
	return nil
}

func (b *badBook) close() error {
	if b.file == nil {
		if err := os.Remove(b.path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("drop the old workbook of bad rows: %w", err)
		}
		return nil
	}
	if err := errors.Join(b.file.Close(), os.Rename(b.part, b.path)); err != nil {
		return fmt.Errorf("keep the workbook of bad rows: %w", err)
	}
	return nil
}
