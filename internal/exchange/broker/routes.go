package broker

import (
	"chonoi/internal/account"
	"chonoi/internal/web"
)

// Routes are the pages of the register, of mandates and of the board, with the right that each needs.
// Whose a mandate is, each page and act checks itself: to all others it does not exist.
func (x *Broking) Routes() []web.Route {
	return []web.Route{
		{"GET /brokers", x.showRegister, account.Anyone},
		{"GET /brokers/apply", x.showApply, account.MaySeeOwn},
		{"POST /brokers", x.apply, account.MayPost},
		{"POST /brokers/{id}/confirmation", x.decide("confirmed"), account.MayReview},
		{"POST /brokers/{id}/refusal", x.decide("refused"), account.MayReview},
		{"POST /brokers/{id}/suspension", x.decide("suspended"), account.MayReview},
		{"GET /mandates", x.showMandates, account.MaySeeOwn},
		{"GET /mandates/new", x.showPropose, account.MaySeeOwn},
		{"POST /mandates", x.propose, account.MayPost},
		{"GET /mandates/{id}", x.showMandate, account.MaySeeOwn},
		{"POST /mandates/{id}/signature", x.mandateAct("signature"), account.MayPost},
		{"POST /mandates/{id}/declination", x.mandateAct("declination"), account.MayPost},
		{"POST /mandates/{id}/revocation", x.mandateAct("revocation"), account.MayPost},
		{"POST /mandates/{id}/errands", x.mandateAct("errand"), account.MayPost},
		{"POST /mandates/{id}/errands/{errand}/done", x.mandateAct("done"), account.MayPost},
		{"POST /mandates/{id}/bills", x.mandateAct("bill"), account.MayPost},
		{"POST /mandates/{id}/bills/{deal}/payment", x.mandateAct("payment"), account.MayPost},
		{"GET /pipeline", x.showBoard, account.MaySeeOwn},
	}
}
