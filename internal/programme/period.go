package programme

import (
	"time"

	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Settings are the numbers of the programme that an administrator may change. The day on which the
// month's figures are closed is told of Decree 09/2019/NĐ-CP as 14 or 15; its own text was not at hand.
var Settings = []record.Setting{
	{Name: "plan_review.cut_off_day", Usual: 14, Least: 1, Most: 31},
}

// CutOff returns the day of the month on which the figures of a monthly review are closed.
func (x *Programme) CutOff() int { return int(x.Config.Settings.Int("plan_review.cut_off_day")) }

// MonthOf returns the last month of a monthly review that is over on a day: it ends on the cut-off
// day of its month, on the last one where the month is shorter, and begins on the day after the
// cut-off day before.
func MonthOf(today when.Day, cutOff int) (from, to when.Day) {
	to = cut(today.Year, today.Month, cutOff)
	if to.After(today) {
		to = cut(today.Year, today.Month-1, cutOff)
	}
	return cut(to.Year, to.Month-1, cutOff).AddDays(1), to
}

// cut returns the cut-off day of a month; month 0 is December of the year before.
func cut(year int, month time.Month, day int) when.Day {
	first := time.Date(year, month, 1, 0, 0, 0, 0, when.Zone)
	last := first.AddDate(0, 1, -1).Day()
	return when.DayOf(first.AddDate(0, 0, min(day, last)-1))
}
