package search

import (
	"path/filepath"
	"testing"

	"chonoi/internal/lexicon"
)

func BenchmarkTranslatedSearch(b *testing.B) {
	dir := filepath.Join(collections, "lohelp-vi2en")
	corpus, err := rowsOf(filepath.Join(dir, corpusFile))
	if err != nil {
		b.Skip(err)
	}
	queries, _ := rowsOf(filepath.Join(dir, queriesFile))
	x := New()
	if err := x.Load(docsOf(corpus), nil); err != nil {
		b.Fatal(err)
	}
	words, err := lexicon.Shipped()
	if err != nil {
		b.Fatal(err)
	}
	x.Translate(words)
	for _, one := range []bool{true, false} {
		name := "translated"
		if one {
			name = "one tongue"
		}
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				q := queries[i%len(queries)]
				x.Search(Query{Text: q.Text, Reader: q.Lang, OneTongue: one, Limit: 100, Quiet: true, Whole: true})
			}
		})
	}
}
