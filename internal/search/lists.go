package search

import "slices"

// lists are the lists of a segment, in the order of their keys.
type lists struct {
	dir    []uint32 // upper bits of a key -> the first of its lists; one more than there are such bits
	low    []uint32 // the lower bits of the keys
	at     []hit    // alone|the hit, isLarge|number in large, or where in short the list begins
	short  []hit    // of each list its length, and then its hits
	large  []large
	hits   int
	slots  int
	arenas arenas
}

// isLarge marks an entry of lists.at that is the number of a large list.
const isLarge = 1 << 30

func newLists(slots int) *lists {
	return &lists{dir: make([]uint32, 1<<dirBits+1), slots: slots}
}

// add appends a list; keys come in order. hits are in the order of slots and at least one.
func (l *lists) add(key uint64, hits []hit) {
	l.low = append(l.low, uint32(key))
	l.dir[key>>lowBits+1]++
	l.hits += len(hits)
	switch {
	case len(hits) == 1:
		l.at = append(l.at, alone|hits[0])
	case isLong(len(hits), windowsOf(l.slots)) || isBroad(len(hits), l.slots):
		l.at = append(l.at, isLarge|hit(len(l.large)))
		l.large = append(l.large, newLarge(hits, l.slots, &l.arenas))
	default:
		l.at = append(l.at, hit(len(l.short)))
		l.short = append(append(l.short, hit(len(hits))), hits...)
	}
}

// done ends the adding. The directory held how many lists each has; now it tells where they begin.
func (l *lists) done() {
	for i := 1; i < len(l.dir); i++ {
		l.dir[i] += l.dir[i-1]
	}
	l.low, l.at, l.short, l.large = slices.Clip(l.low), slices.Clip(l.at), slices.Clip(l.short), slices.Clip(l.large)
	l.arenas = arenas{}
}

// joined joins parts of which each holds the keys after those of the part before.
func joined(parts []*lists, slots int) *lists {
	out := newLists(slots)
	var low, short, largest int
	for _, p := range parts {
		low, short, largest = low+len(p.low), short+len(p.short), largest+len(p.large)
	}
	out.low, out.at = make([]uint32, 0, low), make([]hit, 0, low)
	out.short, out.large = make([]hit, 0, short), make([]large, 0, largest)
	for _, p := range parts {
		for _, at := range p.at {
			switch {
			case at&alone != 0:
			case at&isLarge != 0:
				at += hit(len(out.large))
			default:
				at += hit(len(out.short))
			}
			out.at = append(out.at, at)
		}
		out.low, out.short, out.large = append(out.low, p.low...), append(out.short, p.short...), append(out.large, p.large...)
		out.hits += p.hits
		for i, n := range p.dir {
			out.dir[i] += n
		}
	}
	out.done()
	return out
}

// find returns the number of the list of a key.
func (l *lists) find(key uint64) (n int, ok bool) {
	low, high := l.dir[key>>lowBits], l.dir[key>>lowBits+1]
	want := uint32(key)
	for low < high {
		mid := (low + high) / 2
		if l.low[mid] < want {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return int(low), low < l.dir[key>>lowBits+1] && l.low[low] == want
}

// list returns the nth list.
func (l *lists) list(n int) list {
	switch at := l.at[n]; {
	case at&alone != 0:
		return list{short: l.at[n : n+1 : n+1]}
	case at&isLarge != 0:
		return list{large: &l.large[at&^isLarge]}
	default:
		df := l.short[at]
		return list{short: l.short[at+1 : at+1+df]}
	}
}

// of returns the list of a key, empty when there is none.
func (l *lists) of(key uint64) list {
	if n, ok := l.find(key); ok {
		return l.list(n)
	}
	return list{}
}

// key returns the key of the nth list; top is the upper part of a key before it.
func (l *lists) key(n int, top *int) uint64 {
	for int(l.dir[*top+1]) <= n {
		*top++
	}
	return uint64(*top)<<lowBits | uint64(l.low[n])
}

func (l *lists) bytes() int64 {
	n := sizeOf(l.dir) + sizeOf(l.low) + sizeOf(l.at) + sizeOf(l.short) + sizeOf(l.large)
	for i := range l.large {
		g := &l.large[i]
		n += sizeOf(g.from) + sizeOf(g.impacts) + sizeOf(g.slots) + sizeOf(g.bits) + sizeOf(g.rank) + sizeOf(g.fields)
	}
	return n
}

// arenas give the parts of large lists their room from a few big blocks.
type arenas struct {
	from   arena[uint32]
	bytes  arena[uint8]
	halves arena[uint16]
	bits   arena[uint64]
}

// arena cuts slices of zeros from blocks.
type arena[T any] struct{ free []T }

const arenaBlock = 1 << 16

func (a *arena[T]) take(n int) []T {
	if n >= arenaBlock/4 {
		return make([]T, n)
	}
	if len(a.free) < n {
		a.free = make([]T, arenaBlock)
	}
	out := a.free[:n:n]
	a.free = a.free[n:]
	return out
}
