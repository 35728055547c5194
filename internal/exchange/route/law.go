// Package route tells the legal route of a technology transfer (trình tự pháp lý) from dated data:
// whether a deal is blocked, needs an approval and a licence, must be registered or may be, who does
// what by when, and what the officer must still ask. It knows no database and no page.
package route

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"maps"
	"slices"

	"chonoi/internal/lang"
	"chonoi/internal/when"
	"chonoi/lists"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Law is one edition of the rules. It never changes once loaded, so it may be used by many goroutines.
type Law struct {
	Name    string    // 2026-11
	Edition string    // name and digest of all its files: 2026-11@5f0c1d2e3a4b
	Base    string    // name of the edition whose files it takes over; empty for none
	Title   lang.Both // as people read it
	From    when.Day  // the first day of which it tells a route
	Current when.Day  // the first day on which a new deal begins with it

	rules       []rule
	steps       []stepRow
	clocks      []Clock
	duties      []duty
	authorities []Authority
	dossier     []Item
	effective   []effect
	doubts      []Doubt
	appendices  []Appendix
	entries     []Entry
	index       *node
}

// Load reads one edition from folders; a later folder's file takes the place of an earlier one's of
// that name, and a file in screening/ is added to the others there. It refuses, with a fault that
// names each file and line, what cannot be read and an edition in which some transfer would have no
// route, or two.
func Load(folders ...fs.FS) (*Law, error) {
	files, err := collect(folders)
	if err != nil {
		return nil, err
	}
	return read(files)
}

// Shipped returns the newest edition that comes with the program.
func Shipped() (*Law, error) {
	all, err := ShippedEditions()
	if err != nil {
		return nil, err
	}
	return all.newest(), nil
}

// ShippedEditions returns every edition that comes with the program.
func ShippedEditions() (*Editions, error) {
	files, err := fs.Sub(lists.Law, "law")
	if err != nil {
		return nil, err
	}
	return LoadEditions(files)
}

// digest is what makes an edition another one: a changed letter in any of its files.
func digest(files map[string][]byte) string {
	sum := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		one := sha256.Sum256(files[name])
		sum.Write([]byte(name + "\n"))
		sum.Write(one[:])
	}
	return hex.EncodeToString(sum.Sum(nil))[:12]
}
