package alert

import (
	"testing"
	"time"

	"chonoi/internal/when"
)

func TestAWeeklyLetterTellsWhatWasFoundBeforeTheLastMonday(t *testing.T) {
	for due, want := range map[string]string{
		"2026-11-23 07:00": "2026-11-23 07:00", // a Monday
		"2026-11-24 07:00": "2026-11-23 07:00",
		"2026-11-29 07:00": "2026-11-23 07:00", // a Sunday
		"2026-11-30 07:00": "2026-11-30 07:00",
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", due, when.Zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := lastMonday(at.UTC()).In(when.Zone).Format("2006-01-02 15:04"); got != want {
			t.Errorf("%s: %s, want %s", due, got, want)
		}
	}
}

func TestWhatIsWorthTelling(t *testing.T) {
	before := sight{onFloor: true, price: 5, trl: 6, summary: "a"}
	for _, row := range []struct {
		name  string
		now   func(*sight)
		known bool
		gone  bool // it was off the floor
		want  string
	}{
		{"a listing that nobody knew", func(*sight) {}, false, false, "new"},
		{"nothing changed", func(*sight) {}, true, false, ""},
		{"another price", func(s *sight) { s.price = 7 }, true, false, "changed price"},
		{"a price that is not told any more", func(s *sight) { s.price = 0 }, true, false, ""},
		{"all of it", func(s *sight) { s.price, s.trl, s.summary = 1, 7, "b" }, true, false, "changed price summary trl"},
		{"back as it was", func(*sight) {}, true, true, "again"},
		{"back with another readiness", func(s *sight) { s.trl = 9 }, true, true, "again trl"},
	} {
		old, now := before, before
		old.onFloor = !row.gone
		row.now(&now)
		what, facts := now.news(old, row.known)
		got := what
		for _, fact := range facts {
			got += " " + fact
		}
		if got != row.want {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
	}
}
