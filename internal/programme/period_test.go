package programme

import (
	"testing"

	"chonoi/internal/when"
)

func TestAMonthEndsOnItsCutOffDay(t *testing.T) {
	for _, c := range []struct {
		today    string
		cutOff   int
		from, to string
	}{
		{"2026-11-23", 14, "2026-10-15", "2026-11-14"},
		{"2026-11-14", 14, "2026-10-15", "2026-11-14"},
		{"2026-11-13", 14, "2026-09-15", "2026-10-14"},
		{"2026-01-03", 15, "2025-11-16", "2025-12-15"},
		{"2026-03-01", 31, "2026-02-01", "2026-02-28"},
		{"2024-03-30", 30, "2024-03-01", "2024-03-30"},
		{"2025-07-01", 30, "2025-05-31", "2025-06-30"},
	} {
		today, err := when.ParseDay(c.today)
		if err != nil {
			t.Fatal(err)
		}
		if from, to := MonthOf(today, c.cutOff); from.String() != c.from || to.String() != c.to {
			t.Errorf("on %s with cut-off day %d the month is %s to %s, not %s to %s", c.today, c.cutOff, from, to, c.from, c.to)
		}
	}
}
