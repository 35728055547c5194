package sale

import (
	"fmt"
	"net/http"

	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/acts"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// sealView is how a bid is sealed: in the browser, or by the command of the program.
type sealView struct {
	Sale, Bidder, Command, File string
	Least                       string
	Form                        *acts.Form
	ID                          string // of the field that takes the digest
}

const shownBids = 50

// fillLive tells how an auction stands. Who bid is told by the bidder's place.
func (x *House) fillLive(v *saleView, r *http.Request, s *Sale, _ *acts.Forms) error {
	if s.Mode != Auction || s.State == Draft || s.State == Announced && !s.Bidding(web.Tx(r).Now) {
		return nil
	}
	bids, err := BidsOf(web.Tx(r), s.ID)
	if err != nil {
		return err
	}
	bidders, err := BiddersOf(web.Tx(r), s.ID)
	if err != nil {
		return err
	}
	places := map[string]int64{}
	for _, b := range bidders {
		places[b.ID] = b.Place
	}
	tag := web.Lang(r)
	l := &liveView{Path: v.Path, Runs: s.Bidding(web.Tx(r).Now)}
	l.Bids = parts.Table{Label: web.T(r, "sale.bids"), Columns: []parts.Column{{Title: web.T(r, "sale.time")}, {Title: web.T(r, "sale.place")}, {Title: web.T(r, "sale.price"), Num: true}}, Cards: true}
	for i := len(bids) - 1; i >= 0 && i >= len(bids)-shownBids; i-- {
		b := bids[i]
		l.Bids.Rows = append(l.Bids.Rows, []parts.Cell{{Text: when.Time(b.At).In(when.Zone).Format("02/01 15:04:05")}, {Text: web.T(r, "sale.bidder_n", "N", places[b.Bidder])}, {Text: dong(r, b.Price)}})
	}
	top := web.T(r, "sale.no_bid_yet")
	if len(bids) > 0 {
		last := bids[len(bids)-1]
		top = dong(r, last.Price)
		l.Facts = append(l.Facts, parts.Fact{Name: web.T(r, "sale.leads"), Value: web.T(r, "sale.bidder_n", "N", places[last.Bidder])})
	}
	l.Facts = append([]parts.Fact{{Name: web.T(r, "sale.top"), Value: top}}, l.Facts...)
	if l.Runs {
		l.Facts = append(l.Facts, parts.Fact{Name: web.T(r, "sale.least"), Value: dong(r, s.Least())})
	}
	l.Facts = append(l.Facts, parts.Fact{Name: web.T(r, "sale.f_closes_at"), Value: lang.DateTime(tag, when.Time(s.Closes))})
	if l.Steps = steps(s, bids); len(l.Steps) > 0 {
		l.First, l.Last = dong(r, bids[0].Price), dong(r, s.Top)
	}
	v.Live = l
	return nil
}

// steps draws the bids one after the other, from the first price to the highest.
func steps(s *Sale, bids []Bid) (all []stepView) {
	if len(bids) < 2 {
		return nil
	}
	for i, b := range bids {
		up := 0.0
		if s.Top > s.Start {
			up = float64(b.Price-s.Start) / float64(s.Top-s.Start)
		}
		all = append(all, stepView{X: fmt.Sprintf("%.1f", 10+580*float64(i)/float64(len(bids)-1)), Y: fmt.Sprintf("%.1f", 125-100*up)})
	}
	return all
}

// fillResult tells how a sale ended, and the ranking to those who took part, the seller and the exchange.
func (x *House) fillResult(v *saleView, r *http.Request, s *Sale, _ *acts.Forms) error {
	if s.State != Settling && s.State != Awarded && s.State != Void && s.State != Evaluating {
		return nil
	}
	tx, a, tag := web.Tx(r), web.Actor(r), web.Lang(r)
	if s.State == Awarded && s.Price > 0 {
		v.Result = append(v.Result, parts.Fact{Name: web.T(r, "sale.sold_at"), Value: dong(r, s.Price)})
	}
	if s.State == Awarded && s.Winner != "" {
		b, err := Bidders.Get(tx, s.Winner)
		if err != nil {
			return err
		}
		names, err := x.Deals.Names(tx, b.Owner)
		if err != nil {
			return err
		}
		v.Result = append(v.Result, parts.Fact{Name: web.T(r, "sale.buyer"), Value: names[b.Owner].In(tag)})
		if s.Deal != "" && (a.In(s.Owner) || a.In(b.Owner) || a.SeesAll()) {
			v.Result = append(v.Result, parts.Fact{Name: web.T(r, "sale.deal"), Value: web.T(r, "sale.to_deal"), Path: "/deals/" + s.Deal})
		}
	}
	mine, err := BiddersFor(tx, s, a)
	if err != nil {
		return err
	}
	inside := a.In(s.Owner) || a.SeesAll()
	if !inside && (len(mine) == 0 || s.State != Awarded && s.State != Void) {
		return nil
	}
	v.Minutes = s.State != Evaluating
	own := map[string]bool{}
	for _, b := range mine {
		own[b.ID] = true
	}
	v.Ranking, err = x.rankTable(r, s, inside, own)
	return err
}

// rankTable is the ranking: by name for the seller and the exchange, by place for who bid.
func (x *House) rankTable(r *http.Request, s *Sale, inside bool, own map[string]bool) (*parts.Table, error) {
	ranks, err := Ranking(web.Tx(r), s)
	if err != nil || len(ranks) == 0 {
		return nil, err
	}
	tag := web.Lang(r)
	t := &parts.Table{Label: web.T(r, "sale.ranking"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "sale.rank"), Num: true}, {Title: web.T(r, "sale.bidder")}, {Title: web.T(r, "sale.price"), Num: true}, {Title: web.T(r, "sale.bid_at")}, {Title: web.T(r, "sale.remark")}}}
	if s.Mode == Call {
		t.Columns = append(t.Columns, parts.Column{Title: web.T(r, "sale.score"), Num: true})
	}
	for _, one := range ranks {
		who := parts.Cell{Text: web.T(r, "sale.bidder_n", "N", one.Bidder.Place)}
		if inside {
			names, err := x.Deals.Names(web.Tx(r), one.Bidder.Owner)
			if err != nil {
				return nil, err
			}
			who = parts.Cell{Text: names[one.Bidder.Owner].In(tag), Note: who.Text, Path: "/sales/" + s.ID + "/bidders/" + one.Bidder.ID}
		} else if own[one.Bidder.ID] {
			who.Note = web.T(r, "sale.you")
		}
		place, price, at, remark := "–", "–", "–", ""
		if one.Place > 0 {
			place = lang.Number(tag, int64(one.Place))
		}
		if one.Price > 0 {
			price = dong(r, one.Price)
		}
		if one.At > 0 {
			at = lang.DateTime(tag, when.Time(one.At))
		}
		if one.Why != "" {
			remark = web.T(r, "sale.why_"+one.Why)
		}
		row := []parts.Cell{{Text: place}, who, {Text: price}, {Text: at}, {Text: remark}}
		if s.Mode == Call {
			row = append(row, parts.Cell{Text: told(tag, one)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

// told is a score with two digits, halves rounded up; ranking goes by the exact one.
func told(tag lang.Tag, one Rank) string {
	if one.Score == nil {
		return "–"
	}
	return lang.Decimal(tag, one.Score.FloatString(2))
}

// fillMine is what the organisations of the reader may do, or did, in a sale.
func (x *House) fillMine(v *saleView, r *http.Request, s *Sale, f *acts.Forms) error {
	if s.State == Draft {
		return nil
	}
	tx, a := web.Tx(r), web.Actor(r)
	mine, err := BiddersFor(tx, s, a)
	if err != nil {
		return err
	}
	entered := map[string]*Bidder{}
	for _, b := range mine {
		entered[b.Owner] = b
	}
	criteria, err := Criteria(tx, s.ID)
	if err != nil {
		return err
	}
	open := (s.State == Announced || s.State == Open) && when.Micro(tx.Now) < s.Closes
	for _, organisation := range manages(a, s) {
		names, err := x.Deals.Names(tx, organisation)
		if err != nil {
			return err
		}
		one := mineView{Name: names[organisation].In(web.Lang(r))}
		b := entered[organisation]
		switch {
		case (b == nil || b.State == Withdrawn) && open:
			form := f.Form("application", "sale.do_application", false)
			form.Head = web.T(r, "sale.apply_as", "Name", one.Name)
			form.Help = web.T(r, map[bool]string{true: "sale.apply_screened", false: "sale.apply_help"}[s.Screened])
			form.Hidden = []parts.Option{{Value: "organisation", Text: organisation}, {Value: "digest", Text: s.Digest(criteria)}}
			one.Forms = append(one.Forms, form)
		case b == nil:
			continue
		default:
			if err := x.bidderForms(&one, r, s, b, f); err != nil {
				return err
			}
		}
		v.Mine = append(v.Mine, one)
	}
	return nil
}

// bidderForms are what a bidder may do now, by the mode of the sale.
func (x *House) bidderForms(v *mineView, r *http.Request, s *Sale, b *Bidder, f *acts.Forms) error {
	now, tag := web.Tx(r).Now, web.Lang(r)
	v.Light = parts.Light{Kind: bidderLight(b.State), Text: web.T(r, "sale.bidder_"+b.State)}
	v.Facts = append(v.Facts, parts.Fact{Name: web.T(r, "sale.place"), Value: web.T(r, "sale.bidder_n", "N", b.Place), Note: b.Number})
	if b.Reason != "" {
		v.Text = b.Reason
	}
	if b.Commitment != "" {
		v.Facts = append(v.Facts, parts.Fact{Name: web.T(r, "sale.committed"), Value: lang.DateTime(tag, when.Time(b.Committed)), Note: "SHA-256 " + b.Commitment})
	}
	if b.Placed > 0 {
		v.Facts = append(v.Facts, parts.Fact{Name: web.T(r, "sale.price"), Value: dong(r, b.Price), Note: lang.DateTime(tag, when.Time(b.Placed))})
	}
	hidden := []parts.Option{{Value: "bidder", Text: b.ID}}
	add := func(act string, folded bool, fields ...parts.Field) *acts.Form {
		form := f.Form(act, "sale.do_"+act, folded, fields...)
		form.Hidden = hidden
		v.Forms = append(v.Forms, form)
		return form
	}
	price := func(act string, kept int64) parts.Field {
		one := f.Number(act, "price", "sale.price", kept)
		one.Unit = web.T(r, "enquiry.dong")
		return one
	}
	if b.State == Admitted && s.Bidding(now) {
		switch s.Mode {
		case Auction:
			if s.Leader == b.ID {
				v.Text = web.T(r, "sale.you_lead")
				break
			}
			form := add("bid", false, price("bid", s.Least()))
			form.Help = web.T(r, "sale.bid_help", "Sum", dong(r, s.Least()))
		case Fixed:
			add("purchase", false).Help = web.T(r, "sale.purchase_help", "Sum", dong(r, s.Start))
		case Sealed:
			v.Seal = sealing(r, s, b, f, hidden)
		case Call:
			words := f.Long("proposal", "words", "sale.proposal")
			words.Rows, words.Max = 10, mostWords
			if f.Sent != "proposal" {
				words.Value = b.Words
			}
			add("proposal", false, price("proposal", b.Price), words).Help = web.T(r, "sale.proposal_help")
		}
	}
	if b.State == Admitted && s.Opening(now) && b.Commitment != "" && b.Placed == 0 {
		text := f.Long("opening", "opening", "sale.sealed_text")
		text.Rows, text.Max, text.Hint = 6, MostSeal, web.T(r, "sale.sealed_text_hint")
		add("opening", false, text).Help = web.T(r, "sale.opening_help", "At", lang.DateTime(tag, when.Time(s.Revealed)))
	}
	open := (s.State == Announced || s.State == Open) && when.Micro(now) < s.Closes
	if open && (b.State == Applied || b.State == Admitted) {
		n, err := bidsBy(web.Tx(r), b.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			add("withdrawal", true).Help = web.T(r, "sale.withdrawal_help")
		}
	}
	return nil
}

// sealing is the part of the page in which a bid is sealed without leaving the bidder's computer.
func sealing(r *http.Request, s *Sale, b *Bidder, f *acts.Forms, hidden []parts.Option) *sealView {
	v := &sealView{Sale: s.Number, Bidder: b.Number, File: s.Number + "-" + b.Number + ".txt",
		Command: fmt.Sprintf("chonoi seal --sale %s --bidder %s --price 1200000000 --words de-xuat.txt --out %s-%s.txt", s.Number, b.Number, s.Number, b.Number)}
	if s.Start > 0 {
		v.Least = web.T(r, "sale.least_price", "Sum", dong(r, s.Start))
	}
	digest := f.Field("commitment", "commitment", "sale.digest")
	digest.Max, digest.Hint = 64, web.T(r, "sale.digest_hint")
	v.ID = digest.ID
	if v.ID == "" {
		v.ID = parts.ID(digest.Name)
	}
	v.Form = f.Form("commitment", "sale.do_commitment", false, digest)
	v.Form.Hidden = hidden
	return v
}
