package room

import (
	"net/http"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/route"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// legalView is the page of the legal route of a deal.
type legalView struct {
	Path, Number, Title, TitleIn, Between string
	Light                                 parts.Light
	Facts                                 []parts.Fact
	Told                                  *toldView
	Hits                                  []string      // what the screening lists find
	Lists                                 []string      // how much of the official lists is loaded
	Preview                               []parts.Field // facts that an officer gives
	Decide                                bool
	Hidden                                []parts.Option // facts that were looked at, for the decision
	Forms                                 []legalForm
	Seals                                 []sealView
	Folder                                string // where the papers come as a ZIP; "" before the signatures
	Faults                                parts.Faults
}

// toldView is what the rules say.
type toldView struct {
	Outcome, Help, Article, Trust, Edition string
	Steps                                  []stepView
	Doubts                                 []string
}

type stepView struct {
	Name, Help, Holder, Authority, Article string
	Papers, Clocks                         []string
}

type legalForm struct {
	Act, Head, Button string
	Fields            []parts.Field
}

func (d doors) showLegal(w http.ResponseWriter, r *http.Request) error {
	one, err := d.enter(r)
	if err != nil {
		return err
	}
	return d.drawLegal(w, r, one, parts.Faults{})
}

// facts are the facts of the route that a form tells; those that are not told are taken from the listing.
func (d doors) facts(r *http.Request, form web.Values, l *exchange.Listing, money string) route.Facts {
	f := route.Facts{Class: route.Class(form.Text("class")), Direction: route.Direction(form.Text("direction")), StateMoney: route.Money(form.Text("state_money")),
		ResultCertificate: form.On("certificate"), Amendment: form.On("amendment"), StateCapitalContribution: form.On("contribution"), Day: when.DayOf(web.Tx(r).Now)}
	if f.Class == "" && l.Class != "unknown" {
		f.Class = route.Class(l.Class)
	}
	if f.Direction == "" {
		f.Direction = route.Domestic
	}
	if f.StateMoney == "" {
		f.StateMoney = route.Money(money)
	}
	return f
}

func (d doors) drawLegal(w http.ResponseWriter, r *http.Request, one *deal.Room, faults parts.Faults) error {
	tx, tag, actor := web.Tx(r), web.Lang(r), web.Actor(r)
	names, err := d.Names(tx, one.Supplier, one.Receiver)
	if err != nil {
		return err
	}
	v := legalView{Path: "/deals/" + one.ID, Number: one.Number, Light: light(r, one.Deal), Faults: faults,
		Between: web.T(r, "deal.between", "Supplier", names[one.Supplier].In(tag), "Receiver", names[one.Receiver].In(tag))}
	v.Title, v.TitleIn = best(r, one.Title)
	l, err := deal.LegalOf(tx, one.ID)
	if err != nil {
		return err
	}
	if l != nil {
		_, c, err := d.Conclusion(l)
		if err != nil {
			return err
		}
		v.Told = told(r, c)
		v.Facts = d.legalFacts(r, l)
		if !l.Signed.Zero() {
			v.Folder = v.Path + "/registration.zip"
		}
	}
	if v.Seals, err = seals(r, one); err != nil {
		return err
	}
	officer := account.MayReview.Allows(actor) && !actor.In(one.Supplier) && !actor.In(one.Receiver)
	if one.State == deal.TermsAgreed && officer {
		if err := d.preview(r, &v, one); err != nil {
			return err
		}
	}
	if v.Forms, err = d.legalForms(r, one, officer, faults); err != nil {
		return err
	}
	page := web.Page{Title: web.T(r, "legal.title"), Section: "/deals", Amiss: faults.Any(), NoIndex: true, Crumbs: []parts.Crumb{{Path: "/deals", Text: web.T(r, "deal.list")}, {Path: v.Path, Text: one.Number}, {Text: web.T(r, "legal.title")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, legalPage(v))
}

// preview shows an officer what the rules would say of the facts that he gives.
func (d doors) preview(r *http.Request, v *legalView, one *deal.Room) error {
	tx, tag, form := web.Tx(r), web.Lang(r), web.Form(r)
	l, err := d.Listing(tx, one.Kind, one.Deal.Listing)
	if err != nil {
		return err
	}
	money, text := "", l.Title.Vi+"\n"+l.Title.En+"\n"+l.Summary.Vi+"\n"+l.Summary.En+"\n"+l.Desc.Vi+"\n"+l.Desc.En
	if one.Kind == exchange.Offers.Name {
		o, err := exchange.Offers.Get(tx, one.Deal.Listing)
		if err != nil {
			return err
		}
		money = o.StateMoney
	}
	f := d.facts(r, form, l, money)
	law, err := d.Law.On(f.Day)
	if err != nil {
		return err
	}
	for _, hit := range law.Screen(text, f.Direction, f.Day) {
		v.Hits = append(v.Hits, web.T(r, hit.Label(), "Entry", hit.Entry.Name.In(tag), "Found", strings.Join(hit.Found, ", ")))
	}
	for _, a := range law.Appendices(f.Day) {
		v.Lists = append(v.Lists, a.Name.In(tag)+": "+web.T(r, a.Label(), a.Args()...))
	}
	choice := func(name, kept string, options []parts.Option) parts.Field {
		one := parts.Field{Name: name, Label: web.T(r, "legal."+name), Error: v.Faults.At(name), Options: append([]parts.Option{{Text: web.T(r, "parts.choose")}}, options...)}
		for i := range one.Options {
			one.Options[i].On = kept != "" && one.Options[i].Value == kept
		}
		return one
	}
	var classes, directions, moneys []parts.Option
	for _, class := range route.Classes {
		classes = append(classes, parts.Option{Value: string(class), Text: d.Codes.Name("technology_classes", string(class)).In(tag)})
	}
	for _, direction := range route.Directions {
		directions = append(directions, parts.Option{Value: string(direction), Text: web.T(r, direction.Label())})
	}
	for _, one := range route.Moneys {
		moneys = append(moneys, parts.Option{Value: string(one), Text: d.Codes.Name("state_money", string(one)).In(tag)})
	}
	v.Preview = []parts.Field{choice("class", string(f.Class), classes), choice("direction", string(f.Direction), directions), choice("state_money", string(f.StateMoney), moneys)}
	for name, on := range map[string]bool{"certificate": f.ResultCertificate, "amendment": f.Amendment, "contribution": f.StateCapitalContribution} {
		v.Preview = append(v.Preview, parts.Field{Name: name, Label: web.T(r, "legal."+name), Value: map[bool]string{true: "1"}[on]})
	}
	lang.Sort(v.Preview[3:], func(f parts.Field) string { return f.Name })
	c, err := law.Route(f)
	if refusal, ok := fault.As(err); ok && refusal.Kind == fault.Invalid {
		return nil // facts are still missing
	} else if err != nil {
		return err
	}
	v.Told, v.Decide = told(r, c), true
	for name, value := range map[string]string{"class": string(f.Class), "direction": string(f.Direction), "state_money": string(f.StateMoney)} {
		v.Hidden = append(v.Hidden, parts.Option{Value: name, Text: value})
	}
	for name, on := range map[string]bool{"certificate": f.ResultCertificate, "amendment": f.Amendment, "contribution": f.StateCapitalContribution} {
		if on {
			v.Hidden = append(v.Hidden, parts.Option{Value: name, Text: "1"})
		}
	}
	lang.Sort(v.Hidden, func(o parts.Option) string { return o.Value })
	return nil
}

// told puts a conclusion into words.
func told(r *http.Request, c route.Conclusion) *toldView {
	tag := web.Lang(r)
	v := &toldView{Outcome: web.T(r, c.Outcome.Label()), Help: web.T(r, c.Outcome.Help()), Article: c.Article.Basis.In(tag), Trust: web.T(r, c.Trust().Help()), Edition: c.Edition}
	for _, s := range c.Steps {
		one := stepView{Name: web.T(r, s.Act.Label()), Help: web.T(r, s.Act.Help()), Article: s.Article.Basis.In(tag)}
		if s.Holder != "" {
			one.Holder = web.T(r, s.Holder.Label())
		}
		if s.Authority != nil {
			one.Authority = s.Authority.Name.In(tag)
		}
		for _, item := range s.Dossier {
			one.Papers = append(one.Papers, item.Name.In(tag))
		}
		for _, clock := range s.Clocks {
			one.Clocks = append(one.Clocks, web.T(r, "legal.clock", "Name", clock.Name.In(tag), "Term", web.T(r, clock.Unit.Term(), "N", clock.Days), "Since", web.T(r, clock.Since.Label()), "Article", clock.Article.Basis.In(tag)))
		}
		v.Steps = append(v.Steps, one)
	}
	for _, doubt := range c.Doubts {
		v.Doubts = append(v.Doubts, doubt.Question.In(tag))
	}
	return v
}

func (d doors) legalFacts(r *http.Request, l *deal.Legal) (all []parts.Fact) {
	tag := web.Lang(r)
	add := func(name, value string) {
		if value != "" {
			all = append(all, parts.Fact{Name: web.T(r, "legal."+name), Value: value})
		}
	}
	day := func(name string, on when.Day) {
		if !on.Zero() {
			add(name, lang.Day(tag, on))
		}
	}
	add("class", d.Codes.Name("technology_classes", string(l.Facts.Class)).In(tag))
	add("direction", web.T(r, l.Facts.Direction.Label()))
	add("state_money", d.Codes.Name("state_money", string(l.Facts.StateMoney)).In(tag))
	add("findings", l.Note)
	add("approval_number", l.ApprovalNumber)
	day("approval_on", l.ApprovalOn)
	day("signed_on", l.Signed)
	day("due_on", l.Due)
	day("filed_on", l.Filed)
	add("paper_number", l.PaperNumber)
	day("paper_on", l.PaperOn)
	day("effective_on", l.Effective)
	return all
}

// legalForms are the acts on the legal way that the reader may do now.
func (d doors) legalForms(r *http.Request, one *deal.Room, officer bool, faults parts.Faults) (all []legalForm, err error) {
	form := web.Form(r)
	day := func(name string) parts.Field {
		return parts.Field{Name: name, Type: "date", Short: true, Label: web.T(r, "legal."+name), Value: form.Text(name), Error: faults.At(name)}
	}
	text := func(name string) parts.Field {
		return parts.Field{Name: name, Label: web.T(r, "legal."+name), Value: form.Text(name), Error: faults.At(name), Max: 100}
	}
	words := parts.Field{Name: "words", Label: web.T(r, "legal.words"), Value: form.Long("words"), Error: faults.At("words"), Rows: 3, Max: 4000}
	add := func(may bool, act string, fields ...parts.Field) {
		if may && deal.Possible(one.State, map[string]string{"approval": "approval", "refusal": "approval_refusal", "signature": "signature", "filing": "filing", "return": "file_incomplete", "certificate": "registered"}[act]) {
			all = append(all, legalForm{Act: act, Head: web.T(r, "legal.do_"+act), Button: web.T(r, "legal.do_"+act), Fields: fields})
		}
	}
	side := one.Acts(web.Actor(r))
	contract := parts.Field{Name: "contract", Label: web.T(r, "legal.contract"), Hint: web.T(r, "legal.contract_hint"), Error: faults.At("contract"), Options: []parts.Option{{Text: web.T(r, "parts.choose")}}}
	if side {
		files, _, err := deal.Documents(web.Tx(r), one)
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			if f.Audience != deal.ForOwn {
				contract.Options = append(contract.Options, parts.Option{Value: f.ID, Text: f.Called(web.Lang(r)), On: form.Text("contract") == f.ID})
			}
		}
	}
	agreed := day("agreed_on")
	agreed.Optional = true
	add(officer, "approval", text("number"), day("on"))
	add(officer, "refusal", words)
	add(side, "signature", contract, day("signed_on"), agreed)
	add(side, "filing", day("filed_on"))
	add(officer, "certificate", text("number"), day("on"))
	add(officer, "return", words)
	return all, nil
}

// decide keeps the legal route that an officer looked at.
func (d doors) decide(w http.ResponseWriter, r *http.Request) error {
	return d.legally(w, r, func(tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		l, err := d.Listing(tx, one.Kind, one.Deal.Listing)
		if err != nil {
			return err
		}
		_, err = d.Conclude(tx, a, one, d.facts(r, form, l, ""), form.Long("note"))
		return err
	})
}

// legally does something on the legal way and comes back to its page.
func (d doors) legally(w http.ResponseWriter, r *http.Request, do func(*db.Tx, account.Actor, *deal.Room, web.Values) error) error {
	one, err := d.enter(r)
	if err != nil {
		return err
	}
	faults, rest := web.Faults(r, do(web.Tx(r), web.Actor(r), one, web.Form(r)))
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.drawLegal(w, r, one, faults)
	}
	web.Notice(w, r, "deal.kept")
	return web.Goto(w, r, "/deals/"+one.ID+"/legal")
}

// legalActs are the acts on the legal way, by the names of their addresses.
var legalActs = map[string]func(doors, *db.Tx, account.Actor, *deal.Room, web.Values) error{
	"approval": func(d doors, tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		on, err := dayOf(form, "on")
		if err != nil {
			return err
		}
		return d.Approve(tx, a, one, form.Text("number"), on)
	},
	"refusal": func(d doors, tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		return d.RefuseApproval(tx, a, one, form.Long("words"))
	},
	"signature": func(d doors, tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		on, err := dayOf(form, "signed_on")
		if err != nil {
			return err
		}
		agreed, err := dayOf(form, "agreed_on")
		if err != nil {
			return err
		}
		return d.SignContract(tx, a, one, form.Text("contract"), on, agreed)
	},
	"filing": func(d doors, tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		on, err := dayOf(form, "filed_on")
		if err != nil {
			return err
		}
		return d.File(tx, a, one, on)
	},
	"return": func(d doors, tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		return d.SendBack(tx, a, one, form.Long("words"))
	},
	"certificate": func(d doors, tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
		on, err := dayOf(form, "on")
		if err != nil {
			return err
		}
		return d.Register(tx, a, one, form.Text("number"), on)
	},
}

func dayOf(form web.Values, name string) (when.Day, error) {
	day, ok := form.Day(name)
	if !ok {
		return day, fault.New(fault.Invalid, "deal.invalid").At(name, "field.not_a_day")
	}
	return day, nil
}

// legalAct does one of the acts on the legal way.
func (d doors) legalAct(name string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return d.legally(w, r, func(tx *db.Tx, a account.Actor, one *deal.Room, form web.Values) error {
			return legalActs[name](d, tx, a, one, form)
		})
	}
}
