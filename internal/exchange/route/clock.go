package route

import (
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// Unit says which days a clock counts.
type Unit string

// The units.
const (
	Calendar Unit = "calendar"
	Working  Unit = "working"
)

// Term is the key of the sentence for a number N of days of the unit.
func (u Unit) Term() string { return "route.term." + string(u) }

// Event is what starts a clock.
type Event string

// The events.
const (
	Signing      Event = "signing"       // the contract was signed
	Approval     Event = "approval"      // the written approval was given
	Filing       Event = "filing"        // the dossier was filed
	CompleteFile Event = "complete_file" // the dossier was complete
)

// Label is the key of the words that say from when is counted.
func (e Event) Label() string { return "route.since." + string(e) }

// Clock is a time limit of a step.
type Clock struct {
	Code    string
	Name    lang.Both
	Days    int
	Unit    Unit
	Since   Event
	Of      Party // whose limit it is
	Article Article
	moves   bool // a last day that is a day off moves to the next working day
	doubt   string
	condition
	act      Act
	outcomes []Outcome
}

// Party says whose time limit it is.
type Party string

// The parties of a clock.
const (
	OfHolder    Party = "holder"    // the one who has the duty of the step
	OfAuthority Party = "authority" // the office that decides
)

// Label is the key of the party's name.
func (p Party) Label() string { return "route.clock_of." + string(p) }

// Deadline returns the last day of the limit when it starts on a day, which is not counted itself.
// Off may be nil: then only Saturdays and Sundays are days off.
func (c Clock) Deadline(from when.Day, off *Holidays) when.Day {
	day := from
	for left := c.Days; left > 0; {
		day = day.AddDays(1)
		if c.Unit == Calendar || off.Working(day) {
			left--
		}
	}
	for c.moves && !off.Working(day) {
		day = day.AddDays(1)
	}
	return day
}

// Clock returns the limit of a code as it holds on a day; NotFound when there is none.
func (l *Law) Clock(code string, on when.Day) (Clock, error) {
	for _, c := range l.clocks {
		if c.Code == code && c.Article.ValidOn(on) {
			return c, nil
		}
	}
	return Clock{}, fault.New(fault.NotFound, "route.no_clock", "Code", code, "Day", on.String())
}

// Deadline returns the last day of the limit of a code that starts on a day, by the row that holds on
// that day; NotFound when there is none.
func (l *Law) Deadline(clock string, from when.Day, off *Holidays) (when.Day, error) {
	c, err := l.Clock(clock, from)
	if err != nil {
		return when.Day{}, err
	}
	return c.Deadline(from, off), nil
}
