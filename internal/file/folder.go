package file

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// folder is a shelf on this machine: each content in a file of its own under the first two
// letters of its hash, or under its name when it has one with a slash.
type folder struct{ dir string }

// InFolder returns a store in that folder, which is made when it is missing.
func InFolder(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("folder of files: %w", err)
	}
	return &Store{shelf: folder{dir}}, nil
}

func (f folder) path(key string) string {
	if strings.Contains(key, "/") {
		return filepath.Join(f.dir, filepath.FromSlash(key))
	}
	return filepath.Join(f.dir, key[:2], key)
}

// keep writes beside the place, brings it to the disk and renames it into place, so that a file
// that can be seen is whole, also after a power cut.
func (f folder) keep(_ context.Context, key string, content io.ReadSeeker, _ int64, _ string) error {
	path := f.path(key)
	if now := time.Now(); !strings.Contains(key, "/") && os.Chtimes(path, now, now) == nil {
		return nil // under a hash nothing else can lie; what has a name is written anew
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	draft, err := os.CreateTemp(filepath.Dir(path), draftBegin+"*")
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

// draftBegin is how the name of a file begins that is being written.
const draftBegin = "draft-"

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

func (f folder) kept(_ context.Context, key string) (time.Time, error) {
	info, err := os.Stat(f.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return time.Time{}, errMissing
	}
	if err != nil {
		return time.Time{}, err
	}
	return info.ModTime(), nil
}

func (f folder) each(ctx context.Context, begin string, fn func(item) error) error {
	return filepath.WalkDir(f.dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil {
			err = ctx.Err()
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil // gone meanwhile
		}
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), draftBegin) {
			return err
		}
		name, err := filepath.Rel(f.dir, path)
		if err != nil {
			return err
		}
		if name = filepath.ToSlash(name); len(filepath.Dir(name)) == 2 {
			name = entry.Name()
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(name, begin) {
			return nil
		}
		if err != nil {
			return err
		}
		return fn(item{name, info.Size(), info.ModTime()})
	})
}

func (f folder) remove(_ context.Context, key string) error {
	if err := os.Remove(f.path(key)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if strings.Contains(key, "/") {
		_ = os.Remove(filepath.Dir(f.path(key))) // when it is empty
	}
	return nil
}

func (f folder) ready(context.Context) error {
	_, err := os.Stat(f.dir)
	return err
}
