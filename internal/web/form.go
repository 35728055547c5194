package web

import (
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// Values is what a form sent, cleaned: NFC, no control characters, trimmed.
type Values struct {
	values url.Values
	files  map[string][]*multipart.FileHeader
}

// Form returns the values of the request: those of its body, and those of its query on GET.
func Form(r *http.Request) Values {
	raw := r.PostForm
	if safe(r) {
		raw = r.URL.Query()
	}
	v := Values{values: make(url.Values, len(raw))}
	for name, list := range raw {
		name = lang.Clean(name)
		for _, one := range list {
			v.values[name] = append(v.values[name], lang.Clean(one))
		}
	}
	if r.MultipartForm != nil {
		v.files = r.MultipartForm.File
	}
	return v
}

// Has reports whether the form sent a value of that name, empty or not.
func (v Values) Has(name string) bool { return v.values.Has(name) }

// Text returns a value of one line; line ends become spaces.
func (v Values) Text(name string) string {
	return strings.Join(strings.FieldsFunc(v.values.Get(name), func(r rune) bool { return r == '\n' || r == '\t' }), " ")
}

// Long returns a value of many lines.
func (v Values) Long(name string) string { return v.values.Get(name) }

// All returns every value of that name that is not empty.
func (v Values) All(name string) (list []string) {
	for _, one := range v.values[name] {
		if one != "" {
			list = append(list, one)
		}
	}
	return list
}

// On reports whether the box of that name is ticked.
func (v Values) On(name string) bool { return v.values.Get(name) != "" }

// Int returns a whole number, with thousands marks or without; ok is false when it is none.
func (v Values) Int(name string) (n int64, ok bool) {
	text := strings.NewReplacer(".", "", ",", "", " ", "", "\u00a0", "").Replace(v.Text(name))
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil
}

// Day returns a day; ok is false when it is none. An empty value is no day and is ok.
func (v Values) Day(name string) (d when.Day, ok bool) {
	d, err := when.ParseDay(v.Text(name))
	return d, err == nil
}

// Both returns a text asked for in both tongues: name.vi and name.en.
func (v Values) Both(name string) lang.Both {
	return lang.Both{Vi: v.Long(name + ".vi"), En: v.Long(name + ".en")}
}

// Files returns the files sent under that name, without the empty ones that a browser sends.
func (v Values) Files(name string) (list []*multipart.FileHeader) {
	for _, file := range v.files[name] {
		if file.Filename != "" {
			list = append(list, file)
		}
	}
	return list
}

// Map returns all values by name, as a field set reads them.
func (v Values) Map() map[string][]string { return v.values }

// Faults returns what is amiss in a form for parts.Errors and for Field.Error, in the reader's
// tongue. An error that is no fault of kind Invalid or Conflict is handed back as rest.
func Faults(r *http.Request, err error) (f parts.Faults, rest error) {
	if err == nil {
		return f, nil
	}
	refusal, ok := fault.As(err)
	if !ok || (refusal.Kind != fault.Invalid && refusal.Kind != fault.Conflict) {
		return f, err
	}
	for _, one := range refusal.Fields {
		f.List = append(f.List, parts.Amiss{Field: one.Field, Text: T(r, one.Key, one.Args...)})
	}
	if len(f.List) == 0 {
		f.Title = T(r, refusal.Key, refusal.Args...)
	}
	return f, nil
}
