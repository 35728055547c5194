package document

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"chonoi/internal/fault"
)

// sheet is the sheet of a workbook that is being read.
type sheet struct {
	book   *workbook
	part   *part
	header header
	place  []int // place[c]: under which of our columns column c of the sheet stands, -1 for none
	number int   // of the row at hand, as the spreadsheet shows it
	within bool
	text   cellText
}

// lastRow is the last row that a sheet can have.
const lastRow = 1 << 20

// found is one cell as it stands in the file: its column from 0, its type and style, and its value.
type found struct {
	column  int
	kind    string
	style   int
	formula bool
	valued  bool
}

func (b *workbook) openSheet(entry sheetEntry) (*sheet, error) {
	f := b.file(entry.part)
	if f == nil {
		return nil, broken()
	}
	p, err := b.openPart(f)
	if err != nil {
		return nil, err
	}
	return &sheet{book: b, part: p, text: cellText{most: b.limits.Cell}}, nil
}

func (s *sheet) columns() []string { return s.header.names }

// readHeader takes the first row that tells anything for the header.
func (s *sheet) readHeader() error {
	for {
		cells, err := s.row()
		var amiss *RowFault
		switch {
		case err == io.EOF:
			return fault.New(fault.Invalid, "document.empty")
		case errors.As(err, &amiss):
			return fault.New(fault.Invalid, "document.header_unreadable").At(amiss.Column, amiss.Key, amiss.Args...)
		case err != nil:
			return err
		}
		if (Row{Cells: cells}).blank() {
			continue
		}
		texts := make([]string, len(cells))
		for i, c := range cells {
			texts[i] = c.Text
		}
		return s.nameColumns(texts)
	}
}

func (s *sheet) nameColumns(texts []string) error {
	h, err := readHeader(texts, s.book.limits.Columns)
	if err != nil {
		return err
	}
	s.header, s.place = h, make([]int, h.width)
	for i := range s.place {
		s.place[i] = -1
	}
	for i, at := range h.keep {
		s.place[at] = i
	}
	return nil
}

func (s *sheet) next() (Row, error) {
	for {
		cells, err := s.row()
		row := Row{Number: s.number, Columns: s.header.names, Cells: cells}
		var amiss *RowFault
		if errors.As(err, &amiss) {
			amiss.Row = row
			return Row{}, err
		}
		if err != nil || !row.blank() {
			return row, err
		}
	}
}

// row reads the next row of the sheet; its cells stand under our columns, or as they are in the
// file so long as the header is not read. Of several faults the first is told.
func (s *sheet) row() ([]Cell, error) {
	if err := s.seekRow(); err != nil {
		return nil, err
	}
	cells := make([]Cell, len(s.header.keep))
	var amiss *RowFault
	for column, size := 0, 0; ; column++ {
		at, err := s.seekCell(column)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		column = at.column
		cell, wrong := s.value(at)
		if cell.Kind == Empty && wrong == nil {
			continue
		}
		if column >= s.book.limits.Columns {
			return nil, tooManyColumns(s.book.limits.Columns)
		}
		if s.book.shared != nil && s.book.shared.left < 0 {
			return nil, tooMuchUnpacked(s.book.limits.Unpacked)
		}
		if size += len(cell.Text); size > s.book.limits.Line && wrong == nil {
			cell, wrong = Cell{}, s.amiss(column, "document.line_too_long", "Most", s.book.limits.Line>>10)
		}
		cells, wrong = s.put(cells, column, cell, wrong)
		if amiss == nil {
			amiss = wrong
		}
	}
	if amiss != nil {
		return cells, amiss
	}
	return cells, nil
}

// put lays a cell under its column and names that column in what is amiss with it.
func (s *sheet) put(cells []Cell, column int, cell Cell, wrong *RowFault) ([]Cell, *RowFault) {
	if s.place == nil {
		for len(cells) <= column {
			cells = append(cells, Cell{})
		}
		cells[column] = cell
		return cells, wrong
	}
	if column >= len(s.place) {
		return cells, s.amiss(column, "document.cell_past_header", "Cell", letters(column)+strconv.Itoa(s.number))
	}
	to := s.place[column]
	if to < 0 {
		return cells, nil
	}
	cells[to] = cell
	if wrong != nil {
		wrong.Column = s.header.names[to]
	}
	return cells, wrong
}

// seekRow goes to the opening tag of the next row; io.EOF when the sheet is at its end, which must
// be told, so that a sheet that breaks off is not taken for a short one.
func (s *sheet) seekRow() error {
	for {
		token, err := s.part.token()
		if err == io.EOF {
			return broken()
		}
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local == "sheetData" {
				s.within = true
			} else if e.Name.Local == "row" && s.within {
				return s.countRow(attribute(e, "r"))
			}
		case xml.EndElement:
			if e.Name.Local == "sheetData" {
				return s.end()
			}
		}
	}
}

// end reads what follows the rows, so that the checksum of the part is compared.
func (s *sheet) end() error {
	if _, err := io.Copy(io.Discard, s.part.in); err != nil {
		return broken()
	}
	s.part.read.Store(int64(s.part.size))
	return io.EOF
}

func (s *sheet) countRow(told string) error {
	s.number++
	if told != "" {
		n, err := strconv.Atoi(told)
		if err != nil || n < 1 {
			return broken()
		}
		s.number = n
	}
	if s.number > lastRow {
		return tooManyRows(lastRow)
	}
	return nil
}

// seekCell reads the next cell of the row at hand, which stands in column next when it does not
// tell where; io.EOF at the end of the row. Its value is in s.text.
func (s *sheet) seekCell(next int) (found, error) {
	var at found
	inCell := false
	s.text.reset()
	for {
		token, err := s.part.token()
		if err == io.EOF {
			return at, broken()
		}
		if err != nil {
			return at, err
		}
		s.text.take(token)
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "c":
				s.text.reset()
				inCell = true
				if at, err = cellHead(e, next); err != nil {
					return at, err
				}
			case "f":
				at.formula = true
			case "v", "t":
				at.valued = true
			}
		case xml.EndElement:
			if e.Name.Local == "c" && inCell {
				return at, nil
			}
			if e.Name.Local == "row" {
				return at, io.EOF
			}
		}
	}
}

func cellHead(e xml.StartElement, next int) (found, error) {
	at := found{column: next}
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "r":
			column, ok := columnOf(a.Value)
			if !ok {
				return at, broken()
			}
			at.column = column
		case "t":
			at.kind = a.Value
		case "s":
			at.style, _ = strconv.Atoi(a.Value)
		}
	}
	return at, nil
}

// columnOf reads the column, from 0, of a cell's name such as AB12.
func columnOf(name string) (int, bool) {
	n := 0
	for i := 0; i < len(name) && i < 8; i++ {
		c := name[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			return n - 1, n > 0
		}
		n = 26*n + int(c-'A') + 1
	}
	return n - 1, n > 0 && len(name) < 8
}

func (s *sheet) amiss(column int, key string, args ...any) *RowFault {
	return &RowFault{Number: s.number, Column: "(" + letters(column) + ")", Key: key, Args: args, Found: strings.ToValidUTF8(string(s.text.bytes[:min(len(s.text.bytes), foundBytes)]), "")}
}
