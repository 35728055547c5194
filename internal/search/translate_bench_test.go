package search

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chonoi/internal/lang"
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

// BenchmarkAcrossTongues asks for the same pages in both tongues: 500 Vietnamese titles of help, which
// are translated, and the English titles of the same pages, which are not, both among the English pages
// and 12,615 English offers. Three Vietnamese syllables are taken for two English words. "first" asks each question once of an index that was never asked.
func BenchmarkAcrossTongues(b *testing.B) {
	dir := filepath.Join(collections, "lohelp-vi2en")
	corpus, err := rowsOf(filepath.Join(dir, corpusFile))
	if err != nil {
		b.Skip(err)
	}
	vi, _ := rowsOf(filepath.Join(dir, queriesFile))
	right, err := gradesOf(filepath.Join(dir, qrelsFile))
	if err != nil {
		b.Fatal(err)
	}
	titles := map[string]string{}
	for _, r := range corpus {
		titles[r.ID] = r.Text // which begins with the title
	}
	var en []row
	for _, q := range vi {
		for id := range right[q.ID] {
			words := strings.Fields(titles[id])
			en = append(en, row{ID: q.ID, Text: strings.Join(words[:min(len(words), (2*len(strings.Fields(q.Text))+2)/3)], " "), Lang: lang.En})
			break
		}
	}
	corpus = append(corpus, sbirOffers(b)...)
	words, err := lexicon.Shipped()
	if err != nil {
		b.Fatal(err)
	}
	fresh := func() *Index {
		x := New()
		if err := x.Load(docsOf(corpus), nil); err != nil {
			b.Fatal(err)
		}
		x.Translate(words)
		return x
	}
	ask := func(x *Index, q row, one bool) {
		x.Search(Query{Text: q.Text, Reader: q.Lang, OneTongue: one, Limit: 10, Quiet: true})
	}
	warm := fresh()
	for _, c := range []struct {
		name    string
		queries []row
		one     bool
	}{{"English", en, true}, {"Vietnamese", vi, false}, {"English, translated", en, false}} {
		b.Run(c.name+"/first", func(b *testing.B) {
			x := fresh()
			before := processorTime()
			for _, q := range c.queries {
				ask(x, q, c.one)
			}
			b.ReportMetric(milliseconds(processorTime()-before)/float64(len(c.queries)), "cpu_ms/query")
		})
		b.Run(c.name, func(b *testing.B) {
			for _, q := range c.queries {
				ask(warm, q, c.one)
			}
			perQuery(b, func(i int) { ask(warm, c.queries[i%len(c.queries)], c.one) })
		})
	}
}

func sbirOffers(b *testing.B) (all []row) {
	file, err := os.Open(filepath.Join(collections, "../listings/sbir-offers.jsonl.gz"))
	if err != nil {
		b.Skip(err)
	}
	defer file.Close()
	in, err := gzip.NewReader(file)
	if err != nil {
		b.Fatal(err)
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var r struct{ ID, Title, Description string }
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			b.Fatal(err)
		}
		all = append(all, row{ID: "sbir-" + r.ID, Title: r.Title, Text: r.Description, Lang: lang.En})
	}
	return all
}
