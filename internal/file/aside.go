package file

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"time"

	"chonoi/internal/fault"
)

// Aside is a part of the store for files that are worked on, such as those of an import: each lies
// under a name of its own, as it came, and goes when the work is done. All nodes of a deployment
// see the same.
type Aside struct {
	shelf shelf
	begin string
}

// Aside returns the part of that name, of more than two small letters.
func (s *Store) Aside(name string) *Aside { return &Aside{s.shelf, name + "/"} }

// asideForm is a name in an Aside: words of small letters, digits, dots and hyphens, with slashes
// between them; none begins with a dot.
var asideForm = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*(/[a-z0-9][a-z0-9.-]*)*$`)

// Keep keeps all of r under that name, in the place of what lay there, and returns its size in
// bytes. It returns the fault TooLarge when that is more than most.
func (a *Aside) Keep(ctx context.Context, name string, r io.Reader, most int64) (int64, error) {
	if !asideForm.MatchString(name) {
		return 0, fmt.Errorf("no file can be put aside as %q", name)
	}
	draft, err := os.CreateTemp("", "chonoi-*")
	if err != nil {
		return 0, fmt.Errorf("put a file aside: %w", err)
	}
	defer func() {
		draft.Close()
		os.Remove(draft.Name())
	}()
	size, err := io.Copy(draft, io.LimitReader(r, most+1))
	if err == nil && size > most {
		return 0, fault.New(fault.TooLarge, "file.too_large", "Megabytes", int(max(1, most>>20)))
	}
	if err == nil {
		err = a.shelf.keep(ctx, a.begin+name, draft, size, "application/octet-stream")
	}
	if err != nil {
		return 0, fmt.Errorf("put a file aside: %w", err)
	}
	return size, nil
}

// Open returns the file of that name and its size in bytes, or the fault NotFound. The caller
// closes it.
func (a *Aside) Open(ctx context.Context, name string) (io.ReadSeekCloser, int64, error) {
	if !asideForm.MatchString(name) {
		return nil, 0, fault.New(fault.NotFound, "file.not_found")
	}
	content, size, err := a.shelf.open(ctx, a.begin+name)
	if errors.Is(err, errMissing) {
		return nil, 0, fault.New(fault.NotFound, "file.not_found")
	}
	if err != nil {
		return nil, 0, fmt.Errorf("open %s: %w", name, err)
	}
	return content, size, nil
}

// Fetch returns the file of that name as a file of this machine, with random access: a copy when it
// lies in a bucket, which goes when it is closed. It returns the fault NotFound.
func (a *Aside) Fetch(ctx context.Context, name string) (*os.File, error) {
	content, _, err := a.Open(ctx, name)
	if err != nil {
		return nil, err
	}
	if own, local := content.(*os.File); local {
		return own, nil
	}
	defer content.Close()
	own, err := os.CreateTemp("", "chonoi-*")
	if err == nil {
		err = os.Remove(own.Name()) // it lives until it is closed
	}
	if err == nil {
		_, err = io.Copy(own, content)
	}
	if err == nil {
		_, err = own.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("fetch %s: %w", name, err), own.Close())
	}
	return own, nil
}

// Kept reports whether a file of that name lies there.
func (a *Aside) Kept(ctx context.Context, name string) (bool, error) {
	if !asideForm.MatchString(name) {
		return false, nil
	}
	_, err := a.shelf.kept(ctx, a.begin+name)
	if errors.Is(err, errMissing) {
		return false, nil
	}
	return err == nil, err
}

// Drop removes the file of that name; it is no error when there is none.
func (a *Aside) Drop(ctx context.Context, name string) error {
	if !asideForm.MatchString(name) {
		return nil
	}
	if err := a.shelf.remove(ctx, a.begin+name); err != nil {
		return fmt.Errorf("drop %s: %w", name, err)
	}
	return nil
}

// Each calls fn for every file that lies there, with its size in bytes and when it was kept.
func (a *Aside) Each(ctx context.Context, fn func(name string, size int64, at time.Time) error) error {
	return a.shelf.each(ctx, a.begin, func(one item) error { return fn(one.key[len(a.begin):], one.size, one.at) })
}
