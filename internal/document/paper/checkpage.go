package paper

import (
	"math"
	"strings"
)

func toMM(twips int) float64 { return float64(twips) * 25.4 / 1440 }
func toPT(twips int) float64 { return float64(twips) / 20 }

// pages checks size and margins of the pages that stand upright; those that lie on their side may
// turn their margins, and are only checked for their size.
func (c *checker) pages() {
	if len(c.sections) == 0 {
		c.report(CannotTell, "page_unknown", "page.width", "", nil, Said{}, Said{})
		return
	}
	if c.sections[0].landscape {
		c.report(CannotTell, "page_landscape", "page.width", "", nil, Said{}, Said{})
	}
	for _, s := range c.sections {
		width, height := toMM(s.width.value), toMM(s.height.value)
		if width > height {
			width, height = height, width
		}
		wide, high := c.l.Rule("page.width"), c.l.Rule("page.height")
		if !s.width.told || !s.height.told {
			c.report(CannotTell, "page_unknown", "page.width", "", nil, Said{}, Said{})
		} else if !wide.allows(width, 1) || !high.allows(height, 1) {
			c.report(Wrong, "page_size", "page.width", "", nil, said(sizeOf(width, height)), said(sizeOf(wide.Use, high.Use)))
		}
		if s.landscape || width != toMM(s.width.value) {
			continue
		}
		for _, edge := range []struct {
			name  string
			value told1[int]
		}{{"top", s.top}, {"bottom", s.bottom}, {"left", s.left}, {"right", s.right}} {
			r := c.l.Rule("page." + edge.name)
			value := math.Abs(toMM(edge.value.value))
			if edge.value.told && !r.allows(value, 0.5) {
				c.report(Wrong, "margin", r.Name, "margin_"+edge.name, nil, measured(value, "paper.unit_mm"), allowed(r))
			}
		}
	}
}

func sizeOf(width, height float64) string {
	return decimal(math.Round(width)) + " x " + decimal(math.Round(height)) + " mm"
}

// pageNumbers checks that pages are numbered where the layout wants it, and the first is not.
func (c *checker) pageNumbers() {
	if len(c.sections) == 0 {
		return
	}
	first := c.sections[0]
	top, bottom := c.pageField(first.headers["default"]), c.pageField(first.footers["default"])
	place := c.l.Rule("pagenumber.place")
	number := top
	if place.Text == "bottom" {
		number = bottom
	}
	switch {
	case top == nil && bottom == nil:
		c.report(Wrong, "pagenumber_missing", place.Name, "", nil, Said{}, Said{})
		return
	case number == nil:
		c.report(Wrong, "pagenumber_place", place.Name, "", nil, Said{}, Said{Keys: []string{"paper.at_" + place.Text}})
		return
	}
	switch align := number.stance.align.value; {
	case align == "center":
	case strings.Contains(number.text, "\t"):
		c.report(CannotTell, "pagenumber_align", place.Name, "", nil, Said{}, Said{})
	default:
		c.report(Wrong, "pagenumber_align", place.Name, "", nil, Said{}, Said{})
	}
	c.size(number, "pagenumber")
	if c.l.text("pagenumber.first") == "hidden" && (!first.titled || c.pageField(first.headers["first"]) != nil) {
		c.report(Wrong, "pagenumber_first", "pagenumber.first", "", nil, Said{}, Said{})
	}
}

// pageField is the line of a header that holds the page number.
func (c *checker) pageField(id string) *row {
	for i := range c.headers[id] {
		for _, field := range c.headers[id][i].fields {
			if word, _, _ := strings.Cut(strings.ToUpper(field), " "); word == "PAGE" {
				return &c.headers[id][i]
			}
		}
	}
	return nil
}

// fonts checks that every letter is of the layout's font and colour.
func (c *checker) fonts() {
	font, colour := c.l.Rule("font"), c.l.Rule("colour")
	for i := range c.rows {
		r := &c.rows[i]
		for _, p := range r.pieces {
			if strings.TrimSpace(p.text) == "" {
				continue
			}
			if name := p.hand.font; !name.told {
				c.report(CannotTell, "font_unknown", "font", "", r, Said{}, said(font.Text))
				break
			} else if !strings.EqualFold(name.value, font.Text) {
				c.report(Wrong, "font", "font", "", r, said(name.value), said(font.Text))
				break
			}
			if own := p.hand.colour; own.told && own.value != "AUTO" && own.value != colour.Text {
				c.report(Wrong, "colour", "colour", "", r, said("#"+own.value), said("#"+colour.Text))
				break
			}
		}
	}
}

// size checks the size of an element's letters.
func (c *checker) size(at *row, element string) {
	r := c.l.Rule(element + ".size")
	for _, p := range at.pieces {
		if strings.TrimSpace(p.text) == "" || p.hand.raised.value {
			continue
		}
		size := 10.0 // what a word processor takes where nothing is told
		if p.hand.size.told {
			size = float64(p.hand.size.value) / 2
		}
		if !r.allows(size, 0.01) {
			c.report(Wrong, "size", r.Name, element, at, measured(size, "paper.unit_pt"), allowed(r))
			return
		}
	}
}

// face checks size, weight, slope and capitals of an element.
func (c *checker) face(at *row, element string) {
	if at == nil {
		return
	}
	c.size(at, element)
	want := c.l.style(element)
	is := face{
		bold:      at.is(func(h hand) bool { return h.bold.value }),
		italic:    at.is(func(h hand) bool { return h.italic.value }),
		underline: want.underline && at.is(func(h hand) bool { return h.underline.value && h.underline.told }),
		caps:      at.upper(),
	}
	// lines are often drawn by underlining; without the rule that is no finding
	if !want.caps && (len([]rune(at.text)) < 8 || !strings.Contains(at.text, " ") || element == "number") {
		is.caps = false
	}
	if is != want {
		c.report(Wrong, "style", element+".style", element, at, is.said(), want.said())
	}
}

func (f face) said() Said {
	var keys []string
	for _, one := range []struct {
		on  bool
		key string
	}{{f.caps, "paper.caps"}, {!f.caps, "paper.lower"}, {f.bold, "paper.bold"}, {!f.bold, "paper.regular"},
		{f.italic, "paper.italic"}, {!f.italic, "paper.upright"}, {f.underline, "paper.underline"}} {
		if one.on {
			keys = append(keys, one.key)
		}
	}
	return Said{Keys: keys}
}
