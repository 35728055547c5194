package document

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"chonoi/internal/fault"
)

// records is a CSV file.
type records struct {
	in     *bufio.Reader
	limits Limits
	number int // of the record, as a spreadsheet that opens the file numbers its rows
	record record
	header header
	texts  []string // of the record at hand, before the header sorts them
}

func openCSV(in *bufio.Reader, limits Limits) (*records, error) {
	first, err := in.Peek(in.Size())
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	first, told := tellsDelimiter(in, first)
	r := &records{in: bufio.NewReaderSize(in, limits.Line), limits: limits}
	if r.record.delimiter = told; told == 0 {
		r.record.delimiter = guessDelimiter(first)
	}
	err = r.take()
	var amiss *RowFault
	switch {
	case errors.As(err, &amiss):
		kind := fault.Invalid
		if amiss.Key == "document.line_too_long" {
			kind = fault.TooLarge
		}
		return nil, fault.New(kind, "document.header_unreadable").At("", amiss.Key, amiss.Args...)
	case err == io.EOF:
		return nil, fault.New(fault.Invalid, "document.empty")
	case err != nil:
		return nil, err
	case !utf8.Valid(r.record.text):
		return nil, unsupported("document.not_utf8")
	case len(r.record.ends) > limits.Columns:
		return nil, tooManyColumns(limits.Columns)
	}
	texts := r.record.cells(nil)
	for i := range texts {
		texts[i] = unquiet(texts[i])
	}
	r.header, err = readHeader(texts, limits.Columns)
	return r, err
}

// tellsDelimiter takes off a first line such as sep=; by which Excel is told the delimiter.
func tellsDelimiter(in *bufio.Reader, first []byte) ([]byte, byte) {
	line, rest, found := bytes.Cut(first, []byte("\n"))
	line = bytes.TrimRight(line, "\r")
	if !found || len(line) != 5 || !bytes.EqualFold(line[:4], []byte("sep=")) || !bytes.Contains([]byte(",;\t"), line[4:]) {
		return first, 0
	}
	delimiter := line[4]
	if _, err := in.Discard(len(first) - len(rest)); err != nil {
		return first, 0
	}
	return rest, delimiter
}

func (r *records) columns() []string { return r.header.names }

func (r *records) next() (Row, error) {
	for {
		if err := r.take(); err != nil {
			return Row{}, err
		}
		row, err := r.row()
		if err == nil && row.blank() {
			continue
		}
		return row, err
	}
}

// take reads the next record that is not an empty line. Of a record whose quotes are amiss only the
// first line is left out, so that one stray quote does not swallow the rest of the file.
func (r *records) take() error {
	for {
		window, atEnd, err := r.window(r.in.Buffered())
		if err != nil {
			return err
		}
		used, how := r.record.parse(window, atEnd)
		for how == partial && len(window) < r.limits.Line {
			if window, atEnd, err = r.window(2 * len(window)); err != nil {
				return err
			}
			used, how = r.record.parse(window, atEnd)
		}
		if r.number++; r.number > mostLines*r.limits.Rows {
			return tooManyRows(r.limits.Rows)
		}
		if how != whole {
			return r.dropLine(window, how)
		}
		if !utf8.Valid(window[:used]) {
			err = r.amiss("", "document.line_not_utf8", window[:used])
		}
		if _, dropped := r.in.Discard(used); dropped != nil {
			return dropped
		}
		if err != nil || !r.record.blank {
			return err
		}
	}
}

// window returns the bytes that come next, at least so many where the file and the limit allow it,
// and whether the file ends with them.
func (r *records) window(least int) ([]byte, bool, error) {
	most := min(max(least, 512), r.limits.Line, r.in.Size())
	window, err := r.in.Peek(most)
	if err != nil && (!errors.Is(err, io.EOF) || len(window) == 0) {
		return nil, false, err
	}
	return window, err != nil, nil
}

// dropLine leaves out the line at hand as a bad row.
func (r *records) dropLine(window []byte, how ending) error {
	line, _, ends := bytes.Cut(window, []byte("\n"))
	amiss := r.amiss("", "document.quote_open", line)
	if how == partial && !ends {
		amiss = r.amiss("", "document.line_too_long", line, "Most", r.limits.Line>>10)
	}
	if !ends {
		if err := skipLine(r.in, r.limits.Line); err != nil {
			return err
		}
		return amiss
	}
	if _, err := r.in.Discard(len(line) + 1); err != nil {
		return err
	}
	return amiss
}

func (r *records) amiss(column, key string, found []byte, args ...any) error {
	return &RowFault{Number: r.number, Column: column, Key: key, Args: args, Found: string(found[:min(len(found), foundBytes)])}
}

// row sorts the record under the header. Empty cells past the header are no fault.
func (r *records) row() (Row, error) {
	r.texts = r.record.cells(r.texts[:0])
	for len(r.texts) > r.header.width && strings.TrimSpace(r.texts[len(r.texts)-1]) == "" {
		r.texts = r.texts[:len(r.texts)-1]
	}
	row := Row{Number: r.number, Columns: r.header.names, Cells: make([]Cell, len(r.header.keep))}
	var amiss *RowFault
	for i, place := range r.header.keep {
		if place >= len(r.texts) {
			break
		}
		cell, key := textCell(unquiet(r.texts[place]), r.limits.Cell)
		row.Cells[i] = cell
		if key != "" && amiss == nil {
			amiss = &RowFault{Number: r.number, Column: r.header.names[i], Key: key, Args: []any{"N", r.limits.Cell}, Found: r.texts[place]}
		}
	}
	if len(r.texts) != r.header.width && !row.blank() {
		amiss = &RowFault{Number: r.number, Key: "document.wrong_count",
			Args: []any{"Found", len(r.texts), "Header", r.header.width}, Found: strings.Join(r.texts, " | ")}
	}
	if amiss != nil {
		amiss.Row = row
		return Row{}, amiss
	}
	return row, nil
}
