// Package when holds days, clocks and periods: instants are UTC microseconds in store and
// Asia/Ho_Chi_Minh on the page; a Day has no clock.
package when

import (
	"fmt"
	"time"
	_ "time/tzdata" // the zone must be known on a machine without a zone database
)

// Zone is the city's time zone.
var Zone = mustZone("Asia/Ho_Chi_Minh")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

// Micro returns an instant as it is stored; the zero time is 0.
func Micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Time returns the instant that Micro stored, in UTC; 0 is the zero time.
func Time(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// Day is a calendar day in the city's zone, without a clock. Its zero value means no day.
type Day struct {
	Year  int
	Month time.Month
	Date  int
}

// DayOf returns the day on which an instant falls in the city.
func DayOf(t time.Time) Day {
	if t.IsZero() {
		return Day{}
	}
	y, m, d := t.In(Zone).Date()
	return Day{y, m, d}
}

// ParseDay reads 2006-01-02, and 02/01/2006 as it is typed in Vietnam. The empty string is no day.
func ParseDay(s string) (Day, error) {
	if s == "" {
		return Day{}, nil
	}
	for _, form := range []string{"2006-01-02", "02/01/2006", "2/1/2006"} {
		if t, err := time.ParseInLocation(form, s, Zone); err == nil {
			return DayOf(t), nil
		}
	}
	return Day{}, fmt.Errorf("not a day: %q", s)
}

// String writes the day as 2006-01-02, as it is stored; no day is the empty string.
func (d Day) String() string {
	if d.Zero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Date)
}

// Zero reports whether d is no day.
func (d Day) Zero() bool { return d == Day{} }

// Start returns the first instant of the day in the city.
func (d Day) Start() time.Time { return time.Date(d.Year, d.Month, d.Date, 0, 0, 0, 0, Zone) }

// AddDays returns the day n days later, or earlier when n is negative.
func (d Day) AddDays(n int) Day { return DayOf(d.Start().AddDate(0, 0, n)) }

// AddMonths returns the same date so many months later, or the last day of a month that has no such date.
func (d Day) AddMonths(n int) Day {
	months := d.Year*12 + int(d.Month) - 1 + n
	first := Day{Year: months / 12, Month: time.Month(months%12 + 1), Date: 1}
	last := DayOf(first.Start().AddDate(0, 1, -1))
	first.Date = min(d.Date, last.Date)
	return first
}

// Before reports whether d is an earlier day than e.
func (d Day) Before(e Day) bool { return d.String() < e.String() }

// After reports whether d is a later day than e.
func (d Day) After(e Day) bool { return d.String() > e.String() }

// DaysUntil returns the number of days from d to e, negative when e is earlier.
func (d Day) DaysUntil(e Day) int { return int(e.Start().Sub(d.Start()).Hours()) / 24 }

// WorkingDays returns the day that is n working days after from: Saturdays, Sundays and the days
// for which holiday answers true are not counted.
func WorkingDays(from Day, n int, holiday func(Day) bool) Day {
	day := from
	for n > 0 {
		day = day.AddDays(1)
		switch day.Start().Weekday() {
		case time.Saturday, time.Sunday:
			continue
		}
		if holiday != nil && holiday(day) {
			continue
		}
		n--
	}
	return day
}
