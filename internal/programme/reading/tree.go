package reading

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Node is a heading, item, point, bullet or unnumbered paragraph of the body.
type Node struct {
	ID     string  `json:"id"` // its path: II.5-1
	Parent *string `json:"parent"`
	Level  string  `json:"level"` // part chapter section article group item point bullet para
	Marker string  `json:"marker"`
	Text   string  `json:"text"`
	Start  int     `json:"start"` // byte offsets of Text in the normalised text
	End    int     `json:"end"`
	Line   int     `json:"-"` // of the file, or number of the paragraph in Word

	family  family
	n       int
	rank    int
	up      int  // index of the parent, -1 none
	below   int  // how many children
	bullets int  // of these bullets
	paras   int  // of these unnumbered paragraphs
	title   bool // set as a heading
}

// The bounds of a document: what is above them is refused.
const (
	MostNodes    = 60_000
	deepest      = 12
	longestQuote = 400 // paragraphs of a quotation
)

// tree builds the nodes of one body.
type tree struct {
	plan    *Plan
	grammar grammar
	prefix  string
	open    []int
	root    Node // counts what stands at the top
	last    map[string]int
}

// place puts a paragraph into the tree.
func (t *tree) place(l *line) {
	if l.label == nil {
		t.para(l)
		return
	}
	v := t.choose(l)
	if v.family.kind == bullet {
		t.bullet(l, v)
		return
	}
	rank := t.grammar.of(v.family)
	sibling := t.sibling(v)
	if sibling >= 0 {
		rank = t.plan.Nodes[t.open[sibling]].rank
	}
	for len(t.open) > 0 && t.top().rank >= rank && !(t.top().rank == rank && t.top().family.kind != v.family.kind) {
		t.pop()
	}
	t.add(l, v, rank)
}

func (t *tree) top() *Node { return &t.plan.Nodes[t.open[len(t.open)-1]] }

func (t *tree) pop() { t.open = t.open[:len(t.open)-1] }

// choose takes the label in the way that fits what is open.
func (t *tree) choose(l *line) value {
	for _, v := range l.label.takes {
		if t.sibling(v) >= 0 {
			return v
		}
	}
	return l.label.takes[0]
}

// sibling finds the open node that v follows: of its family, or of another shape of it (I. and II-).
func (t *tree) sibling(v value) int {
	for i := len(t.open) - 1; i >= 0; i-- {
		n := &t.plan.Nodes[t.open[i]]
		if n.family.kind == v.family.kind && n.family == v.family {
			if follows(v.family, n.n, v.n) {
				return i
			}
		}
	}
	for i := len(t.open) - 1; i >= 0; i-- {
		n := &t.plan.Nodes[t.open[i]]
		if n.family.kind == v.family.kind && v.family.kind != bullet && v.family.kind != deeper && v.n > 1 && follows(v.family, n.n, v.n) {
			return i
		}
	}
	return -1
}

// bullet puts a bullet beside the last of its kind, or below what is open.
func (t *tree) bullet(l *line, v value) {
	shape, depth, _ := strings.Cut(v.family.shape, "@")
	for i := len(t.open) - 1; i >= 0; i-- {
		n := &t.plan.Nodes[t.open[i]]
		if n.family.kind == bullet && n.family == v.family {
			t.open = t.open[:i]
			break
		}
		nshape, ndepth, _ := strings.Cut(n.family.shape, "@")
		if n.family.kind == bullet && depth != "" && ndepth != "" && (nshape != shape || ndepth > depth) && ndepth >= depth {
			t.open = t.open[:i]
			continue
		}
		if n.rank < rankPara {
			break
		}
	}
	if len(t.open) > 0 && t.top().family.kind == none && !t.top().leads() {
		t.pop()
	}
	t.add(l, v, rankBullet+len(t.open))
}

// leads reports whether a paragraph leads in what stands below it.
func (n *Node) leads() bool { return n.title || strings.HasSuffix(n.Text, ":") }

// para puts an unnumbered paragraph below the nearest heading, or below what leads it in.
func (t *tree) para(l *line) {
	title := l.heading > 0 || headed(l) && (l.caps || l.bold) && utf8.RuneCountInString(l.text) < 200
	rank := rankPara
	switch {
	case l.heading > 0:
		rank = 5 + l.heading
		for len(t.open) > 0 && (t.top().rank >= rankPara || t.top().family.kind == none && t.top().rank >= rank) {
			t.pop()
		}
	case title && l.caps:
		rank = 6
		for len(t.open) > 0 && t.top().family.kind > subsubpart {
			t.pop()
		}
	default:
		for len(t.open) > 0 && !t.holds(t.top(), title) {
			t.pop()
		}
	}
	i := t.add(l, value{family{none, ""}, 0}, rank)
	t.plan.Nodes[i].title = title
}

// holds reports whether an unnumbered paragraph can stand below n.
func (t *tree) holds(n *Node, title bool) bool {
	if n.family.kind == none {
		return n.leads() && !title
	}
	if n.family.kind <= subsubpart || n.family.kind == article {
		return true
	}
	if n.family.kind == bullet {
		return strings.HasSuffix(n.Text, ":") && !title
	}
	return !ended(n.Text) || strings.HasSuffix(n.Text, ":")
}

// add adds a node below what is open and opens it.
func (t *tree) add(l *line, v value, rank int) int {
	p := t.plan
	for len(t.open) >= deepest {
		t.pop()
	}
	up, above := -1, &t.root
	if len(t.open) > 0 {
		up = t.open[len(t.open)-1]
		above = &p.Nodes[up]
	}
	above.below++
	n := Node{family: v.family, n: v.n, rank: rank, up: up, Line: l.number, Text: l.text, title: l.heading > 0 || l.bold && headed(l)}
	if l.label != nil {
		n.Marker, n.Text = l.label.printed, l.label.rest
	}
	n.ID = t.path(above, l, v)
	t.continuity(above, &n, v)
	if up >= 0 {
		id := p.Nodes[up].ID
		n.Parent = &id
	}
	n.Start, n.End = p.write(n.Marker, n.Text)
	p.Nodes = append(p.Nodes, n)
	t.open = append(t.open, len(p.Nodes)-1)
	p.noteAt(n.ID, l.notes)
	return len(p.Nodes) - 1
}

// path is the id of a new node below above.
func (t *tree) path(above *Node, l *line, v value) string {
	base := above.ID
	if above == &t.root {
		base = t.prefix
	}
	dot := func(sign string) string {
		if base == "" {
			return sign
		}
		return base + "." + sign
	}
	var id string
	switch v.family.kind {
	case bullet:
		above.bullets++
		id = base + "-" + strconv.Itoa(above.bullets)
	case none:
		above.paras++
		id = base + "_" + strconv.Itoa(above.paras)
	case part:
		id = dot("P" + l.label.path)
	case chapter:
		id = dot("C" + l.label.path)
	case subpart, subsubpart:
		id = dot("M" + l.label.path)
	case article:
		id = t.prefix + "D" + l.label.path
		if t.prefix != "" {
			id = t.prefix + ".D" + l.label.path
		}
	case deeper:
		sign := l.label.path
		if k := above.family.kind; (k == decimal || k == deeper || k == roman) && above.n == l.label.above[len(l.label.above)-1] {
			sign = strconv.Itoa(v.n)
		}
		id = dot(sign)
	default:
		id = dot(l.label.path)
	}
	t.plan.taken[id]++
	if again := t.plan.taken[id]; again > 1 {
		id = fmt.Sprintf("%s~%d", id, again)
	}
	return id
}

// continuity warns of a number that does not go on with the one before.
func (t *tree) continuity(above *Node, n *Node, v value) {
	if v.family.kind == bullet || v.family.kind == none {
		return
	}
	key := above.ID + "\x00" + strconv.Itoa(int(v.family.kind)) + v.family.shape
	if v.family.kind == article {
		key = "article"
	}
	if v.family.kind != article {
		key = above.ID + "\x00" + strconv.Itoa(int(v.family.kind))
	}
	was := t.last[key]
	t.last[key] = v.n
	if was == 0 && v.n == 1 || was > 0 && follows(v.family, was, v.n) {
		return
	}
	if was == 0 && v.family.kind != article && v.family.kind != chapter && above != &t.root && above.below > 1 {
		return
	}
	t.plan.warn(n.ID, "reading.number_out_of_order", "Marker", n.Marker)
}

// levels names what each node is, when all that stands below it is known: a group is a numbered
// heading, an item a numbered sentence.
func (p *Plan) levels(from int) {
	hasRoman := false
	for i := from; i < len(p.Nodes); i++ {
		hasRoman = hasRoman || p.Nodes[i].family.kind == roman
	}
	for i := from; i < len(p.Nodes); i++ {
		p.Nodes[i].Level = p.Nodes[i].level(hasRoman)
	}
}

var sentenceEnd = regexp.MustCompile(`[.;]["”»)]*$`)

func (n *Node) level(hasRoman bool) string {
	switch n.family.kind {
	case part:
		return "part"
	case chapter:
		return "chapter"
	case subpart, subsubpart, roman:
		return "section"
	case capital:
		if hasRoman {
			return "part"
		}
		return "section"
	case article:
		return "article"
	case bullet:
		return "bullet"
	case none:
		return "para"
	}
	if n.family.kind == letter || n.family.kind == bracket || n.family.kind == lowRoman {
		return "point"
	}
	if n.below > 0 && n.headline() {
		return "group"
	}
	return "item"
}

// headline reports whether the words of a numbered node head what stands below: no closed sentence,
// or a single short one, as "1. Công tác tuyên truyền."
func (n *Node) headline() bool {
	return !sentenceEnd.MatchString(n.Text) || len(cuts(n.Text)) == 1 && utf8.RuneCountInString(n.Text) <= 80
}

// barren reports whether a node without anything below it is a heading all the same, and no task.
func (n *Node) barren() bool {
	if ended(n.Text) && !strings.HasSuffix(n.Text, ":") {
		return false
	}
	switch n.family.kind {
	case part, chapter, subpart, subsubpart, roman, capital:
		return n.title || capitals(n.Text) || n.Text == ""
	case none:
		return n.title
	}
	return n.title || n.Text == ""
}
