// Package fault names the ways in which an act is refused, so that a page, the API and the
// command line can say the same in the reader's tongue.
package fault

import (
	"errors"
	"fmt"
)

// Kind is the way in which an act is refused; its number is the HTTP status it is shown with.
type Kind int

// The kinds of refusal. Internal is what any error that is no Fault counts as.
const (
	Invalid     Kind = 422 // what was told is amiss and can be mended
	SignIn      Kind = 401 // one must sign in first
	Forbidden   Kind = 403 // the actor may not
	NotFound    Kind = 404 // there is no such thing, or none that the actor may know of
	Conflict    Kind = 409 // the state forbids it, or somebody saved before
	Gone        Kind = 410 // it was here and is withdrawn
	TooLarge    Kind = 413 // more bytes, rows or columns than are taken
	Unsupported Kind = 415 // a file kind that is not taken
	TooMany     Kind = 429 // too often in too short a time
	Internal    Kind = 500 // a defect; the log tells
	Unavailable Kind = 503 // a part is down; try again
)

// Fault is a refusal that can be shown to a person: a text key with its arguments, and the fields
// that are amiss.
type Fault struct {
	Kind   Kind
	Key    string
	Args   []any
	Fields []FieldFault
}

// FieldFault is what is amiss with one field of a form, a row or a request.
type FieldFault struct {
	Field string
	Key   string
	Args  []any
}

// New returns a refusal of that kind with the text of key; args are name, value pairs.
func New(kind Kind, key string, args ...any) *Fault {
	return &Fault{Kind: kind, Key: key, Args: args}
}

// At adds what is amiss with a field, and returns the same fault.
func (f *Fault) At(field, key string, args ...any) *Fault {
	f.Fields = append(f.Fields, FieldFault{field, key, args})
	return f
}

// OrNil returns the fault when a field is amiss, and no error otherwise.
func (f *Fault) OrNil() error {
	if len(f.Fields) == 0 {
		return nil
	}
	return f
}

// Error is for the log; people read the text of Key.
func (f *Fault) Error() string {
	if len(f.Fields) == 0 {
		return f.Key
	}
	return fmt.Sprintf("%s %v", f.Key, f.Fields)
}

// As returns the Fault in err's chain.
func As(err error) (*Fault, bool) {
	var f *Fault
	ok := errors.As(err, &f)
	return f, ok
}

// KindOf returns the kind of err; Internal when it is no Fault, 0 when err is nil.
func KindOf(err error) Kind {
	if err == nil {
		return 0
	}
	if f, ok := As(err); ok {
		return f.Kind
	}
	return Internal
}
