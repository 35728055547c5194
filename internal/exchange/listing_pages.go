package exchange

import (
	"net/http"

	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/registry"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// sheet is what the page of one listing is drawn from.
type sheet struct {
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
	Sections []section
	Claims   *parts.Table
	Papers   []parts.Paper
	Closed   string // what is kept for those who are admitted
	Owner    parts.Link
	OwnerIs  string
	Hidden   bool // the owner is anonymous to this reader
	Letters  string
	Related  []parts.Listing
	Actions  []parts.Action
	History  string
}

// section is one titled part of the page: a text, or a list of facts.
type section struct {
	ID, Title, Text, Lang string
	Facts                 []parts.Fact
}

func (x *Exchange) showOffer(w http.ResponseWriter, r *http.Request) error {
	o, level, err := open(x.Offers, r)
	if err != nil {
		return err
	}
	v, err := sheetOf(x.Offers, r, o, level)
	if err != nil {
		return err
	}
	tag := web.Lang(r)
	v.Key, v.KeyName, v.KeyNote = x.priceText(r, o), web.T(r, "offer.price"), o.Royalty.In(tag)
	v.Facts, v.Spec = keyFacts(x.offerFacts(r, o))
	page := x.listingPage(r, &o.Listing, "offer", v)
	page.JSONLD = x.productData(r, o)
	return web.Show(w, r, page, listingPage(v))
}

func (x *Exchange) showNeed(w http.ResponseWriter, r *http.Request) error {
	n, level, err := open(x.Needs, r)
	if err != nil {
		return err
	}
	v, err := sheetOf(x.Needs, r, n, level)
	if err != nil {
		return err
	}
	tag := web.Lang(r)
	v.KeyName, v.Key = web.T(r, "need.budget"), budgetText(r, n)
	v.Facts, v.Spec = keyFacts(x.needFacts(r, n))
	if n.Answer != "" {
		v.Sections = append([]section{{ID: "answer", Title: web.T(r, "need.answer_"+n.Answer), Text: n.AnswerNote.In(tag)}}, v.Sections...)
	}
	page := x.listingPage(r, &n.Listing, "need", v)
	page.JSONLD = x.demandData(r, n)
	return web.Show(w, r, page, listingPage(v))
}

// keyFacts parts the facts into the four that stand at the top and the full list below.
func keyFacts(all []parts.Fact) (top, rest []parts.Fact) {
	n := min(4, len(all))
	return all[:n], all[n:]
}

// open loads a listing as the reader sees it. What is not public, and not the reader's, is not
// said to exist; what was public and has been taken back is Gone.
func open[T any](s *Shelf[T], r *http.Request) (*T, field.Level, error) {
	tx := web.Tx(r)
	whole, err := s.Kind.Get(tx, r.PathValue("id"))
	if err != nil {
		return nil, 0, err
	}
	l := s.Listing(whole)
	level, err := s.x.LevelOf(tx, web.Actor(r), s.Kind.Name, l)
	if err != nil {
		return nil, 0, err
	}
	if !Citable(l.State) && level < field.OwnerOnly {
		if !l.Published.IsZero() {
			return nil, 0, fault.New(fault.Gone, "listing.gone")
		}
		return nil, 0, fault.New(fault.NotFound, "record.not_found")
	}
	return s.See(whole, level), level, nil
}

func (x *Exchange) listingPage(r *http.Request, l *Listing, kind string, v sheet) web.Page {
	return web.Page{Title: v.Title, Description: clip(v.Lede, 300), Section: "/search", NoIndex: !l.Floor(),
		Crumbs: []parts.Crumb{{Path: "/search", Text: web.T(r, "search.title")}, {Path: "/search?kind=" + kind, Text: web.T(r, "exchange.all_"+kind)}, {Text: l.Number}}}
}

// sheetOf fills what both kinds of listing have in common.
func sheetOf[T any](s *Shelf[T], r *http.Request, rec *T, level field.Level) (sheet, error) {
	x, tx, tag := s.x, web.Tx(r), web.Lang(r)
	l := s.Listing(rec)
	v := sheet{Kind: s.Kind.Name, Lede: l.Summary.In(tag), Cited: web.T(r, "listing.cited", "Number", l.Number, "Day", lang.Date(tag, l.Updated))}
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
			one := section{ID: "s-" + f.Name, Title: x.label(r, s.Kind.Name, f.Name), Text: text}
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
		table := x.claimRows(r, claims)
		v.Claims = &table
	}
	if v.Papers, err = x.papers(r, s.Kind.Name, l.ID, level, l.Anonymous); err != nil {
		return v, err
	}
	v.Actions = s.ownActions(r, l)
	if level >= field.OwnerOnly {
		v.History = "/" + s.Kind.Name + "s/" + l.ID + "/history"
	}
	return v, nil
}

// sheetOwner names who posted, unless the owner is anonymous to this reader.
func (x *Exchange) sheetOwner(r *http.Request, v *sheet, l *Listing) error {
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

// label names a fact: the kind's own word, or the one both kinds share.
func (x *Exchange) label(r *http.Request, kind, name string) string {
	if key := kind + "." + name; web.Words(r).Has(key) {
		return web.T(r, key)
	}
	return web.T(r, "listing."+name)
}

func (x *Exchange) offerFacts(r *http.Request, o *Offer) []parts.Fact {
	tag := web.Lang(r)
	facts := []parts.Fact{}
	if o.TRL > 0 {
		facts = append(facts, parts.Fact{Name: web.T(r, "offer.trl"), TRL: int(o.TRL), Note: clip(o.TRLEvidence.In(tag), 120)})
	}
	x.fact(r, &facts, "offer", "ip_status", x.Codes.Name("ip_statuses", o.IPStatus).In(tag), x.names(r, "ip_kinds", o.IPKinds))
	x.fact(r, &facts, "offer", "transfer_right", x.Codes.Name("rights", o.Right).In(tag), o.Territory.In(tag))
	x.fact(r, &facts, "offer", "delivery", o.Delivery.In(tag), "")
	x.fact(r, &facts, "offer", "forms", x.names(r, "transfer_forms", o.Forms), "")
	x.fact(r, &facts, "offer", "objects", x.names(r, "transfer_objects", o.Objects), "")
	x.fact(r, &facts, "offer", "methods", x.names(r, "transfer_methods", o.Methods), "")
	x.fact(r, &facts, "offer", "state_money", x.Codes.Name("state_money", o.StateMoney).In(tag), "")
	x.fact(r, &facts, "offer", "cooperation", x.names(r, "cooperation", o.Cooperation), "")
	x.fact(r, &facts, "offer", "ip_numbers", o.IPNumbers, "")
	if o.Green {
		x.fact(r, &facts, "offer", "green", web.T(r, "field.yes"), "")
	}
	return append(facts, x.sharedFacts(r, &o.Listing)...)
}

func (x *Exchange) needFacts(r *http.Request, n *Need) []parts.Fact {
	tag := web.Lang(r)
	var facts []parts.Fact
	x.fact(r, &facts, "need", "needed_by", lang.Day(tag, n.NeededBy), n.Timing.In(tag))
	if n.TRLMin > 0 {
		facts = append(facts, parts.Fact{Name: web.T(r, "need.trl_min"), TRL: int(n.TRLMin)})
	}
	x.fact(r, &facts, "need", "cooperation", x.names(r, "cooperation", n.Cooperation), "")
	x.fact(r, &facts, "need", "reply_due", lang.Day(tag, n.ReplyDue), "")
	return append(facts, x.sharedFacts(r, &n.Listing)...)
}

func (x *Exchange) sharedFacts(r *http.Request, l *Listing) []parts.Fact {
	tag := web.Lang(r)
	var facts []parts.Fact
	x.fact(r, &facts, "listing", "subjects", x.names(r, "subjects", l.Subjects), "")
	x.fact(r, &facts, "listing", "industries", x.names(r, "industries", l.Industries), "")
	x.fact(r, &facts, "listing", "place", x.Codes.Name("places", l.Place).In(tag), "")
	x.fact(r, &facts, "listing", "holder", l.Holder, "")
	if day, err := when.ParseDay(l.Confirmed); err == nil {
		x.fact(r, &facts, "listing", "confirmed_on", lang.Day(tag, day), "")
	}
	x.fact(r, &facts, "listing", "expires_on", lang.Day(tag, l.Expires), "")
	return facts
}

// fact adds a fact unless it is not told.
func (x *Exchange) fact(r *http.Request, to *[]parts.Fact, kind, name, value, note string) {
	if value != "" {
		*to = append(*to, parts.Fact{Name: x.label(r, kind, name), Value: value, Note: note})
	}
}

func budgetText(r *http.Request, n *Need) string {
	tag := web.Lang(r)
	switch {
	case n.BudgetMin > 0 && n.BudgetMax > 0:
		return web.T(r, "need.budget_between", "Min", lang.Money(tag, n.BudgetMin), "Max", lang.Money(tag, n.BudgetMax))
	case n.BudgetMax > 0:
		return web.T(r, "need.budget_to", "Max", lang.Money(tag, n.BudgetMax))
	case n.BudgetMin > 0:
		return web.T(r, "need.budget_from", "Min", lang.Money(tag, n.BudgetMin))
	}
	return web.T(r, "field.not_told")
}

// names puts the names of codes into one line.
func (x *Exchange) names(r *http.Request, list string, codes []string) string {
	line := ""
	for i, code := range codes {
		if i > 0 {
			line += ", "
		}
		line += x.Codes.Name(list, code).In(web.Lang(r))
	}
	return line
}
