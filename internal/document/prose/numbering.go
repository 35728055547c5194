package prose

import (
	"encoding/xml"
	"strconv"
	"strings"
)

const (
	levels    = 9
	mostLists = 50_000
)

// level is how a level of a list is numbered.
type level struct {
	format  string
	text    string // with %1 to %9 for the numbers
	font    string
	style   string // of the paragraphs that stand on this level
	start   int
	restart int // a paragraph of this level or a higher one, from 1, begins anew; 0 none, -1 the next higher
	legal   bool
}

// abstractList is a form of list, which several lists share and count on together.
type abstractList struct {
	levels [levels]level
	style  string // the style of numbering that tells the levels instead
	count  [levels]int
	begun  [levels]bool
}

// list is a list of the document: a form, and what it has of its own.
type list struct {
	form  string
	own   [levels]*level
	start [levels]int // -1 where it only counts on
	used  [levels]bool
}

// numbering are the lists of a document with how far they have counted.
type numbering struct {
	forms  map[string]*abstractList
	lists  map[string]*list
	styles *styles
}

func readNumbering(p *part, s *styles) (*numbering, error) {
	n := &numbering{forms: map[string]*abstractList{}, lists: map[string]*list{}, styles: s}
	if p == nil {
		return n, nil
	}
	err := p.root(func(e xml.StartElement) error {
		if len(n.forms)+len(n.lists) > mostLists {
			return tooLarge()
		}
		switch e.Name.Local {
		case "abstractNum":
			return n.readForm(p, attribute(e, "abstractNumId"))
		case "num":
			return n.readList(p, attribute(e, "numId"))
		}
		return nil
	})
	return n, err
}

func (n *numbering) readForm(p *part, id string) error {
	form := &abstractList{}
	for i := range form.levels {
		form.levels[i] = openLevel()
	}
	n.forms[id] = form
	return p.walk(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numStyleLink":
			form.style = attribute(e, "val")
		case "lvl":
			if i := small(attribute(e, "ilvl")); i >= 0 && i < levels {
				return form.levels[i].read(p)
			}
		}
		return nil
	})
}

func openLevel() level { return level{format: "decimal", start: 1, restart: -1} }

func (l *level) read(p *part) error {
	return p.walk(func(e xml.StartElement) error {
		val := attribute(e, "val")
		switch e.Name.Local {
		case "start":
			l.start = counted(val)
		case "numFmt":
			l.format = val
		case "lvlText":
			l.text = clean(val)
		case "lvlRestart":
			l.restart = small(val)
		case "pStyle":
			l.style = val
		case "isLgl":
			l.legal = toggled(e) == on
		case "rPr":
			return p.walk(func(e xml.StartElement) error {
				if e.Name.Local == "rFonts" {
					l.font = attribute(e, "ascii")
				}
				return nil
			})
		case "AlternateContent":
			return p.walk(func(e xml.StartElement) error {
				return p.walk(func(e xml.StartElement) error {
					if e.Name.Local == "numFmt" {
						l.format = attribute(e, "val")
					}
					return nil
				})
			})
		}
		return nil
	})
}

// counted reads a number that a list begins with.
func counted(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 1_000_000 {
		return 1
	}
	return n
}

func (n *numbering) readList(p *part, id string) error {
	l := &list{}
	for i := range l.start {
		l.start[i] = -1
	}
	n.lists[id] = l
	return p.walk(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "abstractNumId":
			l.form = attribute(e, "val")
		case "lvlOverride":
			i := small(attribute(e, "ilvl"))
			if i < 0 || i >= levels {
				return nil
			}
			return p.walk(func(e xml.StartElement) error {
				switch e.Name.Local {
				case "startOverride":
					l.start[i] = counted(attribute(e, "val"))
				case "lvl":
					own := openLevel()
					l.own[i] = &own
					return own.read(p)
				}
				return nil
			})
		}
		return nil
	})
}

// form returns the form of a list, also where a style of numbering tells it.
func (n *numbering) form(l *list) *abstractList {
	form := n.forms[l.form]
	for range 4 {
		if form == nil || form.style == "" {
			return form
		}
		linked := n.lists[n.styles.of(form.style).list]
		if linked == nil {
			return form
		}
		form = n.forms[linked.form]
	}
	return nil
}

// levelOf returns the level of a paragraph whose style sets it into a list: the one that names the
// style, else the one that the style tells.
func (n *numbering) levelOf(id, style string, told int) int {
	if l := n.lists[id]; l != nil && style != "" {
		if form := n.form(l); form != nil {
			for i := range levels {
				if form.levels[i].style == style {
					return i
				}
			}
		}
	}
	return max(told, 0)
}

// next counts a paragraph and returns its marker as Word displays it. ok is false where the list
// is not told.
func (n *numbering) next(id string, at int) (marker string, ok bool) {
	l := n.lists[id]
	if l == nil || at < 0 || at >= levels {
		return "", false
	}
	form := n.form(l)
	if form == nil {
		return "", false
	}
	if l.start[at] >= 0 && !l.used[at] {
		form.begun[at] = false
	}
	l.used[at] = true
	if form.begun[at] {
		form.count[at]++
	} else {
		form.count[at], form.begun[at] = l.first(form, at), true
	}
	for deeper := at + 1; deeper < levels; deeper++ {
		if r := l.level(form, deeper).restart; r < 0 || at < r {
			form.begun[deeper] = false
		}
	}
	return l.display(form, at), true
}

func (l *list) level(form *abstractList, at int) *level {
	if l.own[at] != nil {
		return l.own[at]
	}
	return &form.levels[at]
}

// first is the number that a level begins with.
func (l *list) first(form *abstractList, at int) int {
	if l.start[at] >= 0 {
		return l.start[at]
	}
	return l.level(form, at).start
}

func (l *list) display(form *abstractList, at int) string {
	lv := l.level(form, at)
	if lv.format == "bullet" {
		return bullet(lv.text, lv.font)
	}
	var b strings.Builder
	for i := 0; i < len(lv.text) && b.Len() < 200; i++ {
		if lv.text[i] != '%' || i+1 == len(lv.text) || lv.text[i+1] < '1' || lv.text[i+1] > '9' {
			b.WriteByte(lv.text[i])
			continue
		}
		i++
		other := int(lv.text[i] - '1')
		n, format := form.count[other], l.level(form, other).format
		if !form.begun[other] {
			n = l.first(form, other)
		}
		if lv.legal && format != "none" {
			format = "decimal"
		}
		b.WriteString(numeral(format, n))
	}
	return strings.TrimSpace(b.String())
}
