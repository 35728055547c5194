// Package tracker is how tasks of a plan go out as a table for another tracker: by a mapping that is
// data, with the day from which it holds and what it rests on. It sends nothing anywhere.
package tracker

import (
	"bytes"
	"embed"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

//go:embed default.toml
var shipped string

// Mapping tells which column of a table is filled by which of our fields.
type Mapping struct {
	Key       string   `toml:"key"`
	Name      told     `toml:"name"`
	Note      told     `toml:"note"`
	ValidFrom string   `toml:"valid_from"`
	ValidTo   string   `toml:"valid_to"`
	Basis     string   `toml:"basis"` // document that says so; empty when there is none
	Columns   []Column `toml:"column"`
}

type told struct {
	Vi string `toml:"vi"`
	En string `toml:"en"`
}

// Column is one column of the table.
type Column struct {
	Title  string            `toml:"title"`
	Field  string            `toml:"field"`
	Needed bool              `toml:"needed"`
	Most   int               `toml:"most"`   // characters; 0 for no bound
	Date   string            `toml:"date"`   // how days are written, by the reference day 2006-01-02
	Values map[string]string `toml:"values"` // our value -> theirs; then every other one is amiss
}

// Fields are what a column may be filled by.
var Fields = []string{"task_number", "plan_number", "plan_symbol", "plan_name", "clause", "clause_text", "task", "product", "quantity", "unit", "body", "role", "basis",
	"begins_on", "due_on", "due_basis", "recurrence", "state", "said", "confidence", "done_on", "accepted_on", "budget", "budget_source", "evidence", "parent_task", "as_of"}

// The bounds of a mapping that is loaded.
const (
	mostMapping = 256 << 10 // bytes
	mostColumns = 200
	mostValues  = 500
)

var keyForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,39}$`)

// ReadMapping reads a mapping from TOML, or from CSV with the columns title, field, needed, most,
// date, values; there a row whose field begins with @ tells the mapping itself: @key, @name_vi.
func ReadMapping(r io.Reader) (*Mapping, error) {
	raw, err := io.ReadAll(io.LimitReader(r, mostMapping+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > mostMapping {
		return nil, fault.New(fault.TooLarge, "tracker.too_large", "Kilobytes", mostMapping>>10)
	}
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	m := &Mapping{}
	if bytes.HasPrefix(bytes.ToLower(raw), []byte("title,field")) {
		err = m.readCSV(raw)
	} else {
		_, err = toml.Decode(string(raw), m)
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, "tracker.unreadable")
	}
	return m, m.check()
}

func (m *Mapping) readCSV(raw []byte) error {
	in := csv.NewReader(bytes.NewReader(raw))
	in.FieldsPerRecord = -1
	if _, err := in.Read(); err != nil {
		return err
	}
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		row = append(row, make([]string, 6)...)
		own := map[string]*string{"@key": &m.Key, "@name_vi": &m.Name.Vi, "@name_en": &m.Name.En, "@note_vi": &m.Note.Vi, "@note_en": &m.Note.En, "@valid_from": &m.ValidFrom, "@valid_to": &m.ValidTo, "@basis": &m.Basis}
		if to := own[row[1]]; to != nil {
			*to = row[0]
			continue
		}
		c := Column{Title: row[0], Field: row[1], Needed: row[2] == "true" || row[2] == "1", Date: row[4]}
		if row[3] != "" {
			if c.Most, err = strconv.Atoi(row[3]); err != nil {
				return err
			}
		}
		for pair := range strings.SplitSeq(row[5], ";") {
			if ours, theirs, ok := strings.Cut(pair, "="); ok {
				if c.Values == nil {
					c.Values = map[string]string{}
				}
				c.Values[strings.TrimSpace(ours)] = strings.TrimSpace(theirs)
			}
		}
		m.Columns = append(m.Columns, c)
	}
}

// check reports all that is amiss with a mapping, each with the column in which it is.
func (m *Mapping) check() error {
	f := fault.New(fault.Invalid, "tracker.invalid")
	if !keyForm.MatchString(m.Key) {
		f.At("key", "tracker.bad_key")
	}
	if m.Name.Vi == "" || m.Name.En == "" {
		f.At("name", "tracker.needs_name")
	}
	from, err := when.ParseDay(m.ValidFrom)
	if err != nil || from.Zero() {
		f.At("valid_from", "tracker.needs_day")
	}
	if to, err := when.ParseDay(m.ValidTo); err != nil || !to.Zero() && to.Before(from) {
		f.At("valid_to", "tracker.bad_end")
	}
	if len(m.Columns) == 0 || len(m.Columns) > mostColumns {
		f.At("column", "tracker.columns", "N", mostColumns)
	}
	titles := map[string]bool{}
	for i := range m.Columns {
		c := &m.Columns[i]
		c.Title = lang.Clean(c.Title)
		switch {
		case c.Title == "" || titles[c.Title]:
			f.At("column", "tracker.title_amiss", "N", i+1)
		case !slices.Contains(Fields, c.Field):
			f.At("column", "tracker.no_such_field", "N", i+1, "Field", c.Field)
		case c.Most < 0 || len(c.Values) > mostValues:
			f.At("column", "tracker.bounds", "N", i+1)
		case c.Date != "" && !readsBack(c.Date):
			f.At("column", "tracker.date", "N", i+1, "Date", c.Date)
		}
		titles[c.Title] = true
	}
	return f.OrNil()
}

// readsBack reports whether a form of days tells a day whole.
func readsBack(form string) bool {
	day := time.Date(2031, time.November, 27, 0, 0, 0, 0, time.UTC)
	back, err := time.Parse(form, day.Format(form))
	return err == nil && back.Equal(day)
}

// In returns a text of the mapping in a tongue.
func (t told) In(tag lang.Tag) string { return lang.Both{Vi: t.Vi, En: t.En}.In(tag) }
