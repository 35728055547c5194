package search

import "unsafe"

// Bytes returns about how much memory the index takes.
func (x *Index) Bytes() int64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.body.bytes()
}

// A map of Go holds an entry in about so many times its size.
const mapSpread = 1.6

func (x *body) bytes() int64 {
	n := sizeOf(x.pairs.keys) + sizeOf(x.pairs.table) + sizeOf(x.postings) + sizeOf(x.paired) + sizeOf(x.names) + sizeOf(x.family) + sizeOf(x.keys) +
		sizeOf(x.live) + sizeOf(x.length) + sizeOf(x.sorts) + sizeOf(x.titles) +
		sizeOf(x.facets.start) + sizeOf(x.facets.runs) + sizeOf(x.vocab.sorted) + sizeOf(x.vocab.loose)
	for _, list := range x.postings {
		n += sizeOf(list)
	}
	for _, list := range x.paired {
		n += sizeOf(list)
	}
	for _, name := range x.names {
		n += int64(len(name))
	}
	for i, key := range x.keys {
		n += int64(len(key.Kind) + len(key.ID) + len(x.titles[i].Vi) + len(x.titles[i].En))
	}
	entries := float64(len(x.words))*28 + float64(len(x.folds)+len(x.stems))*20 +
		float64(len(x.slots))*36 + float64(len(x.facets.values))*36
	return n + int64(entries*mapSpread)
}

func sizeOf[T any](s []T) int64 {
	var one T
	return int64(cap(s)) * int64(unsafe.Sizeof(one))
}
