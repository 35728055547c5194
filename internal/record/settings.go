package record

import (
	"slices"
	"strconv"
	"sync/atomic"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/ledger"
)

// Setting is one number that an administrator may change while the house is open: its name is the
// text key of its words, its bounds keep it sensible.
type Setting struct {
	Name               string
	Usual, Least, Most int64
}

// Settings are the numbers of a deployment, held in memory and read again when one changes. The
// zero value gives what is usual. It is safe for use by many goroutines.
type Settings struct {
	known []Setting
	now   atomic.Pointer[map[string]int64]
}

// NewSettings returns settings that know these numbers.
func NewSettings(known ...Setting) *Settings { return &Settings{known: known} }

// All lists the known settings in their order.
func (s *Settings) All() []Setting { return s.known }

// Int returns a setting as it is now.
func (s *Settings) Int(name string) int64 {
	if now := s.now.Load(); now != nil {
		if n, told := (*now)[name]; told {
			return n
		}
	}
	i := slices.IndexFunc(s.known, func(k Setting) bool { return k.Name == name })
	if i < 0 {
		panic("no setting " + name)
	}
	return s.known[i].Usual
}

// Reload reads all settings from the database.
func (s *Settings) Reload(tx *db.Tx) error {
	now, err := storedSettings(tx)
	if err == nil {
		s.now.Store(&now)
	}
	return err
}

// Change sets a number under the actor's name; it holds on every node within a second. A number
// out of bounds is a fault beside its name.
func (s *Settings) Change(tx *db.Tx, actor account.ID, name string, value int64) error {
	i := slices.IndexFunc(s.known, func(k Setting) bool { return k.Name == name })
	if i < 0 {
		return fault.New(fault.NotFound, "record.not_found")
	}
	if k := s.known[i]; value < k.Least || value > k.Most {
		return fault.New(fault.Invalid, "settings.invalid").At(name, "field.out_of_range", "Least", k.Least, "Most", k.Most)
	}
	stored, err := storedSettings(tx)
	if err != nil {
		return err
	}
	old, told := stored[name]
	if !told {
		old = s.known[i].Usual
	}
	if old == value {
		return nil
	}
	if err := storeSetting(tx, name, value); err != nil {
		return err
	}
	_, err = ledger.Append(tx, ledger.Note{Actor: string(actor), Act: "setting.changed", Kind: "setting", ID: name,
		Change: []ledger.Change{{Field: name, Old: strconv.FormatInt(old, 10), New: strconv.FormatInt(value, 10)}}})
	return err
}
