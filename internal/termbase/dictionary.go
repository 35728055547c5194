package termbase

import (
	"encoding/json"
	"fmt"
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

// Dictionary is a file of terms that is laid over the shipped ones (từ điển).
type Dictionary struct {
	ID, Name, Licence, Source string
	State                     string // draft until it is used
	Lines, Terms, Bad         int64
	Faults                    []lexicon.LineFault
	CreatedAt                 int64
}

// The states of a dictionary. A draft is looked at and not searched with.
const (
	Draft = "draft"
	InUse = "used"
)

// partSize is how many terms stand in one row of the database.
const partSize = 2000

// keptDrafts is after how long a draft that nobody used is removed.
const keptDrafts = 7 * 24 * 3600 * 1_000_000 // microseconds

// Draft keeps a dictionary that was read, to be looked at. Invalid with the fields name, licence and
// source; Conflict when another has the name.
func (x *Termbase) Draft(tx *db.Tx, actor account.ID, name, licence, source string, r *lexicon.Reading) (id string, err error) {
	f := fault.New(fault.Invalid, "dictionary.invalid")
	for _, one := range []struct{ field, text string }{{"name", name}, {"licence", licence}, {"source", source}} {
		switch {
		case one.text == "":
			f.At(one.field, "dictionary."+one.field+"_needed")
		case utf8.RuneCountInString(one.text) > longestNote:
			f.At(one.field, "term.note_long", "N", longestNote)
		}
	}
	if name == Own {
		f.At("name", "dictionary.name_taken")
	}
	if err := f.OrNil(); err != nil {
		return "", err
	}
	if taken, err := nameTaken(tx, name); err != nil {
		return "", err
	} else if taken {
		return "", fault.New(fault.Conflict, "dictionary.invalid").At("name", "dictionary.name_taken")
	}
	d := Dictionary{ID: db.NewID(tx.Now), Name: name, Licence: licence, Source: source, State: Draft, Lines: int64(r.Lines), Terms: int64(len(r.Terms)),
		Bad: int64(r.Bad), Faults: r.Faults, CreatedAt: when.Micro(tx.Now)}
	if err := insertDictionary(tx, d); err != nil {
		return "", err
	}
	for place := 0; place*partSize < len(r.Terms); place++ {
		part := r.Terms[place*partSize : min(len(r.Terms), (place+1)*partSize)]
		if err := insertPart(tx, d.ID, place, packedTerms(part)); err != nil {
			return "", err
		}
	}
	return d.ID, noteDictionary(tx, actor, "dictionary.drafted", d)
}

// Use lets searches use a dictionary from now on.
func (x *Termbase) Use(tx *db.Tx, actor account.ID, id string) error {
	d, err := DictionaryBy(tx, id)
	if err != nil {
		return err
	}
	if d.State == InUse {
		return fault.New(fault.Conflict, "dictionary.used_already")
	}
	if d.Terms == 0 {
		return fault.New(fault.Invalid, "dictionary.nothing")
	}
	if err := useDictionary(tx, id); err != nil {
		return err
	}
	return noteDictionary(tx, actor, "dictionary.used", d)
}

// Remove takes a dictionary away with all its terms.
func (x *Termbase) Remove(tx *db.Tx, actor account.ID, id string) error {
	d, err := DictionaryBy(tx, id)
	if err != nil {
		return err
	}
	if err := deleteDictionary(tx, id); err != nil {
		return err
	}
	return noteDictionary(tx, actor, "dictionary.removed", d)
}

func noteDictionary(tx *db.Tx, actor account.ID, act string, d Dictionary) error {
	_, err := ledger.Append(tx, ledger.Note{Actor: string(actor), Act: act, Kind: DictionaryKind, ID: d.ID, Change: []ledger.Change{
		{Field: "name", New: d.Name}, {Field: "licence", New: d.Licence}, {Field: "source", New: d.Source}, {Field: "terms", New: fmt.Sprint(d.Terms)}}})
	return err
}

// packedTerms writes terms as lines of a table.
func packedTerms(terms []lexicon.Term) string {
	var out strings.Builder
	for _, t := range terms {
		out.WriteString(strings.Join([]string{t.Vi, t.En, t.Field, t.Note, strconv.Itoa(t.Weight)}, "\t") + "\n")
	}
	return out.String()
}

// termsOf reads what packedTerms wrote.
func termsOf(packed string) (terms []lexicon.Term) {
	for line := range strings.Lines(packed) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(cells) != 5 {
			continue
		}
		weight, _ := strconv.Atoi(cells[4])
		terms = append(terms, lexicon.Term{Vi: cells[0], En: cells[1], Field: cells[2], Note: cells[3], Weight: weight})
	}
	return terms
}

func faultsText(faults []lexicon.LineFault) (string, error) {
	raw, err := json.Marshal(faults)
	return string(raw), err
}
