// Package overview is how plans are looked at as a whole: the first page of those who lead, the time
// line of a plan, its network of documents, and its budget.
package overview

import (
	"embed"

	"chonoi/internal/account"
	"chonoi/internal/observatory"
	"chonoi/internal/programme"
	"chonoi/internal/web"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

type doors struct {
	*programme.Programme
	book *observatory.Book
}

// Routes are the pages that show plans as a whole, with the right that each needs; what they show
// follows from which plans the reader may see.
func Routes(x *programme.Programme, book *observatory.Book) []web.Route {
	d := doors{x, book}
	return []web.Route{
		{"GET /programme", d.showFirst, account.Anyone},
		{"GET /plans/{id}/timeline", d.showTimeline, account.Anyone},
		{"GET /plans/{id}/network", d.showNetwork, account.Anyone},
		{"POST /plans/{id}/network", d.tellCited, account.MayProgramme},
		{"GET /plans/{id}/budget", d.showBudget, account.MaySeeOwn},
		{"GET /plans/{id}/budget.csv", d.sendBudget, account.MaySeeOwn},
	}
}
