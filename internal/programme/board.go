package programme

import (
	"slices"

	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// Board is how a plan stands on a day: its clauses, who has what to do, and how each task stands.
type Board struct {
	Plan      *Plan
	On        when.Day
	Nodes     []Node
	Lines     []Line
	Names     map[string]lang.Both // of bodies, on that day
	Ended     map[string]when.Day  // bodies that exist no more, and their last days
	Rates     Rates                // of all tasks
	Open      int                  // clauses that nobody leads
	Orphans   int                  // assignments whose body exists no more
	Proposed  int                  // assignments that nobody has confirmed
	Documents []*Cited             // that the plan cites
	Gone      []*Cited             // those that the whole plan rests on and that hold no longer
	tasks     map[string]*Task     // all of them, by id
}

// Line is one clause of a board.
type Line struct {
	Clause
	Assignments []*Assignment // that hold on that day, and proposals
	Tasks       []Placed
	Evidence    int // pieces that count
	Rules       []Rule
	Carried     []Link   // clauses of other plans that carry it out
	Unassigned  bool     // nobody leads or executes it
	Gone        []*Cited // documents that it rests on and that hold no longer
}

// Placed is a task as it stands on a day.
type Placed struct {
	*Task
	Due      when.Day // as it was known on that day
	Standing Standing
	Evidence int
	Moves    []DueChange
}

// board makes the board of a day.
func (x *Programme) board(tx *db.Tx, p *Plan, on when.Day) (*Board, error) {
	b := &Board{Plan: p, On: on}
	var err error
	if last := x.shelf.last(p.ID); last != nil && tx.ReadOnly() {
		b.Nodes = last.Nodes // never change
	} else if b.Nodes, err = Nodes(tx, p.ID); err != nil {
		return nil, err
	}
	clauses, err := Clauses(tx, p.ID)
	if err != nil {
		return nil, err
	}
	b.Lines = make([]Line, len(clauses))
	at := make(map[string]int, len(clauses))
	for i, c := range clauses {
		b.Lines[i].Clause = c
		at[c.Path] = i
	}
	rows, err := Assignments(tx, p.ID)
	if err != nil {
		return nil, err
	}
	tasks, err := x.tasksOf(tx, p.ID)
	if err != nil {
		return nil, err
	}
	if err := x.people(tx, b, rows, tasks); err != nil {
		return nil, err
	}
	b.tasks = make(map[string]*Task, len(tasks))
	for _, t := range tasks {
		b.tasks[t.ID] = t
	}
	b.assign(rows, at)
	if err := b.place(tx, tasks, at); err != nil {
		return nil, err
	}
	return b, b.rest(tx, at)
}

// Task returns a task of the board as it stands.
func (b *Board) Task(id string) (Placed, bool) {
	t := b.tasks[id]
	if t == nil {
		return Placed{}, false
	}
	for i := range b.Lines {
		if b.Lines[i].Path != t.Clause {
			continue
		}
		for _, one := range b.Lines[i].Tasks {
			if one.ID == id {
				return one, true
			}
		}
	}
	return Placed{}, false
}

// people finds the names of the bodies of a board, and which of them exist no more.
func (x *Programme) people(tx *db.Tx, b *Board, rows []*Assignment, tasks []*Task) error {
	var ids []string
	for _, r := range rows {
		if r.Body != "" {
			ids = append(ids, r.Body)
		}
	}
	for _, t := range tasks {
		ids = append(ids, t.Owner)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if len(ids) == 0 {
		return nil
	}
	var err error
	if b.Names, err = x.Bodies.Names(tx, b.On, ids...); err != nil {
		return err
	}
	b.Ended, err = x.Bodies.Ended(tx, b.On, ids...)
	return err
}

func (b *Board) assign(rows []*Assignment, at map[string]int) {
	for i := range b.Lines {
		b.Lines[i].Unassigned = true
	}
	for _, r := range rows {
		i, ok := at[r.Clause]
		proposed := r.State == "proposed" && !when.DayOf(r.At).After(b.On)
		if !ok || !proposed && (!r.Holds(b.On) || when.DayOf(r.At).After(b.On)) {
			continue
		}
		line := &b.Lines[i]
		line.Assignments = append(line.Assignments, r)
		if proposed {
			b.Proposed++
			continue
		}
		if _, gone := b.Ended[r.Body]; gone {
			b.Orphans++
		} else if r.Role == Lead || r.Role == Execute {
			line.Unassigned = false
		}
	}
	for i := range b.Lines {
		if b.Lines[i].Unassigned {
			b.Open++
		}
	}
}

func (b *Board) place(tx *db.Tx, tasks []*Task, at map[string]int) error {
	moves, err := DueChanges(tx, b.Plan.ID)
	if err != nil {
		return err
	}
	moved := map[string][]DueChange{}
	for _, m := range moves {
		moved[m.Task] = append(moved[m.Task], m)
	}
	for _, t := range tasks {
		i, ok := at[t.Clause]
		if !ok || when.DayOf(t.Created).After(b.On) {
			continue
		}
		due := t.DueOn(b.On, moved[t.ID])
		s := t.Stands(b.On, due, b.Ended)
		b.Rates.Count(s)
		b.Lines[i].Tasks = append(b.Lines[i].Tasks, Placed{Task: t, Due: due, Standing: s, Moves: moved[t.ID]})
	}
	return nil
}

// rest adds evidence, rules and the clauses of other plans.
func (b *Board) rest(tx *db.Tx, at map[string]int) error {
	items, err := EvidenceFor(tx, b.Plan.ID)
	if err != nil {
		return err
	}
	for _, e := range items {
		i, ok := at[e.Clause]
		if !ok || !e.Counts() || when.DayOf(e.CheckedAt).After(b.On) {
			continue
		}
		b.Lines[i].Evidence++
		for j := range b.Lines[i].Tasks {
			if b.Lines[i].Tasks[j].ID == e.Task {
				b.Lines[i].Tasks[j].Evidence++
			}
		}
	}
	rules, err := Rules(tx, b.Plan.ID)
	if err != nil {
		return err
	}
	for _, r := range rules {
		if i, ok := at[r.Clause]; ok {
			b.Lines[i].Rules = append(b.Lines[i].Rules, r)
		}
	}
	links, err := linksOn(tx, b.Plan.ID, b.On)
	for _, l := range links {
		if i, ok := at[l.Place]; ok {
			b.Lines[i].Carried = append(b.Lines[i].Carried, l)
		}
	}
	if err != nil {
		return err
	}
	cited, err := documentsOf(tx, b.Plan)
	if err != nil {
		return err
	}
	return b.restOn(tx, cited)
}
