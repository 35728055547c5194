package prose

import (
	"encoding/xml"
	"strings"
)

const (
	mostLevels  = 9
	mostPattern = 100 // bytes of the pattern of a number
	mostStart   = 32767
)

// level is how the numbers of one level of a list are counted and look.
type level struct {
	start   int
	format  string
	custom  string // example of a format of one's own: 001, 002, 003, ...
	pattern string // %1.%2
	restart int    // the level, from 1, after which it begins anew; 0 never, -1 after any above
	legal   bool   // all numbers are shown in digits
	style   string // of paragraphs that belong to this level
	look    look
}

// abstract is the definition of a list, which several lists may share, and with it the counting.
type abstract struct {
	levels [mostLevels]*level
	link   string // style of lists that holds the definition instead
	counts [mostLevels]int
	begun  [mostLevels]bool
}

// list is what paragraphs name: a definition, of which it may take levels otherwise.
type list struct {
	of     string
	levels [mostLevels]*level
	starts [mostLevels]int // -1 when it does not begin anew
	seen   [mostLevels]bool
}

// numbering are the lists of a document.
type numbering struct {
	abstracts map[string]*abstract
	lists     map[string]*list
	styles    *styles
}

func (k *pack) readNumbering(s *styles) (*numbering, error) {
	n := &numbering{abstracts: map[string]*abstract{}, lists: map[string]*list{}, styles: s}
	err := k.read(k.parts["numbering"], func(p *part, _ xml.StartElement) error {
		return p.each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "abstractNum":
				return n.readAbstract(p, attribute(e, "abstractNumId"))
			case "num":
				return n.readList(p, attribute(e, "numId"))
			}
			return p.skip()
		})
	})
	if err != nil {
		return nil, err
	}
	for id := range s.all {
		if i, is := n.levelOf(id); is {
			s.levels[id] = i
		}
	}
	return n, nil
}

// levelOf is the level that its list gives to a style, or to the nearest one on which it is built.
func (n *numbering) levelOf(id string) (int, bool) {
	for range deepestStyle {
		one := n.styles.all[id]
		if one == nil {
			break
		}
		if l := n.lists[one.set.list]; l != nil {
			if a := n.definition(l); a != nil {
				for i := range a.levels {
					if at := l.level(a, i); at != nil && at.style == id {
						return i, true
					}
				}
			}
		}
		id = one.base
	}
	return 0, false
}

func (n *numbering) readAbstract(p *part, id string) error {
	a := &abstract{}
	n.abstracts[id] = a
	return p.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "lvl":
			one, err := readLevel(p)
			a.levels[count(attribute(e, "ilvl"), mostLevels-1)] = one
			return err
		case "numStyleLink":
			a.link = attribute(e, "val")
		}
		return p.skip()
	})
}

func (n *numbering) readList(p *part, id string) error {
	l := &list{}
	for i := range l.starts {
		l.starts[i] = -1
	}
	n.lists[id] = l
	return p.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "abstractNumId":
			l.of = attribute(e, "val")
		case "lvlOverride":
			return l.readOverride(p, count(attribute(e, "ilvl"), mostLevels-1))
		}
		return p.skip()
	})
}

func (l *list) readOverride(p *part, i int) error {
	return p.each(func(e xml.StartElement) (err error) {
		switch e.Name.Local {
		case "startOverride":
			l.starts[i] = count(attribute(e, "val"), mostStart)
		case "lvl":
			l.levels[i], err = readLevel(p)
			return err
		}
		return p.skip()
	})
}

func readLevel(p *part) (*level, error) {
	l := &level{format: "decimal", restart: -1}
	var element func(e xml.StartElement) error
	element = func(e xml.StartElement) (err error) {
		value := attribute(e, "val")
		switch e.Name.Local {
		case "start":
			l.start = count(value, mostStart)
		case "numFmt":
			l.format, l.custom = value, attribute(e, "format")
		case "lvlText":
			l.pattern = value[:min(len(value), mostPattern)]
		case "lvlRestart":
			l.restart = count(value, mostLevels)
		case "isLgl":
			l.legal = told(e) == on
		case "pStyle":
			l.style = value
		case "rPr":
			l.look, _, err = readLook(p)
			return err
		case "AlternateContent":
			return p.choose(func() error { return p.each(element) })
		}
		return p.skip()
	}
	return l, p.each(element)
}

// definition is the list's definition, looked up through the style of lists that stands for it.
func (n *numbering) definition(l *list) *abstract {
	for range mostLevels {
		a := n.abstracts[l.of]
		if a == nil || a.link == "" {
			return a
		}
		linked := n.styles.all[a.link]
		if linked == nil || n.lists[linked.set.list] == nil {
			return a
		}
		l = n.lists[linked.set.list]
	}
	return nil
}

// next counts a paragraph of that list and level, and returns what Word displays before it; ok is
// false when there is no such list.
func (n *numbering) next(id string, i int) (marker string, one *level, ok bool) {
	l := n.lists[id]
	if id == "" || id == "0" || l == nil {
		return "", nil, false
	}
	a := n.definition(l)
	if a == nil {
		return "", nil, false
	}
	i = max(i, 0)
	if one = l.level(a, i); one == nil {
		return "", nil, false
	}
	if !l.seen[i] && l.starts[i] >= 0 {
		a.begun[i] = false
	}
	l.seen[i] = true
	if a.begun[i] {
		a.counts[i]++
	} else {
		a.counts[i], a.begun[i] = l.start(a, i), true
	}
	for above := range i { // one that never came counts as come, as it does for LibreOffice
		if !a.begun[above] {
			a.counts[above], a.begun[above] = l.start(a, above), true
		}
	}
	for deeper := i + 1; deeper < mostLevels; deeper++ {
		d := l.level(a, deeper)
		if d == nil || d.restart < 0 || d.restart > i {
			a.begun[deeper] = false
		}
	}
	return l.display(a, i, one), one, true
}

func (l *list) level(a *abstract, i int) *level {
	if l.levels[i] != nil {
		return l.levels[i]
	}
	return a.levels[i]
}

func (l *list) start(a *abstract, i int) int {
	if l.starts[i] >= 0 {
		return l.starts[i]
	}
	if one := l.level(a, i); one != nil {
		return one.start
	}
	return 0
}

// display puts the numbers of the levels down to i into the pattern.
func (l *list) display(a *abstract, i int, one *level) string {
	if one.format == "bullet" {
		return strings.TrimSpace(symbols(one.look.font, clean(one.pattern)))
	}
	var b strings.Builder
	for at := 0; at < len(one.pattern); at++ {
		c := one.pattern[at]
		if c != '%' || at+1 == len(one.pattern) || one.pattern[at+1] < '1' || one.pattern[at+1] > '9' {
			b.WriteByte(c)
			continue
		}
		at++
		if k := int(one.pattern[at] - '1'); k <= i {
			b.WriteString(l.number(a, k, one.legal))
		}
	}
	return strings.TrimSpace(symbols(one.look.font, clean(b.String())))
}

// number is the number that level k has come to.
func (l *list) number(a *abstract, k int, legal bool) string {
	value, one := a.counts[k], l.level(a, k)
	if one == nil || legal && one.format != "decimalZero" {
		return numeral("decimal", "", value)
	}
	return numeral(one.format, one.custom, value)
}
