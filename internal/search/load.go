package search

import (
	"iter"
	"runtime"
	"slices"
	"sync"
)

// batch is some listings on their way into a segment.
type batch struct {
	docs  []Doc
	first uint32 // the slot of the first one within its window
	done  chan struct{}
	chunk *chunk // once done is closed
}

// pivotSample is how many listings, the first, are read for the usual length.
const pivotSample = 8192

// load makes segments of listings: one goroutine reads, some cut texts, and this one gathers what was
// cut until it is enough for a segment.
func load(docs iter.Seq2[Doc, error], progress func(int)) (*snapshot, pivot, error) {
	workers := runtime.GOMAXPROCS(0)
	work := make(chan *batch, workers)
	order := make(chan *batch, 2*workers)
	in := reading{work: work, order: order, pivot: usualPivot}
	var crew sync.WaitGroup
	crew.Go(func() { in.read(docs) })
	makers := make([]chunker, workers)
	for i := range makers {
		crew.Go(func() {
			for b := range work {
				if makers[i].cutter == nil {
					makers[i].cutter = newCutter(in.pivot)
				}
				b.chunk = makers[i].chunk(b.docs, b.first)
				b.docs = nil
				close(b.done)
			}
		})
	}
	out := loading{next: &snapshot{kept: new(kept)}}
	done := 0
	for b := range order {
		<-b.done
		out.take(b.chunk)
		done += len(b.chunk.records)
		if progress != nil {
			progress(done)
		}
	}
	crew.Wait()
	if in.failure != nil {
		return nil, pivot{}, in.failure
	}
	for i := range makers {
		if c := makers[i].cutter; c != nil {
			out.known = append(out.known, c.words()...)
		}
	}
	out.end()
	return out.next, in.pivot, nil
}

// reading hands listings on in batches until they end or fail.
type reading struct {
	work, order chan *batch
	held        []*batch // until the usual length is known
	count       int
	pivot       pivot
	begun       bool
	failure     error
}

func (r *reading) read(docs iter.Seq2[Doc, error]) {
	defer close(r.order)
	defer close(r.work)
	var next []Doc
	for d, err := range docs {
		if err != nil {
			r.failure = err
			return
		}
		next = append(next, d)
		if len(next) == chunkSize {
			r.hand(next)
			next = make([]Doc, 0, chunkSize)
		}
	}
	if len(next) > 0 {
		r.hand(next)
	}
	r.begin()
}

func (r *reading) hand(docs []Doc) {
	b := &batch{docs: docs, first: uint32(r.count) & inWindow, done: make(chan struct{})}
	r.count += len(docs)
	r.held = append(r.held, b)
	if r.begun || r.count >= pivotSample {
		r.begin()
	}
}

// begin hands on what was held.
func (r *reading) begin() {
	if !r.begun {
		r.begun = true
		r.pivot = pivotOf(func(yield func(*Doc) bool) {
			for _, b := range r.held {
				for i := range b.docs {
					if !yield(&b.docs[i]) {
						return
					}
				}
			}
		})
	}
	for _, b := range r.held {
		r.work <- b
		r.order <- b
	}
	r.held = nil
}

// loading gathers chunks into segments.
type loading struct {
	next   *snapshot
	chunks [][]*chunk // of each segment
	known  []*lexeme
}

func (l *loading) take(c *chunk) {
	if n := len(l.chunks); n == 0 || len(l.chunks[n-1]) == segmentRoom/chunkSize {
		l.chunks = append(l.chunks, nil)
	}
	last := &l.chunks[len(l.chunks)-1]
	*last = append(*last, c)
}

// end makes the segments. A listing that came twice is kept as it came last.
func (l *loading) end() {
	for i, chunks := range l.chunks {
		s, dead := assemble(chunks, slices.Clone(l.known))
		l.chunks[i] = nil
		for n, before := range l.next.parts {
			for one := range uint32(s.slots()) {
				k := s.cards.key(one)
				if slot, ok := before.slotOf(k); ok && before.live(slot) {
					l.next.parts[n] = l.next.parts[n].without(slot)
				}
			}
		}
		l.next.parts = append(l.next.parts, newPart(s, dead))
	}
}
