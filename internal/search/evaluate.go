package search

import (
	"bufio"
	"fmt"
	"iter"
	"math"
	"os"
	"path/filepath"
	"slices"
	"time"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
)

// Report tells how well and how fast the engine answered the queries of a collection.
type Report struct {
	Docs    int `json:"docs"`
	Queries int `json:"queries"` // with at least one judged document above 0
	// Means over the queries, 0 to 1.
	NDCG10 float64 `json:"ndcg10"`
	MRR10  float64 `json:"mrr10"`
	R100   float64 `json:"r100"`
	// What it took.
	IndexDocsPerCPUs float64 `json:"index_docs_per_cpu_s"` // documents a second of processor time
	IndexBytes       int64   `json:"index_bytes"`
	CPUMsPerQuery    float64 `json:"cpu_ms_per_query"`
	P50Ms            float64 `json:"p50_ms"` // wall time of one query at a time
	P95Ms            float64 `json:"p95_ms"`
	P99Ms            float64 `json:"p99_ms"`
}

// EvaluateOptions are the choices of Evaluate; the zero value will do.
type EvaluateOptions struct {
	Queries string // another file of queries, in place of the collection's own
	Qrels   string // another file of judgements
	Run     string // a file to write what was found to: query, document, rank, score, tab between
	Typed   bool   // read queries as typed in the search box, operators and limits included
	// OneTongue leaves queries untranslated.
	OneTongue bool
}

// depth is how far down the results are judged and written.
const depth = 100

// Evaluate indexes dir/corpus.jsonl, asks dir/queries.jsonl and scores the answers by dir/qrels.tsv;
// each file may be packed as .gz. A missing file is a fault NotFound, a bad one Invalid or TooLarge
// that names file and line.
func Evaluate(dir string, options EvaluateOptions) (Report, error) {
	corpus, err := rowsOf(filepath.Join(dir, corpusFile))
	if err != nil {
		return Report{}, err
	}
	queries, err := rowsOf(orElse(options.Queries, filepath.Join(dir, queriesFile)))
	if err != nil {
		return Report{}, err
	}
	qrels := orElse(options.Qrels, filepath.Join(dir, qrelsFile))
	grades, err := gradesOf(qrels)
	if err != nil {
		return Report{}, err
	}
	report := Report{Docs: len(corpus)}
	x, err := report.build(corpus)
	if err != nil {
		return Report{}, err
	}
	results := report.answer(x, queries, options)
	report.judge(queries, results, grades)
	if report.Queries == 0 {
		return Report{}, fault.New(fault.Invalid, "search.nothing_judged", "File", filepath.Base(qrels))
	}
	if options.Run != "" {
		if err := writeRun(options.Run, queries, results); err != nil {
			return Report{}, fault.New(fault.Invalid, "search.run_not_written", "File", filepath.Base(options.Run))
		}
	}
	return report, nil
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// build indexes the corpus and notes what it took.
func (r *Report) build(corpus []row) (*Index, error) {
	x := New()
	words, err := lexicon.Shipped()
	if err != nil {
		return nil, err
	}
	x.Translate(words)
	before := processorTime()
	if err := x.Load(docsOf(corpus), nil); err != nil {
		return nil, err
	}
	spent := processorTime() - before
	r.IndexDocsPerCPUs = float64(len(corpus)) / max(spent.Seconds(), 1e-6)
	r.IndexBytes = x.Bytes()
	return x, nil
}

func docsOf(corpus []row) iter.Seq2[Doc, error] {
	return func(yield func(Doc, error) bool) {
		for _, r := range corpus {
			d := Doc{Kind: "document", ID: r.ID}
			d.Fields[Title].Set(r.Lang, lang.Clean(r.Title))
			d.Fields[Text].Set(r.Lang, lang.Clean(r.Text))
			if !yield(d, nil) {
				return
			}
		}
	}
}

// answer asks the queries one after another and notes what they took.
func (r *Report) answer(x *Index, queries []row, options EvaluateOptions) [][]Hit {
	results := make([][]Hit, len(queries))
	wall := make([]float64, len(queries))
	before := processorTime()
	for i, q := range queries {
		start := time.Now()
		found := x.Search(Query{Text: q.Text, Whole: !options.Typed, Reader: q.Lang, OneTongue: options.OneTongue, Limit: depth, Quiet: true})
		wall[i] = milliseconds(time.Since(start))
		results[i] = found.Hits
	}
	r.CPUMsPerQuery = milliseconds(processorTime()-before) / float64(len(queries))
	slices.Sort(wall)
	r.P50Ms, r.P95Ms, r.P99Ms = quantile(wall, .50), quantile(wall, .95), quantile(wall, .99)
	return results
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// quantile returns the least value that at least that part of the sorted values does not exceed.
func quantile(sorted []float64, part float64) float64 {
	return sorted[max(0, int(math.Ceil(part*float64(len(sorted))))-1)]
}

// judge averages the measures over the queries that have a document graded above 0.
func (r *Report) judge(queries []row, results [][]Hit, grades map[string]map[string]float64) {
	for i, q := range queries {
		ideal := idealGrades(grades[q.ID])
		if len(ideal) == 0 {
			continue
		}
		r.Queries++
		got := make([]float64, len(results[i]))
		for rank, hit := range results[i] {
			got[rank] = max(0, grades[q.ID][hit.ID])
		}
		r.NDCG10 += gain(got) / gain(ideal)
		r.MRR10 += firstFind(got)
		r.R100 += found(got) / float64(len(ideal))
	}
	if n := float64(r.Queries); n > 0 {
		r.NDCG10, r.MRR10, r.R100 = r.NDCG10/n, r.MRR10/n, r.R100/n
	}
}

// idealGrades returns the grades above 0, best first.
func idealGrades(grades map[string]float64) []float64 {
	var ideal []float64
	for _, g := range grades {
		if g > 0 {
			ideal = append(ideal, g)
		}
	}
	slices.SortFunc(ideal, func(a, b float64) int { return int(math.Copysign(1, b-a)) })
	return ideal
}

// gain is the discounted cumulated gain of the first ten, the grade itself being the gain.
func gain(grades []float64) (sum float64) {
	for rank, g := range grades[:min(10, len(grades))] {
		sum += g / math.Log2(float64(rank)+2)
	}
	return sum
}

func firstFind(grades []float64) float64 {
	for rank, g := range grades[:min(10, len(grades))] {
		if g > 0 {
			return 1 / float64(rank+1)
		}
	}
	return 0
}

func found(grades []float64) (n float64) {
	for _, g := range grades {
		if g > 0 {
			n++
		}
	}
	return n
}

func writeRun(path string, queries []row, results [][]Hit) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	out := bufio.NewWriter(f)
	for i, q := range queries {
		for rank, hit := range results[i] {
			fmt.Fprintf(out, "%s\t%s\t%d\t%.6f\n", q.ID, hit.ID, rank+1, hit.Score)
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return f.Close()
}
