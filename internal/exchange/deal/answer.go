package deal

import (
	"unicode/utf8"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// Question is what the holder asked back, and the answer.
type Question struct {
	ID         string
	Asked      int64 // when.Micro
	AskedBy    account.ID
	Question   string
	Answered   int64 // 0 before it
	AnsweredBy account.ID
	Answer     string
}

// move saves an act on an enquiry that its state allows.
func (x *Deals) move(tx *db.Tx, a account.ID, old *Enquiry, act string, change func(*Enquiry)) (*Enquiry, error) {
	m, err := Next(enquiryMoves, old.State, act)
	if err != nil {
		return nil, err
	}
	e := Enquiries.Copy(old)
	e.State = m.To
	if change != nil {
		change(e)
	}
	if m.By == ByHolder {
		e.answeredBy(a, when.Micro(tx.Now))
	}
	if e.State != Delivered {
		e.Due = when.Day{}
	}
	return e, Enquiries.Save(tx, a, "enquiry."+act, old, e)
}

// answeredBy notes who answered, for the first time or as the first of the holder's own people.
func (e *Enquiry) answeredBy(who account.ID, at int64) {
	if e.Answered == 0 {
		e.Answered = at
	}
	switch {
	case e.agent != nil:
		e.Mandate = e.agent.ID
	case e.AnsweredBy == "":
		e.AnsweredBy = string(who)
	}
}

// words checks what somebody wrote for an act: it is needed, and not too long.
func words(field, text string, most int) error {
	f := fault.New(fault.Invalid, "enquiry.invalid")
	if text == "" {
		f.At(field, "field.needed")
	}
	if n := utf8.RuneCountInString(text); n > most {
		f.At(field, "field.too_long", "N", n, "Most", most)
	}
	return f.OrNil()
}

func notYours() error { return fault.New(fault.Forbidden, "deal.not_yours") }

// Pass lets an officer hand an enquiry on to a holder who is not named.
func (x *Deals) Pass(tx *db.Tx, a account.Actor, old *Enquiry) error {
	if !account.MayReview.Allows(a) || a.In(old.Owner) || old.Answers(a) {
		return notYours()
	}
	e, err := x.move(tx, a.ID, old, "pass", func(e *Enquiry) { x.deliver(tx, e) })
	if err != nil {
		return err
	}
	return x.tellHolder(tx, e, "enquiry_delivered")
}

// Refuse ends an enquiry before the holder has it, with words to who asks.
func (x *Deals) Refuse(tx *db.Tx, a account.Actor, old *Enquiry, note string) error {
	if !account.MayReview.Allows(a) || a.In(old.Owner) || old.Answers(a) {
		return notYours()
	}
	if err := words("note", note, 2000); err != nil {
		return err
	}
	e, err := x.move(tx, a.ID, old, "refusal", func(e *Enquiry) { e.Note = note })
	if err != nil {
		return err
	}
	return x.tellAsker(tx, e, "enquiry_refused")
}

func (x *Deals) tellAsker(tx *db.Tx, e *Enquiry, letter string) error {
	return x.tell(tx, e.Owner, letter, "Number", e.Number, "Path", "/enquiries/"+e.ID)
}

// Question asks back; the holder's clock stands still until the answer.
func (x *Deals) Question(tx *db.Tx, a account.Actor, old *Enquiry, text string) error {
	if !old.Answers(a) {
		return notYours()
	}
	if err := words("question", text, 4000); err != nil {
		return err
	}
	e, err := x.move(tx, a.ID, old, "question", nil)
	if err != nil {
		return err
	}
	if err := keepQuestion(tx, e.ID, a.ID, text); err != nil {
		return err
	}
	return x.tellAsker(tx, e, "enquiry_questioned")
}

// Reply answers what the holder asked back.
func (x *Deals) Reply(tx *db.Tx, a account.Actor, old *Enquiry, text string) error {
	if !a.In(old.Owner) {
		return notYours()
	}
	if err := words("answer", text, 4000); err != nil {
		return err
	}
	e, err := x.move(tx, a.ID, old, "reply", func(e *Enquiry) { x.deliver(tx, e) })
	if err != nil {
		return err
	}
	if err := answerQuestion(tx, e.ID, a.ID, text); err != nil {
		return err
	}
	return x.tellHolder(tx, e, "enquiry_replied")
}

// Accept says that the holder wants to talk. Where who asks has its name open already, both names are
// open now and the deal begins; otherwise who asks has the last word.
func (x *Deals) Accept(tx *db.Tx, a account.Actor, old *Enquiry) error {
	if !old.Answers(a) {
		return notYours()
	}
	e, err := x.move(tx, a.ID, old, "acceptance", nil)
	if err != nil {
		return err
	}
	if e.Anonymous {
		return x.tellAsker(tx, e, "enquiry_agreed")
	}
	if err := x.open(tx, a.ID, e); err != nil {
		return err
	}
	return x.tellAsker(tx, e, "enquiry_opened")
}

// Open opens the name of who asks, after the holder agreed: the deal begins.
func (x *Deals) Open(tx *db.Tx, a account.Actor, old *Enquiry) error {
	if !a.In(old.Owner) {
		return notYours()
	}
	if err := x.open(tx, a.ID, old); err != nil {
		return err
	}
	return x.tellHolder(tx, old, "enquiry_opened")
}

func (x *Deals) open(tx *db.Tx, a account.ID, old *Enquiry) error {
	if _, err := Next(enquiryMoves, old.State, "opening"); err != nil {
		return err
	}
	d, err := x.begin(tx, a, old)
	if err != nil {
		return err
	}
	_, err = x.move(tx, a, old, "opening", func(e *Enquiry) { e.Deal = d.ID })
	return err
}

// Decline ends the enquiry with a coded reason; words are needed for another reason.
func (x *Deals) Decline(tx *db.Tx, a account.Actor, old *Enquiry, reason, note string) error {
	if !old.Answers(a) {
		return notYours()
	}
	f := fault.New(fault.Invalid, "enquiry.invalid")
	if !x.Codes.Has("decline_reasons", reason) {
		f.At("reason", "field.needed")
	}
	if reason == "other" && note == "" {
		f.At("note", "enquiry.needs_words")
	}
	if n := utf8.RuneCountInString(note); n > 2000 {
		f.At("note", "field.too_long", "N", n, "Most", 2000)
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	e, err := x.move(tx, a.ID, old, "declination", func(e *Enquiry) { e.Reason, e.Note = reason, note })
	if err != nil {
		return err
	}
	return x.tellAsker(tx, e, "enquiry_declined")
}

// Withdraw takes the enquiry back.
func (x *Deals) Withdraw(tx *db.Tx, a account.Actor, old *Enquiry) error {
	if !a.In(old.Owner) {
		return notYours()
	}
	_, err := x.move(tx, a.ID, old, "withdrawal", nil)
	return err
}

// Watch follows the clocks of enquiries: on the day on which an answer is due the holder is reminded,
// some working days later the exchange is told of the silence, and a silent enquiry lapses in the end.
// It may run as often as one likes, and reports whether more waits.
func (x *Deals) Watch(tx *db.Tx) (more bool, err error) {
	today := when.DayOf(tx.Now)
	waiting, err := Enquiries.Find(tx, `WHERE due_on <> '' AND due_on <= ? ORDER BY due_on, id LIMIT 500`, today.String())
	if err != nil {
		return false, err
	}
	for _, e := range waiting {
		if err := x.remind(tx, e, today); err != nil {
			return false, err
		}
	}
	old, err := Enquiries.Find(tx, `WHERE state IN ('delivered', 'questioned', 'agreed') AND updated_at < ? ORDER BY updated_at, id LIMIT 200`,
		when.Micro(tx.Now.AddDate(0, 0, -x.days("enquiry.lapse_days"))))
	if err != nil {
		return false, err
	}
	for _, one := range old {
		e, err := x.move(tx, "system", one, "lapse", nil)
		if err != nil {
			return false, err
		}
		if err := x.tellAsker(tx, e, "enquiry_lapsed"); err != nil {
			return false, err
		}
	}
	return len(old) == 200, nil
}

func (x *Deals) remind(tx *db.Tx, e *Enquiry, today when.Day) error {
	first, err := firstNotice(tx, e, "due")
	if err != nil {
		return err
	}
	if first {
		if err := x.tellHolder(tx, e, "enquiry_due"); err != nil {
			return err
		}
	}
	if today.Before(x.workingDays(e.Due, x.days("enquiry.silence_days"))) {
		return nil
	}
	if first, err = firstNotice(tx, e, "silent"); err != nil || !first {
		return err
	}
	return x.tellHolder(tx, e, "enquiry_silent")
}
