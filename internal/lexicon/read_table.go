package lexicon

import (
	"bytes"
	"context"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/fault"
)

// columns are the names by which a table may call its columns.
var columns = map[string]string{
	"vi": "vi", "vie": "vi", "tiếng việt": "vi", "vietnamese": "vi",
	"en": "en", "eng": "en", "tiếng anh": "en", "english": "en",
	"field": "field", "lĩnh vực": "field", "note": "note", "ghi chú": "note", "weight": "weight", "trọng số": "weight",
}

// The weight of a term that a file does not weigh.
const usualWeight = 5

// readTable reads a table with a tab between columns. Its first line names them; without such a line
// they are vi, en, field, note and weight. Only vi and en must be there.
func (r *Reading) readTable(ctx context.Context, data []byte) error {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	order := []string{"vi", "en", "field", "note", "weight"}
	for number := 1; len(data) > 0; number++ {
		if number%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		var line []byte
		line, data, _ = bytes.Cut(data, []byte("\n"))
		line = bytes.TrimSuffix(line, []byte("\r"))
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if len(line) > mostEntry {
			r.Lines++
			r.amiss(number, "lexicon.line_long")
			continue
		}
		cells := strings.Split(string(line), "\t")
		if number == 1 {
			if named, ok := columnsOf(cells); ok {
				order = named
				continue
			}
		}
		r.Lines++
		r.row(number, cells, order)
	}
	if r.Lines == 0 {
		return fault.New(fault.Invalid, "lexicon.no_lines")
	}
	return nil
}

// columnsOf reads a first line as names of columns, when vi and en are among them.
func columnsOf(cells []string) ([]string, bool) {
	named := make([]string, len(cells))
	for i, c := range cells {
		named[i] = columns[strings.ToLower(strings.TrimSpace(c))]
	}
	return named, slices.Contains(named, "vi") && slices.Contains(named, "en")
}

func (r *Reading) row(number int, cells, order []string) {
	if len(cells) < 2 {
		r.amiss(number, "lexicon.no_tab")
		return
	}
	t := Term{Weight: usualWeight}
	for i, cell := range cells[:min(len(cells), len(order))] {
		cell = plain(cell)
		switch order[i] {
		case "vi":
			t.Vi = cell
		case "en":
			t.En = cell
		case "field":
			t.Field = firstRunes(cell, mostNote)
		case "note":
			t.Note = firstRunes(cell, mostNote)
		case "weight":
			if cell == "" {
				continue
			}
			n, err := strconv.Atoi(cell)
			if err != nil || n < 1 || n > 9 {
				r.amiss(number, "lexicon.bad_weight", "Weight", firstRunes(cell, 20))
				return
			}
			t.Weight = n
		}
	}
	if key := r.take(t); key != "" {
		r.amiss(number, key)
	}
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}
