package programme

import (
	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
)

// Node is a heading, item, bullet or paragraph of a plan, as printed.
type Node struct {
	Path, Parent string // II.5-1 below II.5
	Level        string // section, group, item, bullet, para, point …
	Marker       string
	Text         string
	From, To     int // bytes of the plan's text
	Line         int
}

// Clause is the smallest thing that can be assigned: a clause of a leaf, or a row of an annex.
type Clause struct {
	Path     string // II.5-1#3
	Node     string // path of the leaf
	Row      bool
	Text     string
	From, To int
	Gist     lang.Both // the same in few plain words, by an officer
}

// Says returns what a clause asks for: its gist where an officer told it, else its words.
func (c Clause) Says() lang.Both {
	if c.Gist.Empty() {
		return lang.Both{Vi: c.Text}
	}
	return c.Gist
}

// Fact is something that the reader found in the words of a plan.
type Fact struct {
	Kind     FactKind
	Place    string // path of node or clause, or preamble, closing, header, annex, footnote:1
	Printed  string
	Value    string // symbol, role, recurrence, operator, by kind
	Target   string // day, body, number, by kind
	Until    string
	Doubtful bool
	Looked   bool // an officer has confirmed it
	Ord      int
}

// FactKind tells facts apart.
type FactKind string

// The kinds of facts. Of a citation Value is the symbol, Target the date; of an assignment the role
// and the body as printed; of a deadline the recurrence and the first and last day; of a quantity
// the operator and the number; of a row its column and what stands there.
const (
	Citation     FactKind = "citation"
	Assigned     FactKind = "assignment"
	Deadline     FactKind = "deadline"
	Quantity     FactKind = "quantity"
	Deliverable  FactKind = "deliverable"
	TimeWord     FactKind = "time_word"
	Recipient    FactKind = "recipient"
	Abbreviation FactKind = "abbreviation"
	Target       FactKind = "target"
	Cell         FactKind = "cell"
	Footnote     FactKind = "footnote"
	Warning      FactKind = "warning"
)

// Draft is a plan as it was read, before anybody has looked at it.
type Draft struct {
	Plan    Plan
	Text    string
	Nodes   []Node
	Clauses []Clause
	Facts   []Fact
	Carries []Link // what the document itself says it carries out
}

const (
	mostNodes = 100_000
	mostFacts = 500_000
)

// Keep stores a plan that was read as a draft: the document, its words and what was found in them.
// What the reader was unsure of waits for an officer.
func Keep(tx *db.Tx, a account.Actor, d *Draft) error {
	if len(d.Nodes) == 0 {
		return fault.New(fault.Invalid, "plan.empty")
	}
	if len(d.Nodes) > mostNodes || len(d.Clauses) > mostNodes || len(d.Facts) > mostFacts {
		return fault.New(fault.TooLarge, "plan.too_long", "N", mostNodes)
	}
	p := &d.Plan
	p.State, p.Unread = "draft", 0
	for _, f := range d.Facts {
		if f.Doubtful {
			p.Unread++
		}
	}
	if p.Name.Empty() {
		p.Name.Vi = shortName(p)
	}
	if err := Plans.New(tx, a.ID, "plan.read", p); err != nil {
		return err
	}
	if err := keepWords(tx, p.ID, d); err != nil {
		return err
	}
	for i := range d.Carries {
		d.Carries[i].Plan, d.Carries[i].Printed = p.ID, true
	}
	return keepLinks(tx, a.ID, d.Carries)
}

// shortName makes a name of what a document prints: its kind and symbol, or how its abstract begins.
func shortName(p *Plan) string {
	const most = 120
	name := p.Kind
	if p.Symbol != "" {
		name += " " + p.Symbol
	} else if p.Abstract != "" {
		name += " " + p.Abstract
	}
	if r := []rune(name); len(r) > most {
		name = string(r[:most-1]) + "…"
	}
	return name
}

// Look records that an officer looked at doubtful places of a draft and found them right.
func Look(tx *db.Tx, a account.Actor, p *Plan, ords ...int) error {
	n, err := lookAt(tx, p.ID, ords)
	if err != nil || n == 0 {
		return err
	}
	now := Plans.Copy(p)
	now.Unread = p.Unread - n
	return Plans.Save(tx, a.ID, "plan.looked_at", p, now)
}

// Note is what an officer says beside the untouched original: a correction or a remark.
type Note struct {
	ID, Plan, Place string
	Field, Old, Now string // of a correction
	Words           string
	Author          account.ID
	At              int64 // microseconds
}

const longestNote = 4000

// AddNote keeps a correction or remark at a place of a plan. The words of the document stay.
func AddNote(tx *db.Tx, a account.Actor, n Note) (string, error) {
	f := fault.New(fault.Invalid, "plan.note_invalid")
	if n.Field == "" && n.Words == "" {
		f.At("words", "field.needed")
	}
	if r := len([]rune(n.Words)); r > longestNote {
		f.At("words", "field.too_long", "N", r, "Most", longestNote)
	}
	if err := f.OrNil(); err != nil {
		return "", err
	}
	n.ID, n.Author = db.NewID(tx.Now), a.ID
	if err := insertNote(tx, n); err != nil {
		return "", err
	}
	return n.ID, note(tx, a.ID, "plan.noted", "plan", n.Plan,
		ledger.Change{Field: "place", New: n.Place}, ledger.Change{Field: "note", New: n.Words}, ledger.Change{Field: n.Field, Old: n.Old, New: n.Now})
}

// Tell keeps a clause's gist: what it asks for in few plain words.
func Tell(tx *db.Tx, a account.Actor, plan string, c Clause, gist lang.Both) error {
	const most = 300
	f := fault.New(fault.Invalid, "plan.gist_invalid")
	for column, text := range map[string]string{"gist_vi": gist.Vi, "gist_en": gist.En} {
		if n := len([]rune(text)); n > most {
			f.At(column, "field.too_long", "N", n, "Most", most)
		}
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	if err := setGist(tx, plan, c.Path, gist); err != nil {
		return err
	}
	return note(tx, a.ID, "plan.told", "plan", plan, ledger.Change{Field: "place", New: c.Path},
		ledger.Change{Field: "gist_vi", Old: c.Gist.Vi, New: gist.Vi}, ledger.Change{Field: "gist_en", Old: c.Gist.En, New: gist.En})
}
