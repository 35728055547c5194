package registry

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"chonoi/internal/account"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// listSize is how many organisations a page of the list has.
const listSize = 24

// directory is what the list of organisations is drawn from.
type directory struct {
	Text    string
	Facets  []parts.Facet
	InForce int
	Rows    []entry
	Pager   parts.Pager
	Nothing *parts.Empty
}

// entry is one organisation in the list.
type entry struct {
	Path, Letters, Name, Lang, Is, About string
}

// sheet is what the page of one organisation is drawn from.
type sheet struct {
	Name, NameIn, Letters, Kind string
	Confirmed                   bool
	State                       string // said when it is not confirmed
	Refusal                     string
	About, AboutIn              string
	Facts                       []parts.Fact
	Contacts                    []contact
	Subjects                    []parts.Chip
	Stall, Past                 templ.Component
	Actions                     []parts.Action
	Join                        string // where one asks to act for it; empty when one may not
	Asked                       bool
	Decision                    *decision
}

// contact is a way to reach the organisation.
type contact struct{ Icon, Name, Text, Link string }

// decision is the form by which an officer confirms or refuses.
type decision struct {
	Confirm, Refuse string
	Reason          parts.Field
	Faults          parts.Faults
	TaxCode         string
}

func (g *Registry) showOrganisations(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	sought := Sought{Text: clean(q.Get("q"), 100), Kinds: g.known("organisation_kinds", q["kind"]), Places: g.known("places", q["place"]), After: q.Get("after"), Limit: listSize + 1}
	list, err := Find(web.Tx(r), sought)
	if err != nil {
		return err
	}
	v := directory{Text: sought.Text, InForce: len(sought.Kinds) + len(sought.Places), Facets: []parts.Facet{
		g.facet(r, "kind", "organisation_kinds", sought.Kinds), g.facet(r, "place", "places", sought.Places)}}
	if sought.After != "" {
		v.Pager.First = sought.address("")
	}
	if len(list) > listSize {
		list = list[:listSize]
		v.Pager.Next = sought.address(list[listSize-1].ID)
	}
	for _, o := range list {
		v.Rows = append(v.Rows, g.entry(r, See(o, field.Public)))
	}
	if len(v.Rows) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "organisation.none"), Text: web.T(r, "organisation.none_help"),
			Actions: []parts.Action{{Path: "/organisations", Text: web.T(r, "organisation.all"), Kind: "line"}, {Path: "/organisations/new", Text: web.T(r, "organisation.found")}}}
	}
	page := web.Page{Title: web.T(r, "organisation.list"), Description: web.T(r, "organisation.list_help"), Section: "/organisations",
		NoIndex: r.URL.RawQuery != "", Crumbs: []parts.Crumb{{Text: web.T(r, "organisation.list")}}}
	return web.Show(w, r, page, organisationsPage(v))
}

func clean(text string, most int) string {
	letters := []rune(lang.Clean(text))
	return string(letters[:min(len(letters), most)])
}

// known keeps the values that stand in a code list.
func (g *Registry) known(list string, values []string) []string {
	var all []string
	for _, v := range values {
		if g.Codes.Has(list, v) && !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	return all
}

func (g *Registry) facet(r *http.Request, name, list string, chosen []string) parts.Facet {
	f := parts.Facet{Name: name, Title: web.T(r, "organisation."+name)}
	for _, c := range g.Codes.Of(list) {
		f.Options = append(f.Options, parts.Option{Value: c.Code, Text: c.Name.In(web.Lang(r)), On: slices.Contains(chosen, c.Code)})
	}
	return f
}

// address is the list's address for the same search, after an organisation.
func (q Sought) address(after string) string {
	v := url.Values{}
	for name, values := range map[string][]string{"q": {q.Text}, "kind": q.Kinds, "place": q.Places, "after": {after}} {
		for _, value := range values {
			if value != "" {
				v.Add(name, value)
			}
		}
	}
	if len(v) == 0 {
		return "/organisations"
	}
	return "/organisations?" + v.Encode()
}

func (g *Registry) entry(r *http.Request, o *Organisation) entry {
	name, tongue := o.Name.Best(web.Lang(r))
	e := entry{Path: "/organisations/" + o.ID, Letters: Letters(name), Name: name, Is: g.is(r, o), About: o.About.In(web.Lang(r))}
	if tongue != web.Lang(r) {
		e.Lang = string(tongue)
	}
	if letters := []rune(e.About); len(letters) > 200 {
		e.About = strings.TrimRight(string(letters[:200]), " ,.;") + "…"
	}
	return e
}

// is tells what the organisation is and where, as far as that is told.
func (g *Registry) is(r *http.Request, o *Organisation) string {
	kind := g.Codes.Name("organisation_kinds", o.Kind)
	if o.Place == "" {
		return kind.In(web.Lang(r))
	}
	return web.T(r, "organisation.is", "Kind", kind, "Place", g.Codes.Name("places", o.Place))
}

func (g *Registry) showOrganisation(w http.ResponseWriter, r *http.Request) error {
	return g.drawOrganisation(w, r, "", parts.Faults{})
}

// drawOrganisation shows an organisation as the reader may see it; reason and faults are what an
// officer typed into the form of a refusal.
func (g *Registry) drawOrganisation(w http.ResponseWriter, r *http.Request, reason string, faults parts.Faults) error {
	actor, tag := web.Actor(r), web.Lang(r)
	whole, err := Organisations.Get(web.Tx(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	if !Open(whole, actor) {
		return fault.New(fault.NotFound, "record.not_found")
	}
	o := See(whole, levelOf(whole, actor))
	v := sheet{Kind: g.Codes.Name("organisation_kinds", o.Kind).In(tag), Confirmed: o.State == "confirmed", Refusal: o.Refusal}
	v.Name, v.NameIn = best(o.Name, tag)
	v.About, v.AboutIn = best(o.About, tag)
	v.Letters = Letters(v.Name)
	if !v.Confirmed {
		v.State = web.T(r, "organisation.state_"+o.State)
	}
	g.fillFacts(r, o, &v)
	if err := g.fillActions(r, o, &v); err != nil {
		return err
	}
	if g.Stall != nil {
		if v.Stall, err = g.Stall(r, o.ID); err != nil {
			return err
		}
	}
	if g.Past != nil && v.Confirmed {
		if v.Past, err = g.Past(r, o.ID); err != nil {
			return err
		}
	}
	if o.State == "unconfirmed" && account.MayReview.Allows(actor) && !actor.In(o.ID) {
		v.Decision = &decision{Confirm: "/organisations/" + o.ID + "/confirmation", Refuse: "/organisations/" + o.ID + "/refusal", Faults: faults, TaxCode: o.TaxCode,
			Reason: parts.Field{Name: "reason", Label: web.T(r, "organisation.reason"), Hint: web.T(r, "organisation.reason_hint"), Value: reason, Error: faults.At("reason"), Max: 2000}}
	}
	page := web.Page{Title: v.Name, Description: clean(v.About, 300), Section: "/organisations", NoIndex: !v.Confirmed, JSONLD: g.data(r, o),
		Crumbs: []parts.Crumb{{Path: "/organisations", Text: web.T(r, "organisation.list")}, {Text: v.Name}}}
	if faults.Any() {
		page.Amiss, page.Status = true, http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, organisationPage(v))
}

// SeenBy returns the organisation as somebody may see it.
func SeenBy(o *Organisation, a account.Actor) *Organisation { return See(o, levelOf(o, a)) }

// levelOf is what the actor may see of an organisation.
func levelOf(o *Organisation, actor account.Actor) field.Level {
	switch {
	case actor.In(o.ID), actor.SeesAll():
		return field.OwnerOnly
	case actor.SignedIn():
		return field.SignedIn
	}
	return field.Public
}

// best returns a text for the reader, and its tongue when that is not the reader's.
func best(text lang.Both, tag lang.Tag) (string, string) {
	said, tongue := text.Best(tag)
	if tongue == tag {
		return said, ""
	}
	return said, string(tongue)
}

func (g *Registry) fillFacts(r *http.Request, o *Organisation, v *sheet) {
	tag := web.Lang(r)
	fact := func(name, value string) {
		if value != "" {
			v.Facts = append(v.Facts, parts.Fact{Name: web.T(r, "organisation."+name), Value: value})
		}
	}
	if o.Founded > 0 {
		fact("founded", fmt.Sprint(o.Founded))
	}
	if o.Staff > 0 {
		fact("staff", lang.Number(tag, o.Staff))
	}
	fact("tax_code", o.TaxCode)
	fact("number", o.Number)
	reach := func(icon, name, text, link string) {
		if text != "" {
			v.Contacts = append(v.Contacts, contact{icon, web.T(r, "organisation."+name), text, link})
		}
	}
	reach("map-pin", "address", o.Address.In(tag), "")
	if o.Address.Empty() {
		reach("map-pin", "place", g.Codes.Name("places", o.Place).In(tag), "")
	}
	reach("globe", "website", strings.TrimPrefix(strings.TrimPrefix(o.Website, "https://"), "http://"), o.Website)
	reach("mail", "email", o.Email, "mailto:"+o.Email)
	reach("phone", "phone", o.Phone, "")
	reach("languages", "languages", o.Languages, "")
	for _, code := range o.Subjects {
		v.Subjects = append(v.Subjects, parts.Chip{Path: "/search?subjects=" + url.QueryEscape(code), Text: g.Codes.Name("subjects", code).In(tag)})
	}
}

// fillActions tells what the reader may do here: edit, see the members, or ask to join.
func (g *Registry) fillActions(r *http.Request, o *Organisation, v *sheet) error {
	actor, path := web.Actor(r), "/organisations/"+o.ID
	if actor.Manages(o.ID) {
		v.Actions = append(v.Actions, parts.Action{Path: path + "/edit", Text: web.T(r, "organisation.edit"), Kind: "line", Icon: "pencil"})
	}
	if actor.In(o.ID) {
		v.Actions = append(v.Actions, parts.Action{Path: path + "/members", Text: web.T(r, "organisation.members"), Kind: "line", Icon: "users"})
		return nil
	}
	if !account.MayPost.Allows(actor) || o.State != "confirmed" {
		return nil
	}
	v.Join = path + "/membership"
	if g.Asked == nil {
		return nil
	}
	asked, err := g.Asked(web.Tx(r), actor)
	v.Asked = slices.Contains(asked, o.ID)
	return err
}

// data is the organisation for machines, as schema.org's Organization; nothing before it is confirmed.
func (g *Registry) data(r *http.Request, o *Organisation) any {
	if o.State != "confirmed" {
		return nil
	}
	tag := web.Lang(r)
	public := See(o, field.Public)
	data := map[string]any{"@context": "https://schema.org", "@type": "Organization", "name": public.Name.In(tag), "identifier": public.Number,
		"url": web.BaseURL(r) + parts.InTongue(tag, "/organisations/"+o.ID)}
	for name, value := range map[string]string{"description": public.About.In(tag), "alternateName": public.ShortName, "sameAs": public.Website,
		"taxID": public.TaxCode, "address": public.Address.In(tag), "email": public.Email, "telephone": public.Phone} {
		if value != "" {
			data[name] = value
		}
	}
	if public.Founded > 0 {
		data["foundingDate"] = fmt.Sprint(public.Founded)
	}
	return data
}

func (g *Registry) confirm(w http.ResponseWriter, r *http.Request) error {
	return g.decide(w, r, true, "organisation.done_confirmed")
}

func (g *Registry) refuse(w http.ResponseWriter, r *http.Request) error {
	return g.decide(w, r, false, "organisation.done_refused")
}

func (g *Registry) decide(w http.ResponseWriter, r *http.Request, confirmed bool, word string) error {
	id, reason := r.PathValue("id"), web.Form(r).Long("reason")
	faults, err := web.Faults(r, g.Decide(web.Tx(r), web.Actor(r), id, confirmed, reason))
	if err != nil {
		return err
	}
	if faults.Any() {
		return g.drawOrganisation(w, r, reason, faults)
	}
	web.Notice(w, r, word)
	return web.Goto(w, r, "/organisations/"+id)
}
