package document

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// sheetSink writes a workbook of one sheet: a header that stays in view, typed cells, and texts in
// text format, so that one that looks like a formula stays a text also when a person edits it.
type sheetSink struct {
	w                  io.Writer
	file               *excelize.File
	stream             *excelize.StreamWriter
	text, day, instant int // styles
	open               int // first of the three styles of cells that may be written in; 0 in an open sheet
	columns            []Column
	values             []any
}

func newSheetSink(w io.Writer, columns []Column, l Layout) (*sheetSink, error) {
	s := &sheetSink{w: w, file: excelize.NewFile(), columns: columns}
	if err := s.begin(columns, l); err != nil {
		return nil, errors.Join(fmt.Errorf("begin a workbook: %w", err), s.file.Close())
	}
	return s, nil
}

func (s *sheetSink) begin(columns []Column, l Layout) error {
	if len(columns) == 0 || len(columns) > excelize.MaxColumns {
		return tooManyColumns(excelize.MaxColumns)
	}
	name := s.file.GetSheetName(0)
	if l.Sheet != "" {
		if err := s.file.SetSheetName(name, l.Sheet); err != nil {
			return err
		}
		name = l.Sheet
	}
	header, err := s.styles()
	if err != nil {
		return err
	}
	if err := s.guard(name, columns, l); err != nil {
		return err
	}
	if s.stream, err = s.file.NewStreamWriter(name); err != nil {
		return err
	}
	for i, c := range columns {
		if err := s.column(i+1, c); err != nil {
			return err
		}
	}
	pane := excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	if err := s.stream.SetPanes(&pane); err != nil {
		return err
	}
	titles := make([]any, len(columns))
	for i, c := range columns {
		title, _ := cut(c.title(), excelCell)
		titles[i] = excelize.Cell{StyleID: header, Value: title}
	}
	return s.stream.SetRow("A1", titles)
}

func (s *sheetSink) styles() (header int, err error) {
	day, instant := "dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss"
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	styles := []struct {
		id    *int
		style excelize.Style
	}{
		{&header, excelize.Style{
			Font: &excelize.Font{Bold: true}, NumFmt: 49, Alignment: top,
			Fill:   excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF2"}},
			Border: []excelize.Border{{Type: "bottom", Style: 1, Color: "5B6B75"}},
		}},
		{&s.text, excelize.Style{NumFmt: 49, Alignment: top}},
		{&s.day, excelize.Style{CustomNumFmt: &day, Alignment: &excelize.Alignment{Vertical: "top"}}},
		{&s.instant, excelize.Style{CustomNumFmt: &instant, Alignment: &excelize.Alignment{Vertical: "top"}}},
	}
	for _, st := range styles {
		if *st.id, err = s.file.NewStyle(&st.style); err != nil {
			return 0, err
		}
	}
	return header, nil
}

// width is that of the column's title where the column tells none.
func width(c Column) float64 {
	if c.Width > 0 {
		return min(c.Width, excelize.MaxColumnWidth)
	}
	return float64(min(max(utf8.RuneCountInString(c.title())+4, 12), 48))
}

func (s *sheetSink) cell(c Cell) (Cell, int) {
	if c = flat(c); c.Kind != Text {
		return c, 0
	}
	short, wasCut := cut(c.Text, excelCell)
	if !wasCut {
		return c, 0
	}
	return Cell{Text, short}, len(utf16.Encode([]rune(c.Text)))
}

func (s *sheetSink) write(number int, cells []Cell) error {
	if number > excelize.TotalRows {
		return tooManyRows(excelize.TotalRows - 1)
	}
	s.values = s.values[:0]
	for i, c := range cells {
		s.values = append(s.values, s.typed(c, s.open > 0 && i < len(s.columns) && !s.columns[i].Locked))
	}
	return s.stream.SetRow("A"+strconv.Itoa(number), s.values)
}

// typed is the cell as excelize takes it, in a cell that may be written in or not. What Excel could
// not show as it is (a number of more than fifteen digits, a day before March 1900) goes out as text.
func (s *sheetSink) typed(c Cell, open bool) any {
	style := func(id int) int {
		if open {
			return s.open + id - s.text
		}
		return id
	}
	switch c.Kind {
	case Empty:
		if open {
			return excelize.Cell{StyleID: style(s.text)}
		}
		return nil
	case Flag:
		return c.Text == "true"
	case Number:
		if n, ok := number(c.Text); ok && digits(c.Text) <= excelDigits {
			return n
		}
	case Day:
		if n, ok := dayNumber(time.DateOnly, c.Text); ok {
			return excelize.Cell{StyleID: style(s.day), Value: n}
		}
	case Moment:
		if n, ok := dayNumber("2006-01-02T15:04:05", c.Text); ok {
			return excelize.Cell{StyleID: style(s.instant), Value: n}
		}
	}
	return excelize.Cell{StyleID: style(s.text), Value: c.Text}
}

// digits counts those of a number that tell something.
func digits(number string) int {
	mantissa, _, _ := strings.Cut(strings.ToLower(number), "e")
	mantissa = strings.TrimLeft(mantissa, "+-0.")
	whole, part, dotted := strings.Cut(mantissa, ".")
	if !dotted {
		return len(strings.TrimRight(whole, "0"))
	}
	return len(strings.TrimRight(whole+part, "0"))
}

// dayNumber is the day number by which Excel knows a moment since March 1900, in the fifteen digits
// that it keeps. It is rounded up, for LibreOffice shows the second that has begun.
func dayNumber(form, text string) (float64, bool) {
	t, err := time.Parse(form, text)
	if err != nil {
		return 0, false
	}
	seconds := t.Unix() - time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Unix()
	n := float64(seconds) / 86400
	return math.Ceil(n*1e10) / 1e10, n >= 61
}

func (s *sheetSink) close() error {
	err := s.stream.Flush()
	if err == nil {
		err = s.file.Write(s.w)
	}
	if err != nil {
		err = fmt.Errorf("write a workbook: %w", err)
	}
	return errors.Join(err, s.file.Close())
}
