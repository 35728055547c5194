package prose

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path"
	"strings"
)

// Read reads a document of size bytes. What it is shows in its first bytes and, for a text, in the
// ending of its name: .md is Markdown, .txt or none is plain text. What is no running text, is
// damaged, is larger than allowed or is written in an encoding older than Unicode is refused with a
// fault that says so.
func Read(ctx context.Context, name string, r io.ReaderAt, size int64) (*Text, error) {
	if size > mostBytes {
		return nil, tooLarge()
	}
	first := make([]byte, min(size, 4096))
	if n, err := r.ReadAt(first, 0); n < len(first) {
		return nil, fmt.Errorf("read a document: %w", err)
	}
	kind, err := recognise(name, first)
	if err != nil {
		return nil, err
	}
	var t *Text
	switch kind {
	case "md":
		t, err = readMarkdown(ctx, r, size)
	case "docx":
		t, err = readWord(ctx, r, size)
	default:
		t, err = readPlain(ctx, r, size)
	}
	if err != nil {
		return nil, err
	}
	if err := legible(t); err != nil {
		return nil, err
	}
	return t, nil
}

// foreign are the first bytes of files that people take for documents, and what to tell them.
var foreign = []struct{ mark, key string }{
	{"\xd0\xcf\x11\xe0", "prose.old_or_locked_word"},
	{"%PDF", "prose.pdf"},
	{"{\\rtf", "prose.rtf"},
	{"\xff\xd8\xff", "prose.picture"},
	{"\x89PNG", "prose.picture"},
	{"GIF8", "prose.picture"},
	{"II*\x00", "prose.picture"},
	{"MM\x00*", "prose.picture"},
	{"PK", "prose.not_prose"},
	{"\x1f\x8b", "prose.not_prose"},
	{"7z\xbc\xaf", "prose.not_prose"},
	{"Rar!", "prose.not_prose"},
	{"RIFF", "prose.not_prose"},
	{"\x7fELF", "prose.not_prose"},
}

// recognise returns the kind of a document.
func recognise(name string, first []byte) (string, error) {
	if len(first) == 0 {
		return "", empty()
	}
	ending := strings.ToLower(path.Ext(strings.ReplaceAll(name, `\`, "/")))
	if bytes.HasPrefix(first, []byte("PK\x03\x04")) && (ending == ".docx" || ending == ".docm") {
		return "docx", nil
	}
	for _, f := range foreign {
		if bytes.HasPrefix(first, []byte(f.mark)) {
			return "", unsupported(f.key)
		}
	}
	switch ending {
	case ".txt", ".text", "":
		return "txt", asText(first)
	case ".md", ".markdown":
		return "md", asText(first)
	case ".docx", ".docm":
		return "", unsupported("prose.not_word")
	}
	return "", unsupported("prose.not_prose")
}

// asText refuses what is a page of the web or holds bytes that no text has.
func asText(first []byte) error {
	if utf16(first) {
		return nil
	}
	begin := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(first, []byte(utf8Mark))))
	for _, mark := range []string{"<!doctype", "<html", "<?xml"} {
		if bytes.HasPrefix(begin, []byte(mark)) {
			return unsupported("prose.not_prose")
		}
	}
	if bytes.IndexByte(first, 0) >= 0 {
		return unsupported("prose.not_prose")
	}
	return nil
}
