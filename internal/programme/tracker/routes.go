package tracker

import (
	"chonoi/internal/account"
	"chonoi/internal/programme"
	"chonoi/internal/web"
)

// Routes are the pages of tables for other trackers with the right that each needs; that the caller
// leads the plan, each door checks itself.
func Routes(x *programme.Programme) []web.Route {
	d := doors{x}
	return []web.Route{
		{"GET /plans/{id}/export", d.showExport, account.MaySeeOwn},
		{"GET /plans/{id}/export.csv", d.sendCSV, account.MaySeeOwn},
		{"GET /plans/{id}/export.xlsx", d.sendXLSX, account.MaySeeOwn},
		{"GET /plans/{id}/export/errors.xlsx", d.sendErrors, account.MaySeeOwn},
		{"POST /plans/{id}/export", d.load, account.MayProgramme},
	}
}
