package route

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"chonoi/internal/fault"
	"chonoi/internal/when"
)

const holidayHeader = "code,vi,en,day,kind,article,trust,source,valid_from,valid_to,legal_basis\n"

// aYear is a year with days that move, invented for the test: a long Tết, a day in lieu and a Saturday on which offices work.
const aYear = holidayHeader +
	"tet.1,Tết,Tết,2029-02-12,off,,text,test,,,a / b\n" +
	"tet.2,Tết,Tết,2029-02-13,off,,text,test,,,a / b\n" +
	"tet.3,Tết,Tết,2029-02-14,off,,text,test,,,a / b\n" +
	"tet.4,Tết,Tết,2029-02-15,off,,text,test,,,a / b\n" +
	"tet.5,Tết,Tết,2029-02-16,off,,text,test,,,a / b\n" +
	"instead,Làm bù,Worked instead,2029-02-24,working,,text,test,,,a / b\n"

func holidays(t testing.TB, files ...string) *Holidays {
	t.Helper()
	h, err := ShippedHolidays()
	if len(files) > 0 {
		h, err = LoadHolidays(shippedHolidayFiles(t), fstest.MapFS{"own.csv": {Data: []byte(strings.Join(files, ""))}})
	}
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestALimitEndsOnItsDay(t *testing.T) {
	l := shipped(t)
	for _, row := range []struct {
		says, clock, from, want string
		off                     *Holidays
	}{
		{"ninety days are calendar days", "registration_filing", "2026-11-23", "2027-02-21", holidays(t)},
		{"ninety days may end on a Sunday: the earlier day is the safe one", "registration_filing", "2026-11-23", "2027-02-21", holidays(t, aYear)},
		{"five working days over a weekend", "registration_certificate", "2026-11-19", "2026-11-26", holidays(t)},
		{"three working days from a Friday", "registration_completeness", "2026-11-20", "2026-11-25", holidays(t)},
		{"three working days from a Saturday", "registration_completeness", "2026-11-21", "2026-11-25", holidays(t)},
		{"over 30 April and 1 May", "registration_completeness", "2026-04-29", "2026-05-06", holidays(t)},
		{"without a calendar only weekends are off", "registration_completeness", "2026-04-29", "2026-05-04", nil},
		{"over National Day", "registration_certificate", "2026-09-01", "2026-09-09", holidays(t)},
		{"over New Year", "registration_completeness", "2026-12-31", "2027-01-06", holidays(t)},
		{"over a Tết that is loaded", "registration_certificate", "2029-02-09", "2029-02-23", holidays(t, aYear)},
		{"over a Tết that is not", "registration_certificate", "2029-02-09", "2029-02-16", holidays(t)},
		{"a Saturday on which offices work counts", "registration_completeness", "2029-02-22", "2029-02-26", holidays(t, aYear)},
		{"over the leap day", "approval_decision", "2028-02-10", "2028-03-11", holidays(t)},
		{"sixty days for the licence", "licence_filing", "2026-11-23", "2027-01-22", holidays(t)},
		{"fifteen days for the licence", "licence_decision", "2026-11-23", "2026-12-08", holidays(t)},
	} {
		got, err := l.Deadline(row.clock, day(t, row.from), row.off)
		if err != nil || got != day(t, row.want) {
			t.Errorf("%s: %s (%v), not %s", row.says, got, err, row.want)
		}
	}
	if _, err := l.Deadline("nothing", day(t, "2026-11-23"), nil); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an unknown clock: %v", err)
	}
	if _, err := l.Deadline("registration_filing", day(t, "2018-06-30"), nil); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a clock before the law: %v", err)
	}
}

func TestALimitThatMovesEndsOnAWorkingDay(t *testing.T) {
	c := Clock{Days: 10, Unit: Calendar, moves: true}
	if got := c.Deadline(day(t, "2029-02-02"), holidays(t, aYear)); got != day(t, "2029-02-19") {
		t.Errorf("got %s", got) // the 12th is Tết until Friday, then a weekend
	}
}

func TestALimitInWorkingDaysIsWhatTheHouseCounts(t *testing.T) {
	h := holidays(t)
	for from := day(t, "2026-01-01"); from.Year < 2028; from = from.AddDays(1) {
		want := when.WorkingDays(from, 5, func(d when.Day) bool { _, off := h.Of(d); return off })
		if got := (Clock{Days: 5, Unit: Working}).Deadline(from, h); got != want {
			t.Fatalf("from %s: %s, not %s", from, got, want)
		}
	}
}

func TestAYearWithoutItsMovingDaysIsTold(t *testing.T) {
	h := holidays(t, aYear)
	if diff := cmp.Diff([]int{2028, 2030}, h.Unknown(day(t, "2028-12-01"), day(t, "2030-01-05"))); diff != "" {
		t.Error(diff)
	}
	var none *Holidays
	if got := none.Unknown(day(t, "2028-12-01"), day(t, "2028-12-05")); len(got) != 1 {
		t.Errorf("no calendar knows %v", got)
	}
}

func TestAHolidayIsRefusedWithItsFileAndLine(t *testing.T) {
	for _, row := range []struct{ says, line, field, key string }{
		{"no day", "x,Một,One,2026-02-30,off,,text,s,,,a / b\n", "own.csv:2", "route.row_day"},
		{"a leap day comes back", "x,Một,One,02-29,off,,text,s,,,a / b\n", "", ""},
		{"told twice", "x,Một,One,2026-02-03,off,,text,s,,,a / b\ny,Hai,Two,2026-02-03,working,,text,s,,,a / b\n", "own.csv:3", "route.row_twice"},
		{"neither off nor working", "x,Một,One,2026-02-03,half,,text,s,,,a / b\n", "own.csv:2", "route.row_word"},
		{"no source", "x,Một,One,2026-02-03,off,,text,,,,a / b\n", "own.csv:2", "route.row_source"},
		{"a fixed day told twice", "x,Một,One,02-03,off,,text,s,,,a / b\ny,Hai,Two,02-03,off,,text,s,,2030-01-01,a / b\n", "own.csv:3", "route.row_twice"},
		{"a year in which nobody works", everyDay(), "own.csv:62", "route.rows_many"},
	} {
		_, err := LoadHolidays(fstest.MapFS{"own.csv": {Data: []byte(holidayHeader + row.line)}})
		refused(t, row.says, err, row.field, row.key)
	}
}

func everyDay() string {
	var b strings.Builder
	for d := (when.Day{Year: 2000, Month: 1, Date: 1}); d.Year == 2000; d = d.AddDays(1) {
		b.WriteString("x,Một,One," + d.String()[5:] + ",off,,text,s,,,a / b\n")
	}
	return b.String()
}
