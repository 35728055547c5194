package search

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"chonoi/internal/lang"
)

// speech makes listings that read like Vietnamese: each word follows one that it follows in the laws.
type speech struct {
	next map[string][]string
	all  []string
}

var learned = sync.OnceValue(func() *speech {
	s := &speech{next: map[string][]string{}}
	for _, dir := range []string{"vilaw-heading", "xquad-vi"} {
		rows, err := rowsOf(filepath.Join(collections, dir, corpusFile))
		if err != nil {
			return nil
		}
		for _, r := range rows {
			words := strings.Fields(r.Text)
			s.all = append(s.all, words...)
			for i := 1; i < len(words); i++ {
				s.next[words[i-1]] = append(s.next[words[i-1]], words[i])
			}
		}
	}
	return s
})

func (s *speech) text(r *rand.Rand, n int) string {
	words := []string{s.all[r.IntN(len(s.all))]}
	for len(words) < n {
		next := s.next[words[len(words)-1]]
		if len(next) == 0 || r.IntN(8) == 0 {
			next = s.all
		}
		words = append(words, next[r.IntN(len(next))])
	}
	return strings.Join(words, " ")
}

func (s *speech) listings(n int) []Doc {
	r := rand.New(rand.NewPCG(1, 2))
	docs := make([]Doc, n)
	for i := range docs {
		d := &docs[i]
		d.Kind, d.ID = "offer", fmt.Sprintf("%08d", i)
		d.Published, d.TRL, d.Price = int64(i)+1, r.Int64N(10), r.Int64N(1e9)
		d.Fields[Title] = lang.Both{Vi: s.text(r, 9)}
		d.Fields[Text] = lang.Both{Vi: s.text(r, 91)}
		d.Facets = map[string][]string{}
		for _, key := range []string{"subject", "place", "trl_band", "right", "ip_status", "claim", "source", "partner"} {
			d.Facets[key] = []string{fmt.Sprint(r.IntN(20))}
		}
	}
	return docs
}

func eachOf(docs []Doc) func(func(Doc, error) bool) {
	return func(yield func(Doc, error) bool) {
		for _, d := range docs {
			if !yield(d, nil) {
				return
			}
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	if learned() == nil {
		b.Skip("the collections are not beside the checkout")
	}
	for _, n := range []int{10_000, 100_000} {
		docs := learned().listings(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				x := New()
				if err := x.Load(eachOf(docs), nil); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(x.Bytes())/1e6, "MB")
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "docs/s")
		})
	}
}

func BenchmarkSearch(b *testing.B) {
	if learned() == nil {
		b.Skip("the collections are not beside the checkout")
	}
	for _, n := range []int{10_000, 100_000} {
		x := New()
		if err := x.Load(eachOf(learned().listings(n)), nil); err != nil {
			b.Fatal(err)
		}
		for _, c := range []struct {
			name  string
			words int
			q     Query
		}{
			{"short", 4, Query{}},
			{"short without marks", 4, Query{}},
			{"short, listings only", 4, Query{Quiet: true}},
			{"need of 80 words", 80, Query{Whole: true, Quiet: true}},
			{"everything", 0, Query{Sort: ByPrice}},
		} {
			r := rand.New(rand.NewPCG(3, 4))
			texts := make([]string, 64)
			for i := range texts {
				if c.words > 0 {
					texts[i] = learned().text(r, c.words)
				}
				if c.name == "short without marks" {
					texts[i] = lang.Fold(texts[i])
				}
			}
			b.Run(fmt.Sprint(n, " ", c.name), func(b *testing.B) {
				i := 0
				for b.Loop() {
					c.q.Text = texts[i%len(texts)]
					i++
					x.Search(c.q)
				}
			})
		}
		b.Run(fmt.Sprint(n, " suggest"), func(b *testing.B) {
			for b.Loop() {
				x.Suggest("quyền c", 8)
			}
		})
		b.Run(fmt.Sprint(n, " put"), func(b *testing.B) {
			docs := learned().listings(1000)
			i := 0
			for b.Loop() {
				x.Put(docs[i%len(docs)])
				i++
			}
		})
	}
}
