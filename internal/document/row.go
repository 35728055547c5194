package document

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Kind is what a cell holds.
type Kind uint8

// The kinds of cell. CSV knows Empty and Text only.
const (
	Empty  Kind = iota
	Text        // as written; not yet cleaned for storing
	Number      // decimal digits with a point, as far as the file gives them
	Flag        // true or false
	Day         // 2006-01-02
	Moment      // 2006-01-02T15:04:05 as the clock on the wall tells it, or 15:04:05
	JSON        // a list or an object, as JSON
)

// Cell is one value of a row.
type Cell struct {
	Kind Kind
	Text string
}

// List returns the entries of a cell that may tell several: of a JSON list, or of a text whose
// entries are parted by a semicolon or a line end. An empty cell has none.
func (c Cell) List() []string {
	if c.Kind == Empty {
		return nil
	}
	if c.Kind == JSON || c.Kind == Text && strings.HasPrefix(c.Text, "[") {
		var entries []any
		if decode(c.Text, &entries) == nil {
			return entryTexts(entries)
		}
	}
	if c.Kind != Text {
		return []string{c.Text}
	}
	parts := strings.FieldsFunc(c.Text, func(r rune) bool { return r == ';' || r == '\n' })
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return slices.DeleteFunc(parts, func(s string) bool { return s == "" })
}

func decode(text string, into any) error {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		return err
	}
	if d.More() {
		return fmt.Errorf("more than one value")
	}
	return nil
}

func entryTexts(entries []any) []string {
	texts := make([]string, 0, len(entries))
	for _, entry := range entries {
		switch e := entry.(type) {
		case nil:
		case string:
			texts = append(texts, e)
		case map[string]any, []any:
			raw, err := json.Marshal(e)
			if err == nil {
				texts = append(texts, string(raw))
			}
		default:
			texts = append(texts, fmt.Sprint(e))
		}
	}
	return texts
}

// Row is one row of a table: Cells[i] stands under Columns[i].
type Row struct {
	Number  int // as the person counts: the row of the spreadsheet, the line of a JSONL file
	Columns []string
	Cells   []Cell
}

// Cell returns the cell under a column, and whether the row tells that column at all.
func (r Row) Cell(column string) (Cell, bool) {
	for i, name := range r.Columns {
		if name == column && i < len(r.Cells) {
			return r.Cells[i], true
		}
	}
	return Cell{}, false
}

// blank reports a row in which no cell tells anything.
func (r Row) blank() bool {
	for _, c := range r.Cells {
		if c.Kind != Empty {
			return false
		}
	}
	return true
}

// RowFault says what is amiss with one row; reading goes on after it.
type RowFault struct {
	Number int
	Column string // empty when it is the row as a whole
	Key    string
	Args   []any
	Found  string // what was there, as far as it can be told
	Row    Row    // the row as far as it could be read, so that it can be handed back
}

// Error is for the log; people read the text of Key.
func (f *RowFault) Error() string {
	return fmt.Sprintf("row %d, column %q: %s", f.Number, f.Column, f.Key)
}
