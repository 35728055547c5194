// Package watermark marks the copy of a confidential file that a reader opens with who reads it and
// when: over every page of a PDF, all over an image. It knows no database and no HTTP; whoever shows
// the file tells it the reader. The original is only read.
package watermark

import (
	"context"
	"embed"
	"fmt"
	"io"
	"time"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// Texts are the texts of this package.
//
//go:embed texts.toml
var Texts embed.FS

// What a file may cost.
const (
	mostBytes   = 30 << 20
	mostPages   = 2000
	mostTime    = 10 * time.Second
	mostPixels  = 40_000_000
	mostSide    = 20_000
	mostLetters = 64 // of a line of the mark
)

// The media types that can be marked.
const (
	pdfKind  = "application/pdf"
	jpegKind = "image/jpeg"
	pngKind  = "image/png"
	webpKind = "image/webp"
)

// Mark is who reads a file, and when. Reader and At are needed; what else is empty is left out.
type Mark struct {
	Reader       string
	Organisation string
	At           time.Time
	Number       string // by which the ledger or the owner finds this reading
}

// lines are what is written at each place of the mark: names and figures, no words, so that it is the
// same in every tongue. Times are those of Vietnam.
func (m Mark) lines() []string {
	last := lang.DateTime(lang.Vi, m.At)
	if number := line(m.Number); number != "" {
		last += " · " + number
	}
	var all []string
	for _, text := range []string{line(m.Reader), line(m.Organisation), last} {
		all = append(all, folded(text)...)
	}
	return all
}

// Can reports whether files of that media type can be marked. What cannot be marked is not shown with
// a mark: the caller decides whether it is shown at all.
func Can(kind string) bool { return Becomes(kind) != "" }

// Becomes tells the media type of the marked copy of a file of that media type: the same, but a JPEG
// for a WebP, which is only read. It is empty for what cannot be marked.
func Becomes(kind string) string {
	switch kind {
	case pdfKind, jpegKind, pngKind:
		return kind
	case webpKind:
		return jpegKind
	}
	return ""
}

// Stamp writes to w the copy of a file that carries the mark. kind is the media type of the file and
// must be what the file is; the copy is of Becomes(kind). The copy of a PDF leaves out what would go
// around the mark: attached files, earlier versions, previews, scripts; and signatures, which hold
// only for the original. Images come without their metadata.
//
// Nothing is written unless the whole copy was made. Faults: Unsupported for a kind that cannot be
// marked or a PDF that is locked; TooLarge for more than 30 MB, 2,000 pages or 40 megapixels, or what
// takes more than 10 s or too much memory; Invalid for what is damaged or not of its kind;
// Unavailable when others keep the machine busy; the error of ctx when it ends.
func Stamp(ctx context.Context, w io.Writer, r io.ReaderAt, size int64, kind string, m Mark) error {
	if !Can(kind) {
		return fault.New(fault.Unsupported, "watermark.cannot")
	}
	if line(m.Reader) == "" || m.At.IsZero() {
		return fmt.Errorf("mark a file: a mark needs its reader and its time")
	}
	if size > mostBytes {
		return fault.New(fault.TooLarge, "watermark.too_large", "Most", mostBytes>>20)
	}
	if size < 1 {
		return broken()
	}
	raw := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(r, 0, size), raw); err != nil {
		return fmt.Errorf("read the file to mark: %w", err)
	}
	letters, err := blockOf(m.lines())
	if err != nil {
		return err
	}
	var made []byte
	if kind == pdfKind {
		made, err = within(ctx, pdfs, func(ctx context.Context) ([]byte, error) { return stampPDF(ctx, raw, letters) })
	} else {
		made, err = within(ctx, pictures, func(ctx context.Context) ([]byte, error) { return stampImage(ctx, raw, kind, letters) })
	}
	if err != nil {
		return err
	}
	if _, err := w.Write(made); err != nil {
		return fmt.Errorf("write the marked copy: %w", err)
	}
	return nil
}

func broken() error { return fault.New(fault.Invalid, "watermark.broken") }

func tooCostly() error { return fault.New(fault.TooLarge, "watermark.too_costly") }
