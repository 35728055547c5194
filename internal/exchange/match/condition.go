package match

import (
	"regexp"
	"slices"
	"strconv"

	"chonoi/internal/exchange"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// State is how a condition stands.
type State string

// The states of a condition.
const (
	Met    State = "yes"
	Partly State = "part"
	Missed State = "no"
	Untold State = "untold" // one side does not tell, or not to this reader
)

// Condition is one thing beside the subject that a need asks for, and how the supply stands to it.
// Which of the fields below are filled depends on What.
type Condition struct {
	What    string // trl, budget, right, time, place, language, subjects, industries
	State   State
	Codes   []string // what both have, or, where nothing is shared, what the supply has
	Percent int64    // over the budget
	Days    int      // until the hand-over
	Late    int      // days after the day wanted
	Tongue  lang.Tag
}

// conditions compares a need with a supply, as both stand on a day; the weightiest first. What the need
// does not ask for is no condition.
func conditions(need, supply *Party, today when.Day) []Condition {
	var all []Condition
	for _, look := range []func(n, s *Facts, today when.Day) (Condition, bool){subjects, trl, budget, right, timely, place, industries} {
		if c, ok := look(&need.Facts, &supply.Facts, today); ok {
			all = append(all, c)
		}
	}
	if c, ok := language(need, supply); ok {
		all = append(all, c)
	}
	return all
}

func both(a, b []string) (codes []string) {
	for _, code := range a {
		if slices.Contains(b, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

func subjects(n, s *Facts, _ when.Day) (Condition, bool) {
	c := Condition{What: "subjects", State: Met, Codes: both(n.Subjects, s.Subjects)}
	if len(c.Codes) == 0 {
		c.State, c.Codes = Partly, s.Subjects
	}
	return c, len(n.Subjects) > 0 && len(s.Subjects) > 0
}

func industries(n, s *Facts, _ when.Day) (Condition, bool) {
	c := Condition{What: "industries", State: Met, Codes: both(n.Industries, s.Industries)}
	return c, len(c.Codes) > 0
}

func trl(n, s *Facts, _ when.Day) (Condition, bool) {
	c := Condition{What: "trl", State: Missed}
	switch {
	case s.TRL == 0:
		c.State = Untold
	case s.TRL >= n.TRL:
		c.State = Met
	case s.TRL+nearlyTRL >= n.TRL:
		c.State = Partly
	}
	return c, n.TRL > 0
}

func budget(n, s *Facts, _ when.Day) (Condition, bool) {
	c := Condition{What: "budget", State: Missed}
	most := max(n.BudgetMax, n.BudgetMin)
	switch {
	case s.PriceKind == "free":
		c.State = Met
	case s.Price == 0 || (s.PriceKind != "fixed" && s.PriceKind != "from"):
		c.State = Untold
	case s.Price <= most:
		c.State = Met
	default:
		over := float64(s.Price-most) / float64(max(most, 1)) * 100
		c.Percent = int64(min(over+0.999, 100_000))
		if c.Percent <= overBudget {
			c.State = Partly
		}
	}
	return c, most > 0
}

// givenBy are the forms of cooperation that follow from the right that a supply transfers.
var givenBy = map[string]string{"ownership": "sale", "use_exclusive": "licence", "use_non_exclusive": "licence"}

func right(n, s *Facts, _ when.Day) (Condition, bool) {
	c := Condition{What: "right", State: Met, Codes: both(n.Cooperation, s.Cooperation)}
	if len(c.Codes) == 0 {
		c.State, c.Codes = Missed, s.Cooperation
		if form := givenBy[s.Right]; form != "" && slices.Contains(n.Cooperation, form) {
			c.State, c.Codes = Partly, []string{form}
		} else if len(s.Cooperation) == 0 {
			c.State = Untold
		}
	}
	return c, len(n.Cooperation) > 0
}

func place(n, s *Facts, _ when.Day) (Condition, bool) {
	c := Condition{What: "place", State: Partly, Codes: []string{s.Place}}
	if n.Place == s.Place {
		c.State = Met
	}
	return c, n.Place != "" && s.Place != ""
}

// period is a time from the order to the hand-over as texts tell it.
var period = regexp.MustCompile(`(?i)(\d{1,3})(?:\s?[–-]\s?(\d{1,3}))?\s?(ngày|tuần|tháng|năm|days?|weeks?|months?|years?)(?:[^\pL]|$)`)

var daysOf = map[string]int{"ngày": 1, "day": 1, "tuần": 7, "week": 7, "tháng": 30, "month": 30, "năm": 365, "year": 365}

// daysTold returns the longest period that a text begins with telling; 0 when it tells none.
func daysTold(text string) int {
	found := period.FindStringSubmatch(text)
	if found == nil {
		return 0
	}
	n, _ := strconv.Atoi(found[1])
	if most, err := strconv.Atoi(found[2]); err == nil {
		n = max(n, most)
	}
	unit := lang.Clean(found[3])
	if per, ok := daysOf[unit]; ok {
		return n * per
	}
	if len(unit) > 1 {
		return n * daysOf[unit[:len(unit)-1]]
	}
	return 0
}

func timely(n, s *Facts, today when.Day) (Condition, bool) {
	c := Condition{What: "time", State: Untold}
	if n.NeededBy.Zero() || n.NeededBy.Before(today) {
		return c, false
	}
	for _, text := range []string{s.Delivery.Vi, s.Delivery.En} {
		if c.Days = daysTold(text); c.Days > 0 {
			break
		}
	}
	if c.Days == 0 {
		return c, true
	}
	c.State = Met
	if ready := today.AddDays(c.Days); ready.After(n.NeededBy) {
		c.State, c.Late = Partly, n.NeededBy.DaysUntil(ready)
		if c.Late > nearlyDays {
			c.State = Missed
		}
	}
	return c, true
}

// language compares the tongues in which both sides tell what they are about.
func language(need, supply *Party) (Condition, bool) {
	for _, tongue := range lang.Tags {
		if need.tells(tongue) && supply.tells(tongue) {
			return Condition{What: "language", State: Met, Tongue: tongue}, true
		}
	}
	for _, tongue := range lang.Tags {
		if supply.tells(tongue) {
			return Condition{What: "language", State: Partly, Tongue: tongue}, need.Kind == exchange.Needs.Name
		}
	}
	return Condition{}, false
}

// left is what conditions leave of a match, and whether a hard one is missed.
func left(all []Condition) (part float64, missed bool) {
	part = 1
	for _, c := range all {
		switch by := conditionParts[c.What]; {
		case c.State == Partly && by.partly > 0:
			part *= by.partly
		case c.State == Missed && by.missed > 0:
			part *= by.missed
			missed = missed || hard[c.What]
		}
	}
	return part, missed
}
