package document

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/BurntSushi/toml"

	"chonoi/internal/fault"
)

// mappingFile is a mapping as it is kept: what fills what, and for the reader's eye what was left
// unused when it was written.
type mappingFile struct {
	Columns map[string]string `toml:"columns" json:"columns"`
	Unused  []string          `toml:"unused,omitempty" json:"unused,omitempty"`
}

// mostMapping is the size of the largest mapping file that is read.
const mostMapping = 1 << 20

// WriteTOML writes the mapping for a person to look through and change.
func (m Mapping) WriteTOML(w io.Writer) error {
	return toml.NewEncoder(w).Encode(mappingFile{m.Columns, m.Unused})
}

// WriteJSON writes the mapping for a program.
func (m Mapping) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(mappingFile{m.Columns, m.Unused})
}

// ReadMapping reads what WriteTOML or WriteJSON wrote. What it tells of columns and fields is not
// compared with a file: For does that. It returns fault.Invalid for a mapping that cannot be read
// or fills a field twice, fault.TooLarge past a megabyte.
func ReadMapping(r io.Reader) (Mapping, error) {
	text, err := io.ReadAll(io.LimitReader(r, mostMapping+1))
	if err != nil {
		return Mapping{}, err
	}
	if len(text) > mostMapping {
		return Mapping{}, tooManyBytes(mostMapping)
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	var file mappingFile
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		err = json.Unmarshal(text, &file)
	} else {
		err = toml.Unmarshal(text, &file)
	}
	if err != nil || file.Columns == nil {
		return Mapping{}, fault.New(fault.Invalid, "document.mapping_unreadable")
	}
	m := Mapping{Columns: file.Columns, Unused: file.Unused}
	return m, m.check()
}
