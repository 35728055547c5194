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
		{"GET /offers/new", x.Offers.showNew, account.MayPost},
		{"POST /offers", x.Offers.begin, account.MayPost},
		{"GET /offers/{id}/edit", x.Offers.showEdit, account.MayPost},
		{"POST /offers/{id}", x.Offers.save, account.MayPost},
		{"GET /offers/{id}/preview", x.Offers.showPreview, account.MayPost},
		{"POST /offers/{id}/claims", x.Offers.putClaim, account.MayPost},
		{"POST /offers/{id}/claims/{claim}/removal", x.Offers.removeClaim, account.MayPost},
		{"POST /offers/{id}/submission", x.Offers.submit, account.MayPost},
		{"GET /offers/{id}/withdrawal", x.Offers.showWithdrawal, account.MayPost},
		{"POST /offers/{id}/withdrawal", x.Offers.withdraw, account.MayPost},
		{"POST /offers/{id}/reopening", x.Offers.reopen, account.MayPost},
		{"POST /offers/{id}/taking", x.Offers.take, account.MayPost},
		{"GET /offers/{id}/renewal", x.Offers.showRenewal, account.MayPost},
		{"POST /offers/{id}/renewal", x.Offers.renew, account.MayPost},
		{"GET /offers/{id}/history", x.Offers.showHistory, account.MaySeeOwn},
		{"GET /needs/new", x.Needs.showNew, account.MayPost},
		{"POST /needs", x.Needs.begin, account.MayPost},
		{"GET /needs/{id}/edit", x.Needs.showEdit, account.MayPost},
		{"POST /needs/{id}", x.Needs.save, account.MayPost},
		{"GET /needs/{id}/preview", x.Needs.showPreview, account.MayPost},
		{"POST /needs/{id}/claims", x.Needs.putClaim, account.MayPost},
		{"POST /needs/{id}/claims/{claim}/removal", x.Needs.removeClaim, account.MayPost},
		{"POST /needs/{id}/submission", x.Needs.submit, account.MayPost},
		{"GET /needs/{id}/withdrawal", x.Needs.showWithdrawal, account.MayPost},
		{"POST /needs/{id}/withdrawal", x.Needs.withdraw, account.MayPost},
		{"POST /needs/{id}/reopening", x.Needs.reopen, account.MayPost},
		{"POST /needs/{id}/taking", x.Needs.take, account.MayPost},
		{"GET /needs/{id}/renewal", x.Needs.showRenewal, account.MayPost},
		{"POST /needs/{id}/renewal", x.Needs.renew, account.MayPost},
		{"GET /needs/{id}/history", x.Needs.showHistory, account.MaySeeOwn},
		{"GET /desk/mine", x.showMine, account.MaySeeOwn},
		{"GET /desk", x.showDesk, account.MaySeeDesk},
		{"GET /desk/reviews/{kind}/{id}", x.showReview, account.MaySeeDesk},
		{"POST /desk/reviews/{kind}/{id}/taking_up", x.judge("taking_up"), account.MayReview},
		{"POST /desk/reviews/{kind}/{id}/publication", x.judge("publication"), account.MayReview},
		{"POST /desk/reviews/{kind}/{id}/return", x.judge("return"), account.MayReview},
		{"POST /desk/reviews/{kind}/{id}/suspension", x.judge("suspension"), account.MayReview},
		{"POST /desk/reviews/{kind}/{id}/release", x.judge("release"), account.MayReview},
		{"POST /desk/reviews/{kind}/{id}/reaudit", x.judge("reaudit"), account.MayReview},
		{"POST /desk/reviews/{kind}/{id}/block", x.judge("block"), account.MaySupervise},
		{"POST /desk/claims/{id}", x.checkClaim, account.MayReview},
		{"GET /desk/needs", x.showDeskNeeds, account.MaySeeDesk},
		{"GET /desk/needs/{id}", x.showDeskNeed, account.MaySeeDesk},
		{"POST /needs/{id}/answer", x.answerNeed, account.MayReview},
		{"GET /desk/imports", x.showImports, account.MayImport},
		{"GET /desk/imports/{id}", x.showImport, account.MayImport},
		{"POST /desk/imports/{id}", x.saveImport, account.MayImport},
		{"POST /desk/imports/{id}/trial", x.tryImport, account.MayImport},
		{"POST /desk/imports/{id}/start", x.startImport, account.MayImport},
		{"POST /desk/imports/{id}/stop", x.stopImport, account.MayImport},
		{"GET /listing-rules", x.showRules, account.Anyone},
	}
}

// PaperRoutes hand documents in and out: streams, which take their transactions themselves.
func (x *Exchange) PaperRoutes() []web.Special {
	return []web.Special{
		{Route: web.Route{"POST /offers/{id}/files", x.Offers.upload, account.MayPost}, Stream: true, Body: mostUpload},
		{Route: web.Route{"POST /needs/{id}/files", x.Needs.upload, account.MayPost}, Stream: true, Body: mostUpload},
		{Route: web.Route{"POST /offers/{id}/files/{file}/removal", x.Offers.detach, account.MayPost}, Stream: true},
		{Route: web.Route{"POST /needs/{id}/files/{file}/removal", x.Needs.detach, account.MayPost}, Stream: true},
		{Route: web.Route{"POST /desk/imports", x.receiveImport, account.MayImport}, Stream: true, Body: mostImport + 1<<20},
		{Route: web.Route{"GET /desk/imports/{id}/errors.xlsx", x.downloadErrors, account.MayImport}, Plain: true, Stream: true},
		{Route: web.Route{"GET /files/{id}", x.download, account.Anyone}, Plain: true, Stream: true},
	}
}
