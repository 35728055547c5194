package record

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// Code is one entry of a code list, valid from one day to another (zero: open).
type Code struct {
	List, Code string
	Name       lang.Both
	From, To   when.Day
	LegalBasis string
}

// ValidOn reports whether the entry may be chosen on a day.
func (c Code) ValidOn(day when.Day) bool {
	return (c.From.Zero() || !c.From.After(day)) && (c.To.Zero() || !c.To.Before(day))
}

// Codes is all code lists, held in memory and read again when one changes. It is safe for use by
// many goroutines.
type Codes struct{ now atomic.Pointer[codeIndex] }

type codeIndex struct {
	lists map[string][]Code
	names map[string]map[string]lang.Both // list, code -> name, also of entries no longer valid
}

// Reload reads all lists from the database.
func (c *Codes) Reload(tx *db.Tx) error {
	all, err := storedCodes(tx)
	if err != nil {
		return err
	}
	index := &codeIndex{map[string][]Code{}, map[string]map[string]lang.Both{}}
	for _, code := range all {
		index.lists[code.List] = append(index.lists[code.List], code)
		if index.names[code.List] == nil {
			index.names[code.List] = map[string]lang.Both{}
		}
		index.names[code.List][code.Code] = code.Name
	}
	c.now.Store(index)
	return nil
}

func (c *Codes) index() *codeIndex {
	if index := c.now.Load(); index != nil {
		return index
	}
	return &codeIndex{}
}

// Has reports whether the code may be chosen today.
func (c *Codes) Has(list, code string) bool {
	today := when.DayOf(time.Now())
	return slices.ContainsFunc(c.index().lists[list], func(e Code) bool { return e.Code == code && e.ValidOn(today) })
}

// Of lists what may be chosen of a list today, in its order.
func (c *Codes) Of(list string) []Code {
	today := when.DayOf(time.Now())
	var valid []Code
	for _, e := range c.index().lists[list] {
		if e.ValidOn(today) {
			valid = append(valid, e)
		}
	}
	return valid
}

// All lists every entry of a list, also those no longer valid.
func (c *Codes) All(list string) []Code { return c.index().lists[list] }

// Lists names all lists in alphabetic order.
func (c *Codes) Lists() []string {
	var names []string
	for name := range c.index().lists {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Name returns the name of a code in both tongues; a code that is in no list is its own name.
func (c *Codes) Name(list, code string) lang.Both {
	if name, ok := c.index().names[list][code]; ok {
		return name
	}
	return lang.Both{Vi: code, En: code}
}

const (
	mostCodes    = 20_000
	mostListSize = 8 << 20 // bytes
)

var codeForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]{0,63}$`)

// ReadList reads a list as it is loaded by an officer: CSV with the columns code, vi, en,
// valid_from, valid_to, legal_basis. Every row must hold; the fault names the lines that do not.
func ReadList(list string, r io.Reader) ([]Code, error) {
	if !codeForm.MatchString(list) {
		return nil, fault.New(fault.Invalid, "codes.bad_list_name")
	}
	rows := csv.NewReader(io.LimitReader(r, mostListSize))
	rows.FieldsPerRecord = 6
	header, err := rows.Read()
	if err != nil || strings.TrimPrefix(strings.Join(header, ","), "\ufeff") != "code,vi,en,valid_from,valid_to,legal_basis" {
		return nil, fault.New(fault.Invalid, "codes.bad_header")
	}
	amiss := fault.New(fault.Invalid, "codes.bad_rows")
	var all []Code
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return all, amiss.OrNil()
		}
		if err != nil && row == nil { // there is no column whose line could be asked for
			broken := &csv.ParseError{Line: len(all) + 2}
			errors.As(err, &broken)
			return nil, fault.New(fault.Invalid, "codes.unreadable", "Line", broken.Line)
		}
		line, _ := rows.FieldPos(0)
		if err != nil || len(all) >= mostCodes {
			return nil, fault.New(fault.Invalid, "codes.unreadable", "Line", line)
		}
		code, key := readCode(list, row)
		if key != "" {
			amiss.At(fmt.Sprint("line ", line), key, "Line", line)
			continue
		}
		all = append(all, code)
	}
}

func readCode(list string, row []string) (Code, string) {
	for i := range row {
		row[i] = lang.Clean(row[i])
	}
	c := Code{List: list, Code: row[0], Name: lang.Both{Vi: row[1], En: row[2]}, LegalBasis: row[5]}
	var err, err2 error
	c.From, err = when.ParseDay(row[3])
	c.To, err2 = when.ParseDay(row[4])
	switch {
	case !codeForm.MatchString(c.Code):
		return c, "codes.bad_code"
	case c.Name.Vi == "" || c.Name.En == "":
		return c, "codes.one_tongue"
	case err != nil || err2 != nil:
		return c, "codes.bad_day"
	}
	return c, ""
}

// LoadList makes a list be what codes say, under the actor's name. Entries that are no longer told
// end the day before, so that records which use them keep their names. It reports whether anything changed.
func LoadList(tx *db.Tx, actor account.ID, list string, codes []Code) (bool, error) {
	changes, err := mergeCodes(tx, list, codes)
	if err != nil || len(changes) == 0 {
		return false, err
	}
	_, err = ledger.Append(tx, ledger.Note{Actor: string(actor), Act: "code_list.loaded", Kind: "code_list", ID: list, Change: changes})
	return true, err
}

// LoadShipped loads each list of a folder that the database does not have yet.
func LoadShipped(tx *db.Tx, files fs.FS) error {
	names, err := fs.Glob(files, "*.csv")
	if err != nil {
		return err
	}
	have, err := storedLists(tx)
	if err != nil {
		return err
	}
	for _, name := range names {
		list := strings.TrimSuffix(name, ".csv")
		if have[list] {
			continue
		}
		file, err := files.Open(name)
		if err != nil {
			return err
		}
		codes, err := ReadList(list, file)
		file.Close()
		if err != nil {
			return fmt.Errorf("list %s: %w", name, err)
		}
		if _, err := LoadList(tx, "system", list, codes); err != nil {
			return err
		}
	}
	return nil
}
