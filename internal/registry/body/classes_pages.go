package body

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/registry"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// listing is a page with a table, a choice of the day where there is one, and forms for the house.
type listing struct {
	Title, Help, Tongue string
	Facts               []parts.Fact
	On                  *parts.Field
	Path, Count         string
	Table               parts.Table
	Nothing             *parts.Empty
	Actions             []parts.Action
	Pager               parts.Pager
	Faults              parts.Faults
	Forms               []form
}

// show draws a listing.
func show(w http.ResponseWriter, r *http.Request, v listing, way ...parts.Crumb) error {
	page := web.Page{Title: v.Title, Description: v.Help, Section: "/organisations", NoIndex: r.URL.RawQuery != "",
		Crumbs: append(append([]parts.Crumb{{Path: "/organisations", Text: web.T(r, "organisation.list")}}, way...), parts.Crumb{Text: v.Title})}
	if v.Faults.Any() {
		page.Amiss, page.Status = true, http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, listingPage(v))
}

func (b bodies) showClasses(w http.ResponseWriter, r *http.Request) error {
	return b.drawClasses(w, r, parts.Faults{})
}

func (b bodies) drawClasses(w http.ResponseWriter, r *http.Request, faults parts.Faults) error {
	tx, tag := web.Tx(r), web.Lang(r)
	all, err := registry.Classes(tx)
	if err != nil {
		return err
	}
	counts, err := registry.CountMembers(tx, when.DayOf(tx.Now))
	if err != nil {
		return err
	}
	v := listing{Title: web.T(r, "bodies.classes"), Help: web.T(r, "bodies.classes_help"), Faults: faults, Actions: []parts.Action{{Path: "/bodies/ended", Text: web.T(r, "bodies.ended"), Kind: "line"}},
		Table: parts.Table{Label: web.T(r, "bodies.classes"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "bodies.words")}, {Title: web.T(r, "bodies.members_today"), Num: true}}}}
	for _, c := range all {
		v.Table.Rows = append(v.Table.Rows, []parts.Cell{{Text: c.Words.In(tag), Path: "/bodies/classes/" + c.Key}, {Text: lang.Number(tag, int64(counts[c.Key]))}})
	}
	if len(all) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "bodies.no_classes"), Text: web.T(r, "bodies.no_classes_help")}
	}
	if registry.MayKeepBodies.Allows(web.Actor(r)) {
		v.Actions = append(v.Actions, parts.Action{Path: "/bodies/new", Text: web.T(r, "bodies.form_new"), Kind: "line"})
		v.Forms = []form{b.asks(r, "class", "/bodies/classes", faults).ask("", "key", parts.Field{Max: 64, Short: true}).ask("", "words_vi", parts.Field{Lang: "vi"}).
			ask("", "words_en", parts.Field{Lang: "en"}).ask("area", "aliases", parts.Field{Rows: 2, Optional: true}).ask("area", "note", parts.Field{Rows: 2, Optional: true, Max: 2000}).form}
	}
	return show(w, r, v)
}

func (b bodies) addClass(w http.ResponseWriter, r *http.Request) error {
	typed := web.Form(r)
	c := registry.Class{Key: typed.Text("key"), Words: lang.Both{Vi: typed.Text("words_vi"), En: typed.Text("words_en")}, Note: typed.Long("note")}
	aliases, err := lines(typed, "aliases")
	if c.Aliases = aliases; err == nil {
		err = registry.AddClass(web.Tx(r), web.Actor(r).ID, c)
	}
	return after(w, r, err, "/bodies/classes/"+c.Key, func(f parts.Faults) error { return b.drawClasses(w, r, f) })
}

func (b bodies) showClass(w http.ResponseWriter, r *http.Request) error {
	return b.drawClass(w, r, parts.Faults{}, b.memberForm, b.endingForm)
}

// drawClass shows the bodies of a class on a day: today's, when no other one is asked for.
func (b bodies) drawClass(w http.ResponseWriter, r *http.Request, faults parts.Faults, forms ...func(*http.Request, parts.Faults) form) error {
	tx, tag, key := web.Tx(r), web.Lang(r), r.PathValue("key")
	classes, err := registry.Classes(tx, key)
	if err != nil {
		return err
	}
	if len(classes) == 0 {
		return fault.New(fault.NotFound, "record.not_found")
	}
	on, bad := when.DayOf(tx.Now), ""
	if asked := r.URL.Query().Get("on"); asked != "" {
		told, err := when.ParseDay(asked)
		if err != nil {
			bad = web.T(r, "bodies.bad_day")
		} else {
			on = told
		}
	}
	c := classes[0]
	v := listing{Title: c.Words.In(tag), Help: c.Note, Path: "/bodies/classes/" + key, Faults: faults, Facts: b.classFacts(r, c),
		On: &parts.Field{Name: "on", Type: "date", Short: true, Label: web.T(r, "bodies.on"), Value: on.String(), Error: bad}}
	rows, err := b.members(r, key, on)
	if err != nil {
		return err
	}
	v.Count = web.T(r, "bodies.count_on", "N", len(rows), "Day", lang.Day(tag, on))
	v.Table = parts.Table{Label: v.Count, Cards: true, Columns: []parts.Column{{Title: web.T(r, "bodies.body")}, {Title: web.T(r, "bodies.since_when")}, {Title: web.T(r, "bodies.till_when")}}, Rows: rows}
	if len(rows) == 0 {
		v.Nothing = &parts.Empty{Title: v.Count, Text: web.T(r, "bodies.no_members_help")}
	}
	if registry.MayKeepBodies.Allows(web.Actor(r)) {
		for _, one := range forms {
			v.Forms = append(v.Forms, one(r, faults))
		}
	}
	return show(w, r, v, parts.Crumb{Path: "/bodies/classes", Text: web.T(r, "bodies.classes")})
}

func (b bodies) classFacts(r *http.Request, c registry.Class) []parts.Fact {
	facts := []parts.Fact{{Name: web.T(r, "bodies.ask_words_vi"), Value: c.Words.Vi, Lang: "vi"}, {Name: web.T(r, "bodies.ask_words_en"), Value: c.Words.En, Lang: "en"}}
	if len(c.Aliases) > 0 {
		facts = append(facts, parts.Fact{Name: web.T(r, "bodies.ask_aliases"), Value: strings.Join(c.Aliases, " · "), Lang: "vi"})
	}
	return append(facts, parts.Fact{Name: web.T(r, "bodies.ask_key"), Value: c.Key})
}

// members are the rows of a class on a day, in the order of what the bodies were called then.
func (b bodies) members(r *http.Request, class string, on when.Day) ([][]parts.Cell, error) {
	tx, tag := web.Tx(r), web.Lang(r)
	all, err := registry.MembershipsOn(tx, class, on)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(all))
	for i, m := range all {
		ids[i] = m.Body
	}
	names, err := registry.NamesOn(tx, on, ids...)
	if err != nil {
		return nil, err
	}
	sorted := make([]string, len(all))
	by := map[string]registry.Membership{}
	for i, m := range all {
		sorted[i] = lang.SortKey(names[m.Body].In(tag)) + "\x00" + m.Body
		by[sorted[i]] = m
	}
	slices.Sort(sorted)
	rows := make([][]parts.Cell, 0, len(all))
	for _, key := range sorted {
		m := by[key]
		rows = append(rows, []parts.Cell{{Text: names[m.Body].In(tag), Path: "/organisations/" + url.PathEscape(m.Body)}, {Text: lang.Day(tag, m.From)}, {Text: orDash(lang.Day(tag, m.To))}})
	}
	return rows, nil
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

func (b bodies) memberForm(r *http.Request, faults parts.Faults) form {
	return b.asks(r, "member", "/bodies/classes/"+r.PathValue("key")+"/members", faults).ask("area", "body", parts.Field{Rows: 4}).day("from").form
}

func (b bodies) endingForm(r *http.Request, faults parts.Faults) form {
	return b.asks(r, "ending", "/bodies/classes/"+r.PathValue("key")+"/endings", faults).ask("area", "body", parts.Field{Rows: 4}).day("to").form
}

func (b bodies) addMembers(w http.ResponseWriter, r *http.Request) error {
	return b.changeMembers(w, r, "from", b.memberForm, func(body string, on when.Day) error {
		return registry.AddMember(web.Tx(r), web.Actor(r).ID, r.PathValue("key"), body, on)
	})
}

func (b bodies) endMembers(w http.ResponseWriter, r *http.Request) error {
	return b.changeMembers(w, r, "to", b.endingForm, func(body string, on when.Day) error {
		return registry.EndMember(web.Tx(r), web.Actor(r).ID, r.PathValue("key"), body, on)
	})
}

// changeMembers does an act with each body that was typed, all of them or none.
func (b bodies) changeMembers(w http.ResponseWriter, r *http.Request, name string, again func(*http.Request, parts.Faults) form, act func(body string, on when.Day) error) error {
	err := func() error {
		on, err := day(web.Form(r), name)
		if err != nil {
			return err
		}
		ids, err := typedBodies(r, on, "body")
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			return fault.New(fault.Invalid, "body.invalid").At("body", "field.needed")
		}
		for _, id := range ids {
			if err := act(id, on); err != nil {
				return err
			}
		}
		return nil
	}()
	return after(w, r, err, "/bodies/classes/"+r.PathValue("key"), func(f parts.Faults) error { return b.drawClass(w, r, f, again) })
}
