// Package shown is what the pages of plans and tasks have in common: how a task stands in colour and
// words, addresses, moves of due days, evidence.
package shown

import "embed"

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS
