package app_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chonoi/internal/db"
	"chonoi/internal/programme"
	"chonoi/internal/when"
)

// TestTheFortyRowsOfTheMissionSayWhatIsCountedAndWhatIsNot lists the rows with the measures of each:
// live, or not collected yet. Every measure that is live has its name in both tongues, is counted in
// the seed city, and every one that is bound is told in the list beside this test.
func TestTheFortyRowsOfTheMissionSayWhatIsCountedAndWhatIsNot(t *testing.T) {
	s := city(t, "sqlite")
	rows, err := programme.Missions()
	must(t, err)
	var told []string
	live := 0
	must(t, s.DB.View(t.Context(), func(tx *db.Tx) error {
		for _, m := range rows {
			line, one := m.Row, false
			for _, name := range m.Measures {
				measure, ok := s.Measures.Newest(name)
				if !ok {
					line += " " + name + ":not-collected"
					continue
				}
				one = true
				line += " " + name + ":live"
				if _, err := s.Measures.Value(tx, measure, when.DayOf(tx.Now), false); err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
				if !s.Words.Has("measure." + name) {
					t.Errorf("%s has no name", name)
				}
			}
			if one {
				live++
			}
			told = append(told, line)
		}
		return nil
	}))
	if len(rows) != 40 {
		t.Errorf("%d rows", len(rows))
	}
	const file = "testdata/missions.txt"
	got := strings.Join(told, "\n") + fmt.Sprintf("\n%d of %d rows live\n", live, len(rows))
	if *update {
		must(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	must(t, err)
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}
