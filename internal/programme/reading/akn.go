package reading

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"chonoi/internal/lang"
)

// Source: Akoma Ntoso 1.0, OASIS standard of 29 August 2018, namespace .../akn/3.0; naming
// convention of 21 February 2019. No profile for Vietnam is known: IRIs of our own begin /akn/vn-ct.
const aknSpace = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

// aknWriter writes elements; the first error stays.
type aknWriter struct {
	out  *xml.Encoder
	err  error
	plan *Plan
	refs map[string][]Citation
	say  map[string][]Clause
	kids map[int][]int
}

// AkomaNtoso writes the plan as Akoma Ntoso 1.0: sections, groups (paragraph), bullets (indent),
// clauses (p), citations (ref), bodies (TLCOrganization), recipients and signature (conclusions).
// It is an export: annexes go out as their rows and targets.
func (p *Plan) AkomaNtoso(w io.Writer) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	a := aknWriter{out: xml.NewEncoder(w), plan: p, refs: map[string][]Citation{}, say: map[string][]Clause{}, kids: map[int][]int{}}
	a.out.Indent("", " ")
	for _, c := range slices.Concat(p.Citations, p.Unnumbered) {
		a.refs[c.At] = append(a.refs[c.At], c)
	}
	for at := range a.refs {
		slices.SortStableFunc(a.refs[at], func(x, y Citation) int { return x.Says.From - y.Says.From })
	}
	for _, c := range p.Clauses {
		a.say[c.Node] = append(a.say[c.Node], c)
	}
	for i := range p.Nodes {
		a.kids[p.Nodes[i].up] = append(a.kids[p.Nodes[i].up], i)
	}
	a.open("akomaNtoso", "xmlns", aknSpace)
	a.open("doc", "name", p.aknKind())
	a.meta()
	a.preface()
	a.body()
	a.conclusions()
	a.shut("doc")
	a.shut("akomaNtoso")
	if a.err != nil {
		return a.err
	}
	return a.out.Close()
}

func (p *Plan) aknKind() string {
	if p.Header.Kind == nil {
		return "vanBan"
	}
	words := strings.Fields(lang.Fold(*p.Header.Kind))
	for i := 1; i < len(words); i++ {
		words[i] = strings.ToUpper(words[i][:1]) + words[i][1:]
	}
	return strings.Join(words, "")
}

func (a *aknWriter) token(t xml.Token) {
	if a.err == nil {
		a.err = a.out.EncodeToken(t)
	}
}

func (a *aknWriter) open(name string, attrs ...string) {
	start := xml.StartElement{Name: xml.Name{Local: name}}
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			start.Attr = append(start.Attr, xml.Attr{Name: xml.Name{Local: attrs[i]}, Value: attrs[i+1]})
		}
	}
	a.token(start)
}

func (a *aknWriter) shut(name string)  { a.token(xml.EndElement{Name: xml.Name{Local: name}}) }
func (a *aknWriter) chars(text string) { a.token(xml.CharData(text)) }

func (a *aknWriter) empty(name string, attrs ...string) {
	a.open(name, attrs...)
	a.shut(name)
}

// text writes an element with words in which what is cited is a ref.
func (a *aknWriter) text(name, at, words string, attrs ...string) {
	a.open(name, attrs...)
	from := 0
	for _, c := range a.refs[at] {
		if c.Says.From < from || c.Says.To > len(words) || words[c.Says.From:c.Says.To] != c.Printed {
			continue
		}
		a.chars(words[from:c.Says.From])
		a.open("ref", "href", aknHref(c))
		a.chars(c.Printed)
		a.shut("ref")
		from = c.Says.To
	}
	a.chars(words[from:])
	a.shut(name)
}

func aknHref(c Citation) string {
	name, date := "nn", ""
	if c.Symbol != nil {
		name = aknName(*c.Symbol)
	}
	if c.Date != nil {
		date = *c.Date + "/"
	}
	return "/akn/vn/doc/" + date + name
}

// aknName is s as a part of an IRI and of an id.
func aknName(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '.':
			return r
		}
		return '_'
	}, lang.Fold(s))
}

func (a *aknWriter) meta() {
	p := a.plan
	date, number := "0001-01-01", "nn"
	if p.Header.Date != nil {
		date = *p.Header.Date
	}
	if p.Header.Symbol != nil {
		number = aknName(*p.Header.Symbol)
	}
	work := "/akn/vn-ct/doc/" + strings.ToLower(p.aknKind()) + "/" + date + "/" + number
	bodies := a.bodies()
	a.open("meta")
	a.open("identification", "source", "#chonoi")
	for _, level := range []struct{ name, uri string }{{"FRBRWork", work}, {"FRBRExpression", work + "/vie@"}, {"FRBRManifestation", work + "/vie@.akn"}} {
		a.open(level.name)
		a.empty("FRBRthis", "value", level.uri+"/!main")
		a.empty("FRBRuri", "value", level.uri)
		a.empty("FRBRdate", "date", date, "name", "ban-hanh")
		a.empty("FRBRauthor", "href", "#"+a.author())
		switch level.name {
		case "FRBRWork":
			a.empty("FRBRcountry", "value", "vn")
			if p.Header.Symbol != nil {
				a.empty("FRBRnumber", "value", *p.Header.Symbol)
			}
		case "FRBRExpression":
			a.empty("FRBRlanguage", "language", "vie")
		}
		a.shut(level.name)
	}
	a.shut("identification")
	a.open("references", "source", "#chonoi")
	a.empty("TLCOrganization", "eId", "chonoi", "href", "/akn/ontology/organization/vn-ct/chonoi", "showAs", "Chợ Nổi")
	for _, b := range bodies {
		a.empty("TLCOrganization", "eId", "org_"+aknName(b), "href", "/akn/ontology/organization/vn-ct/"+aknName(b), "showAs", b)
	}
	a.shut("references")
	a.shut("meta")
}

func (a *aknWriter) author() string {
	if a.plan.Header.Issuer == nil {
		return "chonoi"
	}
	return "org_" + aknName(*a.plan.Header.Issuer)
}

// bodies are the bodies that are named, each once.
func (a *aknWriter) bodies() []string {
	var all []string
	seen := map[string]bool{}
	add := func(s string) {
		if n := aknName(s); s != "" && !seen[n] {
			seen[n] = true
			all = append(all, s)
		}
	}
	if a.plan.Header.Issuer != nil {
		add(*a.plan.Header.Issuer)
	}
	for _, one := range a.plan.Assignments {
		add(one.Body)
	}
	return all
}

func (a *aknWriter) preface() {
	h := a.plan.Header
	if h.Kind != nil || h.Abstract != nil {
		a.open("preface")
		if h.Kind != nil {
			a.open("p")
			a.open("docType")
			a.chars(*h.Kind)
			a.shut("docType")
			a.shut("p")
		}
		if h.Abstract != nil {
			a.open("p")
			a.text("docTitle", "header", *h.Abstract)
			a.shut("p")
		}
		a.shut("preface")
	}
	if len(a.plan.Preamble) == 0 {
		return
	}
	a.open("preamble")
	for _, s := range a.plan.Preamble {
		a.text("p", "preamble", s)
	}
	a.shut("preamble")
}

func (a *aknWriter) body() {
	a.open("mainBody")
	for _, i := range a.kids[-1] {
		a.node(i, "")
	}
	a.rows()
	if len(a.plan.Nodes)+len(a.plan.Rows)+len(a.plan.Targets) == 0 {
		a.empty("p")
	}
	a.shut("mainBody")
}

// aknElements are the element and the beginning of the id of each level.
var aknElements = map[string][2]string{
	"part": {"part", "part"}, "chapter": {"chapter", "chp"}, "section": {"section", "sec"}, "article": {"article", "art"}, "group": {"paragraph", "para"},
	"item": {"paragraph", "para"}, "point": {"point", "point"}, "bullet": {"indent", "indent"}, "para": {"hcontainer", "hcontainer"},
}

// node writes a node and what stands below it.
func (a *aknWriter) node(i int, above string) {
	n := &a.plan.Nodes[i]
	element := aknElements[n.Level]
	own := n.ID
	if n.Parent != nil {
		own = strings.TrimLeft(strings.TrimPrefix(n.ID, *n.Parent), ".-_")
	}
	id := above + element[1] + "_" + aknSign(own)
	if element[0] == "hcontainer" {
		a.open("hcontainer", "name", "doan", "eId", id)
	} else {
		a.open(element[0], "eId", id)
	}
	if n.Marker != "" {
		a.open("num")
		a.chars(n.Marker)
		a.shut("num")
	}
	kids := a.kids[i]
	switch clauses := a.say[n.ID]; {
	case len(kids) > 0:
		a.lead(n, id)
		for _, k := range kids {
			a.node(k, id+"__")
		}
	case len(clauses) > 0:
		a.open("content")
		for _, c := range clauses {
			a.text("p", c.ID, c.Text, "eId", fmt.Sprintf("%s__p_%d", id, c.N))
		}
		a.shut("content")
	default:
		if n.Text != "" {
			a.text("heading", n.ID, n.Text)
		}
		a.open("content")
		a.empty("p")
		a.shut("content")
	}
	a.shut(element[0])
}

// lead writes the words of a node with others below it: a heading, or a sentence that leads in.
func (a *aknWriter) lead(n *Node, id string) {
	switch {
	case n.Text == "":
	case slices.Contains([]string{"part", "chapter", "section", "group", "article"}, n.Level) && !sentenceEnd.MatchString(n.Text):
		a.text("heading", n.ID, n.Text)
	default:
		a.open("intro")
		a.text("p", n.ID, n.Text, "eId", id+"__intro")
		a.shut("intro")
	}
}

// aknSign is a part of a path as ids have it: đ is told from d.
func aknSign(s string) string {
	s = strings.NewReplacer("đ", "dd", "Đ", "DD", "~", ".").Replace(s)
	return strings.Map(func(r rune) rune {
		if r < 128 && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '.' || r == '-') {
			return r
		}
		return '-'
	}, s)
}

// rows writes the rows of tables of tasks and of targets.
func (a *aknWriter) rows() {
	if len(a.plan.Rows) > 0 {
		a.open("table", "eId", "table_1")
		for _, r := range a.plan.Rows {
			a.row(r.ID, r.No, r.Task, strings.Join(r.Lead, "; "), strings.Join(r.With, "; "), said(r.Deadline), said(r.Product))
		}
		a.shut("table")
	}
	if len(a.plan.Targets) > 0 {
		a.open("table", "eId", "table_2")
		for i, t := range a.plan.Targets {
			cells := []string{t.Name, said(t.Unit)}
			var years []string
			for y := range t.Values {
				years = append(years, y)
			}
			slices.Sort(years)
			for _, y := range years {
				cells = append(cells, y+": "+t.Values[y])
			}
			a.row(fmt.Sprintf("t%d", i+1), cells...)
		}
		a.shut("table")
	}
}

func (a *aknWriter) row(id string, cells ...string) {
	a.open("tr", "eId", "tr_"+id)
	for _, c := range cells {
		a.open("td")
		a.open("p")
		a.chars(c)
		a.shut("p")
		a.shut("td")
	}
	a.shut("tr")
}

func said(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// conclusions writes closing sentences, signature and recipients.
func (a *aknWriter) conclusions() {
	s := a.plan.Header.Signer
	signed := strings.TrimSpace(strings.Join([]string{said(s.Authority), said(s.By), said(s.Title), said(s.Name)}, " "))
	if len(a.plan.Closing)+len(a.plan.Recipients) == 0 && signed == "" {
		return
	}
	a.open("conclusions")
	for _, c := range a.plan.Closing {
		a.text("p", "closing", c)
	}
	for _, r := range a.plan.Recipients {
		a.open("p", "class", "recipient")
		a.chars(r.Text)
		a.shut("p")
	}
	if signed != "" {
		a.open("p")
		a.open("signature")
		a.chars(signed)
		a.shut("signature")
		a.shut("p")
	}
	a.shut("conclusions")
}
