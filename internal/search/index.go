// Package search finds listings: an index in memory over Vietnamese and English text, typed with
// or without marks, with filters, counts, and the reasons why a listing was found.
package search

import (
	"iter"
	"sync"
	"sync/atomic"
)

// Index holds listings to be searched. Any number may search while one writes, and none waits for
// another. It is a cache: the rows of the database are the truth, and the index can be loaded from
// them at any time.
type Index struct {
	now     atomic.Pointer[snapshot]
	writing sync.Mutex // one writer; over what follows
	cutter  *cutter
	inHead  map[*lexeme]bool // the words of the head
	room    int              // the most listings of the head
	merging bool             // somebody merges
	merger  sync.WaitGroup
}

// New returns an empty index.
func New() *Index {
	x := &Index{cutter: newCutter(usualPivot), inHead: map[*lexeme]bool{}, room: mostHead}
	x.cutter.noting = true
	x.now.Store(&snapshot{kept: new(kept)})
	return x
}

// Len returns the number of listings.
func (x *Index) Len() int { return x.now.Load().count() }

// Has reports whether the index holds a listing.
func (x *Index) Has(listing Key) bool { return x.now.Load().has(listing) }

// Put adds listings, each in place of the one with the same kind and id. They are found by every
// search that begins after Put has returned.
func (x *Index) Put(docs ...Doc) {
	x.writing.Lock()
	defer x.writing.Unlock()
	next := x.now.Load().next()
	for i := range docs {
		next.remove(docs[i].Key())
		d := newHeadDoc(&docs[i], x.cutter.cut(&docs[i]))
		next.head = next.head.with(d, x.cutter.met, x.inHead)
		if len(next.head.docs) >= x.room {
			x.freeze(next)
			x.now.Store(next)
			next = next.next()
		}
	}
	x.now.Store(next)
	x.merge()
}

// freeze makes the head of a snapshot a segment.
func (x *Index) freeze(next *snapshot) {
	next.parts = append(next.parts, newPart(next.head.segment(), nil))
	next.head = head{}
	clear(x.inHead)
}

// Delete takes a listing out. It reports whether there was one.
func (x *Index) Delete(kind, id string) bool {
	x.writing.Lock()
	defer x.writing.Unlock()
	next := x.now.Load().next()
	there := next.remove(Key{kind, id})
	if there {
		x.now.Store(next)
		x.merge()
	}
	return there
}

// Load replaces all that the index holds by docs, using all processors. Searches go on in what was
// there before until Load returns; writers wait. Progress, when given, is called now and then with
// the number of listings done. The first error of docs ends Load and leaves the index as it was.
func (x *Index) Load(docs iter.Seq2[Doc, error], progress func(done int)) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	loaded, pivot, err := load(docs, progress)
	if err != nil {
		return err
	}
	x.cutter = newCutter(pivot)
	x.cutter.noting = true
	clear(x.inHead)
	loaded.other = x.now.Load().other
	x.now.Store(loaded)
	return nil
}
