package document

import (
	"io"
	"strings"

	"chonoi/internal/lang"
)

// Errors writes the workbook of bad rows: for each its number, the columns that are amiss, what was
// there and why it was not taken, in both tongues; then the row itself under its own columns. The
// person mends the row there and sends the same file again: a reader leaves our columns out.
type Errors struct {
	out     *Writer
	words   *lang.Words
	columns []string
	rows    int
}

// NewErrors begins the workbook of bad rows in w for a file with these columns. Of a JSONL file keys
// may come up late: one that collects the bad rows and writes them after the last row, with the
// columns known then, leaves none of their cells out.
func NewErrors(w io.Writer, words *lang.Words, columns []string) (*Errors, error) {
	all := make([]Column, 0, len(ourColumns)+len(columns))
	for _, c := range ourColumns {
		title := oursPrefix + words.T(lang.Vi, c.key)
		if en := words.T(lang.En, c.key); en != "" {
			title += " / " + en
		}
		all = append(all, Column{Name: title, Width: c.width})
	}
	for _, name := range columns {
		all = append(all, Column{Name: name})
	}
	out, err := NewWriter(w, XLSX, all, Layout{Sheet: words.T(lang.Vi, "document.errors_sheet")})
	return &Errors{out: out, words: words, columns: columns}, err
}

var ourColumns = []struct {
	key   string
	width float64
}{
	{"document.errors_row", 12},
	{"document.errors_column", 20},
	{"document.errors_found", 28},
	{"document.errors_reason_vi", 44},
	{"document.errors_reason_en", 44},
}

// Add writes a bad row with all that is amiss with it; each reason stands on a line of its own.
// A row that could not be read at all has no cells, and what was there is shown instead.
func (e *Errors) Add(row Row, amiss ...RowFault) error {
	var columns, found, vi, en []string
	number := row.Number
	for _, f := range amiss {
		if number == 0 {
			number = f.Number
		}
		columns = append(columns, shorten(f.Column))
		found = append(found, shorten(e.foundAt(row, f)))
		vi = append(vi, e.words.T(lang.Vi, f.Key, f.Args...))
		en = append(en, e.words.T(lang.En, f.Key, f.Args...))
	}
	values := []any{number, asLines(columns), asLines(found), asLines(vi), asLines(en)}
	for _, name := range e.columns {
		cell, _ := row.Cell(name)
		values = append(values, cell)
	}
	e.rows++
	return e.out.Write(values...)
}

// AddFault is Add for what Table.Next returned.
func (e *Errors) AddFault(f *RowFault) error { return e.Add(f.Row, *f) }

func (e *Errors) foundAt(row Row, f RowFault) string {
	if f.Found != "" {
		return f.Found
	}
	cell, _ := row.Cell(f.Column)
	return cell.Text
}

func asLines(texts []string) string { return strings.TrimSpace(strings.Join(texts, "\n")) }

// Rows tells how many rows were written; a file without any need not be shown.
func (e *Errors) Rows() int { return e.rows }

// Close ends the workbook. It does not close the writer that was handed in.
func (e *Errors) Close() error { return e.out.Close() }
