// Package post is where owners post: the form of an offer or a need step by step, its claims and
// documents, the preview, renewal and withdrawal, and the desk with all that is one's own.
package post

import (
	"embed"

	"chonoi/internal/exchange"
	"chonoi/internal/exchange/listing"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// post is the exchange as those see it who post.
type post struct {
	listing.View
	offers side[exchange.Offer]
	needs  side[exchange.Need]
}

// side is one side of the market.
type side[T any] struct {
	listing.Side[T]
	x listing.View
}

func open(x *exchange.Exchange) *post {
	v := listing.View{Exchange: x}
	return &post{View: v, offers: side[exchange.Offer]{listing.NewSide(x, x.Offers), v}, needs: side[exchange.Need]{listing.NewSide(x, x.Needs), v}}
}
