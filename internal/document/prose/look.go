package prose

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// tri is a property that is on, off, or not told.
type tri int8

const (
	untold tri = iota
	on
	off
)

// told is what an element such as <w:b/> or <w:b w:val="0"/> says.
func told(e xml.StartElement) tri {
	switch attribute(e, "val") {
	case "0", "false", "off":
		return off
	}
	return on
}

func (t tri) or(other tri) tri {
	if t != untold {
		return t
	}
	return other
}

// look is how letters look, as a style or a run tells it.
type look struct {
	bold, italic, caps, hidden tri
	font                       string
	style                      string // of letters, for a run
}

// over is the look where what l leaves untold is told by base.
func (l look) over(base look) look {
	l.bold, l.italic = l.bold.or(base.bold), l.italic.or(base.italic)
	l.caps, l.hidden = l.caps.or(base.caps), l.hidden.or(base.hidden)
	if l.font == "" {
		l.font = base.font
	}
	return l
}

// toggled joins the looks of a style of paragraphs and a style of letters: what both turn on is off.
// Source: ISO/IEC 29500-1, 17.7.3 (toggle properties).
func toggled(paragraph, letters look) look {
	both := func(a, b tri) tri {
		if a == on && b == on {
			return off
		}
		if a == on || b == on {
			return on
		}
		return a.or(b)
	}
	font := letters.font
	if font == "" {
		font = paragraph.font
	}
	return look{bold: both(paragraph.bold, letters.bold), italic: both(paragraph.italic, letters.italic),
		caps: both(paragraph.caps, letters.caps), hidden: both(paragraph.hidden, letters.hidden), font: font}
}

// setting is how a paragraph is set, as a style or the paragraph tells it.
type setting struct {
	style   string // of a paragraph
	list    string // number of its list; "0" for none, empty when not told
	level   int    // -1 when not told
	outline int    // 0 to 9, of which 9 is body text; -1 when not told
	align   string
	page    tri // a page begins
	mark    look
	joined  bool // the paragraph mark is deleted, or it is an initial: the next one goes on with it
	initial bool // a large first letter, which Word keeps as a paragraph
	ends    bool // a section ends here
	runsOn  bool // and it began on the page where the one before it ended
}

func newSetting() setting { return setting{level: -1, outline: -1} }

// over is the setting where what s leaves untold is told by base.
func (s setting) over(base setting) setting {
	if s.list == "" {
		s.list = base.list
	}
	if s.level < 0 {
		s.level = base.level
	}
	if s.outline < 0 {
		s.outline = base.outline
	}
	if s.align == "" {
		s.align = base.align
	}
	s.page = s.page.or(base.page)
	return s
}

// readLook reads the properties of a run (w:rPr). It reports whether the run, or the paragraph whose
// mark it is, was deleted.
func readLook(p *part) (l look, gone bool, err error) {
	err = p.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "b":
			l.bold = told(e)
		case "i":
			l.italic = told(e)
		case "caps":
			l.caps = told(e)
		case "vanish":
			l.hidden = told(e)
		case "rStyle":
			l.style = attribute(e, "val")
		case "rFonts":
			if l.font = attribute(e, "ascii"); l.font == "" {
				l.font = attribute(e, "hAnsi")
			}
		case "del", "moveFrom":
			gone = true
		}
		return p.skip()
	})
	return l, gone, err
}

// readSetting reads the properties of a paragraph (w:pPr).
func readSetting(p *part) (setting, error) {
	s := newSetting()
	err := p.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pStyle":
			s.style = attribute(e, "val")
		case "jc":
			s.align = attribute(e, "val")
		case "outlineLvl":
			s.outline = count(attribute(e, "val"), 9)
		case "pageBreakBefore":
			s.page = told(e)
		case "framePr":
			drop := attribute(e, "dropCap")
			s.initial = drop == "drop" || drop == "margin"
			s.joined = s.joined || s.initial
		case "numPr":
			return readListOf(p, &s)
		case "sectPr":
			return readSection(p, &s)
		case "rPr":
			mark, gone, err := readLook(p)
			s.mark, s.joined = mark, s.joined || gone
			return err
		}
		return p.skip()
	})
	return s, err
}

func readListOf(p *part, s *setting) error {
	return p.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numId":
			s.list = strings.TrimSpace(attribute(e, "val"))
		case "ilvl":
			s.level = count(attribute(e, "val"), mostLevels-1)
		}
		return p.skip()
	})
}

func readSection(p *part, s *setting) error {
	runsOn, err := readRunsOn(p)
	s.ends, s.runsOn = true, runsOn
	return err
}

// readRunsOn reads the properties of a section (w:sectPr), and reports whether it begins on the page
// where the one before it ends.
func readRunsOn(p *part) (runsOn bool, err error) {
	err = p.each(func(e xml.StartElement) error {
		if e.Name.Local == "type" && attribute(e, "val") == "continuous" {
			runsOn = true
		}
		return p.skip()
	})
	return runsOn, err
}

// count is a number from 0 to most that an attribute tells; what is none counts as 0.
func count(value string, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(value))
	if err != nil {
		return 0
	}
	return min(max(n, 0), most)
}
