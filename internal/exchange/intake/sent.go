package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/document"
	"chonoi/internal/exchange"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/registry"
)

const (
	mostImport    = 200 << 20           // bytes of one file
	mostPutAside  = 4 << 30             // bytes of all files that are put aside
	keepPutAside  = 30 * 24 * time.Hour // then the file goes, and the line in the list stays
	sampleRows    = 3
	sampleLetters = 80
	longestSource = 60
)

// Sent is a file as an officer sends it.
type Sent struct {
	Kind   string // offer or need
	Source string
	Owner  string // id, tax code or name of an organisation; may be empty
	Sheet  string
	Tongue lang.Tag
	Name   string
	Data   io.Reader
}

// PutAside keeps a file for an import and reads its beginning; nothing is imported. The columns are
// mapped as they were for the last file of the source, else as their names tell. It returns
// fault.Invalid with what is amiss at kind, source, owner or file.
func (g *Gate) PutAside(ctx context.Context, d *db.DB, words *lang.Words, actor account.ID, in Sent) (string, error) {
	run := &Run{ID: db.NewID(time.Time{}), By: actor, Kind: in.Kind, Source: in.Source, Sheet: in.Sheet, Tongue: in.Tongue, File: filepath.Base(lang.Clean(in.Name)), State: RunReady}
	err := d.View(ctx, func(tx *db.Tx) (err error) {
		run.Owner, err = in.check(tx)
		return err
	})
	if err != nil {
		return "", err
	}
	if err := g.takeFile(ctx, run, in); err != nil {
		return "", errors.Join(err, g.dropFiles(context.WithoutCancel(ctx), run.ID))
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		targets := g.targets(run.Kind, words)
		saved, told, err := sourceMapping(tx, run.Source, run.Kind)
		if err != nil {
			return err
		}
		run.Mapping = document.GuessMapping(run.Head.Columns, targets)
		if told {
			run.Mapping = saved.For(run.Head.Columns, targets)
		}
		run.Created = tx.Now
		if err := storeRun(tx, run); err != nil {
			return err
		}
		return noteRun(tx, actor, "import.received", run)
	})
	if err != nil {
		return "", errors.Join(err, g.dropFiles(context.WithoutCancel(ctx), run.ID))
	}
	return run.ID, nil
}

// check returns the organisation that the listings will belong to.
func (in Sent) check(tx *db.Tx) (owner string, err error) {
	wrong := fault.New(fault.Invalid, "import.file_amiss")
	if in.Kind != exchange.Offers.Name && in.Kind != exchange.Needs.Name {
		wrong.At("kind", "import.kind_needed")
	}
	switch n := utf8.RuneCountInString(in.Source); {
	case n == 0:
		wrong.At("source", "import.source_needed")
	case n > longestSource:
		wrong.At("source", "field.too_long", "N", n, "Most", longestSource)
	}
	if in.Data == nil {
		wrong.At("file", "import.file_needed")
	}
	owner, key, err := ownerOf(tx, in.Owner)
	if key != "" {
		wrong.At("owner", key)
	}
	if err != nil {
		return "", err
	}
	return owner, wrong.OrNil()
}

// ownerOf finds a confirmed organisation by id, tax code or words of its name; amiss is why not.
func ownerOf(tx *db.Tx, text string) (id, amiss string, err error) {
	if text == "" {
		return "", "", nil
	}
	o, err := registry.Organisations.Get(tx, text)
	switch {
	case err == nil && o.State == "confirmed":
		return o.ID, "", nil
	case err != nil && fault.KindOf(err) != fault.NotFound:
		return "", "", err
	}
	found, err := registry.Find(tx, registry.Sought{Text: text, Limit: 2})
	switch {
	case err != nil:
		return "", "", err
	case len(found) == 0:
		return "", "import.owner_unknown", nil
	case len(found) > 1:
		return "", "import.owner_many", nil
	}
	return found[0].ID, "", nil
}

// takeFile keeps the file in the store, where all nodes see it, and reads its beginning.
func (g *Gate) takeFile(ctx context.Context, run *Run, in Sent) error {
	if g.aside == nil {
		return fault.New(fault.Unavailable, "import.no_folder")
	}
	if err := g.makeRoom(ctx, time.Now()); err != nil {
		return err
	}
	var err error
	run.Bytes, err = g.aside.Keep(ctx, fileName(run.ID), in.Data, mostImport)
	if fault.KindOf(err) == fault.TooLarge {
		return fault.New(fault.Invalid, "import.file_amiss").At("file", "import.too_large", "Megabytes", mostImport>>20)
	}
	if err != nil {
		return err
	}
	run.Head, err = g.readHead(ctx, run)
	if f, isFault := fault.As(err); isFault {
		return fault.New(fault.Invalid, "import.file_amiss").At("file", f.Key, f.Args...)
	}
	return err
}

// readHead reads the columns of a file and its first good rows.
func (g *Gate) readHead(ctx context.Context, run *Run) (head Head, err error) {
	file, table, err := g.openRun(ctx, run)
	if err != nil {
		return head, err
	}
	defer file.Close()
	defer table.Close()
	for tries := 0; len(head.Samples) < sampleRows && tries < 100; tries++ {
		row, err := table.Next()
		var amiss *document.RowFault
		if errors.Is(err, io.EOF) {
			break
		}
		if errors.As(err, &amiss) {
			continue
		}
		if err != nil {
			return head, err
		}
		head.Samples = append(head.Samples, sampleOf(row, table.Columns()))
	}
	head.Columns = table.Columns()
	if len(head.Columns) == 0 {
		return head, fault.New(fault.Invalid, "import.no_columns")
	}
	return head, nil
}

func sampleOf(row document.Row, columns []string) []string {
	texts := make([]string, len(columns))
	for i, column := range columns {
		cell, _ := row.Cell(column)
		letters := []rune(strings.Join(strings.Fields(lang.Clean(cell.Text)), " "))
		if len(letters) > sampleLetters {
			letters = append(letters[:sampleLetters-1], '…')
		}
		texts[i] = string(letters)
	}
	return texts
}

// openRun opens the file of a run. It returns fault.Gone when the file is not kept any more.
func (g *Gate) openRun(ctx context.Context, run *Run) (*os.File, *document.Table, error) {
	file, err := g.aside.Fetch(ctx, fileName(run.ID))
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil, fault.New(fault.Gone, "import.file_gone")
	}
	if err != nil {
		return nil, nil, fmt.Errorf("open the file of import %s: %w", run.ID, err)
	}
	table, err := document.OpenTable(run.File, file, document.Options{Sheet: run.Sheet, Limits: document.Limits{Bytes: mostImport}})
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return file, table, nil
}

// The names in the store of a run's file and of the workbook of its bad rows.
func fileName(id string) string   { return id + "/file" }
func errorsName(id string) string { return id + "/errors.xlsx" }

// dropFiles removes what the store keeps of a run.
func (g *Gate) dropFiles(ctx context.Context, id string) error {
	if g.aside == nil {
		return nil
	}
	return errors.Join(g.aside.Drop(ctx, errorsName(id)), g.aside.Drop(ctx, fileName(id)))
}

// makeRoom drops the files that were put aside long ago. It returns fault.Unavailable when what is
// left fills the room for them.
func (g *Gate) makeRoom(ctx context.Context, now time.Time) error {
	var all int64
	var old []string
	err := g.aside.Each(ctx, func(name string, size int64, at time.Time) error {
		id, isFile := strings.CutSuffix(name, fileName(""))
		if isFile && now.Sub(at) > keepPutAside {
			old = append(old, id)
		} else if isFile {
			all += size
		}
		return nil
	})
	for _, id := range old {
		err = errors.Join(err, g.dropFiles(ctx, id))
	}
	if err != nil {
		return fmt.Errorf("make room for a file: %w", err)
	}
	if all > mostPutAside {
		return fault.New(fault.Unavailable, "import.folder_full")
	}
	return nil
}
