package prose

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// toggle is a property that a style may leave open.
type toggle int8

const (
	unset toggle = iota
	on
	off
)

func toggled(e xml.StartElement) toggle {
	switch attribute(e, "val") {
	case "0", "false", "off", "none":
		return off
	}
	return on
}

// look is how a run is set.
type look struct{ bold, italic, caps, vanish toggle }

// take notes a property of a run.
func (l *look) take(e xml.StartElement) {
	switch e.Name.Local {
	case "b":
		l.bold = toggled(e)
	case "i":
		l.italic = toggled(e)
	case "caps":
		l.caps = toggled(e)
	case "vanish":
		l.vanish = toggled(e)
	}
}

// over returns the look with what upper tells laid over it.
func (l look) over(upper look) look {
	return look{laid(l.bold, upper.bold), laid(l.italic, upper.italic), laid(l.caps, upper.caps), laid(l.vanish, upper.vanish)}
}

func laid(lower, upper toggle) toggle {
	if upper != unset {
		return upper
	}
	return lower
}

// crossed returns the look of a paragraph style and a character style together: what both switch on
// is off, as Word has it.
func (l look) crossed(with look) look {
	return look{cross(l.bold, with.bold), cross(l.italic, with.italic), cross(l.caps, with.caps), laid(l.vanish, with.vanish)}
}

func cross(a, b toggle) toggle {
	if a == on && b == on {
		return off
	}
	if a == on || b == on {
		return on
	}
	return laid(a, b)
}

// format is how a paragraph is set.
type format struct {
	look
	align   string // empty where it is left open
	outline int    // -1 where it is left open, else from 0
	page    toggle // a page break before it
	list    string // the list, "0" for none; empty where it is left open
	level   int    // of the list; -1 where it is left open
}

func openFormat() format { return format{outline: -1, level: -1} }

func (f format) over(upper format) format {
	f.look = f.look.over(upper.look)
	if upper.align != "" {
		f.align = upper.align
	}
	if upper.outline >= 0 {
		f.outline = upper.outline
	}
	if upper.page != unset {
		f.page = upper.page
	}
	if upper.list != "" {
		f.list = upper.list
	}
	if upper.level >= 0 {
		f.level = upper.level
	}
	return f
}

// take notes a property of a paragraph.
func (f *format) take(p *part, e xml.StartElement) error {
	switch e.Name.Local {
	case "jc":
		f.align = attribute(e, "val")
	case "outlineLvl":
		f.outline = small(attribute(e, "val"))
	case "pageBreakBefore":
		f.page = toggled(e)
	case "numPr":
		return p.walk(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "numId":
				f.list = attribute(e, "val")
			case "ilvl":
				f.level = small(attribute(e, "val"))
			}
			return nil
		})
	}
	return nil
}

// small reads a level, which is at most 9; -1 for what is none.
func small(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 9 {
		return -1
	}
	return n
}

// style is a named style as it is told, without that on which it is based.
type style struct {
	format
	name  string
	based string
	whole *format // with that on which it is based, once it was asked for
}

// styles are the styles of a document.
type styles struct {
	named    map[string]*style
	usual    format // of every paragraph and run
	fallback string // the style of a paragraph that names none
}

const mostStyles = 20_000

func readStyles(p *part) (*styles, error) {
	all := &styles{named: map[string]*style{}, usual: openFormat()}
	if p == nil {
		return all, nil
	}
	err := p.root(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "docDefaults":
			return p.walk(func(xml.StartElement) error {
				return p.walk(func(xml.StartElement) error {
					return p.walk(func(e xml.StartElement) error {
						all.usual.look.take(e)
						return all.usual.take(p, e)
					})
				})
			})
		case "style":
			return all.read(p, e)
		}
		return nil
	})
	return all, err
}

func (all *styles) read(p *part, e xml.StartElement) error {
	id, kind := attribute(e, "styleId"), attribute(e, "type")
	if len(all.named) >= mostStyles {
		return tooLarge()
	}
	s := &style{format: openFormat()}
	if kind == "paragraph" && attribute(e, "default") != "" && attribute(e, "default") != "0" {
		all.fallback = id
	}
	all.named[id] = s
	return p.walk(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "name":
			s.name = strings.ToLower(attribute(e, "val"))
		case "basedOn":
			s.based = attribute(e, "val")
		case "pPr":
			return p.walk(func(e xml.StartElement) error { return s.format.take(p, e) })
		case "rPr":
			return p.walk(func(e xml.StartElement) error { s.look.take(e); return nil })
		}
		return nil
	})
}

// of returns a style with those on which it is based; an open format when there is none.
func (all *styles) of(id string) format {
	s := all.named[id]
	if s == nil {
		return openFormat()
	}
	if s.whole != nil {
		return *s.whole
	}
	var chain []*style
	for at := s; at != nil && len(chain) < 64; at = all.named[at.based] {
		chain = append(chain, at)
	}
	f := openFormat()
	for i := len(chain) - 1; i >= 0; i-- {
		f = f.over(chain[i].format)
		// styles of headings are headings also where their level is not told
		if n, ok := strings.CutPrefix(chain[i].name, "heading "); ok && chain[i].outline < 0 {
			if level := small(n); level > 0 {
				f.outline = level - 1
			}
		}
	}
	s.whole = &f
	return f
}
