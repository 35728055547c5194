package app

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/db/dump"
	"chonoi/internal/fault"
	"chonoi/internal/file"
	"chonoi/internal/job"
	"chonoi/internal/ledger"
)

// BackupOptions say what goes into an archive beside the database.
type BackupOptions struct {
	NoFiles     bool // leave out the files that lie in the data folder
	BucketFiles bool // take in the files that lie in a bucket
}

// Backup writes an archive of all that a deployment keeps: one consistent state of the database,
// taken while the server may run and write, the files, and those that officers put aside. Nothing
// in it belongs to an engine, so it may be restored on the other. Settings in config.toml are not
// in it, for they hold secrets. Progress is called with the steps done and all steps. It returns
// fault.NotFound when there is no database and fault.Conflict when the archive exists already.
func Backup(ctx context.Context, c Config, path string, o BackupOptions, progress func(done, all int64)) (Manifest, error) {
	if c.Database == "" {
		if _, err := os.Stat(filepath.Join(c.Data, "chonoi.db")); errors.Is(err, os.ErrNotExist) {
			return Manifest{}, fault.New(fault.NotFound, "backup.no_database", "Folder", c.Data)
		}
	}
	d, err := db.Open(ctx, c.Address())
	if err != nil {
		return Manifest{}, err
	}
	defer d.Close()
	store, err := c.files()
	if err != nil {
		return Manifest{}, err
	}
	a, err := createArchive(path)
	if err != nil {
		return Manifest{}, err
	}
	defer a.discard()
	b := backup{archiveWriter: a, steps: steps{tell: progress}}
	var shas []string
	err = d.View(ctx, func(tx *db.Tx) error {
		shas, err = b.snapshot(tx, d.Engine())
		return err
	})
	if err == nil && (store.Local() && !o.NoFiles || o.BucketFiles) {
		err = b.copyFiles(ctx, store, shas)
	}
	if err == nil {
		err = a.finish()
	}
	return a.manifest, err
}

// backup is an archive on its way.
type backup struct {
	*archiveWriter
	steps steps
}

// steps counts what is done; all is 0 while it is not known.
type steps struct {
	tell      func(done, all int64)
	done, all int64
}

func (s *steps) step() {
	s.done++
	if s.tell != nil {
		s.tell(s.done, s.all)
	}
}

// snapshot writes the tables and the jobs as one transaction sees them, and returns the hashes of
// the files that belong to that state.
func (b *backup) snapshot(tx *db.Tx, engine string) ([]string, error) {
	m := &b.manifest
	m.Format, m.Version, m.At, m.Engine, m.Rows = archiveFormat, version(), tx.Now, engine, map[string]int64{}
	tables, err := dump.Tables(tx)
	if err != nil {
		return nil, err
	}
	if len(tables) == 0 {
		return nil, fault.New(fault.NotFound, "backup.no_tables")
	}
	if m.Schemas, err = dump.Versions(tx); err != nil {
		return nil, err
	}
	shas, err := allFiles(tx)
	if err != nil {
		return nil, err
	}
	b.steps.all = int64(len(shas))
	for _, table := range tables {
		n, err := dump.Count(tx, table)
		if err != nil {
			return nil, err
		}
		b.steps.all += n
	}
	report, err := ledger.VerifyIn(tx, nil)
	if err != nil {
		return nil, err
	}
	m.Ledger = LedgerHead{report.Entries, report.Head, report.Broken}
	for _, table := range tables {
		err := b.part(tablesPart+table.Name+".jsonl", true, func(w io.Writer) (err error) {
			m.Rows[table.Name], err = dump.Write(tx, table, w, b.steps.step)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return shas, b.part(jobsPart, true, func(w io.Writer) error {
		out := json.NewEncoder(w)
		return job.EachLeft(tx, func(left job.Left) error {
			m.Jobs++
			return out.Encode(left)
		})
	})
}

// copyFiles writes the files that the snapshot tells of, and those that were put aside. One that a
// record gave up meanwhile, or that was lost before, is told of as missing.
func (b *backup) copyFiles(ctx context.Context, store *file.Store, shas []string) error {
	for _, sha := range shas {
		err := store.Copy(ctx, sha, func(name string, content io.Reader) error { return b.copy(filesPart+name, false, content) })
		switch {
		case fault.KindOf(err) == fault.NotFound:
			b.manifest.Missing = append(b.manifest.Missing, sha)
		case err != nil:
			return err
		default:
			b.manifest.Files++
		}
		b.steps.step()
	}
	imports := store.Aside(importsAside)
	return imports.Each(ctx, func(name string, _ int64, _ time.Time) error {
		content, _, err := imports.Open(ctx, name)
		if fault.KindOf(err) == fault.NotFound {
			return nil // its time was over
		}
		if err != nil {
			return err
		}
		b.manifest.Imports++
		return errors.Join(b.copy(importsPart+name, true, content), content.Close())
	})
}

func (b *backup) copy(name string, packed bool, content io.Reader) error {
	return b.part(name, packed, func(w io.Writer) error {
		_, err := io.Copy(w, content)
		return err
	})
}

// importsAside is the part of the store where files of imports lie.
const importsAside = "imports"

// version is the program's own.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return ""
}
