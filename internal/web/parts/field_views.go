package parts

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Field is one input of a form with its label, hint and what is amiss.
type Field struct {
	Name, Label, Hint, Value string
	Error                    string // what is amiss, as a sentence that tells the mend
	ID                       string // Name when empty
	Type                     string // "text" when empty; email, tel, number, date, datetime-local, url, search, password
	InputMode, Autocomplete  string
	Placeholder, Unit        string
	Pattern                  string
	Max                      int // most characters; a textarea counts them down
	Rows                     int // of a textarea
	Short                    bool
	Optional                 bool   // the label says so
	Locked                   bool   // shown, not to be changed
	Lang                     string // the tongue that is typed, when not the reader's
	Accept                   string // of a file: kinds
	Many                     bool   // of a file, or of marks to set: more than one
	Options                  []Option
}

// Pair is one text asked for in both tongues: inputs named Name.vi and Name.en.
type Pair struct {
	Name, Label, Hint, ErrorVi, ErrorEn, Vi, En string
	Max, Rows                                   int // Rows above 1 gives textareas
	Optional                                    bool
}

// Faults is what is amiss in a form: a heading, and in order each field with its words.
type Faults struct {
	Title string
	List  []Amiss
}

// Amiss is what is amiss with one field.
type Amiss struct{ Field, Text string }

// Any reports whether anything is amiss.
func (f Faults) Any() bool { return f.Title != "" || len(f.List) > 0 }

// At returns what is amiss with the field of that name, or "".
func (f Faults) At(field string) string {
	for _, a := range f.List {
		if a.Field == field {
			return a.Text
		}
	}
	return ""
}

func (f Field) id() string {
	if f.ID != "" {
		return f.ID
	}
	return ID(f.Name)
}

// ID returns the element id of the input of that name: the name, without what an address cannot hold.
func ID(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '.' || r == '[' || r == ']' || r == ' ' {
			return '-'
		}
		return r
	}, name)
}

// input gives the attributes that all inputs share.
func (f Field) input() templ.Attributes {
	a := templ.Attributes{"id": f.id(), "name": f.Name}
	set := func(name, value string) {
		if value != "" {
			a[name] = value
		}
	}
	var told []string
	if f.Hint != "" {
		told = append(told, f.id()+"-h")
	}
	if f.Error != "" {
		told = append(told, f.id()+"-e")
		a["aria-invalid"] = "true"
	}
	if f.Unit != "" {
		told = append(told, f.id()+"-u")
	}
	set("aria-describedby", strings.Join(told, " "))
	set("inputmode", f.InputMode)
	set("autocomplete", f.Autocomplete)
	set("placeholder", f.Placeholder)
	set("pattern", f.Pattern)
	set("lang", f.Lang)
	if f.Max > 0 {
		a["maxlength"] = strconv.Itoa(f.Max)
	}
	if f.Locked {
		a["readonly"] = true
	}
	return a
}

func (f Field) kind() string {
	if f.Type != "" {
		return f.Type
	}
	return "text"
}

func (f Field) rows() string { return strconv.Itoa(max(f.Rows, 4)) }

// choice gives the attributes of the i-th radio or box of a group; the first carries the id that
// the summary of errors leads to.
func (f Field) choice(i int) templ.Attributes {
	id := f.id()
	if i > 0 {
		id += "-" + strconv.Itoa(i+1)
	}
	a := templ.Attributes{"id": id, "name": f.Name}
	if f.Error != "" {
		a["aria-invalid"] = "true"
		a["aria-describedby"] = f.id() + "-e"
	}
	return a
}

func (p Pair) in(tongue, label, value, amiss string) Field {
	id := p.Name + "_" + tongue // as the fact's column is called, which a fault names
	if strings.Contains(p.Name, ".") {
		id = p.Name + "." + tongue // a setting
	}
	return Field{ID: ID(id), Name: p.Name + "." + tongue, Label: label, Value: value, Error: amiss, Max: p.Max, Rows: p.Rows, Lang: tongue}
}
