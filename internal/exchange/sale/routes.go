package sale

import (
	"chonoi/internal/account"
	"chonoi/internal/web"
)

// Routes are the pages of sales with the right that each needs. Whose an act is, it checks itself; what a
// reader may not see of a sale is not there.
func (x *House) Routes() []web.Route {
	return []web.Route{
		{"GET /sales", x.showAll, account.Anyone},
		{"GET /sales/mine", x.showMine, account.MaySeeOwn},
		{"GET /sales/{id}", x.showOne, account.Anyone},
		{"GET /sales/{id}/edit", x.showEdit, account.MaySeeOwn},
		{"POST /sales/{id}/{act}", x.act, account.MayPost},
		{"GET /offers/{id}/sale", x.showNew, account.MaySeeOwn},
		{"POST /offers/{id}/sale", x.prepare, account.MayPost},
		{"GET /sales/{id}/bidders/{bidder}", x.showBidder, account.MaySeeOwn},
		{"POST /sales/{id}/bidders/{bidder}/{act}", x.actOnBidder, account.MayPost},
	}
}

// Streams are the minutes of a sale. They take their transaction themselves.
func (x *House) Streams() []web.Special {
	return []web.Special{{Route: web.Route{Pattern: "GET /sales/{id}/minutes.docx", Handler: x.sendMinutes, Right: account.MaySeeOwn}, Plain: true, Stream: true, PerMinute: 30}}
}
