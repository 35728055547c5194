package termbase

import (
	"chonoi/internal/account"
	"chonoi/internal/web"
)

// Routes are the pages of the terms with the right that each needs.
func (x *Termbase) Routes() []web.Route {
	return []web.Route{
		{"GET /terms", x.showTerms, account.Anyone},
		{"GET /terms/{id}", x.showTerm, account.Anyone},
		{"GET /terms/new", x.showNew, account.MayReview},
		{"POST /terms", x.add, account.MayReview},
		{"POST /terms/{id}", x.weigh, account.MayReview},
		{"POST /terms/{id}/retirement", x.retire, account.MayReview},
		{"GET /terms/retired", x.showRetired, account.MaySeeDesk},
		{"GET /terms/missed", x.showMissed, account.MaySeeDesk},
		{"GET /terms/proposals", x.showProposals, account.MaySeeDesk},
		{"GET /terms/proposals/new", x.showPropose, account.MayPost},
		{"POST /terms/proposals", x.propose, account.MayPost},
		{"POST /terms/proposals/{id}/acceptance", x.accept, account.MayReview},
		{"POST /terms/proposals/{id}/refusal", x.refuse, account.MayReview},
		{"GET /terms/dictionaries", x.showDictionaries, account.MaySeeDesk},
		{"GET /terms/dictionaries/{id}", x.showDictionary, account.MaySeeDesk},
		{"POST /terms/dictionaries/{id}/use", x.use, account.MayReview},
		{"POST /terms/dictionaries/{id}/removal", x.remove, account.MayReview},
	}
}

// uploadLimit is how large the files of a dictionary may be together.
const uploadLimit = 32 << 20

// Special are the doors that are no usual page: the table of all terms, and the one through which a
// dictionary comes in.
func (x *Termbase) Special() []web.Special {
	return []web.Special{
		{Route: web.Route{Pattern: "GET /terms.tsv", Handler: x.sendTerms, Right: account.Anyone}, PerMinute: 20},
		{Route: web.Route{Pattern: "POST /terms/dictionaries", Handler: x.load, Right: account.MayReview}, Body: uploadLimit},
	}
}
