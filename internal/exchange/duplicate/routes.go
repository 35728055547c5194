package duplicate

import (
	"chonoi/internal/account"
	"chonoi/internal/exchange"
	"chonoi/internal/web"
)

// Routes are the pages of likely copies with the right that each needs.
func Routes(x *exchange.Exchange) []web.Route {
	d := open(x)
	return []web.Route{
		{"GET /duplicates", d.showPairs, account.MaySeeDesk},
		{"GET /duplicates/{kind}/{one}/{other}", d.showPair, account.MaySeeDesk},
		{"POST /duplicates/{kind}/{one}/{other}/merger", d.merge, account.MayReview},
		{"POST /duplicates/{kind}/{one}/{other}/keeping", d.keepBoth, account.MayReview},
		{"POST /duplicates/{kind}/{one}/{other}/undoing", d.undo, account.MayReview},
	}
}
