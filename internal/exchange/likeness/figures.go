package likeness

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chonoi/internal/lang"
)

// units are units and multiples as either language writes them, brought to one form.
var units = map[string]string{
	"gio": "h", "h": "h", "hour": "h", "hours": "h", "phut": "min", "min": "min", "minute": "min", "minutes": "min", "giay": "s", "second": "s", "seconds": "s",
	"ngay": "d", "day": "d", "days": "d", "tuan": "wk", "week": "wk", "weeks": "wk", "thang": "mo", "month": "mo", "months": "mo", "nam": "y", "year": "y", "years": "y",
	"tan": "t", "t": "t", "tonne": "t", "tonnes": "t", "ton": "t", "tons": "t", "kg": "kg", "g": "g", "mg": "mg", "lit": "l", "l": "l", "litre": "l", "litres": "l", "ml": "ml",
	"trieu": "m", "million": "m", "ty": "bn", "billion": "bn", "nghin": "k", "ngan": "k", "thousand": "k", "dong": "vnd",
	"met": "m1", "m": "m1", "metre": "m1", "metres": "m1", "km": "km", "cm": "cm", "mm": "mm", "ha": "ha", "hectare": "ha", "hectares": "ha", "mau": "mau",
	"%": "%", "percent": "%", "phantram": "%", "°c": "c", "doc": "c", "w": "w", "kw": "kw", "kwh": "kwh", "v": "v", "hp": "hp", "ppm": "ppm", "bar": "bar",
}

// figures are the numbers of a text, each alone and with its unit, as both languages tell them: the
// decimal comma of one is the decimal point of the other. Single digits alone say nothing.
func figures(text string) []string {
	var all []string
	for at := 0; at < len(text); {
		from := strings.IndexAny(text[at:], "0123456789")
		if from < 0 {
			break
		}
		from += at
		to := from
		for to < len(text) && (isDigit(text[to]) || (text[to] == '.' || text[to] == ',') && to+1 < len(text) && isDigit(text[to+1])) {
			to++
		}
		at = to
		number := plainNumber(text[from:to])
		if unit := units[unitAt(text[to:])]; unit != "" {
			all = append(all, number+unit)
		} else if len(number) > 1 {
			all = append(all, number)
		}
	}
	return all
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// longestUnit is how many letters and signs a unit has at most.
const longestUnit = 9

// unitAt returns the word or the sign that stands right behind a number, without marks.
func unitAt(text string) string {
	text = strings.TrimPrefix(text, " ")
	if strings.HasPrefix(text, "%") {
		return "%"
	}
	sign := strings.HasPrefix(text, "°")
	text = strings.TrimPrefix(strings.TrimPrefix(text, "°"), " ")
	n, end := 0, 0
	for i, r := range text {
		if !unicode.IsLetter(r) || n == longestUnit {
			break
		}
		n, end = n+1, i+utf8.RuneLen(r)
	}
	unit := lang.Fold(text[:end])
	if sign {
		unit = "°" + unit
	}
	return unit
}

// plainNumber writes 1,6 and 1.6 alike, and 1.250 as 1,250: three digits behind a single mark are
// thousands.
func plainNumber(text string) string {
	at := strings.LastIndexAny(text, ".,")
	if at < 0 {
		return strings.TrimLeft(text, "0")
	}
	whole := strings.NewReplacer(".", "", ",", "").Replace(text[:at])
	if rest := text[at+1:]; len(rest) != 3 {
		return whole + "." + rest
	}
	return whole + text[at+1:]
}

// Carried are the words of a text that stand in a translation as they are: numbers and names.
func Carried(text string) []string {
	all := names(text)
	for _, w := range Words(text) {
		if len(w) > 1 && isDigit(w[0]) {
			all = append(all, w)
		}
	}
	return all
}

// names are the words of a text that both languages write alike: with two capitals, or letters and digits mixed.
func names(text string) []string {
	var all []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		capitals, digits, letters := 0, 0, 0
		for _, r := range w {
			switch {
			case unicode.IsDigit(r):
				digits++
			case unicode.IsUpper(r):
				capitals++
				letters++
			default:
				letters++
			}
		}
		if letters > 0 && (capitals > 1 || (digits > 0 && letters+digits > 2)) {
			all = append(all, lang.Fold(w))
		}
	}
	return all
}
