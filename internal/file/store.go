// Package file keeps what people attach: checked by content, freed of hidden metadata, scanned when
// a scanner is there, and stored under the hash of its content.
package file

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"time"

	"chonoi/internal/fault"
)

// Stored is a file that is kept. SHA256 is its name in the store, in hexadecimal; it is the hash
// of what is kept, which for an image is less than what was sent.
type Stored struct {
	SHA256 string
	Size   int64 // bytes
	MIME   string
	Ext    string // pdf, jpeg …, without a dot
}

// PutOptions limits what is taken.
type PutOptions struct {
	MaxBytes int64    // 0: 20 MiB
	Allowed  []string // kinds by Ext; none: all of Kinds
}

const usualMaxBytes = 20 << 20

// shelf is where the bytes lie. A key is a hash, with "-320" or "-960" behind it for a thumbnail.
type shelf interface {
	// keep stores all of content; a second call with the same key only renews its time.
	keep(ctx context.Context, key string, content io.ReadSeeker, size int64, mime string) error
	// open returns the content, or errMissing.
	open(ctx context.Context, key string) (io.ReadSeekCloser, int64, error)
	// kept returns when the content was last kept, or errMissing.
	kept(ctx context.Context, key string) (time.Time, error)
	// each calls fn for all content whose key begins so, in no certain order.
	each(ctx context.Context, begin string, fn func(item) error) error
	// remove deletes the content; it is no error when there is none.
	remove(ctx context.Context, key string) error
	// ready reports whether the shelf can be reached.
	ready(ctx context.Context) error
}

// item is content that lies on a shelf.
type item struct {
	key  string
	size int64
	at   time.Time // when it was last kept
}

var errMissing = errors.New("no such file")

// Store keeps files in a folder or in an S3 bucket. It is safe for use by many goroutines.
type Store struct {
	shelf   shelf
	scanner *Scanner
}

// Scanned has every file scanned before it is kept, and returns the same store.
func (s *Store) Scanned(scanner *Scanner) *Store {
	s.scanner = scanner
	return s
}

// Ready reports whether the store, and its scanner when it has one, can be reached.
func (s *Store) Ready(ctx context.Context) error {
	if err := s.shelf.ready(ctx); err != nil {
		return fmt.Errorf("file store: %w", err)
	}
	if s.scanner != nil {
		return s.scanner.Ready(ctx)
	}
	return nil
}

// Put keeps all of r and says what it is, going by the content and not by any name. It returns the
// faults TooLarge, Unsupported (a kind that is not taken), Invalid (empty, a broken image, infected)
// and Unavailable (the scanner is down). An image loses its metadata, such as the place where it was
// taken, and gets its thumbnails. The same content is kept once, however often it is put.
func (s *Store) Put(ctx context.Context, r io.Reader, options PutOptions) (Stored, error) {
	draft, err := os.CreateTemp("", "chonoi-*")
	if err != nil {
		return Stored{}, fmt.Errorf("receive a file: %w", err)
	}
	defer func() {
		draft.Close()
		os.Remove(draft.Name())
	}()
	size, err := receive(draft, r, options.MaxBytes)
	if err != nil {
		return Stored{}, err
	}
	k, err := kindOf(draft, options.Allowed)
	if err != nil {
		return Stored{}, err
	}
	if err := s.scan(ctx, draft); err != nil {
		return Stored{}, err
	}
	if k.strip != nil {
		return s.putImage(ctx, draft, k)
	}
	return s.put(ctx, draft, size, k)
}

// receive copies r into draft, up to the limit.
func receive(draft *os.File, r io.Reader, limit int64) (int64, error) {
	if limit == 0 {
		limit = usualMaxBytes
	}
	size, err := io.Copy(draft, io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return 0, fmt.Errorf("receive a file: %w", err)
	case size > limit:
		return 0, fault.New(fault.TooLarge, "file.too_large", "Megabytes", int(max(1, limit>>20)))
	case size == 0:
		return 0, fault.New(fault.Invalid, "file.empty")
	}
	return size, nil
}

func (s *Store) scan(ctx context.Context, draft *os.File) error {
	if s.scanner == nil {
		return nil
	}
	if _, err := draft.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("scan a file: %w", err)
	}
	return s.scanner.Scan(ctx, draft)
}

// put keeps content as it is.
func (s *Store) put(ctx context.Context, content io.ReadSeeker, size int64, k kind) (Stored, error) {
	hash := sha256.New()
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return Stored{}, fmt.Errorf("hash a file: %w", err)
	}
	if _, err := io.Copy(hash, content); err != nil {
		return Stored{}, fmt.Errorf("hash a file: %w", err)
	}
	stored := Stored{SHA256: hex.EncodeToString(hash.Sum(nil)), Size: size, MIME: k.mime, Ext: k.ext}
	if err := s.keepContent(ctx, stored, content); err != nil {
		return Stored{}, fmt.Errorf("keep file %s: %w", stored.SHA256, err)
	}
	return stored, nil
}

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Open returns the content of that hash and its size in bytes, or the fault NotFound. The caller
// closes it.
func (s *Store) Open(ctx context.Context, sha string) (io.ReadSeekCloser, int64, error) {
	return s.openKey(ctx, sha, "")
}

// Thumbnail returns the image of that hash as a JPEG, at most width pixels wide; width is one of
// ThumbnailWidths. It returns the fault NotFound when there is none, as for a file that is no image.
func (s *Store) Thumbnail(ctx context.Context, sha string, width int) (io.ReadSeekCloser, int64, error) {
	return s.openKey(ctx, sha, thumbnailSuffix(width))
}

func (s *Store) openKey(ctx context.Context, sha, suffix string) (io.ReadSeekCloser, int64, error) {
	if !hashForm.MatchString(sha) {
		return nil, 0, fault.New(fault.NotFound, "file.not_found")
	}
	content, size, err := s.shelf.open(ctx, sha+suffix)
	if errors.Is(err, errMissing) {
		return nil, 0, fault.New(fault.NotFound, "file.not_found")
	}
	if err != nil {
		return nil, 0, fmt.Errorf("open file %s: %w", sha, err)
	}
	return content, size, nil
}
