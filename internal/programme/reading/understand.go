package reading

import (
	"fmt"

	"chonoi/internal/programme/sense"
)

// What words say, and where: At is the id of a node, clause or row, or header, preamble, annex,
// closing, footnote:n. From and To are byte offsets in the text of that place.
type (
	// Citation is a document that is cited (văn bản được viện dẫn).
	Citation struct {
		At      string         `json:"at"`
		Printed string         `json:"printed"`
		Symbol  *string        `json:"symbol"`
		Date    *string        `json:"date"`
		Says    sense.Citation `json:"-"`
	}
	// Assignment is a role that the words give to a body; Inherited when an earlier clause or a
	// heading names it.
	Assignment struct {
		At        string           `json:"at"`
		Role      string           `json:"role"`
		Body      string           `json:"body"`
		Inherited bool             `json:"inherited,omitempty"`
		Genitive  bool             `json:"genitive,omitempty"`
		Says      sense.Assignment `json:"-"`
	}
	// Deadline is a time by which something is due; From and To are days, both inclusive, To not
	// when Exclusive.
	Deadline struct {
		At         string         `json:"at"`
		Printed    string         `json:"printed"`
		Kind       string         `json:"kind"`
		From       *string        `json:"from"`
		To         *string        `json:"to"`
		Exclusive  bool           `json:"exclusive,omitempty"`
		Recurrence *string        `json:"recurrence"`
		Says       sense.Deadline `json:"-"`
	}
	// Quantity is a number to reach.
	Quantity struct {
		At    string         `json:"at"`
		Op    string         `json:"op"`
		Value string         `json:"value"`
		Unit  *string        `json:"unit"`
		Says  sense.Quantity `json:"-"`
	}
	// Deliverable is a thing to be made.
	Deliverable struct {
		At      string            `json:"at"`
		Printed string            `json:"printed"`
		Kind    *string           `json:"kind"`
		Says    sense.Deliverable `json:"-"`
	}
	// Abbreviation is a short form that the document defines.
	Abbreviation struct {
		At    string             `json:"at"`
		Short string             `json:"short"`
		Long  *string            `json:"long"`
		Says  sense.Abbreviation `json:"-"`
	}
)

// understand reads what the words of every part say.
func (p *Plan) understand() {
	if h := p.Header.Abstract; h != nil {
		p.cites("header", *h)
	}
	for _, s := range p.Preamble {
		p.cites("preamble", s)
	}
	p.bodyWords()
	for _, s := range p.Closing {
		p.says("closing", s)
	}
	for _, s := range p.Annexes {
		p.cites("annex", s)
	}
	for i := range p.Rows {
		p.rowWords(&p.Rows[i])
	}
	for _, f := range p.Footnotes {
		p.cites(fmt.Sprintf("footnote:%d", f.N), f.Text)
	}
	p.references()
}

// bodyWords reads headings, and the clauses below them with the lead that a heading or an earlier
// clause names.
func (p *Plan) bodyWords() {
	carried := make([][]sense.Assignment, len(p.Nodes))
	next := 0
	for i := range p.Nodes {
		n := &p.Nodes[i]
		var above []sense.Assignment
		if n.up >= 0 {
			above = carried[n.up]
		}
		if n.below > 0 || n.barren() {
			place := sense.Heading
			if sentenceEnd.MatchString(n.Text) {
				place = sense.Sentence
			}
			p.says(n.ID, n.Text)
			if found := p.assigned(n.ID, n.Text, sense.Options{Place: place}); len(found) > 0 {
				above = found
			}
			carried[i] = above
		}
		for next < len(p.Clauses) && p.Clauses[next].Node == n.ID {
			c := &p.Clauses[next]
			p.says(c.ID, c.Text)
			if found := p.assigned(c.ID, c.Text, sense.Options{Carried: above}); len(found) > 0 {
				above = found
			}
			next++
		}
	}
}

// cites reads the documents that a text cites and the short forms that it defines.
func (p *Plan) cites(at, text string) {
	for _, c := range sense.Citations(text) {
		one := Citation{At: at, Printed: c.Printed, Symbol: told(c.Symbol), Date: told(c.Date), Says: c}
		if c.Symbol == "" {
			p.Unnumbered = append(p.Unnumbered, one)
			continue
		}
		p.Citations = append(p.Citations, one)
	}
	for _, a := range sense.Abbreviations(text) {
		p.Abbreviations = append(p.Abbreviations, Abbreviation{At: at, Short: a.Short, Long: told(a.Long), Says: a})
	}
	for _, a := range sense.Anomalies(text) {
		p.warn(at, "reading.odd_print", "Printed", a.Printed, "Usual", a.Usual)
	}
}

// says reads all that a text says but who is to do it.
func (p *Plan) says(at, text string) {
	p.cites(at, text)
	p.due(at, text)
	for _, q := range sense.Quantities(text) {
		p.Quantities = append(p.Quantities, Quantity{At: at, Op: q.Op, Value: q.Value, Unit: told(q.Unit), Says: q})
	}
	for _, d := range sense.Deliverables(text) {
		p.Deliverables = append(p.Deliverables, Deliverable{At: at, Printed: d.Printed, Kind: told(d.Kind), Says: d})
	}
}

func (p *Plan) due(at, text string) int {
	all := sense.Deadlines(text)
	for _, d := range all {
		p.Deadlines = append(p.Deadlines, Deadline{At: at, Printed: d.Printed, Kind: d.Kind, From: told(d.Start), To: told(d.End),
			Exclusive: d.Exclusive, Recurrence: told(d.Recurrence), Says: d})
	}
	return len(all)
}

func (p *Plan) assigned(at, text string, o sense.Options) []sense.Assignment {
	all := sense.Assignments(text, o)
	for _, a := range all {
		p.Assignments = append(p.Assignments, Assignment{At: at, Role: string(a.Role), Body: a.Body, Inherited: a.Inherited, Genitive: a.Genitive, Says: a})
	}
	return all
}

// rowWords reads the cells of a row of tasks.
func (p *Plan) rowWords(r *Row) {
	p.cites(r.ID, r.Task)
	for _, q := range sense.Quantities(r.Task) {
		p.Quantities = append(p.Quantities, Quantity{At: r.ID, Op: q.Op, Value: q.Value, Unit: told(q.Unit), Says: q})
	}
	if r.Product != nil {
		p.cites(r.ID, *r.Product)
		p.Deliverables = append(p.Deliverables, Deliverable{At: r.ID, Printed: *r.Product, Says: sense.Deliverable{Span: sense.Span{To: len(*r.Product), Printed: *r.Product}}})
	}
	if r.Deadline != nil {
		p.cites(r.ID, *r.Deadline)
		if p.due(r.ID, *r.Deadline) == 0 {
			p.warn(r.ID, "reading.deadline_unread", "Printed", *r.Deadline)
		}
	} else {
		p.due(r.ID, r.Task)
	}
	for _, cell := range []struct {
		texts []string
		place sense.Place
	}{{r.Lead, sense.LeadCell}, {r.With, sense.CoordinateCell}} {
		for _, s := range cell.texts {
			p.assigned(r.ID, s, sense.Options{Place: cell.place})
		}
	}
	if len(r.Lead) == 0 && len(r.With) == 0 {
		p.assigned(r.ID, r.Task, sense.Options{})
	}
}

func told(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// fillEmpty makes lists that hold nothing empty lists, as JSON prints them.
func (p *Plan) fillEmpty() {
	fill(&p.Nodes)
	fill(&p.Clauses)
	fill(&p.Rows)
	fill(&p.RowGroups)
	fill(&p.Targets)
	fill(&p.Footnotes)
	fill(&p.Citations)
	fill(&p.Unnumbered)
	fill(&p.Assignments)
	fill(&p.Deadlines)
	fill(&p.Quantities)
	fill(&p.Deliverables)
	fill(&p.Abbreviations)
	fill(&p.Implements)
	fill(&p.InternalRefs)
	fill(&p.Recipients)
	fill(&p.Warnings)
}

func fill[T any](list *[]T) {
	if *list == nil {
		*list = []T{}
	}
}
