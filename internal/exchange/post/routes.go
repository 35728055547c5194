package post

import (
	"chonoi/internal/account"
	"chonoi/internal/exchange"
	"chonoi/internal/web"
)

// Routes are the pages of those who post, with the right that each needs.
func Routes(x *exchange.Exchange) []web.Route {
	p := open(x)
	return []web.Route{
		{"GET /offers/new", p.offers.showNew, account.MayPost},
		{"POST /offers", p.offers.begin, account.MayPost},
		{"GET /offers/{id}/edit", p.offers.showEdit, account.MayPost},
		{"POST /offers/{id}", p.offers.save, account.MayPost},
		{"GET /offers/{id}/preview", p.offers.showPreview, account.MayPost},
		{"POST /offers/{id}/claims", p.offers.putClaim, account.MayPost},
		{"POST /offers/{id}/claims/{claim}/removal", p.offers.removeClaim, account.MayPost},
		{"POST /offers/{id}/submission", p.offers.submit, account.MayPost},
		{"GET /offers/{id}/withdrawal", p.offers.showWithdrawal, account.MayPost},
		{"POST /offers/{id}/withdrawal", p.offers.withdraw, account.MayPost},
		{"POST /offers/{id}/reopening", p.offers.reopen, account.MayPost},
		{"POST /offers/{id}/taking", p.offers.take, account.MayPost},
		{"GET /offers/{id}/renewal", p.offers.showRenewal, account.MayPost},
		{"POST /offers/{id}/renewal", p.offers.renew, account.MayPost},
		{"GET /needs/new", p.needs.showNew, account.MayPost},
		{"POST /needs", p.needs.begin, account.MayPost},
		{"GET /needs/{id}/edit", p.needs.showEdit, account.MayPost},
		{"POST /needs/{id}", p.needs.save, account.MayPost},
		{"GET /needs/{id}/preview", p.needs.showPreview, account.MayPost},
		{"POST /needs/{id}/claims", p.needs.putClaim, account.MayPost},
		{"POST /needs/{id}/claims/{claim}/removal", p.needs.removeClaim, account.MayPost},
		{"POST /needs/{id}/submission", p.needs.submit, account.MayPost},
		{"GET /needs/{id}/withdrawal", p.needs.showWithdrawal, account.MayPost},
		{"POST /needs/{id}/withdrawal", p.needs.withdraw, account.MayPost},
		{"POST /needs/{id}/reopening", p.needs.reopen, account.MayPost},
		{"POST /needs/{id}/taking", p.needs.take, account.MayPost},
		{"GET /needs/{id}/renewal", p.needs.showRenewal, account.MayPost},
		{"POST /needs/{id}/renewal", p.needs.renew, account.MayPost},
		{"GET /desk/mine", p.showMine, account.MaySeeOwn},
	}
}

// Streams take documents in and away; they take their transactions themselves.
func Streams(x *exchange.Exchange) []web.Special {
	p := open(x)
	return []web.Special{
		{Route: web.Route{"POST /offers/{id}/files", p.offers.upload, account.MayPost}, Stream: true, Body: mostUpload},
		{Route: web.Route{"POST /needs/{id}/files", p.needs.upload, account.MayPost}, Stream: true, Body: mostUpload},
		{Route: web.Route{"POST /offers/{id}/files/{file}/removal", p.offers.detach, account.MayPost}, Stream: true},
		{Route: web.Route{"POST /needs/{id}/files/{file}/removal", p.needs.detach, account.MayPost}, Stream: true},
	}
}
