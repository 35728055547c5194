package exchange

import (
	"fmt"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
)

// Incoming is one row of an import: its number as a person counts it, its id at the source, and
// its texts by the names of our columns. A name of two tongues without _vi or _en is in Tongue.
type Incoming struct {
	Number   int
	External string
	Tongue   lang.Tag
	Values   map[string][]string
}

// RowFault is what is amiss with one column of a row, or with the whole row when Column is empty.
type RowFault struct {
	Number int
	Column string
	Key    string
	Args   []any
}

// Counts tells what an import did.
type Counts struct {
	New     int `json:"new"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
	Bad     int `json:"bad"`
}

// Add adds other counts.
func (c *Counts) Add(o Counts) {
	c.New += o.New
	c.Changed += o.Changed
	c.Same += o.Same
	c.Bad += o.Bad
}

// Batch is how an import comes in: under whose name, from which source, for which organisation.
type Batch struct {
	Actor  account.ID
	Source string
	Owner  string // organisation that the listings belong to on this exchange
	Dry    bool   // only say what would happen
}

// Import takes rows in: a row whose (source, id) is new becomes a listing on the floor, one that
// differs becomes a new version, one that is the same changes nothing. A bad row is told and left
// out; the good ones are kept. A second import of the same rows changes nothing.
func (s *Shelf[T]) Import(tx *db.Tx, b Batch, rows []Incoming) (Counts, []RowFault, error) {
	var counts Counts
	var amiss []RowFault
	known, err := s.known(tx, b.Source, rows)
	if err != nil {
		return counts, nil, err
	}
	var fresh []*T
	seen := map[string]bool{}
	for _, row := range rows {
		old := known[row.External]
		r, wrong := s.incoming(old, b, row)
		if row.External != "" && seen[row.External] {
			wrong = append(wrong, RowFault{row.Number, "id", "import.id_twice", nil})
		}
		seen[row.External] = true
		switch {
		case len(wrong) > 0:
			counts.Bad++
			amiss = append(amiss, wrong...)
		case old == nil:
			counts.New++
			s.putOnFloor(tx, r, "")
			fresh = append(fresh, r)
		case len(s.Kind.Fields.Differences(old, r)) == 0:
			counts.Same++
		default:
			counts.Changed++
			if !b.Dry {
				if err := s.Kind.Save(tx, b.Actor, s.act("imported"), old, r); err != nil {
					return counts, amiss, fmt.Errorf("row %d: %w", row.Number, err)
				}
			}
		}
	}
	if b.Dry || len(fresh) == 0 {
		return counts, amiss, nil
	}
	return counts, amiss, s.Kind.NewMany(tx, b.Actor, s.act("imported"), fresh)
}

// incoming reads one row over what is known of it.
func (s *Shelf[T]) incoming(old *T, b Batch, row Incoming) (*T, []RowFault) {
	var r *T
	if old == nil {
		r = new(T)
		*s.Kind.Head(r) = record.Head{State: Published, Owner: b.Owner, By: b.Actor, Source: b.Source, External: row.External}
	} else {
		r = s.Kind.Copy(old)
	}
	tongue := row.Tongue
	if tongue == "" {
		tongue = lang.Vi
	}
	given := func(column string) ([]string, bool) {
		if texts, there := row.Values[column]; there {
			return texts, true
		}
		if bare, ok := strings.CutSuffix(column, "_"+string(tongue)); ok {
			texts, there := row.Values[bare]
			return texts, there
		}
		return nil, false
	}
	var wrong []RowFault
	for _, f := range s.Kind.Fields.Read(r, given, s.x.Codes) {
		wrong = append(wrong, RowFault{row.Number, f.Field, f.Key, f.Args})
	}
	if row.External == "" {
		wrong = append(wrong, RowFault{row.Number, "id", "import.id_needed", nil})
	}
	if s.Listing(r).Title.Empty() {
		wrong = append(wrong, RowFault{row.Number, "title", "field.needed", nil})
	}
	check := fault.New(fault.Invalid, "listing.not_complete")
	s.check(r, check)
	for _, f := range check.Fields {
		wrong = append(wrong, RowFault{row.Number, f.Field, f.Key, f.Args})
	}
	return r, wrong
}

func (s *Shelf[T]) known(tx *db.Tx, source string, rows []Incoming) (map[string]*T, error) {
	args := []any{source}
	for _, row := range rows {
		args = append(args, row.External)
	}
	found, err := s.Kind.Find(tx, "WHERE source = ? AND external_id IN ("+strings.Repeat(", ?", len(rows))[2:]+")", args...)
	known := make(map[string]*T, len(found))
	for _, r := range found {
		known[s.Listing(r).External] = r
	}
	return known, err
}

// Columns lists the names an import may tell, with the words people call them by in both tongues.
func (s *Shelf[T]) Columns() []field.Field[T] {
	var all []field.Field[T]
	for _, f := range s.Kind.Fields {
		if !f.Fixed {
			all = append(all, f)
		}
	}
	return all
}
