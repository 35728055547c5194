package programme

import (
	"encoding/json"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/programme/reading"
	"chonoi/internal/when"
)

// DraftOf makes a draft of what was read, word for word. What the document does not print stays
// empty; what the reader was unsure of is doubtful.
func DraftOf(p *reading.Plan) *Draft {
	d := &Draft{Text: p.Text, Plan: planOf(&p.Header)}
	d.Plan.File = p.File
	for i := range p.Nodes {
		n := &p.Nodes[i]
		d.Nodes = append(d.Nodes, Node{Path: n.ID, Parent: told(n.Parent), Level: n.Level, Marker: n.Marker, Text: n.Text, From: n.Start, To: n.End, Line: n.Line})
	}
	for _, c := range p.Clauses {
		d.Clauses = append(d.Clauses, Clause{Path: c.ID, Node: c.Node, Text: c.Text, From: c.Start, To: c.End})
	}
	for i := range p.Rows {
		r := &p.Rows[i]
		d.Clauses = append(d.Clauses, Clause{Path: r.ID, Node: told(r.Table), Row: true, Text: r.Task})
		if product := told(r.Product); product != "" {
			d.Facts = append(d.Facts, Fact{Kind: Deliverable, Place: r.ID, Printed: product})
		}
	}
	d.factsOf(p)
	for _, one := range p.Implements {
		for _, target := range one.Targets {
			d.Carries = append(d.Carries, Link{Clause: one.At, Place: target})
		}
	}
	return d
}

func told(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func planOf(h *reading.Header) Plan {
	p := Plan{Kind: told(h.Kind), Symbol: told(h.Symbol), Abstract: told(h.Abstract), Issuer: told(h.Issuer), Superior: told(h.Superior), Place: told(h.Place),
		Authority: told(h.Signer.Authority), SignedBy: told(h.Signer.By), SignerAs: told(h.Signer.Title), Signer: told(h.Signer.Name)}
	if day, err := when.ParseDay(told(h.Date)); err == nil {
		p.Issued = day
	}
	return p
}

// factsOf lists what was found in the words.
func (d *Draft) factsOf(p *reading.Plan) {
	add := func(f Fact) { d.Facts = append(d.Facts, f) }
	for _, c := range p.Citations {
		add(Fact{Kind: Citation, Place: c.At, Printed: c.Printed, Value: told(c.Symbol), Target: told(c.Date), Until: string(c.Says.Relation)})
	}
	for _, c := range p.Unnumbered {
		add(Fact{Kind: Citation, Place: c.At, Printed: c.Printed, Target: told(c.Date), Until: string(c.Says.Relation)})
	}
	for _, a := range p.Assignments {
		if !a.Genitive { // who is named only as the owner of something is given nothing
			add(Fact{Kind: Assigned, Place: a.At, Printed: a.Says.Printed, Value: a.Role, Target: a.Body})
		}
	}
	for _, one := range p.Deadlines {
		add(Fact{Kind: Deadline, Place: one.At, Printed: one.Printed, Value: told(one.Recurrence), Target: told(one.From), Until: told(one.To)})
	}
	for _, q := range p.Quantities {
		add(Fact{Kind: Quantity, Place: q.At, Printed: q.Says.Printed, Value: q.Op, Target: q.Value, Until: told(q.Unit)})
	}
	for _, one := range p.Deliverables {
		add(Fact{Kind: Deliverable, Place: one.At, Printed: one.Printed, Value: told(one.Kind)})
	}
	for _, a := range p.Abbreviations {
		add(Fact{Kind: Abbreviation, Place: a.At, Printed: a.Short, Value: told(a.Long)})
	}
	for _, t := range p.Targets {
		values, _ := json.Marshal(t.Values)
		add(Fact{Kind: Target, Place: "annex", Printed: t.Name, Value: told(t.Unit), Target: string(values)})
	}
	for _, f := range p.Footnotes {
		add(Fact{Kind: Footnote, Place: f.Node, Printed: f.Text})
	}
	for _, r := range p.Recipients {
		add(Fact{Kind: Recipient, Place: "closing", Printed: r.Text})
	}
	for _, w := range p.Warnings {
		args, _ := json.Marshal(w.Args)
		add(Fact{Kind: Warning, Place: w.At, Value: w.Key, Target: string(args), Doubtful: true})
	}
}

// CarriedOut turns the paths that a draft says it carries out into links to the clauses of the plan
// above it: a path of a group or item stands for all clauses below it.
func (d *Draft) CarriedOut(tx *db.Tx, parent string) error {
	above, err := Clauses(tx, parent)
	if err != nil {
		return err
	}
	var links []Link
	for _, l := range d.Carries {
		for _, c := range above {
			rest, below := strings.CutPrefix(c.Path, l.Place)
			if below && (rest == "" || strings.ContainsRune(".-#", rune(rest[0]))) {
				links = append(links, Link{Clause: l.Clause, Parent: parent, Place: c.Path})
			}
		}
	}
	d.Carries, d.Plan.Parent = links, parent
	return nil
}

// Start puts a plan in force, keeps what it says itself of who does what as proposals, and binds its
// clauses to the measures of the city's mission where its words are those of that plan.
func (x *Programme) Start(tx *db.Tx, a account.Actor, p *Plan) error {
	if err := PutInForce(tx, a, p); err != nil {
		return err
	}
	now, err := Plans.Get(tx, p.ID)
	if err != nil {
		return err
	}
	if _, err := x.Propose(tx, a, now); err != nil {
		return err
	}
	_, err = BindMissions(tx, a, now)
	return err
}
