package reading

import (
	"slices"
	"strings"
)

// grammar is what a document's own numbering tells: which families of markers stand inside which.
// It is inferred from the order in which they begin again, never from words.
type grammar struct {
	rank   map[family]int
	inside map[family]bool // counts that stand below bullets
}

// The ranks of what is not numbered: a paragraph that leads in a list stands above bullets.
const (
	rankPara   = 9000
	rankBullet = 10000
	rankInside = 20000
)

// usual is the order in which families stand inside one another where the document does not tell;
// of those that may stand either way (A. and I.) the one that comes first stands outside.
var usual = map[kind]int{part: 10, chapter: 20, subpart: 30, subsubpart: 35, capital: 50, roman: 50, article: 60, decimal: 70, deeper: 80, letter: 90, bracket: 95, lowRoman: 100}

// most is how many families of markers one document may have; more are taken for the usual order.
const most = 60

// infer reads the grammar of the paragraphs; labels that can be taken in two ways are settled.
func infer(all []line) grammar {
	settle(all)
	v := newVotes(all)
	order := slices.Clone(v.seen)
	slices.SortStableFunc(order, func(a, b family) int { return usualRank(a) - usualRank(b) })
	for i := 1; i < len(order); i++ {
		for k := i; k > 0 && v.outside(order[k], order[k-1]); k-- {
			order[k], order[k-1] = order[k-1], order[k]
		}
	}
	g := grammar{rank: map[family]int{}, inside: map[family]bool{}}
	for i, f := range order {
		g.rank[f] = (i + 1) * 10
		if v.belowBullets(f) {
			g.rank[f], g.inside[f] = rankInside+i*10, true
		}
	}
	return g
}

func usualRank(f family) int {
	r := usual[f.kind]
	if f.kind == deeper && len(f.shape) > 0 {
		r += int(f.shape[0] - '0')
	}
	return r
}

func (g *grammar) of(f family) int {
	switch f.kind {
	case bullet:
		return rankBullet
	case none:
		return rankPara
	}
	if r, ok := g.rank[f]; ok {
		return r
	}
	return usualRank(f)
}

// settle chooses how each label is taken: the way in which its count goes on.
func settle(all []line) {
	last := map[family]int{}
	for i := range all {
		l := all[i].label
		if l == nil {
			continue
		}
		chosen := 0
		for k, v := range l.takes {
			if at, ok := last[v.family]; ok && follows(v.family, at, v.n) {
				chosen = k
				break
			}
			if v.n == 1 && l.takes[chosen].n != 1 {
				chosen = k
			}
		}
		l.takes[0], l.takes[chosen] = l.takes[chosen], l.takes[0]
		last[l.takes[0].family] = l.takes[0].n
	}
}

// votes count, for two families, how often one begins between two members of the other that follow
// each other: then it stands inside.
type votes struct {
	seen    []family
	number  map[family]int
	inside  map[[2]int]int // x begins inside y
	lead    []int          // counts that begin right behind a bullet that leads in with a colon
	starts  []int
	bullets []int // members with bullets between them
}

func newVotes(all []line) *votes {
	v := &votes{number: map[family]int{}, inside: map[[2]int]int{}}
	var since []uint64 // per family: which began since its last member
	var last []int
	bulletSince := uint64(0)
	led := false
	for i := range all {
		l := all[i].label
		if l == nil {
			continue
		}
		now := l.takes[0]
		if now.family.kind == bullet {
			bulletSince = ^uint64(0)
			led = strings.HasSuffix(l.rest, ":")
			continue
		}
		if _, ok := v.number[now.family]; !ok {
			if len(v.seen) == most {
				led = false
				continue
			}
			v.number[now.family] = len(v.seen)
			v.seen = append(v.seen, now.family)
			since, last = append(since, 0), append(last, 0)
			v.lead, v.starts, v.bullets = append(v.lead, 0), append(v.starts, 0), append(v.bullets, 0)
		}
		x := v.number[now.family]
		if last[x] > 0 && follows(now.family, last[x], now.n) {
			for y := range v.seen {
				if since[x]&(1<<y) != 0 {
					v.inside[[2]int{y, x}]++
				}
			}
			if bulletSince&(1<<x) != 0 {
				v.bullets[x]++
			}
		}
		if now.n == 1 {
			v.starts[x]++
			if led {
				v.lead[x]++
			}
			for y := range v.seen {
				if y != x {
					since[y] |= 1 << x
				}
			}
		}
		since[x], last[x] = 0, now.n
		bulletSince &^= 1 << x
		led = false
	}
	return v
}

// outside reports whether the document shows a to stand outside of b.
func (v *votes) outside(a, b family) bool {
	if a.kind <= article || b.kind <= article {
		return false
	}
	x, y := v.number[a], v.number[b]
	return v.inside[[2]int{y, x}] > v.inside[[2]int{x, y}]
}

// belowBullets reports whether a count stands below bullets: it begins behind bullets that lead in
// and has none between its members.
func (v *votes) belowBullets(f family) bool {
	x := v.number[f]
	return f.kind >= decimal && v.starts[x] > 0 && v.lead[x] == v.starts[x] && v.bullets[x] == 0
}
