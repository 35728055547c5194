package exchange

import (
	"chonoi/internal/account"
	"chonoi/internal/web"
)

// Routes are the exchange's pages with the right that each needs.
func (x *Exchange) Routes() []web.Route {
	return []web.Route{
		{"GET /{$}", x.showHome, account.Anyone},
		{"GET /search", x.showSearch, account.Anyone},
		{"GET /offers/{id}", x.showOffer, account.Anyone},
		{"GET /needs/{id}", x.showNeed, account.Anyone},
	}
}
