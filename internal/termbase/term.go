package termbase

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/ledger"
	"chonoi/internal/lexicon"
	"chonoi/internal/when"
)

// Term is a term that officers told or changed (thuật ngữ). With weight 0 it is retired.
type Term struct {
	ID        string
	ChangedAt int64 // microseconds UTC; 0 when nobody told it here
	lexicon.Term
}

const (
	longestSide = 120 // characters
	longestNote = 200
	usualWeight = 5
)

// Check returns what is amiss with a term, as a fault Invalid with the fields vi, en, field, note and weight.
func (t *Term) Check() error {
	f := fault.New(fault.Invalid, "term.invalid")
	for _, side := range []struct{ name, text string }{{"vi", t.Vi}, {"en", t.En}} {
		switch {
		case side.text == "":
			f.At(side.name, "term.side_needed")
		case utf8.RuneCountInString(side.text) > longestSide || len(strings.Fields(side.text)) > lexicon.MostWords:
			f.At(side.name, "term.side_long", "Words", lexicon.MostWords)
		case strings.ContainsAny(side.text, "\t\n;,"):
			f.At(side.name, "term.side_one")
		}
	}
	if utf8.RuneCountInString(t.Note) > longestNote {
		f.At("note", "term.note_long", "N", longestNote)
	}
	if utf8.RuneCountInString(t.Field) > 40 {
		f.At("field", "term.note_long", "N", 40)
	}
	if t.Weight < 0 || t.Weight > 9 {
		f.At("weight", "term.bad_weight")
	}
	return f.OrNil()
}

// Add tells a term. It counts at once. Conflict when the pair is told already and not retired.
func (x *Termbase) Add(tx *db.Tx, actor account.ID, t Term) (id string, err error) {
	if t.Weight == 0 {
		t.Weight = usualWeight
	}
	if err := t.Check(); err != nil {
		return "", err
	}
	t.ID = IDOf(t.Vi, t.En)
	if old, err := x.Get(tx, t.ID); err == nil && old.Weight > 0 {
		return "", fault.New(fault.Conflict, "term.invalid").At("vi", "term.told_already")
	}
	return t.ID, keepTerm(tx, actor, "term.added", Term{}, t)
}

// Weigh changes weight, field and note of a term. Seen is its ChangedAt when the officer looked at it:
// Conflict when somebody changed it since.
func (x *Termbase) Weigh(tx *db.Tx, actor account.ID, id string, seen int64, weight int, field, note string) error {
	old, err := x.Get(tx, id)
	if err != nil {
		return err
	}
	if old.ChangedAt != seen {
		return fault.New(fault.Conflict, "term.changed_since")
	}
	t := old
	t.Weight, t.Field, t.Note = weight, field, note
	if err := t.Check(); err != nil {
		return err
	}
	if weight == 0 {
		return fault.New(fault.Invalid, "term.invalid").At("weight", "term.bad_weight")
	}
	act := "term.weighed"
	if old.Weight == 0 {
		act = "term.restored"
	}
	return keepTerm(tx, actor, act, old, t)
}

// Retire takes a term out of use; it can be weighed again later.
func (x *Termbase) Retire(tx *db.Tx, actor account.ID, id string) error {
	old, err := x.Get(tx, id)
	if err != nil {
		return err
	}
	if old.Weight == 0 {
		return fault.New(fault.Conflict, "term.retired_already")
	}
	t := old
	t.Weight = 0
	return keepTerm(tx, actor, "term.retired", old, t)
}

// Get returns a term as it is now: of the city, of a dictionary, or shipped. NotFound when there is none.
func (x *Termbase) Get(tx *db.Tx, id string) (Term, error) {
	t, ok, err := ownTerm(tx, id)
	if err != nil || ok {
		return t, err
	}
	if other, ok := x.shelf().at(id); ok {
		return Term{ID: id, Term: other}, nil
	}
	return Term{}, fault.New(fault.NotFound, "term.unknown")
}

// keepTerm writes a term under the name of an act.
func keepTerm(tx *db.Tx, actor account.ID, act string, old, t Term) error {
	t.ChangedAt = when.Micro(tx.Now)
	if err := putTerm(tx, t); err != nil {
		return err
	}
	note := ledger.Note{Actor: string(actor), Act: act, Kind: TermKind, ID: t.ID}
	for _, c := range []ledger.Change{{Field: "vi", Old: old.Vi, New: t.Vi}, {Field: "en", Old: old.En, New: t.En}, {Field: "field", Old: old.Field, New: t.Field},
		{Field: "note", Old: old.Note, New: t.Note}, {Field: "weight", Old: weightText(old), New: weightText(t)}} {
		if c.Old != c.New {
			note.Change = append(note.Change, c)
		}
	}
	_, err := ledger.Append(tx, note)
	return err
}

func weightText(t Term) string {
	if t.Weight == 0 {
		return ""
	}
	return strconv.Itoa(t.Weight)
}
