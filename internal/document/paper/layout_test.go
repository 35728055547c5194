package paper_test

import (
	"testing"
	"testing/fstest"

	"chonoi/internal/document/paper"
	"chonoi/internal/fault"
	"chonoi/internal/when"
	"chonoi/lists"
)

func shipped(t testing.TB) *paper.Layouts {
	t.Helper()
	all, err := paper.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func layout(t testing.TB, name string) *paper.Layout {
	t.Helper()
	l, err := shipped(t).Named(name, when.Day{Year: 2026, Month: 11, Date: 23})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

var profiles = []string{"state-2020", "party-2018", "party-2026"}

func TestEachDayHasItsLayout(t *testing.T) {
	all := shipped(t)
	for _, one := range []struct{ family, day, want string }{
		{paper.State, "2020-03-04", ""}, {paper.State, "2020-03-05", "state-2020"}, {paper.State, "2026-11-23", "state-2020"},
		{paper.Party, "2018-04-02", ""}, {paper.Party, "2026-05-26", "party-2018"}, {paper.Party, "2026-05-27", "party-2026"},
	} {
		day, err := when.ParseDay(one.day)
		if err != nil {
			t.Fatal(err)
		}
		l, err := all.In(one.family, day)
		switch {
		case one.want == "" && fault.KindOf(err) != fault.NotFound:
			t.Errorf("%s on %s: %v %v", one.family, one.day, l, err)
		case one.want != "" && (err != nil || l.Name != one.want):
			t.Errorf("%s on %s: %v, want %s", one.family, one.day, err, one.want)
		}
	}
}

func TestWhatWasNotReadInTheTextIsToldToBeUnverified(t *testing.T) {
	for name, want := range map[string]struct{ rule, trust string }{
		"state-2020": {"table.size", "not_found"}, "party-2018": {"page.top", "not_found"}, "party-2026": {"party.size", "check"},
	} {
		l := layout(t, name)
		if got := l.Rule(want.rule).Trust; string(got) != want.trust {
			t.Errorf("%s %s: %s", name, want.rule, got)
		}
		t.Logf("%s: %d of %d rules unverified", name, len(l.Unverified()), len(l.Rules()))
		for _, r := range l.Rules() {
			if r.Source == "" || r.From.Zero() {
				t.Errorf("%s %s has no source or no first day", name, r.Name)
			}
			if name == "state-2020" && r.Verified() && r.Clause == "" {
				t.Errorf("%s %s is verified without a clause", name, r.Name)
			}
		}
	}
	if n := len(layout(t, "party-2026").Unverified()); n != len(layout(t, "party-2026").Rules()) {
		t.Errorf("of the guideline of 2026 only %d rules are unverified", n)
	}
}

func files(t *testing.T, change func(fstest.MapFS)) fstest.MapFS {
	t.Helper()
	all := fstest.MapFS{}
	for _, name := range []string{"neutral", "state-2020", "party-2018", "party-2026"} {
		raw, err := lists.Layouts.ReadFile("layouts/" + name + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		all[name+".toml"] = &fstest.MapFile{Data: raw}
	}
	change(all)
	return all
}

func TestAProfileThatIsAmissIsNotLoaded(t *testing.T) {
	put := func(file, old, new string) func(fstest.MapFS) {
		return func(all fstest.MapFS) { all[file].Data = replace(t, all[file].Data, old, new) }
	}
	for name, change := range map[string]func(fstest.MapFS){
		"an unknown rule":                put("state-2020.toml", `"page.top"`, `"page.roof"`),
		"an unknown key":                 put("state-2020.toml", `use = 210, clause`, `used = 210, clause`),
		"a value out of its range":       put("state-2020.toml", `use = 20, least = 20, most = 25`, `use = 19, least = 20, most = 25`),
		"a rule told twice":              put("state-2020.toml", `"page.bottom"`, `"page.top"`),
		"a rule not told":                put("state-2020.toml", `  { name = "page.width", use = 210, clause = "I.1" },`, ``),
		"an unknown trust":               put("party-2026.toml", `trust = "check"`, `trust = "maybe"`),
		"an unknown style":               put("party-2026.toml", `text = "bold caps"`, `text = "fat"`),
		"a last day before the first":    put("party-2018.toml", `valid_to = "2026-05-26"`, `valid_to = "2016-05-26"`),
		"two of a family on a day":       put("party-2018.toml", `valid_to = "2026-05-26"`, `valid_to = "2026-05-27"`),
		"a neutral value that is absent": put("neutral.toml", `  { name = "table.size", use = 12 },`, ``),
		"a name that is not the file's":  put("state-2020.toml", `name = "state-2020"`, `name = "state"`),
	} {
		if _, err := paper.Load(files(t, change)); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if _, err := paper.Load(files(t, func(fstest.MapFS) {})); err != nil {
		t.Error(err)
	}
}

func TestARuleMayChangeWithinAProfile(t *testing.T) {
	all, err := paper.Load(files(t, func(all fstest.MapFS) {
		all["state-2020.toml"].Data = replace(t, all["state-2020.toml"].Data, `  { name = "kind.size", use = 14, least = 13, most = 14, clause = "II.5.b" },`,
			`  { name = "kind.size", use = 14, least = 13, most = 14, clause = "II.5.b", valid_from = "2020-03-05", valid_to = "2026-12-31" },
  { name = "kind.size", use = 15, clause = "II.5.b", valid_from = "2027-01-01" },`)
	}))
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]float64{"2026-12-31": 14, "2027-01-01": 15} {
		at, _ := when.ParseDay(day)
		l, err := all.In(paper.State, at)
		if err != nil || l.Rule("kind.size").Use != want {
			t.Errorf("%s: %v %v", day, l.Rule("kind.size").Use, err)
		}
	}
}

func TestPagesMayBeNumberedAtTheBottom(t *testing.T) {
	all, err := paper.Load(files(t, func(all fstest.MapFS) {
		all["state-2020.toml"].Data = replace(t, all["state-2020.toml"].Data, `{ name = "pagenumber.place", text = "top"`, `{ name = "pagenumber.place", text = "bottom"`)
	}))
	if err != nil {
		t.Fatal(err)
	}
	l, err := all.In(paper.State, when.Day{Year: 2026, Month: 11, Date: 23})
	if err != nil {
		t.Fatal(err)
	}
	content := docx(t, stateReport(l))
	if found := check(t, content, l); len(found) > 0 {
		tell(t, found)
		t.Error("our own paper has findings")
	}
	if found := check(t, content, layout(t, "state-2020")); len(found) != 1 || found[0].Kind != "pagenumber_place" {
		tell(t, found)
		t.Error("a number at the bottom was taken for one at the top")
	}
}
