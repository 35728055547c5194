package assign

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"

	"chonoi/internal/document"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// mostShown is how many rows of a workbook the page shows; all are counted and taken.
const mostShown = 200

// bookView is what the page of a workbook that came back is drawn from.
type bookView struct {
	Path, Name, NameIn string
	Counts             []parts.Light
	Rows               []bookLine
	More, Good, Bad    int
	Carried            string
	Nothing            *parts.Empty
}

type bookLine struct {
	Number              int
	Clause, Body        string
	Light               parts.Light
	Changes, Amiss, Old []string
}

// sendBook sends the assignments as a workbook to write in.
func (d doors) sendBook(w http.ResponseWriter, r *http.Request) error {
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
	names, err := d.Bodies.Assignable(tx, today)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := writeBook(&out, web.Words(r), web.Lang(r), b, names, when.Micro(tx.Now)); err != nil {
		return err
	}
	return sendXLSX(w, strings.ToLower(p.Number)+"-assignments-"+today.String()+".xlsx", out.Bytes())
}

func sendXLSX(w http.ResponseWriter, name string, content []byte) error {
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, err := w.Write(content)
	return err
}

// lookAtBook shows what a workbook that came back would change. Nothing is kept.
func (d doors) lookAtBook(w http.ResponseWriter, r *http.Request) error {
	p, err := programme.LedPlan(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	sent := web.Form(r).Files("file")
	if len(sent) == 0 {
		return d.failed(w, r, fault.New(fault.Invalid, "assignment.invalid").At("file", "assign.no_book"), nil)
	}
	content, err := sent[0].Open()
	if err != nil {
		return err
	}
	defer content.Close()
	rows, bad, err := readBook(r.Context(), web.Words(r), sent[0].Filename, content)
	if err != nil {
		if f, ok := fault.As(err); ok {
			err = fault.New(fault.Invalid, "assignment.invalid").At("file", f.Key, f.Args...)
		}
		return d.failed(w, r, err, nil)
	}
	c, err := d.compared(r, p, rows)
	if err != nil {
		return err
	}
	for _, f := range bad {
		c.All = append(c.All, difference{Kind: isBad, Row: bookRow{Number: f.Number}, Amiss: []document.RowFault{f}})
	}
	return d.drawBook(w, r, p, c)
}

// carried are the rows that the page of a workbook sends again. They are compared anew: what the
// page was drawn from is not trusted.
func (d doors) carried(r *http.Request, p *programme.Plan) (*comparison, error) {
	var rows []bookRow
	if err := json.Unmarshal([]byte(web.Form(r).Long("rows")), &rows); err != nil || len(rows) > mostBookRows {
		return nil, fault.New(fault.Invalid, "assign.no_book")
	}
	return d.compared(r, p, rows)
}

func (d doors) compared(r *http.Request, p *programme.Plan, rows []bookRow) (*comparison, error) {
	tx, words := web.Tx(r), web.Words(r)
	today := when.DayOf(tx.Now)
	b, err := d.Board(tx, p, today)
	if err != nil {
		return nil, err
	}
	k := known{stands: map[string]standing{}, ended: map[string]bool{}, clauses: map[string]bool{}, bodies: map[string]programme.Found{},
		role: func(role programme.Role) string { return words.T(web.Lang(r), "role_name."+string(role)) }}
	for _, l := range b.Lines {
		k.clauses[l.Path] = true
	}
	names, err := d.Bodies.Assignable(tx, today)
	if err != nil {
		return nil, err
	}
	stands, _ := standingOf(b, names, web.Lang(r))
	for _, s := range stands {
		k.stands[s.ID] = s
	}
	all, err := programme.Assignments(tx, p.ID)
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		if _, ok := k.stands[a.ID]; !ok && a.State != "proposed" {
			k.ended[a.ID] = true
		}
	}
	if err := d.bodiesNamed(r, &k, names, rows, today); err != nil {
		return nil, err
	}
	return compare(rows, k), nil
}

// bodiesNamed finds which bodies the rows name: by the names that the workbook offers, which are
// those of one body each, and else as the register finds them.
func (d doors) bodiesNamed(r *http.Request, k *known, names map[string]lang.Both, rows []bookRow, today when.Day) error {
	twice := map[string]bool{}
	for id, name := range names {
		found := programme.Found{Body: id}
		if class, is := strings.CutPrefix(id, "class:"); is {
			found = programme.Found{Class: class}
		}
		for _, tag := range []lang.Tag{lang.Vi, lang.En} {
			called := name.In(tag)
			if old, known := k.bodies[called]; known && old != found {
				twice[called] = true
			}
			k.bodies[called] = found
		}
	}
	for called := range twice {
		delete(k.bodies, called)
	}
	var unknown []string
	for _, row := range rows {
		if _, ok := k.bodies[row.at(inBody)]; !ok && row.at(inBody) != "" && !twice[row.at(inBody)] {
			unknown = append(unknown, row.at(inBody))
		}
	}
	found, err := d.Bodies.Find(web.Tx(r), today, unknown...)
	for called, b := range found {
		k.bodies[called] = b
	}
	return err
}

func (d doors) drawBook(w http.ResponseWriter, r *http.Request, p *programme.Plan, c *comparison) error {
	v := bookView{Path: shown.Address(p.ID), Good: c.good()}
	v.Name, v.NameIn = shown.Best(r, p.Name)
	counts := map[string]int{}
	var carried []bookRow
	for _, one := range c.All {
		counts[one.Kind]++
		if one.Row.Number > 0 {
			carried = append(carried, one.Row)
		}
		if len(v.Rows) < mostShown {
			v.Rows = append(v.Rows, bookLineOf(r, one))
		}
	}
	v.More, v.Bad = len(c.All)-len(v.Rows), counts[isBad]
	for _, kind := range []string{isAdded, isChanged, isWithdrawn, isBad, isSince} {
		if n := counts[kind]; n > 0 {
			v.Counts = append(v.Counts, parts.Light{Kind: kindLight[kind], Text: web.T(r, "assign.book_"+kind, "N", n)})
		}
	}
	v.Counts = append(v.Counts, parts.Light{Kind: "idle", Text: web.T(r, "assign.book_same", "N", c.Same)})
	if c.Missing > 0 {
		v.Counts = append(v.Counts, parts.Light{Kind: "idle", Text: web.T(r, "assign.book_missing", "N", c.Missing)})
	}
	if len(c.All) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "assign.book_nothing"), Text: web.T(r, "assign.book_nothing_help")}
	}
	raw, err := json.Marshal(carried)
	if err != nil {
		return err
	}
	v.Carried = string(raw)
	page := web.Page{Title: web.T(r, "assign.book"), Section: "/plans", NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: v.Path, Text: v.Name}, {Path: v.Path + "/assignments", Text: web.T(r, "assign.title")}, {Text: web.T(r, "assign.book")}}}
	return web.Show(w, r, page, bookPage(v))
}

var kindLight = map[string]string{isAdded: "ok", isChanged: "run", isWithdrawn: "idle", isBad: "late", isSince: "risk"}

func bookLineOf(r *http.Request, d difference) bookLine {
	line := bookLine{Number: d.Row.Number, Clause: d.Row.at(inClause), Body: d.Row.at(inBody), Light: parts.Light{Kind: kindLight[d.Kind], Text: web.T(r, "assign.is_"+d.Kind)}}
	for _, f := range d.Fields {
		line.Changes = append(line.Changes, web.T(r, "assign.book_change", "Column", web.T(r, f.Column), "Old", blank(r, f.Old), "New", blank(r, f.New)))
	}
	for _, f := range d.Amiss {
		if f.Column == "" || !web.Words(r).Has(f.Column) {
			line.Amiss = append(line.Amiss, web.T(r, f.Key, f.Args...))
			continue
		}
		line.Amiss = append(line.Amiss, web.T(r, "assign.book_amiss", "Column", web.T(r, f.Column), "Why", web.T(r, f.Key, f.Args...)))
	}
	return line
}

// blank is a value, or the word for none.
func blank(r *http.Request, text string) string {
	if day, err := when.ParseDay(text); err == nil && !day.Zero() {
		return lang.Day(web.Lang(r), day)
	}
	if text == "" {
		return web.T(r, "assign.blank")
	}
	return text
}

// keepBook takes the good rows of a workbook and shows those that were not taken.
func (d doors) keepBook(w http.ResponseWriter, r *http.Request) error {
	tx, actor := web.Tx(r), web.Actor(r)
	p, err := programme.LedPlan(tx, actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	c, err := d.carried(r, p)
	if err != nil {
		return err
	}
	n := c.good()
	var orders []programme.Order
	for _, one := range c.All {
		switch one.Kind {
		case isAdded:
			orders = append(orders, one.Now.Order)
		case isChanged:
			err = d.Amend(tx, actor, p, one.ID, one.Now)
		case isWithdrawn:
			err = programme.Withdraw(tx, actor, p, one.ID, one.Now.Decision)
		}
		if err != nil {
			return atRow(err, one.Row.Number)
		}
	}
	if err := d.Assign(tx, actor, p, orders...); err != nil {
		return err
	}
	web.Notice(w, r, "assign.done_book", "N", n)
	bad := c.All[:0:0]
	for _, one := range c.All {
		if one.Kind == isBad {
			bad = append(bad, one)
		}
	}
	if len(bad) == 0 {
		return web.Goto(w, r, shown.Address(p.ID)+"/assignments")
	}
	return d.drawBook(w, r, p, &comparison{All: bad, Same: c.Same + n})
}

// atRow names the row whose act was refused; nothing of the workbook is kept then.
func atRow(err error, row int) error {
	f, ok := fault.As(err)
	if !ok {
		return err
	}
	why := f.Key
	args := f.Args
	if len(f.Fields) > 0 {
		why, args = f.Fields[0].Key, f.Fields[0].Args
	}
	return fault.New(f.Kind, "assign.row_refused", "N", row).At("rows", why, args...)
}

// sendErrors sends the rows that cannot be taken, each with its reasons in both tongues, to be mended
// there and sent again.
func (d doors) sendErrors(w http.ResponseWriter, r *http.Request) error {
	p, err := programme.LedPlan(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	c, err := d.carried(r, p)
	if err != nil {
		return err
	}
	words := web.Words(r)
	columns := make([]string, columnsOfBook)
	for i, key := range titles {
		columns[i] = words.T(web.Lang(r), key)
	}
	var out bytes.Buffer
	book, err := document.NewErrors(&out, words, columns)
	if err != nil {
		return err
	}
	for _, one := range c.All {
		if one.Kind != isBad {
			continue
		}
		row := document.Row{Number: one.Row.Number, Columns: columns}
		for _, text := range one.Row.Cells {
			row.Cells = append(row.Cells, document.Cell{Kind: document.Text, Text: text})
		}
		for i := range one.Amiss {
			one.Amiss[i].Column = words.T(web.Lang(r), one.Amiss[i].Column)
		}
		if err := book.Add(row, one.Amiss...); err != nil {
			return err
		}
	}
	if err := book.Close(); err != nil {
		return err
	}
	return sendXLSX(w, strings.ToLower(p.Number)+"-errors.xlsx", out.Bytes())
}
