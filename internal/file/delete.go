package file

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// Two people may hold the same content: one takes it away at the moment when the other sends it.
// So that the second keeps it, content that was put less than settled ago is never deleted: it may
// be on its way into a record. The last instants are closed by a mark. Who deletes sets the mark
// before a second look at the time; who puts renews the time before a look for the mark, waits
// until the mark is gone, and writes the content once more when it went with it.
const (
	settled  = time.Hour
	goingEnd = "-going"         // the mark of content that is being deleted
	deleting = 20 * time.Second // most time for one deletion
	lapsed   = time.Minute      // after which a mark was left by somebody who was killed
)

// Delete removes the content of that hash and its thumbnails, unless it was put within the last
// hour; Sweep removes it later. It is no error when it is gone already. Records that hold the same
// content share it: delete it when the last of them was changed and that change is committed.
func (s *Store) Delete(ctx context.Context, sha string) error {
	if !hashForm.MatchString(sha) {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, deleting)
	defer cancel()
	if fresh, err := s.fresh(ctx, sha); fresh || err != nil {
		return err
	}
	if err := s.shelf.keep(ctx, sha+goingEnd, strings.NewReader("-"), 1, "text/plain"); err != nil {
		return fmt.Errorf("mark file %s: %w", sha, err)
	}
	fresh, err := s.fresh(ctx, sha)
	if err == nil && !fresh {
		err = s.remove(ctx, sha)
	}
	unmark := s.shelf.remove(context.WithoutCancel(ctx), sha+goingEnd)
	return errors.Join(err, unmark)
}

// fresh reports whether content was put within the last hour; what is not there is not fresh.
func (s *Store) fresh(ctx context.Context, sha string) (bool, error) {
	at, err := s.shelf.kept(ctx, sha)
	if errors.Is(err, errMissing) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look at file %s: %w", sha, err)
	}
	return time.Since(at) < settled, nil
}

func (s *Store) remove(ctx context.Context, sha string) error {
	for _, width := range ThumbnailWidths {
		if err := s.shelf.remove(ctx, sha+thumbnailSuffix(width)); err != nil {
			return fmt.Errorf("delete a thumbnail of %s: %w", sha, err)
		}
	}
	if err := s.shelf.remove(ctx, sha); err != nil {
		return fmt.Errorf("delete file %s: %w", sha, err)
	}
	return nil
}

// keepContent keeps content against a deletion that is under way.
func (s *Store) keepContent(ctx context.Context, stored Stored, content io.ReadSeeker) error {
	for {
		if err := s.shelf.keep(ctx, stored.SHA256, content, stored.Size, stored.MIME); err != nil {
			return err
		}
		if err := s.outlive(ctx, stored.SHA256); err != nil {
			return err
		}
		_, err := s.shelf.kept(ctx, stored.SHA256)
		if !errors.Is(err, errMissing) {
			return err
		}
	}
}

// outlive waits until nobody is deleting content of that hash.
func (s *Store) outlive(ctx context.Context, sha string) error {
	for {
		since, err := s.shelf.kept(ctx, sha+goingEnd)
		switch {
		case errors.Is(err, errMissing):
			return nil
		case err != nil:
			return err
		case time.Since(since) > lapsed:
			return s.shelf.remove(ctx, sha+goingEnd)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// sweepBatch is how many hashes are asked for at a time.
const sweepBatch = 500

// Sweep removes the content that was put more than an hour ago and that nobody holds: what Delete
// had to leave, and what came with a form that was refused. Held returns those of some hashes that
// a record holds. It returns how many contents it removed.
func (s *Store) Sweep(ctx context.Context, held func(shas []string) (map[string]bool, error)) (int, error) {
	swept := 0
	var batch []string
	drop := func() error {
		kept, err := held(batch)
		if err != nil {
			return fmt.Errorf("ask who holds files: %w", err)
		}
		for _, sha := range batch {
			if kept[sha] {
				continue
			}
			if err := s.Delete(ctx, sha); err != nil {
				return err
			}
			swept++
		}
		batch = batch[:0]
		return nil
	}
	err := s.shelf.each(ctx, "", func(one item) error {
		if !hashForm.MatchString(one.key) || time.Since(one.at) < settled {
			return nil
		}
		if batch = append(batch, one.key); len(batch) < sweepBatch {
			return nil
		}
		return drop()
	})
	if err == nil && len(batch) > 0 {
		err = drop()
	}
	return swept, err
}
