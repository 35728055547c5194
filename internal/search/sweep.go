package search

// swept returns a body with the live listings only, its lists packed without room to spare. The old
// body is only read, so that searches may go on meanwhile.
func (x *body) swept() *body {
	y := newBody()
	slots := make([]int32, len(x.keys))
	for old := range x.keys {
		slots[old] = -1
		if x.live[old] {
			slots[old] = int32(len(y.keys))
			x.copySlot(y, uint32(old))
		}
	}
	y.words, y.folds, y.stems = cloneMap(x.words), cloneMap(x.folds), cloneMap(x.stems)
	y.names = append([]string(nil), x.names...)
	y.family = append([][]int32(nil), x.family...)
	for i, f := range y.family {
		y.family[i] = f[:len(f):len(f)]
	}
	y.vocab = x.vocab.clone()
	y.postings = make([][]posting, len(x.postings))
	room := arena{}
	for term, list := range x.postings {
		y.postings[term] = room.renumbered(list, slots)
	}
	for n, list := range x.paired {
		if list = room.renumbered(list, slots); len(list) > 0 {
			y.pairs.number(x.pairs.keys[n])
			y.paired = append(y.paired, list)
		}
	}
	return y
}

func (x *body) copySlot(y *body, old uint32) {
	y.slots[x.keys[old]] = uint32(len(y.keys))
	y.keys = append(y.keys, x.keys[old])
	y.live = append(y.live, true)
	y.length = append(y.length, x.length[old])
	y.total += float64(x.length[old])
	y.sorts = append(y.sorts, x.sorts[old])
	y.titles = append(y.titles, x.titles[old])
	for _, n := range x.facets.of(old) {
		y.facets.runs = append(y.facets.runs, y.facets.number(x.facets.keys[x.facets.keyOf[n]], x.facets.values[n]))
	}
	y.facets.start = append(y.facets.start, uint32(len(y.facets.runs)))
}

// arena cuts lists from large blocks: millions of small lists cost no room of their own. A long list
// has its own block, with some room to grow.
type arena struct{ free []posting }

const (
	arenaBlock = 1 << 16
	longList   = 1 << 12
)

// take returns an empty list with room for n.
func (a *arena) take(n int) []posting {
	if n >= longList {
		return make([]posting, 0, n+n/32)
	}
	if len(a.free) < n {
		a.free = make([]posting, arenaBlock)
	}
	out := a.free[:0:n]
	a.free = a.free[n:]
	return out
}

func (a *arena) renumbered(list []posting, slots []int32) []posting {
	n := 0
	for _, p := range list {
		if slots[p.slot] >= 0 {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	out := a.take(n)
	for _, p := range list {
		if s := slots[p.slot]; s >= 0 {
			p.slot = uint32(s)
			out = append(out, p)
		}
	}
	return out
}

func cloneMap[K comparable, V any](m map[K]V) map[K]V {
	out := make(map[K]V, len(m))
	for k, v := range m {
		out[k] = v
	}
	return out
}
