package route

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"chonoi/internal/fault"
)

// newer is the shipped edition and one built upon it, in which a decree of the test's own making lets
// 120 days pass before a transfer must be filed, from 1 January 2027 on.
func newer(t testing.TB) fstest.MapFS {
	t.Helper()
	files := folder(copied(t), "2026-11/")
	own := copied(t)
	edition := bytes.Replace(own["edition.csv"], []byte("2026-11,"), []byte("2027-01,"), 1)
	edition = bytes.Replace(edition, []byte(",,2018-07-01,"), []byte(",2026-11,2027-01-01,"), 1)
	files["2027-01/edition.csv"] = &fstest.MapFile{Data: edition}
	files["2027-01/clocks.csv"] = &fstest.MapFile{Data: bytes.Replace(own["clocks.csv"], []byte(",90,"), []byte(",120,"), 1)}
	return files
}

func TestARunningDealKeepsTheEditionItBeganWith(t *testing.T) {
	began, err := ShippedEditions()
	if err != nil {
		t.Fatal(err)
	}
	first, err := began.On(day(t, "2026-11-23"))
	if err != nil {
		t.Fatal(err)
	}
	kept := first.Edition // what the deal keeps

	all, err := LoadEditions(newer(t))
	if err != nil {
		t.Fatal(err)
	}
	signed := day(t, "2027-02-01")
	for _, row := range []struct{ says, edition, ends string }{
		{"the deal that began before", kept, "2027-05-02"},
		{"a deal that begins now", edition(t, all, "2027-02-01"), "2027-06-01"},
		{"a deal that began on the last day", edition(t, all, "2026-12-31"), "2027-05-02"},
	} {
		l, err := all.Of(row.edition)
		if err != nil {
			t.Fatal(err)
		}
		c := concluded(t, l, Facts{Class: Free, Direction: Inward, StateMoney: NoState, Day: signed})
		step, _ := c.Step(Register)
		k, ok := step.Clock("registration_filing")
		if !ok || k.Deadline(signed, nil) != day(t, row.ends) || c.Edition != row.edition {
			t.Errorf("%s: %s by %s, not %s", row.says, k.Deadline(signed, nil), c.Edition, row.ends)
		}
	}
	if len(all.All()) != 2 || all.newest().Name != "2027-01" {
		t.Errorf("%d editions, the newest %s", len(all.All()), all.newest().Name)
	}
}

func edition(t testing.TB, all *Editions, on string) string {
	t.Helper()
	l, err := all.On(day(t, on))
	if err != nil {
		t.Fatal(err)
	}
	return l.Edition
}

func TestAnEditionIsAnotherOneWhenALetterOfItChanges(t *testing.T) {
	files := copied(t)
	before, err := Load(folder(files, ""))
	if err != nil {
		t.Fatal(err)
	}
	files["screening/own.csv"] = bytes.Replace(files["screening/criteria_examples.csv"], []byte("."), []byte("_"), -1)
	delete(files, "screening/criteria_examples.csv")
	after, err := Load(folder(files, ""))
	if err != nil {
		t.Fatal(err)
	}
	if before.Edition == after.Edition || before.Name != after.Name || before.Edition != shipped(t).Edition {
		t.Errorf("%s, %s and %s", before.Edition, after.Edition, shipped(t).Edition)
	}
}

// TestAReleasedEditionIsNotChanged holds because running deals keep the edition they began with: what
// is new goes into a new folder, and its line into testdata/editions.txt.
func TestAReleasedEditionIsNotChanged(t *testing.T) {
	all, err := ShippedEditions()
	if err != nil {
		t.Fatal(err)
	}
	var now []string
	for _, l := range all.All() {
		now = append(now, l.Edition)
	}
	raw, err := os.ReadFile("testdata/editions.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Fields(string(raw)), now); diff != "" {
		t.Error(diff)
	}
}

func TestAnEditionThatIsGoneOrChangedIsTold(t *testing.T) {
	all, err := LoadEditions(newer(t))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := all.Of("2020-01@000000000000"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("gone: %v", err)
	}
	if _, err := all.Of("2026-11@000000000000"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("changed: %v", err)
	}
	if _, err := all.On(day(t, "2018-06-30")); fault.KindOf(err) != fault.NotFound {
		t.Errorf("before the first: %v", err)
	}
}

func TestAnEditionWithABadBaseOrNameIsRefused(t *testing.T) {
	for _, row := range []struct{ says, old, now, key string }{
		{"a base that is not there", ",2026-11,2027-01-01", ",2025-01,2027-01-01", "route.edition_base"},
		{"another name than its folder", "2027-01,", "2027-02,", "route.edition_folder"},
	} {
		files := newer(t)
		at := files["2027-01/edition.csv"]
		at.Data = bytes.Replace(at.Data, []byte(row.old), []byte(row.now), 1)
		_, err := LoadEditions(files)
		if f, ok := fault.As(err); !ok || f.Key != row.key {
			t.Errorf("%s: %v", row.says, err)
		}
	}
	files := newer(t)
	files["2026-11/edition.csv"].Data = bytes.Replace(files["2026-11/edition.csv"].Data, []byte(",,2018-07-01,"), []byte(",2027-01,2018-07-01,"), 1)
	if _, err := LoadEditions(files); fault.KindOf(err) != fault.Invalid {
		t.Errorf("two that build on each other: %v", err)
	}
	files = newer(t)
	files["2027-01/clocks.csv"].Data = bytes.Replace(files["2027-01/clocks.csv"].Data, []byte(",working,"), []byte(",lunar,"), 1)
	_, err := LoadEditions(files)
	refused(t, "a fault in an edition names its folder", err, "2027-01/clocks.csv:2", "route.row_word")
	if _, err := LoadEditions(fstest.MapFS{}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("no edition: %v", err)
	}
}
