// Package record is what all kinds of described things have in common: a row with a state and a
// version, saved only under the name of an act, with who may see what of it, its history, its
// code lists, its files and its claims with their level of proof.
package record

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/field"
	"chonoi/internal/when"
)

// Head is what the kernel keeps of every record beside its own facts.
type Head struct {
	ID        string
	Number    string // the number people cite, such as CN-2026-0417
	State     string
	Version   int64 // grows by one with each save; a save of an older version is a Conflict
	Created   time.Time
	Updated   time.Time
	Published time.Time // zero when it never was
	Expires   when.Day  // zero when it does not expire
	Owner     string    // id of the organisation
	By        account.ID
	Source    string // name of the import or exchange it came from; empty when posted here
	External  string // its id there; unique within the source
	Anonymous bool   // the owner's identity opens only after an accepted enquiry
	Shown     map[string]field.Level
}

// headColumns are the columns that every record's table has, in the order of values and targets.
var headColumns = []string{"id", "number", "state", "version", "created_at", "updated_at", "published_at", "expires_on",
	"owner", "created_by", "source", "external_id", "anonymous", "shown"}

func (h *Head) values() []any {
	anonymous := 0
	if h.Anonymous {
		anonymous = 1
	}
	return []any{h.ID, h.Number, h.State, h.Version, when.Micro(h.Created), when.Micro(h.Updated), when.Micro(h.Published), h.Expires.String(),
		h.Owner, string(h.By), h.Source, h.External, anonymous, shownText(h.Shown)}
}

func (h *Head) targets() []any {
	return []any{&h.ID, &h.Number, &h.State, &h.Version, timeScan{&h.Created}, timeScan{&h.Updated}, timeScan{&h.Published}, dayScan{&h.Expires},
		&h.Owner, &h.By, &h.Source, &h.External, boolScan{&h.Anonymous}, shownScan{&h.Shown}}
}

// changed lists what of the head a history page shows when it differs.
func (h *Head) changed(old *Head) []field.Difference {
	var all []field.Difference
	add := func(name, before, now string) {
		if before != now {
			all = append(all, field.Difference{Column: name, Old: before, New: now})
		}
	}
	add("state", old.State, h.State)
	add("owner", old.Owner, h.Owner)
	add("expires_on", old.Expires.String(), h.Expires.String())
	add("anonymous", fmt.Sprint(old.Anonymous), fmt.Sprint(h.Anonymous))
	add("shown", shownText(old.Shown), shownText(h.Shown))
	return all
}

func shownText(shown map[string]field.Level) string {
	if len(shown) == 0 {
		return ""
	}
	raw, _ := json.Marshal(shown)
	return string(raw)
}

type timeScan struct{ to *time.Time }

func (s timeScan) Scan(v any) error {
	var us sql.NullInt64
	err := us.Scan(v)
	*s.to = when.Time(us.Int64)
	return err
}

type dayScan struct{ to *when.Day }

func (s dayScan) Scan(v any) error {
	var text sql.NullString
	if err := text.Scan(v); err != nil {
		return err
	}
	day, err := when.ParseDay(text.String)
	*s.to = day
	return err
}

type boolScan struct{ to *bool }

func (s boolScan) Scan(v any) error {
	var n sql.NullInt64
	err := n.Scan(v)
	*s.to = n.Int64 == 1
	return err
}

type shownScan struct{ to *map[string]field.Level }

func (s shownScan) Scan(v any) error {
	var text sql.NullString
	if err := text.Scan(v); err != nil || text.String == "" {
		return err
	}
	return json.Unmarshal([]byte(text.String), s.to)
}
