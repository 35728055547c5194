package match

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chonoi/internal/lang"
	"chonoi/internal/when"
)

var today = when.Day{Year: 2026, Month: 11, Date: 23}

// state returns how one condition stands; empty when it is none.
func state(need, supply Facts, what string) State {
	n, s := &Party{Kind: "need", Facts: need}, &Party{Kind: "offer", Facts: supply}
	all := conditions(n, s, today)
	if i := slices.IndexFunc(all, func(c Condition) bool { return c.What == what }); i >= 0 {
		return all[i].State
	}
	return ""
}

func TestConditionsAreMetPartlyMetMissedOrNotTold(t *testing.T) {
	soon := today.AddDays(100)
	within := func(text string) Facts { return Facts{Delivery: lang.Both{Vi: text}} }
	for name, c := range map[string]struct {
		what         string
		need, supply Facts
		want         State
	}{
		"ready as wanted":                      {"trl", Facts{TRL: 6}, Facts{TRL: 6}, Met},
		"readier than wanted":                  {"trl", Facts{TRL: 6}, Facts{TRL: 9}, Met},
		"one level short":                      {"trl", Facts{TRL: 6}, Facts{TRL: 5}, Partly},
		"two levels short":                     {"trl", Facts{TRL: 6}, Facts{TRL: 4}, Missed},
		"readiness not told":                   {"trl", Facts{TRL: 6}, Facts{}, Untold},
		"no readiness wanted":                  {"trl", Facts{}, Facts{TRL: 4}, ""},
		"price within the budget":              {"budget", Facts{BudgetMax: 100}, Facts{PriceKind: "fixed", Price: 100}, Met},
		"price far below the budget":           {"budget", Facts{BudgetMin: 50, BudgetMax: 100}, Facts{PriceKind: "from", Price: 3}, Met},
		"a quarter over":                       {"budget", Facts{BudgetMax: 100}, Facts{PriceKind: "fixed", Price: 125}, Partly},
		"a little more than a quarter over":    {"budget", Facts{BudgetMax: 1000}, Facts{PriceKind: "fixed", Price: 1251}, Missed},
		"only a least budget":                  {"budget", Facts{BudgetMin: 100}, Facts{PriceKind: "fixed", Price: 90}, Met},
		"free":                                 {"budget", Facts{BudgetMax: 1}, Facts{PriceKind: "free"}, Met},
		"negotiable":                           {"budget", Facts{BudgetMax: 100}, Facts{PriceKind: "negotiable", Price: 900}, Untold},
		"price not told":                       {"budget", Facts{BudgetMax: 100}, Facts{}, Untold},
		"no budget told":                       {"budget", Facts{}, Facts{PriceKind: "fixed", Price: 900}, ""},
		"a form that is wanted":                {"right", Facts{Cooperation: []string{"sale", "licence"}}, Facts{Cooperation: []string{"licence"}}, Met},
		"the right allows the form":            {"right", Facts{Cooperation: []string{"licence"}}, Facts{Cooperation: []string{"research"}, Right: "use_exclusive"}, Partly},
		"another form":                         {"right", Facts{Cooperation: []string{"sale"}}, Facts{Cooperation: []string{"research"}, Right: "use_exclusive"}, Missed},
		"form not told":                        {"right", Facts{Cooperation: []string{"sale"}}, Facts{}, Untold},
		"handed over in time":                  {"time", Facts{NeededBy: soon}, within("45–60 ngày kể từ ngày ký"), Met},
		"a month late":                         {"time", Facts{NeededBy: soon}, within("4 tháng"), Partly},
		"half a year late":                     {"time", Facts{NeededBy: soon}, within("1 năm"), Missed},
		"weeks in English":                     {"time", Facts{NeededBy: soon}, Facts{Delivery: lang.Both{En: "10-12 weeks"}}, Met},
		"time not told":                        {"time", Facts{NeededBy: soon}, within("theo thỏa thuận"), Untold},
		"needed by a day that has passed":      {"time", Facts{NeededBy: today.AddDays(-1)}, within("2 ngày"), ""},
		"same place":                           {"place", Facts{Place: "can_tho"}, Facts{Place: "can_tho"}, Met},
		"other place":                          {"place", Facts{Place: "can_tho"}, Facts{Place: "abroad"}, Partly},
		"a field in common":                    {"subjects", Facts{Subjects: []string{"energy", "software"}}, Facts{Subjects: []string{"software"}}, Met},
		"another field":                        {"subjects", Facts{Subjects: []string{"energy"}}, Facts{Subjects: []string{"software"}}, Partly},
		"another industry is no condition":     {"industries", Facts{Industries: []string{"rice"}}, Facts{Industries: []string{"shrimp"}}, ""},
		"a number that is no time of handover": {"time", Facts{NeededBy: soon}, within("giao 3 máy"), Untold},
	} {
		t.Run(name, func(t *testing.T) {
			if got := state(c.need, c.supply, c.what); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestWhatIsOverTheBudgetIsToldInPercent(t *testing.T) {
	c, _ := budget(&Facts{BudgetMin: 3_000_000_000, BudgetMax: 4_500_000_000}, &Facts{PriceKind: "from", Price: 4_700_000_000}, today)
	if diff := cmp.Diff(Condition{What: "budget", State: Partly, Percent: 5}, c); diff != "" {
		t.Error(diff)
	}
}

func TestTheLanguageIsAConditionWhereTheyShareNone(t *testing.T) {
	told := func(kind string, title lang.Both) *Party {
		return &Party{Kind: kind, Title: title, Passages: []Passage{{Field: "title", Text: title, Weight: 1}}}
	}
	vi, en, both := lang.Both{Vi: "Sấy xoài"}, lang.Both{En: "Mango drying"}, lang.Both{Vi: "Sấy xoài", En: "Mango drying"}
	for name, c := range map[string]struct {
		need, supply lang.Both
		want         State
		tongue       lang.Tag
	}{
		"both in Vietnamese": {vi, both, Met, lang.Vi},
		"both in English":    {en, both, Met, lang.En},
		"none in common":     {vi, en, Partly, lang.En},
	} {
		if got, ok := language(told("need", c.need), told("offer", c.supply)); !ok || got.State != c.want || got.Tongue != c.tongue {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestWhoTellsLittleIsNotBehind holds what keeps the order of a collection that tells no conditions:
// nothing that is met or not told takes anything off a match.
func TestWhoTellsLittleIsNotBehind(t *testing.T) {
	for what := range conditionParts {
		for _, s := range []State{Met, Untold} {
			if part, missed := left([]Condition{{What: what, State: s}}); part != 1 || missed {
				t.Errorf("%s %s leaves %v", what, s, part)
			}
		}
		partly, _ := left([]Condition{{What: what, State: Partly}})
		if missed, _ := left([]Condition{{What: what, State: Missed}}); missed > partly || partly >= 1 || missed <= 0 {
			t.Errorf("%s: partly %v, missed %v", what, partly, missed)
		}
	}
}

func TestAHardMissKeepsAMatchFromTheBestGrade(t *testing.T) {
	for name, c := range map[string]struct {
		cover  float64
		missed bool
		want   Grade
	}{
		"most is shared":            {0.5, false, Close},
		"most, and one hard miss":   {0.5, true, Good},
		"a quarter":                 {0.25, false, Good},
		"a seventh":                 {0.15, false, Partial},
		"a few words":               {0.05, false, Slight},
		"a few words, and one miss": {0.05, true, Slight},
	} {
		if got := gradeOf(c.cover, c.missed); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
