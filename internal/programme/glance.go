package programme

import (
	"fmt"
	"slices"

	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/observatory"
	"chonoi/internal/when"
)

// Trouble is one of the things that a leader looks for first.
type Trouble string

// The troubles in the order in which they are shown.
const (
	IsOverdue    Trouble = "overdue"    // its day has passed
	IsSoon       Trouble = "due_soon"   // its day comes within Soon days
	IsUnassigned Trouble = "unassigned" // nobody leads the clause
	IsOrphan     Trouble = "orphan"     // its body exists no more
	IsUnproved   Trouble = "unproved"   // said to be done, and no record shows it
	IsReturned   Trouble = "returned"   // its last report was given back
	IsUndated    Trouble = "undated"    // nobody set a day
	IsGrounded   Trouble = "gone"       // the clause rests on a document that holds no longer
)

// Troubles are all of them.
var Troubles = []Trouble{IsOverdue, IsSoon, IsUnassigned, IsOrphan, IsUnproved, IsReturned, IsUndated, IsGrounded}

// Soon is how many days ahead a day is near.
const Soon = 30

// Glance is what a leader sees of one plan first: rates and troubles, with the rows of each.
type Glance struct {
	Board  *Board
	All    *Tally
	Bodies map[string]*Tally // by body
	Groups []GroupTally
	Rows   map[Trouble][]Spot
}

// Tally counts tasks by how they stand, and troubles.
type Tally struct {
	Rates
	Troubles map[Trouble]int
	Clauses  int
}

// GroupTally is the tally of a group of the plan.
type GroupTally struct {
	FrozenGroup
	*Tally
}

// Spot is one row of a trouble: a clause of the board, and which of its tasks, -1 for the clause itself.
type Spot struct {
	Line, Task int
	Body       string
}

// glanced is a glance that is kept at hand with the end of the ledger that it was taken at.
type glanced struct {
	seq    int64
	glance *Glance
}

// GlanceAt returns what a leader sees first of a plan at the end of a day. It is shared by its readers.
func (x *Programme) GlanceAt(tx *db.Tx, book *observatory.Book, p *Plan, on when.Day) (*Glance, error) {
	b, err := x.Board(tx, p, on)
	if err != nil {
		return nil, err
	}
	head, err := ledger.Head(tx)
	if err != nil {
		return nil, err
	}
	if g := x.shelf.glance(b, head); g != nil {
		return g, nil
	}
	counted, err := counting(tx, book, b)
	if err != nil {
		return nil, err
	}
	returned, err := returnedOn(tx, p.ID, on)
	if err != nil {
		return nil, err
	}
	g := glanceOf(b, counted, returned)
	if tx.ReadOnly() {
		x.shelf.keepGlance(&glanced{head, g})
	}
	return g, nil
}

// counting tells which clauses have a measure that counts something on the board's day.
func counting(tx *db.Tx, book *observatory.Book, b *Board) (map[string]bool, error) {
	values, shown := map[string]int64{}, map[string]bool{}
	for _, l := range b.Lines {
		for _, r := range l.Rules {
			m, ok := book.Measure(r.Measure, r.Version)
			if !ok {
				continue
			}
			key := fmt.Sprintf("%s-%d", r.Measure, r.Version)
			if _, known := values[key]; !known {
				v, err := book.Value(tx, m, b.On, false)
				if err != nil {
					return nil, err
				}
				values[key] = v.N
			}
			shown[l.Path] = shown[l.Path] || values[key] > 0
		}
	}
	return shown, nil
}

func glanceOf(b *Board, counted, returned map[string]bool) *Glance {
	g := &Glance{Board: b, All: &Tally{}, Bodies: map[string]*Tally{}, Rows: map[Trouble][]Spot{}}
	group, at := groupsOf(b.Nodes), map[string]int{}
	for i := range b.Lines {
		l := &b.Lines[i]
		path := group[l.Node]
		if _, known := at[path]; !known {
			at[path] = len(g.Groups)
			g.Groups = append(g.Groups, GroupTally{FrozenGroup{Path: path}, &Tally{}})
		}
		in := g.Groups[at[path]].Tally
		g.All.Clauses++
		in.Clauses++
		add := func(what Trouble, task int, body string) {
			g.Rows[what] = append(g.Rows[what], Spot{i, task, body})
			for _, t := range []*Tally{g.All, in, g.body(body)} {
				t.note(what)
			}
		}
		left := map[string]bool{}
		for j, t := range l.Tasks {
			for _, tally := range []*Tally{g.All, in, g.body(t.Owner)} {
				tally.Count(t.Standing)
			}
			for _, what := range troublesOf(t, l, b.On, counted, returned) {
				add(what, j, t.Owner)
				left[t.Owner] = left[t.Owner] || what == IsOrphan
			}
		}
		if l.Unassigned {
			add(IsUnassigned, -1, "")
		}
		for _, a := range l.Assignments {
			if _, gone := b.Ended[a.Body]; gone && a.State == "assigned" && !left[a.Body] {
				left[a.Body] = true
				add(IsOrphan, -1, a.Body)
			}
		}
		if len(l.Gone) > 0 || len(b.Gone) > 0 {
			add(IsGrounded, -1, "")
		}
	}
	named := make(map[string]Node, len(b.Nodes))
	for _, n := range b.Nodes {
		named[n.Path] = n
	}
	for i := range g.Groups {
		n := named[g.Groups[i].Path]
		g.Groups[i].Marker, g.Groups[i].Title = n.Marker, n.Text
	}
	return g
}

// troublesOf are the troubles of one task. A secret one has those of its days alone.
func troublesOf(t Placed, l *Line, on when.Day, counted, returned map[string]bool) (all []Trouble) {
	done := false
	switch t.Standing {
	case Transferred, Cancelled:
		return nil
	case Overdue:
		all = append(all, IsOverdue)
	case Orphan:
		all = append(all, IsOrphan)
	case Undated:
		all = append(all, IsUndated)
	case OnTime, Late, DoneUndated:
		done = true
	}
	if !done && !t.Due.Zero() && !t.Due.Before(on) && !t.Due.After(on.AddDays(Soon)) {
		all = append(all, IsSoon)
	}
	if !t.Secret && (done || t.Said == "done") && t.Evidence == 0 && !counted[l.Path] {
		all = append(all, IsUnproved)
	}
	if !done && returned[t.ID] {
		all = append(all, IsReturned)
	}
	return all
}

func (g *Glance) body(id string) *Tally {
	if g.Bodies[id] == nil {
		g.Bodies[id] = &Tally{}
	}
	return g.Bodies[id]
}

func (t *Tally) note(what Trouble) {
	if t.Troubles == nil {
		t.Troubles = map[Trouble]int{}
	}
	t.Troubles[what]++
}

// Add joins another tally to this one.
func (t *Tally) Add(o *Tally) {
	if t.Counted == nil {
		t.Counted = map[Standing]int{}
	}
	for s, n := range o.Counted {
		t.Counted[s] += n
	}
	for what, n := range o.Troubles {
		t.note(what)
		t.Troubles[what] += n - 1
	}
	t.Rates.All += o.Rates.All
	t.Done += o.Done
	t.Due += o.Due
	t.OnTime += o.OnTime
	t.Clauses += o.Clauses
}

// Overview is what a leader sees first of several plans together.
type Overview struct {
	Plans  []PlanTally
	All    *Tally
	Bodies map[string]*Tally
	Names  map[string]lang.Both
}

// PlanTally is the tally of one plan.
type PlanTally struct {
	*Plan
	*Tally
}

// OverviewOf joins what is to be seen of some plans.
func (x *Programme) OverviewOf(tx *db.Tx, book *observatory.Book, plans []*Plan, on when.Day) (*Overview, error) {
	o := &Overview{All: &Tally{}, Bodies: map[string]*Tally{}, Names: map[string]lang.Both{}}
	for _, p := range plans {
		g, err := x.GlanceAt(tx, book, p, on)
		if err != nil {
			return nil, err
		}
		o.Plans = append(o.Plans, PlanTally{p, g.All})
		o.All.Add(g.All)
		for id, t := range g.Bodies {
			if id == "" {
				continue
			}
			if o.Bodies[id] == nil {
				o.Bodies[id] = &Tally{}
			}
			o.Bodies[id].Add(t)
			o.Names[id] = g.Board.Names[id]
		}
	}
	return o, nil
}

// InForceOn reports whether the plan was in force on a day, as far as is known now.
func (p *Plan) InForceOn(on when.Day) bool {
	return p.State != "draft" && !p.From.After(on) && (p.To.Zero() || !p.To.Before(on))
}

func (s *shelf) glance(b *Board, head int64) *Glance {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.glances, func(k *glanced) bool { return k.glance.Board == b && k.seq == head })
	if i < 0 {
		return nil
	}
	return s.glances[i].glance
}

func (s *shelf) keepGlance(k *glanced) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.glances = slices.DeleteFunc(s.glances, func(old *glanced) bool {
		return old.glance.Board.Plan.ID == k.glance.Board.Plan.ID && old.glance.Board.On == k.glance.Board.On
	})
	s.glances = slices.DeleteFunc(s.glances, func(old *glanced) bool { // those of boards that are no more at hand
		return !slices.ContainsFunc(s.boards, func(b *shelved) bool { return b.board == old.glance.Board })
	})
	s.glances = append(s.glances, k)
}

// GroupOf tells under which group each node of the plan is counted.
func (b *Board) GroupOf() map[string]string { return groupsOf(b.Nodes) }
