package programme

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/observatory"
	"chonoi/internal/when"
)

// Figures are the figures of a review as they were on a day, with all rows behind them. They are
// kept whole, so that what is read in them never depends on what comes later.
type Figures struct {
	AsOf      when.Day
	Body      lang.Both `json:",omitzero"`  // whose tasks alone are counted
	Several   bool      `json:",omitempty"` // each group is a plan
	Groups    []FrozenGroup
	Lines     []FrozenLine
	Tasks     []FrozenTask
	Plans     []FrozenPlan      // that carry out clauses of this one
	Unplanned []FrozenUnplanned `json:",omitempty"` // what came up beyond the plans
	Counts    []Figure
	Breaks    []when.Day // days within the period on which bodies of the plan ended
}

// Figure is one number: what it counts, of how many, and which rows.
type Figure struct {
	Key     string // tasks_done; in a group II.1-tasks_done
	Group   string // path; "" for the whole
	Measure string // of the observatory; "" for a count of the plan's own rows
	N       int64
	Of      int64 // -1 where it is no part of a whole
	Rows    []int // of Tasks, Lines, Plans or Unplanned, as the key says
	Records []observatory.Record
	Share   bool `json:"-"` // asked for as a share of its whole
}

// FrozenGroup is a group of the plan.
type FrozenGroup struct{ Path, Marker, Title string }

// FrozenLine is a clause with who had it.
type FrozenLine struct {
	Path, Group, Text string
	Gist              lang.Both
	Bodies            []FrozenBody
	Unassigned        bool
	Evidence          int
}

// FrozenBody is a body with its role.
type FrozenBody struct {
	Role  Role
	Name  lang.Both
	Ended bool
}

// FrozenTask is a task as it stood.
type FrozenTask struct {
	ID, Number string
	Line       int
	Body       lang.Both
	Title      lang.Both
	Product    lang.Both
	Due, Done  when.Day
	Basis      string
	Standing   Standing
	Said       string
	Evidence   int
	Records    bool // some record of the platform shows it
	Difficulty string
	Words      string
	Proposal   string
	Secret     bool
}

// FrozenPlan is a plan that carries out a part of this one.
type FrozenPlan struct {
	ID, Symbol string
	Name       lang.Both
	Issued     when.Day
	Covers     int // clauses
}

// The figures of a review. Each has a text figure.<key> that says what it counts, and a text
// formula.<key> that says how.
const (
	figureTasks         = "tasks"
	figureDone          = "done"
	figureDue           = "due"
	figureOnTime        = "on_time"
	figureOverdue       = "overdue"
	figureRunning       = "running"
	figureUndated       = "undated"
	figureOrphans       = "orphans"
	figureProved        = "proved"
	figureUnproved      = "unproved"
	figureClauses       = "clauses"
	figureUnassigned    = "unassigned"
	figureOwnPlans      = "own_plans"
	figureNext          = "next" // due in the three months that follow
	figureUnplanned     = "unplanned"
	figureUnplannedDone = "unplanned_done"
)

var placed = regexp.MustCompile(`\[\[([^\[\]]*)\]\]`)

// unknown returns the first key in the words that is no figure of the review.
func (f *Figures) unknown(words string) string {
	for _, m := range placed.FindAllStringSubmatch(words, -1) {
		if _, ok := f.Figure(m[1]); !ok {
			return m[1]
		}
	}
	return ""
}

// Figure returns a figure by its key. A key with % behind it is the share of the figure in its whole.
func (f *Figures) Figure(key string) (Figure, bool) {
	plain, share := strings.CutSuffix(key, "%")
	i := slices.IndexFunc(f.Counts, func(c Figure) bool { return c.Key == plain })
	if i < 0 || share && f.Counts[i].Of < 0 {
		return Figure{}, false
	}
	c := f.Counts[i]
	c.Share = share
	return c, true
}

// Write returns the figure as it is printed: a number, or a share with one decimal; a dash where
// there is no whole to be a share of.
func (c Figure) Write(tag lang.Tag) string {
	if !c.Share {
		return lang.Number(tag, c.N)
	}
	permille, ok := Permille(int(c.N), int(c.Of))
	if !ok {
		return "–"
	}
	return lang.Decimal(tag, fmt.Sprintf("%d.%d", permille/10, permille%10)) + "%"
}

// Piece is a piece of the words of a review: text, or a figure.
type Piece struct{ Text, Figure string }

// Pieces takes words apart at their figures.
func Pieces(words string) []Piece {
	var all []Piece
	at := 0
	for _, m := range placed.FindAllStringSubmatchIndex(words, -1) {
		if m[0] > at {
			all = append(all, Piece{Text: words[at:m[0]]})
		}
		all = append(all, Piece{Figure: words[m[2]:m[3]]})
		at = m[1]
	}
	if at < len(words) {
		all = append(all, Piece{Text: words[at:]})
	}
	return all
}

// Freeze takes the figures of a review: what the plan's board says of its day, what was reported
// until then, and what the measures that speak for its clauses count.
func (x *Programme) Freeze(tx *db.Tx, book *observatory.Book, v *Review) (*Figures, error) {
	f := &Figures{AsOf: v.AsOf}
	if err := f.freezeName(tx, x, v); err != nil {
		return nil, err
	}
	counted, err := f.freezeScope(tx, x, book, v)
	if err != nil {
		return nil, err
	}
	f.count(counted)
	return f, nil
}

// freezeBreaks takes over on which days within the period bodies of a plan ended.
func (f *Figures) freezeBreaks(b *Board, v *Review) {
	for _, last := range b.Ended {
		if next := last.AddDays(1); !next.Before(v.From) && !next.After(v.To) && !slices.Contains(f.Breaks, next) {
			f.Breaks = append(f.Breaks, next)
		}
	}
	slices.SortFunc(f.Breaks, func(a, b when.Day) int { return a.Start().Compare(b.Start()) })
}

// mostRecords is how many records behind a measure are kept with a review; its number counts all.
const mostRecords = 5000

// freezeMeasures takes what the measures of the clauses count, each once, and notes for which clauses
// some measure counts something.
func (f *Figures) freezeMeasures(tx *db.Tx, book *observatory.Book, part scope, proved map[string]bool) error {
	for _, l := range part.Lines {
		for _, r := range l.Rules {
			m, ok := book.Measure(r.Measure, r.Version)
			if !ok {
				continue
			}
			key := fmt.Sprintf("m-%s-%d", r.Measure, r.Version)
			i := slices.IndexFunc(f.Counts, func(c Figure) bool { return c.Key == key })
			if i < 0 {
				value, err := book.Value(tx, m, f.AsOf, true)
				if err != nil {
					return err
				}
				records, err := m.Records(tx, f.AsOf, "", mostRecords)
				if err != nil {
					return err
				}
				i = len(f.Counts)
				f.Counts = append(f.Counts, Figure{Key: key, Measure: r.Measure, N: value.N, Of: value.Whole, Records: records})
			}
			path := part.prefix + l.Path
			proved[path] = proved[path] || f.Counts[i].N > 0
		}
	}
	return nil
}
