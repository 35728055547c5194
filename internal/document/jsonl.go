package document

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"chonoi/internal/fault"
)

// lookAhead is how many lines are read on opening so that Columns can name their keys.
const lookAhead = 100

// lines is a JSONL file: each line one object.
type lines struct {
	in     *bufio.Reader
	limits Limits
	number int

	names []string          // all columns met so far
	known map[string]string // key as written -> column
	last  []string          // columns of the line before, shared by rows that tell the same
	ahead []aheadRow
}

type aheadRow struct {
	row Row
	err error
}

func openJSONL(r io.Reader, limits Limits) (*lines, error) {
	l := &lines{in: bufio.NewReaderSize(r, limits.Line+4096), limits: limits, known: map[string]string{}}
	for range lookAhead {
		row, err := l.read()
		l.ahead = append(l.ahead, aheadRow{row, err})
		var amiss *RowFault
		if err != nil && !errors.As(err, &amiss) {
			break
		}
	}
	if first := l.ahead[0].err; first == io.EOF {
		return nil, fault.New(fault.Invalid, "document.empty")
	} else if _, refused := fault.As(first); refused {
		return nil, first
	}
	return l, nil
}

func (l *lines) columns() []string { return slices.Clone(l.names) }

func (l *lines) next() (Row, error) {
	if len(l.ahead) > 0 {
		next := l.ahead[0]
		l.ahead = l.ahead[1:]
		return next.row, next.err
	}
	return l.read()
}

func (l *lines) read() (Row, error) {
	for {
		line, err := l.line()
		if err != nil {
			return Row{}, err
		}
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		row, err := l.parse(line)
		if err == nil && row.blank() {
			continue
		}
		return row, err
	}
}

// line returns the next line. One past the limit is left out as a bad row, unless it has no end.
func (l *lines) line() ([]byte, error) {
	if l.number++; l.number > mostLines*l.limits.Rows {
		return nil, tooManyRows(l.limits.Rows)
	}
	line, err := l.in.ReadSlice('\n')
	if err == nil && len(line) <= l.limits.Line || err == io.EOF && len(line) > 0 {
		return line, nil
	}
	if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, err
	}
	found := string(line[:min(len(line), foundBytes)])
	if err != nil {
		if err := skipLine(l.in, l.limits.Line); err != nil {
			return nil, err
		}
	}
	return nil, &RowFault{Number: l.number, Key: "document.line_too_long", Args: []any{"Most", l.limits.Line >> 10}, Found: found}
}

// skipLine reads on to the end of a line that is too long, for so long as one row may cost.
func skipLine(in *bufio.Reader, limit int) error {
	for skipped := 0; skipped < longestSkip*limit; {
		part, err := in.ReadSlice('\n')
		skipped += len(part)
		if err == nil || err == io.EOF {
			return nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
	return lineWithoutEnd()
}

func (l *lines) amiss(line []byte, column, key string, args ...any) *RowFault {
	return &RowFault{Number: l.number, Column: column, Key: key, Args: args, Found: string(line[:min(len(line), foundBytes)])}
}

func (l *lines) parse(line []byte) (Row, error) {
	switch {
	case !utf8.Valid(line):
		return Row{}, l.amiss(line, "", "document.line_not_utf8")
	case !json.Valid(line):
		return Row{}, l.amiss(line, "", "document.line_not_json")
	case line[0] != '{':
		return Row{}, l.amiss(line, "", "document.line_not_an_object")
	}
	row := Row{Number: l.number, Columns: make([]string, 0, len(l.last)), Cells: make([]Cell, 0, len(l.last))}
	var amiss *RowFault
	text := string(line)
	for key, value := range members(text) {
		name, fresh, err := l.column(key)
		if err != nil {
			return Row{}, err
		}
		if name == "" {
			continue
		}
		if !fresh && slices.Contains(row.Columns, name) {
			return Row{}, l.amiss(line, name, "document.key_twice", "Name", shorten(name))
		}
		cell, wrong := jsonCell(value, l.limits.Cell)
		if wrong != "" && amiss == nil {
			amiss = l.amiss([]byte(cell.Text), name, wrong, "N", l.limits.Cell)
		}
		row.Columns, row.Cells = append(row.Columns, name), append(row.Cells, cell)
	}
	if slices.Equal(row.Columns, l.last) {
		row.Columns = l.last
	} else {
		l.last = row.Columns
	}
	if amiss != nil {
		amiss.Row = row
		return Row{}, amiss
	}
	return row, nil
}

// column returns the column of a key as it is written, empty for those of our errors file.
func (l *lines) column(key string) (name string, fresh bool, err error) {
	if name, ok := l.known[key]; ok {
		return name, false, nil
	}
	if len(l.known) >= l.limits.Columns {
		return "", false, tooManyColumns(l.limits.Columns)
	}
	text, err := unquote(key)
	if err != nil {
		return "", false, fmt.Errorf("read key %s: %w", shorten(key), err)
	}
	key, name = strings.Clone(key), strings.Clone(columnName(text)) // not to hold the whole line
	if isOurs(name) {
		name = ""
	} else if name == "" {
		name = "_"
	}
	l.known[key] = name
	if name == "" || slices.Contains(l.names, name) {
		return name, false, nil
	}
	l.names = append(l.names, name)
	return name, true, nil
}
