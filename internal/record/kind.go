package record

import (
	"slices"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/ledger"
)

// Kind is a kind of record: its table, its facts, and where its head stands in the struct.
type Kind[T any] struct {
	Name   string // offer; also the table
	Prefix string // of the numbers people cite: CN
	Fields field.Set[T]
	Head   func(*T) *Head
	sql    statements
}

// Prepare writes the kind's statements once; call it where the kind is declared.
func (k Kind[T]) Prepare() *Kind[T] {
	k.sql = writeStatements(k.Name, slices.Concat(headColumns, k.Fields.Columns()))
	return &k
}

// New adds a record under the name of an act: row and ledger note in one transaction.
func (k *Kind[T]) New(tx *db.Tx, actor account.ID, act string, r *T) error {
	if err := k.number(tx, r); err != nil {
		return err
	}
	note, err := k.insert(tx, actor, act, r)
	if err != nil {
		return err
	}
	_, err = ledger.Append(tx, note)
	return err
}

// NewMany adds records under the name of one act, for imports.
func (k *Kind[T]) NewMany(tx *db.Tx, actor account.ID, act string, all []*T) error {
	if err := k.number(tx, all...); err != nil {
		return err
	}
	notes := make([]ledger.Note, 0, len(all))
	for _, r := range all {
		note, err := k.insert(tx, actor, act, r)
		if err != nil {
			return err
		}
		notes = append(notes, note)
	}
	_, err := ledger.Append(tx, notes...)
	return err
}

// number gives the next numbers to those records that have none.
func (k *Kind[T]) number(tx *db.Tx, all ...*T) error {
	var without []*Head
	for _, r := range all {
		if h := k.Head(r); h.Number == "" && k.Prefix != "" {
			without = append(without, h)
		}
	}
	if len(without) == 0 {
		return nil
	}
	numbers, err := nextNumbers(tx, k.Prefix, len(without))
	if err != nil {
		return err
	}
	for i, h := range without {
		h.Number = numbers[i]
	}
	return nil
}

func (k *Kind[T]) insert(tx *db.Tx, actor account.ID, act string, r *T) (ledger.Note, error) {
	h := k.Head(r)
	if h.ID == "" {
		h.ID = db.NewID(tx.Now)
	}
	h.Version, h.Created, h.Updated = 1, tx.Now, tx.Now
	if h.By == "" {
		h.By = actor
	}
	var blank T
	k.Head(&blank).Version = 0
	note := k.note(actor, act, &blank, r)
	return note, k.store(tx, k.sql.insert, append(h.values(), k.Fields.Values(r)...))
}

// Save keeps r, which was loaded as old, under the name of an act. Somebody else's save in between
// is a Conflict, and nothing is lost: the caller shows both. Also holds what the act changed
// beside the record's own facts.
func (k *Kind[T]) Save(tx *db.Tx, actor account.ID, act string, old, r *T, also ...ledger.Change) error {
	h := k.Head(r)
	before := k.Head(old).Version
	h.Version, h.Updated = before+1, tx.Now
	values := append(h.values(), k.Fields.Values(r)...)
	args := append(values[1:], h.ID, before)
	kept, err := k.update(tx, args)
	if err != nil {
		return err
	}
	if !kept {
		return fault.New(fault.Conflict, "record.changed_meanwhile")
	}
	note := k.note(actor, act, old, r)
	note.Change = append(note.Change, also...)
	_, err = ledger.Append(tx, note)
	return err
}

// Copy returns a copy of r that can be changed and compared with it.
func (k *Kind[T]) Copy(r *T) *T {
	c := *r
	h := k.Head(&c)
	shown := make(map[string]field.Level, len(h.Shown))
	for name, level := range h.Shown {
		shown[name] = level
	}
	h.Shown = shown
	return &c
}

func (k *Kind[T]) note(actor account.ID, act string, old, r *T) ledger.Note {
	note := ledger.Note{Actor: string(actor), Act: act, Kind: k.Name, ID: k.Head(r).ID}
	for _, d := range append(k.Head(r).changed(k.Head(old)), k.Fields.Differences(old, r)...) {
		note.Change = append(note.Change, ledger.Change{Field: d.Column, Old: d.Old, New: d.New})
	}
	return note
}

// statements are the SQL of one kind.
type statements struct{ insert, update, sel string }

func writeStatements(table string, columns []string) statements {
	list := strings.Join(columns, ", ")
	marks := strings.Repeat(", ?", len(columns))[2:]
	return statements{
		insert: "INSERT INTO " + table + " (" + list + ") VALUES (" + marks + ")",
		update: "UPDATE " + table + " SET " + strings.Join(columns[1:], " = ?, ") + " = ? WHERE id = ? AND version = ?",
		sel:    "SELECT " + list + " FROM " + table + " ",
	}
}
