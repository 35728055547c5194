package sale

import (
	"net/http"
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/acts"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// saleView is the page of a sale.
type saleView struct {
	Path, Number, Title, TitleIn, Listing, By string
	Light                                     parts.Light
	ModeText, ModeHelp                        string
	Facts, Terms                              []parts.Fact
	Way                                       []parts.Moment
	Conditions, ConditionsIn                  string
	Criteria                                  *parts.Table
	Note                                      string // why it ended, or was cancelled
	Live                                      *liveView
	Result                                    []parts.Fact
	Ranking                                   *parts.Table
	Minutes                                   bool
	Mine                                      []mineView
	Forms                                     []*acts.Form
	SignIn                                    bool
	Edit                                      string
	Bidders                                   *parts.Table
	Faults                                    parts.Faults
}

// liveView is an auction as it stands, drawn anew while it runs.
type liveView struct {
	Path        string
	Runs        bool
	Facts       []parts.Fact
	Bids        parts.Table
	Steps       []stepView
	First, Last string // prices
}

// stepView is a bid in the drawing: where it stands of 100 across and up.
type stepView struct{ X, Y string }

// mineView is what an organisation of the reader may do in a sale.
type mineView struct {
	Name  string
	Light parts.Light
	Facts []parts.Fact
	Text  string
	Seal  *sealView
	Forms []*acts.Form
}

func (x *House) showOne(w http.ResponseWriter, r *http.Request) error {
	s, err := Of(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return x.draw(w, r, s, "", parts.Faults{})
}

func (x *House) draw(w http.ResponseWriter, r *http.Request, s *Sale, sent string, faults parts.Faults) error {
	names, err := x.Deals.Names(web.Tx(r), s.Owner)
	if err != nil {
		return err
	}
	tag, path := web.Lang(r), "/sales/"+s.ID
	v := &saleView{Path: path, Number: s.Number, Listing: "/offers/" + s.Listing, By: web.T(r, "sale.by", "Seller", names[s.Owner].In(tag)), Light: light(r, s),
		ModeText: web.T(r, "sale.mode_"+s.Mode), ModeHelp: web.T(r, "sale.mode_"+s.Mode+"_help"), Faults: faults, SignIn: !web.Actor(r).SignedIn()}
	v.Title, v.TitleIn = best(r, s.Title)
	v.Conditions, v.ConditionsIn = best(r, s.Conditions)
	v.tell(x, r, s)
	criteria, err := Criteria(web.Tx(r), s.ID)
	if err != nil {
		return err
	}
	if len(criteria) > 0 {
		v.Criteria = criteriaTable(r, criteria)
	}
	f := &acts.Forms{Request: r, Faults: faults, Sent: sent}
	for _, fill := range []func(*saleView, *http.Request, *Sale, *acts.Forms) error{x.fillLive, x.fillResult, x.fillMine, x.fillSeller} {
		if err := fill(v, r, s, f); err != nil {
			return err
		}
	}
	page := web.Page{Title: s.Number + " " + v.Title, Description: v.ModeText, Section: "/search", Amiss: faults.Any(), Scripts: []string{"js/seal.js"}, NoIndex: s.State == Draft,
		Crumbs: []parts.Crumb{{Path: "/sales", Text: web.T(r, "sale.list")}, {Text: s.Number}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, salePage(v))
}

// tell tells what the sale says.
func (v *saleView) tell(x *House, r *http.Request, s *Sale) {
	tag := web.Lang(r)
	fact := func(key, value string) parts.Fact { return parts.Fact{Name: web.T(r, key), Value: value} }
	moment := func(at int64) string { return lang.DateTime(tag, when.Time(at)) }
	if s.Start > 0 {
		v.Facts = append(v.Facts, fact("sale.f_start_"+s.Mode, dong(r, s.Start)))
	}
	if s.Mode == Auction {
		v.Facts = append(v.Facts, fact("sale.f_step", dong(r, s.Step)))
	}
	v.Facts = append(v.Facts, fact("sale.f_opens_at", moment(s.Opens)), fact("sale.f_closes_at", moment(s.Closes)))
	if s.Deposit > 0 {
		v.Facts = append(v.Facts, fact("sale.f_deposit", dong(r, s.Deposit)))
	}
	v.Terms = append(v.Terms, fact("sale.f_use_right", x.Codes.Name("rights", s.Right).In(tag)))
	if s.Territory != "" {
		v.Terms = append(v.Terms, fact("sale.f_territory", s.Territory))
	}
	term := web.T(r, "sale.no_end")
	if s.Months > 0 {
		term = lang.Number(tag, s.Months) + " " + web.T(r, "sale.months")
	}
	v.Terms = append(v.Terms, fact("sale.f_months", term), fact("sale.f_screened", web.T(r, map[bool]string{true: "sale.screened_yes", false: "sale.screened_no"}[s.Screened])))
	if s.Extension > 0 {
		v.Terms = append(v.Terms, fact("sale.f_extension", web.T(r, "sale.extension_told", "N", s.Extension)))
	}
	if s.Mode == Sealed {
		v.Terms = append(v.Terms, fact("sale.f_reveal_hours", web.T(r, "sale.reveal_told", "N", s.RevealHours)))
	}
	if s.Reserve > 0 {
		v.Terms = append(v.Terms, parts.Fact{Name: web.T(r, "sale.f_reserve"), Value: dong(r, s.Reserve), Note: web.T(r, "sale.f_reserve_hint")})
	}
	v.Terms = append(v.Terms, fact("sale.f_result_open", web.T(r, map[bool]string{true: "sale.result_open_yes", false: "sale.result_open_no"}[s.ResultOpen])))
	v.Way = way(r, s)
	switch {
	case s.State == Void && s.Reason != "":
		v.Note = web.T(r, "sale.reason_"+s.Reason)
	case s.State == Cancelled:
		v.Note = web.T(r, "sale.state_cancelled")
	}
	if v.Note != "" && s.Note != "" {
		v.Note += ": " + s.Note
	}
}

// way is the way of a sale in time.
func way(r *http.Request, s *Sale) (all []parts.Moment) {
	now := when.Micro(web.Tx(r).Now)
	add := func(key string, at int64) {
		m := parts.Moment{At: lang.DateTime(web.Lang(r), when.Time(at)), Text: web.T(r, key), Icon: "clock"}
		if at <= now {
			m.State, m.Icon = "done", "check"
		}
		all = append(all, m)
	}
	if !s.Published.IsZero() {
		add("sale.way_announced", when.Micro(s.Published))
	}
	add("sale.way_opens", s.Opens)
	add("sale.way_closes", s.Closes)
	if s.Mode == Sealed {
		add("sale.way_revealed", s.Revealed)
	}
	if s.State == Awarded || s.State == Void || s.State == Cancelled {
		all = append(all, parts.Moment{At: lang.DateTime(web.Lang(r), s.Updated), Text: web.T(r, "sale.state_"+s.State), Icon: "check", State: "done"})
	}
	return all
}

func criteriaTable(r *http.Request, all []Criterion) *parts.Table {
	t := &parts.Table{Label: web.T(r, "sale.criteria"), Columns: []parts.Column{{Title: web.T(r, "sale.criterion_name")}, {Title: web.T(r, "sale.criterion_weight"), Num: true}, {Title: web.T(r, "sale.criterion_marked")}}, Cards: true}
	for _, c := range all {
		how := web.T(r, "sale.marked_by_people")
		if c.Priced {
			how = web.T(r, "sale.marked_by_price")
		}
		t.Rows = append(t.Rows, []parts.Cell{{Text: c.name(web.Lang(r))}, {Text: lang.Number(web.Lang(r), c.Weight) + " %"}, {Text: how}})
	}
	return t
}

func (c Criterion) name(tag lang.Tag) string { return lang.Both{Vi: c.Vi, En: c.En}.In(tag) }

// fillSeller is what the seller does with a sale, and who wants to bid.
func (x *House) fillSeller(v *saleView, r *http.Request, s *Sale, f *acts.Forms) error {
	a := web.Actor(r)
	if !a.In(s.Owner) && !a.SeesAll() || s.State == Draft && !a.In(s.Owner) {
		return nil
	}
	if s.State != Draft {
		all, err := BiddersSeen(web.Tx(r), a, s)
		if err != nil {
			return err
		}
		if v.Bidders, err = x.bidderTable(r, s, all); err != nil {
			return err
		}
	}
	if !a.Manages(s.Owner) {
		return nil
	}
	words := func(act string, folded bool) *acts.Form {
		return f.Form(act, "sale.do_"+act, folded, f.Long(act, "words", "sale.words"))
	}
	switch now := web.Tx(r).Now; {
	case s.State == Draft:
		v.Edit = v.Path + "/edit"
		announce := f.Form("announce", "sale.do_announce", false)
		announce.Help = web.T(r, "sale.announce_help")
		v.Forms = append(v.Forms, announce, f.Form("cancel", "sale.do_drop", true))
	case (s.State == Announced || s.State == Open) && when.Micro(now) < s.Closes:
		v.Forms = append(v.Forms, words("cancel", true))
	case s.State == Evaluating:
		v.Forms = append(v.Forms, f.Form("evaluated", "sale.do_evaluated", false))
	case s.State == Settling:
		ranks, err := Ranking(web.Tx(r), s)
		if err != nil {
			return err
		}
		if len(ranks) > 0 && ranks[0].Place == 1 {
			award := f.Form("award", "sale.do_award", false)
			award.Head = web.T(r, "sale.award_to", "N", ranks[0].Bidder.Place, "Sum", dong(r, ranks[0].Price))
			award.Help = web.T(r, "sale.award_help")
			award.Hidden = []parts.Option{{Value: "bidder", Text: ranks[0].Bidder.ID}}
			v.Forms = append(v.Forms, award)
		}
		v.Forms = append(v.Forms, words("no_award", true))
	}
	return nil
}

// bidderTable lists who wants to bid, for those who may know.
func (x *House) bidderTable(r *http.Request, s *Sale, all []*Bidder) (*parts.Table, error) {
	t := &parts.Table{Label: web.T(r, "sale.bidders"), Columns: []parts.Column{{Title: web.T(r, "sale.place")}, {Title: web.T(r, "sale.organisation")}, {Title: web.T(r, "sale.bidder_state")}, {Title: web.T(r, "sale.deposit_held"), Num: true}}, Cards: true}
	for _, b := range all {
		names, err := x.Deals.Names(web.Tx(r), b.Owner)
		if err != nil {
			return nil, err
		}
		deposits, err := Deposits(web.Tx(r), b.ID)
		if err != nil {
			return nil, err
		}
		t.Rows = append(t.Rows, []parts.Cell{{Text: web.T(r, "sale.bidder_n", "N", b.Place), Path: "/sales/" + s.ID + "/bidders/" + b.ID}, {Text: names[b.Owner].In(web.Lang(r))},
			{Text: web.T(r, "sale.bidder_"+b.State), Light: bidderLight(b.State)}, {Text: dong(r, Held(deposits))}})
	}
	return t, nil
}

func bidderLight(state string) string {
	return map[string]string{Applied: "run", Admitted: "ok", Rejected: "late", Excluded: "late", Withdrawn: "idle"}[state]
}

// saleActs are the acts on a sale, by the names of their addresses.
var saleActs = map[string]func(*House, *http.Request, *Sale, web.Values) error{
	"announce": func(x *House, r *http.Request, s *Sale, _ web.Values) error {
		return x.Announce(web.Tx(r), web.Actor(r), s)
	},
	"cancel": func(x *House, r *http.Request, s *Sale, form web.Values) error {
		return x.Cancel(web.Tx(r), web.Actor(r), s, form.Long("words"))
	},
	"application": func(x *House, r *http.Request, s *Sale, form web.Values) error {
		_, err := x.Apply(web.Tx(r), web.Actor(r), s, form.Text("organisation"), form.Text("digest"))
		return err
	},
	"evaluated": func(x *House, r *http.Request, s *Sale, _ web.Values) error {
		return x.EndEvaluation(web.Tx(r), web.Actor(r), s)
	},
	"no_award": func(x *House, r *http.Request, s *Sale, form web.Values) error {
		return x.NoAward(web.Tx(r), web.Actor(r), s, form.Long("words"))
	},
	"award": bidding(func(x *House, r *http.Request, s *Sale, b *Bidder, _ web.Values) error {
		return x.Award(web.Tx(r), web.Actor(r), s, b)
	}),
	"withdrawal": bidding(func(x *House, r *http.Request, s *Sale, b *Bidder, _ web.Values) error {
		return x.Leave(web.Tx(r), web.Actor(r), s, b)
	}),
	"purchase": bidding(func(x *House, r *http.Request, s *Sale, b *Bidder, _ web.Values) error {
		return x.Purchase(web.Tx(r), web.Actor(r), s, b)
	}),
	"bid": bidding(func(x *House, r *http.Request, s *Sale, b *Bidder, form web.Values) error {
		price, err := priceOf(form)
		if err != nil {
			return err
		}
		return x.Bid(web.Tx(r), web.Actor(r), s, b, price)
	}),
	"commitment": bidding(func(x *House, r *http.Request, s *Sale, b *Bidder, form web.Values) error {
		return x.Commit(web.Tx(r), web.Actor(r), s, b, form.Text("commitment"))
	}),
	"opening": bidding(func(x *House, r *http.Request, s *Sale, b *Bidder, form web.Values) error {
		return x.OpenSeal(web.Tx(r), web.Actor(r), s, b, form.Long("opening"))
	}),
	"proposal": bidding(func(x *House, r *http.Request, s *Sale, b *Bidder, form web.Values) error {
		price, err := priceOf(form)
		if err != nil {
			return err
		}
		return x.Propose(web.Tx(r), web.Actor(r), s, b, price, form.Long("words"))
	}),
}

func priceOf(form web.Values) (int64, error) {
	n, ok := form.Int("price")
	if !ok {
		return 0, fault.New(fault.Invalid, "sale.invalid").At("price", "field.not_a_number")
	}
	return n, nil
}

// bidding is an act on a sale by one of its bidders, who is named in the form.
func bidding(do func(*House, *http.Request, *Sale, *Bidder, web.Values) error) func(*House, *http.Request, *Sale, web.Values) error {
	return func(x *House, r *http.Request, s *Sale, form web.Values) error {
		if _, err := BidderOf(web.Tx(r), web.Actor(r), s, form.Text("bidder")); err != nil {
			return err
		}
		b, err := Bidders.Get(web.Tx(r), form.Text("bidder"))
		if err != nil {
			return err
		}
		return do(x, r, s, b, form)
	}
}

func (x *House) act(w http.ResponseWriter, r *http.Request) error {
	do, known := saleActs[r.PathValue("act")]
	if !known {
		return found()
	}
	s, err := Whole(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	form := web.Form(r)
	err = do(x, r, s, form)
	if f, ok := fault.As(err); ok && f.Kind == fault.Conflict {
		web.Warning(w, r, f.Key, f.Args...)
		return web.Goto(w, r, "/sales/"+s.ID)
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		shown, err := Of(web.Tx(r), web.Actor(r), s.ID)
		if err != nil {
			return err
		}
		return x.draw(w, r, shown, r.PathValue("act"), faults)
	}
	web.Notice(w, r, "sale.done_"+r.PathValue("act"))
	return web.Goto(w, r, "/sales/"+s.ID)
}

// manages returns the organisations of somebody that are not the seller.
func manages(a account.Actor, s *Sale) (all []string) {
	for _, m := range a.Memberships {
		if m.Manager && m.Organisation != s.Owner && !slices.Contains(all, m.Organisation) {
			all = append(all, m.Organisation)
		}
	}
	return all
}
