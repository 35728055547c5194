package lexicon

import "embed"

// Texts holds what the lexicon says to a person.
//
//go:embed texts.toml
var Texts embed.FS
