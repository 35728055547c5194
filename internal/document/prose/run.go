package prose

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode"

	"chonoi/internal/fault"
)

// gathered is a paragraph while its runs are read.
type gathered struct {
	raw     strings.Builder
	marks   []Mark // at offsets of raw
	runs    int    // with letters
	bold    int    // of them
	italic  int
	caps    int
	page    bool // a page break stands before its first letter
	breaks  bool // a page break stands at its end
	deleted bool // its end is deleted
	section bool // it ends a section
}

// paragraph reads a paragraph and hands it on, unless its end is deleted and so it goes on in the next.
func (w *word) paragraph(p *part, add func(Paragraph)) error {
	if w.paras++; w.paras > mostParagraphs {
		return tooManyParagraphs()
	}
	g := w.held
	if g == nil {
		g = &gathered{}
	}
	w.held = nil
	g.deleted = false
	f, styleID := openFormat(), ""
	err := p.walk(func(e xml.StartElement) error {
		if e.Name.Local == "pPr" {
			return w.properties(p, g, &f, &styleID)
		}
		return w.inline(p, g, e, w.setting(styleID))
	})
	if err != nil {
		return err
	}
	if g.deleted {
		w.held = g
		return nil
	}
	w.finish(g, f, styleID, add)
	return nil
}

// setting is the look of the runs of a paragraph in a style.
func (w *word) setting(styleID string) look {
	if styleID == "" {
		styleID = w.styles.fallback
	}
	return w.styles.of(styleID).look
}

func (w *word) properties(p *part, g *gathered, f *format, styleID *string) error {
	return p.walk(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pStyle":
			*styleID = attribute(e, "val")
		case "rPr": // of the end of the paragraph
			return p.walk(func(e xml.StartElement) error {
				g.deleted = g.deleted || e.Name.Local == "del" || e.Name.Local == "moveFrom"
				return nil
			})
		case "sectPr":
			g.section = true
			return w.endSection(p)
		}
		return f.take(p, e)
	})
}

// release hands on what waited for a next paragraph that does not come.
func (w *word) release(add func(Paragraph)) {
	g := w.held
	w.held = nil
	if g != nil && strings.TrimSpace(g.raw.String()) != "" {
		w.finish(g, openFormat(), "", add)
	}
}

// finish makes the paragraph of what was gathered.
func (w *word) finish(g *gathered, direct format, styleID string, add func(Paragraph)) {
	if styleID == "" {
		styleID = w.styles.fallback
	}
	styled := w.styles.usual.over(w.styles.of(styleID))
	f := styled.over(direct)
	one := Paragraph{Level: -1, Line: w.paras, Centred: f.align == "center", Page: w.page || g.page || f.page == on}
	one.Text, one.Notes = g.clean()
	if g.runs > 0 {
		one.Bold, one.Italic = g.bold == g.runs, g.italic == g.runs
		one.Caps = g.caps == g.runs || capitals(one.Text)
	}
	if f.outline >= 0 && f.outline < 9 {
		one.Heading = f.outline + 1
	}
	if f.list != "" && f.list != "0" {
		at := f.level
		if direct.list == "" {
			at = w.numbers.levelOf(f.list, styleID, f.level)
			if direct.level >= 0 {
				at = direct.level
			}
		}
		at = max(at, 0)
		if marker, ok := w.numbers.next(f.list, at); ok {
			one.Marker, one.Level = marker, at
		}
	}
	w.page = g.breaks
	add(one)
	w.newPart = w.newPart || g.section
}

// clean returns the text with the marks at their places in it.
func (g *gathered) clean() (string, []Mark) {
	raw := g.raw.String()
	if len(g.marks) == 0 {
		return clean(raw), nil
	}
	var b strings.Builder
	from := 0
	marks := make([]Mark, 0, len(g.marks))
	for _, m := range g.marks {
		b.WriteString(clean(raw[from:m.At]))
		marks = append(marks, Mark{m.N, b.Len()})
		from = m.At
	}
	b.WriteString(clean(raw[from:]))
	return b.String(), marks
}

// inline reads what stands in a paragraph: runs, and what holds runs.
func (w *word) inline(p *part, g *gathered, e xml.StartElement, styled look) error {
	within := func() error {
		return p.walk(func(e xml.StartElement) error { return w.inline(p, g, e, styled) })
	}
	switch e.Name.Local {
	case "r":
		return w.run(p, g, styled)
	case "ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "dir", "bdo",
		"oMath", "oMathPara", "e", "num", "den", "sup", "sub", "deg", "f", "rad", "sSup", "sSub", "sSubSup", "d", "nary", "func", "fName":
		return within()
	case "AlternateContent":
		return w.choice(p, within)
	case "subDoc":
		w.warn("prose.left_part", nil)
	}
	return nil
}

// run reads a run.
func (w *word) run(p *part, g *gathered, styled look) error {
	seen := w.styles.usual.look.over(styled)
	own := false // the mark of a note is written in the run itself
	return p.walk(func(e xml.StartElement) error {
		if e.Name.Local == "rPr" {
			direct, character := look{}, ""
			err := p.walk(func(e xml.StartElement) error {
				if e.Name.Local == "rStyle" {
					character = attribute(e, "val")
				}
				direct.take(e)
				return nil
			})
			if character != "" {
				styled = styled.crossed(w.styles.of(character).look)
			}
			seen = w.styles.usual.look.over(styled).over(direct)
			return err
		}
		if seen.vanish == on || own {
			return w.field(e)
		}
		if kind, ok := strings.CutSuffix(e.Name.Local, "Reference"); ok && (kind == "footnote" || kind == "endnote") {
			own = attribute(e, "customMarkFollows") != "" && attribute(e, "customMarkFollows") != "0"
			if !w.asideNow && !w.inCode() {
				g.marks = append(g.marks, Mark{w.mark(kind, attribute(e, "id")), g.raw.Len()})
			}
			return nil
		}
		return w.piece(p, g, e, seen)
	})
}

// field follows where the code of a field begins and ends.
func (w *word) field(e xml.StartElement) error {
	if e.Name.Local != "fldChar" {
		return nil
	}
	last := len(w.fields) - 1
	switch attribute(e, "fldCharType") {
	case "begin":
		if len(w.fields) >= mostDepth {
			return fault.New(fault.Invalid, "prose.too_deep")
		}
		w.fields = append(w.fields, true)
	case "separate":
		if last >= 0 {
			w.fields[last] = false
		}
	case "end":
		if last >= 0 {
			w.fields = w.fields[:last]
		}
	}
	return nil
}

// inCode reports that what stands here is the code of a field, which is not shown.
func (w *word) inCode() bool {
	for _, code := range w.fields {
		if code {
			return true
		}
	}
	return false
}

// piece reads a piece of a run.
func (w *word) piece(p *part, g *gathered, e xml.StartElement, seen look) error {
	switch e.Name.Local {
	case "fldChar":
		return w.field(e)
	case "drawing", "pict", "object":
		return w.leaveOut(p)
	case "AlternateContent":
		return w.choice(p, func() error {
			return p.walk(func(e xml.StartElement) error { return w.piece(p, g, e, seen) })
		})
	case "ruby", "rubyBase":
		return p.walk(func(e xml.StartElement) error {
			if e.Name.Local == "r" {
				return w.run(p, g, look{})
			}
			if e.Name.Local == "rubyBase" {
				return w.piece(p, g, e, seen)
			}
			return nil
		})
	}
	if w.inCode() {
		return nil
	}
	s := ""
	switch e.Name.Local {
	case "t":
		var err error
		if s, err = p.text(); err != nil {
			return err
		}
	case "tab", "ptab":
		s = "\t"
	case "cr":
		s = "\n"
	case "br":
		if attribute(e, "type") == "page" {
			g.breaks = true // before the paragraph, within it or before the next one: what follows tells
			return nil
		}
		s = "\n"
	case "noBreakHyphen":
		s = "-"
	case "sym":
		if n, err := strconv.ParseUint(attribute(e, "char"), 16, 16); err == nil && n > 0 {
			s = string(symbol(rune(n)))
		}
	}
	return w.put(g, s, seen)
}

// put lays letters down.
func (w *word) put(g *gathered, s string, seen look) error {
	if s == "" {
		return nil
	}
	if g.raw.Len()+len(s) > mostLine {
		return lineTooLong(w.paras)
	}
	if !inked(s) {
		g.raw.WriteString(s)
		return nil
	}
	if g.breaks {
		if inked(g.raw.String()) {
			g.raw.WriteByte('\n')
		} else {
			g.page = true
		}
		g.breaks = false
	}
	g.raw.WriteString(s)
	g.runs++
	g.bold += one(seen.bold)
	g.italic += one(seen.italic)
	g.caps += one(seen.caps)
	return nil
}

func one(t toggle) int {
	if t == on {
		return 1
	}
	return 0
}

// inked reports that something of s is seen on paper.
func inked(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) }) >= 0
}
