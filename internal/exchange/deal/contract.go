package deal

import (
	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange/contract"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// Draft is a version of the text of a contract.
type Draft struct {
	N        int64
	Side     Side // that wrote it
	Contract *contract.Contract
	Digest   string
	Words    string // that go with it
	At       int64
	By       account.ID
}

// mostDrafts is how many versions of its contract a deal may have.
const mostDrafts = 200

// WriteContract keeps a version of the contract, for either side, while the contract is drafted. It is
// written on the version that the writer saw: when another came meanwhile, it is refused.
func (x *Deals) WriteContract(tx *db.Tx, a account.Actor, r *Room, l *contract.Library, c *contract.Contract, saw int64, words string) (int64, error) {
	if !r.Acts(a) {
		return 0, notYours()
	}
	if err := l.Valid(c); err != nil {
		return 0, err
	}
	f := fault.New(fault.Invalid, "deal.invalid")
	atMost(f, "words", words, longestNote)
	if err := f.OrNil(); err != nil {
		return 0, err
	}
	last, err := lastDraft(tx, r.ID)
	if err != nil {
		return 0, err
	}
	if last != saw {
		return 0, fault.New(fault.Conflict, "deal.draft_changed")
	}
	if last >= mostDrafts {
		return 0, fault.New(fault.Conflict, "deal.too_many_versions", "Most", mostDrafts)
	}
	text, digest, err := c.Write()
	if err != nil {
		return 0, err
	}
	if err := x.step(tx, a, r, "contract_draft", Entry{About: number(last + 1), Words: words}, nil); err != nil {
		return 0, err
	}
	d := Draft{N: last + 1, Side: r.Side, Digest: digest, Words: words, At: when.Micro(tx.Now), By: a.ID}
	if err := addDraft(tx, r.ID, &d, text); err != nil {
		return 0, err
	}
	return d.N, x.tellOther(tx, r, "deal_draft")
}
