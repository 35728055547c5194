package route

import (
	"slices"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// Outcome is the route that a transfer takes.
type Outcome string

// The routes.
const (
	Blocked      Outcome = "blocked"      // may not be transferred
	Licence      Outcome = "licence"      // approval, then contract, then licence
	Registration Outcome = "registration" // contract, then compulsory registration
	Voluntary    Outcome = "voluntary"    // contract; may be registered
)

// Outcomes lists the routes.
var Outcomes = []Outcome{Blocked, Licence, Registration, Voluntary}

// Label is the key of the route's name, and Help of the sentence that explains it.
func (o Outcome) Label() string { return "route.outcome." + string(o) }

// Help is the key of the sentence that explains the route.
func (o Outcome) Help() string { return "route.outcome_help." + string(o) }

// Act is what is done in a step.
type Act string

// The acts, in the order in which a deal meets them.
const (
	Value           Act = "valuation"              // appraise and value technology before it becomes capital
	Approve         Act = "approval"               // written approval, before the contract
	Contract        Act = "contract"               // sign it
	License         Act = "licence"                // licence, instead of registration
	Register        Act = "registration"           // certificate of registration
	CertifyTransfer Act = "encouraged_certificate" // certificate of encouraged transfer, after performance
)

// Acts lists the acts in their order.
var Acts = []Act{Value, Approve, Contract, License, Register, CertifyTransfer}

// Label is the key of the act's name, and Help of the sentence that says what is to be done.
func (a Act) Label() string { return "route.act." + string(a) }

// Help is the key of the sentence that says what is to be done.
func (a Act) Help() string { return "route.act_help." + string(a) }

// Holder is who has the duty to do a step.
type Holder string

// The duty-holders.
const (
	Transferor Holder = "transferor"
	Transferee Holder = "transferee"
	BothSides  Holder = "both"
)

// Holders lists the duty-holders.
var Holders = []Holder{Transferor, Transferee, BothSides}

// Label is the key of the duty-holder's name.
func (h Holder) Label() string { return "route.holder." + string(h) }

// Step is one thing that is to be done, with all that it rests on.
type Step struct {
	Code      string
	Act       Act
	Needed    bool // false: the parties may leave it
	Article   Article
	Holder    Holder
	HolderBy  Article    // why it is that holder
	Authority *Authority // who decides; nil when no authority does
	Dossier   []Item
	Clocks    []Clock
}

// Clock returns the step's clock of a code; false when it has none.
func (s Step) Clock(code string) (Clock, bool) {
	for _, c := range s.Clocks {
		if c.Code == code {
			return c, true
		}
	}
	return Clock{}, false
}

// Authority is the office that decides a step in a direction.
type Authority struct {
	Code    string
	Name    lang.Both
	Article Article
	doubt   string
	condition
	act Act
}

// Item is one paper of the dossier of a step.
type Item struct {
	Code    string
	Name    lang.Both
	Form    bool   // written on the authority's form
	Number  string // of the form; empty when it was not read
	Needed  bool   // false: only where it applies
	Article Article
	doubt   string
	condition
	act      Act
	outcomes []Outcome
}

// Doubt is a question that the officer must settle, because the rules at hand do not.
type Doubt struct {
	Code     string
	Question lang.Both
	Article  Article
	asked    string // when_named, always, lists_incomplete
	condition
	outcomes []Outcome
}

// Conclusion is the route of one transfer, as an edition tells it on a day.
type Conclusion struct {
	Edition string
	Facts   Facts
	Outcome Outcome
	Rule    string // code of the row that decided
	Article Article
	Steps   []Step
	Doubts  []Doubt
}

// Step returns the step of an act; false when the route has none.
func (c Conclusion) Step(act Act) (Step, bool) {
	for _, s := range c.Steps {
		if s.Act == act {
			return s, true
		}
	}
	return Step{}, false
}

// Trust returns the weakest trust on which anything of the conclusion rests.
func (c Conclusion) Trust() Trust {
	worst := c.Article.Trust
	for _, s := range c.Steps {
		worst = weaker(weaker(worst, s.Article.Trust), s.HolderBy.Trust)
		if s.Authority != nil {
			worst = weaker(worst, s.Authority.Article.Trust)
		}
		for _, i := range s.Dossier {
			worst = weaker(worst, i.Article.Trust)
		}
		for _, k := range s.Clocks {
			worst = weaker(worst, k.Article.Trust)
		}
	}
	return worst
}

type rule struct {
	code, doubt string
	condition
	outcome Outcome
	article Article
}

type stepRow struct {
	code, doubt string
	condition
	outcomes []Outcome
	act      Act
	needed   bool
	article  Article
}

type duty struct {
	code, doubt string
	condition
	act     Act
	holder  Holder
	article Article
}

// Route concludes which route a transfer takes on the day of its facts. It refuses facts that are
// not told (Invalid) and a day before the edition begins (NotFound); every other transfer has
// exactly one route, which Load has made sure of.
func (l *Law) Route(f Facts) (Conclusion, error) {
	if err := f.check(); err != nil {
		return Conclusion{}, err
	}
	if f.Day.Before(l.From) {
		return Conclusion{}, fault.New(fault.NotFound, "route.no_rule_on_day", "Day", f.Day.String(), "Edition", l.Name)
	}
	for _, r := range l.rules {
		if !r.article.ValidOn(f.Day) || !r.fits(f) {
			continue
		}
		c := Conclusion{Edition: l.Edition, Facts: f, Outcome: r.outcome, Rule: r.code, Article: r.article}
		asked := map[string]bool{r.doubt: true}
		for _, s := range l.steps {
			if has(s.outcomes, r.outcome) && s.article.ValidOn(f.Day) && s.fits(f) {
				asked[s.doubt] = true
				c.Steps = append(c.Steps, l.step(s, r.outcome, f, asked))
			}
		}
		slices.SortStableFunc(c.Steps, func(a, b Step) int { return slices.Index(Acts, a.Act) - slices.Index(Acts, b.Act) })
		c.Doubts = l.doubtsOf(c, asked)
		return c, nil
	}
	return Conclusion{}, fault.New(fault.NotFound, "route.no_rule_on_day", "Day", f.Day.String(), "Edition", l.Name)
}

// step fills a step with who does it, who decides, with which papers and until when, and notes the
// doubts of each.
func (l *Law) step(s stepRow, outcome Outcome, f Facts, asked map[string]bool) Step {
	done := Step{Code: s.code, Act: s.act, Needed: s.needed, Article: s.article}
	for _, d := range l.duties {
		if d.act == s.act && d.article.ValidOn(f.Day) && d.fits(f) {
			done.Holder, done.HolderBy = d.holder, d.article
			asked[d.doubt] = true
			break
		}
	}
	for _, a := range l.authorities {
		if a.act == s.act && a.Article.ValidOn(f.Day) && a.fits(f) {
			done.Authority = &a
			asked[a.doubt] = true
			break
		}
	}
	for _, i := range l.dossier {
		if i.act == s.act && has(i.outcomes, outcome) && i.Article.ValidOn(f.Day) && i.fits(f) {
			done.Dossier = append(done.Dossier, i)
			asked[i.doubt] = true
		}
	}
	for _, k := range l.clocks {
		if k.act == s.act && has(k.outcomes, outcome) && k.Article.ValidOn(f.Day) && k.fits(f) {
			done.Clocks = append(done.Clocks, k)
			asked[k.doubt] = true
		}
	}
	return done
}

// doubtsOf lists the questions that the rows of a conclusion name, and those that its route always asks.
func (l *Law) doubtsOf(c Conclusion, named map[string]bool) []Doubt {
	incomplete := false
	for _, a := range l.Appendices(c.Facts.Day) {
		incomplete = incomplete || a.Loaded < a.Entries && has(a.directions, c.Facts.Direction)
	}
	var all []Doubt
	for _, d := range l.doubts {
		if !d.Article.ValidOn(c.Facts.Day) {
			continue
		}
		fits := has(d.outcomes, c.Outcome) && d.fits(c.Facts)
		if named[d.Code] || fits && (d.asked == "always" || d.asked == "lists_incomplete" && incomplete) {
			all = append(all, d)
		}
	}
	return all
}
