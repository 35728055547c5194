// Package paper makes official papers: a tree of heads, paragraphs, tables and signatures becomes a
// DOCX or a page for print under a layout profile, and an uploaded DOCX is held against a profile.
// It knows nothing of what a paper is about.
package paper

import (
	"embed"
	"time"

	"chonoi/internal/when"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Paper is an official paper (văn bản). Texts are given as a sentence would write them: where the
// layout wants capitals the writers put them. Fixed words and forms come from the layout.
type Paper struct {
	Layout     *Layout
	Heads      Heads
	Kind       string   // "Báo cáo"; empty for an official letter (công văn)
	Abstract   string   // what it is about (trích yếu), without "V/v"
	To         []string // whom it is addressed to (kính gửi), in letters, submissions and reports
	Submission bool     // a submission (tờ trình), which some layouts address with another word
	Body       []Block
	Signatures []Signature // one stands at the right beside the recipients; several stand in a row
	Recipients []string    // without dashes and final marks; the last is the one that keeps a copy
	Appendices []Appendix
	Foot       []string // stands side by side at the foot of every page: where the sides sign each
	About      About
}

// Heads are what stands above the title. Without an issuer the national name or the Party's stands
// alone in the middle, as on contracts.
type Heads struct {
	Superior string // the body above, as it is printed: "UBND thành phố Cần Thơ"
	Issuer   string // who issues: "Sở Khoa học và Công nghệ"
	Number   string // "15"; dots stand for an empty one
	Symbol   string // "BC-SKHCN"
	Place    string // "Cần Thơ"
	Date     when.Day
}

// About is what the file says of itself; nothing of it is printed.
type About struct {
	Title  string
	Author string
	Made   time.Time // no date is written for the zero time
}

// Block is a piece of the body; exactly one member is set.
type Block struct {
	Heading   *Heading
	Paragraph *Paragraph
	List      *List
	Table     *Table
}

// Grade is how high a heading stands.
type Grade int

// The grades of headings, the highest first.
const (
	Part    Grade = iota // Phần, Chương: marker and title on two lines in the middle
	Section              // I. in capitals
	Article              // Điều 1.
	Clause               // 1. with a title
	Point                // a) with a title
)

// Heading begins a division of the body and shows in the navigation of a word processor.
type Heading struct {
	Grade  Grade
	Marker string // as printed: "Phần I", "I.", "Điều 1.", "1.", "a)"
	Text   []Run
}

// Align is where the lines of a text stand.
type Align int

// The alignments; Usual is that of the place: justified in the body, left in cells.
const (
	Usual Align = iota
	Left
	Centre
	Right
	Justify
)

// Paragraph is a paragraph of the body.
type Paragraph struct {
	Runs     []Run
	Align    Align
	NoIndent bool
	Basis    bool // a ground on which the paper rests (căn cứ)
	Keep     bool // stays on the page of what follows
}

// Run is a piece of text in one style. A line break is "\n".
type Run struct {
	Text      string
	Bold      bool
	Italic    bool
	Underline bool
	Figure    string // id of a figure; the run then cannot be edited in a word processor
}

// Marks is how the items of a list are marked.
type Marks int

// The marks of lists.
const (
	Dashes  Marks = iota // -
	Numbers              // 1. 2. 3.
	Letters              // a) b) c) d) đ) e), in the order of the layout
)

// List is a list in the body; each item is a paragraph.
type List struct {
	Marks Marks
	Items [][]Run
}

// Table is a table with ruled cells. Its header is repeated on every page.
type Table struct {
	Caption string
	Columns []Column
	Header  []Row
	Rows    []Row
}

// Column is a column of a table; widths are shares of the whole, equal where none is told.
type Column struct {
	Width float64
	Align Align
}

// Row is a row of a table: a cell that another covers from above or from the left is left out.
type Row struct{ Cells []Cell }

// Cell is a cell of a table.
type Cell struct {
	Runs   []Run
	Across int // columns that it spans; 0 is 1
	Down   int // rows that it spans; 0 is 1
	Align  Align
	Bold   bool
}

// Signature is the block of one who signs.
type Signature struct {
	Authority []string // "TM. Ủy ban nhân dân", "KT. Giám đốc", as the layout spells the short form
	Title     string   // "Phó Giám đốc"
	Name      string
	Signed    bool // otherwise the paper says that it is a draft
}

// Appendix begins on a new page, with its own number when there are several.
type Appendix struct {
	Title     string
	Body      []Block
	Landscape bool
	Unbound   bool // without the line that tells to which document it belongs
}

// Plain is a run of plain text.
func Plain(text string) []Run { return []Run{{Text: text}} }

// Text is a paragraph of plain text.
func Text(text string) Block { return Block{Paragraph: &Paragraph{Runs: Plain(text)}} }

// Head is a heading of plain text.
func Head(grade Grade, marker, text string) Block {
	return Block{Heading: &Heading{Grade: grade, Marker: marker, Text: Plain(text)}}
}
