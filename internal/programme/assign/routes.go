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
		{"GET /plans/{id}/assignments.xlsx", d.sendBook, account.MaySeeOwn},
		{"POST /plans/{id}/assignments/paste", d.paste, account.MayReport},
		{"POST /plans/{id}/assignments/{assignment}/confirmation", d.confirm, account.MayReport},
		{"POST /plans/{id}/assignments/{assignment}/withdrawal", d.withdraw, account.MayReport},
		{"GET /plans/{id}/handover", d.showHandover, account.MaySeeOwn},
		{"POST /plans/{id}/handover", d.handOver, account.MayReport},
	}
}

// Uploads are the doors that take a workbook, or send its rows again.
func Uploads(x *programme.Programme) []web.Special {
	d := doors{x}
	return []web.Special{
		{Route: web.Route{"POST /plans/{id}/assignments/book", d.lookAtBook, account.MayReport}, Body: mostBook + 1<<20, PerMinute: 20},
		{Route: web.Route{"POST /plans/{id}/assignments/book/rows", d.keepBook, account.MayReport}, Body: 4 * mostBook},
		{Route: web.Route{"POST /plans/{id}/assignments/book/errors", d.sendErrors, account.MayReport}, Body: 4 * mostBook},
	}
}
