package sale

import (
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/ledger"
)

// The states of a sale.
const (
	Draft      = "draft"
	Announced  = "announced"
	Open       = "open"       // bids are taken
	Revealing  = "revealing"  // sealed bids are opened by those who made them
	Evaluating = "evaluating" // proposals are marked
	Settling   = "settling"   // ranked; the seller awards
	Awarded    = "awarded"
	Void       = "void" // ended without a buyer
	Cancelled  = "cancelled"
)

// States lists the states in their order.
var States = []string{Draft, Announced, Open, Revealing, Evaluating, Settling, Awarded, Void, Cancelled}

// The parts one can have in a move.
const (
	BySeller = "seller"
	ByBidder = "bidder"
	BySystem = "system" // the clock
)

// moves is the whole table of sales: what is not here cannot happen.
// Source: domain requirements of the exchange, public sale modes (practice of CTEX and of Zhejiang).
var moves = []deal.Move{
	{Act: "announcement", From: []string{Draft}, To: Announced, By: BySeller, Needs: "notice"},
	{Act: "withdrawal", From: []string{Draft}, To: Cancelled, By: BySeller},
	{Act: "cancellation", From: []string{Announced, Open}, To: Cancelled, By: BySeller, Needs: "words"},
	{Act: "opening", From: []string{Announced}, To: Open, By: BySystem},
	{Act: "bid", From: []string{Open}, By: ByBidder, Needs: "price"},
	{Act: "purchase", From: []string{Open}, To: Awarded, By: ByBidder, Leaves: "deal"},
	{Act: "closing", From: []string{Open}, To: Revealing, By: BySystem},
	{Act: "closing", From: []string{Open}, To: Evaluating, By: BySystem},
	{Act: "closing", From: []string{Open}, To: Settling, By: BySystem},
	{Act: "closing", From: []string{Open}, To: Void, By: BySystem},
	{Act: "all_opened", From: []string{Revealing}, To: Settling, By: ByBidder},
	{Act: "all_opened", From: []string{Revealing}, To: Void, By: ByBidder},
	{Act: "opened", From: []string{Revealing}, To: Settling, By: BySystem},
	{Act: "opened", From: []string{Revealing}, To: Void, By: BySystem},
	{Act: "evaluated", From: []string{Evaluating}, To: Settling, By: BySeller, Needs: "marks"},
	{Act: "award", From: []string{Settling}, To: Awarded, By: BySeller, Leaves: "deal"},
	{Act: "no_award", From: []string{Settling}, To: Void, By: BySeller, Needs: "words"},
}

// Moves returns the table of moves, for pages and drawings.
func Moves() []deal.Move { return slices.Clone(moves) }

// step saves an act that leads from one state to another.
func (x *House) step(tx *db.Tx, who account.ID, old *Sale, act, to string, change func(*Sale), also ...ledger.Change) error {
	i := slices.IndexFunc(moves, func(m deal.Move) bool {
		return m.Act == act && slices.Contains(m.From, old.State) && (m.To == to || m.To == "" && to == old.State)
	})
	if i < 0 {
		return tooLate()
	}
	s := Sales.Copy(old)
	s.State = to
	if change != nil {
		change(s)
	}
	if err := Sales.Save(tx, who, "sale."+act, old, s, also...); err != nil {
		return err
	}
	*old = *s
	return nil
}

// The states of a bidder.
const (
	Applied   = "applied"
	Admitted  = "admitted"
	Rejected  = "rejected"
	Excluded  = "excluded" // after the bids were known, with words
	Withdrawn = "withdrawn"
)
