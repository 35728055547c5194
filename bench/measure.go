package main

import (
	"fmt"
	"iter"
	"os"
	"runtime"
	"slices"
	"time"

	"github.com/schollz/progressbar/v3"

	"chonoi/internal/lang"
)

// quality is how well an engine answered the questions of a set.
type quality struct {
	Set       string    `json:"set"`
	Engine    string    `json:"engine"`
	Documents int       `json:"documents"`
	Asked     int       `json:"asked"` // before the time was up
	Of        int       `json:"of"`
	NDCG10    float64   `json:"ndcg10"`
	MRR10     float64   `json:"mrr10"`
	Measure   string    `json:"measure"` // the one that the set is judged by
	Value     float64   `json:"value"`
	CPUMs     float64   `json:"cpu_ms_per_query"`
	Ratio     float64   `json:"ratio,omitempty"` // to ours over the same questions
	Each      []float64 `json:"each,omitempty"`
}

// speed is how fast an engine was with a number of documents.
type speed struct {
	Engine           string  `json:"engine"`
	Documents        int     `json:"documents"`
	IndexCPUs        float64 `json:"index_cpu_s"`
	IndexWallS       float64 `json:"index_wall_s"`
	IndexDocsPerCPUs float64 `json:"index_docs_per_cpu_s"`
	MemoryBytes      int64   `json:"memory_bytes"` // held once all is asked, without what was held before
	DiskBytes        int64   `json:"disk_bytes"`
	UpdateMs         float64 `json:"update_ms"` // p95 of wall time from a new document to its being found
	Short            timing  `json:"short"`     // 2 to 6 words
	Long             timing  `json:"long"`      // 60 to 100 words
}

// timing is what questions took, one at a time.
type timing struct {
	Asked int       `json:"asked"` // before the time was up
	Of    int       `json:"of"`
	CPUMs float64   `json:"cpu_ms_per_query"`
	P50Ms float64   `json:"p50_ms"` // wall time
	P95Ms float64   `json:"p95_ms"`
	Ratio float64   `json:"ratio,omitempty"` // of processor time to ours over the same questions
	Each  []float64 `json:"each,omitempty"`
}

const (
	answers   = 10
	settleFor = 2 * time.Minute
)

// opened opens an engine in a folder of its own, which shut removes.
func (e *entrant) opened(tongue lang.Tag) (x engine, shut func(), err error) {
	dir, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return nil, nil, err
	}
	x, err = e.open(dir, tongue)
	if err != nil {
		os.RemoveAll(dir)
		return nil, nil, err
	}
	return x, func() {
		x.Close()
		os.RemoveAll(dir)
	}, nil
}

// judge asks the questions of a set until all are asked or the time is up.
func (e *entrant) judge(s *set, data string, budget time.Duration) (quality, error) {
	out := quality{Set: s.name, Engine: e.name, Measure: s.measure()}
	docs, err := s.documents(data)
	if err != nil {
		return out, err
	}
	questions, grades, err := s.asked(data)
	if err != nil {
		return out, err
	}
	for i, d := range docs {
		if e.name != ours && d.Title != "" {
			docs[i].Title += "\n" + d.Title // ours counts a word of the title twice
		}
		if e.folded {
			docs[i] = docs[i].fold()
		}
	}
	if e.folded {
		foldAll(questions)
	}
	x, shut, err := e.opened(s.tongue)
	if err != nil {
		return out, err
	}
	defer shut()
	if err := x.Load(slices.Values(docs)); err != nil {
		return out, err
	}
	out.Documents, out.Of = len(docs), len(questions)
	var ndcg, mrr []float64
	asked, err := ask(x, questions, budget, e.name+": "+s.name, func(q question, found []string) {
		n, m := judge(found, grades[q.ID])
		ndcg, mrr = append(ndcg, n), append(mrr, m)
	})
	out.Asked, out.CPUMs = asked.Asked, asked.CPUMs
	out.NDCG10, out.MRR10 = mean(ndcg), mean(mrr)
	out.Value, out.Each = out.NDCG10, ndcg
	if s.mrr {
		out.Value, out.Each = out.MRR10, mrr
	}
	return out, err
}

func foldAll(questions []question) {
	for i := range questions {
		questions[i].Text = lang.Fold(questions[i].Text)
	}
}

// race measures an engine with n documents.
func (e *entrant) race(n int, data string, counts [2]int, budget time.Duration) (speed, error) {
	out := speed{Engine: e.name, Documents: n}
	texts, err := newSource(data, 1)
	if err != nil {
		return out, err
	}
	shelf := texts.shelf(n, e.folded)
	asking, err := newSource(data, 3)
	if err != nil {
		return out, err
	}
	warm := append(asking.short(20), asking.needs(3)...)
	short, long := asking.short(counts[0]), asking.needs(counts[1])
	if e.folded {
		foldAll(warm)
		foldAll(short)
		foldAll(long)
	}
	if e.rare {
		shelf.withoutCommon(long)
	}
	texts, asking = nil, nil

	x, shut, err := e.opened(lang.Vi)
	if err != nil {
		return out, err
	}
	defer shut()
	before := memory()
	if err := out.index(x, e.name, shelf); err != nil {
		return out, err
	}
	if _, err := ask(x, warm, budget/2, "", nil); err != nil {
		return out, err
	}
	if out.Short, err = ask(x, short, budget, e.name+": short", nil); err != nil {
		return out, err
	}
	if out.Long, err = ask(x, long, budget, e.name+": long", nil); err != nil {
		return out, err
	}
	if out.UpdateMs, err = update(x, 20); err != nil {
		return out, err
	}
	out.MemoryBytes, out.DiskBytes = max(0, memory()-before), x.OnDisk()
	runtime.KeepAlive(shelf) // it was there before
	return out, nil
}

// index loads the documents and notes what it took, work in the background included.
func (s *speed) index(x engine, name string, docs *shelf) error {
	bar := newBar(len(docs.ends), fmt.Sprintf("%s: %d documents", name, len(docs.ends)))
	defer bar.Finish()
	cpu, start := processorTime(), time.Now()
	if err := x.Load(counted(docs.documents(), bar)); err != nil {
		return err
	}
	s.IndexWallS = time.Since(start).Seconds()
	settle(settleFor)
	s.IndexCPUs = (processorTime() - cpu).Seconds()
	s.IndexDocsPerCPUs = float64(s.Documents) / s.IndexCPUs
	return nil
}

// counted hands documents on and moves the bar, seldom, for that is within what is measured.
func counted(docs iter.Seq[document], bar *progressbar.ProgressBar) iter.Seq[document] {
	const seldom = 500
	return func(yield func(document) bool) {
		n := 0
		for d := range docs {
			if !yield(d) {
				return
			}
			if n++; n%seldom == 0 {
				_ = bar.Add(seldom)
			}
		}
	}
}

// ask asks one question after another, each once, until the time is up, and notes what each took.
// Told, when given, hears what was found.
func ask(x engine, questions []question, budget time.Duration, what string, told func(question, []string)) (timing, error) {
	out := timing{Of: len(questions)}
	bar := newBar(len(questions), what)
	defer bar.Finish()
	var wall []float64
	for start := time.Now(); out.Asked < out.Of && time.Since(start) < budget; out.Asked++ {
		q := questions[out.Asked]
		cpu, began := processorTime(), time.Now()
		found, err := x.Ask(q, answers)
		wall = append(wall, milliseconds(time.Since(began)))
		out.Each = append(out.Each, milliseconds(processorTime()-cpu))
		if err != nil {
			return out, fmt.Errorf("question %q: %w", q.Text, err)
		}
		if told != nil {
			told(q, found)
		}
		_ = bar.Add(1)
	}
	out.CPUMs, out.P50Ms, out.P95Ms = mean(out.Each), quantile(wall, .5), quantile(wall, .95)
	return out, nil
}

// update adds n documents and looks each up at once. It returns the p95 of what that took.
func update(x engine, n int) (float64, error) {
	var wall []float64
	for i := range n {
		name := fmt.Sprintf("newcomer%d", i)
		d := document{ID: name, Title: name, Text: "Máy sấy lúa bằng năng lượng mặt trời, công suất hai tấn một mẻ, đã dùng ở ba hợp tác xã."}
		began := time.Now()
		if err := x.Put(d); err != nil {
			return 0, err
		}
		found, err := x.Ask(question{Text: name}, answers)
		if err != nil {
			return 0, err
		}
		if len(found) == 0 || found[0] != name {
			return 0, fmt.Errorf("a new document was not found: %v", found)
		}
		wall = append(wall, milliseconds(time.Since(began)))
	}
	return quantile(wall, .95), nil
}
