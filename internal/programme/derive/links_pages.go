package derive

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"chonoi/internal/fault"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// rowsOnPage is how many clauses of a plan's own the form of links shows.
const rowsOnPage = 40

// linksView is what the form is drawn from in which clauses are linked to those of the plan above.
type linksView struct {
	Path, Plan, PlanIn, Above string
	Parent                    parts.Field // which plan, when none is told yet
	Rows                      []linkRow
	Next                      string
	Nothing                   *parts.Empty
	Faults                    parts.Faults
}

type linkRow struct {
	Number, Text, Key string
	Links             []parts.Option // Value is what takes the link away
	Choice, Relation  parts.Field
	Proposed          bool
}

func (d doors) showLinks(w http.ResponseWriter, r *http.Request) error {
	return d.drawLinks(w, r, web.Values{}, parts.Faults{})
}

func (d doors) drawLinks(w http.ResponseWriter, r *http.Request, given web.Values, faults parts.Faults) error {
	tx := web.Tx(r)
	p, err := programme.LedPlan(tx, web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	v := linksView{Path: shown.Address(p.ID) + "/links", Faults: faults}
	v.Plan, v.PlanIn = shown.Best(r, p.Name)
	above, err := d.above(r, p, given)
	if err != nil {
		return err
	}
	if above == nil {
		if err := d.parents(r, p, &v); err != nil {
			return err
		}
	} else if err := d.linkRows(r, &v, p, above); err != nil {
		return err
	}
	page := web.Page{Title: web.T(r, "links.title"), Section: "/plans", NoIndex: true, Amiss: faults.Any(),
		Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: shown.Address(p.ID), Text: v.Plan}, {Text: web.T(r, "links.title")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, linksPage(v))
}

// above returns the plan that is carried out: the one that was chosen, or the plan's own parent.
func (d doors) above(r *http.Request, p *programme.Plan, given web.Values) (*programme.Plan, error) {
	id := r.URL.Query().Get("above")
	if given.Has("above") {
		id = given.Text("above")
	}
	if id == "" {
		id = p.Parent
	}
	if id == "" {
		return nil, nil
	}
	return programme.PlanOf(web.Tx(r), web.Actor(r), id)
}

// parents offers the plans that may stand above.
func (d doors) parents(r *http.Request, p *programme.Plan, v *linksView) error {
	all, err := programme.PlansSeen(web.Tx(r), web.Actor(r), "", 200)
	v.Parent = parts.Field{Name: "above", Label: web.T(r, "links.above")}
	for _, one := range all {
		if one.ID != p.ID && one.State == "in_force" {
			name, _ := shown.Best(r, one.Name)
			v.Parent.Options = append(v.Parent.Options, parts.Option{Value: one.ID, Text: name})
		}
	}
	if len(v.Parent.Options) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "links.no_above"), Text: web.T(r, "links.no_above_help")}
	}
	return err
}

func (d doors) linkRows(r *http.Request, v *linksView, p, above *programme.Plan) error {
	tx := web.Tx(r)
	v.Above, _ = shown.Best(r, above.Name)
	v.Parent = parts.Field{Name: "above", Value: above.ID}
	own, err := programme.Clauses(tx, p.ID)
	if err != nil {
		return err
	}
	theirs, err := programme.Clauses(tx, above.ID)
	if err != nil {
		return err
	}
	links, err := programme.LinksOf(tx, p.ID)
	if err != nil {
		return err
	}
	likely := programme.Likely(own, theirs)
	from := slices.IndexFunc(own, func(c programme.Clause) bool { return c.Path == r.URL.Query().Get("after") }) + 1
	for i := from; i < len(own) && i < from+rowsOnPage; i++ {
		v.Rows = append(v.Rows, linkRowOf(r, own[i], theirs, links, above.ID, likely[own[i].Path], i))
	}
	if from+rowsOnPage < len(own) {
		v.Next = v.Path + "?above=" + url.QueryEscape(above.ID) + "&after=" + url.QueryEscape(own[from+rowsOnPage-1].Path)
	}
	return nil
}

func linkRowOf(r *http.Request, c programme.Clause, theirs []programme.Clause, links []programme.Link, above, likely string, i int) linkRow {
	text, _ := shown.Best(r, c.Says())
	row := linkRow{Number: c.Path, Text: text, Key: strconv.Itoa(i)}
	for _, l := range links {
		if l.Clause == c.Path && l.Parent == above {
			row.Links = append(row.Links, parts.Option{Value: l.Place, Text: web.T(r, "links."+l.Relation, "Place", l.Place)})
		}
	}
	row.Choice = parts.Field{Name: "place-" + row.Key, Label: web.T(r, "links.choose", "Path", c.Path), Options: []parts.Option{{Text: web.T(r, "links.nothing")}}}
	row.Relation = parts.Field{Name: "relation-" + row.Key, Label: web.T(r, "links.relation")}
	for _, relation := range []string{programme.Implements, programme.Continues} {
		row.Relation.Options = append(row.Relation.Options, parts.Option{Value: relation, Text: web.T(r, "links.name_"+relation)})
	}
	row.Proposed = likely != "" && len(row.Links) == 0
	for _, one := range theirs {
		said, _ := shown.Best(r, one.Says())
		row.Choice.Options = append(row.Choice.Options, parts.Option{Value: one.Path, Text: one.Path + " " + cut(said), On: row.Proposed && one.Path == likely})
	}
	return row
}

func cut(text string) string {
	const most = 60
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}

// connect keeps the links that were ticked.
func (d doors) connect(w http.ResponseWriter, r *http.Request) error {
	tx, form := web.Tx(r), web.Form(r)
	p, err := programme.LedPlan(tx, web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	above, err := d.above(r, p, form)
	if err != nil {
		return err
	}
	var links []programme.Link
	if above != nil {
		own, err := programme.Clauses(tx, p.ID)
		if err != nil {
			return err
		}
		for _, key := range form.All("link") {
			i, err := strconv.Atoi(key)
			place := form.Text("place-" + key)
			if err != nil || i < 0 || i >= len(own) || place == "" {
				continue
			}
			if _, err := programme.ClauseOf(tx, above.ID, place); err != nil {
				return err
			}
			links = append(links, programme.Link{Plan: p.ID, Clause: own[i].Path, Parent: above.ID, Place: place, Relation: form.Text("relation-" + key)})
		}
	}
	err = programme.Connect(tx, web.Actor(r), links...)
	if err == nil && len(links) == 0 {
		err = fault.New(fault.Invalid, "links.choose_some")
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.drawLinks(w, r, form, faults)
	}
	web.Notice(w, r, "links.done", "N", len(links))
	return web.Goto(w, r, shown.Address(p.ID)+"/links?above="+url.QueryEscape(above.ID))
}

func (d doors) disconnect(w http.ResponseWriter, r *http.Request) error {
	tx, form := web.Tx(r), web.Form(r)
	p, err := programme.LedPlan(tx, web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	l := programme.Link{Plan: p.ID, Clause: form.Text("clause"), Parent: form.Text("above"), Place: form.Text("place")}
	if err := programme.Disconnect(tx, web.Actor(r), l); err != nil {
		return err
	}
	web.Notice(w, r, "links.removed")
	return web.Goto(w, r, shown.Address(p.ID)+"/links?above="+url.QueryEscape(l.Parent))
}
