package search

import "embed"

// Texts holds what the package says to people, in texts.toml.
//
//go:embed texts.toml
var Texts embed.FS
