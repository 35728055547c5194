// Package exchange is the technology exchange (sàn giao dịch công nghệ): what is offered and what
// is needed, checked claim by claim, found, kept fresh.
package exchange

import (
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
)

// Listing is what offers and needs have in common (tin).
type Listing struct {
	record.Head
	Title      lang.Both
	Summary    lang.Both // one or two sentences for everybody
	Desc       lang.Both // the longer description
	Holder     string    // who holds it, as the source of an import tells
	Keywords   lang.Both // separated by commas
	Subjects   []string
	Industries []string
	Place      string
	Class      string // technology class by the law's lists; told by an officer
	Confirmed  string // day on which the owner last confirmed the volatile facts, 2006-01-02
}

// listingFields are the facts that stand first in both sets.
func listingFields[T any](at func(*T) *Listing) field.Set[T] {
	return field.Set[T]{
		field.Both("title", func(r *T) *lang.Both { return &at(r).Title }).Needed().In("what").UpTo(200).Find(field.InTitle),
		field.Long("summary", func(r *T) *lang.Both { return &at(r).Summary }).Needed().In("what").UpTo(600).Find(field.InSummary),
		field.Long("description", func(r *T) *lang.Both { return &at(r).Desc }).In("what").UpTo(20_000),
		field.Codes("subjects", "subjects", func(r *T) *[]string { return &at(r).Subjects }).Needed().In("what").Facet(),
		field.Codes("industries", "industries", func(r *T) *[]string { return &at(r).Industries }).In("what").Facet(),
		field.Both("keywords", func(r *T) *lang.Both { return &at(r).Keywords }).In("what").UpTo(300).Find(field.InKeywords),
		field.Code("place", "places", func(r *T) *string { return &at(r).Place }).In("what").Facet(),
		field.Text("holder", func(r *T) *string { return &at(r).Holder }).Revealing().Find(field.InKeywords),
		field.Code("class", "technology_classes", func(r *T) *string { return &at(r).Class }).Acts().Closed(field.OwnerOnly),
		field.Text("confirmed_on", func(r *T) *string { return &at(r).Confirmed }).Acts().UpTo(10),
	}
}

// Floor reports whether the listing is on the floor: found by everybody.
func (l *Listing) Floor() bool { return OnFloor(l.State) }

// OnFloor reports whether listings in that state are on the floor.
func OnFloor(state string) bool {
	switch state {
	case Published, Expiring, Renewed:
		return true
	}
	return false
}

// Citable reports whether everybody may still open the listing's address, though it may have left
// the floor: what was public once keeps its address.
func Citable(state string) bool {
	switch state {
	case Expired, Taken, Answered, NoAnswer:
		return true
	}
	return OnFloor(state)
}

// Editable reports whether the owner may change what a listing in that state says.
func Editable(state string) bool { return state == Draft || state == Returned }
