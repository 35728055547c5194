// Package plan is the doors of plans: the list, the page of a plan as the public sees it, each of its
// clauses, and the review of what the reader found.
package plan

import (
	"embed"

	"chonoi/internal/observatory"
	"chonoi/internal/programme"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

type doors struct {
	*programme.Programme
	book   *observatory.Book
	beside Beside
}
