package programme

import (
	"fmt"
	"time"

	"github.com/BurntSushi/toml"

	"chonoi/internal/when"
	"chonoi/lists"
)

// Steps says when bodies are reminded of their tasks (các mốc nhắc), as lists/reminders.toml tells.
type Steps struct {
	Morning string // hour of the letters, in the city's time: 07:00
	Weekday int    // of the weekly digest: 1 is Monday
	Late    int    // days until which a digest that was missed is still sent
	Step    []Step // the earliest first
}

// Step is one reminder: Day days after the due day, before it when negative. Until is the last day on
// which it is still sent when its own morning was missed.
type Step struct {
	Key        string
	Day, Until int
}

// ShippedSteps returns the steps that come with the program.
func ShippedSteps() (*Steps, error) { return ReadSteps(lists.Reminders) }

// ReadSteps reads the steps from a list. Steps that overlap or have no name are an error.
func ReadSteps(list string) (*Steps, error) {
	var s Steps
	told, err := toml.Decode(list, &s)
	if err != nil {
		return nil, fmt.Errorf("read the steps of reminders: %w", err)
	}
	if unknown := told.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("steps of reminders: %s is not known", unknown[0])
	}
	if _, err := time.Parse("15:04", s.Morning); err != nil {
		return nil, fmt.Errorf("steps of reminders: morning: %w", err)
	}
	if s.Weekday < 1 || s.Weekday > 7 || s.Late < 0 || s.Late > 6 || len(s.Step) == 0 {
		return nil, fmt.Errorf("steps of reminders: weekday is 1 to 7, late 0 to 6, and there is a step")
	}
	for i, one := range s.Step {
		if one.Key == "" || one.Until < one.Day || i > 0 && one.Day <= s.Step[i-1].Until {
			return nil, fmt.Errorf("steps of reminders: step %d (%s) overlaps or has no key", i+1, one.Key)
		}
	}
	return &s, nil
}

// At returns the step of which a task due on a day is reminded on a morning; false when it is none.
func (s *Steps) At(due, morning when.Day) (Step, bool) {
	n := due.DaysUntil(morning)
	for _, one := range s.Step {
		if one.Day <= n && n <= one.Until {
			return one, true
		}
	}
	return Step{}, false
}

// window returns the due days that some step of a morning reminds of.
func (s *Steps) window(morning when.Day) (from, to when.Day) {
	return morning.AddDays(-s.Step[len(s.Step)-1].Until), morning.AddDays(-s.Step[0].Day)
}

// Week returns the last day of a digest that is not after a morning, and whether it may still be sent.
func (s *Steps) Week(weekday int, morning when.Day) (day when.Day, ok bool) {
	if weekday < 1 {
		return when.Day{}, false
	}
	back := (int(morning.Start().Weekday()) - weekday + 7) % 7
	return morning.AddDays(-back), back <= s.Late
}
