package assign

import (
	"chonoi/internal/account"
	"chonoi/internal/programme"
	"chonoi/internal/web"
)

// Routes are the pages of assignment with the right that each needs; that the caller leads the plan,
// each door checks itself.
func Routes(x *programme.Programme) []web.Route {
	d := doors{x}
	return []web.Route{
		{"GET /plans/{id}/assignments", d.showTable, account.MaySeeOwn},
		{"POST /plans/{id}/assignments", d.assign, account.MayReport},
		{"POST /plans/{id}/assignments/paste", d.paste, account.MayReport},
		{"POST /plans/{id}/assignments/{assignment}/confirmation", d.confirm, account.MayReport},
		{"POST /plans/{id}/assignments/{assignment}/withdrawal", d.withdraw, account.MayReport},
		{"GET /plans/{id}/handover", d.showHandover, account.MaySeeOwn},
		{"POST /plans/{id}/handover", d.handOver, account.MayReport},
	}
}
