package watermark

import (
	"context"
	"fmt"
	"io"
	"runtime/metrics"
	"time"

	"chonoi/internal/fault"
)

// Marking takes memory, so few files are marked at a time.
var (
	pdfs     = make(chan struct{}, 2)
	pictures = make(chan struct{}, 1)
)

// mostMemory is by how much the heap may grow while a PDF is read: a small file can tell of many
// compressed parts, each within its limit and all together without one.
const mostMemory = 512 << 20

// within does a piece of work in one of the places and gives up waiting after mostTime. Work that
// has not noticed its end by then keeps its place until it does, so that it cannot pile up. Whatever
// it panics with, a damaged file is at the bottom of it.
func within(ctx context.Context, places chan struct{}, do func(context.Context) ([]byte, error)) ([]byte, error) {
	inner, cancel := context.WithTimeout(ctx, mostTime)
	defer cancel()
	select {
	case places <- struct{}{}:
	case <-inner.Done():
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fault.New(fault.Unavailable, "watermark.busy")
	}
	type result struct {
		made []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		defer func() { <-places }()
		defer func() {
			if recover() != nil {
				done <- result{err: broken()}
			}
		}()
		made, err := do(inner)
		done <- result{made, err}
	}()
	var got result
	select {
	case got = <-done:
	case <-inner.Done():
	}
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case inner.Err() != nil:
		return nil, tooCostly()
	}
	return got.made, got.err
}

// watched ends a context when the heap has grown by mostMemory since.
func watched(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	begin := heap()
	go func() {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				if now := heap(); now > begin && now-begin > mostMemory {
					cancel(tooCostly())
				}
			}
		}
	}()
	return ctx, func() { cancel(nil) }
}

// heap is how many bytes of objects stand in the heap, those not yet collected among them.
func heap() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// ending is a source that has no more to give when its context ends, so that a decoder ends with it.
type ending struct {
	ctx context.Context
	io.ReadSeeker
}

func (e ending) Read(p []byte) (int, error) {
	if err := e.ctx.Err(); err != nil {
		return 0, err
	}
	return e.ReadSeeker.Read(p)
}

// bounded keeps what is written until there is too much of it or its context ends.
type bounded struct {
	ctx  context.Context
	made []byte
}

const mostMade = 3 * mostBytes // a JPEG that was squeezed hard grows when it is written again

func (b *bounded) Write(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	if len(b.made)+len(p) > mostMade {
		return 0, fmt.Errorf("the marked copy: %w", tooCostly())
	}
	b.made = append(b.made, p...)
	return len(p), nil
}
