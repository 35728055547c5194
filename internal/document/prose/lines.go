package prose

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"chonoi/internal/fault"
)

// readLines returns the lines of a text in UTF-8, in UTF-16 that begins with its mark, or in the
// encoding of Windows for Vietnamese, of which it warns; most bytes at most.
func (t *Text) readLines(ctx context.Context, r io.ReaderAt, size int64, most int) ([]string, error) {
	in, err := asUTF8(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, err
	}
	lines, err := linesOf(ctx, in, most)
	if err != errEncoding {
		return lines, err
	}
	decoder, err := otherEncoding(r, size)
	if err != nil {
		return nil, err
	}
	t.warn(0, "prose.windows_1258")
	decoded := transform.NewReader(io.NewSectionReader(r, 0, size), decoder)
	return linesOf(ctx, bufio.NewReaderSize(decoded, 64<<10), most)
}

// errEncoding is told of a line that is not in UTF-8.
var errEncoding = errors.New("prose: not in UTF-8")

func linesOf(ctx context.Context, in *bufio.Reader, most int) ([]string, error) {
	var lines []string
	left := most
	for {
		line, err := readLine(in)
		if err != nil && err != io.EOF {
			return nil, err
		}
		if left -= len(line); left < 0 {
			return nil, tooMuchText(most)
		}
		if strings.ContainsFunc(line, binary) {
			return nil, fault.New(fault.Unsupported, "prose.binary")
		}
		if !utf8.ValidString(line) {
			return nil, errEncoding
		}
		if line != "" || err == nil {
			lines = append(lines, line)
		}
		if err == io.EOF {
			return lines, nil
		}
		if len(lines) > mostLines {
			return nil, fault.New(fault.TooLarge, "prose.too_many_pieces", "N", MostPieces)
		}
		if len(lines)%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
}

// mostLines counts blank lines too, which cost less than a paragraph.
const mostLines = 2 * MostPieces

// asUTF8 takes the byte order mark off a text and turns UTF-16 into UTF-8.
func asUTF8(r io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	first, err := in.Peek(3)
	if err != nil && err != io.EOF {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(first, []byte("\xef\xbb\xbf")):
		_, err := in.Discard(3)
		return in, err
	case bytes.HasPrefix(first, []byte("\xff\xfe")), bytes.HasPrefix(first, []byte("\xfe\xff")):
		decoder := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
		return bufio.NewReaderSize(transform.NewReader(in, decoder), 64<<10), nil
	}
	return in, nil
}

// readLine returns the next line without its end, which is LF, CRLF, CR or the separator of Unicode.
func readLine(in *bufio.Reader) (string, error) {
	var line []byte
	for {
		window, err := in.Peek(max(in.Buffered(), 1))
		if len(window) == 0 {
			if errors.Is(err, io.EOF) {
				return string(line), io.EOF
			}
			return "", err
		}
		end := bytes.IndexAny(window, "\r\n")
		if end < 0 {
			line = append(line, window...)
			_, _ = in.Discard(len(window))
		} else {
			line = append(line, window[:end]...)
			return string(line), endLine(in, window[end], end, len(line))
		}
		if len(line) > LongestLine {
			return "", lineWithoutEnd()
		}
	}
}

// endLine takes a line of size bytes with its end off the input.
func endLine(in *bufio.Reader, end byte, at, size int) error {
	if size > LongestLine {
		return lineWithoutEnd()
	}
	_, _ = in.Discard(at + 1)
	if end == '\r' {
		if next, _ := in.Peek(1); len(next) == 1 && next[0] == '\n' {
			_, _ = in.Discard(1)
		}
	}
	return nil
}

func lineWithoutEnd() error {
	return fault.New(fault.TooLarge, "prose.line_without_end", "Most", LongestLine/1000)
}

// binary are control characters that no text holds.
func binary(r rune) bool {
	return r < ' ' && r != '\t' && r != '\f' && r != '\v' && r != '\x1b' && r != '\x1a' || r == '\ufffe'
}
