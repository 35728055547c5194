package when

import (
	"testing"
	"time"
)

func TestADayIsTheCitysDay(t *testing.T) {
	if d := DayOf(time.Date(2026, 11, 19, 17, 0, 0, 0, time.UTC)).String(); d != "2026-11-20" {
		t.Error(d)
	}
	if !DayOf(time.Time{}).Zero() || Day.String(Day{}) != "" {
		t.Error("no time is no day")
	}
}

func TestDaysAreReadAsTheyAreTyped(t *testing.T) {
	for text, want := range map[string]string{"2026-11-20": "2026-11-20", "20/11/2026": "2026-11-20", "1/2/2026": "2026-02-01", "": ""} {
		if d, err := ParseDay(text); err != nil || d.String() != want {
			t.Errorf("%q is %s, %v", text, d, err)
		}
	}
	if _, err := ParseDay("31/02/2026"); err == nil {
		t.Error("a day that is none was read")
	}
}

func TestWorkingDaysPassOverWeekendsAndHolidays(t *testing.T) {
	friday := Day{2026, 11, 20}
	if d := WorkingDays(friday, 2, nil).String(); d != "2026-11-24" {
		t.Errorf("two working days after a Friday: %s", d)
	}
	monday := Day{2026, 11, 23}
	if d := WorkingDays(friday, 1, func(d Day) bool { return d == monday }).String(); d != "2026-11-24" {
		t.Errorf("over a holiday: %s", d)
	}
	if n := friday.DaysUntil(Day{2026, 12, 20}); n != 30 {
		t.Errorf("%d days", n)
	}
}

func TestInstantsAreKeptToTheMicrosecond(t *testing.T) {
	at := time.Date(2026, 11, 20, 1, 2, 3, 456789000, time.UTC)
	if !Time(Micro(at)).Equal(at) || !Time(0).IsZero() || Micro(time.Time{}) != 0 {
		t.Error("lost")
	}
}

// A month that has no such date ends on its last day, and years pass.
func TestMonthsAreAddedByTheCalendar(t *testing.T) {
	for _, one := range []struct {
		from string
		n    int
		want string
	}{{"2026-01-31", 1, "2026-02-28"}, {"2027-11-30", 3, "2028-02-29"}, {"2026-11-23", 6, "2027-05-23"}, {"2026-11-23", 24, "2028-11-23"}, {"2026-03-31", -1, "2026-02-28"}, {"2026-01-15", -1, "2025-12-15"}} {
		from, err := ParseDay(one.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := from.AddMonths(one.n).String(); got != one.want {
			t.Errorf("%s and %d months: %s, not %s", one.from, one.n, got, one.want)
		}
	}
}
