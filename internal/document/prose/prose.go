// Package prose takes running text in: plain text, Markdown and Word documents become one model of
// paragraphs, tables and notes, as a reader of the paper sees them.
package prose

import "embed"

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Text is a document as it reads: its blocks in their order, its notes apart.
type Text struct {
	Kind     string // txt, md or docx
	Blocks   []Block
	Notes    []Note // in the order in which the text refers to them
	Warnings []Warning
}

// Block is a paragraph or a table: exactly one of the two is there.
type Block struct {
	Paragraph *Paragraph
	Table     *Table
}

// Paragraph is a line of a plain text or of Markdown, or a paragraph of a Word document.
type Paragraph struct {
	Text                        string // NFC, as printed; footnote marks dropped; line breaks of Word as \n
	Marker                      string // number or bullet that is displayed before it, no part of Text
	Level                       int    // of the list, from 0; -1 where there is no list
	Heading                     int    // outline level 1 to 9; 0 for none
	Bold, Italic, Centred, Caps bool   // the whole paragraph; Caps also where it is only set in capitals
	Gap                         bool   // a blank line stood before it, in a text or in Markdown
	Page                        bool   // a page break stood before it
	Notes                       []Mark
	Line                        int // line of the file, or number of the paragraph in a Word document
}

// Mark is where note N is referred to: a byte offset in the text of a paragraph.
type Mark struct{ N, At int }

// Note is a footnote or an endnote. Endnotes are counted on after the footnotes.
type Note struct {
	N    int
	Text string
}

// Warning tells a person what of a document was left out. Line is as in Paragraph.
type Warning struct {
	Key  string
	Args []any
	Line int
}

// Table is a table with its merged cells. Line is that of its first paragraph.
type Table struct {
	Rows []Row
	Line int
}

// Row is a row of a table. A cell that one above covers is absent from it.
type Row struct {
	Cells  []Cell
	Header bool // repeated on each page, or the head of a Markdown table
}

// Cell is a cell with the columns and rows that it covers, each at least 1.
type Cell struct {
	Paragraphs   []Paragraph
	Across, Down int
	Bold         bool
}

// widest is the most columns that a table is taken to have. Word itself has 63.
const widest = 64

// Grid returns every place of the table with the cell that covers it, nil where there is none.
func (t *Table) Grid() [][]*Cell {
	grid := make([][]*Cell, len(t.Rows))
	for r := range t.Rows {
		col := 0
		for c := range t.Rows[r].Cells {
			for col < len(grid[r]) && grid[r][col] != nil {
				col++
			}
			cell := &t.Rows[r].Cells[c]
			across := max(cell.Across, 1)
			for y := r; y < min(r+max(cell.Down, 1), len(grid)); y++ {
				grid[y] = cover(grid[y], cell, col, min(col+across, widest))
			}
			col += across
		}
	}
	return grid
}

func cover(row []*Cell, cell *Cell, from, to int) []*Cell {
	for len(row) < to {
		row = append(row, nil)
	}
	for x := from; x < to; x++ {
		row[x] = cell
	}
	return row
}

// At returns the cell that covers a place, rows and columns counted from 0; nil where there is none.
// One who needs many takes Grid.
func (t *Table) At(row, col int) *Cell {
	grid := t.Grid()
	if row < 0 || row >= len(grid) || col < 0 || col >= len(grid[row]) {
		return nil
	}
	return grid[row][col]
}
