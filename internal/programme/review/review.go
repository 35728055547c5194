// Package review is where plans are reviewed: a review is begun from frozen figures, its words are
// edited around them, and it is issued as an official paper.
package review

import (
	"embed"

	"chonoi/internal/account"
	"chonoi/internal/document/paper"
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
	book    *observatory.Book
	layouts *paper.Layouts
}

// Routes are the pages of reviews with the right that each needs. Which review it is, each door
// checks itself; one that is no reader's to see is not found.
func Routes(x *programme.Programme, book *observatory.Book, layouts *paper.Layouts) []web.Route {
	d := doors{x, book, layouts}
	return []web.Route{
		{"GET /reviews", d.showList, account.Anyone},
		{"GET /reviews/new", d.showNew, account.MayReport},
		{"POST /reviews", d.begin, account.MayReport},
		{"GET /reviews/{id}", d.showReview, account.Anyone},
		{"GET /reviews/{id}/edit", d.showEdit, account.MayReport},
		{"POST /reviews/{id}/parts/{part}", d.rewrite, account.MayReport},
		{"POST /reviews/{id}/document", d.tell, account.MayReport},
		{"POST /reviews/{id}/issue", d.issue, account.MayReport},
		{"POST /reviews/{id}/correction", d.correct, account.MayReport},
		{"GET /reviews/{id}/figures/{key}", d.showFigure, account.Anyone},
		{"GET /reviews/{id}/figures.csv", d.sendCSV, account.Anyone},
		{"GET /reviews/{id}/figures.json", d.sendJSON, account.Anyone},
		{"GET /reviews/{id}/review.docx", d.sendDOCX, account.Anyone},
	}
}
