package document

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
)

// csvSink writes CSV in UTF-8 with \n line ends.
type csvSink struct {
	out   *csv.Writer
	width int
	texts []string
}

func newCSVSink(w io.Writer, columns []Column, l Layout) (*csvSink, error) {
	if l.BOM {
		if _, err := io.WriteString(w, "\uFEFF"); err != nil {
			return nil, err
		}
	}
	s := &csvSink{out: csv.NewWriter(w), width: len(columns)}
	if l.Delimiter != 0 {
		s.out.Comma = l.Delimiter
	}
	titles := make([]Cell, len(columns))
	for i, c := range columns {
		titles[i] = Cell{Text, quiet(c.title())}
	}
	return s, s.write(1, titles)
}

func (s *csvSink) cell(c Cell) (Cell, int) {
	if c = flat(c); c.Kind == Text {
		c.Text = quiet(c.Text)
	}
	return c, 0
}

func (s *csvSink) write(_ int, cells []Cell) error {
	s.texts = s.texts[:0]
	for _, c := range cells {
		s.texts = append(s.texts, c.Text)
	}
	for len(s.texts) < s.width {
		s.texts = append(s.texts, "")
	}
	return s.out.Write(s.texts)
}

func (s *csvSink) close() error {
	s.out.Flush()
	return s.out.Error()
}

// jsonlSink writes one object a line; an empty cell has no key.
type jsonlSink struct {
	out  *bufio.Writer
	keys []string // as JSON, with the colon
}

func newJSONLSink(w io.Writer, columns []Column) *jsonlSink {
	s := &jsonlSink{out: bufio.NewWriter(w)}
	for _, c := range columns {
		key, _ := compact(c.Name) // a string is always JSON
		s.keys = append(s.keys, key+":")
	}
	return s
}

func (s *jsonlSink) cell(c Cell) (Cell, int) { return c, 0 }

func (s *jsonlSink) write(_ int, cells []Cell) error {
	mark := byte('{')
	for i, c := range cells {
		if c.Kind == Empty {
			continue
		}
		value, err := literal(c)
		if err != nil {
			return err
		}
		_ = s.out.WriteByte(mark) // a failed write stays and is told by the last one
		mark = ','
		_, _ = s.out.WriteString(s.keys[i])
		_, _ = s.out.WriteString(value)
	}
	if mark == '{' {
		_ = s.out.WriteByte(mark)
	}
	_, err := s.out.WriteString("}\n")
	return err
}

func (s *jsonlSink) close() error { return s.out.Flush() }

// literal is a cell as JSON on one line.
func literal(c Cell) (string, error) {
	switch c.Kind {
	case Number, Flag:
		if json.Valid([]byte(c.Text)) {
			return c.Text, nil
		}
	case JSON:
		var v json.RawMessage
		if json.Unmarshal([]byte(c.Text), &v) == nil {
			return compact(v)
		}
	}
	return compact(c.Text)
}
