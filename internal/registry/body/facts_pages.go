package body

import (
	"chonoi/internal/fault"
	"net/http"

	"chonoi/internal/lang"
	"chonoi/internal/registry"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

func (b bodies) showFacts(w http.ResponseWriter, r *http.Request) error {
	return b.drawFacts(w, r, parts.Faults{}, b.nameForm, b.parentForm, b.successionForm, b.endForm)
}

// drawFacts shows the forms of one body.
func (b bodies) drawFacts(w http.ResponseWriter, r *http.Request, faults parts.Faults, forms ...func(*http.Request, parts.Faults) form) error {
	o, err := registry.Organisations.Get(web.Tx(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	if !registry.Open(o, web.Actor(r)) {
		return fault.New(fault.NotFound, "record.not_found")
	}
	name := registry.SeenBy(o, web.Actor(r)).Name.In(web.Lang(r))
	v := desk{Title: web.T(r, "bodies.facts", "Name", name), Help: web.T(r, "bodies.facts_help"), Faults: faults}
	for _, one := range forms {
		v.Forms = append(v.Forms, one(r, faults))
	}
	return draw(w, r, v, []parts.Crumb{{Path: "/organisations", Text: web.T(r, "organisation.list")}, {Path: "/organisations/" + o.ID, Text: name}})
}

func path(r *http.Request, rest string) string {
	return "/organisations/" + r.PathValue("id") + rest
}

func (b bodies) nameForm(r *http.Request, faults parts.Faults) form {
	return b.asks(r, "name", path(r, "/names"), faults).ask("", "name_vi", parts.Field{Lang: "vi", Max: 250}).ask("", "name_en", parts.Field{Lang: "en", Max: 250, Optional: true}).
		ask("", "short", parts.Field{Max: 100, Optional: true, Short: true}).day("from").form
}

func (b bodies) parentForm(r *http.Request, faults parts.Faults) form {
	return b.asks(r, "parent", path(r, "/parents"), faults).ask("", "parent", parts.Field{Optional: true, Max: 250}).day("from").form
}

func (b bodies) endForm(r *http.Request, faults parts.Faults) form {
	return b.asks(r, "end", path(r, "/end"), faults).day("last_day").ask("", "decision", parts.Field{Max: 500}).form
}

func (b bodies) successionForm(r *http.Request, faults parts.Faults) form {
	kinds := []parts.Option{{Value: "", Text: web.T(r, "organisation.choose")}}
	for _, kind := range registry.SuccessionKinds {
		kinds = append(kinds, parts.Option{Value: kind, Text: web.T(r, "bodies.kind_"+kind)})
	}
	return b.asks(r, "succession", path(r, "/successions"), faults).ask("select", "kind", parts.Field{Options: kinds}).day("on_day").
		ask("area", "to", parts.Field{Rows: 4, Optional: true, Label: web.T(r, "bodies.ask_heirs"), Hint: web.T(r, "bodies.ask_heirs.hint")}).ask("area", "from", parts.Field{Rows: 2, Optional: true, Label: web.T(r, "bodies.ask_from_more"), Hint: web.T(r, "bodies.ask_from_more.hint")}).
		ask("", "decision", parts.Field{Max: 500}).ask("area", "scope", parts.Field{Rows: 2, Max: 2000, Optional: true}).form
}

func (b bodies) name(w http.ResponseWriter, r *http.Request) error {
	typed := web.Form(r)
	from, err := day(typed, "from")
	if err == nil {
		err = registry.NameFrom(web.Tx(r), web.Actor(r).ID, registry.BodyName{Body: r.PathValue("id"), Name: lang.Both{Vi: typed.Text("name_vi"), En: typed.Text("name_en")}, Short: typed.Text("short"), From: from})
	}
	return after(w, r, err, path(r, ""), func(f parts.Faults) error { return b.drawFacts(w, r, f, b.nameForm) })
}

func (b bodies) place(w http.ResponseWriter, r *http.Request) error {
	err := func() error {
		from, err := day(web.Form(r), "from")
		if err != nil {
			return err
		}
		parents, err := typedBodies(r, from, "parent")
		if err != nil {
			return err
		}
		return registry.PlaceUnder(web.Tx(r), web.Actor(r).ID, r.PathValue("id"), append(parents, "")[0], from)
	}()
	return after(w, r, err, path(r, ""), func(f parts.Faults) error { return b.drawFacts(w, r, f, b.parentForm) })
}

func (b bodies) end(w http.ResponseWriter, r *http.Request) error {
	typed := web.Form(r)
	last, err := day(typed, "last_day")
	if err == nil {
		err = registry.EndBody(web.Tx(r), web.Actor(r).ID, r.PathValue("id"), last, typed.Text("decision"))
	}
	return after(w, r, err, path(r, ""), func(f parts.Faults) error { return b.drawFacts(w, r, f, b.endForm) })
}

func (b bodies) succeed(w http.ResponseWriter, r *http.Request) error {
	err := func() error {
		typed := web.Form(r)
		s := registry.Succession{Kind: typed.Text("kind"), Decision: typed.Text("decision"), Scope: typed.Long("scope")}
		var err error
		if s.On, err = day(typed, "on_day"); err != nil {
			return err
		}
		more, err := typedBodies(r, s.On.AddDays(-1), "from")
		if err != nil {
			return err
		}
		if s.To, err = typedBodies(r, s.On, "to"); err != nil {
			return err
		}
		s.From = append([]string{r.PathValue("id")}, more...)
		return registry.Succeed(web.Tx(r), web.Actor(r).ID, s)
	}()
	return after(w, r, err, path(r, ""), func(f parts.Faults) error { return b.drawFacts(w, r, f, b.successionForm) })
}

func (b bodies) showNew(w http.ResponseWriter, r *http.Request) error {
	return b.drawNew(w, r, parts.Faults{})
}

func (b bodies) drawNew(w http.ResponseWriter, r *http.Request, faults parts.Faults) error {
	kinds := []parts.Option{{Value: "", Text: web.T(r, "organisation.choose")}}
	for _, kind := range b.Codes.Of("organisation_kinds") {
		if registry.StateKind(kind.Code) {
			kinds = append(kinds, parts.Option{Value: kind.Code, Text: kind.Name.In(web.Lang(r))})
		}
	}
	places := []parts.Option{{Value: "", Text: web.T(r, "organisation.choose")}}
	for _, place := range b.Codes.Of("places") {
		places = append(places, parts.Option{Value: place.Code, Text: place.Name.In(web.Lang(r))})
	}
	one := b.asks(r, "new", "/bodies", faults).ask("", "name_vi", parts.Field{Lang: "vi", Max: 250}).ask("", "name_en", parts.Field{Lang: "en", Max: 250, Optional: true}).
		ask("", "short", parts.Field{Max: 100, Optional: true, Short: true}).ask("select", "kind", parts.Field{Options: kinds, Label: web.T(r, "organisation.kind")}).
		ask("select", "place", parts.Field{Options: places, Label: web.T(r, "organisation.place"), Optional: true}).
		ask("", "since", parts.Field{Type: "date", Short: true, Optional: true})
	return draw(w, r, desk{Title: web.T(r, "bodies.form_new"), Faults: faults, Forms: []form{one.form}}, []parts.Crumb{{Path: "/organisations", Text: web.T(r, "organisation.list")}})
}

func (b bodies) found(w http.ResponseWriter, r *http.Request) error {
	typed := web.Form(r)
	o := &registry.Organisation{Name: lang.Both{Vi: typed.Text("name_vi"), En: typed.Text("name_en")}, ShortName: typed.Text("short")}
	if kind := typed.Text("kind"); b.Codes.Has("organisation_kinds", kind) {
		o.Kind = kind
	}
	if place := typed.Text("place"); b.Codes.Has("places", place) {
		o.Place = place
	}
	var from when.Day
	var err error
	if typed.Text("since") != "" {
		from, err = day(typed, "since")
	}
	if err == nil {
		err = registry.FoundBody(web.Tx(r), web.Actor(r), o, from)
	}
	return after(w, r, err, "/organisations/"+o.ID, func(f parts.Faults) error { return b.drawNew(w, r, f) })
}
