package search

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// kept holds answers to queries without words, such as those of the home page, for as long as a
// snapshot lasts: each of them would look at every listing.
type kept struct {
	mu      sync.Mutex
	answers map[string]Result
}

// What is kept at most.
const (
	mostKept     = 128
	mostKeptHits = 100 // of one answer
)

// keptAs returns the name under which the answer to a query is kept; empty when it is not.
func (q *Query) keptAs() string {
	if len(q.Bounds) > 0 || strings.TrimSpace(q.Text) != "" {
		return ""
	}
	return fmt.Sprintf("%q %q %d %q %q %t %t", q.Filters, q.Sort, q.Limit, q.After, q.Facets, q.Facets == nil, q.Quiet)
}

func (k *kept) find(name string) (Result, bool) {
	if name == "" {
		return Result{}, false
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	r, ok := k.answers[name]
	return r.copied(), ok
}

func (k *kept) keep(name string, r Result) {
	if name == "" || len(r.Hits) > mostKeptHits {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.answers) >= mostKept || k.answers == nil {
		k.answers = map[string]Result{}
	}
	k.answers[name] = r.copied()
}

// copied returns a result that can be changed without changing r. It has no words and so no reasons.
func (r Result) copied() Result {
	r.Hits = slices.Clip(slices.Clone(r.Hits))
	r.Facets = maps.Clone(r.Facets)
	for facet, counts := range r.Facets {
		r.Facets[facet] = slices.Clone(counts)
	}
	return r
}
