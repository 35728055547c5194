// Package field tells the facts of a record once: name, kind, where it is kept in the struct, and
// what holds for it. Table columns, forms, checks, pages, filters, exports, imports, history and
// the API follow from that one line.
package field

import (
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// Kind is what sort of value a fact has.
type Kind string

// The kinds of facts. In a table Both takes two columns, name_vi and name_en; all others one.
const (
	KindText  Kind = "text"  // one line
	KindBoth  Kind = "both"  // a text in two tongues
	KindInt   Kind = "int"   // a whole number; 0 when not told
	KindMoney Kind = "money" // whole đồng; 0 when not told
	KindFlag  Kind = "flag"  // yes or no
	KindCode  Kind = "code"  // one code of a list
	KindCodes Kind = "codes" // some codes of a list
	KindDay   Kind = "day"   // a calendar day
)

// Level says who may see a fact or a file; a higher one is seen by fewer.
type Level int

// The levels of disclosure.
const (
	Public    Level = iota // everybody
	SignedIn               // who has signed in
	Enquiry                // whose enquiry the owner has accepted
	NDA                    // who has signed a confidentiality agreement
	OwnerOnly              // the owner and the officers
)

// Levels lists the codes of the levels as in the list visibility_levels.
var Levels = []string{"public", "signed_in", "enquiry_accepted", "nda_signed", "owner_officers"}

// LevelOf returns the level of a code; an unknown one is the most closed.
func LevelOf(code string) Level {
	for i, c := range Levels {
		if c == code {
			return Level(i)
		}
	}
	return OwnerOnly
}

// Code returns the code of a level.
func (l Level) Code() string {
	if l < 0 || int(l) >= len(Levels) {
		return Levels[OwnerOnly]
	}
	return Levels[l]
}

// Field is one fact of a record of type T.
type Field[T any] struct {
	Name    string
	Kind    Kind
	Step    string // the step of the form and section of the page where it stands
	List    string // the code list of a Code or Codes
	Must    bool   // needed before the record can be submitted
	Lines   bool   // the text has several lines
	Stale   bool   // goes stale: a renewal asks for it again
	Filter  bool   // a facet of the search
	Fixed   bool   // set by acts only: never by a form or an import
	Least   int64
	Most    int64 // largest number, or longest text in characters
	Default Level // who sees it when the owner says nothing else
	Hides   bool  // gives away an owner who is anonymous
	Weight  Weight

	text  func(*T) *string
	both  func(*T) *lang.Both
	whole func(*T) *int64
	flag  func(*T) *bool
	codes func(*T) *[]string
	day   func(*T) *when.Day
}

// Weight says in which part of the search document a text is found.
type Weight int

// The parts of a search document; NotFound is not searched.
const (
	NotFound Weight = iota
	InTitle
	InSummary
	InText
	InKeywords
)

// Text is a fact of one line in no particular tongue.
func Text[T any](name string, at func(*T) *string) Field[T] {
	return Field[T]{Name: name, Kind: KindText, Most: 200, text: at}
}

// Both is a text in two tongues.
func Both[T any](name string, at func(*T) *lang.Both) Field[T] {
	return Field[T]{Name: name, Kind: KindBoth, Most: 200, both: at}
}

// Long is a text of several lines in two tongues.
func Long[T any](name string, at func(*T) *lang.Both) Field[T] {
	return Field[T]{Name: name, Kind: KindBoth, Most: 6000, Lines: true, Weight: InText, both: at}
}

// Int is a whole number from least to most; 0 when it is not told.
func Int[T any](name string, least, most int64, at func(*T) *int64) Field[T] {
	return Field[T]{Name: name, Kind: KindInt, Least: least, Most: most, whole: at}
}

// Money is a sum in whole đồng; 0 when it is not told.
func Money[T any](name string, at func(*T) *int64) Field[T] {
	return Field[T]{Name: name, Kind: KindMoney, Most: 1_000_000_000_000_000, whole: at}
}

// Flag is yes or no.
func Flag[T any](name string, at func(*T) *bool) Field[T] {
	return Field[T]{Name: name, Kind: KindFlag, flag: at}
}

// Code is one code of a list.
func Code[T any](name, list string, at func(*T) *string) Field[T] {
	return Field[T]{Name: name, Kind: KindCode, List: list, text: at}
}

// Codes is some codes of a list.
func Codes[T any](name, list string, at func(*T) *[]string) Field[T] {
	return Field[T]{Name: name, Kind: KindCodes, List: list, codes: at}
}

// Day is a calendar day.
func Day[T any](name string, at func(*T) *when.Day) Field[T] {
	return Field[T]{Name: name, Kind: KindDay, day: at}
}

// Needed says that the record cannot be submitted without it.
func (f Field[T]) Needed() Field[T] { f.Must = true; return f }

// In says at which step of the form the fact is asked.
func (f Field[T]) In(step string) Field[T] { f.Step = step; return f }

// Facet makes the fact a filter of the search.
func (f Field[T]) Facet() Field[T] { f.Filter = true; return f }

// Volatile says that a renewal asks for the fact again.
func (f Field[T]) Volatile() Field[T] { f.Stale = true; return f }

// Closed sets who sees the fact when the owner says nothing else.
func (f Field[T]) Closed(l Level) Field[T] { f.Default = l; return f }

// Revealing says that the fact gives away an owner who is anonymous.
func (f Field[T]) Revealing() Field[T] { f.Hides = true; return f }

// Acts says that only acts set the fact, never a form or an import.
func (f Field[T]) Acts() Field[T] { f.Fixed = true; return f }

// Find says in which part of the search document the text is found.
func (f Field[T]) Find(w Weight) Field[T] { f.Weight = w; return f }

// UpTo sets the longest text in characters, or the largest number.
func (f Field[T]) UpTo(most int64) Field[T] { f.Most = most; return f }

// Columns lists the names under which the fact is stored, typed in forms and imported.
func (f Field[T]) Columns() []string {
	if f.Kind == KindBoth {
		return []string{f.Name + "_vi", f.Name + "_en"}
	}
	return []string{f.Name}
}
