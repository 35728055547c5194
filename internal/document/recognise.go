package document

import (
	"bufio"
	"bytes"
	"encoding/json"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

func isZip(first []byte) bool  { return bytes.HasPrefix(first, []byte("PK\x03\x04")) }
func isGzip(first []byte) bool { return bytes.HasPrefix(first, []byte("\x1f\x8b")) }

// asUTF8 takes the byte order mark off a text and turns UTF-16 into UTF-8.
func asUTF8(head *bufio.Reader, first []byte) (*bufio.Reader, []byte, error) {
	var endian unicode.Endianness
	switch {
	case bytes.HasPrefix(first, []byte("\xef\xbb\xbf")):
		if _, err := head.Discard(3); err != nil {
			return nil, nil, err
		}
		return head, first[3:], nil
	case bytes.HasPrefix(first, []byte("\xff\xfe")):
		endian = unicode.LittleEndian
	case bytes.HasPrefix(first, []byte("\xfe\xff")):
		endian = unicode.BigEndian
	default:
		return head, first, nil
	}
	decoded := transform.NewReader(head, unicode.UTF16(endian, unicode.ExpectBOM).NewDecoder())
	text := bufio.NewReaderSize(decoded, 64<<10)
	first, err := peek(text)
	return text, first, err
}

// foreign are the first bytes of files that people take for tables, and what to tell them.
var foreign = []struct{ mark, key string }{
	{"\xd0\xcf\x11\xe0", "document.old_or_locked_workbook"},
	{"PK", "document.not_a_table"},
	{"\x1f\x8b", "document.not_a_table"},
	{"%PDF", "document.not_a_table"},
	{"{\\rtf", "document.not_a_table"},
	{"<", "document.not_a_table"},
}

// recognise tells JSONL from CSV by the first bytes of the text, and by the name where both fit.
func recognise(name string, first []byte) (Format, error) {
	for _, f := range foreign {
		if bytes.HasPrefix(first, []byte(f.mark)) {
			return "", unsupported(f.key)
		}
	}
	begin := bytes.TrimSpace(first)
	named := formatOf(name)
	if bytes.HasPrefix(begin, []byte("[")) && named != CSV {
		return "", unsupported("document.json_list")
	}
	if bytes.HasPrefix(begin, []byte("{")) {
		line, _, whole := bytes.Cut(begin, []byte("\n"))
		if named != CSV || whole && json.Valid(line) || bytes.HasPrefix(begin, []byte(`{"`)) {
			return JSONL, nil
		}
	}
	if named == JSONL {
		return JSONL, nil
	}
	if !plausible(first) {
		return "", unsupported("document.not_utf8")
	}
	return CSV, nil
}

// plausible reports text in UTF-8 up to a letter that is cut at the end, without NUL: other
// encodings of Vietnamese, UTF-16 without its mark and binary files fail here.
func plausible(first []byte) bool {
	header, _, _ := bytes.Cut(first, []byte("\n"))
	for i := 0; i < utf8.UTFMax && len(header) > 0 && !utf8.Valid(header); i++ {
		if len(header) < len(first) {
			return false
		}
		header = header[:len(header)-1]
	}
	return utf8.Valid(header) && bytes.IndexByte(header, 0) < 0
}

// formatOf is the format that a file's name tells, empty when it tells none.
func formatOf(name string) Format {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	switch path.Ext(name) {
	case ".jsonl", ".ndjson", ".json":
		return JSONL
	case ".csv", ".tsv", ".tab", ".txt":
		return CSV
	case ".xlsx", ".xlsm":
		return XLSX
	}
	return ""
}
