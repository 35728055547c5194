package search

import (
	"iter"
	"runtime"
	"sync"
)

// batch is some listings on their way into a body.
type batch struct {
	docs []Doc
	cut  []*analysed
	done chan struct{} // closed once cut is filled
}

const batchSize = 256

// linked is the links of a batch's listings, whose slots follow each other from first.
type linked struct {
	first uint32
	links [][]link
}

// load builds a body: one goroutine reads, some cut texts, this one writes the lists of words in
// order, and one behind it those of pairs.
func load(docs iter.Seq2[Doc, error], progress func(int)) (*body, error) {
	workers := runtime.GOMAXPROCS(0)
	work := make(chan *batch, workers)
	order := make(chan *batch, 2*workers)
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
	pairs := make(chan linked, workers)
	crew.Go(func() {
		for next := range pairs {
			for i, links := range next.links {
				x.hand.writePairs(x, next.first+uint32(i), links)
			}
		}
	})
	for next := range order {
		<-next.done
		behind := linked{uint32(len(x.keys)), make([][]link, len(next.docs))}
		for i := range next.docs {
			slot := x.take(&next.docs[i], next.cut[i])
			behind.links[i] = x.hand.writeWords(x, slot, next.cut[i], make([]link, 0, next.cut[i].count()))
		}
		pairs <- behind
		if progress != nil {
			progress(len(x.keys))
		}
	}
	close(pairs)
	crew.Wait()
	if failure != nil {
		return nil, failure
	}
	return x.swept(), nil
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
	a := newAnalyser()
	for next := range work {
		next.cut = make([]*analysed, len(next.docs))
		for i := range next.docs {
			next.cut[i] = analyse(a, &next.docs[i])
		}
		close(next.done)
	}
}
