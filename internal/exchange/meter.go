package exchange

import (
	"slices"

	"chonoi/internal/fault"
	"chonoi/internal/field"
)

// The steps of the form that come after those of the field set.
const (
	StepClaims = "claims"
	StepFiles  = "files"
	StepReview = "review"
)

// Steps lists the steps of the form of this side: those of its facts in their order, then the
// claims, the files with who sees what, and the last look before it is handed in.
func (s *Shelf[T]) Steps() []string {
	var all []string
	for _, f := range s.Kind.Fields {
		if f.Step != "" && !f.Fixed && !slices.Contains(all, f.Step) {
			all = append(all, f.Step)
		}
	}
	return append(all, StepClaims, StepFiles, StepReview)
}

// StepOf returns the number of the step, from 1, at which a column is asked; the last one for what
// is asked nowhere.
func (s *Shelf[T]) StepOf(column string) int {
	steps := s.Steps()
	name := StepReview
	if f, ok := s.Kind.Fields.OfColumn(column); ok {
		name = f.Step
	} else if column == StepClaims {
		name = StepClaims
	} else if column == "anonymous" {
		name = StepFiles
	}
	if i := slices.Index(steps, name); i >= 0 {
		return i + 1
	}
	return len(steps)
}

// FieldsOf lists the facts that a step asks for.
func (s *Shelf[T]) FieldsOf(step string) field.Set[T] {
	var all field.Set[T]
	for _, f := range s.Kind.Fields {
		if f.Step == step && !f.Fixed {
			all = append(all, f)
		}
	}
	return all
}

// Progress tells how far a listing is from being handed in.
type Progress struct {
	Needed, Told int // of the facts that must be told
	Amiss        []fault.FieldFault
}

// Progress tells how far a listing is; unread is what its editor typed that could not be read.
func (s *Shelf[T]) Progress(r *T, unread map[string]string) Progress {
	p := Progress{Amiss: s.Amiss(r).Fields}
	for _, f := range s.Kind.Fields {
		if f.Must {
			p.Needed++
			if !f.Empty(r) {
				p.Told++
			}
		}
	}
	p.Amiss = append(p.Amiss, s.Unreadable(r, unread)...)
	slices.SortStableFunc(p.Amiss, func(a, b fault.FieldFault) int { return s.StepOf(a.Field) - s.StepOf(b.Field) })
	return p
}

// Unreadable says again what is amiss with inputs that could not be read.
func (s *Shelf[T]) Unreadable(r *T, unread map[string]string) []fault.FieldFault {
	if len(unread) == 0 {
		return nil
	}
	given := Typed{}
	for column, text := range unread {
		given[column] = []string{text}
	}
	return s.Kind.Fields.Read(s.Kind.Copy(r), given.Given, s.x.Codes)
}
