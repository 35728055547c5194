package search

import (
	"iter"
	"runtime"
	"sync"
)

// batch is some listings on their way into a body.
type batch struct {
	docs  []Doc // until they have slots
	cut   *cuttings
	first uint32        // the slot of the first listing
	words []entry       // by the numbers of the body
	pairs []entry       // of each listing the term is the number of a pair
	done  chan struct{} // closed once cut is there
}

const batchSize = 256

// load builds a body: one goroutine reads, some cut texts, this one gives slots and numbers to
// listings and words in order, and one behind it to pairs. When all is counted the lists are written.
func load(docs iter.Seq2[Doc, error], progress func(int)) (*body, error) {
	workers := runtime.GOMAXPROCS(0)
	work := make(chan *batch, workers)
	order := make(chan *batch, 2*workers)
	paired := make(chan *batch, 2*workers)
	var failure error
	var crew sync.WaitGroup
	crew.Go(func() {
		defer close(order)
		defer close(work)
		failure = readBatches(docs, func(next *batch) {
			work <- next
			order <- next
		})
	})
	for range workers {
		crew.Go(func() { cutBatches(work) })
	}
	x := newBody()
	crew.Go(func() {
		for next := range paired {
			next.numberPairs(x)
		}
	})
	var all []*batch
	for next := range order {
		<-next.done
		next.take(x)
		paired <- next
		all = append(all, next)
		if progress != nil {
			progress(len(x.keys))
		}
	}
	close(paired)
	crew.Wait()
	if failure != nil {
		return nil, failure
	}
	x.writeLists(all)
	if x.dead > 0 {
		x = x.swept()
	}
	return x, nil
}

// take gives the listings of a batch their slots, and its words the numbers of the body.
func (b *batch) take(x *body) {
	x.learn(b.cut)
	b.first = uint32(len(x.keys))
	for i := range b.docs {
		x.take(&b.docs[i], b.cut.ends[i].length)
	}
	b.docs = nil
	known := *b.cut.known
	b.words = b.cut.words
	for i := range b.words {
		b.words[i].term = known[b.words[i].term]
	}
	for i := range b.cut.pairs {
		b.cut.pairs[i].key = b.cut.pairKey(b.cut.pairs[i].key)
	}
}

// numberPairs gives the pairs of a batch the numbers of the body. It touches nothing of the body but
// its pairs, so that the next batch can be taken meanwhile.
func (b *batch) numberPairs(x *body) {
	b.pairs = make([]entry, len(b.cut.pairs))
	for i, e := range b.cut.pairs {
		b.pairs[i] = entry{x.pairs.number(e.key), e.weight, e.fields}
	}
	b.cut.pairs = nil
}

// writeLists writes the lists of all words and pairs, each packed in the order of slots.
func (x *body) writeLists(all []*batch) {
	var crew sync.WaitGroup
	crew.Go(func() {
		x.postings = lists(len(x.names), all, func(b *batch) []entry { return b.words }, func(e end) int { return e.words })
	})
	crew.Go(func() {
		x.paired = lists(len(x.pairs.keys), all, func(b *batch) []entry { return b.pairs }, func(e end) int { return e.pairs })
	})
	crew.Wait()
}

// lists writes the lists of n terms: once through to count, once to write.
func lists(n int, all []*batch, of func(*batch) []entry, upTo func(end) int) [][]posting {
	counts := make([]int, n)
	for _, b := range all {
		for _, e := range of(b) {
			counts[e.term]++
		}
	}
	out, room := make([][]posting, n), arena{}
	for term, count := range counts {
		out[term] = room.take(count)
	}
	for _, b := range all {
		entries, at := of(b), 0
		for i, end := range b.cut.ends {
			for ; at < upTo(end); at++ {
				e := &entries[at]
				out[e.term] = append(out[e.term], posting{b.first + uint32(i), e.weight, e.fields})
			}
		}
	}
	return out
}

// readBatches hands docs on in batches until they end or fail.
func readBatches(docs iter.Seq2[Doc, error], hand func(*batch)) error {
	next := newBatch()
	for d, err := range docs {
		if err != nil {
			return err
		}
		next.docs = append(next.docs, d)
		if len(next.docs) == batchSize {
			hand(next)
			next = newBatch()
		}
	}
	if len(next.docs) > 0 {
		hand(next)
	}
	return nil
}

func newBatch() *batch {
	return &batch{docs: make([]Doc, 0, batchSize), done: make(chan struct{})}
}

func cutBatches(work <-chan *batch) {
	c := newCutter()
	for next := range work {
		next.cut = c.cut(next.docs)
		close(next.done)
	}
}
