package deal

import (
	"slices"
	"unicode/utf8"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange/route"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// Legal is the legal route of a deal, as an officer told it by an edition of the rules, and the papers
// on its way.
type Legal struct {
	Edition        string
	Facts          route.Facts
	Outcome        route.Outcome
	Note           string // what the officer says of the open questions
	ToldAt         int64
	ToldBy         account.ID
	ApprovalNumber string
	ApprovalOn     when.Day
	Agreed         when.Day // on which the sides want it to take effect
	Signed         when.Day
	Due            when.Day // of the step that is waited for
	Filed          when.Day
	PaperNumber    string // of the licence or the certificate of registration
	PaperOn        when.Day
	Effective      when.Day
}

// Signed is the signed contract as a side brought it.
type Signed struct {
	Side       Side
	Attachment string
	Digest     string
	On         when.Day
	At         int64
	By         account.ID
}

const (
	longestNote  = 4000
	longestPaper = 100
)

// officer refuses who may not decide on a deal: everybody but the officers who belong to neither side.
func officer(a account.Actor, r *Room) error {
	if !account.MayReview.Allows(a) || a.In(r.Supplier) || a.In(r.Receiver) {
		return notYours()
	}
	return nil
}

// Conclude tells the legal route of a deal whose terms are agreed: an officer gives the facts and says
// what he found on the questions that the rules leave open. The deal keeps the edition of the rules.
func (x *Deals) Conclude(tx *db.Tx, a account.Actor, r *Room, facts route.Facts, note string) (route.Conclusion, error) {
	var c route.Conclusion
	if err := officer(a, r); err != nil {
		return c, err
	}
	law, err := x.Law.On(facts.Day)
	if err != nil {
		return c, err
	}
	if c, err = law.Route(facts); err != nil {
		return c, err
	}
	f := fault.New(fault.Invalid, "deal.invalid")
	if note == "" && len(c.Doubts) > 0 {
		f.At("note", "deal.needs_findings", "N", len(c.Doubts))
	}
	if n := utf8.RuneCountInString(note); n > longestNote {
		f.At("note", "field.too_long", "N", n, "Most", longestNote)
	}
	if err := f.OrNil(); err != nil {
		return c, err
	}
	if facts.StateCapitalContribution {
		if err := x.needsValuation(tx, r); err != nil {
			return c, err
		}
	}
	to := map[route.Outcome]string{route.Blocked: Blocked, route.Licence: Approval, route.Registration: Drafting, route.Voluntary: Drafting}[c.Outcome]
	m, err := leads(r.State, "legal_check", to)
	if err != nil {
		return c, err
	}
	if err := x.take(tx, a, r, m, Entry{About: string(c.Outcome), Words: note}, nil); err != nil {
		return c, err
	}
	l := &Legal{Edition: c.Edition, Facts: facts, Outcome: c.Outcome, Note: note, ToldAt: when.Micro(tx.Now), ToldBy: a.ID}
	return c, keepLegal(tx, r.ID, l)
}

// Conclusion returns what the rules of the deal's own edition say of its facts.
func (x *Deals) Conclusion(l *Legal) (*route.Law, route.Conclusion, error) {
	law, err := x.Law.Of(l.Edition)
	if err != nil {
		return nil, route.Conclusion{}, err
	}
	c, err := law.Route(l.Facts)
	return law, c, err
}

// paper checks the number and day of a paper of the authority.
func paper(tx *db.Tx, number string, on when.Day) error {
	f := fault.New(fault.Invalid, "deal.invalid")
	if number == "" {
		f.At("number", "field.needed")
	}
	if n := utf8.RuneCountInString(number); n > longestPaper {
		f.At("number", "field.too_long", "N", n, "Most", longestPaper)
	}
	if on.Zero() {
		f.At("on", "field.needed")
	} else if on.After(when.DayOf(tx.Now)) {
		f.At("on", "deal.paper_ahead")
	}
	return f.OrNil()
}

// Approve records the written approval that a restricted technology needs before its contract.
func (x *Deals) Approve(tx *db.Tx, a account.Actor, r *Room, number string, on when.Day) error {
	if err := officer(a, r); err != nil {
		return err
	}
	if err := paper(tx, number, on); err != nil {
		return err
	}
	l, err := legalToMove(tx, r)
	if err != nil {
		return err
	}
	if err := x.step(tx, a, r, "approval", Entry{About: number}, nil); err != nil {
		return err
	}
	l.ApprovalNumber, l.ApprovalOn = number, on
	return keepLegal(tx, r.ID, l)
}

// RefuseApproval records that the authority did not approve.
func (x *Deals) RefuseApproval(tx *db.Tx, a account.Actor, r *Room, words string) error {
	if err := officer(a, r); err != nil {
		return err
	}
	if err := needWords(words); err != nil {
		return err
	}
	return x.step(tx, a, r, "approval_refusal", Entry{Words: words}, nil)
}

func needWords(text string) error {
	f := fault.New(fault.Invalid, "deal.invalid")
	if text == "" {
		f.At("words", "field.needed")
	}
	if n := utf8.RuneCountInString(text); n > longestNote {
		f.At("words", "field.too_long", "N", n, "Most", longestNote)
	}
	return f.OrNil()
}

func legalToMove(tx *db.Tx, r *Room) (*Legal, error) {
	l, err := LegalOf(tx, r.ID)
	if err == nil && l == nil {
		err = fault.New(fault.Conflict, "deal.move_not_possible")
	}
	return l, err
}

// SignContract says that one's own side signed the contract that lies in the deal as a document of both
// sides. When the other side named the same file, byte for byte, the contract is signed on the later of
// both days, and the clock of the legal route begins.
func (x *Deals) SignContract(tx *db.Tx, a account.Actor, r *Room, attachment string, on, agreed when.Day) error {
	if !r.Acts(a) {
		return notYours()
	}
	l, err := legalToMove(tx, r)
	if err != nil {
		return err
	}
	all, _, err := Documents(tx, r)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(one *Document) bool { return one.ID == attachment && one.Audience != ForOwn })
	f := fault.New(fault.Invalid, "deal.invalid")
	if i < 0 {
		f.At("contract", "deal.contract_needed")
	}
	if on.Zero() {
		f.At("signed_on", "field.needed")
	} else if on.After(when.DayOf(tx.Now)) {
		f.At("signed_on", "deal.paper_ahead")
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	mine := Signed{Side: r.Side, Attachment: attachment, Digest: all[i].SHA256, On: on, At: when.Micro(tx.Now), By: a.ID}
	if err := x.step(tx, a, r, "signature", Entry{About: all[i].Name, Words: mine.Digest, Held: on}, nil); err != nil {
		return err
	}
	if err := keepSigned(tx, r.ID, mine); err != nil {
		return err
	}
	if !agreed.Zero() {
		l.Agreed = agreed
	}
	both, err := SignedOf(tx, r.ID)
	if err != nil {
		return err
	}
	if len(both) < 2 || both[0].Digest != both[1].Digest {
		return keepLegal(tx, r.ID, l)
	}
	l.Signed = both[0].On
	if both[1].On.After(l.Signed) {
		l.Signed = both[1].On
	}
	return x.signed(tx, a, r, l)
}

// signed moves a deal on whose contract both sides signed, and starts its clock.
func (x *Deals) signed(tx *db.Tx, a account.Actor, r *Room, l *Legal) error {
	law, c, err := x.Conclusion(l)
	if err != nil {
		return err
	}
	to, act := Effective, route.Act("")
	switch l.Outcome {
	case route.Licence:
		to, act = Licence, route.License
	case route.Registration:
		to, act = Due, route.Register
	}
	m, err := leads(r.State, "contract_signed", to)
	if err != nil {
		return err
	}
	l.Due = x.deadline(c, act, map[route.Event]when.Day{route.Signing: l.Signed, route.Approval: l.ApprovalOn})
	if to == Effective {
		l.Effective, _ = law.Effective(c, route.Dates{Signed: l.Signed, Agreed: l.Agreed})
	}
	if err := keepLegal(tx, r.ID, l); err != nil {
		return err
	}
	return x.take(tx, a, r, m, Entry{Held: l.Signed}, nil)
}

// deadline returns the last day of the first clock of a step that begins with one of the events.
func (x *Deals) deadline(c route.Conclusion, act route.Act, events map[route.Event]when.Day) when.Day {
	step, ok := c.Step(act)
	if !ok {
		return when.Day{}
	}
	for _, clock := range step.Clocks {
		if from := events[clock.Since]; !from.Zero() {
			return clock.Deadline(from, x.Off)
		}
	}
	return when.Day{}
}

// File says that one's side filed the dossier for the licence or the registration.
func (x *Deals) File(tx *db.Tx, a account.Actor, r *Room, on when.Day) error {
	if !r.Acts(a) {
		return notYours()
	}
	l, err := legalToMove(tx, r)
	if err != nil {
		return err
	}
	f := fault.New(fault.Invalid, "deal.invalid")
	switch {
	case on.Zero():
		f.At("filed_on", "field.needed")
	case on.After(when.DayOf(tx.Now)):
		f.At("filed_on", "deal.paper_ahead")
	case on.Before(l.Signed):
		f.At("filed_on", "deal.before_signing")
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	if err := x.step(tx, a, r, "filing", Entry{Held: on}, nil); err != nil {
		return err
	}
	_, c, err := x.Conclusion(l)
	if err != nil {
		return err
	}
	l.Filed, l.Due = on, x.deadline(c, x.waited(l), map[route.Event]when.Day{route.CompleteFile: on})
	return keepLegal(tx, r.ID, l)
}

// waited is the step for which a signed contract waits.
func (x *Deals) waited(l *Legal) route.Act {
	if l.Outcome == route.Licence {
		return route.License
	}
	return route.Register
}

// SendBack says that the dossier was not complete, and what is missing.
func (x *Deals) SendBack(tx *db.Tx, a account.Actor, r *Room, words string) error {
	if err := officer(a, r); err != nil {
		return err
	}
	if err := needWords(words); err != nil {
		return err
	}
	return x.step(tx, a, r, "file_incomplete", Entry{Words: words}, nil)
}

// Register records the licence or the certificate of registration; the day on which the contract takes
// effect follows from the rules of the deal's edition.
func (x *Deals) Register(tx *db.Tx, a account.Actor, r *Room, number string, on when.Day) error {
	if err := officer(a, r); err != nil {
		return err
	}
	if err := paper(tx, number, on); err != nil {
		return err
	}
	l, err := legalToMove(tx, r)
	if err != nil {
		return err
	}
	law, c, err := x.Conclusion(l)
	if err != nil {
		return err
	}
	l.PaperNumber, l.PaperOn, l.Due = number, on, when.Day{}
	dates := route.Dates{Signed: l.Signed, Agreed: l.Agreed, Certified: on}
	if l.Outcome == route.Licence {
		dates.Licensed, dates.Certified = on, when.Day{}
	}
	l.Effective, _ = law.Effective(c, dates)
	if err := x.step(tx, a, r, "registered", Entry{About: number, Held: on}, nil); err != nil {
		return err
	}
	return keepLegal(tx, r.ID, l)
}
