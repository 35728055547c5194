package assign

import (
	"maps"
	"slices"
	"strings"

	"chonoi/internal/document"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/when"
)

// The ways in which a row of a workbook that came back differs from what stands.
const (
	isAdded     = "added"
	isChanged   = "changed"
	isWithdrawn = "withdrawn"
	isBad       = "bad"   // something is amiss; nothing is done with it
	isSince     = "since" // somebody else changed what stands since the file was made
)

// difference is what a row of the workbook, or what stands without one, comes to.
type difference struct {
	Kind   string
	Row    bookRow
	ID     string
	Now    programme.Amendment
	Amiss  []document.RowFault
	Fields []change
}

// change is one field that is to be different.
type change struct{ Column, Old, New string }

// comparison is a workbook that came back beside what stands.
type comparison struct {
	All     []difference
	Same    int // rows in which nothing is different
	Missing int // assignments that stand and that the file leaves out: they stay
}

// good reports how many rows can be taken.
func (c *comparison) good() (n int) {
	for _, d := range c.All {
		if d.Kind == isAdded || d.Kind == isChanged || d.Kind == isWithdrawn {
			n++
		}
	}
	return n
}

// known is what rows are compared with.
type known struct {
	stands  map[string]standing
	ended   map[string]bool // assignments of the plan that hold no more
	clauses map[string]bool
	bodies  map[string]programme.Found
	role    func(programme.Role) string
}

// compare tells what each row of a workbook comes to. It changes nothing.
func compare(rows []bookRow, k known) *comparison {
	c := &comparison{}
	seen, newest := map[string]bool{}, int64(0)
	for _, r := range rows {
		d := k.row(r, seen)
		if w, ok := r.before(); ok {
			newest = max(newest, w.At)
		}
		if d.Kind == "" {
			c.Same++
			continue
		}
		c.All = append(c.All, d)
	}
	for _, id := range slices.Sorted(maps.Keys(k.stands)) {
		s := k.stands[id]
		switch {
		case seen[id]:
		case newest > 0 && s.Made > newest:
			c.All = append(c.All, difference{Kind: isSince, ID: id, Row: bookRow{Cells: k.cells(s)}})
		default:
			c.Missing++
		}
	}
	return c
}

// cells are those of a row as what stands would be written.
func (k *known) cells(s standing) (cells [columnsOfBook]string) {
	cells[inClause], cells[inRole], cells[inBody], cells[inDue], cells[inBasis], cells[inProduct] = s.Clause, k.role(s.Role), s.Name, s.Due, s.Basis, s.Product
	return cells
}

func (k *known) row(r bookRow, seen map[string]bool) difference {
	d := difference{Row: r, ID: r.at(inID)}
	if d.ID == "" {
		return k.added(d)
	}
	if seen[d.ID] {
		return d.amiss(inID, "assign.row_twice")
	}
	seen[d.ID] = true
	before, ok := r.before()
	now, stands := k.stands[d.ID]
	switch {
	case !stands && k.ended[d.ID]:
		return d.amiss(inID, "assign.row_ended")
	case !stands:
		return d.amiss(inID, "assign.row_unknown")
	case !ok:
		return d.amiss(inWas, "assign.row_hidden")
	case r.at(inWithdraw) != "":
		d.Kind, d.Now.Decision = isWithdrawn, r.at(inDecision)
		if d.Now.Decision == "" {
			return d.amiss(inDecision, "assignment.needs_decision")
		}
		if k.since(before, now) != nil {
			return d.amiss(inClause, "assign.row_changed_since")
		}
		return d
	}
	return k.changed(d, before, now)
}

// added reads a row that is no assignment yet.
func (k *known) added(d difference) difference {
	d.Kind = isAdded
	k.read(&d)
	if d.Row.at(inBasis) == "" {
		d = d.amiss(inBasis, "assignment.needs_basis")
	}
	return d
}

// read makes an order of the cells of a row.
func (k *known) read(d *difference) {
	r := d.Row
	o := &d.Now.Order
	d.Now.Decision, d.Now.Reason = r.at(inDecision), r.at(inReason)
	o.Clause, o.Role, o.Printed, o.Basis, o.Product = r.at(inClause), roleOf(r.at(inRole)), r.at(inBody), r.at(inBasis), lang.Both{Vi: r.at(inProduct)}
	if !k.clauses[o.Clause] {
		*d = d.amiss(inClause, "assignment.no_such_clause", "Clause", o.Clause)
	}
	if o.Role == "" {
		*d = d.amiss(inRole, "assignment.needs_role")
	}
	b := k.bodies[o.Printed]
	if o.Body, o.Class = b.Body, b.Class; b == (programme.Found{}) {
		*d = d.amiss(inBody, "assign.body_unknown", "Body", o.Printed)
	}
	due, ok := dayOf(r.at(inDue))
	if o.Due = due; !ok {
		*d = d.amiss(inDue, "assign.bad_day", "Day", r.at(inDue))
	}
	if !due.Zero() {
		o.DueBasis = o.Basis
	}
	for _, i := range []int{inBasis, inProduct, inDecision, inReason} {
		const most = 300
		if n := len([]rune(r.at(i))); n > most {
			*d = d.amiss(i, "field.too_long", "N", n, "Most", most)
		}
	}
}

// amiss adds a reason why a row cannot be taken.
func (d difference) amiss(column int, key string, args ...any) difference {
	d.Kind = isBad
	d.Amiss = append(d.Amiss, document.RowFault{Number: d.Row.Number, Column: titles[column], Key: key, Args: args, Found: d.Row.at(column)})
	return d
}

// since tells which fields of what stands are not as they were when the file was made.
func (k *known) since(before was, now standing) []change {
	var all []change
	for _, f := range []struct {
		column   int
		old, new string
	}{{inClause, before.Clause, now.Clause}, {inRole, k.role(before.Role), k.role(now.Role)}, {inDue, before.Due, now.Due}, {inBasis, before.Basis, now.Basis}, {inProduct, before.Product, now.Product}} {
		if f.old != f.new {
			all = append(all, change{titles[f.column], f.old, f.new})
		}
	}
	if before.Body != now.Body {
		all = append(all, change{titles[inBody], before.Name, now.Name})
	}
	return all
}

// changed compares a row with what stood when the file was made, and with what stands now.
func (k *known) changed(d difference, before was, now standing) difference {
	r := d.Row
	if r.at(inBody) == before.Name { // nobody wrote there
		found := programme.Found{Body: before.Body}
		if class, is := strings.CutPrefix(before.Body, "class:"); is {
			found = programme.Found{Class: class}
		}
		k.bodies[before.Name] = found
	}
	k.read(&d)
	if len(d.Amiss) > 0 {
		return d
	}
	o := &d.Now.Order
	body := o.Body
	if o.Class != "" {
		body = "class:" + o.Class
	}
	mine := map[string]string{titles[inClause]: o.Clause, titles[inRole]: k.role(o.Role), titles[inBody]: body, titles[inDue]: o.Due.String(), titles[inBasis]: o.Basis, titles[inProduct]: o.Product.Vi}
	old := map[string]string{titles[inClause]: before.Clause, titles[inRole]: k.role(before.Role), titles[inBody]: before.Body, titles[inDue]: before.Due, titles[inBasis]: before.Basis, titles[inProduct]: before.Product}
	stands := map[string]string{titles[inClause]: now.Clause, titles[inRole]: k.role(now.Role), titles[inBody]: now.Body, titles[inDue]: now.Due, titles[inBasis]: now.Basis, titles[inProduct]: now.Product}
	for _, i := range []int{inClause, inRole, inBody, inDue, inBasis, inProduct} {
		t := titles[i]
		if mine[t] == old[t] {
			mine[t] = stands[t]
			continue
		}
		if mine[t] == stands[t] {
			continue
		}
		if stands[t] != old[t] {
			d = d.amiss(i, "assign.changed_too", "Now", k.cells(now)[i])
			continue
		}
		d.Fields = append(d.Fields, change{t, k.cells(now)[i], r.at(i)})
	}
	if len(d.Amiss) > 0 {
		return d
	}
	if len(d.Fields) == 0 {
		d.Kind = ""
		if since := k.since(before, now); since != nil {
			d.Kind, d.Fields = isSince, since
		}
		return d
	}
	d.Kind = isChanged
	return k.settle(d, mine, now)
}

// settle completes a changed row with what stands, and asks for what the change takes.
func (k *known) settle(d difference, mine map[string]string, now standing) difference {
	o := &d.Now.Order
	written := map[string]string{}
	for _, f := range d.Fields {
		written[f.Column] = f.New
	}
	has := func(column int) bool { _, ok := written[titles[column]]; return ok }
	if o.Clause, o.Basis, o.Printed = mine[titles[inClause]], mine[titles[inBasis]], now.Printed; has(inBody) {
		o.Printed = written[titles[inBody]]
	}
	if !has(inRole) {
		o.Role = now.Role
	}
	o.Body, o.Class = mine[titles[inBody]], ""
	if class, is := strings.CutPrefix(o.Body, "class:"); is {
		o.Body, o.Class = "", class
	}
	switch {
	case now.Secret && (has(inDue) || has(inProduct)):
		return d.amiss(inDue, "assignment.secret")
	case has(inDue) && o.Due.Zero():
		return d.amiss(inDue, "assign.day_stays")
	case has(inProduct) && o.Product.Empty():
		return d.amiss(inProduct, "assign.product_stays")
	case has(inBasis) && o.Basis == "":
		return d.amiss(inBasis, "assignment.needs_basis")
	case (has(inBody) || has(inClause) || has(inRole)) && d.Now.Decision == "":
		return d.amiss(inDecision, "assignment.needs_decision")
	case has(inDue) && now.Due != "" && d.Now.Decision == "":
		return d.amiss(inDecision, "task.needs_decision")
	case has(inDue) && now.Due != "" && d.Now.Reason == "":
		return d.amiss(inReason, "assign.needs_reason")
	}
	if has(inBody) || has(inClause) { // new tasks are made: they take over what stands
		if !has(inDue) {
			o.Due, _ = when.ParseDay(now.Due)
		}
		if !has(inProduct) {
			o.Product.Vi = now.Product
		}
		return d
	}
	if !has(inDue) {
		o.Due = when.Day{}
	}
	if !has(inProduct) {
		o.Product = lang.Both{}
	}
	return d
}
