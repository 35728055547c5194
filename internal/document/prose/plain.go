package prose

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	textunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

const utf8Mark = "\xef\xbb\xbf"

func utf16(first []byte) bool {
	return bytes.HasPrefix(first, []byte("\xff\xfe")) || bytes.HasPrefix(first, []byte("\xfe\xff"))
}

// readPlain reads a text: a paragraph for each line that is not empty.
func readPlain(ctx context.Context, r io.ReaderAt, size int64) (*Text, error) {
	t := &Text{Kind: "txt"}
	gap, page := false, false
	err := eachLine(ctx, r, size, func(number int, line string) error {
		for i, s := range strings.Split(line, "\f") {
			page = page || i > 0
			if strings.TrimSpace(s) == "" { // a line that only ends a page is no blank one
				gap = gap || line == ""
				continue
			}
			if len(t.Blocks) >= mostParagraphs {
				return tooManyParagraphs()
			}
			t.Blocks = append(t.Blocks, Block{Paragraph: &Paragraph{Text: s, Level: -1, Caps: capitals(s), Gap: gap, Page: page, Line: number}})
			gap, page = false, false
		}
		return nil
	})
	return t, err
}

// eachLine hands the lines of a text on in UTF-8, cleaned, with a form feed where a page ends. A
// line may begin with blanks but does not end with them.
func eachLine(ctx context.Context, r io.ReaderAt, size int64, f func(number int, line string) error) error {
	in := decoded(r, size)
	for number := 1; ; number++ {
		raw, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			return lineTooLong(number)
		}
		if err != nil && err != io.EOF {
			return fmt.Errorf("read a text: %w", err)
		}
		if len(raw) == 0 && err == io.EOF {
			return nil
		}
		if number%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if !utf8.Valid(raw) {
			return otherEncoding(r, size)
		}
		if bytes.IndexByte(raw, 0) >= 0 {
			return unsupported("prose.not_prose")
		}
		line := strings.TrimRightFunc(clean(string(bytes.TrimRight(raw, "\r\n"))), blank)
		if err := f(number, line); err != nil {
			return err
		}
	}
}

// blank reports white space other than the end of a page.
func blank(r rune) bool { return r != '\f' && unicode.IsSpace(r) }

// decoded is the text as UTF-8 without its byte order mark.
func decoded(r io.ReaderAt, size int64) *bufio.Reader {
	first := make([]byte, min(size, int64(len(utf8Mark))))
	_, _ = r.ReadAt(first, 0) // what is amiss shows again when the text is read
	var in io.Reader = io.NewSectionReader(r, 0, size)
	switch {
	case bytes.HasPrefix(first, []byte("\xff\xfe")):
		in = transform.NewReader(in, textunicode.UTF16(textunicode.LittleEndian, textunicode.ExpectBOM).NewDecoder())
	case bytes.HasPrefix(first, []byte("\xfe\xff")):
		in = transform.NewReader(in, textunicode.UTF16(textunicode.BigEndian, textunicode.ExpectBOM).NewDecoder())
	case bytes.HasPrefix(first, []byte(utf8Mark)):
		in = io.NewSectionReader(r, int64(len(utf8Mark)), size-int64(len(utf8Mark)))
	}
	return bufio.NewReaderSize(in, mostLine)
}

// clean returns s in NFC with plain blanks, without soft hyphens, marks that have no width and
// control characters; tabs, ends of lines and of pages stay.
func clean(s string) string {
	if strings.IndexFunc(s, unclean) >= 0 {
		s = strings.Map(cleaned, s)
	}
	return norm.NFC.String(s)
}

func unclean(r rune) bool { return cleaned(r) != r }

func cleaned(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\f' || r >= ' ' && r < 0x7F:
		return r
	case r == '\v' || r == '\r' || r == 0x85 || r == 0x2028 || r == 0x2029 || unicode.Is(unicode.Zs, r):
		return ' '
	case r == 0xAD || unicode.IsControl(r) || r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x206F || r == 0xFEFF:
		return -1
	}
	return r
}

// capitals reports whether s has letters and no small one among them.
func capitals(s string) bool {
	any := false
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		any = any || unicode.IsUpper(r)
	}
	return any
}
