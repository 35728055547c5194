package sense

import (
	"fmt"
	"strconv"
	"time"
)

// day is a day or a month as printed; a part that is not printed is 0.
type day struct{ year, month, day int }

func (d day) iso() string {
	if d.year == 0 || d.month == 0 || d.day == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// real reports whether the calendar has this day.
func (d day) real() bool {
	year := d.year
	if year == 0 {
		year = 2000
	}
	if d.day == 0 {
		return d.month >= 1 && d.month <= 12
	}
	t := time.Date(year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
	return d.month >= 1 && d.month <= 12 && t.Day() == d.day
}

// lastDay returns the last day of a month.
func lastDay(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func (p *passage) number(i, low, high int) (int, bool) {
	if i < 0 || i >= len(p.words) || p.words[i].shape != digits || len(p.words[i].key) > 5 {
		return 0, false
	}
	n, err := strconv.Atoi(p.words[i].key)
	return n, err == nil && n >= low && n <= high
}

func (p *passage) year(i int) (int, bool) { return p.number(i, 1900, 2199) }

// dateAt reads a day at word i, after "ngày": "05/8/2020", "5-8-2020", "05 tháng 8 năm 2020",
// "mồng năm tháng Tám năm 2020", and the same without year. It returns after how many words it ends.
func (p *passage) dateAt(i int) (day, int) {
	if d, n := p.datesOfDigits(i); n > 0 {
		if year, ok := p.year(i + n + 1); ok && d.year == 0 && p.is(i+n, "năm") { // 30/6 năm 2026
			return day{year, d.month, d.day}, n + 2
		}
		return d, n
	}
	k := i
	if p.mong(k) {
		k++
	}
	first, n := p.count(k, 31)
	if n == 0 {
		return day{}, 0
	}
	k += n
	if !p.is(k, "thang1") {
		return day{}, 0
	}
	month, m := p.monthAt(k + 1)
	if m == 0 {
		return day{}, 0
	}
	d := day{0, month, first}
	k += 1 + m
	if p.is(k, ",") && p.is(k+1, "năm") {
		if _, y := p.yearAt(k + 2); y > 0 {
			k++
		}
	}
	if p.is(k, "năm") {
		if year, y := p.yearAt(k + 1); y > 0 {
			d.year, k = year, k+1+y
		}
	} else if p.is(k, "/", "-") {
		if year, ok := p.year(k + 1); ok {
			d.year, k = year, k+2
		}
	}
	if !d.real() {
		return day{}, 0
	}
	return d, k - i
}

func (p *passage) mong(i int) bool {
	return i < len(p.words) && (p.words[i].bare() == "mông" || p.words[i].bare() == "mung")
}

// datesOfDigits reads 05/8/2020, 05-8-2020, 05.8.2020 and, with a slash, 05/8.
func (p *passage) datesOfDigits(i int) (day, int) {
	first, ok := p.number(i, 1, 31)
	if !ok || len(p.words[i].key) > 2 || !p.is(i+1, "/", "-", ".") {
		return day{}, 0
	}
	month, ok := p.number(i+2, 1, 12)
	if !ok || len(p.words[i+2].key) > 2 {
		return day{}, 0
	}
	d := day{0, month, first}
	if p.is(i+3, p.words[i+1].key) {
		if year, ok := p.year(i + 4); ok {
			d.year = year
			if d.real() {
				return d, 5
			}
			return day{}, 0
		}
	}
	if p.is(i+1, "/") && d.real() && !(p.is(i+3, "/") && p.joined(i+3)) {
		return d, 3
	}
	return day{}, 0
}

// monthAt reads the number or the name of a month: 8, Tám, tư, giêng, chạp.
func (p *passage) monthAt(i int) (int, int) {
	if n, ok := p.number(i, 1, 12); ok {
		return n, 1
	}
	switch {
	case p.is(i, "giêng"):
		return 1, 1
	case p.is(i, "tư"):
		return 4, 1
	case p.is(i, "chap5"):
		return 12, 1
	}
	return p.count(i, 12)
}

// yearAt reads a year in digits or in words ("hai nghìn không trăm hai mươi tư").
func (p *passage) yearAt(i int) (int, int) {
	if y, ok := p.year(i); ok {
		return y, 1
	}
	if n, k := p.spoken(i); n >= 1900 && n < 2200 {
		return n, k
	}
	return 0, 0
}
