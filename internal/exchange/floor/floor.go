// Package floor is the public floor of the exchange: the home page, the search, the page of each
// offer and need with its history and documents, and what an organisation has on its stall.
package floor

import (
	"embed"

	"chonoi/internal/exchange"
	"chonoi/internal/exchange/listing"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// floor is the exchange as its readers walk about it.
type floor struct {
	listing.View
	besides []Beside
	offers  side[exchange.Offer]
	needs   side[exchange.Need]
}

// side is one side of the market.
type side[T any] struct {
	listing.Side[T]
	x listing.View
}

func open(x *exchange.Exchange) floor {
	v := listing.View{Exchange: x}
	return floor{View: v, offers: side[exchange.Offer]{listing.NewSide(x, x.Offers), v}, needs: side[exchange.Need]{listing.NewSide(x, x.Needs), v}}
}
