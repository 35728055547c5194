// Package programme is plans as tracked work: what a document says, who has to do it, what they
// report, and what the platform's own records show of it.
package programme

import (
	"embed"

	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Schema is the tables of plans, their words, assignments, tasks, reports and evidence.
//
//go:embed schema/*.sql
var Schema embed.FS

// Config is what the programme needs of the house.
type Config struct {
	Codes    *record.Codes
	Settings *record.Settings
	Bodies   Bodies
	// People returns the names of accounts.
	People func(tx *db.Tx, ids ...string) (map[string]string, error)
}

// Bodies is what the programme asks the registry about bodies in time.
type Bodies struct {
	// Names returns what bodies were called on a day.
	Names func(tx *db.Tx, day when.Day, ids ...string) (map[string]lang.Both, error)
	// Ended returns the last days of those of the bodies that exist no more on a day.
	Ended func(tx *db.Tx, day when.Day, ids ...string) (map[string]when.Day, error)
	// Members returns the bodies of a class on a day.
	Members func(tx *db.Tx, class string, day when.Day) ([]string, error)
	// Find returns the body or class that printed words name on a day; both empty when it is not certain.
	Find func(tx *db.Tx, day when.Day, printed ...string) (map[string]Found, error)
	// Assignable returns the names of the bodies that can be given something to do on a day, by id, and
	// of the classes, by class: and their key.
	Assignable func(tx *db.Tx, day when.Day) (map[string]lang.Both, error)
	// Successors returns who took over from a body, as of a day.
	Successors func(tx *db.Tx, body string, day when.Day) ([]string, error)
}

// Found is what printed words name: one body, or a class of bodies.
type Found struct{ Body, Class string }

// Programme is the plans of the house and the work on them.
type Programme struct {
	Config
	shelf shelf
}

// New returns the programme of a house.
func New(c Config) *Programme { return &Programme{Config: c} }
