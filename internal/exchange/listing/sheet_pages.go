package listing

import (
	"net/http"

	"github.com/a-h/templ"

	"chonoi/internal/exchange"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/registry"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// Sheet is what the page of one listing is drawn from.
type Sheet struct {
	Kind     string
	Title    string
	TitleIn  string // tongue of the title when it is not the reader's
	Tags     []parts.Tag
	Cited    string // number and day
	Lede     string
	Note     *parts.Empty
	Warning  string
	Key      string // price or deadline, large
	KeyName  string
	KeyNote  string
	Facts    []parts.Fact // the few at the top
	Spec     []parts.Fact // all others
	Sections []Section
	Claims   *parts.Table
	Papers   []parts.Paper
	Closed   string // what is kept for those who are admitted
	Owner    parts.Link
	OwnerIs  string
	Hidden   bool // the owner is anonymous to this reader
	Letters  string
	Related  []parts.Listing
	Below    []templ.Component // what others tell of the listing
	Actions  []parts.Action
	History  string
}

// Section is one titled part of the page: a text, or a list of facts.
type Section struct {
	ID, Title, Text, Lang string
	Facts                 []parts.Fact
}

// Sheet fills the sheet of a listing from what a reader of that level sees of it.
func (s Side[T]) Sheet(r *http.Request, rec *T, level field.Level) (Sheet, error) {
	x, tx, tag := s.x, web.Tx(r), web.Lang(r)
	l := s.Listing(rec)
	v := Sheet{Kind: s.Kind.Name, Lede: l.Summary.In(tag), Cited: web.T(r, "listing.cited", "Number", l.Number, "Day", lang.Date(tag, l.Updated))}
	title, tongue := l.Title.Best(tag)
	v.Title = title
	if tongue != tag {
		v.TitleIn = string(tongue)
		v.Warning = web.T(r, "listing.other_tongue")
	}
	v.Tags = []parts.Tag{{Text: web.T(r, "exchange.kind_"+s.Kind.Name), Kind: s.Kind.Name}}
	if !l.Floor() {
		v.Tags = append(v.Tags, parts.Tag{Text: web.T(r, "state."+l.State)})
	}
	if l.Source != "" {
		v.Tags = append(v.Tags, parts.Tag{Text: web.T(r, "listing.from_source", "Source", l.Source)})
	}
	for _, f := range s.Kind.Fields {
		if f.Lines && f.Name != "summary" && f.Weight == field.InText && !f.Empty(rec) {
			text, in := f.Text(rec).Best(tag)
			one := Section{ID: "s-" + f.Name, Title: Label(r, s.Kind.Name, f.Name), Text: text}
			if in != tag {
				one.Lang = string(in)
			}
			v.Sections = append(v.Sections, one)
		}
	}
	if err := x.sheetOwner(r, &v, l); err != nil {
		return v, err
	}
	claims, err := record.Claims(tx, s.Kind.Name, l.ID)
	if err != nil {
		return v, err
	}
	if len(claims) > 0 {
		table := x.ClaimRows(r, claims)
		v.Claims = &table
	}
	if v.Papers, err = x.papers(r, s.Kind.Name, l.ID, level, l.Anonymous); err != nil {
		return v, err
	}
	x.fillSheet(r, rec, &v)
	v.Actions = s.OwnActions(r, l)
	if level >= field.OwnerOnly {
		v.History = "/" + s.Kind.Name + "s/" + l.ID + "/history"
	}
	return v, nil
}

// sheetOwner names who posted, unless the owner is anonymous to this reader.
func (x View) sheetOwner(r *http.Request, v *Sheet, l *exchange.Listing) error {
	if l.Owner == "" && l.Source != "" {
		holder := l.Holder
		if holder == "" {
			holder = web.T(r, "field.not_told")
		}
		v.OwnerIs = web.T(r, "listing.imported_owner", "Source", l.Source, "Holder", holder)
		return nil
	}
	if l.Owner == "" {
		v.OwnerIs, v.Hidden = web.T(r, "exchange.anonymous_owner"), true
		return nil
	}
	o, err := registry.Organisations.Get(web.Tx(r), l.Owner)
	if err != nil {
		return err
	}
	tag := web.Lang(r)
	v.Owner = parts.Link{Path: "/organisations/" + o.ID, Text: o.Name.In(tag)}
	v.OwnerIs = web.T(r, "listing.owner_is", "Kind", x.Codes.Name("organisation_kinds", o.Kind), "Place", x.Codes.Name("places", o.Place))
	v.Letters = registry.Letters(o.Name.In(tag))
	return nil
}

// fillSheet adds to a sheet what its kind of listing has of its own.
func (x View) fillSheet(r *http.Request, rec any, v *Sheet) {
	switch one := rec.(type) {
	case *exchange.Offer:
		v.Key, v.KeyName, v.KeyNote = x.priceText(r, one), web.T(r, "offer.price"), one.Royalty.In(web.Lang(r))
		v.Facts = x.offerFacts(r, one)
	case *exchange.Need:
		v.KeyName, v.Key = web.T(r, "need.budget"), budgetText(r, one)
		v.Facts = x.needFacts(r, one)
	}
}

// OwnActions are what the owner may do with a listing, on its page.
func (s Side[T]) OwnActions(r *http.Request, l *exchange.Listing) []parts.Action {
	if !web.Actor(r).In(l.Owner) {
		return nil
	}
	var list []parts.Action
	if exchange.Editable(l.State) {
		list = append(list, parts.Action{Path: s.EditPath(l.ID, 1), Text: web.T(r, "listing.edit"), Icon: "pencil"})
	}
	if _, err := exchange.Next(l.State, "renewal"); err == nil {
		kind := "line"
		if l.State == exchange.Expiring || l.State == exchange.Expired {
			kind = ""
		}
		list = append(list, parts.Action{Path: s.Path(l.ID) + "/renewal", Text: web.T(r, "listing.renew"), Kind: kind, Icon: "refresh-cw"})
	}
	list = append(list, parts.Action{Path: s.Path(l.ID) + "/preview?as=public", Text: web.T(r, "listing.preview"), Kind: "line", Icon: "eye"})
	if _, err := exchange.Next(l.State, "withdrawal"); err == nil {
		list = append(list, parts.Action{Path: s.Path(l.ID) + "/withdrawal", Text: web.T(r, "listing.withdraw"), Kind: "line", Icon: "undo-2"})
	} else if _, err := exchange.Next(l.State, "reopening"); err == nil {
		list = append(list, parts.Action{Path: s.Path(l.ID) + "/withdrawal", Text: web.T(r, "listing.reopen"), Icon: "undo-2"})
	}
	return list
}
