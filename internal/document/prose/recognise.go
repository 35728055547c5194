package prose

import (
	"bytes"
	"io"
	"path"
	"strings"

	"chonoi/internal/fault"
)

// foreign are the first bytes of files that are no text, and what to tell of them.
var foreign = []struct{ mark, key string }{
	{"\xd0\xcf\x11\xe0", "prose.old_or_locked"},
	{"%PDF", "prose.is_pdf"},
	{"{\\rtf", "prose.is_rtf"},
	{"\xff\xd8\xff", "prose.is_picture"},
	{"\x89PNG", "prose.is_picture"},
	{"GIF8", "prose.is_picture"},
	{"II*\x00", "prose.is_picture"},
	{"MM\x00*", "prose.is_picture"},
	{"RIFF", "prose.is_picture"},
	{"\x1f\x8b", "prose.is_archive"},
	{"7z\xbc\xaf", "prose.is_archive"},
	{"Rar!", "prose.is_archive"},
}

// recognise tells the kind of a file: by its first bytes, and TXT from Markdown by its name.
func recognise(name string, r io.ReaderAt, size int64) (string, error) {
	first := make([]byte, min(size, 1024))
	if n, err := r.ReadAt(first, 0); n < len(first) {
		return "", err
	}
	for _, f := range foreign {
		if bytes.HasPrefix(first, []byte(f.mark)) {
			return "", fault.New(fault.Unsupported, f.key)
		}
	}
	named := kindOf(name)
	zipped := bytes.HasPrefix(first, []byte("PK\x03\x04")) || bytes.HasPrefix(first, []byte("PK\x05\x06"))
	switch {
	case named == "":
		return "", fault.New(fault.Unsupported, "prose.ending_unknown")
	case zipped && named != "docx":
		return "", fault.New(fault.Unsupported, "prose.is_archive")
	case !zipped && named == "docx":
		return "", fault.New(fault.Unsupported, "prose.not_docx")
	case named != "docx" && webPage(first):
		return "", fault.New(fault.Unsupported, "prose.is_web_page")
	}
	return named, nil
}

// webPage reports a file that begins as HTML or XML, which are no text under any name.
func webPage(first []byte) bool {
	begin := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(first, []byte("\xef\xbb\xbf"))))
	for _, mark := range []string{"<!doctype", "<html", "<?xml"} {
		if bytes.HasPrefix(begin, []byte(mark)) {
			return true
		}
	}
	return false
}

// kindOf is the kind that a file's name tells, empty when it is none that is read.
func kindOf(name string) string {
	switch path.Ext(strings.ToLower(strings.TrimSpace(name))) {
	case ".txt", ".text", "":
		return "txt"
	case ".md", ".markdown":
		return "md"
	case ".docx", ".docm":
		return "docx"
	}
	return ""
}
