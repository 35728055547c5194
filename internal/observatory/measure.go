// Package observatory counts what the platform holds: measures, each named and with a version, that
// other packages supply, and the states of all records in time, as the ledger tells them.
package observatory

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Schema is the tables of states in time and of what was measured.
//
//go:embed schema/*.sql
var Schema embed.FS

// Measure is a named way of counting what the platform holds at the end of a day. What it counts
// never changes under one version: a measure that counts otherwise is a new version.
type Measure struct {
	Name    string // offers_on_floor; its title is the text measure.offers_on_floor
	Version int64
	Kinds   []string // of the records on whose history the count rests; none: it is never kept at hand
	// Records returns what is counted, in the order of ids, after one id; all when limit is 0.
	Records func(tx *db.Tx, on when.Day, after string, limit int) ([]Record, error)
	// Whole returns of how many the records are a part; nil for a plain count.
	Whole func(tx *db.Tx, on when.Day) (int64, error)
}

// Record is one thing that a measure counts.
type Record struct {
	Kind, ID string
	Since    time.Time // in this state, or when it happened
}

// Value is what a measure counted.
type Value struct {
	N      int64
	Whole  int64  // -1 for a plain count
	SHA256 string // of the records behind it
}

// Book is all measures of the house.
type Book struct {
	all   []Measure
	shelf shelf
}

// NewBook returns the measures of a house. Two of one name and version are a defect.
func NewBook(all ...Measure) (*Book, error) {
	b := &Book{}
	for _, m := range all {
		if _, ok := b.Measure(m.Name, m.Version); ok {
			return nil, fmt.Errorf("measure %s, version %d, is told twice", m.Name, m.Version)
		}
		b.all = append(b.all, m)
	}
	return b, nil
}

// Measure returns the measure of a name and version.
func (b *Book) Measure(name string, version int64) (Measure, bool) {
	i := slices.IndexFunc(b.all, func(m Measure) bool { return m.Name == name && m.Version == version })
	if i < 0 {
		return Measure{}, false
	}
	return b.all[i], true
}

// Newest returns the newest version of a measure.
func (b *Book) Newest(name string) (Measure, bool) {
	var best Measure
	for _, m := range b.all {
		if m.Name == name && m.Version > best.Version {
			best = m
		}
	}
	return best, best.Version > 0
}

// All returns all measures, in the order in which they were supplied.
func (b *Book) All() []Measure { return slices.Clone(b.all) }

// Value returns what a measure counts at the end of a day. Of a day that has passed it is kept, so
// that it never changes afterwards; keep is false where nothing may be written.
func (b *Book) Value(tx *db.Tx, m Measure, on when.Day, keep bool) (Value, error) {
	passed := on.Before(when.DayOf(tx.Now))
	if passed {
		if v, ok, err := keptValue(tx, m, on); err != nil || ok {
			return v, err
		}
	}
	if passed || !tx.ReadOnly() || len(m.Kinds) == 0 {
		v, err := m.count(tx, on)
		if err == nil && passed && keep {
			err = keepValue(tx, m, on, v)
		}
		return v, err
	}
	if v, ok, err := b.shelf.take(tx, &m, on); err != nil || ok {
		return v, err
	}
	seq, _, err := head(tx)
	if err != nil {
		return Value{}, err
	}
	v, err := m.count(tx, on)
	if err == nil {
		b.shelf.put(shelfKey{m.Name, m.Version, on}, shelved{seq, v})
	}
	return v, err
}

func (m *Measure) count(tx *db.Tx, on when.Day) (Value, error) {
	records, err := m.Records(tx, on, "", 0)
	if err != nil {
		return Value{}, fmt.Errorf("measure %s: %w", m.Name, err)
	}
	sum := sha256.New()
	for _, r := range records {
		sum.Write([]byte(r.Kind + "/" + r.ID + "\n"))
	}
	v := Value{N: int64(len(records)), Whole: -1, SHA256: hex.EncodeToString(sum.Sum(nil))}
	if m.Whole != nil {
		if v.Whole, err = m.Whole(tx, on); err != nil {
			return Value{}, fmt.Errorf("measure %s: %w", m.Name, err)
		}
	}
	return v, nil
}

// InState returns a measure of the records of a kind that are in one of some states. Only, when it
// is not nil, keeps those of the ids that count.
func InState(name string, version int64, kind string, states []string, only func(tx *db.Tx, on when.Day, ids []string) ([]string, error)) Measure {
	return Measure{Name: name, Version: version, Kinds: []string{kind}, Records: func(tx *db.Tx, on when.Day, after string, limit int) ([]Record, error) {
		if only == nil {
			return inState(tx, kind, states, on, after, limit)
		}
		all, err := inState(tx, kind, states, on, after, 0)
		if err != nil || len(all) == 0 {
			return nil, err
		}
		return kept(tx, on, all, only, limit)
	}}
}

func kept(tx *db.Tx, on when.Day, all []Record, only func(tx *db.Tx, on when.Day, ids []string) ([]string, error), limit int) ([]Record, error) {
	ids := make([]string, 0, len(all))
	for _, r := range all {
		ids = append(ids, r.ID)
	}
	good, err := only(tx, on, ids)
	if err != nil {
		return nil, err
	}
	return keep(all, good, limit), nil
}

// keep leaves those of the records whose ids are good, up to a limit.
func keep(all []Record, good []string, limit int) []Record {
	set := make(map[string]bool, len(good))
	for _, id := range good {
		set[id] = true
	}
	all = slices.DeleteFunc(all, func(r Record) bool { return !set[r.ID] })
	if limit > 0 && len(all) > limit {
		all = all[:limit]
	}
	return all
}

// Happened returns a measure of the records of a kind to which one of some acts was done, since the
// platform began: each record once, for the first time.
func Happened(name string, version int64, kind string, acts ...string) Measure {
	return Measure{Name: name, Version: version, Kinds: []string{kind}, Records: func(tx *db.Tx, on when.Day, after string, limit int) ([]Record, error) {
		return happened(tx, kind, acts, on, after, limit)
	}}
}

// Acted returns a measure of those records of another one to which one of some acts was done: at any
// time before, or within some days where days is not 0.
func Acted(name string, version int64, of Measure, days int, acts ...string) Measure {
	return Measure{Name: name, Version: version, Kinds: of.Kinds, Records: func(tx *db.Tx, on when.Day, after string, limit int) ([]Record, error) {
		all, err := of.Records(tx, on, after, 0)
		if err != nil || len(all) == 0 {
			return nil, err
		}
		since := when.Day{}
		if days > 0 {
			since = on.AddDays(-days)
		}
		done, err := acted(tx, all[0].Kind, acts, since, on)
		if err != nil {
			return nil, err
		}
		return keep(all, done, limit), nil
	}}
}

// Together returns a measure of all records of some others, each record once.
func Together(name string, version int64, of ...Measure) Measure {
	var kinds []string
	for _, m := range of {
		kinds = append(kinds, m.Kinds...)
	}
	return Measure{Name: name, Version: version, Kinds: kinds, Records: func(tx *db.Tx, on when.Day, after string, limit int) ([]Record, error) {
		var all []Record
		for _, m := range of {
			some, err := m.Records(tx, on, after, limit)
			if err != nil {
				return nil, err
			}
			all = append(all, some...)
		}
		slices.SortFunc(all, func(a, b Record) int { return strings.Compare(a.ID, b.ID) })
		all = slices.CompactFunc(all, func(a, b Record) bool { return a.ID == b.ID })
		if limit > 0 && len(all) > limit {
			all = all[:limit]
		}
		return all, nil
	}}
}

// Part returns a measure as a part of another one.
func Part(m, whole Measure) Measure {
	m.Kinds = slices.Concat(m.Kinds, whole.Kinds)
	m.Whole = func(tx *db.Tx, on when.Day) (int64, error) {
		all, err := whole.Records(tx, on, "", 0)
		return int64(len(all)), err
	}
	return m
}

// unknown is the fault of a measure that the house does not have.
func unknown(name string) error { return fault.New(fault.NotFound, "measure.unknown", "Name", name) }

// Named returns the newest version of a measure, or a fault that says that there is none.
func (b *Book) Named(name string) (Measure, error) {
	m, ok := b.Newest(name)
	if !ok {
		return m, unknown(name)
	}
	return m, nil
}
