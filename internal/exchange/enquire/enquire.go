// Package enquire is the pages of enquiries: what is asked about a listing, by whom, and what its
// holder answers.
package enquire

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

// Routes are the pages of enquiries with the right that each needs. Whose an enquiry is, each act
// checks itself.
func Routes(x *deal.Deals) []web.Route {
	d := doors{x}
	return []web.Route{
		{"GET /enquiries", d.showList, account.MaySeeOwn},
		{"GET /enquiries/{id}", d.showOne, account.MaySeeOwn},
		{"GET /offers/{id}/enquiry", d.showForm("offer"), account.MaySeeOwn},
		{"GET /needs/{id}/enquiry", d.showForm("need"), account.MaySeeOwn},
		{"POST /offers/{id}/enquiry", d.ask("offer"), account.MayPost},
		{"POST /needs/{id}/enquiry", d.ask("need"), account.MayPost},
		{"POST /offers/{id}/enquiry-conditions", d.setCondition("offer"), account.MayPost},
		{"POST /needs/{id}/enquiry-conditions", d.setCondition("need"), account.MayPost},
		{"POST /enquiries/{id}/pass", d.act(d.pass), account.MayReview},
		{"POST /enquiries/{id}/refusal", d.act(d.refuse), account.MayReview},
		{"POST /enquiries/{id}/question", d.act(d.question), account.MayPost},
		{"POST /enquiries/{id}/reply", d.act(d.reply), account.MayPost},
		{"POST /enquiries/{id}/acceptance", d.act(d.accept), account.MayPost},
		{"POST /enquiries/{id}/opening", d.act(d.open), account.MayPost},
		{"POST /enquiries/{id}/declination", d.act(d.decline), account.MayPost},
		{"POST /enquiries/{id}/withdrawal", d.act(d.withdraw), account.MayPost},
	}
}
