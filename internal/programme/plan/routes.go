package plan

import (
	"chonoi/internal/account"
	"chonoi/internal/observatory"
	"chonoi/internal/programme"
	"chonoi/internal/web"
)

// Routes are the pages of plans with the right that each needs. What is no reader's to see is not
// found: a draft, a plan that is not public.
func Routes(x *programme.Programme, book *observatory.Book, beside Beside) []web.Route {
	d := doors{x, book, beside}
	return []web.Route{
		{"GET /plans", d.showPlans, account.Anyone},
		{"GET /plans/{id}", d.showPlan, account.Anyone},
		{"GET /plans/{id}/clauses/{clause}", d.showClause, account.Anyone},
		{"POST /plans/{id}/clauses/{clause}/rules", d.bind, account.MayReport},
		{"POST /plans/{id}/clauses/{clause}/rules/{rule}/end", d.unbind, account.MayReport},
		{"GET /plans/{id}/reading", d.showReading, account.MaySeeOwn},
		{"POST /plans/{id}/document", d.tellDocument, account.MayReport},
		{"POST /plans/{id}/looks", d.look, account.MayReport},
		{"POST /plans/{id}/notes", d.note, account.MayReport},
		{"POST /plans/{id}/start", d.start, account.MayReport},
		{"GET /plans/{id}/clauses.csv", d.sendCSV, account.Anyone},
		{"GET /plans/{id}/clauses.json", d.sendJSON, account.Anyone},
	}
}

// Streams are the doors that take a document.
func Streams(x *programme.Programme) []web.Special {
	d := doors{Programme: x}
	return []web.Special{{Route: web.Route{"POST /plans", d.bring, account.MayReport}, Stream: true, Body: mostFile + 1<<20, PerMinute: 10}}
}

// mostFile is how many bytes a document may have.
const mostFile = 50 << 20
