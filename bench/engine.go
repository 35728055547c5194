package main

import (
	"iter"

	"chonoi/internal/lang"
)

// document is a text to be found.
type document struct {
	ID, Title, Text string
}

// question is a query; Whole says that it is a whole need or question and nothing typed in a box.
type question struct {
	ID, Text string
	Whole    bool
}

// engine is a search engine with one collection in it.
type engine interface {
	// Load takes all documents in. It returns when they can be found.
	Load(docs iter.Seq[document]) error
	// Put adds one more document.
	Put(d document) error
	// Ask returns the ids of the best documents, at most limit of them, best first.
	Ask(q question, limit int) ([]string, error)
	// OnDisk returns how many bytes the index takes on disk, 0 when it is in memory only.
	OnDisk() int64
	Close() error
}

// entrant is a way of running an engine.
type entrant struct {
	name string
	how  string // a line for the reader of the tables
	// folded says that texts and questions are given in lower case without marks, đ as d. That is done
	// before the clock starts.
	folded bool
	judged bool // measured for quality
	fast   bool // measured for speed
	// rare says that whole needs are asked in the speed part without the words that more than one in
	// commonShare documents have, which ours leaves out of long questions by itself.
	rare bool
	open func(dir string, tongue lang.Tag) (engine, error)
}

// entrants lists ours, which the others are compared with, and its peers.
var entrants = []entrant{
	{name: ours, judged: true, fast: true, open: openOwn,
		how: "internal/search of this repository: one index in memory for words with, partly with and without marks"},
	{name: "bleve", judged: true, fast: true, folded: true, open: openBleve("bm25"),
		how: "Bleve, scorch on disk, BM25, OR of all terms; texts and questions without marks"},
	{name: "bleve-marks", judged: true, open: openBleve("bm25"),
		how: "the same with marks"},
	{name: "bleve-tfidf", judged: true, folded: true, open: openBleve("tf-idf"),
		how: "Bleve by TF-IDF, as it is when nothing is chosen; texts and questions without marks"},
	{name: "bleve-tfidf-marks", judged: true, open: openBleve("tf-idf"),
		how: "the same with marks"},
	{name: "bleve-rare", fast: true, rare: true, open: openBleve("bm25"),
		how: "as bleve-marks, but needs without the words that more than a twelfth of the documents have"},
	{name: "fts5", judged: true, fast: true, open: openFTS5("unicode61 remove_diacritics 2"),
		how: "SQLite FTS5 (modernc.org/sqlite) on disk, unicode61 remove_diacritics 2, OR of all terms, ORDER BY rank (bm25)"},
	{name: "fts5-marks", judged: true, open: openFTS5("unicode61 remove_diacritics 0"),
		how: "the same with remove_diacritics 0"},
}

const ours = "chonoi"
