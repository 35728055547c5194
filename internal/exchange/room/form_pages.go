package room

import (
	"net/http"
	"strconv"

	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// actForm is a small form that does one act on a deal.
type actForm struct {
	Path, Head, Help, Button string
	Fields                   []parts.Field
	Hidden                   []parts.Option // name in Value, value in Text
	Folded, Open             bool
}

// actForms are the forms of a page that has several: what was typed and what is amiss are of the one
// that was sent, and fields of the same name have ids of their own.
type actForms struct {
	r      *http.Request
	faults parts.Faults
	sent   string // path of the form that was sent; "" for none
}

func (f *actForms) field(path, name, label string) parts.Field {
	one := parts.Field{Name: name, Label: web.T(f.r, label)}
	if path == f.sent {
		one.Value, one.Error = web.Form(f.r).Long(name), f.faults.At(name)
		return one
	}
	one.ID = parts.ID(path + "-" + name)
	return one
}

func (f *actForms) day(path, name, label string) parts.Field {
	one := f.field(path, name, label)
	one.Type, one.Short = "date", true
	if one.Value == "" && path != f.sent {
		one.Value = when.DayOf(web.Tx(f.r).Now).String()
	}
	return one
}

func (f *actForms) long(path, name, label string) parts.Field {
	one := f.field(path, name, label)
	one.Rows, one.Max = 3, 4000
	return one
}

func (f *actForms) number(path, name, label string, kept int64) parts.Field {
	one := f.field(path, name, label)
	one.Short, one.InputMode, one.Max = true, "numeric", 22
	if path != f.sent && kept != 0 {
		one.Value = lang.Number(web.Lang(f.r), kept)
	}
	return one
}

func (f *actForms) choice(path, name, label string, options []parts.Option) parts.Field {
	one := f.field(path, name, label)
	one.Options = append([]parts.Option{{Text: web.T(f.r, "deal.choose")}}, options...)
	for i := range one.Options {
		one.Options[i].On = one.Value != "" && one.Options[i].Value == one.Value
	}
	return one
}

func (f *actForms) codes(d doors, path, name, label, list string) parts.Field {
	var options []parts.Option
	for _, code := range d.Codes.Of(list) {
		options = append(options, parts.Option{Value: code.Code, Text: code.Name.In(web.Lang(f.r))})
	}
	return f.choice(path, name, label, options)
}

// marks is a choice of one to five.
func (f *actForms) marks(path, name, label string) parts.Field {
	var options []parts.Option
	for n := 5; n >= 1; n-- {
		options = append(options, parts.Option{Value: strconv.Itoa(n), Text: web.T(f.r, "perform.mark", "N", n)})
	}
	return f.choice(path, name, label, options)
}

// form puts fields together; the one that was sent stands open.
func (f *actForms) form(path, label string, folded bool, fields ...parts.Field) *actForm {
	return &actForm{Path: path, Head: web.T(f.r, label), Button: web.T(f.r, label), Fields: fields, Folded: folded, Open: path == f.sent}
}

// sum reads a whole number of a form; none is 0. What is no number is noted.
func sum(form web.Values, name string, bad *[]string) int64 {
	if form.Text(name) == "" {
		return 0
	}
	n, ok := form.Int(name)
	if !ok {
		*bad = append(*bad, name)
	}
	return n
}
