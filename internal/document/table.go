package document

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"

	"chonoi/internal/fault"
)

// Table reads the rows of one file. It is used by one goroutine, but for Read.
type Table struct {
	Format Format
	Sheet  string   // the sheet that is read, of a workbook
	Sheets []string // the visible sheets of a workbook, for a person to choose from

	source source
	limits Limits
	rows   int
	failed error
	total  int64
	done   func() int64
	closes []func() error
}

// source is one format's way to its rows. Its next returns io.EOF after the last row, a *RowFault
// for a bad row, and any other error when nothing further can be read.
type source interface {
	columns() []string
	next() (Row, error)
}

// OpenTable opens the table in r. What is in the file decides how it is read; its name only where
// the content leaves it open. Packed JSONL and CSV (gzip) are unpacked on the way. A workbook needs
// random access: where r has none it is first written to a temporary file, which Close removes.
//
// It returns fault.Unsupported for a file that is no table, fault.TooLarge past a limit and
// fault.Invalid for one that is broken or empty. After success the caller calls Close.
func OpenTable(name string, r io.Reader, o Options) (*Table, error) {
	t := &Table{limits: o.filled()}
	if err := t.open(name, r, o); err != nil {
		return nil, errors.Join(err, t.Close())
	}
	return t, nil
}

func (t *Table) open(name string, r io.Reader, o Options) error {
	start, size := extent(r)
	if size > t.limits.Bytes {
		return tooManyBytes(t.limits.Bytes)
	}
	t.total = size
	in := &meter{r: r, most: t.limits.Bytes}
	t.done = in.count.Load
	head := bufio.NewReaderSize(in, 64<<10)
	first, err := peek(head)
	if err != nil {
		return err
	}
	if isZip(first) {
		return t.openWorkbook(r, start, head, o.Sheet)
	}
	if isGzip(first) {
		packed, err := gzip.NewReader(head)
		if err != nil {
			return broken()
		}
		head = bufio.NewReaderSize(&inflated{r: packed, in: in, most: t.limits.Unpacked}, 64<<10)
		if first, err = peek(head); err != nil {
			return err
		}
	}
	return t.openText(name, head, first)
}

// peek returns the first bytes of a stream, fewer when it is short, and a fault when it has none.
func peek(r *bufio.Reader) ([]byte, error) {
	first, err := r.Peek(4096)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, readFault(err)
	}
	if len(bytes.TrimSpace(first)) == 0 && len(first) < 4096 {
		return nil, fault.New(fault.Invalid, "document.empty")
	}
	return first, nil
}

// readFault keeps a refusal and the error of a file or line, and tells a packed stream that cannot
// be unpacked from both.
func readFault(err error) error {
	if errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) || errors.Is(err, io.ErrUnexpectedEOF) || isCorrupt(err) {
		return broken()
	}
	return err
}

func (t *Table) openText(name string, head *bufio.Reader, first []byte) error {
	text, first, err := asUTF8(head, first)
	if err != nil {
		return err
	}
	format, err := recognise(name, first)
	if err != nil {
		return err
	}
	t.Format = format
	if format == JSONL {
		t.source, err = openJSONL(text, t.limits)
	} else {
		t.source, err = openCSV(text, t.limits)
	}
	return err
}

// Columns returns the names of the columns in their order. Of JSONL these are the keys met so far:
// those of the first hundred lines after opening.
func (t *Table) Columns() []string { return t.source.columns() }

// Next returns the next row that tells anything. A bad row is a *RowFault, after which reading goes
// on; the end is io.EOF; any other error ends the table and is returned again by each further call.
func (t *Table) Next() (Row, error) {
	if t.failed != nil {
		return Row{}, t.failed
	}
	row, err := t.source.next()
	var amiss *RowFault
	switch {
	case err == nil || errors.As(err, &amiss):
		t.rows++
		if t.rows > t.limits.Rows {
			t.failed = tooManyRows(t.limits.Rows)
			return Row{}, t.failed
		}
	default:
		t.failed = readFault(err)
		return Row{}, t.failed
	}
	return row, err
}

// Read returns how many bytes of the file have been taken in so far and how many there are; the
// total is 0 when it is not known. It may be called while another goroutine reads rows.
func (t *Table) Read() (done, total int64) {
	if t.total > 0 {
		return min(t.done(), t.total), t.total
	}
	return t.done(), 0
}

// Close gives back what the table holds. It does not close the reader that was handed in.
func (t *Table) Close() error {
	var errs []error
	for _, c := range t.closes {
		errs = append(errs, c())
	}
	t.closes = nil
	return errors.Join(errs...)
}
