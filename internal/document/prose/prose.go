// Package prose reads running text - TXT, Markdown and DOCX - into one model: paragraphs as they are
// displayed, with the numbers that Word would print, tables, and footnotes apart from the text.
package prose

import (
	"context"
	"embed"
	"io"

	"chonoi/internal/fault"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Text is what a file says. Nothing of it refers back to the file.
type Text struct {
	Kind     string // txt, md or docx
	Blocks   []Block
	Notes    []Note // in the order of their marks
	Warnings []Warning
}

// Block is a paragraph or a table: exactly one of the two.
type Block struct {
	Paragraph *Paragraph
	Table     *Table
}

// Paragraph is a line of a text file or of Markdown, or a paragraph of Word, which may be empty.
//
// Text is as it is displayed: NFC, with no-break and other wide spaces as plain ones, a tab as "\t"
// and a line break of Word as "\n"; without soft hyphens, marks of footnotes, and the number or
// bullet that stands in Marker. A line keeps the blanks that it is indented by; a TXT line keeps its
// stars and hyphens.
type Paragraph struct {
	Text    string
	Marker  string // number or bullet as Word displays it, or "-" "*" "+" "1." of a Markdown list
	Level   int    // in a list, from 0; -1 outside of one
	Heading int    // outline level, 1 to 9; 0 for none
	Bold    bool   // the whole paragraph is; so too the next three
	Italic  bool
	Centred bool
	Caps    bool   // every letter is a capital, as typed or as set; there are at least two
	Gap     bool   // TXT, MD: a blank line stood before it
	Page    bool   // a page break stood before it
	Notes   []Mark // in the order of their places
	Line    int    // line of the file, or number of the paragraph in the body of a DOCX, from 1
}

// Mark is where the mark of footnote N was dropped: a byte offset of the paragraph's text.
type Mark struct{ N, At int }

// Note is a footnote or an endnote. N is its number by the order of the marks; endnotes count on
// after the footnotes. Its paragraphs are parted by "\n".
type Note struct {
	N    int
	End  bool // an endnote
	Text string
}

// Table is a table. A table that stands in a cell is not one of its own: its paragraphs are part of
// the cell.
type Table struct {
	Rows []Row
	Line int // of its first paragraph
}

// Row is a row of a table. A cell that is covered by one above it is not among its cells.
type Row struct {
	Cells  []Cell
	Header bool // repeated on each page, or the head of a Markdown table
}

// Cell is a cell of a table; Across and Down, at least 1, tell how many columns and rows it takes.
type Cell struct {
	Paragraphs   []Paragraph
	Across, Down int
	Bold         bool // all of its text is
}

// Warning is something that a person should know of a text that was read; Key is a text of Texts.
type Warning struct {
	Line int // where, as Paragraph.Line; 0 for the whole file
	Key  string
	Args []any
}

// What one text may hold. A plan of 400 pages has a fifth of it.
const (
	MostText      = 8 << 20  // bytes of text in UTF-8
	MostMarkdown  = 4 << 20  // of a Markdown file, where each sign costs more
	MostDocxBytes = 64 << 20 // of a DOCX file, which may hold pictures
	MostPieces    = 200_000  // paragraphs, rows and cells
	LongestLine   = 200_000  // bytes of a line or a paragraph
)

// Read reads a text of size bytes. The first bytes tell what the file is, the ending of name tells
// TXT from Markdown and must not say otherwise. It returns Unsupported for another kind of file or an
// encoding that is not read, TooLarge for more than the bounds above, and Invalid for a file that is
// empty or damaged; memory stays within a few times the bounds. It stops when ctx ends.
func Read(ctx context.Context, name string, r io.ReaderAt, size int64) (*Text, error) {
	if size <= 0 {
		return nil, fault.New(fault.Invalid, "prose.empty")
	}
	kind, err := recognise(name, r, size)
	if err != nil {
		return nil, err
	}
	t := &Text{Kind: kind}
	switch kind {
	case "docx":
		t, err = readDocx(ctx, r, size)
	case "md":
		err = t.readMarkdown(ctx, r, size)
	default:
		err = t.readPlain(ctx, r, size)
	}
	if err != nil {
		return nil, err
	}
	if err := t.legible(); err != nil {
		return nil, err
	}
	return t, nil
}

func tooMuchText(most int) error {
	return fault.New(fault.TooLarge, "prose.too_much_text", "Most", most>>20)
}

// warn adds a warning, but for more of one kind than a person would read.
func (t *Text) warn(line int, key string, args ...any) {
	n := 0
	for _, w := range t.Warnings {
		if w.Key == key {
			n++
		}
	}
	if n < mostAlike {
		t.Warnings = append(t.Warnings, Warning{Line: line, Key: key, Args: args})
	}
}

const mostAlike = 20
