package route

import (
	"io/fs"
	"time"

	"chonoi/internal/lang"
	"chonoi/internal/when"
	"chonoi/lists"
)

// Holidays is the calendar of public holidays. It belongs to no edition: a new year's days count for
// running deals too. A nil calendar knows only Saturdays and Sundays.
type Holidays struct {
	fixed []DayOff
	dated map[when.Day]DayOff
	years map[int]bool
}

// DayOff is a public holiday, or a weekend day on which offices work instead of another.
type DayOff struct {
	Code    string
	Name    lang.Both
	Day     when.Day // of a fixed day the year is 0: it comes back each year
	Works   bool     // offices work on that day
	Article Article
}

const mostFixed = 60

// ShippedHolidays returns the days that come with the program: only those fixed to a date.
func ShippedHolidays() (*Holidays, error) {
	files, err := fs.Sub(lists.Law, "law/holidays")
	if err != nil {
		return nil, err
	}
	return LoadHolidays(files)
}

// LoadHolidays reads every CSV of folders; all days count. It refuses, with a fault that names file
// and line, what cannot be read and a dated day that is told twice.
func LoadHolidays(folders ...fs.FS) (*Holidays, error) {
	h := &Holidays{dated: map[when.Day]DayOff{}, years: map[int]bool{}}
	r := newReader()
	for _, folder := range folders {
		files, err := csvOf(folder, ".")
		if err != nil {
			return nil, err
		}
		for _, name := range files {
			data, err := readLimited(folder, name)
			if err != nil {
				return nil, err
			}
			h.read(r, name, data)
		}
	}
	return h, r.fault()
}

func (h *Holidays) read(r *reader, name string, data []byte) {
	for _, row := range r.rows(name, data, "code", "vi", "en", "day", "kind") {
		d := DayOff{Code: row.code(), Name: row.both(), Works: row.word("kind", "off", "working") == "working", Article: row.article()}
		text := row.cells["day"]
		if t, err := time.Parse("2006-01-02", "2000-"+text); err == nil {
			d.Day = when.Day{Month: t.Month(), Date: t.Day()}
			h.addFixed(row, d)
			continue
		}
		day, err := when.ParseDay(text)
		_, twice := h.dated[day]
		switch {
		case err != nil || day.Zero():
			row.amiss("route.row_day", "Value", short(text))
		case twice:
			row.amiss("route.row_twice", "Value", short(text))
		default:
			d.Day = day
			h.dated[day] = d
			h.years[day.Year] = true
		}
	}
}

// addFixed takes a day that comes back each year. There are few, so that some day is always worked.
func (h *Holidays) addFixed(row row, d DayOff) {
	for _, other := range h.fixed {
		if other.Day == d.Day && overlap(other.Article, d.Article) {
			row.amiss("route.row_twice", "Value", row.cells["day"])
			return
		}
	}
	if len(h.fixed) >= mostFixed {
		row.amiss("route.rows_many", "Most", mostFixed)
		return
	}
	h.fixed = append(h.fixed, d)
}

// Of returns what is told of a day, the dated word before the fixed one; false when nothing is.
func (h *Holidays) Of(day when.Day) (DayOff, bool) {
	if h == nil {
		return DayOff{}, false
	}
	if d, ok := h.dated[day]; ok && d.Article.ValidOn(day) {
		return d, true
	}
	for _, d := range h.fixed {
		if d.Day.Month == day.Month && d.Day.Date == day.Date && d.Article.ValidOn(day) {
			return d, true
		}
	}
	return DayOff{}, false
}

// Working reports whether offices work on a day.
func (h *Holidays) Working(day when.Day) bool {
	if d, ok := h.Of(day); ok {
		return d.Works
	}
	weekday := day.Start().Weekday()
	return weekday != time.Saturday && weekday != time.Sunday
}

// UnknownYear is the key of the sentence on a Year (as a text) of which no dated day was loaded.
const UnknownYear = "route.holidays_unknown"

// Unknown lists the years from one day to another of which no dated day was loaded, so that the days
// that move (Tết, Hùng Kings) are missing and a limit in working days may end too early.
func (h *Holidays) Unknown(from, to when.Day) []int {
	var years []int
	for year := from.Year; year <= to.Year; year++ {
		if h == nil || !h.years[year] {
			years = append(years, year)
		}
	}
	return years
}
