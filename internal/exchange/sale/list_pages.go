package sale

import (
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"chonoi/internal/exchange"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

const listSize = 30

type listView struct {
	Title, Lede string
	Boxes       []parts.Option // path in Value
	Rows        []rowView
	Pager       parts.Pager
	Nothing     *parts.Empty
}

type rowView struct {
	Path, Number, Text, TextIn, Note string
	Light                            parts.Light
}

// boxes are the lists of sales that everybody sees.
var boxes = []struct {
	name   string
	states []string
}{
	{"", []string{Announced, Open, Revealing, Evaluating, Settling}},
	{"ended", []string{Awarded, Void, Cancelled}},
}

func (x *House) showAll(w http.ResponseWriter, r *http.Request) error {
	after, name := r.URL.Query().Get("after"), r.URL.Query().Get("box")
	box := boxes[0]
	if name == boxes[1].name {
		box = boxes[1]
	}
	all, err := Public(web.Tx(r), box.states, after, listSize+1)
	if err != nil {
		return err
	}
	path := "/sales"
	if box.name != "" {
		path += "?box=" + box.name
	}
	v := listView{Title: web.T(r, "sale.list"), Lede: web.T(r, "sale.lede"), Boxes: x.boxes(r, path)}
	v.page(r, all, after, path)
	if len(all) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "sale.none"), Text: web.T(r, "sale.none_help"), Actions: []parts.Action{{Path: "/search?kind=offer", Text: web.T(r, "sale.to_offers"), Kind: "line"}}}
	}
	page := web.Page{Title: v.Title, Description: v.Lede, Section: "/search", NoIndex: after != "", Crumbs: []parts.Crumb{{Text: v.Title}}}
	return web.Show(w, r, page, listPage(v))
}

func (x *House) boxes(r *http.Request, now string) []parts.Option {
	all := []parts.Option{{Value: "/sales", Text: web.T(r, "sale.box_running")}, {Value: "/sales?box=ended", Text: web.T(r, "sale.box_ended")}}
	if web.Actor(r).SignedIn() {
		all = append(all, parts.Option{Value: "/sales/mine", Text: web.T(r, "sale.mine")})
	}
	for i := range all {
		all[i].On = all[i].Value == now
	}
	return all
}

// page puts sales into rows, with the way to the next page.
func (v *listView) page(r *http.Request, all []*Sale, after, path string) {
	link := func(id string) string {
		u, _ := url.Parse(path)
		q := u.Query()
		if id != "" {
			q.Set("after", id)
		}
		u.RawQuery = q.Encode()
		return u.String()
	}
	if len(all) > listSize {
		all = all[:listSize]
		v.Pager.Next = link(all[listSize-1].ID)
	}
	if after != "" {
		v.Pager.First = link("")
	}
	for _, s := range all {
		v.Rows = append(v.Rows, rowOf(r, s))
	}
}

func rowOf(r *http.Request, s *Sale) rowView {
	line := rowView{Path: "/sales/" + s.ID, Number: s.Number, Light: light(r, s)}
	line.Text, line.TextIn = best(r, s.Title)
	line.Note = web.T(r, "sale.mode_"+s.Mode) + " · " + web.T(r, "sale.closes", "At", lang.DateTime(web.Lang(r), when.Time(s.Closes)))
	if s.Start > 0 {
		line.Note += " · " + web.T(r, "sale.from", "Sum", dong(r, s.Start))
	}
	return line
}

// light tells the state of a sale as it is at this instant, whether the clock has worked or not.
func light(r *http.Request, s *Sale) parts.Light {
	state, now := s.State, web.Tx(r).Now
	switch {
	case s.Bidding(now):
		state = Open
	case s.Opening(now):
		state = Revealing
	case (state == Open || state == Announced) && when.Micro(now) >= s.Closes:
		return parts.Light{Kind: "run", Text: web.T(r, "sale.state_closed")}
	}
	kind := map[string]string{Draft: "idle", Announced: "run", Open: "ok", Revealing: "run", Evaluating: "run", Settling: "run", Awarded: "ok", Void: "idle", Cancelled: "idle"}[state]
	return parts.Light{Kind: kind, Text: web.T(r, "sale.state_"+state)}
}

func best(r *http.Request, b lang.Both) (text, tongue string) {
	text, in := b.Best(web.Lang(r))
	if in != web.Lang(r) {
		tongue = string(in)
	}
	return text, tongue
}

func dong(r *http.Request, n int64) string {
	return lang.Number(web.Lang(r), n) + " " + web.T(r, "enquiry.dong")
}

func (x *House) showMine(w http.ResponseWriter, r *http.Request) error {
	after, ids := r.URL.Query().Get("after"), []string{}
	for _, m := range web.Actor(r).Memberships {
		ids = append(ids, m.Organisation)
	}
	all, err := Mine(web.Tx(r), ids, after, listSize+1)
	if err != nil {
		return err
	}
	v := listView{Title: web.T(r, "sale.mine"), Lede: web.T(r, "sale.mine_help"), Boxes: x.boxes(r, "/sales/mine")}
	v.page(r, all, after, "/sales/mine")
	if len(all) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "sale.no_own"), Text: web.T(r, "sale.no_own_help"), Actions: []parts.Action{{Path: "/sales", Text: web.T(r, "sale.list"), Kind: "line"}, {Path: "/mine", Text: web.T(r, "sale.to_mine"), Kind: "line"}}}
	}
	page := web.Page{Title: v.Title, Section: "/deals", NoIndex: true, Crumbs: []parts.Crumb{{Path: "/sales", Text: web.T(r, "sale.list")}, {Text: v.Title}}}
	return web.Show(w, r, page, listPage(v))
}

type besideView struct {
	Rows []rowView
	New  string // where the owner puts the offer up for sale; "" when he may not
}

// Beside draws on the page of an offer the sales in which it is or was sold, and for its owner the way to
// put it up.
func (x *House) Beside(r *http.Request, kind, id string) (templ.Component, error) {
	if kind != exchange.Offers.Name {
		return nil, nil
	}
	o, err := exchange.Offers.Get(web.Tx(r), id)
	if err != nil {
		return nil, err
	}
	if o.Anonymous {
		return nil, nil // a sale names its seller
	}
	all, err := OfListing(web.Tx(r), id)
	if err != nil {
		return nil, err
	}
	var v besideView
	for _, s := range all {
		v.Rows = append(v.Rows, rowOf(r, s))
	}
	open, err := running(web.Tx(r), id)
	if err != nil {
		return nil, err
	}
	if web.Actor(r).Manages(o.Owner) && o.Floor() && len(open) == 0 {
		v.New = "/offers/" + id + "/sale"
	}
	if len(v.Rows) == 0 && v.New == "" {
		return nil, nil
	}
	return besidePart(v), nil
}
