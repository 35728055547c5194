package deal

import (
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// Evaluation is what experts found of the technology. It is kept as it was made.
type Evaluation struct {
	ID         string
	Side       Side   // that brought it
	By         string // names of the experts, or the body they sit on
	On         when.Day
	Examined   string // what was looked at, and how
	Findings   string
	Verdict    string // of the list evaluation_verdicts
	Attachment string // a document of the deal
	At         int64
	Account    account.ID
}

// Evaluate keeps a record of what experts found, for either side.
func (x *Deals) Evaluate(tx *db.Tx, a account.Actor, r *Room, e Evaluation) error {
	if !r.Acts(a) {
		return notYours()
	}
	f := fault.New(fault.Invalid, "deal.invalid")
	for name, text := range map[string]string{"by": e.By, "examined": e.Examined, "findings": e.Findings} {
		if text == "" {
			f.At(name, "field.needed")
		}
		atMost(f, name, text, longestNote)
	}
	if !x.Codes.Has("evaluation_verdicts", e.Verdict) {
		f.At("verdict", "field.needed")
	}
	happened(tx, f, "evaluated_on", e.On, when.Day{}, "")
	if err := sharedDocument(tx, f, r, e.Attachment); err != nil {
		return err
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	if r.State == Begun {
		if err := x.step(tx, a, r, "evaluation", Entry{}, nil); err != nil {
			return err
		}
	}
	if err := x.step(tx, a, r, "expert_evaluation", Entry{About: e.Verdict, Words: e.By, Held: e.On}, nil); err != nil {
		return err
	}
	e.ID, e.Side, e.At, e.Account = db.NewID(tx.Now), r.Side, when.Micro(tx.Now), a.ID
	return addEvaluation(tx, r.ID, &e)
}

// sharedDocument checks that a document, where one is named, lies in the deal for both sides.
func sharedDocument(tx *db.Tx, f *fault.Fault, r *Room, attachment string) error {
	if attachment == "" {
		return nil
	}
	all, _, err := Documents(tx, r)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(one *Document) bool { return one.ID == attachment && one.Audience != ForOwn }) {
		f.At("attachment", "deal.contract_needed")
	}
	return nil
}
