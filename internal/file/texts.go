package file

import "embed"

// Texts is what people read of this package.
//
//go:embed texts.toml
var Texts embed.FS
