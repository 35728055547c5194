package route

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

const entryHeader = "code,vi,en,list,direction,keywords,kind,article,trust,source,valid_from,valid_to,legal_basis\n"

// ownEntries are invented for the test.
const ownEntries = entryHeader +
	"in.1,Máy chì,Lead machine,restricted,inward|domestic,nấu chì; lead smelting,entry,,text,test,2018-07-01,,a / b\n" +
	"in.2,Máy than,Coal machine,restricted,inward|domestic,lò than,entry,,text,test,2018-07-01,2026-12-31,a / b\n" +
	"out.1,Giống lúa,Rice seed,restricted,outward,giống lúa gốc,entry,,text,test,2018-07-01,,a / b\n" +
	"good.1,Pin mặt trời,Solar cell,encouraged,*,pin mặt trời,entry,,text,test,2018-07-01,,a / b\n"

func withEntries(t testing.TB) *Law {
	t.Helper()
	l, err := Load(folder(copied(t), ""), fstest.MapFS{"screening/own.csv": {Data: []byte(ownEntries)}})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestATextIsScreenedByWholeWordsAndWithoutMarks(t *testing.T) {
	l := withEntries(t)
	for _, row := range []struct {
		says, text string
		direction  Direction
		on         string
		want       []string // code, and ! when its marks are there
	}{
		{"with marks", "Dây chuyền nấu chì mới.", Inward, "2026-11-23", []string{"in.1!"}},
		{"without marks", "day chuyen NAU CHI moi", Inward, "2026-11-23", []string{"in.1"}},
		{"in English, over a hyphen and a line", "A lead-\nsmelting plant", Domestic, "2026-11-23", []string{"in.1!"}},
		{"not within a word", "nấu chìm, mislead smelting", Inward, "2026-11-23", nil},
		{"not in the other direction", "nấu chì", Outward, "2026-11-23", nil},
		{"outward has its own", "Giống lúa gốc ST25", Outward, "2026-11-23", []string{"out.1!"}},
		{"an entry that has ended", "lò than", Inward, "2027-01-01", nil},
		{"on its last day", "lò than", Inward, "2026-12-31", []string{"in.2!"}},
		{"the gravest first", "Pin mặt trời, nấu chì và chất phóng xạ", Inward, "2026-11-23",
			[]string{"banned.radioactive!", "restricted.radioactive!", "in.1!", "good.1!"}},
		{"marks in another order of writing", "na\u0302\u0301u chi\u0300", Inward, "2026-11-23", []string{"in.1!"}},
		{"nothing", "", Inward, "2026-11-23", nil},
		{"before the law", "nấu chì", Inward, "2018-06-30", nil},
	} {
		var got []string
		for _, h := range l.Screen(row.text, row.direction, day(t, row.on)) {
			code := h.Entry.Code
			if h.Exact {
				code += "!"
			}
			if len(h.Found) == 0 {
				t.Errorf("%s: %s does not tell what was found", row.says, code)
			}
			got = append(got, code)
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s:\n%s", row.says, diff)
		}
	}
}

func TestTheShippedListsHoldExamplesOnlyAndSaySo(t *testing.T) {
	l := shipped(t)
	for _, e := range l.entries {
		if !e.Example || e.Article.Trust != SecondHand {
			t.Errorf("%s is shipped as an entry of the official list", e.Code)
		}
	}
	all := 0
	for _, a := range l.Appendices(day(t, "2026-11-23")) {
		all += a.Entries
		if a.Loaded != 0 {
			t.Errorf("%s counts %d entries as loaded", a.Code, a.Loaded)
		}
	}
	if all != 233 {
		t.Errorf("the official lists have %d entries", all)
	}
}

func TestTheDoubtAboutTheListsEndsWhenTheyAreLoaded(t *testing.T) {
	l := withEntries(t)
	loaded := map[string]int{}
	for i := range l.appendices {
		l.appendices[i].Entries = 0 // as if the official lists were as long as what is loaded
	}
	for _, a := range l.Appendices(day(t, "2026-11-23")) {
		loaded[a.Code] = a.Loaded
	}
	if diff := cmp.Diff(map[string]int{"encouraged": 1, "restricted_inward": 2, "restricted_outward": 1, "banned_inward": 0, "banned_outward": 0}, loaded); diff != "" {
		t.Error(diff)
	}
	for _, code := range doubts(concluded(t, l, Facts{Class: Free, Direction: Inward, StateMoney: NoState, Day: day(t, "2026-11-23")})) {
		if code == "lists_incomplete" {
			t.Error("the officer is still asked")
		}
	}
	if n := len(l.Entries(Restricted, day(t, "2026-11-23"))); n != 7 {
		t.Errorf("%d restricted entries and examples", n)
	}
}
