package watermark

import (
	"bytes"
	"strings"
)

// brackets counts the q and Q of a page's drawing. One that leaves some open would have the mark
// drawn in its own measure, or cut off by its own frame: they are closed before the mark.
type brackets struct{ open int }

const mostOpen = 64

// closing closes the bracket that holds the page's drawing, and those that it left open.
func closing(open int) string { return strings.Repeat("Q ", 1+min(open, mostOpen)) }

// read goes on counting in a part of the drawing.
// Source: ISO 32000-1:2008, 7.2 (lexical conventions), 8.9.7 (inline images).
func (b *brackets) read(content []byte) {
	for len(content) > 0 {
		switch c := content[0]; {
		case c == '(':
			content = content[afterText(content):]
		case c == '%':
			content = after(content, "\r\n")
		case bytes.IndexByte(separators, c) >= 0:
			content = content[1:]
		default:
			end := 1
			for end < len(content) && bytes.IndexByte(separators, content[end]) < 0 && bytes.IndexByte(delimiters, content[end]) < 0 {
				end++
			}
			word := string(content[:end])
			content = content[end:]
			switch word {
			case "q":
				b.open++
			case "Q":
				b.open = max(b.open-1, 0)
			case "ID":
				content = afterPicture(content)
			}
		}
	}
}

var (
	separators = []byte("\x00\t\n\f\r <>[]{})")
	delimiters = []byte("(/%")
)

// afterText is where a text in round brackets ends; they may stand within each other.
func afterText(content []byte) int {
	depth := 0
	for i := 0; i < len(content); i++ {
		switch content[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(content)
}

func after(content []byte, ends string) []byte {
	if i := bytes.IndexAny(content, ends); i >= 0 {
		return content[i+1:]
	}
	return nil
}

// afterPicture goes past the bytes of a picture that stands within the drawing, to the EI between
// white space that ends it.
func afterPicture(content []byte) []byte {
	white := func(i int) bool {
		return i >= len(content) || bytes.IndexByte([]byte("\x00\t\n\f\r "), content[i]) >= 0
	}
	for at := 0; ; {
		i := bytes.Index(content[at:], []byte("EI"))
		if i < 0 {
			return nil
		}
		at += i
		if at > 0 && white(at-1) && white(at+2) {
			return content[at+2:]
		}
		at += 2
	}
}
