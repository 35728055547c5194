package floor

import (
	"chonoi/internal/account"
	"chonoi/internal/exchange"
	"chonoi/internal/web"
)

// Routes are the pages of the floor with the right that each needs. The page of a listing shows what
// besides draw below its own facts.
func Routes(x *exchange.Exchange, besides ...Beside) []web.Route {
	f := open(x)
	f.besides = besides
	return []web.Route{
		{"GET /{$}", f.showHome, account.Anyone},
		{"GET /search", f.showSearch, account.Anyone},
		{"GET /search/feed.atom", f.atomFeed, account.Anyone},
		{"GET /search/feed.json", f.jsonFeed, account.Anyone},
		{"GET /search/suggestions", f.suggest, account.Anyone},
		{"GET /offers/{id}", f.showOffer, account.Anyone},
		{"GET /needs/{id}", f.showNeed, account.Anyone},
		{"GET /offers/{id}/history", f.offers.showHistory, account.MaySeeOwn},
		{"GET /needs/{id}/history", f.needs.showHistory, account.MaySeeOwn},
	}
}

// Streams hand documents out; they take their transactions themselves.
func Streams(x *exchange.Exchange) []web.Special {
	f := open(x)
	return []web.Special{
		{Route: web.Route{"GET /files/{id}", f.download, account.Anyone}, Plain: true, Stream: true},
	}
}
