package search

import "math/bits"

// bitmap is a set of slots of a segment, a bit each, in whole windows.
type bitmap []uint64

func newBitmap(slots int) bitmap { return make(bitmap, windowsOf(slots)*windowWords) }

func (b bitmap) has(slot uint32) bool { return b[slot>>6]>>(slot&63)&1 != 0 }
func (b bitmap) set(slot uint32)      { b[slot>>6] |= 1 << (slot & 63) }

// fill makes the set that of all slots below n.
func (b bitmap) fill(n int) {
	for i := range b {
		switch rest := n - i*64; {
		case rest >= 64:
			b[i] = ^uint64(0)
		case rest > 0:
			b[i] = 1<<rest - 1
		default:
			b[i] = 0
		}
	}
}

func (b bitmap) count() (n int) {
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}

// and keeps what is in both.
func (b bitmap) and(o bitmap) {
	for i, word := range o[:len(b)] {
		b[i] &= word
	}
}

// without takes out what is in o.
func (b bitmap) without(o bitmap) {
	for i, word := range o[:len(b)] {
		b[i] &^= word
	}
}

// or adds what is in o.
func (b bitmap) or(o bitmap) {
	for i, word := range o[:len(b)] {
		b[i] |= word
	}
}

// shared counts what is in both.
func (b bitmap) shared(o bitmap) (n int) {
	for i, word := range o[:len(b)] {
		n += bits.OnesCount64(b[i] & word)
	}
	return n
}
