package record

import (
	"maps"
	"slices"
	"sync/atomic"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// Settings are what an administrator of a deployment may change, held in memory and read again
// when one changes. The zero value gives what is usual. It is safe for use by many goroutines.
type Settings struct {
	known []Setting
	now   atomic.Pointer[map[string]value]
	// People tells the names of accounts for the history; ids stand there when it is nil.
	People func(tx *db.Tx, ids ...string) (map[string]string, error)
}

// NewSettings returns settings that know these.
func NewSettings(known ...Setting) *Settings { return &Settings{known: known} }

// All lists the known settings in their order.
func (s *Settings) All() []Setting { return s.known }

// Int returns a number as it is now.
func (s *Settings) Int(name string) int64 { return s.value(name).number }

// Text returns a text without tongue as it is now.
func (s *Settings) Text(name string) string { return s.value(name).text.Vi }

// Both returns a text in both tongues as it is now.
func (s *Settings) Both(name string) lang.Both { return s.value(name).text }

// Day returns a day as it is now; the zero Day when none is told.
func (s *Settings) Day(name string) when.Day {
	day, _ := when.ParseDay(s.Text(name))
	return day
}

func (s *Settings) value(name string) value {
	i := s.index(name)
	if i < 0 {
		panic("no setting " + name)
	}
	if now := s.now.Load(); now != nil {
		return orUsual(*now, s.known[i])
	}
	return s.known[i].usual()
}

func (s *Settings) index(name string) int {
	return slices.IndexFunc(s.known, func(k Setting) bool { return k.Name == name })
}

func orUsual(all map[string]value, k Setting) value {
	if v, told := all[k.Name]; told {
		return v
	}
	return k.usual()
}

// Reload reads all settings from the database.
func (s *Settings) Reload(tx *db.Tx) error {
	now, err := s.stored(tx)
	if err == nil {
		s.now.Store(&now)
	}
	return err
}

// Change sets a number under the actor's name; it holds on every node within a second. A number
// out of bounds is a fault beside its name.
func (s *Settings) Change(tx *db.Tx, actor account.ID, name string, number int64) error {
	return s.change(tx, actor, map[string]value{name: {number: number}})
}

// ChangeText sets a text under the actor's name, as Change does a number; one without tongue
// stands in Vi.
func (s *Settings) ChangeText(tx *db.Tx, actor account.ID, name string, text lang.Both) error {
	return s.change(tx, actor, map[string]value{name: {text: text}})
}

// change sets all of the values or none. Faults stand beside the names, with .vi and .en for a text
// in two tongues.
func (s *Settings) change(tx *db.Tx, actor account.ID, told map[string]value) error {
	stored, err := s.stored(tx)
	if err != nil {
		return err
	}
	f := fault.New(fault.Invalid, "settings.invalid")
	next := maps.Clone(stored)
	for name, v := range told {
		i := s.index(name)
		if i < 0 {
			return fault.New(fault.NotFound, "record.not_found")
		}
		next[name] = s.known[i].check(v, f)
	}
	between(s.known, next, f)
	if err := f.OrNil(); err != nil {
		s.inOrder(f)
		return err
	}
	for _, k := range s.known { // in their order, so that two who change at once do not wait in a ring
		if _, asked := told[k.Name]; !asked {
			continue
		}
		if err := s.put(tx, actor, k, orUsual(stored, k), next[k.Name]); err != nil {
			return err
		}
	}
	return nil
}

// inOrder puts the faults into the order of the settings.
func (s *Settings) inOrder(f *fault.Fault) {
	place := map[string]int{}
	for i, k := range s.known {
		place[k.Name], place[k.Name+".vi"], place[k.Name+".en"] = 3*i, 3*i+1, 3*i+2
	}
	slices.SortStableFunc(f.Fields, func(a, b fault.FieldFault) int { return place[a.Field] - place[b.Field] })
}

func (s *Settings) put(tx *db.Tx, actor account.ID, k Setting, old, value value) error {
	if old == value {
		return nil
	}
	if err := storeSetting(tx, k.Name, value.number, k.stored(value)); err != nil {
		return err
	}
	was, is := k.parts(old), k.parts(value)
	note := ledger.Note{Actor: string(actor), Act: "setting.changed", Kind: "setting", ID: k.Name}
	for _, name := range slices.Sorted(maps.Keys(is)) {
		if was[name] != is[name] {
			note.Change = append(note.Change, ledger.Change{Field: name, Old: was[name], New: is[name]})
		}
	}
	_, err := ledger.Append(tx, note)
	return err
}

// stored reads the settings that were ever changed.
func (s *Settings) stored(tx *db.Tx) (map[string]value, error) {
	rows, err := storedSettings(tx)
	if err != nil {
		return nil, err
	}
	all := make(map[string]value, len(rows))
	for _, row := range rows {
		if i := s.index(row.name); i >= 0 {
			all[row.name] = s.known[i].read(row.number, row.text)
		}
	}
	return all, nil
}
