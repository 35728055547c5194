// Package lists carries the code lists that a new deployment begins with. An officer replaces any
// of them by loading a file of the same form; they are data, not law.
package lists

import "embed"

// Files is one CSV a list: code, vi, en, valid_from, valid_to, legal_basis.
//
//go:embed *.csv
var Files embed.FS

// Layouts are the layout profiles of official papers, one TOML a version; internal/document/paper
// reads them.
//
//go:embed layouts/*.toml
var Layouts embed.FS

// Reminders says when bodies are reminded of their tasks; internal/programme reads it.
//
//go:embed reminders.toml
var Reminders string

// Law is the legal route of a transfer: one folder an edition of the rules, and the public holidays;
// internal/exchange/route reads it.
//
//go:embed law
var Law embed.FS

// Contract is the library of clauses of transfer contracts, and the contents that the law asks for;
// internal/exchange/contract reads it.
//
//go:embed contract/*.csv
var Contract embed.FS
