package search

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"chonoi/internal/lang"
	"chonoi/internal/search/searchtest"
)

var speech = sync.OnceValue(func() *searchtest.Speech {
	s, err := searchtest.Learn(collections, "vilaw-heading", "xquad-vi")
	if err != nil {
		return nil
	}
	return s
})

// sizes are the numbers of listings by which the engine is measured.
func sizes(b *testing.B) []int {
	if speech() == nil {
		b.Skip("the collections are not beside the checkout")
	}
	if testing.Short() {
		return []int{10_000}
	}
	return []int{100_000, 1_000_000}
}

// invented yields listings of 80 words. Their texts are made beforehand, in one piece, and their facets
// are shared, so that nothing but the engine is measured.
func invented(n int) iter.Seq2[Doc, error] {
	r := rand.New(rand.NewPCG(1, 2))
	var all strings.Builder
	ends := make([]int, 0, 2*n)
	for range n {
		all.WriteString(speech().Text(r, 9))
		ends = append(ends, all.Len())
		all.WriteString(speech().Text(r, 71))
		ends = append(ends, all.Len())
	}
	texts := all.String()
	return func(yield func(Doc, error) bool) {
		from := 0
		for i := range n {
			title, text := texts[from:ends[2*i]], texts[ends[2*i]:ends[2*i+1]]
			from = ends[2*i+1]
			if !yield(invent(i, title, text), nil) {
				return
			}
		}
	}
}

func invent(i int, title, text string) Doc {
	r := rand.New(rand.NewPCG(uint64(i), 3))
	d := Doc{Kind: "offer", ID: fmt.Sprintf("%08d", i), Published: int64(i) + 1, TRL: r.Int64N(10), Price: r.Int64N(1e9)}
	d.Fields[Title], d.Fields[Text] = lang.Both{Vi: strings.Clone(title)}, lang.Both{Vi: text}
	d.Facets = someFacets[r.IntN(len(someFacets))]
	return d
}

// someFacets are the facets of some listings: 8 of them, with 20 values each.
var someFacets = func() []map[string][]string {
	r := rand.New(rand.NewPCG(7, 8))
	out := make([]map[string][]string, 5000)
	for i := range out {
		out[i] = map[string][]string{}
		for _, key := range [...]string{"subject", "place", "trl_band", "right", "ip_status", "claim", "source", "partner"} {
			out[i][key] = []string{fmt.Sprint(r.IntN(20))}
		}
	}
	return out
}()

// needs makes short queries of 2 to 6 words, or whole needs of 60 to 100.
func needs(n int, whole bool) []Query {
	r := rand.New(rand.NewPCG(3, 4))
	out := make([]Query, n)
	for i := range out {
		words := 2 + r.IntN(5)
		if whole {
			words = 60 + r.IntN(41)
		}
		out[i] = Query{Text: speech().Text(r, words), Whole: whole, Quiet: true, Limit: 10, Reader: lang.Vi}
	}
	return out
}

// loaded returns an index of n invented listings, with what it took; the last one is kept.
var loaded = func() func(int) (*Index, time.Duration) {
	var last *Index
	var size int
	var took time.Duration
	return func(n int) (*Index, time.Duration) {
		if size == n {
			return last, took
		}
		last = New()
		runtime.GC()
		docs := invented(n)
		before := processorTime()
		if err := last.Load(docs, nil); err != nil {
			panic(err)
		}
		size, took = n, processorTime()-before
		runtime.GC()
		return last, took
	}
}()

// hits counts the hits in the lists of an index.
func (x *Index) hits() (n int, bytes int64) {
	for _, p := range x.now.Load().parts {
		n, bytes = n+p.hits, bytes+p.lists.bytes()
	}
	return n, bytes
}

// perQuery runs b and reports the processor time of one query.
func perQuery(b *testing.B, do func(i int)) {
	i := 0
	before := processorTime()
	for b.Loop() {
		do(i)
		i++
	}
	b.ReportMetric(milliseconds(processorTime()-before)/float64(i), "cpu_ms/op")
}

func BenchmarkLoad(b *testing.B) {
	for _, n := range sizes(b) {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var x *Index
			var took time.Duration
			for b.Loop() {
				x, took = loaded(n)
			}
			hits, bytes := x.hits()
			b.ReportMetric(float64(n)/took.Seconds(), "docs/cpu_s")
			b.ReportMetric(float64(hits)/float64(n), "postings/doc")
			b.ReportMetric(float64(bytes)/float64(hits), "B/posting")
			b.ReportMetric(float64(x.Bytes())/float64(hits), "B_in_all/posting")
			b.ReportMetric(float64(x.Bytes())/1e6, "MB")
		})
	}
}

func BenchmarkSearch(b *testing.B) {
	for _, n := range sizes(b) {
		for _, c := range []struct {
			name  string
			whole bool
			with  func(*Query)
		}{
			{"short", false, func(*Query) {}},
			{"short without marks", false, func(q *Query) { q.Text = lang.Fold(q.Text) }},
			{"short with facets", false, func(q *Query) { q.Quiet = false }},
			{"short filtered", false, func(q *Query) { q.Filters = map[string][]string{"subject": {"3"}} }},
			{"need", true, func(*Query) {}},
			{"need without marks", true, func(q *Query) { q.Text = lang.Fold(q.Text) }},
			{"everything", false, func(q *Query) { *q = Query{Sort: ByPrice, After: "not kept" + q.Text} }},
		} {
			queries := needs(512, c.whole)
			for i := range queries {
				c.with(&queries[i])
			}
			b.Run(fmt.Sprint(n, "/", c.name), func(b *testing.B) {
				x, _ := loaded(n)
				perQuery(b, func(i int) { x.Search(queries[i%len(queries)]) })
			})
		}
		b.Run(fmt.Sprint(n, "/match 2000 needs"), func(b *testing.B) {
			x, _ := loaded(n)
			all := needs(2000, true)
			perQuery(b, func(int) {
				if _, err := x.MatchAll(b.Context(), all, 10, nil); err != nil {
					b.Fatal(err)
				}
			})
		})
		b.Run(fmt.Sprint(n, "/suggest"), func(b *testing.B) {
			x, _ := loaded(n)
			perQuery(b, func(int) { x.Suggest("quyền c", 8) })
		})
		b.Run(fmt.Sprint(n, "/put and find"), func(b *testing.B) {
			x, _ := loaded(n)
			r := rand.New(rand.NewPCG(5, 6))
			perQuery(b, func(i int) {
				d := invent(r.IntN(n), speech().Text(r, 9), speech().Text(r, 71))
				x.Put(d)
				x.Search(Query{Text: d.Fields[Title].Vi, Quiet: true})
			})
		})
	}
}

func eachOf(docs []Doc) iter.Seq2[Doc, error] {
	return func(yield func(Doc, error) bool) {
		for i := range docs {
			if !yield(docs[i], nil) {
				return
			}
		}
	}
}
