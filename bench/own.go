package main

import (
	"iter"
	"strings"

	"chonoi/internal/lang"
	"chonoi/internal/search"
)

// own is the engine of the product, asked as `chonoi evaluate` asks it.
type own struct {
	index  *search.Index
	tongue lang.Tag
}

func openOwn(_ string, tongue lang.Tag) (engine, error) {
	return &own{search.New(), tongue}, nil
}

func (x *own) Load(docs iter.Seq[document]) error {
	return x.index.Load(func(yield func(search.Doc, error) bool) {
		for one := range docs {
			if !yield(x.listing(one), nil) {
				return
			}
		}
	}, nil)
}

func (x *own) listing(one document) search.Doc {
	d := search.Doc{Kind: "document", ID: one.ID}
	d.Fields[search.Title].Set(x.tongue, strings.Clone(one.Title)) // the index keeps it
	d.Fields[search.Text].Set(x.tongue, one.Text)
	return d
}

func (x *own) Put(one document) error {
	x.index.Put(x.listing(one))
	return nil
}

func (x *own) Ask(q question, limit int) ([]string, error) {
	found := x.index.Search(search.Query{Text: q.Text, Whole: q.Whole, Reader: x.tongue, Limit: limit, Quiet: true})
	ids := make([]string, len(found.Hits))
	for i, hit := range found.Hits {
		ids[i] = hit.ID
	}
	return ids, nil
}

func (x *own) OnDisk() int64 { return 0 }

func (x *own) Close() error { return nil }
