package search

import (
	"math"

	"chonoi/internal/lang"
)

// analysed is a listing cut into tokens, ready to be written into a body.
type analysed struct {
	parts  []part
	length float32
}

// count returns how many tokens there are.
func (a *analysed) count() (n int) {
	for _, p := range a.parts {
		n += len(p.tokens)
	}
	return n
}

// part is one field in one tongue.
type part struct {
	tokens  []token
	field   Field
	english bool
}

// analyse cuts a listing into tokens. Its length is that of its longer tongue, so that a
// translation does not count against it.
func analyse(a *analyser, d *Doc) *analysed {
	var out analysed
	var length [2]float64
	for f := range fieldCount {
		for i, tongue := range lang.Tags {
			text := d.Fields[f].Only(tongue)
			if text == "" {
				continue
			}
			tokens := a.tokens(nil, text)
			out.parts = append(out.parts, part{tokens, f, tongue == lang.En})
			length[i] += float64(len(tokens)) * float64(fieldWeight[f]) / weightUnit
		}
	}
	out.length = float32(math.Max(length[0], length[1]))
	return &out
}

// hand writes one listing at a time: it adds up the weight of each term before it is written.
type hand struct {
	words, pairs tally
	links        []link
}

// tally holds the weights of the terms of the listing at hand.
type tally struct {
	weight []uint16
	fields []uint8
	seen   []int32
}

func (t *tally) add(term int32, f Field) {
	if n := int(term) + 1 - len(t.weight); n > 0 {
		t.weight = append(t.weight, make([]uint16, n)...)
		t.fields = append(t.fields, make([]uint8, n)...)
	}
	if t.fields[term] == 0 {
		t.seen = append(t.seen, term)
	}
	t.fields[term] |= 1 << f
	if w := t.weight[term]; w <= math.MaxUint16-fieldWeight[f] {
		t.weight[term] = w + fieldWeight[f]
	}
}

// pour appends the tallied terms to their lists and empties the tally.
func (t *tally) pour(lists [][]posting, slot uint32) {
	for _, term := range t.seen {
		lists[term] = append(lists[term], posting{slot, t.weight[term], t.fields[term]})
		t.weight[term], t.fields[term] = 0, 0
	}
	t.seen = t.seen[:0]
}

// link is two words side by side, as the key of a pair.
type link struct {
	key   uint64
	field Field
}

// write writes a listing's words and pairs into a slot.
func (h *hand) write(x *body, slot uint32, a *analysed) {
	h.links = h.writeWords(x, slot, a, h.links[:0])
	h.writePairs(x, slot, h.links)
}

// writeWords writes the words of a listing and appends its links, which writePairs wants. The two
// touch different lists: one may write the words of a listing while another writes the pairs of
// the listing before.
func (h *hand) writeWords(x *body, slot uint32, a *analysed, links []link) []link {
	for _, p := range a.parts {
		before := int32(-1)
		for i := range p.tokens {
			t := &p.tokens[i]
			w := x.wordOf(t.form)
			h.words.add(w.exact, p.field)
			h.words.add(w.folded, p.field)
			if p.english {
				h.words.add(x.stemOf(w, t.form), p.field)
			}
			if before >= 0 && !t.fresh {
				links = append(links, link{pairKey(before, w.folded), p.field})
			}
			before = w.folded
		}
	}
	h.words.pour(x.postings, slot)
	return links
}

func (h *hand) writePairs(x *body, slot uint32, links []link) {
	for _, l := range links {
		h.pairs.add(x.pairOf(l.key), l.field)
	}
	h.pairs.pour(x.paired, slot)
}
