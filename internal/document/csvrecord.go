package document

import "bytes"

// ending is how the reading of one record came out.
type ending int

const (
	whole    ending = iota // a record, up to its line end
	partial                // more bytes are needed
	badQuote               // a quoted cell is not closed, or goes on after its closing quote
)

// record is one record of a CSV file after RFC 4180: text holds the cells one after another, and
// cell i ends at ends[i]. A quote within a cell that does not begin with one is a plain character.
type record struct {
	delimiter byte
	text      []byte
	ends      []int
	blank     bool // an empty line, with no cell
}

// parse reads a record from the start of buf and returns how many bytes it took.
func (r *record) parse(buf []byte, atEnd bool) (int, ending) {
	r.text, r.ends = r.text[:0], r.ends[:0]
	for i := 0; ; {
		if i < len(buf) && buf[i] == '"' {
			next, how := r.quoted(buf, i+1, atEnd)
			if how != whole {
				return 0, how
			}
			i = next
		} else {
			i = r.plain(buf, i)
		}
		if i == len(buf) && !atEnd {
			return 0, partial
		}
		r.ends = append(r.ends, len(r.text))
		switch {
		case i == len(buf):
			return i, r.done(whole)
		case buf[i] == r.delimiter:
			i++
		case buf[i] == '\n':
			return i + 1, r.done(whole)
		case buf[i] == '\r' && i+1 == len(buf) && !atEnd:
			return 0, partial
		case buf[i] == '\r' && i+1 < len(buf) && buf[i+1] == '\n':
			return i + 2, r.done(whole)
		case buf[i] == '\r':
			return i + 1, r.done(whole)
		default: // text after a closing quote
			return 0, badQuote
		}
	}
}

func (r *record) done(how ending) ending {
	r.blank = len(r.ends) == 1 && len(bytes.TrimSpace(r.text)) == 0
	return how
}

// plain takes an unquoted cell and returns the place of what ends it.
func (r *record) plain(buf []byte, i int) int {
	start := i
	for i < len(buf) && buf[i] != r.delimiter && buf[i] != '\n' && buf[i] != '\r' {
		i++
	}
	r.text = append(r.text, buf[start:i]...)
	return i
}

// quoted takes a cell after its opening quote and returns the place after its closing one.
func (r *record) quoted(buf []byte, i int, atEnd bool) (int, ending) {
	for {
		n := bytes.IndexByte(buf[i:], '"')
		if n < 0 || i+n+1 == len(buf) && !atEnd {
			if atEnd {
				return 0, badQuote
			}
			return 0, partial
		}
		r.text = append(r.text, buf[i:i+n]...)
		i += n + 1
		if i == len(buf) || buf[i] != '"' {
			return i, whole
		}
		r.text = append(r.text, '"')
		i++
	}
}

// cells gives the cells of the record as strings that share one piece of memory.
func (r *record) cells(into []string) []string {
	text, start := string(r.text), 0
	for _, end := range r.ends {
		into = append(into, text[start:end])
		start = end
	}
	return into
}

// guessDelimiter picks the delimiter that parts most of the first records into the same number of
// cells, more than one; a comma when none does.
func guessDelimiter(first []byte) byte {
	best, bestScore := byte(','), 0
	for _, delimiter := range []byte{',', ';', '\t'} {
		if score := agreement(first, delimiter); score > bestScore {
			best, bestScore = delimiter, score
		}
	}
	return best
}

// agreement counts the records that have as many cells as the first one, weighed before the count
// of cells itself.
func agreement(first []byte, delimiter byte) int {
	r := record{delimiter: delimiter}
	width, same := 0, 0
	for range 20 {
		n, how := r.parse(first, false)
		if how != whole {
			break
		}
		first = first[n:]
		switch {
		case r.blank:
		case width == 0:
			width = len(r.ends)
		case len(r.ends) == width:
			same++
		}
	}
	if width == 0 { // one record that is cut, or has no line end
		r.parse(first, true)
		width = len(r.ends)
	}
	if width < 2 {
		return 0
	}
	return same*1000 + min(width, 999)
}
