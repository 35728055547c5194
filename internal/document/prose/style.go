package prose

import (
	"encoding/xml"
	"strings"
)

// style is a style of paragraphs, letters, tables or lists.
type style struct {
	kind  string // paragraph, character, table, numbering
	base  string
	look  look
	set   setting
	whole bool // what it takes from its base is filled in
}

// styles are the styles of a document, and what holds where no style says otherwise.
type styles struct {
	all    map[string]*style
	usual  string // style of paragraphs that name none
	look   look
	set    setting
	levels map[string]int // style of paragraphs -> level of its list, as the list tells it
}

func (k *pack) readStyles() (*styles, error) {
	s := &styles{all: map[string]*style{}, set: newSetting(), levels: map[string]int{}}
	err := k.read(k.parts["styles"], func(p *part, _ xml.StartElement) error {
		return p.each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "style":
				return s.readStyle(p, e)
			case "docDefaults":
				return s.readDefaults(p)
			}
			return p.skip()
		})
	})
	if err != nil {
		return nil, err
	}
	for _, one := range s.all {
		s.fill(one, 0)
	}
	return s, nil
}

func (s *styles) readDefaults(p *part) error {
	return p.each(func(e xml.StartElement) error {
		return p.each(func(e xml.StartElement) (err error) {
			switch e.Name.Local {
			case "rPr":
				s.look, _, err = readLook(p)
				return err
			case "pPr":
				s.set, err = readSetting(p)
				return err
			}
			return p.skip()
		})
	})
}

func (s *styles) readStyle(p *part, e xml.StartElement) error {
	id := attribute(e, "styleId")
	one := &style{kind: attribute(e, "type"), set: newSetting()}
	if one.kind == "paragraph" && truth(attribute(e, "default")) {
		s.usual = id
	}
	name := ""
	s.all[id] = one
	err := p.each(func(e xml.StartElement) (err error) {
		switch e.Name.Local {
		case "name":
			name = strings.ToLower(attribute(e, "val"))
		case "basedOn":
			one.base = attribute(e, "val")
		case "rPr":
			one.look, _, err = readLook(p)
			return err
		case "pPr":
			one.set, err = readSetting(p)
			return err
		}
		return p.skip()
	})
	if n, is := strings.CutPrefix(name, "heading "); is && one.set.outline < 0 && len(n) == 1 && n[0] >= '1' && n[0] <= '9' {
		one.set.outline = int(n[0] - '1')
	}
	return err
}

// deepestStyle is how many styles may be built on each other.
const deepestStyle = 64

// fill takes over from the base what a style does not tell itself.
func (s *styles) fill(one *style, depth int) {
	if one.whole || depth > deepestStyle {
		return
	}
	one.whole = true
	base := s.all[one.base]
	if base == nil || one.base == "" {
		return
	}
	s.fill(base, depth+1)
	one.look = one.look.over(base.look)
	one.set = one.set.over(base.set)
}

// paragraph is how a paragraph is set, its style and the defaults asked. The level of a list that
// the style names is the one that the list gives to this style.
func (s *styles) paragraph(own setting) (set setting, letters look) {
	if own.style == "" || s.all[own.style] == nil {
		own.style = s.usual
	}
	one := s.all[own.style]
	if one == nil {
		return own.over(s.set), look{}
	}
	level := own.level
	set = own.over(one.set).over(s.set)
	if n, is := s.levels[own.style]; is && level < 0 {
		set.level = n
	}
	return set, one.look
}

// run is how the letters of a run look in a paragraph of a style that looks so.
func (s *styles) run(own, paragraph look) look {
	style := paragraph
	if one := s.all[own.style]; one != nil && own.style != "" {
		style = toggled(paragraph, one.look)
	}
	return own.over(style).over(s.look)
}

func truth(value string) bool { return value == "1" || value == "true" || value == "on" }
