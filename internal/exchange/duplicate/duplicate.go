// Package duplicate is where officers decide on listings that are told twice: the pairs that are
// likely copies, side by side, to be merged or kept both.
package duplicate

import (
	"embed"

	"chonoi/internal/exchange"
	"chonoi/internal/exchange/listing"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// duplicates is the exchange as officers see it who look for copies.
type duplicates struct {
	listing.View
	offers side[exchange.Offer]
	needs  side[exchange.Need]
}

// side is one side of the market.
type side[T any] struct {
	listing.Side[T]
	x *duplicates
}

func open(x *exchange.Exchange) *duplicates {
	d := &duplicates{View: listing.View{Exchange: x}}
	d.offers, d.needs = side[exchange.Offer]{listing.NewSide(x, x.Offers), d}, side[exchange.Need]{listing.NewSide(x, x.Needs), d}
	return d
}
