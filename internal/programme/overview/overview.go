// Package overview is where plans are looked at as a whole: the leader's first page, the time line,
// the network of documents and the budget.
package overview

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
	book *observatory.Book
}
