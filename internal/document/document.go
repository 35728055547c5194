// Package document takes tables in and out: JSON Lines, CSV and Excel workbooks, with the guessing
// of what each column means and the file that hands bad rows back to the person who sent them.
package document

import (
	"embed"

	"chonoi/internal/fault"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Format is a kind of table file.
type Format string

// The formats that are read and written.
const (
	JSONL Format = "jsonl" // one JSON object a line, UTF-8
	CSV   Format = "csv"   // a header line, then a record a line
	XLSX  Format = "xlsx"  // one sheet of an Excel workbook, its first filled row being the header
)

// Limits bound what one file may cost. A zero member takes the usual limit.
type Limits struct {
	Bytes    int64 // of the file as it is sent; usually 200 MB
	Unpacked int64 // of the file once it is unpacked; usually 1 GB
	Rows     int   // below the header; usually 1,000,000
	Columns  int   // usually 512
	Line     int   // bytes of one line of JSONL or one record of CSV; usually 1 MiB
	Cell     int   // characters of one cell; usually 32,767, which is Excel's own limit
}

// Options tell how a table is opened. The zero value serves.
type Options struct {
	Limits
	Sheet string // of a workbook; the first visible one when empty
}

// What a packed file may at most swell to before it counts as a bomb. Real sheets stay below 100.
const (
	mostRatio      = 300
	ratioFreeBytes = 32 << 20
)

// longestSkip is how many times the line limit a line may be long and still only cost its own row.
const longestSkip = 16

// mostLines is how many lines a text may have for each row it may have: empty ones are no rows, but
// they too take time.
const mostLines = 4

func (l Limits) filled() Limits {
	return Limits{
		Bytes:    or(l.Bytes, 200<<20),
		Unpacked: or(l.Unpacked, 1<<30),
		Rows:     or(l.Rows, 1_000_000),
		Columns:  or(l.Columns, 512),
		Line:     or(l.Line, 1<<20),
		Cell:     or(l.Cell, excelCell),
	}
}

func or[N int | int64](n, usual N) N {
	if n <= 0 {
		return usual
	}
	return n
}

func tooManyBytes(most int64) error {
	return fault.New(fault.TooLarge, "document.too_large", "Most", int(most>>20))
}

func tooMuchUnpacked(most int64) error {
	return fault.New(fault.TooLarge, "document.unpacks_too_large", "Most", int(most>>20))
}

func tooManyColumns(most int) error {
	return fault.New(fault.TooLarge, "document.too_many_columns", "N", most)
}

func tooManyRows(most int) error {
	return fault.New(fault.TooLarge, "document.too_many_rows", "N", most)
}

func lineWithoutEnd() error { return fault.New(fault.TooLarge, "document.line_without_end") }

func broken() error { return fault.New(fault.Invalid, "document.broken") }

func unsupported(key string) error { return fault.New(fault.Unsupported, key) }
