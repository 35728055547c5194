package registry

import "embed"

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Schema is the registry's tables.
//
//go:embed schema/*.sql
var Schema embed.FS
