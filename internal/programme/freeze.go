package programme

import (
	"slices"

	"chonoi/internal/db"
	"chonoi/internal/lang"
)

// freezeBoard takes over the clauses and tasks of a board: all, or those of one body.
func (f *Figures) freezeBoard(b scope, said map[string]*Progress) {
	group, body := groupsOf(b.Nodes), b.body
	if b.group.Path != "" {
		f.Groups = append(f.Groups, b.group)
	}
	for _, l := range b.Lines {
		line := FrozenLine{Path: b.prefix + l.Path, Group: group[l.Node], Text: l.Text, Gist: l.Gist, Unassigned: l.Unassigned, Evidence: l.Evidence}
		if b.group.Path != "" {
			line.Group = b.group.Path
		}
		for _, a := range l.Assignments {
			if a.State == "proposed" || body != "" && a.Body != body {
				continue
			}
			name := lang.Both{Vi: a.Printed}
			if a.Body != "" {
				name = b.Names[a.Body]
			}
			_, gone := b.Ended[a.Body]
			line.Bodies = append(line.Bodies, FrozenBody{Role: a.Role, Name: name, Ended: gone})
		}
		before := len(f.Tasks)
		for _, t := range l.Tasks {
			if t.Standing == Transferred || t.Standing == Cancelled || body != "" && t.Owner != body {
				continue
			}
			f.Tasks = append(f.Tasks, frozen(t, len(f.Lines), b.Names[t.Owner], said[t.ID]))
		}
		if body != "" && len(line.Bodies) == 0 && len(f.Tasks) == before {
			continue // nothing of this body
		}
		f.Lines = append(f.Lines, line)
		if path := line.Group; !slices.ContainsFunc(f.Groups, func(g FrozenGroup) bool { return g.Path == path }) {
			for _, n := range b.Nodes {
				if n.Path == path {
					f.Groups = append(f.Groups, FrozenGroup{n.Path, n.Marker, n.Text})
				}
			}
		}
	}
}

func frozen(t Placed, line int, body lang.Both, last *Progress) FrozenTask {
	one := FrozenTask{ID: t.ID, Number: t.Number, Line: line, Body: body, Due: t.Due, Basis: t.DueBasis, Standing: t.Standing, Secret: t.Secret}
	if t.Secret {
		return one
	}
	one.Title, one.Product, one.Evidence = t.Title, t.Product, t.Evidence
	if t.Standing == OnTime || t.Standing == Late || t.Standing == DoneUndated {
		one.Done = t.Done
	}
	if last != nil {
		one.Said, one.Difficulty, one.Words, one.Proposal = last.Said, last.Difficulty, last.Words, last.Proposal
	}
	return one
}

// groupsOf tells under which node each leaf is reported on: the outermost one below the section,
// or the section where it has no groups.
func groupsOf(nodes []Node) map[string]string {
	parent, inner := map[string]string{}, map[string]bool{}
	for _, n := range nodes {
		parent[n.Path] = n.Parent
		inner[n.Parent] = true
	}
	group := map[string]string{}
	for _, n := range nodes {
		at := n.Path
		for parent[at] != "" && parent[parent[at]] != "" {
			at = parent[at]
		}
		if !inner[at] && parent[at] != "" {
			at = parent[at]
		}
		group[n.Path] = at
	}
	return group
}

// freezePlans takes over which plans carry out clauses of this one.
func (f *Figures) freezePlans(tx *db.Tx, b *Board) error {
	covered := map[string]map[string]bool{}
	for _, l := range b.Lines {
		for _, c := range l.Carried {
			if covered[c.Plan] == nil {
				covered[c.Plan] = map[string]bool{}
			}
			covered[c.Plan][l.Path] = true
		}
	}
	ids := make([]string, 0, len(covered))
	for id := range covered {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	plans, err := plansNamed(tx, ids...)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if i := slices.IndexFunc(f.Plans, func(p FrozenPlan) bool { return p.ID == id }); i >= 0 {
			f.Plans[i].Covers += len(covered[id])
			continue
		}
		if p := plans[id]; p != nil && p.State != "draft" && !p.From.After(f.AsOf) && (p.Public || !b.Plan.Public) {
			f.Plans = append(f.Plans, FrozenPlan{p.ID, p.Symbol, p.Name, p.Issued, len(covered[id])})
		}
	}
	return nil
}

// count makes the figures of the whole and of each group. Proved is what some measure counts, by
// clause.
func (f *Figures) count(proved map[string]bool) {
	for i := range f.Tasks {
		f.Tasks[i].Records = f.Tasks[i].Evidence > 0 || proved[f.Lines[f.Tasks[i].Line].Path]
	}
	f.countIn("", func(int) bool { return true })
	for _, g := range f.Groups {
		f.countIn(g.Path, func(line int) bool { return f.Lines[line].Group == g.Path })
	}
	f.add("", figureOwnPlans, -1, rowsOf(f.Plans, func(FrozenPlan) bool { return true }))
	f.add("", figureUnplanned, -1, rowsOf(f.Unplanned, func(FrozenUnplanned) bool { return true }))
	f.add("", figureUnplannedDone, len(f.Unplanned), rowsOf(f.Unplanned, func(u FrozenUnplanned) bool { return !u.Done.Zero() }))
}

// countIn makes the figures of the clauses of a group.
func (f *Figures) countIn(group string, in func(line int) bool) {
	tasks := func(of func(FrozenTask) bool) []int {
		return rowsOf(f.Tasks, func(t FrozenTask) bool { return in(t.Line) && of(t) })
	}
	lines := func(of func(FrozenLine) bool) (all []int) {
		for i, l := range f.Lines {
			if in(i) && of(l) {
				all = append(all, i)
			}
		}
		return all
	}
	done := tasks(FrozenTask.Finished)
	all := tasks(func(FrozenTask) bool { return true })
	overdue := tasks(func(t FrozenTask) bool { return t.Standing == Overdue })
	due := len(done) + len(overdue)
	clauses := lines(func(FrozenLine) bool { return true })
	f.add(group, figureTasks, -1, all)
	f.add(group, figureDone, due, done)
	f.add(group, figureDue, len(all), slices.Sorted(slices.Values(slices.Concat(done, overdue))))
	f.add(group, figureOnTime, len(done), tasks(func(t FrozenTask) bool { return t.Standing == OnTime }))
	f.add(group, figureOverdue, due, overdue)
	f.add(group, figureRunning, len(all), tasks(func(t FrozenTask) bool { return t.Standing == Running || t.Standing == Waiting }))
	f.add(group, figureUndated, len(all), tasks(func(t FrozenTask) bool { return t.Standing == Undated }))
	f.add(group, figureOrphans, len(all), tasks(func(t FrozenTask) bool { return t.Standing == Orphan }))
	f.add(group, figureProved, len(done), tasks(func(t FrozenTask) bool { return t.Finished() && t.Records }))
	f.add(group, figureUnproved, len(all), tasks(func(t FrozenTask) bool { return (t.Finished() || t.Said == "done") && !t.Records }))
	f.add(group, figureNext, len(all), tasks(func(t FrozenTask) bool {
		return !t.Finished() && !t.Due.Zero() && t.Due.After(f.AsOf) && !t.Due.After(f.AsOf.AddDays(92))
	}))
	f.add(group, figureClauses, -1, clauses)
	f.add(group, figureUnassigned, len(clauses), lines(func(l FrozenLine) bool { return l.Unassigned }))
}

// Finished reports whether the task was done.
func (t FrozenTask) Finished() bool {
	return t.Standing == OnTime || t.Standing == Late || t.Standing == DoneUndated
}

func (f *Figures) add(group, name string, of int, rows []int) {
	key := name
	if group != "" {
		key = group + "-" + name
	}
	f.Counts = append(f.Counts, Figure{Key: key, Group: group, N: int64(len(rows)), Of: int64(of), Rows: rows})
}

func rowsOf[T any](all []T, of func(T) bool) (rows []int) {
	for i, one := range all {
		if of(one) {
			rows = append(rows, i)
		}
	}
	return rows
}

// Name returns what the figure counts, without its group: tasks, done, unassigned …
func (c Figure) Name() string {
	if c.Measure != "" {
		return c.Measure
	}
	if c.Group != "" {
		return c.Key[len(c.Group)+1:]
	}
	return c.Key
}
