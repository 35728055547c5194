package standing

import (
	"cmp"
	"slices"

	"chonoi/internal/lang"
	"chonoi/internal/search"
)

// Match returns the watches that a listing meets, in the order of their IDs.
func (w *Watches) Match(doc search.Doc) []Met {
	w.mu.RLock()
	defer w.mu.RUnlock()
	r := w.room()
	defer w.rooms.Put(r)
	r.read(w, &doc)
	var met []Met
	meets := func(c *watch) {
		if words, share, ok := r.meets(c, &doc); ok {
			met = append(met, Met{c.id, words, c.whole, c.whole && share < surelyShare})
		}
	}
	for _, c := range w.free {
		meets(c)
	}
	for _, t := range r.has {
		for _, c := range w.at[t].typed {
			if r.once(c) {
				meets(c)
			}
		}
		for _, p := range w.at[t].whole {
			r.count(p)
		}
	}
	for _, c := range r.touched {
		if r.told[c.number] >= enoughShare-roundingError {
			meets(c)
		}
		r.told[c.number] = 0
	}
	slices.SortFunc(met, func(a, b Met) int { return cmp.Compare(a.ID, b.ID) })
	return met
}

const roundingError = 1e-4 // of sums of shares

// room is what one comparison works in.
type room struct {
	stamp   uint32
	stamps  []uint32 // by term: the listing has it when it carries the stamp of now
	has     []int32
	seen    []uint32  // by number of the watch: looked at when it carries the stamp of now
	told    []float32 // by number of the watch: how much of a whole one may stand in the listing
	touched []*watch  // whose told is not 0
	words   []search.Word
}

func (w *Watches) room() *room {
	r, ok := w.rooms.Get().(*room)
	if !ok {
		r = &room{}
	}
	if n := len(w.at) - len(r.stamps); n > 0 {
		r.stamps = append(r.stamps, make([]uint32, n)...)
	}
	if n := w.numbers - len(r.seen); n > 0 {
		r.seen = append(r.seen, make([]uint32, n)...)
		r.told = append(r.told, make([]float32, n)...)
	}
	if r.stamp++; r.stamp == 0 {
		clear(r.stamps)
		clear(r.seen)
		r.stamp = 1
	}
	r.has, r.touched = r.has[:0], r.touched[:0]
	return r
}

// read marks the terms that a listing has.
func (r *room) read(w *Watches, doc *search.Doc) {
	mark := func(name string) {
		if t, ok := w.terms[name]; ok && r.stamps[t] != r.stamp {
			r.stamps[t] = r.stamp
			r.has = append(r.has, t)
		}
	}
	for _, text := range doc.Fields {
		for _, tongue := range tongues {
			r.words = search.CutWords(r.words[:0], text.Only(tongue))
			for i, word := range r.words {
				mark(exactName(word.Exact))
				mark(foldedName(word.Folded))
				if tongue == lang.En {
					mark(rootName(search.Root(word.Exact)))
				}
				if i > 0 && word.Joined {
					mark(pairName(r.words[i-1].Folded, word.Folded))
				}
			}
		}
	}
	mark(valueName("kind", doc.Kind))
	for facet, values := range doc.Facets {
		for _, value := range values {
			mark(valueName(facet, value))
		}
	}
}

// once reports whether a watch was not looked at yet for this listing.
func (r *room) once(c *watch) bool {
	if len(c.anchor) == 1 {
		return true
	}
	first := r.seen[c.number] != r.stamp
	r.seen[c.number] = r.stamp
	return first
}

// count adds a telling word to what may stand of a whole watch. A word of many ways may be counted
// more than once, so that meets has the last word.
func (r *room) count(p place) {
	c := p.watch
	if r.told[c.number] == 0 {
		r.touched = append(r.touched, c)
	}
	r.told[c.number] += c.weights[p.word]
}

// meets compares one watch, and returns the words of it that stand in the listing, and how much of it
// they are.
func (r *room) meets(c *watch, doc *search.Doc) (words []string, share float32, ok bool) {
	most := 0
	for i := range c.demands {
		d := &c.demands[i]
		ok := r.holds(d)
		if !ok && !c.whole {
			return nil, 0, false
		}
		if ok && d.said != "" {
			words = append(words, d.said)
		}
		if ok && c.whole {
			share += c.weights[i]
			most++
		}
	}
	if c.whole && (share < enoughShare || most == 0 || most < min(fewestTold, len(c.demands)) && share < amplyShare) {
		return nil, 0, false
	}
	for i := range c.must {
		if !r.holds(&c.must[i]) {
			return nil, 0, false
		}
	}
	for i := range c.without {
		if r.holds(&c.without[i]) {
			return nil, 0, false
		}
	}
	for figure, bound := range c.bounds {
		if !bound.Holds(doc.Figure(figure)) {
			return nil, 0, false
		}
	}
	return words, share, true
}

// holds reports whether the listing has all parts of one of the ways.
func (r *room) holds(d *demand) bool {
	for _, w := range d.ways {
		all := true
		for _, part := range w {
			all = all && slices.ContainsFunc(part, func(t int32) bool { return r.stamps[t] == r.stamp })
		}
		if all {
			return true
		}
	}
	return false
}
