package desk

import (
	"chonoi/internal/account"
	"chonoi/internal/exchange"
	"chonoi/internal/web"
)

// Routes are the pages of the desk with the right that each needs. It leads to the lanes too.
func Routes(x *exchange.Exchange, lanes ...Lane) []web.Route {
	d := open(x)
	d.lanes = lanes
	return []web.Route{
		{"GET /desk", d.showDesk, account.MaySeeDesk},
		{"GET /desk/reviews/{kind}/{id}", d.showReview, account.MaySeeDesk},
		{"POST /desk/reviews/{kind}/{id}/taking_up", d.judge("taking_up"), account.MayReview},
		{"POST /desk/reviews/{kind}/{id}/publication", d.judge("publication"), account.MayReview},
		{"POST /desk/reviews/{kind}/{id}/return", d.judge("return"), account.MayReview},
		{"POST /desk/reviews/{kind}/{id}/suspension", d.judge("suspension"), account.MayReview},
		{"POST /desk/reviews/{kind}/{id}/release", d.judge("release"), account.MayReview},
		{"POST /desk/reviews/{kind}/{id}/reaudit", d.judge("reaudit"), account.MayReview},
		{"POST /desk/reviews/{kind}/{id}/block", d.judge("block"), account.MaySupervise},
		{"POST /desk/claims/{id}", d.checkClaim, account.MayReview},
		{"GET /desk/needs", d.showDeskNeeds, account.MaySeeDesk},
		{"GET /desk/needs/{id}", d.showDeskNeed, account.MaySeeDesk},
		{"POST /needs/{id}/answer", d.answerNeed, account.MayReview},
		{"GET /listing-rules", d.showRules, account.Anyone},
	}
}
