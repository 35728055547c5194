package paper

import (
	"strings"
	"unicode"

	"chonoi/internal/lang"
)

// row is a printed line of an uploaded file: a paragraph, or a part of it up to a line break.
type row struct {
	paragraph int // number within the file, from 1
	text      string
	pieces    []piece
	stance    *stance
	fields    []string // instructions of fields
	table     int      // number of the table, 0 outside
	cellRow   int
	column    int
	section   int
}

// piece is a stretch of letters of one look.
type piece struct {
	text string
	hand *hand // shared by all pieces of that look
}

func (r *row) blank() bool    { return r.text == "" }
func (r *row) centred() bool  { return r.stance.align.value == "center" }
func (r *row) folded() string { return lang.Fold(r.text) }
func (r *row) upper() bool    { return isUpper(r.text) }
func (r *row) is(f func(hand) bool) bool {
	for _, p := range r.pieces {
		if strings.TrimSpace(p.text) != "" && !f(*p.hand) {
			return false
		}
	}
	return true
}

// longPiece is how many bytes of a piece are kept.
const longPiece = 2048

func isUpper(s string) bool {
	letters := 0
	for _, c := range s {
		if unicode.IsLower(c) {
			return false
		}
		if unicode.IsUpper(c) {
			letters++
		}
	}
	return letters > 1
}

// section is a section of an uploaded file, in twentieths of a point.
type section struct {
	width, height, top, right, bottom, left told1[int]
	landscape, titled                       bool
	headers, footers                        map[string]string // relation by kind: default, first, even
}

// reader reads a part that holds paragraphs: the document, a header, a footer.
type reader struct {
	styles   *styleSheet
	rows     []row
	sections []section
	over     bool
	stances  map[stance]*stance
	hands    map[hand]*hand

	paragraphs int
	now        *row
	lettering  hand // of the paragraph
	run        hand
	inside     []string // pPr, rPr, sectPr as they are nested
	runOn      bool
	writing    bool // within w:t
	instructs  bool
	field      strings.Builder
	tables     []cellPlace
	tableCount int
	sect       *section
	pieces     int
	own        stance
}

type cellPlace struct{ table, row, column int }

// left out: what was deleted or moved away, second renderings, text boxes and former formats.
var leftOut = map[string]bool{"del": true, "moveFrom": true, "Fallback": true, "txbxContent": true, "pPrChange": true,
	"rPrChange": true, "sectPrChange": true, "tblPrChange": true, "trPrChange": true, "tcPrChange": true}

func newReader(styles *styleSheet) *reader {
	return &reader{styles: styles, stances: map[stance]*stance{}, hands: map[hand]*hand{}}
}

func (d *reader) open(n partNode) bool {
	if leftOut[n.name] {
		return true
	}
	switch n.name {
	case "tbl":
		d.tableCount++
		d.tables = append(d.tables, cellPlace{table: d.tableCount})
	case "tr":
		if len(d.tables) > 0 {
			at := &d.tables[len(d.tables)-1]
			at.row, at.column = at.row+1, 0
		}
	case "tc":
		if len(d.tables) > 0 {
			d.tables[len(d.tables)-1].column++
		}
	case "p":
		d.begin()
	case "pPr", "rPr":
		d.inside = append(d.inside, n.name)
	case "sectPr":
		d.inside = append(d.inside, n.name)
		d.sect = &section{headers: map[string]string{}, footers: map[string]string{}}
	case "r":
		d.run, d.runOn = hand{}, true
	case "t":
		d.writing = d.runOn
	case "instrText":
		d.instructs = true
	case "fldSimple":
		d.instruct(n.get("instr"))
	case "br", "cr":
		if d.now != nil && d.runOn && n.get("type") == "" {
			d.split()
		}
	case "tab":
		if d.current() == "" {
			d.write("\t")
		}
	case "noBreakHyphen":
		d.write("-")
	default:
		d.property(n)
	}
	return false
}

func (d *reader) current() string {
	if len(d.inside) == 0 {
		return ""
	}
	return d.inside[len(d.inside)-1]
}

func (d *reader) property(n partNode) {
	switch d.current() {
	case "pPr":
		d.own.take(n)
	case "rPr":
		if d.runOn {
			d.run.take(n, d.styles.theme)
		}
	case "sectPr":
		d.sect.take(n)
	}
}

func (s *section) take(n partNode) {
	number := func(to *told1[int], name string) {
		if v, ok := whole(n.get(name)); ok {
			*to = tell(v)
		}
	}
	switch n.name {
	case "pgSz":
		number(&s.width, "w")
		number(&s.height, "h")
		s.landscape = n.get("orient") == "landscape"
	case "pgMar":
		number(&s.top, "top")
		number(&s.right, "right")
		number(&s.bottom, "bottom")
		number(&s.left, "left")
	case "titlePg":
		s.titled = n.get("val") != "0" && n.get("val") != "false"
	case "headerReference":
		s.headers[n.get("type")] = n.get("id")
	case "footerReference":
		s.footers[n.get("type")] = n.get("id")
	}
}

func (d *reader) close(name string) {
	switch name {
	case "tbl":
		if len(d.tables) > 0 {
			d.tables = d.tables[:len(d.tables)-1]
		}
	case "p":
		d.end()
	case "pPr", "rPr":
		if len(d.inside) > 0 {
			d.inside = d.inside[:len(d.inside)-1]
		}
		if name == "pPr" && d.now != nil {
			d.stand(d.own)
		}
	case "sectPr":
		if len(d.inside) > 0 {
			d.inside = d.inside[:len(d.inside)-1]
		}
		if d.sect != nil {
			d.sections = append(d.sections, *d.sect)
			d.sect = nil
		}
	case "r":
		d.runOn = false
	case "t":
		d.writing = false
	case "instrText":
		d.instructs = false
		d.instruct(d.field.String())
		d.field.Reset()
	}
}

func (d *reader) text(s []byte) {
	switch {
	case d.writing:
		d.write(string(s))
	case d.instructs && d.field.Len() < 1000:
		d.field.Write(s)
	}
}

func (d *reader) begin() {
	d.paragraphs++
	d.own = stance{}
	d.now = &row{paragraph: d.paragraphs, section: len(d.sections)}
	d.stand(stance{})
	if len(d.tables) > 0 {
		at := d.tables[0] // a table within a table counts as its cell
		d.now.table, d.now.cellRow, d.now.column = at.table, at.row, at.column
	}
}

// stand gives the paragraph its stance; one of each kind is kept.
func (d *reader) stand(own stance) {
	all, letters := d.styles.paragraph(own)
	all.style = ""
	kept := d.stances[all]
	if kept == nil {
		kept = &all
		d.stances[all] = kept
	}
	d.now.stance, d.lettering = kept, letters
}

// end closes the paragraph.
func (d *reader) end() {
	if d.now == nil {
		return
	}
	d.push()
	d.now = nil
}

// split closes a line of the paragraph and begins the next.
func (d *reader) split() {
	next := *d.now
	next.pieces, next.fields = nil, nil
	d.push()
	d.now = &next
}

func (d *reader) push() {
	var b strings.Builder
	for _, p := range d.now.pieces {
		b.WriteString(p.text)
	}
	d.now.text = lang.Clean(strings.ReplaceAll(b.String(), "\u00a0", " "))
	if len(d.rows) >= mostLines {
		d.over = true
		return
	}
	d.rows = append(d.rows, *d.now)
}

func (d *reader) write(s string) {
	if d.now == nil || !d.runOn {
		return
	}
	look := d.lettering
	if d.run.style != "" {
		look.over(d.styles.get(d.run.style).hand)
	}
	look.over(d.run)
	look.style = ""
	if look.hidden.value {
		return
	}
	if look.caps.value {
		s = strings.ToUpper(s)
	}
	kept := d.hands[look]
	if kept == nil {
		kept = &look
		d.hands[look] = kept
	}
	last := len(d.now.pieces) - 1
	same := last >= 0 && d.now.pieces[last].hand == kept
	if same && len(d.now.pieces[last].text) > longPiece {
		return // how it looks is known, and nothing looks for words so far into a line
	}
	if len(s) > longPiece {
		s = strings.ToValidUTF8(s[:longPiece+1], "")
	}
	if same {
		d.now.pieces[last].text += s
		return
	}
	if d.pieces++; d.pieces > mostPieces {
		d.over = true
		return
	}
	d.now.pieces = append(d.now.pieces, piece{s, kept})
}

func (d *reader) instruct(text string) {
	if d.now != nil {
		d.now.fields = append(d.now.fields, strings.TrimSpace(text))
	}
}
