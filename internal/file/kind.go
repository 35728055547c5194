package file

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"chonoi/internal/fault"
)

// kind is a sort of file that is taken.
type kind struct {
	ext, mime string
	office    bool                         // a ZIP that may hold macros
	strip     func([]byte) ([]byte, error) // images: removes what is hidden in them
}

var kinds = []kind{
	{ext: "pdf", mime: "application/pdf"},
	{ext: "png", mime: "image/png", strip: stripPNG},
	{ext: "jpeg", mime: "image/jpeg", strip: stripJPEG},
	{ext: "webp", mime: "image/webp", strip: stripWebP},
	{ext: "docx", mime: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", office: true},
	{ext: "xlsx", mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", office: true},
	{ext: "odt", mime: "application/vnd.oasis.opendocument.text", office: true},
	{ext: "ods", mime: "application/vnd.oasis.opendocument.spreadsheet", office: true},
	{ext: "csv", mime: "text/csv"},
	{ext: "txt", mime: "text/plain"},
}

// Images are the kinds of picture that are taken, for PutOptions.Allowed.
var Images = []string{"png", "jpeg", "webp"}

// Kinds lists what is taken when the caller does not say: documents, sheets, pictures and plain text.
var Kinds = func() (all []string) {
	for _, k := range kinds {
		all = append(all, k.ext)
	}
	return all
}()

// kindOf tells the kind of a received file by its content, or returns the fault Unsupported.
func kindOf(draft *os.File, allowed []string) (kind, error) {
	if len(allowed) == 0 {
		allowed = Kinds
	}
	refusal := fault.New(fault.Unsupported, "file.unsupported", "Kinds", strings.Join(allowed, ", "))
	if _, err := draft.Seek(0, io.SeekStart); err != nil {
		return kind{}, fmt.Errorf("look into a file: %w", err)
	}
	seen, err := mimetype.DetectReader(draft)
	if err != nil {
		return kind{}, fmt.Errorf("look into a file: %w", err)
	}
	i := slices.IndexFunc(kinds, func(k kind) bool { return seen.Is(k.mime) })
	if i < 0 {
		return kind{}, refusal
	}
	k := kinds[i]
	if k.ext == "txt" && !slices.Contains(allowed, "txt") || k.ext == "csv" && !slices.Contains(allowed, "csv") {
		k = otherText(k) // a table of one column looks like text, and a text with commas like a table
	}
	if !slices.Contains(allowed, k.ext) {
		return kind{}, refusal
	}
	if k.office {
		return k, withoutMacros(draft)
	}
	return k, nil
}

func otherText(k kind) kind {
	i := slices.IndexFunc(kinds, func(o kind) bool { return o.ext != k.ext && strings.HasPrefix(o.mime, "text/") })
	return kinds[i]
}

// withoutMacros refuses an office file that brings a program, and one that is no whole ZIP.
func withoutMacros(draft *os.File) error {
	info, err := draft.Stat()
	if err != nil {
		return fmt.Errorf("look into a file: %w", err)
	}
	archive, err := zip.NewReader(draft, info.Size())
	if err != nil {
		return fault.New(fault.Invalid, "file.broken")
	}
	for _, entry := range archive.File {
		name := strings.ToLower(strings.ReplaceAll(entry.Name, "\\", "/"))
		if strings.HasSuffix(name, "vbaproject.bin") || strings.HasPrefix(name, "basic/") || strings.HasPrefix(name, "scripts/") {
			return fault.New(fault.Unsupported, "file.macros")
		}
	}
	return nil
}
