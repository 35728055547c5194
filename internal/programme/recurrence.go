package programme

import (
	"strconv"
	"strings"
	"time"

	"chonoi/internal/when"
)

// Continuous is the recurrence of work that goes on all the time (thường xuyên).
const Continuous = "CONTINUOUS"

// ValidRecurrence reports whether words of a rule say how a task comes again: "" for once,
// CONTINUOUS, or FREQ with INTERVAL, BYMONTH and BYMONTHDAY as in RFC 5545.
func ValidRecurrence(rule string) bool {
	if rule == "" || rule == Continuous {
		return true
	}
	_, _, ok := frequency(rule)
	return ok
}

// frequency returns how many months or days lie between two times of a rule.
func frequency(rule string) (months, days int, ok bool) {
	parts := map[string]string{}
	for _, part := range strings.Split(rule, ";") {
		key, value, found := strings.Cut(part, "=")
		if !found || value == "" {
			return 0, 0, false
		}
		parts[key] = value
	}
	every := 1
	if n, err := strconv.Atoi(parts["INTERVAL"]); err == nil && n > 0 && n <= 1000 {
		every = n
	} else if parts["INTERVAL"] != "" {
		return 0, 0, false
	}
	switch parts["FREQ"] {
	case "YEARLY":
		return 12 * every, 0, true
	case "MONTHLY":
		return every, 0, true
	case "WEEKLY":
		return 0, 7 * every, true
	case "DAILY":
		return 0, every, true
	}
	return 0, 0, false
}

// Next returns the day on which a task that was due on a day is due again; ok is false for one that
// does not come again. The last day of a month stays the last day.
func Next(rule string, due when.Day) (next when.Day, ok bool) {
	months, days, ok := frequency(rule)
	if !ok || due.Zero() {
		return when.Day{}, false
	}
	if days > 0 {
		return due.AddDays(days), true
	}
	last := due.AddDays(1).Date == 1
	first := time.Date(due.Year, due.Month, 1, 0, 0, 0, 0, time.UTC).AddDate(0, months, 0)
	ends := first.AddDate(0, 1, -1).Day()
	day := min(due.Date, ends)
	if last {
		day = ends
	}
	return when.Day{Year: first.Year(), Month: first.Month(), Date: day}, true
}
