// Package layout is the pages of layout profiles of official papers: their rules with the clause that
// each rests on, and the checker that holds an uploaded DOCX against them.
package layout

import (
	"embed"

	"chonoi/internal/account"
	"chonoi/internal/document/paper"
	"chonoi/internal/web"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

type doors struct{ layouts *paper.Layouts }

// Routes are the pages of layouts with the right that each needs.
func Routes(layouts *paper.Layouts) []web.Route {
	d := doors{layouts}
	return []web.Route{
		{"GET /layouts", d.showRules, account.Anyone},
		{"GET /layouts/{name}", d.showRules, account.Anyone},
		{"GET /layouts/{name}/rules.csv", d.sendRules, account.Anyone},
	}
}

// Uploads are the routes that take a file: whoever is signed in has one checked. Nothing is kept.
func Uploads(layouts *paper.Layouts) []web.Special {
	d := doors{layouts}
	return []web.Special{{Route: web.Route{Pattern: "POST /layouts/{name}/check", Handler: d.check, Right: account.SignedIn}, Stream: true, Body: paper.MostFile + 1<<20, PerMinute: 10}}
}
