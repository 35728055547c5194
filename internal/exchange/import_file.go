package exchange

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

// ImportFile is a file as an officer sends it.
type ImportFile struct {
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
func (x *Exchange) PutAside(ctx context.Context, d *db.DB, words *lang.Words, actor account.ID, in ImportFile) (string, error) {
	run := &ImportRun{ID: db.NewID(time.Time{}), By: actor, Kind: in.Kind, Source: in.Source, Sheet: in.Sheet, Tongue: in.Tongue, File: filepath.Base(lang.Clean(in.Name)), State: RunReady}
	err := d.View(ctx, func(tx *db.Tx) (err error) {
		run.Owner, err = in.check(tx)
		return err
	})
	if err != nil {
		return "", err
	}
	if err := x.takeFile(run, in); err != nil {
		return "", errors.Join(err, os.RemoveAll(x.runFolder(run.ID)))
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		targets := x.targets(run.Kind, words)
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
		return "", errors.Join(err, os.RemoveAll(x.runFolder(run.ID)))
	}
	return run.ID, nil
}

// check returns the organisation that the listings will belong to.
func (in ImportFile) check(tx *db.Tx) (owner string, err error) {
	wrong := fault.New(fault.Invalid, "import.file_amiss")
	if in.Kind != Offers.Name && in.Kind != Needs.Name {
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

// takeFile writes the file into a folder of its own and reads its beginning.
func (x *Exchange) takeFile(run *ImportRun, in ImportFile) error {
	if x.Imports == "" {
		return fault.New(fault.Unavailable, "import.no_folder")
	}
	if err := x.makeRoom(time.Now()); err != nil {
		return err
	}
	if err := os.MkdirAll(x.runFolder(run.ID), 0o700); err != nil {
		return fmt.Errorf("put a file aside: %w", err)
	}
	file, err := os.OpenFile(x.filePath(run.ID), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("put a file aside: %w", err)
	}
	run.Bytes, err = io.Copy(file, io.LimitReader(in.Data, mostImport+1))
	if err == nil && run.Bytes > mostImport {
		err = fault.New(fault.Invalid, "import.file_amiss").At("file", "import.too_large", "Megabytes", mostImport>>20)
	}
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	run.Head, err = x.readHead(run)
	if f, isFault := fault.As(err); isFault {
		return fault.New(fault.Invalid, "import.file_amiss").At("file", f.Key, f.Args...)
	}
	return err
}

// readHead reads the columns of a file and its first good rows.
func (x *Exchange) readHead(run *ImportRun) (head FileHead, err error) {
	file, table, err := x.openRun(run)
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
func (x *Exchange) openRun(run *ImportRun) (*os.File, *document.Table, error) {
	file, err := os.Open(x.filePath(run.ID))
	if errors.Is(err, os.ErrNotExist) {
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

func (x *Exchange) runFolder(id string) string  { return filepath.Join(x.Imports, filepath.Base(id)) }
func (x *Exchange) filePath(id string) string   { return filepath.Join(x.runFolder(id), "file") }
func (x *Exchange) errorsPath(id string) string { return filepath.Join(x.runFolder(id), "errors.xlsx") }

// makeRoom drops the files that were put aside long ago. It returns fault.Unavailable when what is
// left fills the folder.
func (x *Exchange) makeRoom(now time.Time) error {
	folders, err := os.ReadDir(x.Imports)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the folder of imports: %w", err)
	}
	var all int64
	for _, folder := range folders {
		info, err := os.Stat(x.filePath(folder.Name()))
		if err != nil {
			continue // just being made or dropped by another
		}
		if now.Sub(info.ModTime()) > keepPutAside {
			if err := os.RemoveAll(x.runFolder(folder.Name())); err != nil {
				return fmt.Errorf("drop an old file: %w", err)
			}
			continue
		}
		all += info.Size()
	}
	if all > mostPutAside {
		return fault.New(fault.Unavailable, "import.folder_full")
	}
	return nil
}
