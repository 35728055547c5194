package post

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/exchange"
	"chonoi/internal/exchange/listing"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// input is one fact as a form asks for it. Draw says how: input, area, select, checks, check, or
// pair for a text in two tongues side by side.
type input struct {
	Draw        string
	One, Vi, En parts.Field
	Label, Hint string // of a pair
	Optional    bool
	Lines       bool
}

// form is what the inputs of a page are filled from: the record, what was typed over it, and what
// is amiss.
type form[T any] struct {
	s      side[T]
	r      *http.Request
	rec    *T
	typed  exchange.Typed // stands before the record
	faults parts.Faults
}

// inputs draws the facts of a set.
func (f form[T]) inputs(set field.Set[T]) []input {
	var all []input
	for _, one := range set {
		all = append(all, f.input(one))
	}
	return all
}

func (f form[T]) input(one field.Field[T]) input {
	in := input{Draw: "input", One: f.field(one, one.Name), Lines: one.Lines}
	switch one.Kind {
	case field.KindBoth:
		return f.pair(one)
	case field.KindCodes:
		in.Draw, in.One.Options = "checks", f.options(one)
	case field.KindCode:
		in.Draw, in.One.Options = "select", f.options(one)
	case field.KindFlag:
		in.Draw = "check"
		if in.One.Value != "" && in.One.Value != "1" {
			in.One.Value = "1"
		}
	case field.KindInt:
		in.One.InputMode, in.One.Short = "numeric", true
		if one.Most == 9 {
			in.Draw, in.One.Options = "select", f.readiness(in.One.Value)
		}
	case field.KindMoney:
		in.One.InputMode, in.One.Unit = "numeric", web.T(f.r, "post.dong")
	case field.KindDay:
		in.One.InputMode, in.One.Short, in.One.Placeholder = "numeric", true, web.T(f.r, "post.day_form")
	}
	return in
}

func (f form[T]) pair(one field.Field[T]) input {
	columns := one.Columns()
	in := input{Draw: "pair", Label: f.label(one), Hint: f.hint(one), Optional: !one.Must, Lines: one.Lines,
		Vi: f.field(one, columns[0]), En: f.field(one, columns[1])}
	in.Vi.Label, in.Vi.Hint, in.Vi.Lang, in.Vi.Optional = web.T(f.r, "post.in_vi"), "", "vi", false
	in.En.Label, in.En.Hint, in.En.Lang, in.En.Optional = web.T(f.r, "post.in_en"), "", "en", false
	return in
}

func (f form[T]) field(one field.Field[T], column string) parts.Field {
	v := parts.Field{Name: column, Label: f.label(one), Hint: f.hint(one), Value: f.value(one, column), Error: f.faults.At(column), Optional: !one.Must}
	if one.Lines {
		v.Rows = 5
	}
	return v
}

func (f form[T]) label(one field.Field[T]) string { return listing.Label(f.r, f.s.Kind.Name, one.Name) }

// hint is the kind's own word of help or the one both kinds share, and the longest text taken.
func (f form[T]) hint(one field.Field[T]) string {
	var hints []string
	for _, key := range []string{f.s.Kind.Name + "." + one.Name + ".hint", "listing." + one.Name + ".hint"} {
		if web.Words(f.r).Has(key) {
			hints = append(hints, sentence(web.T(f.r, key)))
			break
		}
	}
	if one.Kind == field.KindBoth && one.Lines && one.Most <= 1000 {
		hints = append(hints, web.T(f.r, "post.most", "N", one.Most))
	}
	return strings.Join(hints, " ")
}

func sentence(text string) string {
	if strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}

// value is what stands in an input: what was typed, or what is stored as people write it.
func (f form[T]) value(one field.Field[T], column string) string {
	if texts, there := f.typed.Given(column); there {
		return strings.Join(texts, ",")
	}
	switch one.Kind {
	case field.KindInt, field.KindMoney:
		if n := one.Number(f.rec); n != 0 {
			return lang.Number(web.Lang(f.r), n)
		}
		return ""
	case field.KindDay:
		return typedDay(one.DayOf(f.rec))
	}
	return one.Stored(f.rec, column)
}

// typedDay writes a day as it is typed: 20/11/2026.
func typedDay(d when.Day) string {
	if d.Zero() {
		return ""
	}
	return d.Start().Format("02/01/2006")
}

// options lists what may be chosen of the field's list. What is chosen and is not in the list any
// more stays as a choice, so that it is not lost.
func (f form[T]) options(one field.Field[T]) []parts.Option {
	tag := web.Lang(f.r)
	chosen := strings.FieldsFunc(f.value(one, one.Name), func(r rune) bool { return r == ',' })
	var all []parts.Option
	if one.Kind == field.KindCode {
		all = append(all, parts.Option{Text: web.T(f.r, "field.not_told"), On: len(chosen) == 0})
	}
	for _, code := range f.s.x.Codes.Of(one.List) {
		all = append(all, parts.Option{Value: code.Code, Text: code.Name.In(tag), On: slices.Contains(chosen, code.Code)})
	}
	for _, code := range chosen {
		if !slices.ContainsFunc(all, func(o parts.Option) bool { return o.Value == code }) {
			all = append(all, parts.Option{Value: code, Text: f.s.x.Codes.Name(one.List, code).In(tag), On: true})
		}
	}
	return all
}

// readiness lists the nine levels of technology readiness.
func (f form[T]) readiness(chosen string) []parts.Option {
	all := []parts.Option{{Text: web.T(f.r, "field.not_told"), On: chosen == ""}}
	for n := 1; n <= 9; n++ {
		level := strconv.Itoa(n)
		all = append(all, parts.Option{Value: level, Text: web.T(f.r, "post.trl_level", "Level", level, "Name", f.s.x.Codes.Name("trl", level)), On: chosen == level})
		if chosen == level {
			chosen = ""
		}
	}
	if chosen != "" {
		all = append(all, parts.Option{Value: chosen, Text: chosen, On: true})
	}
	return all
}

// amissWords puts faults of fields into the reader's tongue.
func amissWords(r *http.Request, amiss []fault.FieldFault) parts.Faults {
	f := parts.Faults{}
	for _, one := range amiss {
		f.List = append(f.List, parts.Amiss{Field: one.Field, Text: web.T(r, one.Key, one.Args...)})
	}
	return f
}
