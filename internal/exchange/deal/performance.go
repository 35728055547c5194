package deal

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"unicode/utf8"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// HandOver is a step of the hand-over, and which side says since when that it is done.
type HandOver struct {
	N         int64 // from 1
	Method    string
	What      string
	Due       when.Day
	Confirmed map[Side]Confirmation
}

// Confirmation is what a side says of a step: it is done.
type Confirmation struct {
	On    when.Day
	Words string
	At    int64
	By    account.ID
}

// Done reports whether both sides say that the step is done.
func (h *HandOver) Done() bool { return len(h.Confirmed) == 2 }

// Since returns the day from which both sides say that it is done: the later of theirs.
func (h *HandOver) Since() (day when.Day) {
	for _, c := range h.Confirmed {
		if c.On.After(day) {
			day = c.On
		}
	}
	return day
}

// HandOvers returns the steps of the hand-over: the milestones that were agreed on; where none were, a
// step for each method; where there is none either, the acceptance of the technology.
func HandOvers(tx *db.Tx, deal string) ([]*HandOver, error) {
	sheet, err := SheetOf(tx, deal)
	if err != nil || sheet == nil {
		return nil, err
	}
	all := steps(sheet.Terms)
	return all, confirmationsOf(tx, deal, all)
}

func steps(t *terms.Terms) (all []*HandOver) {
	for _, one := range t.Milestones {
		all = append(all, &HandOver{Method: one.Method, What: one.What, Due: one.Due})
	}
	for _, method := range t.Methods {
		if len(t.Milestones) == 0 {
			all = append(all, &HandOver{Method: method})
		}
	}
	if len(all) == 0 {
		all = []*HandOver{{}}
	}
	for i := range all {
		all[i].N, all[i].Confirmed = int64(i+1), map[Side]Confirmation{}
	}
	return all
}

// happened checks a day on which something was done: it has come, and is not before another.
func happened(tx *db.Tx, f *fault.Fault, field string, on, first when.Day, before string) {
	switch {
	case on.Zero():
		f.At(field, "field.needed")
	case on.After(when.DayOf(tx.Now)):
		f.At(field, "deal.paper_ahead")
	case !first.Zero() && on.Before(first):
		f.At(field, before)
	}
}

// atMost checks the length of words.
func atMost(f *fault.Fault, field, text string, most int) {
	if n := utf8.RuneCountInString(text); n > most {
		f.At(field, "field.too_long", "N", n, "Most", most)
	}
}

// Confirm says for one's own side that a step of the hand-over is done. When both sides say so of the
// last one, the hand-over is complete, and the time of the surveys after the sale begins.
func (x *Deals) Confirm(tx *db.Tx, a account.Actor, r *Room, n int64, on when.Day, words string) error {
	if !r.Acts(a) {
		return notYours()
	}
	l, err := legalToMove(tx, r)
	if err != nil {
		return err
	}
	all, err := HandOvers(tx, r.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(h *HandOver) bool { return h.N == n })
	if i < 0 {
		return found()
	}
	if _, already := all[i].Confirmed[r.Side]; already {
		return fault.New(fault.Conflict, "deal.confirmed_already")
	}
	f := fault.New(fault.Invalid, "deal.invalid")
	happened(tx, f, "done_on", on, l.Signed, "deal.before_signing")
	atMost(f, "words", words, longestNote)
	if err := f.OrNil(); err != nil {
		return err
	}
	c := Confirmation{On: on, Words: words, At: when.Micro(tx.Now), By: a.ID}
	if err := x.step(tx, a, r, "milestone", Entry{About: number(n), Words: words, Held: on}, nil); err != nil {
		return err
	}
	if err := addConfirmation(tx, r.ID, n, r.Side, c); err != nil {
		return err
	}
	all[i].Confirmed[r.Side] = c
	if slices.ContainsFunc(all, func(h *HandOver) bool { return !h.Done() }) {
		return x.tellOther(tx, r, "deal_milestone")
	}
	last := all[0].Since()
	for _, h := range all {
		if h.Since().After(last) {
			last = h.Since()
		}
	}
	if err := x.step(tx, a, r, "completion", Entry{Held: last}, func(d *Deal) { d.Ended = last }); err != nil {
		return err
	}
	return x.tellOther(tx, r, "deal_complete")
}

// Terminate ends a contract in force before its hand-over is complete, with a coded reason.
func (x *Deals) Terminate(tx *db.Tx, a account.Actor, r *Room, reason string, on when.Day, words string) error {
	if !r.Acts(a) {
		return notYours()
	}
	l, err := legalToMove(tx, r)
	if err != nil {
		return err
	}
	f := fault.New(fault.Invalid, "deal.invalid")
	if !x.Codes.Has("termination_reasons", reason) {
		f.At("reason", "field.needed")
	}
	happened(tx, f, "ended_on", on, l.Signed, "deal.before_signing")
	if words == "" {
		f.At("words", "field.needed")
	}
	atMost(f, "words", words, longestNote)
	if err := f.OrNil(); err != nil {
		return err
	}
	if err := x.step(tx, a, r, "termination", Entry{About: reason, Words: words, Held: on}, func(d *Deal) { d.Ended, d.Reason = on, reason }); err != nil {
		return err
	}
	if err := endDispute(tx, r.ID, "", when.Micro(tx.Now)); err != nil {
		return err
	}
	return x.tellOther(tx, r, "deal_terminated")
}

// Dispute is a disagreement about a contract in force, and how it was settled.
type Dispute struct {
	N          int64
	Side       Side // that raised it
	Words      string
	At         int64
	Before     string // state in which it was raised
	ProposedBy Side   // "" while nobody proposed how to settle it
	Settlement string
	EndedAt    int64 // 0 while it is open
}

// Digest is the digest of how it would be settled: who agrees names the words that were read.
func (d *Dispute) Digest() string {
	sum := sha256.Sum256([]byte(d.Settlement))
	return hex.EncodeToString(sum[:])
}

// Raise says that one's own side disputes how the contract is performed.
func (x *Deals) Raise(tx *db.Tx, a account.Actor, r *Room, words string) error {
	if !r.Acts(a) {
		return notYours()
	}
	if err := needWords(words); err != nil {
		return err
	}
	before := r.State
	if err := x.step(tx, a, r, "dispute", Entry{Words: words}, nil); err != nil {
		return err
	}
	if err := addDispute(tx, r.ID, &Dispute{Side: r.Side, Words: words, At: when.Micro(tx.Now), Before: before}); err != nil {
		return err
	}
	return x.tellOther(tx, r, "deal_dispute")
}

// ProposeSettlement says how one's own side would settle the open dispute.
func (x *Deals) ProposeSettlement(tx *db.Tx, a account.Actor, r *Room, words string) error {
	if !r.Acts(a) {
		return notYours()
	}
	if err := needWords(words); err != nil {
		return err
	}
	if err := x.step(tx, a, r, "settlement_proposal", Entry{Words: words}, nil); err != nil {
		return err
	}
	if err := proposeSettlement(tx, r.ID, r.Side, words); err != nil {
		return err
	}
	return x.tellOther(tx, r, "deal_settlement")
}

// Settle agrees with what the other side proposed, in the words whose digest is given: the dispute is
// over, and the deal goes on where it stood.
func (x *Deals) Settle(tx *db.Tx, a account.Actor, r *Room, digest string) error {
	if !r.Acts(a) {
		return notYours()
	}
	one, err := openDispute(tx, r.ID)
	if err != nil {
		return err
	}
	if one == nil || one.ProposedBy != r.Side.Other() || one.Digest() != digest {
		return fault.New(fault.Conflict, "deal.move_not_possible")
	}
	m, err := leads(r.State, "settlement", one.Before)
	if err != nil {
		return err
	}
	if err := x.take(tx, a, r, m, Entry{Words: one.Settlement}, nil); err != nil {
		return err
	}
	return endDispute(tx, r.ID, one.Settlement, when.Micro(tx.Now))
}
