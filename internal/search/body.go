package search

import "chonoi/internal/lang"

// posting says that a listing holds a term, with its weight over all fields.
type posting struct {
	slot   uint32
	weight uint16 // in eighths of an occurrence in the text
	fields uint8  // bit 1<<Field
}

// word is what the index knows of an exact form: its term and those of its relatives.
type word struct {
	exact, folded int32
	stem          int32 // -1 while no English text has it
}

// body is the index proper. Listings stand in slots in the order in which they came; a listing that
// is replaced or deleted leaves a dead slot until the body is swept.
type body struct {
	words    map[string]word  // exact forms
	folds    map[string]int32 // folded forms
	stems    map[string]int32
	names    []string  // the form of each term
	family   [][]int32 // for folded forms and stems: their exact forms
	postings [][]posting
	pairs    pairs // two folded forms side by side
	paired   [][]posting

	keys   []Key
	slots  map[Key]uint32 // live ones only
	live   []bool
	length []float32 // weighted words of the longer tongue
	sorts  []sorts
	titles []lang.Both
	facets facets

	dead  int
	total float64 // of length over the live slots
	vocab vocabulary
}

// sorts are the figures of a listing; 0 is not told.
type sorts struct{ published, trl, price int64 }

func newBody() *body {
	return &body{
		words: map[string]word{}, folds: map[string]int32{}, stems: map[string]int32{},
		slots: map[Key]uint32{}, facets: newFacets(),
	}
}

func (x *body) count() int { return len(x.keys) - x.dead }

// meanLength returns the mean length of the live listings, never 0.
func (x *body) meanLength() float64 {
	if x.count() == 0 || x.total <= 0 {
		return 1
	}
	return x.total / float64(x.count())
}

// put adds a listing, the only one of c, in a new slot, and kills the slot that it had.
func (x *body) put(d *Doc, c *cuttings) {
	x.learn(c)
	slot := x.take(d, c.ends[0].length)
	for _, e := range c.words {
		term := (*c.known)[e.term]
		x.postings[term] = append(x.postings[term], posting{slot, e.weight, e.fields})
	}
	for _, e := range c.pairs {
		n := x.pairOf(c.pairKey(e.key))
		x.paired[n] = append(x.paired[n], posting{slot, e.weight, e.fields})
	}
}

// learn takes up the words that a cutter has met. Cuttings of one cutter must be learnt in the order
// in which they were cut, all by one body.
func (x *body) learn(c *cuttings) {
	for i := range c.news {
		n := &c.news[i]
		w := x.wordOf(n.form)
		c.tell(n.word.exact, w.exact)
		c.tell(n.word.folded, w.folded)
		if n.root != "" {
			c.tell(n.word.stem, x.stemOf(w, n.root))
		}
	}
}

// take gives a listing a new slot with all but its words and pairs.
func (x *body) take(d *Doc, length float32) uint32 {
	x.remove(d.Key())
	slot := uint32(len(x.keys))
	x.keys = append(x.keys, d.Key())
	x.slots[d.Key()] = slot
	x.live = append(x.live, true)
	x.length = append(x.length, length)
	x.total += float64(length)
	x.sorts = append(x.sorts, sorts{d.Published, d.TRL, d.Price})
	x.titles = append(x.titles, d.Fields[Title])
	x.facets.add(d)
	return slot
}

// remove kills the slot of a listing; it reports whether there was one.
func (x *body) remove(k Key) bool {
	slot, ok := x.slots[k]
	if !ok {
		return false
	}
	delete(x.slots, k)
	x.live[slot] = false
	x.total -= float64(x.length[slot])
	x.dead++
	return true
}

// wordOf returns the entry of a form, making it when it is new.
func (x *body) wordOf(f form) word {
	w, ok := x.words[f.exact]
	if ok {
		return w
	}
	folded, ok := x.folds[f.folded]
	if !ok {
		folded = x.newTerm(f.folded)
		x.folds[f.folded] = folded
		x.vocab.add(x.names, folded)
	}
	w = word{exact: x.newTerm(f.exact), folded: folded, stem: -1}
	x.family[folded] = append(x.family[folded], w.exact)
	x.words[x.names[w.exact]] = w
	return w
}

// stemOf returns the term of the stem of a word, which is root.
func (x *body) stemOf(w word, root string) int32 {
	if w.stem >= 0 {
		return w.stem
	}
	id, ok := x.stems[root]
	if !ok {
		id = x.newTerm(root)
		x.stems[root] = id
	}
	w.stem = id
	x.family[id] = append(x.family[id], w.exact)
	x.words[x.names[w.exact]] = w
	return id
}

func (x *body) newTerm(name string) int32 {
	x.names = append(x.names, name)
	x.family = append(x.family, nil)
	x.postings = append(x.postings, nil)
	return int32(len(x.names) - 1)
}

// pairOf returns the number of a pair, making it when it is new.
func (x *body) pairOf(key uint64) int32 {
	n := x.pairs.number(key)
	if int(n) == len(x.paired) {
		x.paired = append(x.paired, nil)
	}
	return n
}
