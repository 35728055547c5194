package document

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// value turns the cell at hand into what it says, or tells what is amiss with it.
func (s *sheet) value(at found) (Cell, *RowFault) {
	text := string(s.text.bytes)
	if s.text.long {
		return Cell{}, s.amiss(at.column, "document.cell_too_long", "N", s.book.limits.Cell)
	}
	if at.formula && (!at.valued || text == "" && at.kind != "str") {
		return Cell{}, s.amiss(at.column, "document.cell_not_computed")
	}
	switch at.kind {
	case "s":
		if strings.TrimSpace(text) == "" {
			return Cell{}, nil
		}
		i, err := strconv.Atoi(strings.TrimSpace(text))
		text, fits, ok := s.book.shared.at(i)
		if err != nil || !ok {
			return Cell{}, s.amiss(at.column, "document.cell_broken")
		}
		if !fits {
			return Cell{}, s.amiss(at.column, "document.cell_too_long", "N", s.book.limits.Cell)
		}
		return s.textual(at, text)
	case "str", "inlineStr":
		return s.textual(at, string(unescape(s.text.bytes)))
	case "b":
		if text == "" {
			return Cell{}, nil
		}
		return Cell{Flag, strconv.FormatBool(text == "1" || text == "true")}, nil
	case "e":
		return Cell{Text, text}, s.amiss(at.column, "document.cell_is_error", "Value", shorten(text))
	case "d":
		return isoDate(text), nil
	}
	text = strings.TrimSpace(text)
	if text == "" {
		return Cell{}, nil
	}
	n, ok := number(text)
	if !ok {
		return s.textual(at, text)
	}
	if at.style >= 0 && at.style < len(s.book.dates) && s.book.dates[at.style] {
		if cell, ok := dated(n, s.book.date1904); ok {
			return cell, nil
		}
	}
	return Cell{Number, figure(n)}, nil
}

func (s *sheet) textual(at found, text string) (Cell, *RowFault) {
	cell, key := textCell(text, s.book.limits.Cell)
	if key != "" {
		return cell, s.amiss(at.column, key, "N", s.book.limits.Cell)
	}
	return cell, nil
}

// unescape turns _x0041_ back into the character that it stands for, in place.
func unescape(text []byte) []byte {
	if !bytes.Contains(text, []byte("_x")) {
		return text
	}
	out := text[:0]
	for i := 0; i < len(text); {
		unit, ok := escaped(text[i:])
		if !ok {
			out = append(out, text[i])
			i++
			continue
		}
		i += 7
		r := rune(unit)
		if utf16.IsSurrogate(r) {
			if low, ok := escaped(text[i:]); ok {
				if pair := utf16.DecodeRune(r, rune(low)); pair != utf8.RuneError {
					r = pair
					i += 7
				}
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

func escaped(text []byte) (uint16, bool) {
	if len(text) < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return uint16(n), err == nil
}

// number reads a decimal number; what Go would read beyond that (hex, Inf) is none.
func number(text string) (float64, bool) {
	if strings.Trim(text, "0123456789+-.eE") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil && !math.IsInf(n, 0)
}

// figure writes a number in the fifteen digits that Excel shows, so that 0.1 + 0.2 is 0.3.
func figure(n float64) string {
	n, _ = strconv.ParseFloat(strconv.FormatFloat(n, 'g', excelDigits, 64), 64)
	if n == 0 {
		return "0"
	}
	if size := math.Abs(n); size >= 1e21 || size < 1e-9 {
		return strconv.FormatFloat(n, 'e', -1, 64)
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

const excelDigits = 15

// dated turns a day number of Excel into a day, a moment, or a time of day when it is below one.
func dated(n float64, from1904 bool) (Cell, bool) {
	if n < 0 || n >= 2958466 { // 10000-01-01
		return Cell{}, false
	}
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if from1904 {
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	} else if n < 60 { // Excel counts a 29 February 1900
		start = start.AddDate(0, 0, 1)
	}
	days, part := math.Modf(n)
	t := start.AddDate(0, 0, int(days)).Add(time.Duration(math.Round(part*86400)) * time.Second)
	switch {
	case part == 0:
		return Cell{Day, t.Format(time.DateOnly)}, true
	case days == 0:
		return Cell{Moment, t.Format(time.TimeOnly)}, true
	}
	return Cell{Moment, t.Format("2006-01-02T15:04:05")}, true
}

func isoDate(text string) Cell {
	text = strings.TrimSuffix(strings.TrimSpace(text), "Z")
	for _, form := range []string{"2006-01-02T15:04:05.999", "2006-01-02T15:04", time.DateOnly} {
		t, err := time.Parse(form, text)
		switch {
		case err != nil:
		case form == time.DateOnly || t.Equal(t.Truncate(24*time.Hour)):
			return Cell{Day, t.Format(time.DateOnly)}
		default:
			return Cell{Moment, t.Format("2006-01-02T15:04:05")}
		}
	}
	cell, _ := textCell(text, excelCell)
	return cell
}

// builtInDate reports the number formats of Excel's own list that show dates or times.
func builtInDate(id string) bool {
	n, err := strconv.Atoi(id)
	return err == nil && (n >= 14 && n <= 22 || n >= 27 && n <= 36 || n >= 45 && n <= 47 || n >= 50 && n <= 58)
}

// tellsDate reports a number format that shows a date or time: one with a letter for it outside
// quotes, escapes and brackets, of which only elapsed time such as [h] counts.
func tellsDate(code string) bool {
	quoted, bracket := false, -1
	for i := 0; i < len(code); i++ {
		c := code[i]
		switch {
		case quoted:
			quoted = c != '"'
		case bracket >= 0:
			if c == ']' {
				inner := strings.ToLower(code[bracket:i])
				if inner != "" && strings.Trim(inner, inner[:1]) == "" && strings.Contains("hms", inner[:1]) {
					return true
				}
				bracket = -1
			}
		case c == '"':
			quoted = true
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '[':
			bracket = i + 1
		case strings.IndexByte("dDmMyYhHsS", c) >= 0:
			return true
		}
	}
	return false
}
