package app

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/db/dump"
	"chonoi/internal/fault"
	"chonoi/internal/file"
	"chonoi/internal/job"
	"chonoi/internal/ledger"
)

// Restore puts what an archive holds into an empty deployment: one without accounts and without
// acts of people. It compares the digests of all parts first, and recomputes the ledger's chain
// before it keeps anything. All rows come in one transaction: a restore that is interrupted leaves
// an empty database, and some files that a second one finds in their place. It returns
// fault.Conflict when the deployment is not empty, fault.Invalid when the archive is damaged, and
// fault.Unsupported when a newer version wrote it.
func Restore(ctx context.Context, c Config, path string, progress func(done, all int64)) (Manifest, error) {
	s := steps{tell: progress}
	a, err := openArchive(path, s.step)
	if err != nil {
		return Manifest{}, err
	}
	defer a.zip.Close()
	d, err := db.Open(ctx, c.Address())
	if err != nil {
		return Manifest{}, err
	}
	defer d.Close()
	store, err := c.files()
	if err != nil {
		return Manifest{}, err
	}
	if err := d.View(ctx, mustBeEmpty); err != nil {
		return Manifest{}, err
	}
	if err := db.MigrateTo(ctx, d, a.manifest.Schemas, Schemas...); err != nil {
		return Manifest{}, err
	}
	if err := job.Migrate(ctx, d); err != nil {
		return Manifest{}, err
	}
	s.all = s.done + int64(len(a.manifest.Parts))
	for _, n := range a.manifest.Rows {
		s.all += n
	}
	if err := a.restoreFiles(ctx, store, s.step); err != nil {
		return Manifest{}, err
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		again := s // should the unit be run once more
		return a.restoreRows(tx, again.step)
	})
	if err != nil {
		return Manifest{}, err
	}
	_, err = db.Migrate(ctx, d, Schemas...)
	return a.manifest, err
}

// mustBeEmpty refuses a database in which somebody has an account or has done something. What a
// first start puts there, such as the shipped code lists, does not count.
func mustBeEmpty(tx *db.Tx) error {
	tables, err := dump.Tables(tx)
	if err != nil {
		return err
	}
	for _, table := range tables {
		var n int64
		switch table.Name {
		case "account":
			n, err = dump.Count(tx, table)
		case "ledger":
			n, err = actsOfPeople(tx)
		}
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.New(fault.Conflict, "backup.not_empty")
		}
	}
	return nil
}

// restoreFiles keeps the files and those that were put aside.
func (a *archiveReader) restoreFiles(ctx context.Context, store *file.Store, step func()) error {
	imports := store.Aside(importsAside)
	for _, part := range a.manifest.Parts {
		if err := ctx.Err(); err != nil {
			return err
		}
		name, isFile := strings.CutPrefix(part.Name, filesPart)
		aside, isImport := strings.CutPrefix(part.Name, importsPart)
		var err error
		switch {
		case isFile:
			err = a.read(part.Name, func(r io.Reader) error { return store.Restore(ctx, name, r) })
		case isImport:
			err = a.read(part.Name, func(r io.Reader) error {
				_, err := imports.Keep(ctx, aside, r, part.Bytes)
				return err
			})
		}
		if err != nil {
			return err
		}
		step()
	}
	return nil
}

// restoreRows fills the tables, leaves the jobs, and compares the ledger with the manifest.
func (a *archiveReader) restoreRows(tx *db.Tx, step func()) error {
	if err := mustBeEmpty(tx); err != nil {
		return err
	}
	tables, err := dump.Tables(tx)
	if err != nil {
		return err
	}
	byName := map[string]dump.Table{}
	for _, table := range tables {
		byName[table.Name] = table
	}
	for name := range a.manifest.Rows {
		if byName[name].Name == "" {
			return fmt.Errorf("the archive has a table %q that is unknown here", name)
		}
	}
	err = dump.Unordered(tx, func() error {
		for _, table := range tables {
			if err := dump.Clear(tx, table); err != nil {
				return err
			}
		}
		for _, table := range tables {
			if err := a.restoreTable(tx, table, step); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := a.read(jobsPart, func(r io.Reader) error { return leaveJobs(tx, r) }); err != nil {
		return err
	}
	report, err := ledger.VerifyIn(tx, nil)
	if err != nil {
		return err
	}
	if (LedgerHead{report.Entries, report.Head, report.Broken}) != a.manifest.Ledger {
		return fault.New(fault.Invalid, "backup.ledger_differs")
	}
	return nil
}

func (a *archiveReader) restoreTable(tx *db.Tx, table dump.Table, step func()) error {
	want, told := a.manifest.Rows[table.Name]
	if !told {
		return nil // a table of a newer version stays empty
	}
	return a.read(tablesPart+table.Name+".jsonl", func(r io.Reader) error {
		n, err := dump.Read(tx, table, r, step)
		if err == nil && n != want {
			err = fmt.Errorf("table %s has %d rows, the manifest tells %d", table.Name, n, want)
		}
		return err
	})
}

func leaveJobs(tx *db.Tx, r io.Reader) error {
	in := json.NewDecoder(bufio.NewReader(r))
	for {
		var left job.Left
		err := in.Decode(&left)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the jobs: %w", err)
		}
		if err := job.Leave(tx, left); err != nil {
			return err
		}
	}
}
