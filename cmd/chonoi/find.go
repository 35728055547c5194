package main

import (
	"fmt"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/search"
)

type searchCommand struct {
	Text  string `arg:"" help:"Words in Vietnamese, with or without marks, or in English."`
	Kind  string `help:"Only offers or only needs." enum:"offer,need," default:""`
	Limit int    `help:"How many, 1 to 1000." default:"10"`
	JSON  bool   `help:"Print JSON."`
}

// found is one listing as the search command prints it.
type found struct {
	Rank  int      `json:"rank"`
	ID    string   `json:"id"`
	Kind  string   `json:"kind"`
	Title string   `json:"title"`
	Score float64  `json:"score"`
	Why   []reason `json:"why"`
}

type reason struct {
	Word    string   `json:"word"`
	Matched string   `json:"matched"`
	Where   []string `json:"where"`
	How     string   `json:"how"`
}

// Run finds listings and prints them with the reasons.
func (c *searchCommand) Run(p *program) error {
	h, err := p.open()
	if err != nil {
		return err
	}
	defer h.Close()
	if err := h.Build(p.ctx, nil); err != nil {
		return err
	}
	q := search.Query{Text: c.Text, Limit: min(max(c.Limit, 1), 1000), Reader: lang.Tag(p.Lang), Facets: []string{}}
	if c.Kind != "" {
		q.Filters = map[string][]string{"kind": {c.Kind}}
	}
	list := []found{}
	err = h.DB.View(p.ctx, func(tx *db.Tx) error {
		for i, hit := range h.Index.Load().Search(q).Hits {
			title, err := h.Exchange.TitleOf(tx, hit.Kind, hit.ID)
			if err != nil {
				return err
			}
			one := found{Rank: i + 1, ID: hit.ID, Kind: hit.Kind, Title: title.In(lang.Tag(p.Lang)), Score: hit.Score, Why: []reason{}}
			if q.Reader != lang.En {
				one.Title = title.In(lang.Vi)
			}
			for _, w := range hit.Why {
				one.Why = append(one.Why, reason{w.Word, w.Matched, w.Fields, string(w.How)})
			}
			list = append(list, one)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(p.out, list)
	}
	for _, f := range list {
		fmt.Fprintf(p.out, "%3d  %-5s  %7.3f  %s\n     %s\n", f.Rank, f.Kind, f.Score, f.Title, f.because())
	}
	return nil
}

func (f found) because() string {
	var parts []string
	for _, w := range f.Why {
		parts = append(parts, fmt.Sprintf("%s → %s (%s)", w.Word, w.Matched, strings.Join(w.Where, ", ")))
	}
	return strings.Join(parts, "; ")
}

type evaluateCommand struct {
	Dir     string `arg:"" help:"Folder with corpus.jsonl, queries.jsonl and qrels.tsv, each plain or .gz." type:"existingdir"`
	Queries string `help:"Another file of queries." type:"existingfile" placeholder:"FILE"`
	Run_    string `name:"run" help:"Write what was found to this file: query, document, rank, score." placeholder:"OUT.tsv"`
	One     bool   `name:"one-tongue" help:"Do not translate the queries."`
	JSON    bool   `help:"Print JSON (this is the default form)." default:"true" negatable:""`
}

// Run measures search and prints one JSON object.
func (c *evaluateCommand) Run(p *program) error {
	report, err := search.Evaluate(c.Dir, search.EvaluateOptions{Queries: c.Queries, Run: c.Run_, OneTongue: c.One})
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(p.out, report)
	}
	fmt.Fprintf(p.out, "%d documents, %d queries: nDCG@10 %.4f, MRR@10 %.4f, recall@100 %.4f, %.3f CPU ms a query\n",
		report.Docs, report.Queries, report.NDCG10, report.MRR10, report.R100, report.CPUMsPerQuery)
	return nil
}

type reindexCommand struct {
	JSON bool `help:"Print JSON."`
}

// Run builds the index once, as the server does at its start, and says how large it is.
func (c *reindexCommand) Run(p *program) error {
	h, err := p.open()
	if err != nil {
		return err
	}
	defer h.Close()
	bar := p.bar(-1, "index")
	took, err := h.BuildTimed(p.ctx, func(n int) { _ = bar.Set(n) })
	_ = bar.Finish()
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(p.out, map[string]any{"listings": h.Index.Load().Len(), "bytes": h.Index.Load().Bytes(), "seconds": took.Seconds()})
	}
	fmt.Fprintf(p.out, "%d listings, %d bytes, %.2f s\n", h.Index.Load().Len(), h.Index.Load().Bytes(), took.Seconds())
	return nil
}
