// Package derive is where bodies carry out a plan by plans of their own: the links between their
// clauses, the matrix that shows the holes, and the programme of one body.
package derive

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

// Routes are the pages of derived plans with the right that each needs; which plan it is, each door
// checks itself.
func Routes(x *programme.Programme) []web.Route {
	d := doors{x}
	return []web.Route{
		{"GET /plans/{id}/coverage", d.showCoverage, account.Anyone},
		{"GET /plans/{id}/coverage.csv", d.sendCSV, account.Anyone},
		{"GET /plans/{id}/links", d.showLinks, account.MayReport},
		{"POST /plans/{id}/links", d.connect, account.MayReport},
		{"POST /plans/{id}/links/removal", d.disconnect, account.MayReport},
		{"GET /organisations/{id}/programme", d.showBody, account.Anyone},
		{"GET /organisations/{id}/programme/new", d.showWrite, account.MayReport},
		{"POST /organisations/{id}/programme", d.write, account.MayReport},
	}
}
