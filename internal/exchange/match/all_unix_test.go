//go:build unix

package match

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"chonoi/internal/exchange"
	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
	"chonoi/internal/search"
	"chonoi/internal/search/searchtest"
)

// crowd are invented offers in memory: their parties are made when they are asked for, as from a
// database, so that reading rows is left out of what is measured.
type crowd struct {
	texts []string // title and text, by turns
	index *search.Index
}

func newCrowd(b *testing.B, n int, speech *searchtest.Speech) *crowd {
	r := rand.New(rand.NewPCG(1, 2))
	c := &crowd{index: search.New()}
	terms, err := lexicon.Shipped()
	if err != nil {
		b.Fatal(err)
	}
	c.index.Translate(terms)
	for range n {
		c.texts = append(c.texts, speech.Text(r, 9), speech.Text(r, 71))
	}
	err = c.index.Load(func(yield func(search.Doc, error) bool) {
		for i := range n {
			d := search.Doc{Kind: exchange.Offers.Name, ID: fmt.Sprintf("%08d", i)}
			d.Fields[search.Title].Vi, d.Fields[search.Text].Vi = c.texts[2*i], c.texts[2*i+1]
			if !yield(d, nil) {
				return
			}
		}
	}, nil)
	if err != nil {
		b.Fatal(err)
	}
	return c
}

func invented(kind, id, title, text string) Party {
	p := Party{Kind: kind, ID: id, Title: lang.Both{Vi: title}, Facts: Facts{TRL: 6, PriceKind: "fixed", Price: 300_000_000, Subjects: []string{"water"}}}
	p.Passages = []Passage{{"title", p.Title, 3}, {"description", lang.Both{Vi: text}, 1}}
	return p
}

func (c *crowd) load(kind string, ids []string) (all []Party, err error) {
	for _, id := range ids {
		var n int
		if _, err := fmt.Sscan(id, &n); err != nil {
			return nil, err
		}
		all = append(all, invented(kind, id, c.texts[2*n], c.texts[2*n+1]))
	}
	return all, nil
}

func processorTime() time.Duration {
	var used syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkAllNeeds matches 2,000 whole needs with a million offers: the search, the loading of the
// candidates from memory, their concepts and conditions, and the reasons of the first ten.
func BenchmarkAllNeeds(b *testing.B) {
	speech, err := searchtest.Learn("../../../../shared/data/search", "vilaw-heading", "xquad-vi")
	if err != nil {
		b.Skip(err)
	}
	sizes := []int{100_000, 1_000_000}
	if testing.Short() {
		sizes = []int{10_000}
	}
	for _, n := range sizes {
		c := newCrowd(b, n, speech)
		m := New(exchange.New(exchange.Config{Index: func() *search.Index { return c.index }}), func() *lexicon.Lexicon { l, _ := lexicon.Shipped(); return l })
		r := rand.New(rand.NewPCG(3, 4))
		var needs []Party
		for i := range 2000 {
			need := invented(exchange.Needs.Name, fmt.Sprint("n", i), speech.Text(r, 9), speech.Text(r, 51+r.IntN(41)))
			need.Facts = Facts{TRL: 5, BudgetMax: 350_000_000, Subjects: []string{"water"}}
			needs = append(needs, need)
		}
		runtime.GC()
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			before := processorTime()
			for b.Loop() {
				for some := range slices.Chunk(needs, block) {
					if _, err := m.matched(b.Context(), time.Now(), some, Asking{Tongue: lang.Vi, Reasons: 10}, c.load); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric((processorTime()-before).Seconds()/float64(b.N), "cpu_s/op")
		})
	}
}
