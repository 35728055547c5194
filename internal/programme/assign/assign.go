// Package assign is where those who lead a plan say who has what to do: the table of assignments,
// what the document itself proposes, rows pasted from a sheet, and the hand-over of bodies that ended.
package assign

import (
	"embed"

	"chonoi/internal/programme"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

type doors struct{ *programme.Programme }
