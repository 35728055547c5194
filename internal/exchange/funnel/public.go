package funnel

import "chonoi/internal/when"

// What is told to everybody is rounded, so that no cell tells of a single party, neither by itself nor
// by the difference between two cells, two steps or two days.
const (
	base       = 3 // counts from the enquiry on are rounded to multiples of it
	leastTimes = 5 // that a median rests on
)

// Cell is a count as everybody may see it.
type Cell struct {
	N     int  `json:"n"`               // a multiple of three; 0 when Few
	Few   bool `json:"few,omitempty"`   // one or two: less than three is all that is told
	Exact bool `json:"exact,omitempty"` // not rounded: of listings, which everybody may count
}

// PublicStep is a step as everybody may see it.
type PublicStep struct {
	Name  string `json:"step"`
	Count Cell   `json:"count"`
	Days  *int   `json:"median_days,omitempty"` // whole days from the step before; left out below five
}

// PublicReason is a reason as everybody may see it.
type PublicReason struct {
	Code  string `json:"code"`
	Count Cell   `json:"count"`
}

// Public is the funnel as everybody may see it.
type Public struct {
	AsOf     string         `json:"as_of"`
	Rounded  int            `json:"rounded_to"`
	Steps    []PublicStep   `json:"steps"`
	Stopped  []PublicReason `json:"stopped"`
	Declined []PublicReason `json:"declined"`
}

// cell rounds a count to the nearest multiple of three; one and two are told as few.
func cell(n int) Cell {
	switch {
	case n == 0:
		return Cell{}
	case n < base:
		return Cell{Few: true}
	}
	return Cell{N: (n + base/2) / base * base}
}

// Open returns what of the funnel everybody may see.
func (f *Funnel) Open() *Public {
	p := &Public{AsOf: f.AsOf.String(), Rounded: base, Stopped: []PublicReason{}, Declined: []PublicReason{}}
	for _, s := range f.Steps {
		one := PublicStep{Name: s.Name, Count: cell(s.N)}
		if s.Name == Listed {
			one.Count = Cell{N: s.N, Exact: true}
		}
		if len(s.Took) >= leastTimes {
			days := int(s.Median().Hours()+12) / 24
			one.Days = &days
		}
		p.Steps = append(p.Steps, one)
	}
	for _, r := range f.Stopped {
		p.Stopped = append(p.Stopped, PublicReason{r.Code, cell(r.N)})
	}
	for _, r := range f.Declined {
		p.Declined = append(p.Declined, PublicReason{r.Code, cell(r.N)})
	}
	return p
}

// LastMonth returns the last day of the month before a day: the newest as-of day that is told to
// everybody, so that two days beside one another cannot be compared.
func LastMonth(today when.Day) when.Day {
	return when.Day{Year: today.Year, Month: today.Month, Date: 1}.AddDays(-1)
}
