package paper

import (
	"strconv"
	"strings"
)

// stance is how the lines of a paragraph stand, each member with whether it was told. Lengths are
// twentieths of a point.
type stance struct {
	style    string
	align    told1[string]
	first    told1[int] // indent of the first line; negative hangs
	left     told1[int]
	before   told1[int]
	after    told1[int]
	height   told1[int]
	rule     told1[string] // auto, exact, atLeast
	numbered told1[bool]
}

// hand is how letters look.
type hand struct {
	style     string
	font      told1[string]
	size      told1[int] // half points
	bold      told1[bool]
	italic    told1[bool]
	underline told1[bool]
	caps      told1[bool]
	hidden    told1[bool]
	raised    told1[bool]
	colour    told1[string]
}

// told1 is a value with whether it was told.
type told1[T any] struct {
	value T
	told  bool
}

func tell[T any](v T) told1[T] { return told1[T]{v, true} }

func (t *told1[T]) over(o told1[T]) {
	if o.told {
		*t = o
	}
}

func (s *stance) over(o stance) {
	s.align.over(o.align)
	s.first.over(o.first)
	s.left.over(o.left)
	s.before.over(o.before)
	s.after.over(o.after)
	s.height.over(o.height)
	s.rule.over(o.rule)
	s.numbered.over(o.numbered)
}

func (h *hand) over(o hand) {
	h.font.over(o.font)
	h.size.over(o.size)
	h.bold.over(o.bold)
	h.italic.over(o.italic)
	h.underline.over(o.underline)
	h.caps.over(o.caps)
	h.hidden.over(o.hidden)
	h.raised.over(o.raised)
	h.colour.over(o.colour)
}

// take reads one element of w:pPr.
func (s *stance) take(n partNode) {
	number := func(to *told1[int], names ...string) {
		for _, name := range names {
			if v, err := strconv.Atoi(n.get(name)); err == nil {
				*to = tell(v)
				return
			}
		}
	}
	switch n.name {
	case "pStyle":
		s.style = n.get("val")
	case "jc":
		s.align = tell(n.get("val"))
	case "ind":
		number(&s.left, "left", "start")
		number(&s.first, "firstLine")
		var hanging told1[int]
		number(&hanging, "hanging")
		if hanging.told {
			s.first = tell(-hanging.value)
		}
	case "spacing":
		number(&s.before, "before")
		number(&s.after, "after")
		number(&s.height, "line")
		if s.height.told {
			s.rule = tell("auto")
		}
		if rule := n.get("lineRule"); rule != "" {
			s.rule = tell(rule)
		}
		for to, name := range map[*told1[int]]string{&s.before: "beforeAutospacing", &s.after: "afterAutospacing"} {
			if v := n.get(name); v == "1" || v == "true" {
				*to = tell(280)
			}
		}
	case "numId":
		s.numbered = tell(n.get("val") != "0")
	}
}

// take reads one element of w:rPr.
func (h *hand) take(n partNode, theme map[string]string) {
	val := n.get("val")
	on := tell(val != "0" && val != "false" && val != "off" && val != "none")
	switch n.name {
	case "rStyle":
		h.style = val
	case "rFonts":
		if font := theme[n.get("asciiTheme")]; font != "" {
			h.font = tell(font)
		} else if font := n.get("ascii"); font != "" {
			h.font = tell(font)
		}
	case "sz":
		if v, err := strconv.Atoi(val); err == nil {
			h.size = tell(v)
		}
	case "b":
		h.bold = on
	case "i":
		h.italic = on
	case "u":
		h.underline = on
	case "caps":
		h.caps = on
	case "vanish":
		h.hidden = on
	case "vertAlign":
		h.raised = tell(val == "superscript" || val == "subscript")
	case "color":
		h.colour = tell(strings.ToUpper(val))
	}
}

// styleSheet are the styles of an uploaded file, each with all that it inherits.
type styleSheet struct {
	theme    map[string]string
	whole    stance // of the document's defaults
	wholeRun hand
	usual    string // the default paragraph style
	styles   map[string]*oneStyle

	now     *oneStyle
	inside  string // pPr, rPr, or empty
	scratch oneStyle
}

type oneStyle struct {
	id, base string
	stance   stance
	hand     hand
	resolved bool
	busy     bool
}

func (s *styleSheet) open(n partNode) bool {
	switch {
	case n.name == "style":
		s.now = &oneStyle{id: n.get("styleId")}
		s.styles[s.now.id] = s.now
		if n.get("type") == "paragraph" && (n.get("default") == "1" || n.get("default") == "true") {
			s.usual = s.now.id
		}
	case n.name == "docDefaults":
		s.now = &s.scratch
	case n.name == "pPrChange" || n.name == "rPrChange" || n.name == "tblStylePr" || n.name == "latentStyles":
		return true
	case s.now == nil:
	case n.name == "basedOn":
		s.now.base = n.get("val")
	case n.name == "pPr" || n.name == "rPr":
		s.inside = n.name
	case s.inside == "pPr":
		s.now.stance.take(n)
	case s.inside == "rPr":
		s.now.hand.take(n, s.theme)
	}
	return false
}

func (s *styleSheet) close(name string) {
	switch name {
	case "style":
		s.now = nil
	case "docDefaults":
		s.whole, s.wholeRun, s.now = s.scratch.stance, s.scratch.hand, nil
	case "pPr", "rPr":
		s.inside = ""
	}
}

func (s *styleSheet) text([]byte) {}

// get returns a style with what it inherits; a ring of styles ends where it closes.
func (s *styleSheet) get(id string) *oneStyle {
	style := s.styles[id]
	if style == nil {
		return &oneStyle{}
	}
	if style.resolved || style.busy {
		return style
	}
	style.busy = true
	if style.base != "" {
		base := s.get(style.base)
		inherited, letters := base.stance, base.hand
		inherited.over(style.stance)
		letters.over(style.hand)
		style.stance, style.hand = inherited, letters
	}
	style.busy, style.resolved = false, true
	return style
}

// paragraph is the whole stance of a paragraph and the hand of its letters.
func (s *styleSheet) paragraph(own stance) (stance, hand) {
	id := own.style
	if id == "" || s.styles[id] == nil {
		id = s.usual
	}
	style := s.get(id)
	all, letters := s.whole, s.wholeRun
	all.over(style.stance)
	all.over(own)
	letters.over(style.hand)
	return all, letters
}

// themeFonts are the fonts that styles name by their place in the theme.
type themeFonts struct {
	fonts map[string]string
	group string
}

func (t *themeFonts) open(n partNode) bool {
	switch n.name {
	case "majorFont", "minorFont":
		t.group = strings.TrimSuffix(n.name, "Font")
	case "latin":
		if t.group != "" {
			for _, name := range []string{"HAnsi", "Ascii"} {
				t.fonts[t.group+name] = n.get("typeface")
			}
		}
	}
	return false
}

func (t *themeFonts) close(name string) {
	if strings.HasSuffix(name, "Font") {
		t.group = ""
	}
}

func (t *themeFonts) text([]byte) {}
