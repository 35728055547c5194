package when

import "testing"

// FuzzParseDay holds that a day that is read is written and read as the same day.
func FuzzParseDay(f *testing.F) {
	for _, seed := range []string{"", "2026-11-20", "20/11/2026", "2/1/2006", "31/02/2026", "0000-01-01", "9999-12-31", "-1-1-1", "2026-11-20T00:00", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		day, err := ParseDay(text)
		if err != nil {
			return
		}
		if again, err := ParseDay(day.String()); err != nil || again != day {
			t.Errorf("%q is %v, and that is %v, %v", text, day, again, err)
		}
	})
}
