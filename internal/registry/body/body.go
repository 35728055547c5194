// Package body is where people see bodies in time, and where the house tells their names, parents,
// endings, successions and classes.
package body

import (
	"embed"

	"chonoi/internal/registry"
	"chonoi/internal/web/parts"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// bodies is the register as seen in time.
type bodies struct{ *registry.Registry }

// form is one act as it is asked for.
type form struct {
	ID, Title, Help, Action, Save string
	Inputs                        []input
}

// input is one thing that a form asks for. Draw is area, select or "".
type input struct {
	Draw string
	parts.Field
}
