// Package register is the small records around plans: policies on their way, briefings and acts of
// communication, procedures that were cut or delegated, tasks that came up beyond the plans.
package register

import (
	"embed"

	"chonoi/internal/account"
	"chonoi/internal/programme"
	"chonoi/internal/web"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

type doors struct{ *programme.Programme }

// Routes are the pages of the registers with the right that each needs. The programme office writes in
// all of them, a manager what his own body did.
func Routes(x *programme.Programme) []web.Route {
	d := doors{x}
	return []web.Route{
		{"GET /policies", d.showPolicies, account.Anyone},
		{"POST /policies", d.keepPolicy, account.MayProgramme},
		{"GET /policies/{id}", d.showPolicy, account.Anyone},
		{"POST /policies/{id}", d.keepPolicy, account.MayProgramme},
		{"GET /activities", d.showActivities, account.Anyone},
		{"POST /activities", d.logActivity, account.MayReport},
		{"GET /procedures", d.showChanges, account.Anyone},
		{"POST /procedures", d.logChange, account.MayProgramme},
		{"GET /unplanned", d.showUnplanned, account.Anyone},
		{"POST /unplanned", d.logUnplanned, account.MayReport},
		{"GET /unplanned/{id}", d.showOneUnplanned, account.Anyone},
		{"POST /unplanned/{id}", d.endUnplanned, account.MayReport},
		{"GET /policies.csv", d.sendPolicies, account.Anyone},
		{"GET /activities.csv", d.sendActivities, account.Anyone},
		{"GET /procedures.csv", d.sendChanges, account.Anyone},
		{"GET /unplanned.csv", d.sendUnplanned, account.Anyone},
	}
}
