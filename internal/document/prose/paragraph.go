package prose

import (
	"bytes"
	"encoding/xml"
	"strings"

	"chonoi/internal/fault"
)

// paragraph is a paragraph of Word on its way.
type paragraph struct {
	set     setting
	letters look // what its style says of letters
	raw     []byte
	notes   []mark
	page    bool // a page begins
	after   bool // a page begins after it
	left    bool // something of it is not displayed
	bytes   int  // letters and signs, and of those how many are of the number of a page or look so:
	paged   int
	bold    int
	italic  int
	line    int
	legacy  int // letters in a font with an encoding of its own
}

// mark is a mark of a note at an offset of raw; n is negative for an endnote.
type mark struct{ n, at int }

// paragraph reads w:p.
func (s *story) paragraph(sink func(Block)) error {
	if err := s.piece(); err != nil {
		return err
	}
	s.line++
	p := &paragraph{set: newSetting(), line: s.line, page: s.page, left: !s.visible()}
	s.page = false
	p.set, p.letters = s.styles.paragraph(p.set)
	err := s.part.each(func(e xml.StartElement) error {
		if e.Name.Local == "pPr" {
			own, err := readSetting(s.part)
			p.set, p.letters = s.styles.paragraph(own)
			return err
		}
		return s.inline(p, e)
	})
	if err != nil {
		return err
	}
	if s.pending != nil {
		p = s.pending.followedBy(p)
		s.pending = nil
	}
	if len(p.raw) > LongestLine {
		return lineWithoutEnd()
	}
	if p.set.joined {
		s.pending = p
		return nil
	}
	return s.put(p, sink)
}

// flush puts a paragraph that nothing goes on with.
func (s *story) flush(sink func(Block)) error {
	p := s.pending
	if p == nil {
		return nil
	}
	s.pending = nil
	p.left = true
	return s.put(p, sink)
}

// followedBy joins a paragraph whose mark is deleted with the next. The first that has text says how
// both are set.
func (p *paragraph) followedBy(next *paragraph) *paragraph {
	for _, m := range next.notes {
		p.notes = append(p.notes, mark{m.n, m.at + len(p.raw)})
	}
	next.notes = p.notes
	if len(p.raw) > 0 && !p.set.initial {
		joined := next.set.joined
		next.set, next.letters = p.set, p.letters
		next.set.joined = joined
	}
	next.raw = append(p.raw, next.raw...)
	next.page, next.after = next.page || p.page, next.after || p.after
	next.left, next.paged = next.left || p.left, next.paged+p.paged
	next.bytes, next.bold, next.italic, next.legacy = next.bytes+p.bytes, next.bold+p.bold, next.italic+p.italic, next.legacy+p.legacy
	return next
}

// put hands a paragraph over, counted in its list, unless nothing of it is displayed.
func (s *story) put(p *paragraph, sink func(Block)) error {
	if err := s.measure(len(p.raw)); err != nil {
		return err
	}
	out := p.out()
	out.Page = p.page || p.set.page == on
	s.page = s.page || p.after
	if p.set.ends {
		defer s.endSection(p.set.runsOn)
	}
	if p.nothing(out.Text) || s.away > 0 || p.set.mark.hidden == on && out.Text == "" {
		s.page = s.page || out.Page
		return nil
	}
	if p.legacy > mostLegacy {
		return fault.New(fault.Unsupported, "prose.legacy_font", "Line", p.line)
	}
	if !s.aside {
		s.count(p, out)
	}
	if s.opened && !out.Page {
		s.first, out.Page = out, true
	}
	s.opened = false
	sink(Block{Paragraph: out})
	return s.measure(len(out.Marker))
}

// furniture is how many letters and signs may stand beside the number of a page for the paragraph to
// be nothing else: "- 2 -", "Trang 2 trên 9".
const furniture = 9

// nothing reports whether a paragraph says nothing: all of it is left out, or it is the number of a
// page.
func (p *paragraph) nothing(text string) bool {
	if p.paged > 0 {
		return p.bytes-p.paged <= furniture
	}
	return p.left && strings.TrimSpace(text) == ""
}

// out is the paragraph as it is handed over.
func (p *paragraph) out() *Paragraph {
	said := bytes.TrimRight(p.raw, " \t\n\f")
	p.after = p.after || bytes.IndexByte(p.raw[len(said):], '\f') >= 0
	for i, c := range p.raw {
		if c == '\f' { // a page break within the text
			p.raw[i] = '\n'
		}
	}
	out := &Paragraph{Level: -1, Line: p.line}
	out.Text, out.Notes = withMarks(string(p.raw), p.notes)
	out.Bold, out.Italic = p.bytes > 0 && p.bold == p.bytes, p.bytes > 0 && p.italic == p.bytes
	out.Centred, out.Caps = p.set.align == "center", capitals(out.Text)
	if p.set.outline >= 0 && p.set.outline < 9 {
		out.Heading = p.set.outline + 1
	}
	return out
}

// count lets the paragraph be the next of its list.
func (s *story) count(p *paragraph, out *Paragraph) {
	marker, one, ok := s.numbering.next(p.set.list, p.set.level)
	if !ok {
		return
	}
	out.Level = max(p.set.level, 0)
	own := one.look.over(s.styles.run(p.set.mark, p.letters))
	if own.hidden == on {
		return
	}
	if own.caps == on {
		marker = strings.ToUpper(marker)
	}
	out.Marker = marker
}
