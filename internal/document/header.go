package document

import (
	"strings"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// oursPrefix begins the names of the columns that our errors file adds; a reader leaves them out,
// so that the mended file can be imported as it is.
const oursPrefix = "#! "

func isOurs(name string) bool { return strings.HasPrefix(name, oursPrefix) }

// header is the first row of a CSV file or a sheet: which of the file's columns are read, and
// under which names.
type header struct {
	names []string
	keep  []int // keep[i] is the place in the file of column i
	width int   // columns of the file, ours included
}

// readHeader names the columns after the texts of the first row. A nameless column between named
// ones is called by its letters, as spreadsheets show them; two of one name are refused.
func readHeader(texts []string, most int) (header, error) {
	for len(texts) > 0 && strings.TrimSpace(texts[len(texts)-1]) == "" {
		texts = texts[:len(texts)-1]
	}
	if len(texts) > most {
		return header{}, tooManyColumns(most)
	}
	h := header{width: len(texts)}
	seen := map[string]bool{}
	for i, text := range texts {
		name := columnName(text)
		if name == "" {
			name = "(" + letters(i) + ")"
		}
		if isOurs(name) {
			continue
		}
		if seen[name] {
			return header{}, fault.New(fault.Invalid, "document.column_twice", "Name", shorten(name))
		}
		seen[name] = true
		h.names, h.keep = append(h.names, name), append(h.keep, i)
	}
	if len(h.names) == 0 {
		return header{}, fault.New(fault.Invalid, "document.empty")
	}
	return h, nil
}

// columnName is the text of a header cell as one clean line.
func columnName(text string) string {
	return strings.Join(strings.Fields(lang.Clean(text)), " ")
}

// letters is the name of column i (from 0) in a spreadsheet: A, B … Z, AA.
func letters(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}
