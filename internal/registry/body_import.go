package registry

import (
	"context"
	"errors"
	"io"

	"chonoi/internal/db"
	"chonoi/internal/document"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// RowTold is what is wrong with one row of an imported list.
type RowTold struct {
	Row  int    `json:"row"`
	What string `json:"what"`
}

// Taken is what an import of communes came to.
type Taken struct {
	New  int       `json:"new"`
	Same int       `json:"same"`
	Bad  []RowTold `json:"bad,omitempty"`
}

// Import reads a list of communes (columns code, kind, name_vi) and takes in each row by itself, so
// that a wrong one is told and the others stay. Progress is called after each row.
func (c Communes) Import(ctx context.Context, d *db.DB, table *document.Table, tongue lang.Tag, progress func(done, total int64)) (Taken, error) {
	var taken Taken
	if err := c.ready(ctx, d, table); err != nil {
		return taken, err
	}
	for {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			return taken, nil
		}
		var amiss *document.RowFault
		if errors.As(err, &amiss) {
			taken.Bad = append(taken.Bad, RowTold{amiss.Number, c.Words.T(tongue, amiss.Key, amiss.Args...)})
			continue
		}
		if err != nil {
			return taken, err
		}
		told := func(column string) string { cell, _ := row.Cell(column); return cell.Text }
		isNew := false
		err = d.Update(ctx, func(tx *db.Tx) (err error) {
			isNew, err = c.Take(tx, Commune{Code: told("code"), Kind: told("kind"), Name: told("name_vi")})
			return err
		})
		wrong, refused := fault.As(err)
		switch {
		case refused && wrong.Kind != fault.Invalid, err != nil && !refused:
			return taken, err
		case refused:
			taken.Bad = append(taken.Bad, RowTold{row.Number, c.say(tongue, wrong)})
		case isNew:
			taken.New++
		default:
			taken.Same++
		}
		progress(table.Read())
	}
}

// ready refuses a list without the columns that are needed, and a class or a body above that is not there.
func (c Communes) ready(ctx context.Context, d *db.DB, table *document.Table) error {
	have := map[string]bool{}
	for _, column := range table.Columns() {
		have[column] = true
	}
	if !have["code"] || !have["kind"] || !have["name_vi"] {
		return fault.New(fault.Invalid, "body.list_columns")
	}
	return d.View(ctx, func(tx *db.Tx) error {
		if c.Class != "" {
			classes, err := Classes(tx, c.Class)
			if err != nil {
				return err
			}
			if len(classes) == 0 {
				return fault.New(fault.NotFound, "body.no_class", "Key", c.Class)
			}
			if c.From.Zero() {
				return invalid("from", "field.needed")
			}
		}
		return mustKnow(tx, "under", c.Under)
	})
}

// say is a fault in one line: what is wrong with its fields, or with the row itself.
func (c Communes) say(tongue lang.Tag, f *fault.Fault) string {
	if len(f.Fields) == 0 {
		return c.Words.T(tongue, f.Key, f.Args...)
	}
	text := ""
	for i, one := range f.Fields {
		if i > 0 {
			text += "; "
		}
		text += c.Words.T(tongue, one.Key, one.Args...)
	}
	return text
}
