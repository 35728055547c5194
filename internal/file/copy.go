package file

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"chonoi/internal/fault"
)

// Local reports whether the files lie in a folder of this machine, and not in a bucket.
func (s *Store) Local() bool {
	_, local := s.shelf.(folder)
	return local
}

// Copy calls fn for the content of that hash and for each of its thumbnails, under the names by
// which Restore takes them back. It returns the fault NotFound when the content is not there.
func (s *Store) Copy(ctx context.Context, sha string, fn func(name string, content io.Reader) error) error {
	suffixes := []string{""}
	for _, width := range ThumbnailWidths {
		suffixes = append(suffixes, thumbnailSuffix(width))
	}
	for _, suffix := range suffixes {
		content, _, err := s.openKey(ctx, sha, suffix)
		if suffix != "" && fault.KindOf(err) == fault.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		if err := errors.Join(fn(sha+suffix, content), content.Close()); err != nil {
			return fmt.Errorf("copy file %s: %w", sha+suffix, err)
		}
	}
	return nil
}

// Restore keeps what Copy gave under that name. It fails on content whose hash is another.
func (s *Store) Restore(ctx context.Context, name string, r io.Reader) error {
	sha := name[:min(len(name), sha256.Size*2)]
	if !hashForm.MatchString(sha) || !isCopy(name[len(sha):]) {
		return fmt.Errorf("%q is no name of a stored file", name)
	}
	draft, err := os.CreateTemp("", "chonoi-*")
	if err != nil {
		return fmt.Errorf("restore a file: %w", err)
	}
	defer func() {
		draft.Close()
		os.Remove(draft.Name())
	}()
	hash := sha256.New()
	size, err := io.Copy(io.MultiWriter(draft, hash), r)
	if err == nil && name == sha && hex.EncodeToString(hash.Sum(nil)) != sha {
		err = errors.New("its content is another")
	}
	if err == nil && name == sha {
		err = s.keepContent(ctx, Stored{SHA256: sha, Size: size, MIME: "application/octet-stream"}, draft)
	} else if err == nil {
		err = s.shelf.keep(ctx, name, draft, size, "image/jpeg")
	}
	if err != nil {
		return fmt.Errorf("restore file %s: %w", name, err)
	}
	return nil
}

func isCopy(suffix string) bool {
	for _, width := range ThumbnailWidths {
		if suffix == thumbnailSuffix(width) {
			return true
		}
	}
	return suffix == ""
}
