package app

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/ledger"
	"chonoi/internal/registry"
	"chonoi/internal/search"
	"chonoi/internal/termbase"
)

// follower keeps the search index and the code lists in step with the ledger.
type follower struct {
	h      *House
	mu     sync.Mutex // cursor and index change together
	cursor int64
	cancel context.CancelFunc
	done   chan struct{}
}

const (
	followPause = 150 * time.Millisecond // a published listing is found well within a second
	followBatch = 1000

	refreshedAtOnce = 500 // listings that are in memory together, for an organisation may have very many
)

// Build fills the index from the database and remembers how far the ledger was. Progress is called
// with the number of listings indexed; it may be nil.
func (h *House) Build(ctx context.Context, progress func(int)) error {
	index := search.New()
	f := &follower{h: h}
	if err := h.fill(ctx, index, &f.cursor, progress); err != nil {
		return err
	}
	if err := h.fillAside(ctx); err != nil {
		return err
	}
	h.shelve(index)
	h.follower = f
	return nil
}

// fillAside reads what is not on the floor into the index in which only copies are looked for.
func (h *House) fillAside(ctx context.Context) error {
	return h.DB.View(ctx, func(tx *db.Tx) error {
		return h.Exchange.AsideDocs(tx, func(d search.Doc) { h.Aside.Put(d) })
	})
}

// indexed is how far of the ledger the indexes hold.
func (h *House) indexed() int64 {
	if h.follower == nil {
		return 0
	}
	h.follower.mu.Lock()
	defer h.follower.mu.Unlock()
	return h.follower.cursor
}

// fill reads all listings on the floor into an index, and the seq that the ledger had then.
func (h *House) fill(ctx context.Context, index *search.Index, cursor *int64, progress func(int)) error {
	err := h.DB.View(ctx, func(tx *db.Tx) error {
		var err error
		if *cursor, err = ledger.Head(tx); err != nil {
			return err
		}
		return index.Load(func(yield func(search.Doc, error) bool) {
			err := h.Exchange.Docs(tx, func(d search.Doc) error {
				if !yield(d, nil) {
					return context.Canceled
				}
				return nil
			})
			if err != nil {
				yield(search.Doc{}, err)
			}
		}, progress)
	})
	if err != nil {
		return fmt.Errorf("build the search index: %w", err)
	}
	return nil
}

// BuildTimed is Build, and tells how long it took.
func (h *House) BuildTimed(ctx context.Context, progress func(int)) (time.Duration, error) {
	start := time.Now()
	err := h.Build(ctx, progress)
	return time.Since(start), err
}

// Follow keeps index and code lists up to date from now on, until Close. Build comes first.
func (h *House) Follow() {
	f := h.follower
	ctx, cancel := context.WithCancel(context.Background())
	f.cancel, f.done = cancel, make(chan struct{})
	go func() {
		defer close(f.done)
		for {
			if err := f.CatchUp(ctx); err != nil && ctx.Err() == nil {
				h.Log.Error("follow the ledger", "error", err)
			}
			select {
			case <-ctx.Done():
				return
			case <-time.After(followPause):
			}
		}
	}()
}

// rebuild makes the index anew, for on a new day proofs have run out that yesterday still held.
func (h *House) rebuild(ctx context.Context) error {
	index := search.New()
	var cursor int64
	if err := h.fill(ctx, index, &cursor, nil); err != nil {
		return err
	}
	h.follower.mu.Lock()
	defer h.follower.mu.Unlock()
	h.shelve(index)
	h.follower.cursor = cursor
	return nil
}

func (f *follower) stop() {
	if f.cancel != nil {
		f.cancel()
		<-f.done
	}
}

// CatchUp reads the ledger to its end and does what each entry asks for.
func (f *follower) CatchUp(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for {
		n := 0
		err := f.h.DB.View(ctx, func(tx *db.Tx) error {
			entries, err := ledger.Since(tx, f.cursor, followBatch)
			if err != nil || len(entries) == 0 {
				return err
			}
			n = len(entries)
			if err := f.apply(tx, entries); err != nil {
				return err
			}
			f.cursor = entries[n-1].Seq
			return nil
		})
		if err != nil || n < followBatch {
			return err
		}
	}
}

// apply does what entries ask for. Each listing is read once, after its last entry.
func (f *follower) apply(tx *db.Tx, entries []ledger.Entry) error {
	seen := map[search.Key]bool{}
	var changed []search.Key
	terms := false
	for _, e := range entries {
		key := search.Key{Kind: e.Kind, ID: e.ID}
		if seen[key] {
			continue
		}
		seen[key] = true
		switch e.Kind {
		case exchange.Offers.Name, exchange.Needs.Name:
			changed = append(changed, key)
		case registry.Organisations.Name: // its name stands in its listings
			keys, err := f.h.Exchange.KeysOf(tx, e.ID)
			if err != nil {
				return err
			}
			for _, key := range keys {
				if !seen[key] {
					seen[key] = true
					changed = append(changed, key)
				}
			}
		case "setting":
			if err := f.h.Settings.Reload(tx); err != nil {
				return err
			}
		case termbase.TermKind, termbase.DictionaryKind, termbase.LearningKind:
			terms = true
		case "code_list":
			if err := f.h.Codes.Reload(tx); err != nil {
				return err
			}
		}
	}
	if terms {
		if err := f.h.Terms.Reload(tx); err != nil {
			return err
		}
	}
	for some := range slices.Chunk(changed, refreshedAtOnce) {
		if err := f.refresh(tx, some); err != nil {
			return err
		}
	}
	return nil
}

// refresh brings listings in the index to what they are now.
func (f *follower) refresh(tx *db.Tx, keys []search.Key) error {
	docs, err := f.h.Exchange.DocsOf(tx, keys)
	if err != nil {
		return err
	}
	index := f.h.Index.Load()
	index.Put(docs...)
	there := make(map[search.Key]bool, len(docs))
	for i := range docs {
		there[docs[i].Key()] = true
	}
	var gone []search.Key
	for _, key := range keys {
		f.h.Aside.Delete(key.Kind, key.ID)
		if !there[key] {
			index.Delete(key.Kind, key.ID)
			gone = append(gone, key)
		}
	}
	return f.h.Exchange.AsideDocsOf(tx, gone, func(d search.Doc) { f.h.Aside.Put(d) })
}
