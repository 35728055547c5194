package search

import "slices"

// snapshot is all that an index holds at one time. It is never changed, so that any number may search
// in it while the next one is made.
type snapshot struct {
	parts []*part
	head  head
	kept  *kept
	other *dictionary // of the other tongue; nil when queries are not translated
}

// part is a segment with the slots of it that are dead: of listings that were deleted or replaced.
type part struct {
	*segment
	dead []*[windowWords]uint64 // of each window, nil while none is
	gone int                    // dead slots
}

func newPart(s *segment, dead []uint32) *part {
	p := &part{segment: s, dead: make([]*[windowWords]uint64, windowsOf(s.slots()))}
	for _, slot := range dead {
		p.kill(slot)
	}
	return p
}

// live reports whether a slot is not dead.
func (p *part) live(slot uint32) bool {
	w := p.dead[slot>>windowBits]
	return w == nil || w[slot&inWindow>>6]>>(slot&63)&1 == 0
}

// kill marks a slot dead; only while nobody else has the part.
func (p *part) kill(slot uint32) {
	if !p.live(slot) {
		return
	}
	w := new([windowWords]uint64)
	if old := p.dead[slot>>windowBits]; old != nil {
		*w = *old
	}
	w[slot&inWindow>>6] |= 1 << (slot & 63)
	p.dead[slot>>windowBits] = w
	p.gone++
}

// without returns the part with one more dead slot.
func (p *part) without(slot uint32) *part {
	q := &part{segment: p.segment, dead: slices.Clone(p.dead), gone: p.gone}
	q.kill(slot)
	return q
}

// markLive makes a set that of the live slots.
func (p *part) markLive(set bitmap) {
	set.fill(p.slots())
	for w, dead := range p.dead {
		if dead != nil {
			for i, word := range dead {
				set[w*windowWords+i] &^= word
			}
		}
	}
}

func (p *part) liveCount() int { return p.slots() - p.gone }

// next returns a copy to be changed and then published.
func (v *snapshot) next() *snapshot {
	return &snapshot{parts: slices.Clone(v.parts), head: v.head, kept: new(kept), other: v.other}
}

// remove takes a listing out; it reports whether there was one.
func (v *snapshot) remove(k Key) bool {
	if h, ok := v.head.without(k); ok {
		v.head = h
		return true
	}
	for i, p := range v.parts {
		if slot, ok := p.slotOf(k); ok && p.live(slot) {
			v.parts[i] = p.without(slot)
			return true
		}
	}
	return false
}

// has reports whether there is a listing.
func (v *snapshot) has(k Key) bool {
	return slices.ContainsFunc(v.head.docs, func(d *headDoc) bool { return d.key == k }) || slices.ContainsFunc(v.parts, func(p *part) bool {
		slot, ok := p.slotOf(k)
		return ok && p.live(slot)
	})
}

// count returns the number of live listings.
func (v *snapshot) count() int {
	n := len(v.head.docs)
	for _, p := range v.parts {
		n += p.liveCount()
	}
	return n
}

// slots returns the number of listings by which rarity is told: those that are dead and not yet
// merged away count, as they do in the lists.
func (v *snapshot) slots() int {
	n := len(v.head.docs)
	for _, p := range v.parts {
		n += p.slots()
	}
	return n
}

// knows reports whether a listing has or lately had a code value.
func (v *snapshot) knows(key, value string) bool {
	want := facetValue{key, value}
	for _, p := range v.parts {
		if _, ok := p.facets.number[want]; ok {
			return true
		}
	}
	return slices.ContainsFunc(v.head.docs, func(d *headDoc) bool { return slices.Contains(d.values, want) })
}
