package deal

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"unicode/utf8"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// Signature is what a side did about a proposal of the confidentiality agreement.
type Signature struct {
	Proposal int64
	Side     Side
	Act      string // proposed, signed, declined
	Words    string // with the proposal
	Digest   string // SHA-256 of the words that it is about
	At       int64
	By       account.ID
}

// mostAgreement is how long the words of an agreement may be.
const mostAgreement = 20_000

// Propose puts an agreement on confidentiality to the other side; who proposes it signs it with that.
// An earlier proposal that was not signed by both falls.
func (x *Deals) Propose(tx *db.Tx, a account.Actor, r *Room, text string, until when.Day) error {
	if !r.Acts(a) {
		return notYours()
	}
	f := fault.New(fault.Invalid, "deal.invalid")
	if text == "" {
		f.At("agreement", "field.needed")
	}
	if n := utf8.RuneCountInString(text); n > mostAgreement {
		f.At("agreement", "field.too_long", "N", n, "Most", mostAgreement)
	}
	if !until.Zero() && !until.After(when.DayOf(tx.Now)) {
		f.At("until", "deal.until_past")
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	if r.NDA == NDASigned {
		return fault.New(fault.Conflict, "deal.nda_signed_already")
	}
	all, err := SignaturesOf(tx, r.ID)
	if err != nil {
		return err
	}
	n := int64(1)
	if len(all) > 0 {
		n = all[len(all)-1].Proposal + 1
	}
	if err := x.step(tx, a, r, "nda_proposal", Entry{}, func(d *Deal) { d.NDA, d.NDAUntil = NDAProposed, until }); err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(text + "\n" + until.String()))
	return addSignature(tx, r.ID, Signature{Proposal: n, Side: r.Side, Act: "proposed", Words: text, Digest: hex.EncodeToString(sum[:]), At: when.Micro(tx.Now), By: a.ID})
}

// Sign signs what the other side proposed; digest names the words that the reader saw, so that nobody
// signs others.
func (x *Deals) Sign(tx *db.Tx, a account.Actor, r *Room, digest string) error {
	return x.answerNDA(tx, a, r, digest, "signed", "nda_signature", NDASigned)
}

// DeclineNDA says no to what the other side proposed.
func (x *Deals) DeclineNDA(tx *db.Tx, a account.Actor, r *Room, digest string) error {
	return x.answerNDA(tx, a, r, digest, "declined", "nda_declination", NDADeclined)
}

func (x *Deals) answerNDA(tx *db.Tx, a account.Actor, r *Room, digest, done, act, state string) error {
	if !r.Acts(a) {
		return notYours()
	}
	all, err := SignaturesOf(tx, r.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(s Signature) bool { return s.Digest == digest && s.Act == "proposed" })
	if r.NDA != NDAProposed || i < 0 || i != len(all)-1 {
		return fault.New(fault.Conflict, "deal.nda_changed")
	}
	if all[i].Side == r.Side {
		return fault.New(fault.Conflict, "deal.nda_own")
	}
	if err := x.step(tx, a, r, act, Entry{}, func(d *Deal) { d.NDA = state }); err != nil {
		return err
	}
	return addSignature(tx, r.ID, Signature{Proposal: all[i].Proposal, Side: r.Side, Act: done, Digest: digest, At: when.Micro(tx.Now), By: a.ID})
}

// Skip says that the sides talk without an agreement; a signed one stays.
func (x *Deals) Skip(tx *db.Tx, a account.Actor, r *Room) error {
	if !r.Acts(a) {
		return notYours()
	}
	if r.NDA == NDASigned {
		return fault.New(fault.Conflict, "deal.nda_signed_already")
	}
	return x.step(tx, a, r, "nda_skip", Entry{}, func(d *Deal) { d.NDA, d.NDAUntil = NDASkipped, when.Day{} })
}

// Secret reports whether an agreement on confidentiality is in force on a day.
func (d *Deal) Secret(today when.Day) bool {
	return d.NDA == NDASigned && (d.NDAUntil.Zero() || !today.After(d.NDAUntil))
}
