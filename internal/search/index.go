// Package search finds listings: an index in memory over Vietnamese and English text, typed with
// or without marks, with filters, counts, and the reasons why a listing was found.
package search

import (
	"iter"
	"sync"
	"sync/atomic"
)

// Index holds listings to be searched. Any number may search while one writes. It is a cache: the
// rows of the database are the truth, and the index can be loaded from them at any time.
type Index struct {
	writing sync.Mutex   // one writer
	mu      sync.RWMutex // over body
	body    *body
	cutter  *cutter // of the writer
	kept    kept
	scratch sync.Pool

	dictionary atomic.Pointer[dictionary]
}

// New returns an empty index.
func New() *Index {
	return &Index{body: newBody(), cutter: newCutter()}
}

// Len returns the number of listings.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.body.count()
}

// Put adds listings, each in place of the one with the same kind and id. They are found by every
// search that begins after Put has returned.
func (x *Index) Put(docs ...Doc) {
	x.writing.Lock()
	defer x.writing.Unlock()
	for i := range docs {
		cut := x.cutter.cut(docs[i : i+1])
		x.change(func() { x.body.put(&docs[i], cut) })
	}
	x.sweep()
}

// Delete takes a listing out. It reports whether there was one.
func (x *Index) Delete(kind, id string) bool {
	x.writing.Lock()
	defer x.writing.Unlock()
	there := false
	x.change(func() { there = x.body.remove(Key{kind, id}) })
	x.sweep()
	return there
}

// sweep takes dead listings out of the lists once they are many. Searches go on in the old body.
func (x *Index) sweep() {
	if x.body.dead < smallestClean || x.body.dead*4 < len(x.body.keys) {
		return
	}
	clean := x.body.swept()
	x.change(func() { x.body = clean })
}

// Load replaces all that the index holds by docs, using all processors. Searches go on in what was
// there before until Load returns; writers wait. Progress, when given, is called now and then with
// the number of listings done. The first error of docs ends Load and leaves the index as it was.
func (x *Index) Load(docs iter.Seq2[Doc, error], progress func(done int)) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	loaded, err := load(docs, progress)
	if err != nil {
		return err
	}
	x.cutter = newCutter()
	x.change(func() { x.body = loaded })
	return nil
}

// change lets do change the body while nobody searches. What was answered before counts no more.
func (x *Index) change(do func()) {
	x.mu.Lock()
	defer x.mu.Unlock()
	do()
	x.kept.forget()
}
