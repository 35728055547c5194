package main

import (
	"iter"
	"path/filepath"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/mapping"

	"chonoi/internal/lang"
)

// bleved is Bleve with its usual index on disk. Nothing is stored but what ranking needs.
type bleved struct {
	index bleve.Index
	dir   string
}

const (
	textField  = "text"
	bleveBatch = 1000
)

// openBleve returns what opens an index that ranks by "bm25" or "tf-idf"; English texts are stemmed too.
func openBleve(model string) func(string, lang.Tag) (engine, error) {
	return func(dir string, tongue lang.Tag) (engine, error) {
		m, err := bleveMapping(model, tongue)
		if err != nil {
			return nil, err
		}
		dir = filepath.Join(dir, "bleve")
		index, err := bleve.New(dir, m)
		if err != nil {
			return nil, err
		}
		return &bleved{index, dir}, nil
	}
}

func bleveMapping(model string, tongue lang.Tag) (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	m.ScoringModel = model
	err := m.AddCustomAnalyzer("words", map[string]any{
		"type": custom.Name, "tokenizer": unicode.Name, "token_filters": []string{lowercase.Name},
	})
	if err != nil {
		return nil, err
	}
	text := mapping.NewTextFieldMapping()
	text.Analyzer = "words"
	if tongue == lang.En {
		text.Analyzer = en.AnalyzerName
	}
	text.Store, text.IncludeTermVectors, text.IncludeInAll, text.DocValues = false, false, false, false
	m.DefaultMapping = bleve.NewDocumentStaticMapping()
	m.DefaultMapping.AddFieldMappingsAt(textField, text)
	return m, nil
}

func (x *bleved) Load(docs iter.Seq[document]) error {
	batch := x.index.NewBatch()
	for d := range docs {
		if err := batch.Index(d.ID, map[string]any{textField: d.whole()}); err != nil {
			return err
		}
		if batch.Size() < bleveBatch {
			continue
		}
		if err := x.index.Batch(batch); err != nil {
			return err
		}
		batch.Reset()
	}
	return x.index.Batch(batch)
}

func (x *bleved) Put(d document) error {
	return x.index.Index(d.ID, map[string]any{textField: d.whole()})
}

func (x *bleved) Ask(q question, limit int) ([]string, error) {
	match := bleve.NewMatchQuery(q.Text)
	match.SetField(textField)
	found, err := x.index.Search(bleve.NewSearchRequestOptions(match, limit, 0, false))
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(found.Hits))
	for i, hit := range found.Hits {
		ids[i] = hit.ID
	}
	return ids, nil
}

func (x *bleved) OnDisk() int64 { return sizeOf(x.dir) }

func (x *bleved) Close() error { return x.index.Close() }
