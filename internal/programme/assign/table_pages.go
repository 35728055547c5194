package assign

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// tableView is what the table of assignments is drawn from.
type tableView struct {
	Led                bool   // the others only read
	Acts               string // where acts on assignments go; "" for those who only read
	Path, Name, NameIn string
	Open, All          int
	Rows               []clauseRow
	Faults             parts.Faults
	Orders             []orderForm
	More               string
	Paste, Book        parts.Field
	Pasted             []pastedRow
	Good               int
	Handover           bool
	OnlyOpen           bool
	Other, Next        string // the same with or without what is assigned; the clauses that follow
}

// clauseRow is one clause with who has it.
type clauseRow struct {
	Path, Number, Text, TextIn string
	Unassigned                 bool
	Bodies                     []bodyRow
}

type bodyRow struct {
	ID, Text, Note string
	Light          *parts.Light
	Proposed       bool
}

// orderForm is one row of the form in which is assigned.
type orderForm struct {
	Clause, Role, Body, Due, Basis, Product, Secret parts.Field
}

// pastedRow is one pasted row with what was understood of it.
type pastedRow struct {
	Cells []string
	Amiss string
}

const (
	fewRows     = 3
	mostForm    = 30
	mostClauses = 200 // on one page; where there are more, a clause is typed, not chosen
)

func (d doors) showTable(w http.ResponseWriter, r *http.Request) error {
	return d.drawTable(w, r, web.Form(r), parts.Faults{}, nil)
}

func (d doors) drawTable(w http.ResponseWriter, r *http.Request, given web.Values, faults parts.Faults, pasted []pastedRow) error {
	tx := web.Tx(r)
	p, err := programme.LookedInto(tx, web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	today := when.DayOf(tx.Now)
	b, err := d.Board(tx, p, today)
	if err != nil {
		return err
	}
	v := tableView{Led: p.Led(web.Actor(r)), Path: shown.Address(p.ID), Open: b.Open, All: len(b.Lines), Faults: faults, Pasted: pasted, Handover: b.Orphans+b.Rates.Counted[programme.Orphan] > 0}
	if v.Led {
		v.Acts = v.Path
	}
	v.Name, v.NameIn = shown.Best(r, p.Name)
	v.page(r, b)
	bodies, err := d.choices(r, today)
	if err != nil {
		return err
	}
	n := fewRows
	if asked, ok := given.Int("rows"); ok {
		n = int(max(1, min(asked, mostForm)))
	}
	for i := range n {
		v.Orders = append(v.Orders, orderOf(r, given, faults, i, b, bodies))
	}
	if n < mostForm {
		v.More = v.Path + "/assignments?rows=" + strconv.Itoa(min(n+7, mostForm)) + "#orders"
	}
	v.Paste = parts.Field{Name: "sheet", Label: web.T(r, "assign.sheet"), Hint: web.T(r, "assign.sheet_hint"), Value: given.Long("sheet"), Error: faults.At("sheet"), Rows: 6}
	v.Book = parts.Field{Name: "file", Label: web.T(r, "assign.book_file"), Hint: web.T(r, "assign.book_hint", "Megabytes", mostBook>>20, "N", mostBookRows), Accept: ".xlsx", Error: faults.At("file")}
	for _, row := range pasted {
		if row.Amiss == "" {
			v.Good++
		}
	}
	page := web.Page{Title: web.T(r, "assign.title"), Section: "/plans", NoIndex: true, Amiss: faults.Any(),
		Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: v.Path, Text: v.Name}, {Text: web.T(r, "assign.title")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, tablePage(v))
}

// page fills in the clauses that follow one: all, or those that nobody has yet.
func (v *tableView) page(r *http.Request, b *programme.Board) {
	query := r.URL.Query()
	v.OnlyOpen = query.Get("show") == "open"
	base := v.Path + "/assignments?"
	if v.Other = base + "show=open"; v.OnlyOpen {
		v.Other, base = v.Path+"/assignments", base+"show=open&"
	}
	lines := b.Lines
	if i := slices.IndexFunc(lines, func(l programme.Line) bool { return l.Path == query.Get("after") }); i >= 0 {
		lines = lines[i+1:]
	}
	for _, l := range lines {
		if v.OnlyOpen && !l.Unassigned {
			continue
		}
		if len(v.Rows) == mostClauses {
			v.Next = base + "after=" + url.QueryEscape(v.Rows[mostClauses-1].Number)
			return
		}
		v.Rows = append(v.Rows, rowOf(r, b, l))
	}
}

func rowOf(r *http.Request, b *programme.Board, l programme.Line) clauseRow {
	tag := web.Lang(r)
	row := clauseRow{Path: shown.ClauseAddress(b.Plan.ID, l.Path), Number: l.Path, Unassigned: l.Unassigned}
	row.Text, row.TextIn = shown.Best(r, l.Says())
	for _, a := range l.Assignments {
		name := a.Printed
		if a.Body != "" {
			name = b.Names[a.Body].In(tag)
		} else if name == "" {
			name = a.Class
		}
		one := bodyRow{ID: a.ID, Text: web.T(r, "role."+string(a.Role), "Body", name), Note: a.Basis, Proposed: a.State == "proposed"}
		if last, gone := b.Ended[a.Body]; gone {
			one.Light = &parts.Light{Kind: "late", Text: web.T(r, "assign.ended", "Date", lang.Date(tag, last.Start()))}
		} else if one.Proposed {
			one.Light = &parts.Light{Kind: "risk", Text: web.T(r, "assign.proposed")}
		}
		row.Bodies = append(row.Bodies, one)
	}
	return row
}

// choices are the bodies and classes that can be assigned something today.
func (d doors) choices(r *http.Request, today when.Day) ([]parts.Option, error) {
	all, err := d.Bodies.Assignable(web.Tx(r), today)
	if err != nil {
		return nil, err
	}
	tag := web.Lang(r)
	out := []parts.Option{{Text: web.T(r, "assign.choose_body")}}
	for id, name := range all {
		out = append(out, parts.Option{Value: id, Text: name.In(tag)})
	}
	lang.Sort(out[1:], func(o parts.Option) string { return o.Text })
	return out, nil
}

func orderOf(r *http.Request, given web.Values, faults parts.Faults, i int, b *programme.Board, bodies []parts.Option) orderForm {
	field := func(name, label string) parts.Field {
		key := name + "-" + strconv.Itoa(i)
		return parts.Field{Name: key, Label: web.T(r, label), Value: given.Text(key), Error: faults.At(key)}
	}
	chosen := func(f parts.Field, options []parts.Option) parts.Field {
		f.Options = slices.Clone(options)
		for n := range f.Options {
			f.Options[n].On = f.Options[n].Value == f.Value
		}
		return f
	}
	clause := field("clause", "assign.clause")
	if len(b.Lines) <= mostClauses {
		clauses := []parts.Option{{Text: web.T(r, "assign.choose_clause")}}
		for _, l := range b.Lines {
			text, _ := shown.Best(r, l.Says())
			clauses = append(clauses, parts.Option{Value: l.Path, Text: l.Path + " " + cut(text)})
		}
		clause = chosen(clause, clauses)
	} else {
		clause.Hint, clause.Short = web.T(r, "assign.clause_hint"), true
	}
	roles := []parts.Option{}
	for _, role := range programme.Roles {
		roles = append(roles, parts.Option{Value: string(role), Text: web.T(r, "role_name."+string(role))})
	}
	o := orderForm{clause, chosen(field("role", "assign.role"), roles), chosen(field("body", "assign.body"), bodies),
		field("due", "assign.due"), field("basis", "assign.basis"), field("product", "assign.product"), field("secret", "assign.secret")}
	o.Due.Type, o.Due.Short, o.Due.Optional, o.Product.Optional = "date", true, true, true
	if o.Due.Error == "" {
		o.Due.Error = faults.At("due_basis-" + strconv.Itoa(i))
	}
	o.Basis.Hint = web.T(r, "assign.basis_hint")
	o.Secret.Options = []parts.Option{{Value: "1", Text: web.T(r, "assign.secret_yes"), On: given.On("secret-" + strconv.Itoa(i))}}
	return o
}

// cut shortens a clause for a list of choices.
func cut(text string) string {
	const most = 60
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}

// assign keeps the rows that were filled in, all or none.
func (d doors) assign(w http.ResponseWriter, r *http.Request) error {
	p, err := programme.LedPlan(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	form := web.Form(r)
	var orders []programme.Order
	var at []int
	for i := range mostForm {
		key := "-" + strconv.Itoa(i)
		if form.Text("clause"+key)+form.Text("body"+key) == "" {
			continue
		}
		due, ok := form.Day("due" + key)
		if !ok {
			return d.failed(w, r, fault.New(fault.Invalid, "assignment.invalid").At("due"+key, "assign.bad_day", "Day", form.Text("due"+key)), nil)
		}
		o := programme.Order{Clause: form.Text("clause" + key), Role: programme.Role(form.Text("role" + key)), Body: form.Text("body" + key), Basis: form.Text("basis" + key),
			Due: due, Product: lang.Both{Vi: form.Text("product" + key)}, Secret: form.On("secret" + key)}
		if !due.Zero() {
			o.DueBasis = o.Basis
		}
		if class, is := strings.CutPrefix(o.Body, "class:"); is {
			o.Body, o.Class = "", class
		}
		orders, at = append(orders, o), append(at, i)
	}
	if len(orders) == 0 {
		return d.failed(w, r, fault.New(fault.Invalid, "assignment.invalid").At("clause-0", "field.needed"), nil)
	}
	if err := d.Assign(web.Tx(r), web.Actor(r), p, orders...); err != nil {
		return d.failed(w, r, placed(err, at), nil)
	}
	web.Notice(w, r, "assign.done", "N", len(orders))
	return web.Goto(w, r, shown.Address(p.ID)+"/assignments")
}

// placed gives the faults of a list of orders the numbers of the rows in which they were typed.
func placed(err error, at []int) error {
	f, ok := fault.As(err)
	if !ok {
		return err
	}
	for i := range f.Fields {
		name, n, found := strings.Cut(f.Fields[i].Field, "-")
		if k, err := strconv.Atoi(n); found && err == nil && k < len(at) {
			f.Fields[i].Field = name + "-" + strconv.Itoa(at[k])
		}
	}
	return f
}

func (d doors) failed(w http.ResponseWriter, r *http.Request, err error, pasted []pastedRow) error {
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	return d.drawTable(w, r, web.Form(r), faults, pasted)
}
