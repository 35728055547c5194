package main

import (
	"fmt"
	"io"
	"maps"
	"runtime"
	"runtime/debug"
	"slices"
	"time"
)

// report is all that was measured in one run.
type report struct {
	When       string            `json:"when"`
	Go         string            `json:"go"`
	System     string            `json:"system"`
	Processors int               `json:"processors"`
	Modules    map[string]string `json:"modules"`
	Engines    []described       `json:"engines"`
	Quality    []quality         `json:"quality,omitempty"`
	Speed      []speed           `json:"speed,omitempty"`
}

type described struct {
	Name string `json:"name"`
	How  string `json:"how"`
}

func newReport() *report {
	return &report{When: time.Now().UTC().Format(time.DateTime), Go: runtime.Version(),
		System: runtime.GOOS + "/" + runtime.GOARCH, Processors: runtime.NumCPU(), Modules: measured()}
}

func (d *described) fast() bool { return d.entrant().fast }

func (d *described) judged() bool { return d.entrant().judged }

func (d *described) entrant() *entrant {
	return &entrants[slices.IndexFunc(entrants, func(e entrant) bool { return e.name == d.Name })]
}

// compare sets the ratios to ours. An engine whose time was up is compared over the questions that it
// was asked: all engines are asked the same in the same order.
func (r *report) compare() {
	for i := range r.Quality {
		q := &r.Quality[i]
		for _, o := range r.Quality {
			if o.Engine == ours && o.Set == q.Set {
				q.Ratio = ratio(q.Each, o.Each)
			}
		}
	}
	for i := range r.Speed {
		s := &r.Speed[i]
		for _, o := range r.Speed {
			if o.Engine == ours && o.Documents == s.Documents {
				s.Short.Ratio, s.Long.Ratio = ratio(s.Short.Each, o.Short.Each), ratio(s.Long.Each, o.Long.Each)
			}
		}
	}
	for i := range r.Quality {
		r.Quality[i].Each = nil
	}
	for i := range r.Speed {
		r.Speed[i].Short.Each, r.Speed[i].Long.Each = nil, nil
	}
}

// ratio compares the means over what both have.
func ratio(theirs, ours []float64) float64 {
	n := min(len(theirs), len(ours))
	if mean(ours[:n]) == 0 {
		return 0
	}
	return mean(theirs[:n]) / mean(ours[:n])
}

// print writes tables, for the eye or for Markdown.
func (r *report) print(out io.Writer, markdown bool) {
	fmt.Fprintf(out, "%s, %s, %d processors, %s\n", r.Go, r.System, r.Processors, r.When)
	for _, path := range slices.Sorted(maps.Keys(r.Modules)) {
		fmt.Fprintln(out, path, r.Modules[path])
	}
	names := table{{"engine", "how"}}
	for _, e := range r.Engines {
		names = append(names, []string{e.Name, e.How})
	}
	fmt.Fprintln(out)
	names.print(out, markdown)
	if len(r.Quality) > 0 {
		fmt.Fprint(out, "\nQuality, and in brackets its ratio to ours; * the time was up, with the number of questions asked\n\n")
		r.qualityTable().print(out, markdown)
	}
	if len(r.Speed) > 0 {
		fmt.Fprint(out, "\nSpeed: processor milliseconds a question and their ratio to ours over the same questions; wall time p50/p95; questions asked\n\n")
		r.speedTable().print(out, markdown)
	}
}

func (r *report) qualityTable() table {
	judged := slices.DeleteFunc(slices.Clone(sets), func(s set) bool {
		return !slices.ContainsFunc(r.Quality, func(q quality) bool { return q.Set == s.name })
	})
	head := []string{"engine"}
	for _, s := range judged {
		head = append(head, s.name+", "+s.measure())
	}
	rows := table{head}
	for _, e := range r.Engines {
		if !e.judged() {
			continue
		}
		row := []string{e.Name}
		for _, s := range judged {
			row = append(row, r.found(e.Name, s.name).cell())
		}
		rows = append(rows, row)
	}
	return rows
}

// found returns what an engine reached in a set.
func (r *report) found(engine, set string) quality {
	for _, q := range r.Quality {
		if q.Engine == engine && q.Set == set {
			return q
		}
	}
	return quality{}
}

func (q quality) cell() string {
	cell := fmt.Sprintf("%.3f", q.Value)
	if q.Engine != ours {
		cell += fmt.Sprintf(" (%.2f)", q.Ratio)
	}
	if q.Asked < q.Of {
		cell += fmt.Sprintf(" *%d", q.Asked)
	}
	return cell
}

func (r *report) speedTable() table {
	rows := table{{"documents", "engine", "indexed a CPU s", "memory MB", "disk MB", "update ms",
		"short CPU", "ratio", "wall", "asked", "need CPU", "ratio", "wall", "asked"}}
	for _, s := range r.Speed {
		row := []string{fmt.Sprint(s.Documents), s.Engine, fmt.Sprintf("%.0f", s.IndexDocsPerCPUs),
			fmt.Sprint(s.MemoryBytes >> 20), fmt.Sprint(s.DiskBytes >> 20), fmt.Sprintf("%.2g", s.UpdateMs)}
		rows = append(rows, slices.Concat(row, s.Short.cells(), s.Long.cells()))
	}
	return rows
}

func (t timing) cells() []string {
	return []string{short(t.CPUMs) + " ms", short(t.Ratio) + "x", short(t.P50Ms) + "/" + short(t.P95Ms), fmt.Sprint(t.Asked)}
}

// short writes a number with two digits at least and no more than tell something.
func short(f float64) string {
	if f >= 10 {
		return fmt.Sprintf("%.0f", f)
	}
	return fmt.Sprintf("%.2g", f)
}

// measured returns the versions of the modules that are measured.
func measured() map[string]string {
	all := map[string]string{}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == "github.com/blevesearch/bleve/v2" || m.Path == "modernc.org/sqlite" {
				all[m.Path] = m.Version
			}
		}
	}
	return all
}
