package watermark

import (
	"bytes"
	"strings"
)

// brackets counts the q and Q of a page's drawing. One that leaves some open would have the mark
// drawn in its own measure or cut off by its own frame, and so would one that closes too many.
type brackets struct{ open, lowest int }

const mostOpen = 64

// around is what has to stand before and behind the drawing so that nothing of it lasts.
func (b brackets) around() (before, behind string) {
	more := min(1-b.lowest, mostOpen)
	return strings.Repeat("q ", more), strings.Repeat("Q ", max(min(more+b.open, 2*mostOpen), 0))
}

// read goes on counting in a part of the drawing.
// Source: ISO 32000-1:2008, 7.2 (lexical conventions), 8.9.7 (inline images).
func (b *brackets) read(content []byte) {
	for len(content) > 0 {
		switch c := content[0]; {
		case c == '(':
			content = content[afterText(content):]
		case c == '%':
			content = after(content, "\r\n")
		case ends[c] && c != '/':
			content = content[1:]
		default:
			end := 1
			for end < len(content) && !ends[content[end]] {
				end++
			}
			word := content[:end]
			content = content[end:]
			switch string(word) {
			case "q":
				b.open++
			case "Q":
				b.open--
				b.lowest = min(b.lowest, b.open)
			case "ID":
				content = afterPicture(content)
			}
		}
	}
}

const white = "\x00\t\n\f\r "

// ends are the bytes that end a word.
var ends = func() (is [256]bool) {
	for _, c := range []byte(white + "<>[]{}()/%") {
		is[c] = true
	}
	return is
}()

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
	free := func(i int) bool { return i >= len(content) || strings.IndexByte(white, content[i]) >= 0 }
	for at := 0; ; {
		i := bytes.Index(content[at:], []byte("EI"))
		if i < 0 {
			return nil
		}
		at += i
		if at > 0 && free(at-1) && free(at+2) {
			return content[at+2:]
		}
		at += 2
	}
}
