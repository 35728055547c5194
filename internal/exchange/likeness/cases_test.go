package likeness

import (
	"cmp"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"chonoi/internal/lang"
)

// pair is two listings of which is known whether one is a copy of the other.
type pair struct {
	kind string
	a, b *Print
	same bool
	half int // 0: the weights and the threshold are chosen on it; 1: they are measured on it
}

// halfOf parts the listings, so that no listing stands in both halves.
func halfOf(id string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return int(h.Sum32()>>7) & 1
}

// set is the test set: copies planted in real listings, and real listings that are hard to tell apart.
type cases struct {
	m   Measure
	r   *rand.Rand
	all []pair
}

func (c *cases) add(kind string, half int, same bool, a, b source) {
	c.all = append(c.all, pair{kind, c.m.Print(a.Text), c.m.Print(b.Text), same, half})
}

// testSet is made the same at each run.
func testSet(t testing.TB) []pair {
	c := &cases{m: Measure{Dictionary: dictionary(t)}, r: rand.New(rand.NewPCG(2026, 11))}
	software, awards, needs, seed := english(t, "nasa-software.jsonl"), english(t, "sbir-offers.jsonl.gz"), english(t, "sbir-needs.jsonl"), bilingual(t)
	c.plant(sample(software, 5), lang.En)
	c.plant(sample(awards, 60), lang.En)
	c.plant(sample(needs, 2), lang.En)
	c.plant(sample(seed, 2), lang.Vi)
	c.plant(sample(seed[1:], 4), lang.En)
	c.translate(seed)
	c.neighbours("the next listing of the same organisation", software, lang.En, true, 250)
	c.neighbours("the next listing of the same organisation", awards, lang.En, true, 500)
	c.neighbours("the next listing of the same series of needs", needs, lang.En, false, 150)
	c.neighbours("the next listing of the exchange", seed, lang.Vi, false, 210)
	c.neighbours("the next listing of the exchange", seed, lang.En, false, 210)
	c.crossNeighbours(seed)
	c.boilerplate(sample(awards, 40))
	c.judged(t, awards)
	return c.all
}

func sample(all []source, each int) (some []source) {
	for i := 0; i < len(all); i += each {
		some = append(some, all[i])
	}
	return some
}

// plant makes two copies of each listing, by edits that take turns; every other one is of another poster.
func (c *cases) plant(from []source, tag lang.Tag) {
	for i, s := range from {
		other := from[(i+7)%len(from)].only(tag)
		s = s.only(tag)
		for n := range 2 {
			e := edits[(2*i+n+i/5)%len(edits)]
			copied := e.do(c.r, s, other, tag)
			if n == 1 {
				copied.Poster = other.Poster
			}
			c.add(e.name, halfOf(s.id), true, s, copied)
		}
	}
}

// translate takes the two languages of a listing for two listings: whole, and title with summary only.
func (c *cases) translate(seed []source) {
	for i, s := range seed {
		vi, en := s.only(lang.Vi), s.only(lang.En)
		c.add("in the other language", halfOf(s.id), true, vi, en)
		if i%2 == 0 {
			en.Body.En, en.Poster = "", seed[(i+7)%len(seed)].Poster
			c.add("title and summary in the other language", halfOf(s.id), true, vi, en)
		}
	}
}

// neighbours are different listings that share the most words. Those of which nearly half of the
// wording is the same are left to judged: only a person can tell.
func (c *cases) neighbours(kind string, from []source, tag lang.Tag, own bool, most int) {
	type near struct {
		i, j  int
		share float64
	}
	prints := make([]*said, len(from))
	for i, s := range from {
		prints[i] = read(s.Title.Only(tag), s.Summary.Only(tag), s.Body.Only(tag))
	}
	posters := map[string][]int{}
	for i, s := range from {
		key := ""
		if own {
			key = s.Poster
		}
		posters[key] = append(posters[key], i)
	}
	var all []near
	for _, list := range posters {
		for n, i := range list {
			best := near{share: -1}
			for _, j := range list[n+1:] {
				if within(prints[i].runs, prints[j].runs) > .25 && own {
					continue
				}
				if s := overlap(prints[i].words, prints[j].words); s > best.share {
					best = near{i, j, s}
				}
			}
			if best.share > 0 {
				all = append(all, best)
			}
		}
	}
	slices.SortFunc(all, func(a, b near) int { return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.i, b.i)) })
	for _, n := range all[:min(most, len(all))] {
		c.add(kind, halfOf(from[n.i].id), false, from[n.i].only(tag), from[n.j].only(tag))
	}
}

// crossNeighbours are the listings next to a translated one: in Vietnamese the neighbour is told, in English the listing.
func (c *cases) crossNeighbours(seed []source) {
	words := make([][]uint64, len(seed))
	for i, s := range seed {
		words[i] = read(s.Title.Vi, s.Summary.Vi, s.Body.Vi).words
	}
	for i, s := range seed {
		type near struct {
			j     int
			share float64
		}
		var all []near
		for j := range seed {
			if j != i {
				all = append(all, near{j, overlap(words[i], words[j])})
			}
		}
		slices.SortFunc(all, func(a, b near) int { return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.j, b.j)) })
		for _, n := range all[:2] {
			c.add("the next listing in the other language", halfOf(s.id), false, seed[n.j].only(lang.Vi), s.only(lang.En))
		}
	}
}

// boilerplate puts one paragraph into two different listings, as firms do that tell of themselves in each.
func (c *cases) boilerplate(from []source) {
	for i := 0; i+2 < len(from); i += 3 {
		a, b, about := from[i].only(lang.En), from[i+1].only(lang.En), sentences(from[i+2].Body.En)
		words := firstWords(strings.Join(about, ". "), min(len(strings.Fields(a.Body.En)), len(strings.Fields(b.Body.En)))/3)
		a.Body.En += ". " + strings.Join(words, " ")
		b.Body.En += ". " + strings.Join(words, " ")
		b.Poster = a.Poster
		c.add("a paragraph about the firm in both", halfOf(a.id), false, a, b)
	}
}

// judged are pairs of one organisation of which a person has told whether they are one technology.
func (c *cases) judged(t testing.TB, awards []source) {
	raw, err := os.ReadFile("testdata/judged.tsv")
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]source{}
	for _, s := range awards {
		byID[s.id] = s
	}
	for line := range strings.Lines(string(raw)) {
		words := strings.Fields(line)
		if len(words) < 3 || words[0] == "#" {
			continue
		}
		a, b := byID[words[0]], byID[words[1]]
		if a.id == "" || b.id == "" {
			t.Fatalf("judged: %s is not there", line)
		}
		kind := "judged: two technologies"
		if words[2] == "1" {
			kind = "judged: one technology, told again"
		}
		c.add(kind, halfOf(a.id), words[2] == "1", a, b)
	}
}
