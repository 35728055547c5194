package floor

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"chonoi/internal/exchange"
	"chonoi/internal/exchange/listing"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

func (x floor) showOffer(w http.ResponseWriter, r *http.Request) error {
	o, level, err := x.offers.open(r)
	if err != nil {
		return x.offers.orLead(w, r, err)
	}
	v, err := x.offers.Sheet(r, o, level)
	if err != nil {
		return err
	}
	merged, err := x.offers.mergedAction(r, &o.Listing)
	if err != nil {
		return err
	}
	v.Actions = slices.Concat(toEnquiry(r, "/offers/"+o.ID, &o.Listing, level), merged, v.Actions)
	v.Facts, v.Spec = keyFacts(v.Facts)
	if v.Below, err = x.below(r, "offer", o.ID); err != nil {
		return err
	}
	page := x.listingPage(r, &o.Listing, "offer", v)
	page.JSONLD = x.productData(r, o)
	return web.Show(w, r, page, listing.SheetPage(v))
}

func (x floor) showNeed(w http.ResponseWriter, r *http.Request) error {
	n, level, err := x.needs.open(r)
	if err != nil {
		return x.needs.orLead(w, r, err)
	}
	v, err := x.needs.Sheet(r, n, level)
	if err != nil {
		return err
	}
	merged, err := x.needs.mergedAction(r, &n.Listing)
	if err != nil {
		return err
	}
	v.Actions = slices.Concat(toEnquiry(r, "/needs/"+n.ID, &n.Listing, level), merged, v.Actions)
	v.Facts, v.Spec = keyFacts(v.Facts)
	if n.Answer != "" {
		v.Sections = append([]listing.Section{{ID: "answer", Title: web.T(r, "need.answer_"+n.Answer), Text: n.AnswerNote.In(web.Lang(r))}}, v.Sections...)
	}
	if v.Below, err = x.below(r, "need", n.ID); err != nil {
		return err
	}
	page := x.listingPage(r, &n.Listing, "need", v)
	page.JSONLD = x.demandData(r, n)
	return web.Show(w, r, page, listing.SheetPage(v))
}

// toEnquiry leads everybody but the owner and the officers to the enquiry about a listing on the floor.
func toEnquiry(r *http.Request, path string, l *exchange.Listing, level field.Level) []parts.Action {
	if !l.Floor() || level >= field.OwnerOnly {
		return nil
	}
	return []parts.Action{{Path: path + "/enquiry", Text: web.T(r, "listing.ask"), Icon: "message-square"}}
}

// Beside draws what the page of a listing tells besides, such as its matches; nil for nothing.
type Beside func(r *http.Request, kind, id string) (templ.Component, error)

// below is what stands below the facts of a listing.
func (x floor) below(r *http.Request, kind, id string) (all []templ.Component, err error) {
	for _, beside := range x.besides {
		part, err := beside(r, kind, id)
		if err != nil {
			return nil, err
		}
		if part != nil {
			all = append(all, part)
		}
	}
	return all, nil
}

// keyFacts parts the facts into the four that stand at the top and the full list below.
func keyFacts(all []parts.Fact) (top, rest []parts.Fact) {
	n := min(4, len(all))
	return all[:n], all[n:]
}

// open loads a listing as the reader sees it. What is not public, and not the reader's, is not
// said to exist; what was public and has been taken back is Gone.
func (s side[T]) open(r *http.Request) (*T, field.Level, error) {
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
	if !exchange.Citable(l.State) && level < field.OwnerOnly {
		if !l.Published.IsZero() {
			return nil, 0, fault.New(fault.Gone, "listing.gone")
		}
		return nil, 0, fault.New(fault.NotFound, "record.not_found")
	}
	return s.See(whole, level), level, nil
}

func (x floor) listingPage(r *http.Request, l *exchange.Listing, kind string, v listing.Sheet) web.Page {
	return web.Page{Title: v.Title, Description: exchange.Clip(v.Lede, 300), Section: "/search", NoIndex: !l.Floor(),
		Crumbs: []parts.Crumb{{Path: "/search", Text: web.T(r, "search.title")}, {Path: "/search?kind=" + kind, Text: web.T(r, "exchange.all_"+kind)}, {Text: l.Number}}}
}
