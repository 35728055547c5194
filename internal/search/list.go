package search

import (
	"math/bits"
	"sort"
)

// The listings of a segment stand in windows, so that the sums of a window fit in the nearest cache.
const (
	windowBits  = 13
	windowSlots = 1 << windowBits
	windowWords = windowSlots / 64
	inWindow    = windowSlots - 1
)

// A list is kept in one of three ways, by its length (df) and the size of its segment:
//
//	short: hits one after the other, 4 bytes each; one alone stands in the table itself
//	long:  of each window the slots (13 bits, with the fields above) and the impacts, 3 bytes a hit
//	broad: of each window a bit for every slot, and the impacts; 2 bytes a hit when every eighth
//	       listing has the term, and a hit is found without a search
//
// large is a long or broad list.
type large struct {
	df      uint32
	most    uint8    // the greatest impact
	from    []uint32 // window -> its first hit; one more than there are windows
	impacts []uint8
	slots   []uint16 // long: fields<<13 | slot within the window
	bits    []uint64 // broad: windowWords of each window,
	rank    []uint16 // the hits of the window before each of these words,
	fields  []uint8  // and the fields of the hits, two in a byte
}

// The shortest long list, in hits and as hits for each window.
const (
	leastLong      = 64
	leastPerWindow = 4
)

// A broad list holds at least one listing in so many; smaller segments than a window have none.
const broadShare = 8

func isLong(df, windows int) bool { return df >= leastLong+leastPerWindow*windows }

func isBroad(df, slots int) bool { return slots >= windowSlots && df*broadShare >= slots }

// newLarge packs hits, which are in the order of slots.
func newLarge(hits []hit, slots int, room *arenas) large {
	windows := windowsOf(slots)
	l := large{df: uint32(len(hits)), from: room.from.take(windows + 1), impacts: room.bytes.take(len(hits))}
	broad := isBroad(len(hits), slots)
	if broad {
		l.bits, l.rank = room.bits.take(windows*windowWords), room.halves.take(windows*windowWords)
		l.fields = room.bytes.take((len(hits) + 1) / 2)
	} else {
		l.slots = room.halves.take(len(hits))
	}
	w := 0
	for i, h := range hits {
		slot := h.slot()
		for int(slot>>windowBits) >= w {
			l.from[w] = uint32(i)
			w++
		}
		l.impacts[i] = h.impact()
		l.most = max(l.most, h.impact())
		if broad {
			l.bits[slot>>6] |= 1 << (slot & 63)
			l.fields[i/2] |= h.fields() << (i & 1 * 4)
		} else {
			l.slots[i] = uint16(h.fields())<<windowBits | uint16(slot&inWindow)
		}
	}
	for ; w <= windows; w++ {
		l.from[w] = uint32(len(hits))
	}
	if broad {
		l.rankBits()
	}
	return l
}

func (l *large) rankBits() {
	n := 0
	for i, word := range l.bits {
		if i%windowWords == 0 {
			n = 0
		}
		l.rank[i] = uint16(n)
		n += bits.OnesCount64(word)
	}
}

func windowsOf(slots int) int { return (slots + windowSlots - 1) >> windowBits }

// number returns which hit of the list is that of a slot; ok is false when there is none.
func (l *large) number(slot uint32) (n int, ok bool) {
	w := slot >> windowBits
	if l.bits != nil {
		word := l.bits[slot>>6]
		n = int(l.from[w]) + int(l.rank[slot>>6]) + bits.OnesCount64(word&(1<<(slot&63)-1))
		return n, word>>(slot&63)&1 != 0
	}
	first, last := l.from[w], l.from[w+1]
	n = int(first) + searchSlot(l.slots[first:last], uint16(slot&inWindow))
	return n, n < int(last) && l.slots[n]&inWindow == uint16(slot&inWindow)
}

// searchSlot returns the first place whose slot is not before the one sought.
func searchSlot(slots []uint16, slot uint16) int {
	low, high := 0, len(slots)
	for low < high {
		mid := int(uint(low+high) >> 1)
		if slots[mid]&inWindow < slot {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// hitAt returns the nth hit, which is in that slot.
func (l *large) hitAt(n int, slot uint32) hit {
	if l.bits != nil {
		return newHit(slot, l.fields[n/2]>>(n&1*4)&15, l.impacts[n])
	}
	return newHit(slot, uint8(l.slots[n]>>windowBits), l.impacts[n])
}

// all appends the hits to dst, in the order of slots.
func (l *large) all(dst []hit) []hit {
	if l.bits == nil {
		for w := range len(l.from) - 1 {
			for n := l.from[w]; n < l.from[w+1]; n++ {
				dst = append(dst, l.hitAt(int(n), uint32(w)<<windowBits|uint32(l.slots[n]&inWindow)))
			}
		}
		return dst
	}
	n := 0
	for i, word := range l.bits {
		for ; word != 0; word &= word - 1 {
			dst = append(dst, l.hitAt(n, uint32(i*64+bits.TrailingZeros64(word))))
			n++
		}
	}
	return dst
}

// list is one list of a segment, in either way.
type list struct {
	short []hit
	large *large
}

func (l list) df() int {
	if l.large != nil {
		return int(l.large.df)
	}
	return len(l.short)
}

// find returns the hit of a slot.
func (l list) find(slot uint32) (hit, bool) {
	if l.large != nil {
		n, ok := l.large.number(slot)
		if !ok {
			return 0, false
		}
		return l.large.hitAt(n, slot), true
	}
	i := sort.Search(len(l.short), func(i int) bool { return l.short[i].slot() >= slot })
	if i < len(l.short) && l.short[i].slot() == slot {
		return l.short[i], true
	}
	return 0, false
}

// all appends the hits to dst, in the order of slots.
func (l list) all(dst []hit) []hit {
	if l.large != nil {
		return l.large.all(dst)
	}
	return append(dst, l.short...)
}

// backward calls yield with the hits from the last to the first until it returns false.
func (l list) backward(yield func(hit) bool) {
	if l.large == nil {
		for i := len(l.short) - 1; i >= 0 && yield(l.short[i]); i-- {
		}
		return
	}
	for w := len(l.large.from) - 2; w >= 0; w-- {
		if !l.large.backward(w, yield) {
			return
		}
	}
}

// backward goes through one window; it reports whether to go on.
func (l *large) backward(w int, yield func(hit) bool) bool {
	n := int(l.from[w+1])
	if l.bits == nil {
		for n--; n >= int(l.from[w]); n-- {
			if !yield(l.hitAt(n, uint32(w)<<windowBits|uint32(l.slots[n]&inWindow))) {
				return false
			}
		}
		return true
	}
	for i := (w+1)*windowWords - 1; i >= w*windowWords; i-- {
		for word := l.bits[i]; word != 0; {
			top := 63 - bits.LeadingZeros64(word)
			word &^= 1 << top
			n--
			if !yield(l.hitAt(n, uint32(i*64+top))) {
				return false
			}
		}
	}
	return true
}

// mark sets the bits of the slots that are in the list.
func (l list) mark(set bitmap) {
	if l.large != nil && l.large.bits != nil {
		for i, word := range l.large.bits {
			set[i] |= word
		}
		return
	}
	if l.large != nil {
		for w := range len(l.large.from) - 1 {
			for _, s := range l.large.slots[l.large.from[w]:l.large.from[w+1]] {
				set.set(uint32(w)<<windowBits | uint32(s&inWindow))
			}
		}
		return
	}
	for _, h := range l.short {
		set.set(h.slot())
	}
}
