// Package reading reads a plan, or another paper of a Party or State body, from running text: its
// header, the tree of what it says, clauses, tables of tasks and targets, recipients; and what the
// words of each say, by package sense. Nothing is guessed: what is not printed stays empty and is
// told as a warning.
package reading

import (
	"embed"
	"fmt"
	"strings"

	"chonoi/internal/document/prose"
	"chonoi/internal/fault"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Plan is a document that was read. Its JSON form is that of `chonoi plan read --json`.
type Plan struct {
	File          string         `json:"file"`
	Header        Header         `json:"header"`
	Nodes         []Node         `json:"nodes"`
	Clauses       []Clause       `json:"clauses"`
	Rows          []Row          `json:"rows"`
	RowGroups     []RowGroup     `json:"row_groups"`
	Targets       []Target       `json:"targets"`
	Footnotes     []Footnote     `json:"footnotes"`
	Citations     []Citation     `json:"citations"`
	Unnumbered    []Citation     `json:"unnumbered_citations"` // documents cited without a number
	Assignments   []Assignment   `json:"assignments"`
	Deadlines     []Deadline     `json:"deadlines"`
	Quantities    []Quantity     `json:"quantities"`
	Deliverables  []Deliverable  `json:"deliverables"`
	Abbreviations []Abbreviation `json:"abbreviations"`
	Implements    []Implements   `json:"implements"`
	InternalRefs  []InternalRef  `json:"internal_refs"`
	Recipients    []Recipient    `json:"recipients"`
	Warnings      []Warning      `json:"warnings"`

	Text     string   `json:"-"` // the normalised text: every paragraph a line, joined and as printed
	Preamble []string `json:"-"`
	Closing  []string `json:"-"`
	Annexes  []string `json:"-"` // titles, also that of a document put into force

	text  strings.Builder
	taken map[string]int
	marks []mark
	names []string // of annexes, as the rows of their tables tell them
}

// Clause is a part of what a leaf says: it ends at ";" or "." before white space.
type Clause struct {
	ID    string `json:"id"` // II.5-1#3
	Node  string `json:"node"`
	N     int    `json:"n"`
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Footnote is a note and the node, or part of the paper, that has its mark.
type Footnote struct {
	N    int    `json:"n"`
	Node string `json:"node"`
	Text string `json:"text"`
}

// Warning is something that a person should look at. Text is empty until Say has put it into words.
type Warning struct {
	At   string `json:"at"`
	Text string `json:"text"`
	Key  string `json:"-"`
	Args []any  `json:"-"`
}

type mark struct {
	n  int
	at string
}

// The bounds of what is read.
const (
	MostBlocks  = 400_000
	MostBytes   = 24 << 20
	mostWarned  = 500
	longestText = 200_000 // bytes of one paragraph
)

// Read reads a text into a plan; file is the name under which it came. It needs no more than one
// pass over the text for each thing it looks for. A text of more than MostBlocks blocks, MostBytes
// bytes or MostNodes nodes, or with a paragraph of more than 200,000 bytes, is refused as TooLarge.
func Read(t *prose.Text, file string) (*Plan, error) {
	if err := bounded(t); err != nil {
		return nil, err
	}
	p := &Plan{File: file, taken: map[string]int{}}
	all := lines(t)
	for i := range all {
		if all[i].table == nil {
			all[i].label = labelOf(&all[i])
		}
	}
	width := 0
	if t.Kind != "docx" {
		var gone int
		width = wrapWidth(all)
		if all, gone = clear(all); gone > 0 {
			p.warn("header", "reading.furniture", "N", gone)
		}
	}
	d := divide(all)
	p.readHead(&d)
	p.writeFront(&d, width)
	p.readBody(d.body, width, "")
	p.writeAll(d.closing)
	p.writeAll(d.end)
	p.readEnd(d.end)
	for i := range d.annexes {
		p.readAnnex(&d.annexes[i], width, i+1)
	}
	if len(p.Nodes) > MostNodes {
		return nil, fault.New(fault.TooLarge, "reading.too_many_nodes", "N", MostNodes)
	}
	p.Text = p.text.String()
	p.split()
	p.notes(t.Notes)
	p.heard(t.Warnings, &d)
	p.understand()
	p.fillEmpty()
	return p, nil
}

func bounded(t *prose.Text) error {
	if len(t.Blocks) > MostBlocks {
		return fault.New(fault.TooLarge, "reading.too_many_paragraphs", "N", MostBlocks)
	}
	bytes := 0
	for _, b := range t.Blocks {
		if b.Paragraph == nil {
			continue
		}
		if len(b.Paragraph.Text) > longestText {
			return fault.New(fault.TooLarge, "reading.paragraph_too_long", "Line", b.Paragraph.Line, "N", longestText)
		}
		bytes += len(b.Paragraph.Text)
	}
	if bytes > MostBytes {
		return fault.New(fault.TooLarge, "reading.text_too_long", "N", MostBytes>>20)
	}
	return nil
}

// write adds a paragraph to the normalised text and returns where its text begins and ends.
func (p *Plan) write(marker, text string) (start, end int) {
	if p.text.Len() > 0 {
		p.text.WriteByte('\n')
	}
	if marker != "" {
		p.text.WriteString(marker)
		if text != "" {
			p.text.WriteByte(' ')
		}
	}
	start = p.text.Len()
	p.text.WriteString(text)
	return start, p.text.Len()
}

func (p *Plan) writeAll(all []line) {
	for i := range all {
		if all[i].table != nil {
			p.writeTable(all[i].table)
			continue
		}
		p.write(all[i].marker, all[i].text)
	}
}

func (p *Plan) writeTable(t *prose.Table) {
	for r := range t.Rows {
		var cells []string
		for c := range t.Rows[r].Cells {
			cells = append(cells, glued(paragraphTexts(t.Rows[r].Cells[c].Paragraphs)))
		}
		p.write("", strings.Join(cells, "\t"))
	}
}

// writeFront writes head, title and preamble, and keeps the preamble's paragraphs.
func (p *Plan) writeFront(d *paper, width int) {
	p.writeAll(d.head)
	if p.Header.Kind != nil {
		p.write("", *p.Header.Kind)
	}
	p.writeAll(d.dayAbove)
	if p.Header.Abstract != nil {
		p.write("", *p.Header.Abstract)
	}
	p.writeAll(d.dayBelow)
	for _, part := range [][]line{d.abstract, d.head, d.dayAbove, d.dayBelow} {
		for _, l := range part {
			p.noteAt("header", l.notes)
		}
	}
	for _, l := range join(d.preamble, width) {
		if l.table != nil {
			p.writeTable(l.table)
			continue
		}
		text := l.text
		if l.marker != "" {
			text = l.marker + " " + text
		}
		p.write("", text)
		p.Preamble = append(p.Preamble, text)
		p.noteAt("preamble", l.notes)
	}
}

// warn tells that a person should look at a place.
func (p *Plan) warn(at, key string, args ...any) {
	if len(p.Warnings) < mostWarned {
		p.Warnings = append(p.Warnings, Warning{At: at, Key: key, Args: args})
	}
}

func (p *Plan) noteAt(at string, notes []int) {
	for _, n := range notes {
		p.marks = append(p.marks, mark{n, at})
	}
}

// notes joins footnotes with where their marks stand.
func (p *Plan) notes(all []prose.Note) {
	at := map[int]string{}
	for _, m := range p.marks {
		if _, ok := at[m.n]; !ok {
			at[m.n] = m.at
		}
	}
	for _, n := range all {
		where, ok := at[n.N]
		if !ok {
			p.warn(fmt.Sprintf("footnote:%d", n.N), "reading.footnote_without_mark", "N", n.N)
		}
		p.Footnotes = append(p.Footnotes, Footnote{N: n.N, Node: where, Text: plain(n.Text)})
	}
}

// Say puts the warnings into words.
func (p *Plan) Say(say func(key string, args ...any) string) {
	for i := range p.Warnings {
		w := &p.Warnings[i]
		w.Text = say(w.Key, w.Args...)
	}
}
