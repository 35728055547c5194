package document

import (
	"strings"
	"unicode/utf8"

	"chonoi/internal/lang"
)

const (
	excelCell  = 32767 // UTF-16 units that Excel keeps of a cell
	foundBytes = 2000  // what a row fault keeps of a bad line
	foundChars = 200   // what a person is shown of it
	cutMark    = "…"
)

// shorten is a text as it may be shown to a person beside a fault: one clean line, and not long.
func shorten(text string) string {
	text = strings.Join(strings.Fields(lang.Clean(text)), " ")
	if utf8.RuneCountInString(text) <= foundChars {
		return text
	}
	return string([]rune(text)[:foundChars-1]) + cutMark
}

// legal drops what has no place in a sheet: bytes that are no UTF-8, control characters but tab and
// line ends, and the two code points that XML forbids.
func legal(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t', r == '\n', r == '\r':
			return r
		case r < ' ', r == 0x7f, r == 0xfffe, r == 0xffff:
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

// cut shortens a text to what Excel keeps of a cell, counted as Excel counts, and marks the cut.
func cut(text string, units int) (string, bool) {
	if len(text) <= units {
		return text, false
	}
	n, keep := 0, 0
	for i, r := range text {
		if n <= units-1 {
			keep = i
		}
		n++
		if r > 0xffff {
			n++
		}
	}
	if n <= units {
		return text, false
	}
	return text[:keep] + cutMark, true
}

// wakes reports a text that a spreadsheet would take for a formula when it opens a CSV file, behind
// any apostrophes: it begins with = + - @ (also in their wide forms), a tab or a line end.
func wakes(text string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, "'"))
	return strings.ContainsRune("=+-@＝＋－＠\t\r\n", r) && r != utf8.RuneError
}

// quiet sets an apostrophe before a text that would wake a spreadsheet, and before one that began
// with such an apostrophe already, so that unquiet gives back exactly what was there.
func quiet(text string) string {
	if wakes(text) {
		return "'" + text
	}
	return text
}

func unquiet(text string) string {
	if strings.HasPrefix(text, "'") && wakes(text) {
		return text[1:]
	}
	return text
}
