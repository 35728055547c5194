// Package lists carries the code lists that a new deployment begins with. An officer replaces any
// of them by loading a file of the same form; they are data, not law.
package lists

import "embed"

// Files is one CSV a list: code, vi, en, valid_from, valid_to, legal_basis.
//
//go:embed *.csv
var Files embed.FS
