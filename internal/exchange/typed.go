package exchange

import (
	"encoding/json"
	"slices"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/field"
	"chonoi/internal/ledger"
)

// Typed is what a form sent, by the name of its inputs.
type Typed map[string][]string

// Given hands out what was typed for a column, as a field set reads it. A box that was not ticked
// sends nothing, so a group of boxes stands behind an empty hidden input, which is passed over here.
// Where two versions were compared and the saved one was chosen, nothing was typed.
func (t Typed) Given(column string) ([]string, bool) {
	if choice := t["choose."+column]; len(choice) > 0 && choice[len(choice)-1] == "saved" {
		return nil, false
	}
	texts, there := t[column]
	if !there {
		return nil, false
	}
	texts = slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return text == "" })
	if len(texts) == 0 {
		return []string{""}, true
	}
	return texts, true
}

// Clash is a fact of which the stored record and what was typed tell different things.
type Clash struct {
	Column       string
	Saved, Typed string // in their stored form
	Theirs       bool   // it was saved differently since the form was opened
	Mine         bool   // it was typed differently since the form was opened
}

// KeepSaved reports whether the saved text is the likelier choice: somebody else changed it, and
// the form did not.
func (c Clash) KeepSaved() bool { return c.Theirs && !c.Mine }

// Clashes lists where the record as it is now and what was typed over an older version differ.
func (s *Shelf[T]) Clashes(tx *db.Tx, now *T, version int64, given Typed) ([]Clash, error) {
	mine := s.Kind.Copy(now)
	s.Kind.Fields.Read(mine, given.Given, s.x.Codes)
	s.readHead(mine, given.Given)
	then, err := s.textsAt(tx, now, version)
	if err != nil {
		return nil, err
	}
	var all []Clash
	for _, column := range s.FormColumns() {
		saved, text := s.stored(now, column), s.stored(mine, column)
		if saved == text {
			continue
		}
		was, changed := then[column]
		if !changed {
			was = saved
		}
		all = append(all, Clash{Column: column, Saved: saved, Typed: text, Theirs: changed && was != saved, Mine: was != text})
	}
	return all, nil
}

// FormColumns lists all names that a form of the owner may send for a listing's own facts.
func (s *Shelf[T]) FormColumns() []string {
	var all []string
	for _, f := range s.Kind.Fields {
		if !f.Fixed {
			all = append(all, f.Columns()...)
		}
	}
	all = append(all, "anonymous")
	for _, f := range s.Kind.Fields {
		if !f.Fixed {
			all = append(all, "shown."+f.Name)
		}
	}
	return all
}

// stored returns the text of a form's column as the record holds it.
func (s *Shelf[T]) stored(r *T, column string) string {
	l := s.Listing(r)
	if column == "anonymous" {
		if l.Anonymous {
			return "1"
		}
		return ""
	}
	if name, isLevel := strings.CutPrefix(column, "shown."); isLevel {
		return s.Kind.Fields.Named(name).LevelIn(l.Shown).Code()
	}
	f, ok := s.Kind.Fields.OfColumn(column)
	if !ok {
		return ""
	}
	return f.Stored(r, column)
}

// mostSteps is how many saves back a form may be and still be told what was changed since.
const mostSteps = 500

// textsAt returns the texts that the columns changed since a version had in that version, read
// back from the ledger.
func (s *Shelf[T]) textsAt(tx *db.Tx, now *T, version int64) (map[string]string, error) {
	l := s.Listing(now)
	back := l.Version - version
	if back <= 0 || back > mostSteps {
		return map[string]string{}, nil
	}
	entries, err := ledger.Of(tx, s.Kind.Name, l.ID, 0, 2*mostSteps)
	if err != nil {
		return nil, err
	}
	texts := map[string]string{}
	for _, e := range entries {
		if !strings.HasPrefix(e.Act, s.Kind.Name+".") || e.Act == s.act("reaudited") {
			continue // no save of the record itself
		}
		if back--; back < 0 {
			break
		}
		for _, c := range e.Change {
			s.putBack(texts, c)
		}
	}
	return texts, nil
}

// putBack sets the columns of a change to what they were before it.
func (s *Shelf[T]) putBack(texts map[string]string, c ledger.Change) {
	switch c.Field {
	case "anonymous":
		texts[c.Field] = ""
		if c.Old == "true" {
			texts[c.Field] = "1"
		}
	case "shown":
		shown := map[string]field.Level{}
		if c.Old != "" && json.Unmarshal([]byte(c.Old), &shown) != nil {
			return
		}
		for _, f := range s.Kind.Fields {
			texts["shown."+f.Name] = f.LevelIn(shown).Code()
		}
	default:
		texts[c.Field] = c.Old
	}
}
