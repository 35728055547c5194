package search

import (
	"encoding/binary"
	"encoding/hex"
	"slices"

	"chonoi/internal/lang"
)

// cards hold what is kept of listings besides their terms, in little room: kind, id and titles one
// after the other in one text, figures in columns. An id that is a UUID takes 17 bytes of the text.
type cards struct {
	kinds     []string
	kind      []uint8  // slot -> which of kinds
	at        []uint32 // slot -> where its text begins
	text      []byte
	titles    spellings
	scratch   []byte // for one title after another
	published []int64
	price     []int64
	trl       []int32
}

// mostKinds is how many kinds of records an index tells apart.
const mostKinds = 256

func newCards(slots int) cards {
	return cards{kind: make([]uint8, 0, slots), at: make([]uint32, 0, slots), published: make([]int64, 0, slots),
		price: make([]int64, 0, slots), trl: make([]int32, 0, slots)}
}

func (c *cards) len() int { return len(c.kind) }

// add keeps a listing in the next slot.
func (c *cards) add(r *record) {
	n := slices.Index(c.kinds, r.key.Kind)
	if n < 0 {
		n = len(c.kinds)
		c.kinds = append(c.kinds, r.key.Kind)
	}
	if n >= mostKinds {
		panic("search: more than 256 kinds of records") // kinds are told by the program, not by its users
	}
	c.kind = append(c.kind, uint8(n))
	c.at = append(c.at, uint32(len(c.text)))
	c.text = appendID(c.text, r.key.ID)
	c.scratch = c.titles.write(c.scratch[:0], r.title.Vi)
	c.text = append(binary.AppendUvarint(c.text, uint64(len(c.scratch))), c.scratch...)
	c.text = c.titles.write(c.text, r.title.En)
	c.published = append(c.published, r.sorts.published)
	c.price = append(c.price, r.sorts.price)
	c.trl = append(c.trl, int32(r.sorts.trl))
}

// done gives back the room that no slot took.
func (c *cards) done() {
	c.text, c.scratch = slices.Clip(c.text), nil
	c.titles.done()
}

// run returns the text of a slot.
func (c *cards) run(slot uint32) []byte {
	if int(slot)+1 < len(c.at) {
		return c.text[c.at[slot]:c.at[slot+1]]
	}
	return c.text[c.at[slot]:]
}

// key returns the key of the listing in a slot.
func (c *cards) key(slot uint32) Key {
	id, _ := readID(c.run(slot))
	return Key{c.kinds[c.kind[slot]], id}
}

// holds reports whether the listing in a slot has that key.
func (c *cards) holds(slot uint32, k Key) bool {
	if c.kinds[c.kind[slot]] != k.Kind {
		return false
	}
	var room [64]byte
	packed := appendID(room[:0], k.ID)
	run := c.run(slot)
	return len(run) >= len(packed) && string(run[:len(packed)]) == string(packed)
}

// title returns the titles of the listing in a slot.
func (c *cards) title(slot uint32) lang.Both {
	run := c.run(slot)
	_, n := readID(run)
	run = run[n:]
	length, n := binary.Uvarint(run)
	run = run[n:]
	return lang.Both{Vi: c.titles.read(run[:length]), En: c.titles.read(run[length:])}
}

// sorts returns the figures of the listing in a slot.
func (c *cards) sorts(slot uint32) sorts {
	return sorts{c.published[slot], int64(c.trl[slot]), c.price[slot]}
}

func (c *cards) bytes() int64 {
	return sizeOf(c.kinds) + sizeOf(c.kind) + sizeOf(c.at) + sizeOf(c.text) + c.titles.bytes() + sizeOf(c.published) + sizeOf(c.price) + sizeOf(c.trl)
}

// appendID adds an id: 0 and the 16 bytes of a UUID, or the length and 1 more and the id.
func appendID(to []byte, id string) []byte {
	if raw, ok := uuidOf(id); ok {
		return append(append(to, 0), raw[:]...)
	}
	return append(binary.AppendUvarint(to, uint64(len(id))+1), id...)
}

// readID returns the id that stands at the beginning of a text, and how many bytes it takes.
func readID(from []byte) (id string, size int) {
	length, n := binary.Uvarint(from)
	if length == 0 {
		return uuidText(from[1:17]), 17
	}
	size = n + int(length) - 1
	return string(from[n:size]), size
}

// uuidOf reads a UUID as the database writes it; ok is false for any other text.
func uuidOf(id string) (raw [16]byte, ok bool) {
	if len(id) != 36 || id[8] != '-' || id[13] != '-' || id[18] != '-' || id[23] != '-' {
		return raw, false
	}
	at := 0
	for i := 0; i < 36; i += 2 {
		if id[i] == '-' {
			i++
		}
		high, low := nibble(id[i]), nibble(id[i+1])
		if high > 15 || low > 15 {
			return raw, false
		}
		raw[at] = high<<4 | low
		at++
	}
	return raw, true
}

// nibble returns the value of a digit of a UUID, and 16 for what is none.
func nibble(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	}
	return 16
}

func uuidText(raw []byte) string {
	var text [36]byte
	hex.Encode(text[:8], raw[:4])
	for n, from := range []int{9, 14, 19} {
		text[from-1] = '-'
		hex.Encode(text[from:from+4], raw[4+2*n:6+2*n])
	}
	text[23] = '-'
	hex.Encode(text[24:], raw[10:])
	return string(text[:])
}
