package file

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// folder is a shelf on this machine: each content in a file of its own under the first two
// letters of its hash.
type folder struct{ dir string }

// InFolder returns a store in that folder, which is made when it is missing.
func InFolder(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("folder of files: %w", err)
	}
	return &Store{shelf: folder{dir}}, nil
}

func (f folder) path(key string) string { return filepath.Join(f.dir, key[:2], key) }

// keep writes beside the place, brings it to the disk and renames it into place, so that a file
// that can be seen is whole, also after a power cut.
func (f folder) keep(_ context.Context, key string, content io.ReadSeeker, _ int64, _ string) error {
	path := f.path(key)
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	draft, err := os.CreateTemp(filepath.Dir(path), "draft-*")
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name()) // nothing is there once it is renamed
	_, err = content.Seek(0, io.SeekStart)
	if err == nil {
		_, err = io.Copy(draft, content)
	}
	if err == nil {
		err = draft.Sync()
	}
	if err := errors.Join(err, draft.Close()); err != nil {
		return err
	}
	if err := os.Rename(draft.Name(), path); err != nil {
		return err
	}
	return errors.Join(syncFolder(filepath.Dir(path)), syncFolder(f.dir))
}

func syncFolder(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

func (f folder) open(_ context.Context, key string) (io.ReadSeekCloser, int64, error) {
	content, err := os.Open(f.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, errMissing
	}
	if err != nil {
		return nil, 0, err
	}
	info, err := content.Stat()
	if err != nil {
		return nil, 0, errors.Join(err, content.Close())
	}
	return content, info.Size(), nil
}

func (f folder) remove(_ context.Context, key string) error {
	if err := os.Remove(f.path(key)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (f folder) ready(context.Context) error {
	_, err := os.Stat(f.dir)
	return err
}
