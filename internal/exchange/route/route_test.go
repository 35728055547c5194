package route

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

func shipped(t testing.TB) *Law {
	t.Helper()
	l, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func day(t testing.TB, s string) when.Day {
	t.Helper()
	d, err := when.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func concluded(t testing.TB, l *Law, f Facts) Conclusion {
	t.Helper()
	c, err := l.Route(f)
	if err != nil {
		t.Fatalf("%s: %v", f.text(), err)
	}
	return c
}

// expected is the rule of the route as it is told in one sentence: banned is blocked, restricted is
// licensed, across the border is registered, domestic with state money and without a certificate of
// task results too, all else is registered by choice. Money that is told in part or not at all counts.
func expected(f Facts) Outcome {
	switch {
	case f.Class == Banned:
		return Blocked
	case f.Class == Restricted:
		return Licence
	case f.Direction != Domestic, f.StateMoney != NoState && !f.ResultCertificate:
		return Registration
	}
	return Voluntary
}

func TestEveryTransferHasExactlyOneRoute(t *testing.T) {
	l := shipped(t)
	n := 0
	for _, on := range []string{"2018-07-01", "2026-03-31", "2026-04-01", "2026-11-23", "2040-01-01"} {
		for _, f := range every(day(t, on)) {
			n++
			c := concluded(t, l, f)
			if c.Outcome != expected(f) {
				t.Errorf("%s is %s by %s, not %s", f.text(), c.Outcome, c.Rule, expected(f))
			}
			fits := 0
			for _, r := range l.rules {
				if r.article.ValidOn(f.Day) && r.fits(f) {
					fits++
				}
			}
			if fits != 1 {
				t.Errorf("%s has %d rules", f.text(), fits)
			}
		}
	}
	if n != 5*4*3*4*2*2*2 {
		t.Errorf("%d transfers were looked at", n)
	}
}

func TestAStepNamesAllThatItRestsOn(t *testing.T) {
	l := shipped(t)
	for _, on := range []string{"2018-07-01", "2026-03-31", "2026-11-23"} {
		for _, f := range every(day(t, on)) {
			c := concluded(t, l, f)
			if (c.Outcome == Blocked) != (len(c.Steps) == 0) {
				t.Errorf("%s: %s with %d steps", f.text(), c.Outcome, len(c.Steps))
			}
			if c.Article.Number == "" || c.Article.Basis.Empty() || c.Article.Source == "" {
				t.Errorf("%s: rule %s rests on nothing", f.text(), c.Rule)
			}
			for _, s := range c.Steps {
				if s.Article.Basis.Vi == "" || s.Article.Basis.En == "" || s.Holder == "" || s.HolderBy.Basis.Empty() || len(s.Dossier) == 0 {
					t.Errorf("%s: step %s lacks a basis, a duty-holder or papers: %+v", f.text(), s.Code, s)
				}
			}
			if c.Trust() == InText {
				t.Errorf("%s claims that the text was read", f.text())
			}
		}
	}
}

func TestTheStepsOfARoute(t *testing.T) {
	on := day(t, "2026-11-23")
	for _, row := range []struct {
		says  string
		facts Facts
		steps []string // act, holder, authority, clocks
	}{
		{"a banned technology stops the deal", Facts{Class: Banned, Direction: Inward, StateMoney: NoState}, nil},
		{"a restricted one is approved, signed, licensed", Facts{Class: Restricted, Direction: Inward, StateMoney: NoState}, []string{
			"approval both approval_province [approval_completeness approval_decision]", "contract both  []",
			"licence both licence_province [licence_filing licence_decision]"}},
		{"an inward one is registered by the transferee", Facts{Class: Free, Direction: Inward, StateMoney: NoState}, []string{
			"contract both  []", "registration transferee registration_cross_border [registration_filing registration_completeness registration_certificate]"}},
		{"an outward one is registered by the transferor", Facts{Class: Free, Direction: Outward, StateMoney: NoState}, []string{
			"contract both  []", "registration transferor registration_cross_border [registration_filing registration_completeness registration_certificate]"}},
		{"a domestic one with state money goes to the department", Facts{Class: Free, Direction: Domestic, StateMoney: AllState}, []string{
			"contract both  []", "registration transferee registration_department [registration_filing registration_completeness registration_certificate]"}},
		{"an amendment is registered too", Facts{Class: Free, Direction: Inward, StateMoney: NoState, Amendment: true}, []string{
			"contract both  []", "registration transferee registration_cross_border [amendment_filing registration_completeness registration_certificate]"}},
		{"a free one may be registered, without a day to file", Facts{Class: Free, Direction: Domestic, StateMoney: NoState}, []string{
			"contract both  []", "registration transferee registration_department [registration_completeness registration_certificate]"}},
		{"an encouraged one may be certified in the end", Facts{Class: Encouraged, Direction: Domestic, StateMoney: NoState}, []string{
			"contract both  []", "registration transferee registration_department [registration_completeness registration_certificate]",
			"encouraged_certificate both  [encouraged_council]"}},
		{"state capital is valued first", Facts{Class: Free, Direction: Domestic, StateMoney: NoState, StateCapitalContribution: true}, []string{
			"valuation transferor  []", "contract both  []", "registration transferee registration_department [registration_completeness registration_certificate]"}},
	} {
		row.facts.Day = on
		var steps []string
		for _, s := range concluded(t, shipped(t), row.facts).Steps {
			office, clocks := "", []string{}
			if s.Authority != nil {
				office = s.Authority.Code
			}
			for _, k := range s.Clocks {
				clocks = append(clocks, k.Code)
			}
			steps = append(steps, fmt.Sprintf("%s %s %s %v", s.Act, s.Holder, office, clocks))
		}
		if diff := cmp.Diff(row.steps, steps); diff != "" {
			t.Errorf("%s:\n%s", row.says, diff)
		}
	}
}

func TestOnlyTheVoluntaryRegistrationMayBeLeft(t *testing.T) {
	l := shipped(t)
	for _, f := range every(day(t, "2026-11-23")) {
		c := concluded(t, l, f)
		for _, s := range c.Steps {
			if may := s.Act == CertifyTransfer || s.Act == Register && c.Outcome == Voluntary; may == s.Needed {
				t.Errorf("%s: %s is needed: %v", f.text(), s.Code, s.Needed)
			}
		}
	}
}

func doubts(c Conclusion) []string {
	var all []string
	for _, d := range c.Doubts {
		all = append(all, d.Code)
	}
	slices.Sort(all)
	return all
}

func TestTheOfficerIsAskedWhatTheRulesDoNotTell(t *testing.T) {
	for _, row := range []struct {
		says  string
		facts Facts
		want  []string
	}{
		{"banned", Facts{Banned, Inward, NoState, false, false, false, day(t, "2026-11-23")}, []string{"decree_replaced", "lists_incomplete"}},
		{"restricted before the amendment", Facts{Restricted, Inward, NoState, false, false, false, day(t, "2026-03-31")},
			[]string{"approval_filer", "decree_replaced", "licence_dossier", "licence_periods", "lists_incomplete"}},
		{"restricted after it: which authority", Facts{Restricted, Inward, NoState, false, false, false, day(t, "2026-04-01")},
			[]string{"approval_filer", "authority_restricted", "decree_replaced", "licence_dossier", "licence_periods", "lists_incomplete"}},
		{"all transfers licensed?", Facts{Free, Domestic, NoState, false, false, false, day(t, "2026-04-01")},
			[]string{"all_transfers_licensed", "decree_replaced", "domestic_filer", "lists_incomplete", "registration_dossier"}},
		{"not before the amendment", Facts{Free, Outward, NoState, false, false, false, day(t, "2025-12-31")},
			[]string{"authority_cross_border", "lists_incomplete", "registration_dossier"}},
		{"money not known", Facts{Free, Domestic, UnknownMoney, false, false, false, day(t, "2025-12-31")},
			[]string{"domestic_filer", "lists_incomplete", "money_unknown", "registration_dossier"}},
		{"an amendment of a licensed one", Facts{Restricted, Outward, NoState, false, true, false, day(t, "2025-12-31")},
			[]string{"amendment_restricted", "approval_filer", "licence_dossier", "licence_periods", "lists_incomplete"}},
	} {
		if diff := cmp.Diff(row.want, doubts(concluded(t, shipped(t), row.facts))); diff != "" {
			t.Errorf("%s:\n%s", row.says, diff)
		}
	}
}

func TestFactsThatAreNotToldAreRefusedBesideTheirField(t *testing.T) {
	_, err := shipped(t).Route(Facts{})
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid || len(f.Fields) != 4 {
		t.Fatalf("got %v", err)
	}
	_, err = shipped(t).Route(Facts{Class: Free, Direction: Domestic, StateMoney: NoState, Day: day(t, "2018-06-30")})
	if fault.KindOf(err) != fault.NotFound {
		t.Errorf("a day before the law: %v", err)
	}
}

func TestAContractTakesEffectByItsRoute(t *testing.T) {
	l, on := shipped(t), day(t, "2026-11-23")
	signed, agreed, late := day(t, "2026-12-01"), day(t, "2026-12-15"), day(t, "2027-01-20")
	free := Facts{Class: Free, Direction: Domestic, StateMoney: NoState, Day: on}
	inward := Facts{Class: Free, Direction: Inward, StateMoney: NoState, Day: on}
	restricted := Facts{Class: Restricted, Direction: Inward, StateMoney: NoState, Day: on}
	for _, row := range []struct {
		says    string
		facts   Facts
		dates   Dates
		want    when.Day
		article string
	}{
		{"a licensed one on the day of the licence", restricted, Dates{Signed: signed, Agreed: agreed, Licensed: late}, late, "24"},
		{"never before the licence", restricted, Dates{Signed: signed, Agreed: agreed, Certified: late}, when.Day{}, "24"},
		{"a registrable one on the day of the certificate", inward, Dates{Signed: signed, Agreed: agreed, Certified: late}, late, "24"},
		{"never before the certificate", inward, Dates{Signed: signed, Agreed: agreed}, when.Day{}, "24"},
		{"another one as agreed", free, Dates{Signed: signed, Agreed: agreed}, agreed, "24"},
		{"or else on the day of signing", free, Dates{Signed: signed}, signed, "24"},
		{"not before it is signed", free, Dates{}, when.Day{}, "24"},
		{"registered by choice before performance", free, Dates{Signed: signed, Agreed: agreed, Certified: late}, late, "31"},
		{"registered by choice when it was being performed", free, Dates{Signed: signed, Agreed: agreed, Certified: late, Performed: agreed}, agreed, "24"},
		{"registered by choice, performed after", free, Dates{Signed: signed, Certified: agreed, Performed: late}, agreed, "31"},
		{"a banned one never", Facts{Class: Banned, Direction: Inward, StateMoney: NoState, Day: on}, Dates{Signed: signed, Agreed: agreed, Licensed: late, Certified: late}, when.Day{}, ""},
	} {
		got, article := l.Effective(concluded(t, l, row.facts), row.dates)
		if got != row.want || article.Number != row.article {
			t.Errorf("%s: %s by %q, not %s by %q", row.says, got, article.Number, row.want, row.article)
		}
	}
}

func TestAllThatAPersonReadsIsTold(t *testing.T) {
	words, err := lang.Load(Texts)
	if err != nil {
		t.Fatal(err)
	}
	keys := []string{UnknownYear, Hit{}.Label(), Hit{Entry: Entry{Example: true}}.Label(), Appendix{}.Label()}
	for _, o := range Outcomes {
		keys = append(keys, o.Label(), o.Help())
	}
	for _, a := range Acts {
		keys = append(keys, a.Label(), a.Help())
	}
	for _, h := range Holders {
		keys = append(keys, h.Label())
	}
	for _, d := range Directions {
		keys = append(keys, d.Label())
	}
	for _, x := range trusts {
		keys = append(keys, x.Label(), x.Help())
	}
	for _, e := range []Event{Signing, Approval, Filing, CompleteFile} {
		keys = append(keys, e.Label())
	}
	keys = append(keys, Calendar.Term(), Working.Term(), OfHolder.Label(), OfAuthority.Label())
	for _, key := range keys {
		if !words.Has(key) {
			t.Errorf("%s is not told", key)
		}
	}
}
