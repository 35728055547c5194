// Package room is the pages of a deal: the room in which two sides talk, compare what they offer and
// agree, clause by clause; and the reckoning of a royalty for everybody.
package room

import (
	"embed"

	"chonoi/internal/account"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/web"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

type doors struct{ *deal.Deals }

// Routes are the pages of deals with the right that each needs. Whose a deal is, each page and act
// checks itself: to all others it does not exist.
func Routes(x *deal.Deals) []web.Route {
	d := doors{x}
	return []web.Route{
		{"GET /deals", d.showList, account.MaySeeOwn},
		{"GET /deals/{id}", d.showRoom, account.MaySeeOwn},
		{"GET /deals/{id}/offer", d.showOffer, account.MaySeeOwn},
		{"POST /deals/{id}/offer", d.offer, account.MayPost},
		{"GET /deals/{id}/sheet", d.showSheet, account.MaySeeOwn},
		{"GET /deals/{id}/legal", d.showLegal, account.MaySeeOwn},
		{"POST /deals/{id}/legal", d.decide, account.MayReview},
		{"POST /deals/{id}/legal/approval", d.legalAct("approval"), account.MayReview},
		{"POST /deals/{id}/legal/refusal", d.legalAct("refusal"), account.MayReview},
		{"POST /deals/{id}/legal/signature", d.legalAct("signature"), account.MayPost},
		{"POST /deals/{id}/legal/filing", d.legalAct("filing"), account.MayPost},
		{"POST /deals/{id}/legal/return", d.legalAct("return"), account.MayReview},
		{"POST /deals/{id}/legal/certificate", d.legalAct("certificate"), account.MayReview},
		{"GET /deals/{id}/experts", d.showExperts, account.MaySeeOwn},
		{"POST /deals/{id}/experts/evaluation", d.expertAct("evaluation"), account.MayPost},
		{"POST /deals/{id}/experts/valuation", d.expertAct("valuation"), account.MayPost},
		{"GET /deals/{id}/performance", d.showPerformance, account.MaySeeOwn},
		{"POST /deals/{id}/performance/handover", d.performanceAct("handover"), account.MayPost},
		{"POST /deals/{id}/performance/dispute", d.performanceAct("dispute"), account.MayPost},
		{"POST /deals/{id}/performance/settlement", d.performanceAct("settlement"), account.MayPost},
		{"POST /deals/{id}/performance/agreement", d.performanceAct("agreement"), account.MayPost},
		{"POST /deals/{id}/performance/termination", d.performanceAct("termination"), account.MayPost},
		{"POST /deals/{id}/performance/report", d.performanceAct("report"), account.MayPost},
		{"POST /deals/{id}/performance/report-agreement", d.performanceAct("report-agreement"), account.MayPost},
		{"POST /deals/{id}/performance/payment", d.performanceAct("payment"), account.MayPost},
		{"POST /deals/{id}/performance/receipt", d.performanceAct("receipt"), account.MayPost},
		{"POST /deals/{id}/performance/survey", d.performanceAct("survey"), account.MayPost},
		{"POST /deals/{id}/performance/review", d.performanceAct("review"), account.MayPost},
		{"POST /deals/{id}/versions/{n}/acceptance", d.acceptAll, account.MayPost},
		{"POST /deals/{id}/versions/{n}/withdrawal", d.withdraw, account.MayPost},
		{"POST /deals/{id}/versions/{n}/clauses/{clause}", d.acceptClause, account.MayPost},
		{"POST /deals/{id}/entries", d.write, account.MayPost},
		{"POST /deals/{id}/people", d.name, account.MayPost},
		{"POST /deals/{id}/people/{account}/release", d.release, account.MayPost},
		{"POST /deals/{id}/brokers", d.callIn, account.MayPost},
		{"POST /deals/{id}/nda", d.propose, account.MayPost},
		{"POST /deals/{id}/nda/signature", d.sign, account.MayPost},
		{"POST /deals/{id}/nda/declination", d.declineNDA, account.MayPost},
		{"POST /deals/{id}/nda/skip", d.skip, account.MayPost},
		{"POST /deals/{id}/stop", d.stop, account.MayPost},
		{"GET /royalty", d.showRoyalty, account.Anyone},
	}
}
