package plan

import (
	"chonoi/internal/account"
	"chonoi/internal/programme"
	"chonoi/internal/web"
)

// Routes are the pages of plans with the right that each needs. What is no reader's to see is not
// found: a draft, a plan that is not public.
func Routes(x *programme.Programme) []web.Route {
	d := doors{x}
	return []web.Route{
		{"GET /plans", d.showPlans, account.Anyone},
		{"GET /plans/{id}", d.showPlan, account.Anyone},
		{"GET /plans/{id}/clauses/{clause}", d.showClause, account.Anyone},
		{"GET /plans/{id}/clauses.csv", d.sendCSV, account.Anyone},
		{"GET /plans/{id}/clauses.json", d.sendJSON, account.Anyone},
	}
}
