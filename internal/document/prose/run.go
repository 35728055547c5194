package prose

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf8"
)

// inline reads a child of a paragraph, or of what stands in one.
func (s *story) inline(p *paragraph, e xml.StartElement) error {
	deeper := func() error {
		return s.part.each(func(e xml.StartElement) error { return s.inline(p, e) })
	}
	switch name := e.Name.Local; name {
	case "r":
		return s.run(p)
	case "del", "moveFrom":
		s.warnOnce(p.line, "prose.tracked_changes")
		return s.within(&s.gone, deeper)
	case "ins", "moveTo":
		s.warnOnce(p.line, "prose.tracked_changes")
		return deeper()
	case "fldSimple":
		left, page := s.kindOf(attribute(e, "instr"))
		switch {
		case left:
			p.left = true
			return s.within(&s.away, deeper)
		case page:
			return s.within(&s.paged, deeper)
		}
		return deeper()
	case "sdt":
		return s.control(func(e xml.StartElement) error { return s.inline(p, e) })
	case "AlternateContent":
		return s.choose(deeper)
	case "drawing", "pict", "object":
		return s.graphic(p)
	case "rt", "instrText", "delInstrText", "fldData":
		return s.skip()
	default:
		if isProperty(name) {
			return s.skip()
		}
		return deeper()
	}
}

// run reads w:r: letters that look alike.
func (s *story) run(p *paragraph) error {
	r := run{story: s, to: p, look: s.styles.run(look{}, p.letters)}
	return s.part.each(r.child)
}

// run is a run of letters that look alike.
type run struct {
	*story
	to     *paragraph
	look   look
	marked bool // the mark of a note of one's own follows
}

func (r *run) child(e xml.StartElement) error {
	switch name := e.Name.Local; name {
	case "rPr":
		own, _, err := readLook(r.part)
		r.look = r.styles.run(own, r.to.letters)
		return err
	case "t":
		return r.text(attribute(e, "space") == "preserve")
	case "tab", "ptab":
		r.add("\t")
	case "cr":
		r.add("\n")
	case "br":
		r.pause(attribute(e, "type"))
	case "noBreakHyphen":
		r.add("-")
	case "sym":
		r.sign(e)
	case "fldChar":
		return r.fieldMark(e)
	case "instrText", "delInstrText":
		return r.fieldCommand()
	case "footnoteReference":
		r.note(e, &r.foot, 1)
	case "endnoteReference":
		r.note(e, &r.end, -1)
	case "AlternateContent":
		return r.choose(func() error { return r.part.each(r.child) })
	case "drawing", "pict", "object":
		return r.graphic(r.to)
	case "ruby", "rubyBase", "r":
		return r.part.each(r.child)
	}
	return r.skip()
}

// text reads w:t.
func (r *run) text(keeps bool) error {
	text, err := r.chars(nil)
	for i, c := range text {
		if c == '\n' || c == '\r' || c == '\t' {
			text[i] = ' '
		}
	}
	if !keeps {
		text = bytes.Trim(text, " ")
	}
	if err == nil && len(text) > 0 {
		r.add(string(text))
	}
	return err
}

// add adds text that looks as the run does, if it is displayed.
func (r *run) add(text string) {
	p := r.to
	if r.gone > 0 || r.marked {
		return
	}
	if !r.visible() {
		p.left = true
		return
	}
	if r.look.hidden == on {
		if p.left = true; strings.TrimSpace(text) != "" {
			r.warnOnce(p.line, "prose.hidden_left_out")
		}
		return
	}
	if legacyFont(r.look.font) {
		p.legacy += countLegacy(text)
	} else {
		text = symbols(r.look.font, text)
	}
	if r.look.caps == on {
		text = strings.ToUpper(text)
	}
	if len(p.raw) <= LongestLine { // what is longer is refused at its end
		p.raw = append(p.raw, text...)
	}
	letters := utf8.RuneCountInString(text) - strings.Count(text, " ") - strings.Count(text, "\t") - strings.Count(text, "\n") - strings.Count(text, "\u00a0")
	p.bytes += letters
	if r.paging() {
		p.paged += letters
	}
	if r.look.bold == on {
		p.bold += letters
	}
	if r.look.italic == on {
		p.italic += letters
	}
}

// pause reads w:br. Where a page break stands before or after all text it is told of the paragraph
// that follows.
func (r *run) pause(kind string) {
	if kind != "page" || !r.visible() {
		r.add("\n")
		return
	}
	if len(bytes.TrimSpace(r.to.raw)) == 0 {
		r.to.page = true
		return
	}
	r.add("\f")
}

// sign reads w:sym, a letter of a font of symbols.
func (r *run) sign(e xml.StartElement) {
	code, err := strconv.ParseUint(attribute(e, "char"), 16, 16)
	if err != nil || code < ' ' || code >= 0xd800 && code < 0xe000 {
		return
	}
	r.add(symbols(attribute(e, "font"), string(rune(code))))
}

// note reads the mark of a footnote (way 1) or an endnote (way -1).
func (r *run) note(e xml.StartElement, met *refs, way int) {
	r.marked = truth(attribute(e, "customMarkFollows"))
	if !r.visible() || r.look.hidden == on || r.aside {
		return
	}
	if id := attribute(e, "id"); len(r.to.notes) < mostMarks {
		r.to.notes = append(r.to.notes, mark{way * met.mark(id), len(r.to.raw)})
	}
}

// mostMarks is how many notes one paragraph may have.
const mostMarks = 10_000

// graphic reads a picture; text in it is left out with a warning.
func (s *story) graphic(p *paragraph) error {
	depth, boxed, said := len(s.open), 0, false
	for len(s.open) >= depth {
		token, err := s.token()
		if err != nil {
			return notEnd(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local == "txbxContent" && boxed == 0 {
				boxed = len(s.open)
			}
		case xml.EndElement:
			if boxed > len(s.open) {
				boxed = 0
			}
		case xml.CharData:
			said = said || boxed > 0 && s.open[len(s.open)-1] == "t" && len(bytes.TrimSpace(e)) > 0
		}
	}
	if said && s.visible() {
		s.docx.text.warn(p.line, "prose.text_box_left_out")
	}
	return nil
}
