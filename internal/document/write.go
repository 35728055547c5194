package document

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// Column is a column of a table that is written.
type Column struct {
	Name  string  // the key in JSONL
	Title string  // the header in CSV and XLSX; Name when empty
	Width float64 // in XLSX, in characters; taken from the title when 0

	// Of XLSX alone: what a person may choose from, whether the column is out of sight, and whether it
	// stays as it is in a sheet that is Guarded.
	Choices []string
	Hidden  bool
	Locked  bool
}

func (c Column) title() string {
	if c.Title == "" {
		return legal(c.Name)
	}
	return legal(c.Title)
}

// Layout tells how a table is written. The zero value serves.
type Layout struct {
	BOM       bool   // begin CSV with a byte order mark, by which Excel knows UTF-8
	Delimiter rune   // of CSV; a comma when 0
	Sheet     string // name of the sheet; Sheet1 when empty
	Guarded   bool   // of XLSX: only columns that are not Locked can be written in, rows may be added
}

// Writer writes a table, a row at a time.
type Writer struct {
	columns []Column
	sink    sink
	rows    int
	cuts    []RowFault
}

// sink is one format's way of writing. Its write may cut a text and then tells its former length.
type sink interface {
	write(number int, cells []Cell) error
	close() error
	cell(c Cell) (Cell, int)
}

// NewWriter begins a table in w. CSV and JSONL go out as rows come; a workbook goes out on Close.
//
// Texts are made harmless: in CSV a text that a spreadsheet would take for a formula gets an
// apostrophe before it, which our reader takes off again; in XLSX a text is a text cell in text
// format and never a formula. Control characters but tab and line ends are left out of both. JSONL
// keeps all that is UTF-8.
func NewWriter(w io.Writer, format Format, columns []Column, l Layout) (*Writer, error) {
	out := &Writer{columns: columns}
	var err error
	switch format {
	case CSV:
		out.sink, err = newCSVSink(w, columns, l)
	case JSONL:
		out.sink = newJSONLSink(w, columns)
	case XLSX:
		out.sink, err = newSheetSink(w, columns, l)
	default:
		return nil, fmt.Errorf("write a table: no format %q", format)
	}
	return out, err
}

// Write writes a row, a value a column in the order of the columns; missing ones at the end stay
// empty. It takes what CellOf takes. It returns fault.TooLarge past the last row of a sheet.
func (w *Writer) Write(values ...any) error {
	cells := make([]Cell, len(values))
	for i, v := range values {
		var err error
		if cells[i], err = CellOf(v); err != nil {
			return fmt.Errorf("row %d, column %d: %w", w.rows+2, i+1, err)
		}
	}
	return w.WriteCells(cells)
}

// WriteCells is Write for cells as a Table gives them.
func (w *Writer) WriteCells(cells []Cell) error {
	if len(cells) > len(w.columns) {
		return fmt.Errorf("row %d has %d cells for %d columns", w.rows+2, len(cells), len(w.columns))
	}
	w.rows++
	out := make([]Cell, len(cells))
	for i, c := range cells {
		length := 0
		if out[i], length = w.sink.cell(c); length > 0 {
			w.cuts = append(w.cuts, RowFault{Number: w.rows + 1, Column: w.columns[i].title(), Key: "document.cell_cut",
				Args: []any{"N", length, "Most", excelCell}})
		}
	}
	return w.sink.write(w.rows+1, out)
}

// Cuts tells the texts that were cut because a spreadsheet cell cannot hold them: row, column and
// their former length. A cut text ends with …
func (w *Writer) Cuts() []RowFault { return w.cuts }

// Close ends the table. It does not close the writer that was handed in.
func (w *Writer) Close() error { return w.sink.close() }

// CellOf makes a cell of a value: nil, string, bool, whole and floating numbers, a decimal as
// json.Number, when.Day, time.Time (told in the city's zone; the zero time is empty), []string,
// JSON as json.RawMessage, lang.Tag, and a Cell itself.
func CellOf(v any) (Cell, error) {
	switch v := v.(type) {
	case nil:
		return Cell{}, nil
	case Cell:
		return v, nil
	case string:
		return text(v), nil
	case lang.Tag:
		return text(string(v)), nil
	case bool:
		return Cell{Flag, strconv.FormatBool(v)}, nil
	case int:
		return Cell{Number, strconv.Itoa(v)}, nil
	case int64:
		return Cell{Number, strconv.FormatInt(v, 10)}, nil
	case float64:
		literal, err := json.Marshal(v)
		return Cell{Number, string(literal)}, err
	case json.Number:
		return Cell{Number, v.String()}, nil
	case when.Day:
		if v.Zero() {
			return Cell{}, nil
		}
		return Cell{Day, v.String()}, nil
	case time.Time:
		if v.IsZero() {
			return Cell{}, nil
		}
		return Cell{Moment, v.In(when.Zone).Format("2006-01-02T15:04:05")}, nil
	case []string:
		if len(v) == 0 {
			return Cell{}, nil
		}
		raw, err := compact(v)
		return Cell{JSON, raw}, err
	case json.RawMessage:
		if !json.Valid(v) {
			return Cell{}, fmt.Errorf("not JSON")
		}
		return Cell{JSON, string(v)}, nil
	}
	return Cell{}, fmt.Errorf("no cell for a %T", v)
}

func text(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{Text, s}
}

// compact is v as JSON on one line, with < > & as they are.
func compact(v any) (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// flat turns a cell into what a spreadsheet or CSV cell can hold: a list of plain texts is written
// with semicolons, other JSON as it is; control characters are left out.
func flat(c Cell) Cell {
	switch c.Kind {
	case JSON:
		c = Cell{Text, plainList(c.Text)}
		fallthrough
	case Text:
		return text(legal(c.Text))
	}
	return c
}

func plainList(raw string) string {
	var entries []string
	if decode(raw, &entries) != nil || len(entries) == 0 {
		return raw
	}
	for _, entry := range entries {
		if strings.ContainsAny(entry, ";\n") || strings.TrimSpace(entry) != entry || entry == "" || !utf8.ValidString(entry) {
			return raw
		}
	}
	if joined := strings.Join(entries, "; "); joined[0] != '[' {
		return joined
	}
	return raw
}
