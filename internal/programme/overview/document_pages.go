package overview

import (
	"net/http"
	"net/url"
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// documentView is what the page of a cited document is drawn from.
type documentView struct {
	planHead
	Action, Title, Printed string
	Light                  parts.Light
	Facts                  []parts.Fact
	Rests                  string
	Table                  parts.Table
	Pager                  parts.Pager
	Others                 []parts.Link
	History                []parts.Moment
	Led                    bool
	Faults                 parts.Faults
	State                  parts.Field
	Fields                 []parts.Field
}

// documentOf finds a document among those that the plan cites.
func documentOf(r *http.Request, b *programme.Board) (resting, error) {
	symbol, issued := programme.DocumentNamed(r.PathValue("document"))
	i := slices.IndexFunc(b.Documents, func(c *programme.Cited) bool { return c.Symbol == symbol && c.Issued == issued })
	if i < 0 {
		return resting{}, fault.New(fault.NotFound, "record.not_found")
	}
	one := resting{Cited: b.Documents[i]}
	one.whole, one.lines = b.Rests(one.Cited)
	return one, nil
}

func (d doors) showDocument(w http.ResponseWriter, r *http.Request) error {
	return d.drawDocument(w, r, web.Values{}, parts.Faults{})
}

// drawDocument draws the page of a cited document, with what was typed into its form.
func (d doors) drawDocument(w http.ResponseWriter, r *http.Request, given web.Values, faults parts.Faults) error {
	b, head, err := d.opened(r)
	if err != nil {
		return err
	}
	c, err := documentOf(r, b)
	if err != nil {
		return err
	}
	tag := web.Lang(r)
	v := documentView{planHead: head, Action: shown.DocumentAddress(b.Plan.ID, c.Cited), Title: c.Symbol, Printed: c.Printed, Light: stateLight(r, c.Cited), Rests: restsText(r, b, c), Faults: faults,
		Led: account.MayProgramme.Allows(web.Actor(r))}
	v.Facts = []parts.Fact{{Name: web.T(r, "network.relation"), Value: relationText(r, c.Relation())}}
	if !c.Issued.Zero() {
		v.Facts = append(v.Facts, parts.Fact{Name: web.T(r, "network.issued"), Value: lang.Date(tag, c.Issued.Start())})
	}
	if c.Basis != "" {
		v.Facts = append(v.Facts, parts.Fact{Name: web.T(r, "document.basis"), Value: c.Basis})
	}
	if c.Plan != nil && c.Plan.Seen(web.Actor(r)) {
		name, _ := shown.Best(r, c.Plan.Name)
		v.Facts = append(v.Facts, parts.Fact{Name: web.T(r, "network.in_house"), Value: name, Path: shown.Address(c.Plan.ID)})
	}
	v.clauses(r, b, c)
	if err := d.around(r, &v, b, c); err != nil {
		return err
	}
	v.form(r, c, given)
	page := v.pageOf(r, b, c.Symbol)
	page.Crumbs = []parts.Crumb{page.Crumbs[0], page.Crumbs[1], {Path: v.Path + "/network", Text: web.T(r, "network.title")}, {Text: c.Symbol}}
	if page.Amiss = faults.Any(); page.Amiss {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, documentPage(v))
}

// clauses lists the clauses that cite the document themselves, page by page.
func (v *documentView) clauses(r *http.Request, b *programme.Board, c resting) {
	v.Table = parts.Table{Label: web.T(r, "network.rests"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "overview.clause")}, {Title: web.T(r, "overview.content")}}}
	lines := c.lines
	if after := r.URL.Query().Get("after"); after != "" {
		v.Pager.First = v.Action
		if i := slices.IndexFunc(lines, func(n int) bool { return b.Lines[n].Path == after }); i >= 0 {
			lines = lines[i+1:]
		}
	}
	if len(lines) > listSize {
		lines = lines[:listSize]
		v.Pager.Next = v.Action + "?after=" + url.QueryEscape(b.Lines[lines[listSize-1]].Path)
	}
	for _, n := range lines {
		says, _ := shown.Best(r, b.Lines[n].Says())
		v.Table.Rows = append(v.Table.Rows, []parts.Cell{{Text: b.Lines[n].Path, Path: shown.ClauseAddress(b.Plan.ID, b.Lines[n].Path)}, {Text: says}})
	}
}

// around adds the other plans that cite the document, and what was told of it.
func (d doors) around(r *http.Request, v *documentView, b *programme.Board, c resting) error {
	tx, tag := web.Tx(r), web.Lang(r)
	others, err := programme.PlansCiting(tx, c.Symbol, 100)
	if err != nil {
		return err
	}
	for _, p := range others {
		if p.ID != b.Plan.ID && p.Seen(web.Actor(r)) {
			name, _ := shown.Best(r, p.Name)
			v.Others = append(v.Others, parts.Link{Path: shown.Address(p.ID) + "/network", Text: name})
		}
	}
	marks, err := programme.MarksOf(tx, c.Symbol, c.Issued)
	if err != nil {
		return err
	}
	for _, m := range marks {
		one := programme.Cited{State: m.State, ReplacedBy: m.ReplacedBy, Since: m.Since}
		v.History = append(v.History, parts.Moment{At: lang.Date(tag, when.Time(m.At)), State: "done", Text: stateLight(r, &one).Text, Note: web.T(r, "document.by_basis", "Basis", m.Basis, "Date", lang.Date(tag, m.Since.Start()))})
	}
	return nil
}

func (v *documentView) form(r *http.Request, c resting, given web.Values) {
	value := func(name, usual string) string {
		if given.Has(name) {
			return given.Text(name)
		}
		return usual
	}
	state := c.State
	if state == "" {
		state = "in_force"
	}
	v.State = parts.Field{Name: "state", Label: web.T(r, "document.state"), Error: v.Faults.At("state")}
	for _, one := range programme.DocumentStates {
		v.State.Options = append(v.State.Options, parts.Option{Value: one, Text: web.T(r, "document.state_"+one), On: one == value("state", state)})
	}
	v.Fields = []parts.Field{{Name: "replaced_by", Label: web.T(r, "document.replaced_by"), Hint: web.T(r, "document.replaced_by_hint"), Value: value("replaced_by", c.ReplacedBy), Max: 60, Optional: true, Error: v.Faults.At("replaced_by")},
		{Name: "since", Label: web.T(r, "document.since"), Type: "date", Short: true, Value: value("since", ""), Error: v.Faults.At("since")},
		{Name: "basis", Label: web.T(r, "document.basis"), Hint: web.T(r, "document.basis_hint"), Value: value("basis", ""), Max: 300, Error: v.Faults.At("basis")}}
}

// markDocument keeps how a cited document stands.
func (d doors) markDocument(w http.ResponseWriter, r *http.Request) error {
	b, _, err := d.opened(r)
	if err != nil {
		return err
	}
	c, err := documentOf(r, b)
	if err != nil {
		return err
	}
	form := web.Form(r)
	m := programme.Mark{Symbol: c.Symbol, Issued: c.Issued, State: form.Text("state"), ReplacedBy: form.Text("replaced_by"), Basis: form.Text("basis")}
	var ok bool
	if m.Since, ok = form.Day("since"); !ok {
		err = fault.New(fault.Invalid, "document.invalid").At("since", "field.not_a_day")
	} else {
		err = programme.MarkDocument(web.Tx(r), web.Actor(r), m)
	}
	if err != nil {
		faults, rest := web.Faults(r, err)
		if rest != nil {
			return rest
		}
		return d.drawDocument(w, r, form, faults)
	}
	web.Notice(w, r, "document.marked")
	return web.Goto(w, r, shown.DocumentAddress(b.Plan.ID, c.Cited))
}
