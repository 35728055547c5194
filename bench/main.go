// Command bench measures the search engine of the product side by side with engines that could have
// been installed instead: the same files, the same machine, one run.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
)

// choices are the flags.
type choices struct {
	data          string
	engines       string
	parts         string
	sets          string
	documents     string
	short, long   int
	budget        time.Duration
	qualityBudget time.Duration
	json          bool
	markdown      bool
	alone         string
}

func main() {
	var c choices
	flag.StringVar(&c.data, "data", "../../shared/data", "folder with the collections: search/, listings/")
	flag.StringVar(&c.engines, "engines", "", "only these, comma between: "+strings.Join(names(), ", "))
	flag.StringVar(&c.parts, "parts", "quality,speed", "what to measure")
	flag.StringVar(&c.sets, "sets", "", "only these sets, comma between: xquad-vi, vilaw-heading, cranfield, sbir")
	flag.StringVar(&c.documents, "documents", "100000", "numbers of documents for speed, comma between")
	flag.IntVar(&c.short, "short", 1000, "questions of 2 to 6 words to ask")
	flag.IntVar(&c.long, "long", 300, "questions of 60 to 100 words to ask")
	flag.DurationVar(&c.budget, "budget", 30*time.Second, "the most that one kind of question may take an engine in the speed part")
	flag.DurationVar(&c.qualityBudget, "quality-budget", time.Minute, "the most that the questions of one set may take an engine")
	flag.BoolVar(&c.json, "json", false, "print JSON")
	flag.BoolVar(&c.markdown, "markdown", false, "print the tables as Markdown, as docs/search.md has them")
	flag.StringVar(&c.alone, "alone", "", "measure one engine in this process, as the program does for each: NAME, or NAME:DOCUMENTS for speed")
	flag.Parse()
	if err := c.run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func names() []string {
	var all []string
	for _, e := range entrants {
		all = append(all, e.name)
	}
	return all
}

func (c *choices) run(out io.Writer) error {
	if c.alone != "" {
		return c.measure(out)
	}
	r, err := c.report()
	if err != nil {
		return err
	}
	if c.json {
		lines := json.NewEncoder(out)
		lines.SetIndent("", "  ")
		return lines.Encode(r)
	}
	r.print(out, c.markdown)
	return nil
}

// measure measures one engine in this process and prints what came out as one JSON array.
func (c *choices) measure(out io.Writer) error {
	name, documents, fast := strings.Cut(c.alone, ":")
	at := slices.IndexFunc(entrants, func(e entrant) bool { return e.name == name })
	if at < 0 {
		return fmt.Errorf("there is no engine %q", name)
	}
	e := &entrants[at]
	if fast {
		n, err := strconv.Atoi(documents)
		if err != nil || n < 1 {
			return fmt.Errorf("%q is no number of documents", documents)
		}
		one, err := e.race(n, c.data, [2]int{c.short, c.long}, c.budget)
		if err != nil {
			return err
		}
		return json.NewEncoder(out).Encode([]speed{one})
	}
	var all []quality
	for i := range sets {
		if folder, _, _ := strings.Cut(sets[i].name, ","); !chosen(c.sets, folder) {
			continue
		}
		one, err := e.judge(&sets[i], c.data, c.qualityBudget)
		if err != nil {
			return fmt.Errorf("%s: %w", sets[i].name, err)
		}
		all = append(all, one)
	}
	return json.NewEncoder(out).Encode(all)
}

// chosen reports whether a name is in a list, or the list empty.
func chosen(list, name string) bool {
	return list == "" || slices.Contains(strings.Split(list, ","), name)
}

// report measures all engines, each in a process of its own, so that none pays for the garbage of another.
func (c *choices) report() (*report, error) {
	r := newReport()
	for _, e := range entrants {
		if !chosen(c.engines, e.name) {
			continue
		}
		r.Engines = append(r.Engines, described{e.name, e.how})
		if e.judged && strings.Contains(c.parts, "quality") {
			if err := hear(c, e.name, &r.Quality); err != nil {
				return nil, err
			}
		}
	}
	if strings.Contains(c.parts, "speed") {
		for documents := range strings.SplitSeq(c.documents, ",") {
			for _, e := range r.Engines {
				if e.fast() {
					if err := hear(c, e.Name+":"+documents, &r.Speed); err != nil {
						return nil, err
					}
				}
			}
		}
	}
	r.compare()
	return r, nil
}

// hear runs this program for one engine and appends what it measured.
func hear[T any](c *choices, alone string, to *[]T) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s  %s\n", time.Now().Format("15:04:05"), alone)
	command := exec.Command(self, "-alone", alone, "-data", c.data, "-short", strconv.Itoa(c.short), "-long", strconv.Itoa(c.long),
		"-budget", c.budget.String(), "-quality-budget", c.qualityBudget.String(), "-sets", c.sets)
	command.Stderr = os.Stderr
	told, err := command.Output()
	if err != nil {
		return fmt.Errorf("%s: %w", alone, err)
	}
	var more []T
	err = json.Unmarshal(told, &more)
	*to = append(*to, more...)
	return err
}
