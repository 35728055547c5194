package duplicate

import (
	"net/http"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/listing"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// pairView is what the page of one pair is drawn from.
type pairView struct {
	Heading string
	Kind    parts.Tag
	Beside  listing.Beside
	Verdict string // what was decided, by whom and when
	Note    string
	Barred  string // why this reader may not decide
	Idle    bool   // one of the two is not there any more
	Path    string
	Stays   parts.Field
	Say     parts.Field
	Faults  parts.Faults
}

// bench is what officers do with the pairs of one side of the market.
type bench interface {
	view(r *http.Request, one, other string, faults parts.Faults) (pairView, error)
	Merge(tx *db.Tx, officer account.Actor, gone, stays, note string) error
	KeepBoth(tx *db.Tx, officer account.Actor, one, other, note string) error
	Undo(tx *db.Tx, officer account.Actor, one, other string) error
}

func (d *duplicates) bench(r *http.Request) (bench, error) {
	switch r.PathValue("kind") {
	case exchange.Offers.Name:
		return d.offers, nil
	case exchange.Needs.Name:
		return d.needs, nil
	}
	return nil, fault.New(fault.NotFound, "record.not_found")
}

func (d *duplicates) showPair(w http.ResponseWriter, r *http.Request) error {
	return d.drawPair(w, r, parts.Faults{})
}

func (d *duplicates) drawPair(w http.ResponseWriter, r *http.Request, faults parts.Faults) error {
	b, err := d.bench(r)
	if err != nil {
		return err
	}
	v, err := b.view(r, r.PathValue("one"), r.PathValue("other"), faults)
	if err != nil {
		return err
	}
	page := web.Page{Title: v.Heading, Section: "/desk", NoIndex: true, Amiss: faults.Any(),
		Crumbs: []parts.Crumb{{Path: "/desk", Text: web.T(r, "desk.title")}, {Path: "/duplicates", Text: web.T(r, "duplicate.title")}, {Text: v.Heading}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, pairPage(v))
}

// view fills the page of two listings, whole as officers see them.
func (s side[T]) view(r *http.Request, one, other string, faults parts.Faults) (pairView, error) {
	tx := web.Tx(r)
	d, a, b, err := s.Pair(tx, one, other)
	if err != nil {
		return pairView{}, err
	}
	left, right := s.Listing(a), s.Listing(b)
	v := pairView{Heading: web.T(r, "duplicate.pair", "One", left.Number, "Other", right.Number), Path: pairPath(s.Kind.Name, one, other),
		Kind: parts.Tag{Text: web.T(r, "exchange.kind_"+s.Kind.Name), Kind: s.Kind.Name}, Faults: faults}
	if v.Beside, err = s.Beside(r, a, b, s.Alike(a, b), true); err != nil {
		return v, err
	}
	actor := web.Actor(r)
	for _, l := range []*exchange.Listing{left, right} {
		if f, isFault := fault.As(exchange.Impartial(actor, l)); isFault {
			v.Barred = web.T(r, f.Key, f.Args...)
		}
	}
	if !account.MayReview.Allows(actor) {
		v.Barred = web.T(r, "duplicate.only_read")
	}
	if d.Verdict != "" {
		who, err := s.x.who(r, d)
		if err != nil {
			return v, err
		}
		v.Verdict = web.T(r, "duplicate.told_"+d.Verdict, "Who", who, "At", lang.DateTime(web.Lang(r), d.Decided), "Stays", numberOf(d.Stays, left, right))
		v.Note = d.Note
		return v, nil
	}
	v.Idle = left.State == exchange.Withdrawn || right.State == exchange.Withdrawn
	v.fill(r, left, right)
	return v, nil
}

// fill makes the form of a verdict. The listing that was there first is proposed to stay.
func (v *pairView) fill(r *http.Request, left, right *exchange.Listing) {
	form := web.Form(r)
	chosen := form.Text("stays")
	if chosen == "" {
		chosen = proposed(left, right).ID
	}
	v.Stays = parts.Field{Name: "stays", Label: web.T(r, "duplicate.stays"), Hint: web.T(r, "duplicate.stays_hint"), Error: v.Faults.At("stays")}
	for _, l := range []*exchange.Listing{left, right} {
		v.Stays.Options = append(v.Stays.Options, parts.Option{Value: l.ID, Text: web.T(r, "duplicate.this_stays", "Number", l.Number, "State", web.T(r, "state."+l.State)), On: chosen == l.ID})
	}
	v.Say = parts.Field{Name: "note", Label: web.T(r, "duplicate.note"), Hint: web.T(r, "duplicate.note_hint"), Value: form.Long("note"), Rows: 3, Optional: true}
}

// proposed is the listing that everybody can open; of two such, the older one.
func proposed(a, b *exchange.Listing) *exchange.Listing {
	switch publicA, publicB := exchange.Citable(a.State), exchange.Citable(b.State); {
	case publicA && !publicB:
		return a
	case publicB && !publicA:
		return b
	}
	if b.Created.Before(a.Created) {
		return b
	}
	return a
}

func numberOf(id string, all ...*exchange.Listing) string {
	for _, l := range all {
		if l.ID == id {
			return l.Number
		}
	}
	return ""
}

// who names the officer who decided on a pair.
func (d *duplicates) who(r *http.Request, pair *exchange.Duplicate) (string, error) {
	if d.People == nil {
		return web.T(r, "duplicate.an_officer"), nil
	}
	names, err := d.People(web.Tx(r), string(pair.By))
	if err != nil || names[string(pair.By)] != "" {
		return names[string(pair.By)], err
	}
	return web.T(r, "duplicate.an_officer"), nil
}

func (d *duplicates) merge(w http.ResponseWriter, r *http.Request) error {
	return d.act(w, r, "duplicate.done_merged", func(b bench, one, other string) error {
		form := web.Form(r)
		stays, gone := form.Text("stays"), one
		switch stays {
		case one:
			gone = other
		case other:
		default:
			return fault.New(fault.Invalid, "duplicate.not_complete").At("stays", "duplicate.stays_needed")
		}
		return b.Merge(web.Tx(r), web.Actor(r), gone, stays, form.Long("note"))
	})
}

func (d *duplicates) keepBoth(w http.ResponseWriter, r *http.Request) error {
	return d.act(w, r, "duplicate.done_kept", func(b bench, one, other string) error {
		return b.KeepBoth(web.Tx(r), web.Actor(r), one, other, web.Form(r).Long("note"))
	})
}

func (d *duplicates) undo(w http.ResponseWriter, r *http.Request) error {
	return d.act(w, r, "duplicate.done_undone", func(b bench, one, other string) error {
		return b.Undo(web.Tx(r), web.Actor(r), one, other)
	})
}

// act does something with the pair of an address and shows the pair again, with what was amiss or done.
func (d *duplicates) act(w http.ResponseWriter, r *http.Request, done string, do func(b bench, one, other string) error) error {
	b, err := d.bench(r)
	if err != nil {
		return err
	}
	one, other := r.PathValue("one"), r.PathValue("other")
	err = do(b, one, other)
	if f, isFault := fault.As(err); isFault && f.Kind == fault.Conflict {
		return d.drawPair(w, r, parts.Faults{Title: web.T(r, f.Key, f.Args...)})
	}
	faults, err := web.Faults(r, err)
	if err != nil {
		return err
	}
	if faults.Any() {
		return d.drawPair(w, r, faults)
	}
	web.Notice(w, r, done)
	return web.Goto(w, r, pairPath(r.PathValue("kind"), one, other))
}
