package document

import (
	"encoding/json"
	"iter"
	"strings"
	"unicode/utf8"
)

// members walks the keys and values of a JSON object that is known to be valid, each as written.
func members(object string) iter.Seq2[string, string] {
	return func(yield func(key, value string) bool) {
		i := skipSpace(object, 1)
		for object[i] != '}' {
			end := stringEnd(object, i)
			key := object[i:end]
			i = skipSpace(object, end)
			i = skipSpace(object, i+1) // past the colon
			end = valueEnd(object, i)
			if !yield(key, object[i:end]) {
				return
			}
			i = skipSpace(object, end)
			if object[i] == ',' {
				i = skipSpace(object, i+1)
			}
		}
	}
}

func skipSpace(s string, i int) int {
	for s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r' {
		i++
	}
	return i
}

// stringEnd returns the place after the string that begins at i.
func stringEnd(s string, i int) int {
	for i++; ; i++ {
		next := strings.IndexByte(s[i:], '"')
		i += next
		slashes := 0
		for s[i-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return i + 1
		}
	}
}

// valueEnd returns the place after the value that begins at i.
func valueEnd(s string, i int) int {
	switch s[i] {
	case '"':
		return stringEnd(s, i)
	case '{', '[':
		for depth := 0; ; i++ {
			switch s[i] {
			case '"':
				i = stringEnd(s, i) - 1
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					return i + 1
				}
			}
		}
	}
	for ; i < len(s) && !strings.ContainsRune(",}] \t\r\n", rune(s[i])); i++ {
	}
	return i
}

func unquote(literal string) (string, error) {
	if strings.IndexByte(literal, '\\') < 0 {
		return literal[1 : len(literal)-1], nil
	}
	var text string
	err := json.Unmarshal([]byte(literal), &text)
	return text, err
}

// jsonCell turns a JSON value as written into a cell, and names what is amiss with it, if anything.
func jsonCell(value string, mostChars int) (Cell, string) {
	switch value[0] {
	case 'n':
		return Cell{}, ""
	case 't', 'f':
		return Cell{Flag, value}, ""
	case '{', '[':
		return Cell{JSON, value}, ""
	case '"':
		text, err := unquote(value)
		if err != nil {
			return Cell{}, "document.line_not_json"
		}
		return textCell(text, mostChars)
	}
	return Cell{Number, value}, ""
}

// textCell makes a cell of a text, and names what is amiss with it, if anything.
func textCell(text string, mostChars int) (Cell, string) {
	switch {
	case text == "":
		return Cell{}, ""
	case strings.IndexByte(text, 0) >= 0:
		return Cell{Text, text}, "document.cell_has_nul"
	case len(text) > mostChars && utf8.RuneCountInString(text) > mostChars:
		return Cell{Text, text}, "document.cell_too_long"
	}
	return Cell{Text, text}, ""
}
