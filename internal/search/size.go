package search

import "unsafe"

// Bytes returns about how much memory the index takes.
func (x *Index) Bytes() int64 {
	var n int64
	v := x.now.Load()
	for _, p := range v.parts {
		n += p.bytes()
	}
	for _, d := range v.head.docs {
		n += sizeOf(d.entries) + sizeOf(d.values) + int64(unsafe.Sizeof(*d)) + bytesOf(d.key, d.title.Vi, d.title.En)
	}
	return n + sizeOf(v.head.words) + sizeOf(v.head.folds)
}

// A map of Go holds an entry in about so many times its size.
const mapSpread = 1.6

func (p *part) bytes() int64 {
	n := p.lists.bytes() + p.facets.bytes() + p.words.bytes() + p.cards.bytes() + sizeOf(p.table)
	for _, dead := range p.dead {
		if dead != nil {
			n += int64(unsafe.Sizeof(*dead))
		}
	}
	return n
}

func bytesOf(k Key, vi, en string) int64 { return int64(len(k.ID) + len(vi) + len(en)) }

func (w *words) bytes() int64 {
	n := sizeOf(w.all) + sizeOf(w.folds) + sizeOf(w.stems)
	for _, one := range w.all {
		n += int64(unsafe.Sizeof(*one)) + int64(len(one.exact)+len(one.folded)+len(one.root))
	}
	return n
}

func sizeOf[T any](s []T) int64 {
	var one T
	return int64(cap(s)) * int64(unsafe.Sizeof(one))
}
