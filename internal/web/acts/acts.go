// Package acts is the small forms of a page on which several acts can be done: what was typed and what is
// amiss belong to the one that was sent, and fields of the same name have ids of their own.
package acts

import (
	"net/http"

	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// Form is a small form that does one act.
type Form struct {
	Path, Head, Help, Button string
	Fields                   []parts.Field
	Hidden                   []parts.Option // name in Value, value in Text
	Folded, Open             bool
}

// Forms are the forms of a page.
type Forms struct {
	Request *http.Request
	Faults  parts.Faults
	Sent    string // path of the form that was sent; "" for none
}

// Field is a line of text.
func (f *Forms) Field(path, name, label string) parts.Field {
	one := parts.Field{Name: name, Label: web.T(f.Request, label)}
	if path == f.Sent {
		one.Value, one.Error = web.Form(f.Request).Long(name), f.Faults.At(name)
		return one
	}
	one.ID = parts.ID(path + "-" + name)
	return one
}

// Day is a day, today at first.
func (f *Forms) Day(path, name, label string) parts.Field {
	one := f.Field(path, name, label)
	one.Type, one.Short = "date", true
	if one.Value == "" && path != f.Sent {
		one.Value = when.DayOf(web.Tx(f.Request).Now).String()
	}
	return one
}

// Long is a text of several lines.
func (f *Forms) Long(path, name, label string) parts.Field {
	one := f.Field(path, name, label)
	one.Rows, one.Max = 3, 4000
	return one
}

// Number is a whole number.
func (f *Forms) Number(path, name, label string, kept int64) parts.Field {
	one := f.Field(path, name, label)
	one.Short, one.InputMode, one.Max = true, "numeric", 22
	if path != f.Sent && kept != 0 {
		one.Value = lang.Number(web.Lang(f.Request), kept)
	}
	return one
}

// Choice is one of a list.
func (f *Forms) Choice(path, name, label string, options []parts.Option) parts.Field {
	one := f.Field(path, name, label)
	one.Options = append([]parts.Option{{Text: web.T(f.Request, "parts.choose")}}, options...)
	for i := range one.Options {
		one.Options[i].On = one.Value != "" && one.Options[i].Value == one.Value
	}
	return one
}

// Form puts fields together; the one that was sent stands open.
func (f *Forms) Form(path, label string, folded bool, fields ...parts.Field) *Form {
	return &Form{Path: path, Head: web.T(f.Request, label), Button: web.T(f.Request, label), Fields: fields, Folded: folded, Open: path == f.Sent}
}

// Sum reads a whole number of a form; none is 0. What is no number is noted.
func Sum(form web.Values, name string, bad *[]string) int64 {
	if form.Text(name) == "" {
		return 0
	}
	n, ok := form.Int(name)
	if !ok {
		*bad = append(*bad, name)
	}
	return n
}
