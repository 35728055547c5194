package field

import "embed"

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS
