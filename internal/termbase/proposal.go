package termbase

import (
	"unicode/utf8"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// Proposal is a term that somebody asks for (đề xuất thuật ngữ).
type Proposal struct {
	ID, State string
	Vi, En    string
	Field     string
	Note      string
	Reason    string // why it was refused
	Proposer  string
	CreatedAt int64
}

// The states of a proposal.
const (
	Open     = "open"
	Accepted = "accepted"
	Refused  = "refused"
)

// mostOpen is how many open proposals one person may have.
const mostOpen = 50

// Propose asks for a term. Conflict when it is told already; TooMany when too many of the proposer's wait.
func (x *Termbase) Propose(tx *db.Tx, actor account.ID, p Proposal) error {
	t := Term{}
	t.Vi, t.En, t.Field, t.Note, t.Weight = p.Vi, p.En, p.Field, p.Note, usualWeight
	if err := t.Check(); err != nil {
		return err
	}
	if old, err := x.Get(tx, IDOf(p.Vi, p.En)); err == nil && old.Weight > 0 {
		return fault.New(fault.Conflict, "term.invalid").At("vi", "term.told_already")
	}
	open, err := openOf(tx, actor)
	if err != nil {
		return err
	}
	if open >= mostOpen {
		return fault.New(fault.TooMany, "proposal.too_many", "N", mostOpen)
	}
	p.ID, p.State, p.Proposer, p.CreatedAt = db.NewID(tx.Now), Open, string(actor), when.Micro(tx.Now)
	if err := insertProposal(tx, p); err != nil {
		return err
	}
	return noteProposal(tx, actor, "term_proposal.made", p)
}

// Accept makes a proposal a term, which counts at once, and tells its proposer.
func (x *Termbase) Accept(tx *db.Tx, actor account.ID, id string) error {
	p, err := x.waiting(tx, id)
	if err != nil {
		return err
	}
	t := Term{}
	t.Vi, t.En, t.Field, t.Note = p.Vi, p.En, p.Field, p.Note
	if _, err := x.Add(tx, actor, t); err != nil {
		return err
	}
	return x.decide(tx, actor, p, Accepted, "", "term_proposal.accepted", "term_accepted")
}

// Refuse refuses a proposal with a reason, which its proposer is told.
func (x *Termbase) Refuse(tx *db.Tx, actor account.ID, id, reason string) error {
	p, err := x.waiting(tx, id)
	if err != nil {
		return err
	}
	f := fault.New(fault.Invalid, "term.invalid")
	switch n := utf8.RuneCountInString(reason); {
	case n == 0:
		return f.At("reason", "proposal.reason_needed")
	case n > 500:
		return f.At("reason", "term.note_long", "N", 500)
	}
	return x.decide(tx, actor, p, Refused, reason, "term_proposal.refused", "term_refused")
}

func (x *Termbase) waiting(tx *db.Tx, id string) (Proposal, error) {
	p, err := proposalBy(tx, id)
	if err == nil && p.State != Open {
		err = fault.New(fault.Conflict, "proposal.decided")
	}
	return p, err
}

func (x *Termbase) decide(tx *db.Tx, actor account.ID, p Proposal, state, reason, act, letter string) error {
	p.State, p.Reason = state, reason
	if err := decideProposal(tx, p); err != nil {
		return err
	}
	if err := noteProposal(tx, actor, act, p); err != nil {
		return err
	}
	if x.Write == nil {
		return nil
	}
	return x.Write(tx, account.ID(p.Proposer), letter, "Vi", p.Vi, "En", p.En, "Reason", reason)
}

func noteProposal(tx *db.Tx, actor account.ID, act string, p Proposal) error {
	note := ledger.Note{Actor: string(actor), Act: act, Kind: proposalKind, ID: p.ID, Change: []ledger.Change{{Field: "vi", New: p.Vi}, {Field: "en", New: p.En}}}
	if p.Reason != "" {
		note.Change = append(note.Change, ledger.Change{Field: "reason", New: p.Reason})
	}
	_, err := ledger.Append(tx, note)
	return err
}
