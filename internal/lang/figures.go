package lang

import (
	"strconv"
	"strings"
	"time"

	"chonoi/internal/when"
)

// Number writes n with the tongue's thousands mark: 1.284 or 1,284.
func Number(t Tag, n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	mark := "."
	if t == En {
		mark = ","
	}
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(mark)
		}
		b.WriteRune(d)
	}
	return sign + b.String()
}

// Decimal writes a decimal told with a point in the tongue's way: 0,64 or 0.64.
func Decimal(t Tag, s string) string {
	whole, part, dotted := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return s
	}
	head := Number(t, n)
	if strings.HasPrefix(whole, "-") && n == 0 {
		head = "−" + head
	}
	switch {
	case !dotted:
		return head
	case t == En:
		return head + "." + part
	}
	return head + "," + part
}

// Money writes whole đồng as people say it: 385 triệu đồng, 4,5 tỷ đồng, VND 385 million.
// A sum that does not round to three decimals of its unit is written out in full.
func Money(t Tag, dong int64) string {
	unit, vi, en := int64(1), "đồng", ""
	switch {
	case dong >= 1_000_000_000 && dong%1_000_000 == 0:
		unit, vi, en = 1_000_000_000, "tỷ đồng", " billion"
	case dong >= 1_000_000 && dong%1_000 == 0:
		unit, vi, en = 1_000_000, "triệu đồng", " million"
	}
	figure := strconv.FormatInt(dong/unit, 10)
	if rest := dong % unit; rest > 0 {
		digits := strconv.FormatInt(unit+rest, 10)[1:]
		figure += "." + strings.TrimRight(digits, "0")
	}
	if t == En {
		return "VND " + Decimal(t, figure) + en
	}
	return Decimal(t, figure) + " " + vi
}

// Date writes the day of an instant in the city's zone: 20/11/2026 or 20 Nov 2026.
func Date(t Tag, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	if t == En {
		return at.In(when.Zone).Format("2 Jan 2006")
	}
	return at.In(when.Zone).Format("02/01/2006")
}

// DateTime writes an instant in the city's zone: 20/11/2026 09:41 or 20 Nov 2026, 09:41.
func DateTime(t Tag, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	if t == En {
		return at.In(when.Zone).Format("2 Jan 2006, 15:04")
	}
	return at.In(when.Zone).Format("02/01/2006 15:04")
}

// Day writes a calendar day like Date.
func Day(t Tag, d when.Day) string {
	if d.Zero() {
		return ""
	}
	return Date(t, d.Start())
}
