package field

import (
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// Set is the facts of a record, in the order in which they are asked and shown.
type Set[T any] []Field[T]

// Named returns the fact of that name, which must exist.
func (s Set[T]) Named(name string) Field[T] {
	for _, f := range s {
		if f.Name == name {
			return f
		}
	}
	panic("no field " + name)
}

// Columns lists the stored names of all facts.
func (s Set[T]) Columns() []string {
	var all []string
	for _, f := range s {
		all = append(all, f.Columns()...)
	}
	return all
}

// Values returns what is stored of r, in the order of Columns.
func (s Set[T]) Values(r *T) []any {
	var all []any
	for _, f := range s {
		switch f.Kind {
		case KindBoth:
			b := f.both(r)
			all = append(all, b.Vi, b.En)
		case KindInt, KindMoney:
			all = append(all, *f.whole(r))
		case KindFlag:
			n := 0
			if *f.flag(r) {
				n = 1
			}
			all = append(all, n)
		default:
			all = append(all, f.Stored(r, f.Name))
		}
	}
	return all
}

// Targets returns where a row is read into, in the order of Columns.
func (s Set[T]) Targets(r *T) []any {
	var all []any
	for _, f := range s {
		switch f.Kind {
		case KindText, KindCode:
			all = append(all, f.text(r))
		case KindBoth:
			b := f.both(r)
			all = append(all, &b.Vi, &b.En)
		case KindInt, KindMoney:
			all = append(all, f.whole(r))
		case KindFlag:
			all = append(all, flagScan{f.flag(r)})
		case KindCodes:
			all = append(all, codesScan{f.codes(r)})
		case KindDay:
			all = append(all, dayScan{f.day(r)})
		}
	}
	return all
}

// Stored returns the text of one stored column of r: codes joined by commas, a day as
// 2006-01-02, yes as 1, a number that is not told as the empty text.
func (f Field[T]) Stored(r *T, column string) string {
	switch f.Kind {
	case KindText, KindCode:
		return *f.text(r)
	case KindBoth:
		if strings.HasSuffix(column, "_en") {
			return f.both(r).En
		}
		return f.both(r).Vi
	case KindInt, KindMoney:
		if *f.whole(r) == 0 {
			return ""
		}
		return strconv.FormatInt(*f.whole(r), 10)
	case KindFlag:
		if *f.flag(r) {
			return "1"
		}
		return ""
	case KindCodes:
		return strings.Join(*f.codes(r), ",")
	case KindDay:
		return f.day(r).String()
	}
	return ""
}

// Empty reports whether the fact is not told in r.
func (f Field[T]) Empty(r *T) bool {
	for _, column := range f.Columns() {
		if f.Stored(r, column) != "" {
			return false
		}
	}
	return true
}

// Text returns a fact of r as the text of both tongues; for facts of two tongues only.
func (f Field[T]) Text(r *T) lang.Both {
	if f.Kind != KindBoth {
		return lang.Both{}
	}
	return *f.both(r)
}

// CodesOf returns the codes of a Code or Codes fact.
func (f Field[T]) CodesOf(r *T) []string {
	switch {
	case f.Kind == KindCodes:
		return *f.codes(r)
	case f.Kind == KindCode && *f.text(r) != "":
		return []string{*f.text(r)}
	}
	return nil
}

// Number returns an Int or Money fact.
func (f Field[T]) Number(r *T) int64 { return *f.whole(r) }

// DayOf returns a Day fact.
func (f Field[T]) DayOf(r *T) when.Day { return *f.day(r) }

// Clear makes the fact untold in r.
func (f Field[T]) Clear(r *T) {
	switch f.Kind {
	case KindText, KindCode:
		*f.text(r) = ""
	case KindBoth:
		*f.both(r) = lang.Both{}
	case KindInt, KindMoney:
		*f.whole(r) = 0
	case KindFlag:
		*f.flag(r) = false
	case KindCodes:
		*f.codes(r) = nil
	case KindDay:
		*f.day(r) = when.Day{}
	}
}

// Difference is one stored column whose text differs between two versions of a record.
type Difference struct{ Column, Old, New string }

// Differences lists what differs from old to now, in the order of the set.
func (s Set[T]) Differences(old, now *T) []Difference {
	var all []Difference
	for _, f := range s {
		for _, column := range f.Columns() {
			if a, b := f.Stored(old, column), f.Stored(now, column); a != b {
				all = append(all, Difference{column, a, b})
			}
		}
	}
	return all
}

// OfColumn returns the fact that is stored under that column.
func (s Set[T]) OfColumn(column string) (Field[T], bool) {
	i := slices.IndexFunc(s, func(f Field[T]) bool { return slices.Contains(f.Columns(), column) })
	if i < 0 {
		return Field[T]{}, false
	}
	return s[i], true
}

// Redact makes untold in r each fact that level does not see. Shown holds the levels the owner
// has chosen by name; others have their default. Anonymous also takes out what gives the owner away.
func (s Set[T]) Redact(r *T, level Level, shown map[string]Level, anonymous bool) {
	for _, f := range s {
		if f.LevelIn(shown) > level || (anonymous && f.Hides && level < Enquiry) {
			f.Clear(r)
		}
	}
}

// LevelIn returns who sees the fact, given what the owner has chosen.
func (f Field[T]) LevelIn(shown map[string]Level) Level {
	if l, told := shown[f.Name]; told {
		return l
	}
	return f.Default
}

type flagScan struct{ to *bool }

func (s flagScan) Scan(v any) error {
	var n sql.NullInt64
	err := n.Scan(v)
	*s.to = n.Int64 == 1
	return err
}

type codesScan struct{ to *[]string }

func (s codesScan) Scan(v any) error {
	var text sql.NullString
	if err := text.Scan(v); err != nil {
		return err
	}
	*s.to = nil
	if text.String != "" {
		*s.to = strings.Split(text.String, ",")
	}
	return nil
}

type dayScan struct{ to *when.Day }

func (s dayScan) Scan(v any) error {
	var text sql.NullString
	if err := text.Scan(v); err != nil {
		return err
	}
	day, err := when.ParseDay(text.String)
	if err != nil {
		return fmt.Errorf("a stored day: %w", err)
	}
	*s.to = day
	return nil
}
