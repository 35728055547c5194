package programme

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/programme/sense"
	"chonoi/internal/when"
)

// Cited is a document that a plan cites, with what is known of it on a day.
type Cited struct {
	Symbol     string   // or the printed words of one without a number
	Issued     when.Day // zero when no citation tells it
	Printed    string   // as printed, where it is told most fully
	Plan       *Plan    // the plan of this house that it is; nil when it is none
	State      string   // in_force, replaced, ended; "" while nobody has told
	ReplacedBy string
	Since      when.Day
	Basis      string
	Places     []CitedAt
}

// CitedAt is a place that cites a document, and what the words say that it does with it.
type CitedAt struct{ Place, Relation string }

// Mark is what the programme office told of a cited document, once.
type Mark struct {
	Symbol     string
	Issued     when.Day
	State      string
	ReplacedBy string
	Since      when.Day
	Basis      string
	By         account.ID
	At         int64 // microseconds
}

// DocumentStates are the states that a cited document can be told to be in.
var DocumentStates = []string{"in_force", "replaced", "ended"}

// Gone reports whether the document holds no longer.
func (c *Cited) Gone() bool { return c.State == "replaced" || c.State == "ended" }

// Key names the document in addresses: its symbol, and its day where it is known.
func (c *Cited) Key() string {
	key := strings.ReplaceAll(c.Symbol, "/", "~")
	if !c.Issued.Zero() {
		key += "@" + c.Issued.String()
	}
	return key
}

// DocumentNamed takes such a key apart.
func DocumentNamed(key string) (symbol string, issued when.Day) {
	symbol = strings.ReplaceAll(key, "~", "/")
	if at := strings.LastIndex(symbol, "@"); at >= 0 {
		if day, err := when.ParseDay(symbol[at+1:]); err == nil {
			return symbol[:at], day
		}
	}
	return symbol, when.Day{}
}

// same reports whether two documents of one symbol are one: Party numbers begin anew each term, so
// two different days tell them apart, and a day that is not told does not.
func same(a, b when.Day) bool { return a == b || a.Zero() || b.Zero() }

// citations gathers the documents that facts cite, those with a day first.
func citations(facts []Fact, own string) []*Cited {
	var all []*Cited
	of := map[string][]*Cited{}
	notes := footnotes(facts)
	facts = slices.Clone(facts)
	slices.SortStableFunc(facts, func(a, b Fact) int { return cmp.Compare(undated(a), undated(b)) }) // those with a day first: the others join them
	for _, f := range facts {
		if f.Kind != Citation || f.Value != "" && f.Value == own {
			continue
		}
		symbol := f.Value
		if symbol == "" {
			symbol = f.Printed
		}
		day, _ := when.ParseDay(f.Target)
		key := lang.Fold(symbol)
		i := slices.IndexFunc(of[key], func(c *Cited) bool { return same(c.Issued, day) })
		if i < 0 {
			i = len(of[key])
			c := &Cited{Symbol: symbol, Issued: day}
			of[key], all = append(of[key], c), append(all, c)
		}
		c := of[key][i]
		if len(f.Printed) > len(c.Printed) {
			c.Printed = f.Printed
		}
		place := f.Place
		if at, ok := notes[place]; ok {
			place = at
		}
		c.Places = append(c.Places, CitedAt{place, f.Until})
	}
	return all
}

func undated(f Fact) int {
	if f.Target == "" {
		return 1
	}
	return 0
}

// footnotes tells of each footnote which node it hangs on.
func footnotes(facts []Fact) map[string]string {
	at, n := map[string]string{}, 0
	for _, f := range facts {
		if f.Kind == Footnote {
			n++
			at["footnote:"+strconv.Itoa(n)] = f.Place
		}
	}
	return at
}

// restOn tells a board which documents its plan rests on, and marks each clause of which one holds
// no longer. What the head or preamble cites, the whole plan rests on; a document that the words
// themselves replace, nothing rests on.
func (b *Board) restOn(tx *db.Tx, kept []*Cited) error {
	b.Documents = kept
	if err := stand(tx, b.Documents, b.Plan, b.On); err != nil {
		return err
	}
	under := map[string][]*Cited{}
	for _, c := range b.Documents {
		if !c.Gone() {
			continue
		}
		for _, at := range c.Places {
			switch {
			case at.Relation == string(sense.Replaces) || at.Place == "closing":
			case at.Place == "header" || at.Place == "preamble" || at.Place == "above":
				b.Gone = append(b.Gone, c)
			default:
				under[at.Place] = append(under[at.Place], c)
			}
		}
	}
	b.Gone = once(b.Gone)
	if len(under) == 0 {
		return nil
	}
	parent := make(map[string]string, len(b.Nodes))
	for _, n := range b.Nodes {
		parent[n.Path] = n.Parent
	}
	for i := range b.Lines {
		l := &b.Lines[i]
		gone := under[l.Path]
		for at := l.Node; at != ""; at = parent[at] {
			gone = append(gone[:len(gone):len(gone)], under[at]...)
		}
		l.Gone = once(gone)
	}
	return nil
}

func once(all []*Cited) (some []*Cited) {
	for _, c := range all {
		if !slices.Contains(some, c) {
			some = append(some, c)
		}
	}
	return some
}

// documentsOf returns what a plan cites as far as the words tell, the plan above it with them.
func documentsOf(tx *db.Tx, p *Plan) ([]*Cited, error) {
	facts, err := Facts(tx, p.ID, Citation, Footnote)
	if err != nil {
		return nil, err
	}
	all := citations(facts, p.Symbol)
	if p.Parent == "" {
		return all, nil
	}
	above, err := plansNamed(tx, p.Parent)
	if err != nil || above[p.Parent] == nil {
		return all, err
	}
	up := above[p.Parent]
	i := slices.IndexFunc(all, func(c *Cited) bool { return c.Symbol == up.Symbol && same(c.Issued, up.Issued) })
	if i < 0 {
		i = len(all)
		all = append(all, &Cited{Symbol: up.Symbol, Issued: up.Issued, Printed: up.Symbol})
	}
	all[i].Places = append(all[i].Places, CitedAt{"above", string(sense.Implements)})
	return all, nil
}

// stand tells of each document how it stands at the end of a day, as it was known then: by the last
// mark, or as the plan of this house that it is.
func stand(tx *db.Tx, all []*Cited, by *Plan, on when.Day) error {
	symbols := make([]string, len(all))
	for i, c := range all {
		symbols[i] = c.Symbol
	}
	marks, err := marksOf(tx, symbols...)
	if err != nil {
		return err
	}
	plans, err := plansWith(tx, symbols...)
	if err != nil {
		return err
	}
	for _, c := range all {
		for _, p := range plans[c.Symbol] {
			if same(c.Issued, p.Issued) && (by == nil || p.Public || !by.Public) {
				c.Plan = p
			}
		}
		if p := c.Plan; p != nil && p.State != "draft" {
			c.State = "in_force"
			if (p.State == "replaced" || p.State == "ended") && p.To.Before(on) {
				c.State, c.ReplacedBy, c.Since = p.State, p.ReplacedBy, p.To.AddDays(1)
			}
		}
		for _, m := range marks[lang.Fold(c.Symbol)] {
			if same(c.Issued, m.Issued) && !m.Since.After(on) && !when.DayOf(when.Time(m.At)).After(on) {
				c.State, c.ReplacedBy, c.Since, c.Basis = m.State, m.ReplacedBy, m.Since, m.Basis
			}
		}
	}
	return nil
}

// MarkDocument keeps what the programme office tells of a cited document: that it is in force, or
// since when which other document has replaced it, or that it ended.
func MarkDocument(tx *db.Tx, a account.Actor, m Mark) error {
	f := fault.New(fault.Invalid, "document.invalid")
	if !slices.Contains(DocumentStates, m.State) {
		f.At("state", "field.needed")
	}
	if m.Symbol == "" {
		f.At("symbol", "field.needed")
	}
	if m.State == "replaced" && m.ReplacedBy == "" {
		f.At("replaced_by", "document.needs_successor")
	}
	if m.ReplacedBy != "" && lang.Fold(m.ReplacedBy) == lang.Fold(m.Symbol) {
		f.At("replaced_by", "document.replaces_itself")
	}
	if m.Since.Zero() {
		f.At("since", "field.needed")
	}
	if m.Basis == "" {
		f.At("basis", "document.needs_basis")
	}
	for _, one := range []struct {
		column, text string
		most         int
	}{{"symbol", m.Symbol, 300}, {"replaced_by", m.ReplacedBy, 60}, {"basis", m.Basis, 300}} {
		if n := len([]rune(one.text)); n > one.most {
			f.At(one.column, "field.too_long", "N", n, "Most", one.most)
		}
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	if m.State == "in_force" {
		m.ReplacedBy = ""
	}
	m.By, m.At = a.ID, when.Micro(tx.Now)
	if err := insertMark(tx, m); err != nil {
		return err
	}
	return note(tx, a.ID, "document.marked", "document", m.Symbol, ledger.Change{Field: "state", New: m.State}, ledger.Change{Field: "replaced_by", New: m.ReplacedBy},
		ledger.Change{Field: "since", New: m.Since.String()}, ledger.Change{Field: "basis", New: m.Basis})
}

// Rests tells how a plan rests on a document: whether as a whole, and which of its clauses cite it.
// What the words themselves replace, nothing rests on.
func (b *Board) Rests(c *Cited) (whole bool, lines []int) {
	at := map[string]bool{}
	for _, place := range c.Places {
		switch {
		case place.Relation == string(sense.Replaces) || place.Place == "closing":
		case place.Place == "header" || place.Place == "preamble" || place.Place == "above":
			whole = true
		default:
			at[place.Place] = true
		}
	}
	if len(at) == 0 {
		return whole, nil
	}
	parent := make(map[string]string, len(b.Nodes))
	for _, n := range b.Nodes {
		parent[n.Path] = n.Parent
	}
	for i, l := range b.Lines {
		found := at[l.Path]
		for node := l.Node; !found && node != ""; node = parent[node] {
			found = at[node]
		}
		if found {
			lines = append(lines, i)
		}
	}
	return whole, lines
}

// Relation returns what the plan says that it does with the document: the strongest of its words.
func (c *Cited) Relation() string {
	best := ""
	for _, r := range []sense.Relation{sense.Replaces, sense.Implements, sense.Continues, sense.Linked, sense.Ambiguous} {
		if best == "" && slices.ContainsFunc(c.Places, func(at CitedAt) bool { return at.Relation == string(r) }) {
			best = string(r)
		}
	}
	return best
}
