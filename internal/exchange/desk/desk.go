// Package desk is where officers work on what waits for them: first and second reviews, re-audits,
// needs that are owed an answer, proofs that run out - and the public rules by which they do.
package desk

import (
	"embed"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/listing"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// desk is the exchange as its officers see it.
type desk struct {
	listing.View
	offers side[exchange.Offer]
	needs  side[exchange.Need]
	lanes  []Lane
}

// Lane is a list of things that wait for officers and is kept elsewhere; the desk leads to it.
type Lane struct {
	Path, Name string // the name is a text key
	Count      func(tx *db.Tx) (int, error)
	Right      account.Right // of whom it is shown to; everybody at the desk when it allows nobody in particular
}

// shownTo reports whether the desk leads somebody to the lane.
func (l Lane) shownTo(a account.Actor) bool { return l.Right.Allows == nil || l.Right.Allows(a) }

// side is one side of the market.
type side[T any] struct {
	listing.Side[T]
	x *desk
}

func open(x *exchange.Exchange) *desk {
	d := &desk{View: listing.View{Exchange: x}}
	d.offers, d.needs = side[exchange.Offer]{listing.NewSide(x, x.Offers), d}, side[exchange.Need]{listing.NewSide(x, x.Needs), d}
	return d
}
