package alert

import (
	"chonoi/internal/account"
	"chonoi/internal/web"
)

// Routes are the pages of saved searches with the right that each needs. What a letter leads to needs
// none but its token.
func (a *Alerts) Routes() []web.Route {
	return []web.Route{
		{"GET /alerts", a.showAlerts, account.MaySeeOwn},
		{"POST /alerts", a.saveSearch, account.SignedIn},
		{"GET /alerts/new", a.showNew, account.MaySeeOwn},
		{"POST /alerts/letters", a.switchLetters, account.SignedIn},
		{"POST /alerts/listings", a.switchListings, account.SignedIn},
		{"GET /alerts/{id}", a.showSearch, account.MaySeeOwn},
		{"POST /alerts/{id}", a.renameSearch, account.SignedIn},
		{"POST /alerts/{id}/pause", a.pauseSearch, account.SignedIn},
		{"POST /alerts/{id}/resumption", a.resumeSearch, account.SignedIn},
		{"POST /alerts/{id}/deletion", a.deleteSearch, account.SignedIn},
		{"POST /alerts/{id}/restoration", a.restoreSearch, account.SignedIn},
		{"GET /unsubscribe/{token}", a.showStop, account.Anyone},
		{"POST /unsubscribe/{token}", a.stop, account.Anyone},
	}
}
