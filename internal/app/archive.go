package app

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"time"

	"chonoi/internal/fault"
)

// The names of the parts of an archive.
const (
	archiveFormat = 1
	manifestPart  = "manifest.json"
	jobsPart      = "jobs.jsonl"
	tablesPart    = "tables/" // offer.jsonl …
	filesPart     = "files/"  // by hash, as they lie in the store
	importsPart   = "imports/"
)

// Manifest says what an archive holds. It is the archive's last part, so an archive that was not
// written to its end has none.
type Manifest struct {
	Format  int              `json:"format"`
	Version string           `json:"version"` // of the program that wrote it
	At      time.Time        `json:"at"`      // of the snapshot
	Engine  string           `json:"engine"`
	Schemas map[string]int64 `json:"schemas"` // number of the last schema file of each
	Ledger  LedgerHead       `json:"ledger"`
	Rows    map[string]int64 `json:"rows"` // of each table
	Jobs    int64            `json:"jobs"` // that were left and not done
	Files   int64            `json:"files"`
	Imports int64            `json:"imports"`           // files that officers put aside
	Missing []string         `json:"missing,omitempty"` // files that were not in the store
	Parts   []Part           `json:"parts,omitempty"`
}

// LedgerHead is how far the ledger's chain was.
type LedgerHead struct {
	Entries int64  `json:"entries"`
	Head    string `json:"head"`
	Broken  int64  `json:"broken"` // the first link that did not fit, 0 when the chain was whole
}

// Part is one file of an archive.
type Part struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// archiveWriter writes an archive beside its place and renames it when it is whole.
type archiveWriter struct {
	path     string
	file     *os.File
	zip      *zip.Writer
	manifest Manifest
}

// createArchive begins an archive. It returns fault.Conflict when there is a file already.
func createArchive(path string) (*archiveWriter, error) {
	if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
		return nil, errors.Join(fault.New(fault.Conflict, "backup.file_exists", "File", path), err)
	}
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return nil, fmt.Errorf("begin the archive: %w", err)
	}
	return &archiveWriter{path: path, file: file, zip: zip.NewWriter(file)}, nil
}

// part writes one part; packed says whether it is worth compressing.
func (a *archiveWriter) part(name string, packed bool, write func(io.Writer) error) error {
	header := &zip.FileHeader{Name: name, Method: zip.Store, Modified: a.manifest.At}
	if packed {
		header.Method = zip.Deflate
	}
	out, err := a.zip.CreateHeader(header)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	sum := &summed{hash: sha256.New()}
	if err := write(io.MultiWriter(out, sum)); err != nil {
		return err
	}
	a.manifest.Parts = append(a.manifest.Parts, Part{name, sum.n, sum.hex()})
	return nil
}

// finish writes the manifest, brings the archive to the disk and gives it its name.
func (a *archiveWriter) finish() error {
	raw, err := json.MarshalIndent(a.manifest, "", " ")
	if err != nil {
		return err
	}
	out, err := a.zip.Create(manifestPart)
	if err == nil {
		_, err = out.Write(raw)
	}
	if err == nil {
		err = a.zip.Close()
	}
	if err == nil {
		err = a.file.Sync()
	}
	if err = errors.Join(err, a.file.Close()); err == nil {
		err = os.Rename(a.file.Name(), a.path)
	}
	if err != nil {
		return fmt.Errorf("finish the archive: %w", err)
	}
	return nil
}

// discard removes what was written, unless it was finished.
func (a *archiveWriter) discard() {
	a.file.Close()
	os.Remove(a.file.Name())
}

// archiveReader is an archive whose parts were all compared with the manifest.
type archiveReader struct {
	zip      *zip.ReadCloser
	parts    map[string]*zip.File
	manifest Manifest
}

// openArchive opens an archive and compares the digest of each part. It returns fault.Invalid when
// a part is missing, damaged or not told of, and fault.Unsupported when a newer version wrote it.
func openArchive(path string, step func()) (*archiveReader, error) {
	inner, err := zip.OpenReader(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "backup.no_file", "File", path)
	}
	if err != nil {
		return nil, errors.Join(fault.New(fault.Invalid, "backup.no_archive", "File", path), err)
	}
	a := &archiveReader{zip: inner, parts: map[string]*zip.File{}}
	for _, one := range inner.File {
		a.parts[one.Name] = one
	}
	if err := a.check(step); err != nil {
		inner.Close()
		return nil, err
	}
	return a, nil
}

func (a *archiveReader) check(step func()) error {
	err := a.read(manifestPart, func(r io.Reader) error { return json.NewDecoder(r).Decode(&a.manifest) })
	if err != nil || a.manifest.Format < 1 {
		return fault.New(fault.Invalid, "backup.damaged", "Part", manifestPart)
	}
	if a.manifest.newer() {
		return fault.New(fault.Unsupported, "backup.newer", "Version", a.manifest.Version)
	}
	if len(a.parts) != len(a.manifest.Parts)+1 {
		return fault.New(fault.Invalid, "backup.damaged", "Part", manifestPart)
	}
	for _, part := range a.manifest.Parts {
		sum := &summed{hash: sha256.New()}
		err := a.read(part.Name, func(r io.Reader) error {
			_, err := io.Copy(sum, r)
			return err
		})
		if err != nil || sum.n != part.Bytes || sum.hex() != part.SHA256 {
			return errors.Join(fault.New(fault.Invalid, "backup.damaged", "Part", part.Name), err)
		}
		step()
	}
	return nil
}

// newer reports whether the archive tells of what this program does not know.
func (m Manifest) newer() bool {
	if m.Format > archiveFormat {
		return true
	}
	known := map[string]int64{}
	for _, s := range Schemas {
		known[s.Name], _ = s.Newest()
	}
	for name, version := range m.Schemas {
		if version > known[name] {
			return true
		}
	}
	return false
}

// read opens a part for fn.
func (a *archiveReader) read(name string, fn func(io.Reader) error) error {
	part := a.parts[name]
	if part == nil {
		return fmt.Errorf("the archive has no part %s", name)
	}
	content, err := part.Open()
	if err != nil {
		return fmt.Errorf("open %s: %w", name, err)
	}
	return errors.Join(fn(content), content.Close())
}

// summed counts and digests what is written to it.
type summed struct {
	hash hash.Hash
	n    int64
}

func (s *summed) Write(p []byte) (int, error) {
	s.n += int64(len(p))
	return s.hash.Write(p)
}

func (s *summed) hex() string { return hex.EncodeToString(s.hash.Sum(nil)) }
