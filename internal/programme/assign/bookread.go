package assign

import (
	"context"
	"errors"
	"io"
	"time"

	"chonoi/internal/document"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// The bounds of a workbook that comes back.
const (
	mostBook     = 5 << 20  // bytes
	mostUnpacked = 64 << 20 // bytes
	mostBookRows = 10_000
	longestLook  = 10 * time.Second
)

// readBook reads the rows of a workbook that came back and those that cannot be read. Rows that
// nobody wrote into are left out.
func readBook(ctx context.Context, words *lang.Words, name string, r io.Reader) (rows []bookRow, bad []document.RowFault, err error) {
	ctx, stop := context.WithTimeout(ctx, longestLook)
	defer stop()
	table, err := document.OpenTable(name, r, document.Options{Limits: document.Limits{Bytes: mostBook, Unpacked: mostUnpacked, Rows: mostBookRows, Columns: 64, Cell: 8000}})
	if err != nil {
		return nil, nil, err
	}
	defer table.Close()
	place, complete := columnsIn(words, table.Columns())
	if !complete {
		return nil, nil, fault.New(fault.Invalid, "assign.book_columns")
	}
	for {
		if ctx.Err() != nil {
			return nil, nil, fault.New(fault.TooLarge, "assign.book_slow", "N", int(longestLook/time.Second))
		}
		row, err := table.Next()
		var wrong *document.RowFault
		switch {
		case errors.Is(err, io.EOF):
			return rows, bad, nil
		case errors.As(err, &wrong):
			bad = append(bad, *wrong)
			continue
		case err != nil:
			return nil, nil, err
		}
		one := bookRow{Number: row.Number}
		for i, column := range row.Columns {
			if at, ok := place[column]; ok && i < len(row.Cells) {
				one.Cells[at] = clean(row.Cells[i], at)
			}
		}
		if !one.empty() {
			rows = append(rows, one)
		}
	}
}

// clean is the text of a cell; of a moment only its day, for that is what the column asks for.
func clean(c document.Cell, at int) string {
	text := lang.Clean(c.Text)
	if c.Kind == document.Moment && at == inDue && len(text) > 10 {
		text = text[:10]
	}
	return text
}
