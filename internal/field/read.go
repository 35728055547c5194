package field

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// Lists answers whether a code stands in a code list today.
type Lists interface {
	Has(list, code string) bool
}

// Given returns the texts typed or imported for a column, and whether the column was there at all.
type Given func(column string) (texts []string, there bool)

// Read sets the facts of r from what was given, and leaves those alone that were not given. What
// cannot be read is a fault beside its column, and the fact keeps its former value; nothing else is lost.
func (s Set[T]) Read(r *T, given Given, lists Lists) []fault.FieldFault {
	var amiss []fault.FieldFault
	for _, f := range s {
		if f.Fixed {
			continue
		}
		for _, column := range f.Columns() {
			texts, there := given(column)
			if !there {
				continue
			}
			if wrong := f.read(r, column, texts, lists); wrong != nil {
				amiss = append(amiss, *wrong)
			}
		}
	}
	return amiss
}

func (f Field[T]) read(r *T, column string, texts []string, lists Lists) *fault.FieldFault {
	one := ""
	if len(texts) > 0 {
		one = lang.Clean(texts[0])
	}
	switch f.Kind {
	case KindText, KindBoth:
		return f.readText(r, column, one)
	case KindInt, KindMoney:
		return f.readNumber(r, column, one)
	case KindFlag:
		on, ok := parseFlag(one)
		if !ok {
			return &fault.FieldFault{Field: column, Key: "field.not_a_flag"}
		}
		*f.flag(r) = on
	case KindCode:
		if one != "" && !lists.Has(f.List, one) {
			return &fault.FieldFault{Field: column, Key: "field.not_in_list", Args: []any{"Code", short(one)}}
		}
		*f.text(r) = one
	case KindCodes:
		return f.readCodes(r, column, texts, lists)
	case KindDay:
		day, err := when.ParseDay(one)
		if err != nil {
			return &fault.FieldFault{Field: column, Key: "field.not_a_day"}
		}
		*f.day(r) = day
	}
	return nil
}

func (f Field[T]) readText(r *T, column, text string) *fault.FieldFault {
	if !f.Lines {
		text = strings.Join(strings.Fields(text), " ")
	}
	if n := utf8.RuneCountInString(text); int64(n) > f.Most {
		return &fault.FieldFault{Field: column, Key: "field.too_long", Args: []any{"N", n, "Most", f.Most}}
	}
	switch {
	case f.Kind == KindText:
		*f.text(r) = text
	case strings.HasSuffix(column, "_en"):
		f.both(r).En = text
	default:
		f.both(r).Vi = text
	}
	return nil
}

func (f Field[T]) readNumber(r *T, column, text string) *fault.FieldFault {
	if text == "" {
		*f.whole(r) = 0
		return nil
	}
	n, ok := parseWhole(text)
	if !ok {
		return &fault.FieldFault{Field: column, Key: "field.not_a_number"}
	}
	if n != 0 && (n < f.Least || n > f.Most) || n < 0 {
		return &fault.FieldFault{Field: column, Key: "field.out_of_range", Args: []any{"Least", f.Least, "Most", f.Most}}
	}
	*f.whole(r) = n
	return nil
}

func (f Field[T]) readCodes(r *T, column string, texts []string, lists Lists) *fault.FieldFault {
	var codes []string
	for _, text := range texts {
		for _, code := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' }) {
			code = lang.Clean(code)
			if code == "" || slices.Contains(codes, code) {
				continue
			}
			if !lists.Has(f.List, code) {
				return &fault.FieldFault{Field: column, Key: "field.not_in_list", Args: []any{"Code", short(code)}}
			}
			codes = append(codes, code)
		}
	}
	*f.codes(r) = codes
	return nil
}

// parseWhole reads a whole number as it is typed in either tongue: 1284, 1.284, 1,284, 1 284.
func parseWhole(text string) (int64, bool) {
	var digits strings.Builder
	group := -1 // digits since the last mark; -1 before the first
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits.WriteRune(r)
			if group >= 0 {
				group++
			}
		case r == '.' || r == ',' || r == ' ' || r == '\u00a0':
			if digits.Len() == 0 || (group >= 0 && group != 3) {
				return 0, false
			}
			group = 0
		default:
			return 0, false
		}
	}
	if group >= 0 && group != 3 || digits.Len() > 18 {
		return 0, false
	}
	n, err := strconv.ParseInt(digits.String(), 10, 64)
	return n, err == nil
}

func parseFlag(text string) (on, ok bool) {
	switch lang.Fold(text) {
	case "1", "true", "on", "yes", "co", "x":
		return true, true
	case "", "0", "false", "off", "no", "khong":
		return false, true
	}
	return false, false
}

func short(s string) string {
	if utf8.RuneCountInString(s) > 40 {
		return string([]rune(s)[:40]) + "…"
	}
	return s
}

// Missing lists the needed facts that r does not tell. A text of two tongues is told when either is.
func (s Set[T]) Missing(r *T) []Field[T] {
	var all []Field[T]
	for _, f := range s {
		if f.Must && f.Empty(r) {
			all = append(all, f)
		}
	}
	return all
}
