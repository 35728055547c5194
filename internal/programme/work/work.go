// Package work is where bodies work on their tasks: the desk of a body, the page of a task with its
// reports and evidence, and the first page of those who lead.
package work

import (
	"embed"

	"chonoi/internal/file"
	"chonoi/internal/programme"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

type doors struct {
	*programme.Programme
	files *file.Store // nil where no files are kept
}
