package overview

import (
	"chonoi/internal/account"
	"chonoi/internal/observatory"
	"chonoi/internal/programme"
	"chonoi/internal/web"
)

// Routes are the pages of overviews with the right that each needs. Everybody sees what is public;
// those who see the programme from within see all plans, and a body its own.
func Routes(x *programme.Programme, book *observatory.Book) []web.Route {
	d := doors{x, book}
	return []web.Route{
		{"GET /programme", d.showFirst, account.Anyone},
		{"GET /programme/bodies", d.showBodies, account.Anyone},
		{"GET /programme/rows/{trouble}", d.showRows, account.Anyone},
		{"GET /programme/figures.csv", d.sendFigures, account.Anyone},
		{"GET /programme/figures.json", d.sendFiguresJSON, account.Anyone},
		{"GET /plans/{id}/timeline", d.showTimeline, account.Anyone},
		{"GET /plans/{id}/timeline.csv", d.sendTimeline, account.Anyone},
		{"GET /plans/{id}/network", d.showNetwork, account.Anyone},
		{"GET /plans/{id}/network.csv", d.sendNetwork, account.Anyone},
		{"GET /plans/{id}/documents/{document}", d.showDocument, account.Anyone},
		{"POST /plans/{id}/documents/{document}", d.markDocument, account.MayProgramme},
		{"GET /plans/{id}/budget", d.showBudget, account.MaySeeOwn},
		{"GET /plans/{id}/budget.csv", d.sendBudget, account.MaySeeOwn},
		{"GET /tasks/{id}/budget", d.showTaskBudget, account.MaySeeOwn},
		{"POST /tasks/{id}/budget", d.tellBudget, account.MayReport},
	}
}
