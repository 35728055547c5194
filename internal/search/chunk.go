package search

// chunk is some listings cut into terms, on their way into a segment: the terms lie in groups by the
// upper bits of their keys, in each group by slots.
type chunk struct {
	records []record
	start   [chunkGroups + 1]uint32
	terms   []uint64 // lower bits of the key above, the hit with its slot in the window below
	drop    []bool   // records that are not wanted any more; nil when all are
}

const (
	chunkSize   = 256 // listings; divides a window
	chunkGroups = 256
	groupShift  = keyBits - 8
	termShift   = 24 // of the hit in a term: 13 bits of slot, fields, impact
)

// chunker makes chunks, for one goroutine at a time.
type chunker struct {
	cutter *cutter
	keys   []uint64
	hits   []hit
}

// chunk cuts listings, of which the first is to stand in that slot of its window.
func (c *chunker) chunk(docs []Doc, first uint32) *chunk {
	out := &chunk{records: make([]record, len(docs))}
	c.begin()
	for i := range docs {
		out.records[i] = recordOf(&docs[i])
		c.add(c.cutter.cut(&docs[i]), first+uint32(i))
	}
	c.end(out)
	return out
}

func (c *chunker) begin() { c.keys, c.hits = c.keys[:0], c.hits[:0] }

func (c *chunker) add(entries []entry, slot uint32) {
	for _, e := range entries {
		c.keys = append(c.keys, e.key())
		c.hits = append(c.hits, e.at(slot))
	}
}

// end sorts the terms into their groups.
func (c *chunker) end(out *chunk) {
	for _, k := range c.keys {
		out.start[k>>groupShift+1]++
	}
	for g := range chunkGroups {
		out.start[g+1] += out.start[g]
	}
	next := out.start
	out.terms = make([]uint64, len(c.keys))
	for i, k := range c.keys {
		g := k >> groupShift
		out.terms[next[g]] = k<<termShift | uint64(c.hits[i])
		next[g]++
	}
}
