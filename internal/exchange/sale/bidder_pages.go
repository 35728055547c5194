package sale

import (
	"net/http"

	"chonoi/internal/exchange/terms"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/acts"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// bidderView is a bidder of a sale as the seller, the exchange or the bidder sees it.
type bidderView struct {
	Path, Title, Sale, SaleTitle string
	Light                        parts.Light
	Facts                        []parts.Fact
	Words                        string
	Deposits, Marks              *parts.Table
	Forms                        []*acts.Form
	Faults                       parts.Faults
}

func (x *House) showBidder(w http.ResponseWriter, r *http.Request) error {
	s, err := Of(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return x.drawBidder(w, r, s, "", parts.Faults{})
}

func (x *House) drawBidder(w http.ResponseWriter, r *http.Request, s *Sale, sent string, faults parts.Faults) error {
	tx, tag, a := web.Tx(r), web.Lang(r), web.Actor(r)
	b, err := BidderOf(tx, a, s, r.PathValue("bidder"))
	if err != nil {
		return err
	}
	names, err := x.Deals.Names(tx, b.Owner)
	if err != nil {
		return err
	}
	v := bidderView{Path: "/sales/" + s.ID + "/bidders/" + b.ID + "/", Title: names[b.Owner].In(tag), Sale: s.Number, Light: parts.Light{Kind: bidderLight(b.State), Text: web.T(r, "sale.bidder_"+b.State)}, Words: b.Words, Faults: faults}
	v.SaleTitle, _ = best(r, s.Title)
	fact := func(key, value string) {
		if value != "" {
			v.Facts = append(v.Facts, parts.Fact{Name: web.T(r, key), Value: value})
		}
	}
	fact("sale.place", web.T(r, "sale.bidder_n", "N", b.Place)+" · "+b.Number)
	fact("sale.applied_at", lang.DateTime(tag, b.Created))
	fact("sale.reason", b.Reason)
	if b.Commitment != "" {
		fact("sale.committed", lang.DateTime(tag, when.Time(b.Committed))+", SHA-256 "+b.Commitment)
	}
	if b.Placed > 0 {
		fact("sale.price", dong(r, b.Price))
		fact("sale.placed_at", lang.DateTime(tag, when.Time(b.Placed)))
	}
	if err := x.depositPart(&v, r, b); err != nil {
		return err
	}
	f := &acts.Forms{Request: r, Faults: faults, Sent: sent}
	if a.In(s.Owner) {
		if err := x.markPart(&v, r, s, b, f); err != nil {
			return err
		}
	}
	if a.Manages(s.Owner) {
		x.screenForms(&v, r, s, b, f)
	}
	page := web.Page{Title: v.Title, Section: "/deals", NoIndex: true, Amiss: faults.Any(), Crumbs: []parts.Crumb{{Path: "/sales", Text: web.T(r, "sale.list")}, {Path: "/sales/" + s.ID, Text: s.Number}, {Text: web.T(r, "sale.bidder_n", "N", b.Place)}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, bidderPage(v))
}

func (x *House) depositPart(v *bidderView, r *http.Request, b *Bidder) error {
	all, err := Deposits(web.Tx(r), b.ID)
	if err != nil || len(all) == 0 {
		return err
	}
	t := &parts.Table{Label: web.T(r, "sale.deposits"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "sale.day")}, {Title: web.T(r, "sale.deposit_act")}, {Title: web.T(r, "sale.sum"), Num: true}, {Title: web.T(r, "sale.paper")}}}
	for _, one := range all {
		t.Rows = append(t.Rows, []parts.Cell{{Text: lang.Day(web.Lang(r), one.On)}, {Text: web.T(r, "sale.deposit_"+one.Act)}, {Text: dong(r, one.Sum)}, {Text: one.Paper}})
	}
	v.Deposits = t
	return nil
}

// markPart is the marks of a proposal, and the form of somebody of the seller who has not given any.
func (x *House) markPart(v *bidderView, r *http.Request, s *Sale, b *Bidder, f *acts.Forms) error {
	if s.Mode != Call || b.Placed == 0 {
		return nil
	}
	tx, tag := web.Tx(r), web.Lang(r)
	criteria, err := Criteria(tx, s.ID)
	if err != nil {
		return err
	}
	marks, err := MarksOf(tx, b.ID)
	if err != nil {
		return err
	}
	var ids []string
	mine := false
	for _, m := range marks {
		ids, mine = append(ids, string(m.By)), mine || m.By == web.Actor(r).ID
	}
	people, err := x.Deals.People(tx, ids...)
	if err != nil {
		return err
	}
	named := map[int64]string{}
	var fields []parts.Field
	const path = "marks"
	for _, c := range criteria {
		named[c.N] = c.name(tag)
		if c.Priced {
			continue
		}
		one := f.Number(path, terms.At("mark", int(c.N)), "sale.mark", 0)
		one.Label, one.Unit = c.name(tag), "/ 100"
		fields = append(fields, one)
	}
	if len(marks) > 0 {
		t := &parts.Table{Label: web.T(r, "sale.marks"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "sale.criterion_name")}, {Title: web.T(r, "sale.mark"), Num: true}, {Title: web.T(r, "sale.marked_by")}, {Title: web.T(r, "sale.words")}}}
		for _, m := range marks {
			t.Rows = append(t.Rows, []parts.Cell{{Text: named[m.N]}, {Text: lang.Number(tag, m.Mark)}, {Text: people[string(m.By)]}, {Text: m.Words}})
		}
		v.Marks = t
	}
	if s.State != Evaluating || mine || b.State != Admitted {
		return nil
	}
	free := f.Field(path, "free", "sale.free")
	free.Many, free.Options = true, []parts.Option{{Value: "1", Text: web.T(r, "sale.free_yes"), On: free.Value != ""}}
	v.Forms = append(v.Forms, f.Form(path, "sale.do_marks", false, append(fields, f.Long(path, "words", "sale.words"), free)...))
	return nil
}

// screenForms are the acts of the seller on a bidder.
func (x *House) screenForms(v *bidderView, r *http.Request, s *Sale, b *Bidder, f *acts.Forms) {
	open := (s.State == Announced || s.State == Open) && when.Micro(web.Tx(r).Now) < s.Closes
	if open && (b.State == Applied || b.State == Rejected) {
		form := f.Form("admission", "sale.do_admission", false)
		form.Help = web.T(r, "sale.admission_help")
		v.Forms = append(v.Forms, form)
	}
	if open && b.State == Applied {
		v.Forms = append(v.Forms, f.Form("rejection", "sale.do_rejection", true, f.Long("rejection", "words", "sale.words")))
	}
	if s.State == Settling && b.State == Admitted {
		form := f.Form("exclusion", "sale.do_exclusion", true, f.Long("exclusion", "words", "sale.words"))
		form.Help = web.T(r, "sale.exclusion_help")
		v.Forms = append(v.Forms, form)
	}
	const path = "deposit"
	var options []parts.Option
	for _, one := range DepositActs {
		options = append(options, parts.Option{Value: one, Text: web.T(r, "sale.deposit_"+one)})
	}
	sum := f.Number(path, "sum", "sale.sum", s.Deposit)
	sum.Unit = web.T(r, "enquiry.dong")
	paper := f.Field(path, "paper", "sale.paper")
	paper.Max, paper.Hint = 200, web.T(r, "sale.paper_hint")
	if s.Deposit > 0 || v.Deposits != nil {
		form := f.Form(path, "sale.do_deposit", true, f.Choice(path, "act", "sale.deposit_act", options), sum, f.Day(path, "on", "sale.day"), paper)
		form.Help = web.T(r, "sale.deposit_help")
		v.Forms = append(v.Forms, form)
	}
}

// bidderActs are the acts of the seller on a bidder, by the names of their addresses.
var bidderActs = map[string]func(*House, *http.Request, *Sale, *Bidder, web.Values) error{
	"admission": func(x *House, r *http.Request, s *Sale, b *Bidder, _ web.Values) error {
		return x.Admit(web.Tx(r), web.Actor(r), s, b)
	},
	"rejection": func(x *House, r *http.Request, s *Sale, b *Bidder, form web.Values) error {
		return x.Reject(web.Tx(r), web.Actor(r), s, b, form.Long("words"))
	},
	"exclusion": func(x *House, r *http.Request, s *Sale, b *Bidder, form web.Values) error {
		return x.Exclude(web.Tx(r), web.Actor(r), s, b, form.Long("words"))
	},
	"deposit": func(x *House, r *http.Request, s *Sale, b *Bidder, form web.Values) error {
		on, ok := form.Day("on")
		if !ok {
			return fault.New(fault.Invalid, "sale.invalid").At("on", "field.not_a_day")
		}
		var bad []string
		one := Deposit{Act: form.Text("act"), Sum: acts.Sum(form, "sum", &bad), On: on, Paper: form.Text("paper")}
		if len(bad) > 0 {
			return fault.New(fault.Invalid, "sale.invalid").At("sum", "field.not_a_number")
		}
		return x.KeepDeposit(web.Tx(r), web.Actor(r), s, b, one)
	},
	"marks": func(x *House, r *http.Request, s *Sale, b *Bidder, form web.Values) error {
		criteria, err := Criteria(web.Tx(r), s.ID)
		if err != nil {
			return err
		}
		marks := map[int64]int64{}
		for _, c := range criteria {
			if n, ok := form.Int(terms.At("mark", int(c.N))); ok {
				marks[c.N] = n
			}
		}
		return x.MarkProposal(web.Tx(r), web.Actor(r), s, b, marks, form.Long("words"), form.On("free"))
	},
}

func (x *House) actOnBidder(w http.ResponseWriter, r *http.Request) error {
	do, known := bidderActs[r.PathValue("act")]
	if !known {
		return found()
	}
	s, err := Whole(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	if _, err := BidderOf(web.Tx(r), web.Actor(r), s, r.PathValue("bidder")); err != nil {
		return err
	}
	b, err := Bidders.Get(web.Tx(r), r.PathValue("bidder"))
	if err != nil {
		return err
	}
	path := "/sales/" + s.ID + "/bidders/" + b.ID
	err = do(x, r, s, b, web.Form(r))
	if f, ok := fault.As(err); ok && f.Kind == fault.Conflict {
		web.Warning(w, r, f.Key, f.Args...)
		return web.Goto(w, r, path)
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return x.drawBidder(w, r, s, r.PathValue("act"), faults)
	}
	web.Notice(w, r, "sale.done_"+r.PathValue("act"))
	return web.Goto(w, r, path)
}
