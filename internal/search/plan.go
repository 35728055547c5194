package search

import (
	"math"
	"slices"

	"chonoi/internal/lang"
)

// plan is a query put to one snapshot: the lists to add up, each with the points that an impact of 1
// in it is worth, and what a listing must or must not have.
//
// Each asked word is a family or several: some lists that share one rarity, which is told by the sum of
// their lengths, and of which each counts its share. A word typed with marks is a family of one list,
// the very word, and a family of what it may stand for; an English word is a family of one list, its
// stem. What it is called in the other tongue is a family of each word of that (translate.go).
type plan struct {
	view   *snapshot
	slots  int
	lists  []wanted
	table  []uint32 // hash table of the keys of lists: number, and 1 more; 0 is empty
	keys   keySet
	places []int32 // of each list, where it is in each part; -1 when it is not
	head   []headHit
	groups []family
	own    []member // of groups
	unit   float64  // points of a weight of 1
	must   [][]uint64
	banned [][][]uint64
}

// wanted is one list of a plan.
type wanted struct {
	key    uint64
	df     int
	weight float64
	points uint32
	pair   bool
}

// family is some lists that share one rarity.
type family struct {
	share       float64
	first, last int // members
}

// member is a list of a family, with its part of what the family counts.
type member struct {
	list int
	part float64
}

// headHit is a hit of a list in the head.
type headHit struct {
	doc, list int
	impact    uint8
}

// planned looks the words of a query up. Each list is read once, however often its word is said: a
// word said twice counts twice (SBIR needs, nDCG@10: once .571, up to 3 times .637, always .668).
func (v *snapshot) planned(q *Asked) *plan {
	p := &plan{view: v, slots: v.slots(), table: make([]uint32, 64)}
	words := p.addWords(q)
	if w := q.weights(); w.pair > 0 {
		for i := 1; i < len(q.words); i++ {
			if q.words[i].joined {
				p.family(w.pair, true, member{p.list(pairKey(q.words[i-1].fold, q.words[i].fold)), 1})
			}
		}
	}
	p.addTranslated(q)
	p.readHead()
	p.weigh()
	p.skipCommon(q, words)
	p.setPoints()
	p.bound(q)
	return p
}

// addWords adds the families of all words, each word once, and returns for each word of the query
// its leading family.
func (p *plan) addWords(q *Asked) []int {
	w := q.weights()
	leading := make([]int, len(q.words))
	seen := make(map[uint64]int, len(q.words))
	times := make(map[uint64]float64, len(q.words))
	for i := range q.words {
		times[q.words[i].key]++
	}
	for i := range q.words {
		s := &q.words[i]
		n, ok := seen[s.key]
		if !ok {
			n = p.addWord(s, &w, times[s.key], q.Tongue)
			seen[s.key] = n
		}
		leading[i] = n
	}
	return leading
}

// addWord adds the families of one word and returns the first.
func (p *plan) addWord(s *sought, w *weights, times float64, tongue lang.Tag) int {
	first := len(p.groups)
	folded := w.folded
	if tongue == lang.En {
		stem := p.list(stemKey(s.stem))
		p.family(w.stem*times, false, member{stem, 1})
		if p.lists[stem].df > 0 || p.inHead(p.lists[stem].key) {
			folded = 0
		} else {
			folded = w.stem
		}
	}
	if w.exact > 0 {
		p.family(w.exact*times, false, member{p.list(s.key), 1})
	}
	if folded > 0 {
		var members []member
		p.view.eachForm(s.folded, s.fold, func(form *lexeme) {
			if !s.mayBe(form.exact) {
				return
			}
			if m := (member{p.list(form.word), 1}); !slices.Contains(members, m) {
				members = append(members, m)
			}
		})
		p.family(folded*times, false, members...)
	}
	return first
}

// eachForm calls yield with the forms of a folded word in all parts; a form may come more than once.
func (v *snapshot) eachForm(folded string, hash uint64, yield func(*lexeme)) {
	for _, part := range v.parts {
		for _, form := range part.words.family(folded, hash) {
			yield(form)
		}
	}
	for i, fold := range v.head.folds {
		if fold == hash && v.head.words[i].folded == folded {
			yield(v.head.words[i])
		}
	}
}

// inHead reports whether a listing of the head has a term.
func (p *plan) inHead(key uint64) bool {
	return slices.ContainsFunc(p.view.head.docs, func(d *headDoc) bool { _, ok := d.find(key); return ok })
}

// family adds lists that share one rarity and count that share of it, each its part.
func (p *plan) family(share float64, pair bool, members ...member) {
	first := len(p.own)
	p.own = append(p.own, members...)
	p.groups = append(p.groups, family{share, first, len(p.own)})
	for _, m := range members {
		p.lists[m.list].pair = pair
	}
}

// list returns the number of the list of a key, finding it in all parts when it is new to the plan.
func (p *plan) list(key uint64) int {
	if 2*len(p.lists) >= len(p.table) {
		p.table = make([]uint32, 2*len(p.table))
		for n := range p.lists {
			p.table[p.place(p.lists[n].key)] = uint32(n + 1)
		}
	}
	at := p.place(key)
	if n := p.table[at]; n != 0 {
		return int(n - 1)
	}
	one := wanted{key: key}
	for _, part := range p.view.parts {
		n, ok := part.lists.find(key)
		if !ok {
			n = -1
		} else {
			one.df += part.list(n).df()
		}
		p.places = append(p.places, int32(n))
	}
	p.lists = append(p.lists, one)
	p.table[at] = uint32(len(p.lists))
	p.keys.add(key)
	return len(p.lists) - 1
}

func (p *plan) place(key uint64) uint64 {
	last := uint64(len(p.table) - 1)
	at := key & last
	for n := p.table[at]; n != 0 && p.lists[n-1].key != key; n = p.table[at] {
		at = (at + 1) & last
	}
	return at
}

// readHead finds the hits of all lists in the head.
func (p *plan) readHead() {
	for i, d := range p.view.head.docs {
		for _, e := range d.entries {
			if !p.keys.has(e.key()) {
				continue
			}
			if n := p.table[p.place(e.key())]; n != 0 {
				p.lists[n-1].df++
				p.head = append(p.head, headHit{i, int(n - 1), uint8(e)})
			}
		}
	}
}

// weigh gives the lists their weights, by the rarity of the families that they are of.
func (p *plan) weigh() {
	for _, f := range p.groups {
		rarity := f.share * idf(p.slots, p.df(f))
		for _, m := range p.own[f.first:f.last] {
			p.lists[m.list].weight += rarity * m.part
		}
	}
}

// df returns how many listings have a family, at most.
func (p *plan) df(f family) int {
	df := 0
	for _, m := range p.own[f.first:f.last] {
		df += p.lists[m.list].df
	}
	return min(df, p.slots)
}

// skipCommon leaves the commonest words of a long query out, where enough others are there, and notes
// which words are not marked on a page by themselves.
func (p *plan) skipCommon(q *Asked, leading []int) {
	rare := map[int]bool{}
	for i, n := range leading {
		df := 0
		if n < len(p.groups) {
			df = p.df(p.groups[n])
		}
		q.words[i].absent = df == 0
		q.words[i].common = float64(df) > commonShare*float64(p.slots)
		if df > 0 && !p.tooCommon(df) {
			rare[n] = true
		}
	}
	if len(rare) < enoughRare {
		return
	}
	for i := range p.lists {
		if l := &p.lists[i]; !l.pair && p.tooCommon(l.df) {
			l.weight = 0
		}
	}
}

func (p *plan) tooCommon(df int) bool { return df*skippedShare > p.slots }

// mostUnit is the points of a weight of 1, a power of two; fewer where a sum would pass 32 bits.
const mostUnit = 1 << 10

func (p *plan) setPoints() {
	sum := 0.0
	for i := range p.lists {
		sum += p.lists[i].weight
	}
	p.unit = mostUnit
	for sum*p.unit+float64(len(p.lists)) > math.MaxUint32/256 {
		p.unit /= 2
	}
	for i := range p.lists {
		p.lists[i].points = uint32(p.lists[i].weight*p.unit + .5)
	}
}

// score returns the points of a listing as a number that people may see.
func (p *plan) score(points uint32) float64 { return float64(points) / (p.unit * 255) }

// bound looks up what must and must not occur.
func (p *plan) bound(q *Asked) {
	for _, phrase := range q.phrases {
		p.must = append(p.must, p.view.allOf(phrase)...)
	}
	for _, phrase := range q.without {
		p.banned = append(p.banned, p.view.allOf(phrase))
	}
}

// allOf returns keys of which a listing with that phrase has one of each.
func (v *snapshot) allOf(phrase []sought) (clauses [][]uint64) {
	for i := range phrase {
		w := &phrase[i]
		any := []uint64{w.key}
		if !w.marked {
			v.eachForm(w.folded, w.fold, func(form *lexeme) { any = append(any, form.word) })
		}
		clauses = append(clauses, any)
		if i > 0 && w.joined {
			clauses = append(clauses, []uint64{pairKey(phrase[i-1].fold, w.fold)})
		}
	}
	return clauses
}

// idf is what finding a term says, when df of n listings have it.
func idf(n, df int) float64 {
	return math.Log(1 + (float64(n-df)+.5)/(float64(df)+.5))
}
