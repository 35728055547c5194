package search

import "chonoi/internal/lang"

// Field is a part of a listing that is searched.
type Field int

// The parts of a listing. A find in the title counts more than one in the text (weights.go).
const (
	Title Field = iota
	Summary
	Text
	Keywords
	fieldCount
)

var fieldNames = [fieldCount]string{"title", "summary", "text", "keywords"}

// String returns the name of the field as Why.Fields tells it.
func (f Field) String() string { return fieldNames[f] }

// Doc is one listing as it is searched. Only what everybody may see belongs in it: whatever is in
// the index can come up in results and suggestions.
type Doc struct {
	Kind, ID string
	Fields   [fieldCount]lang.Both
	// Facets are code values to filter and count by, such as subject, place or trl_band. The kind
	// is a facet of every listing without being told here.
	Facets map[string][]string
	// Figures to sort and to bound by; 0 means not told.
	Published int64 // microseconds UTC
	TRL       int64 // 1 to 9
	Price     int64 // đồng
}

// Key names a listing.
type Key struct{ Kind, ID string }

// Key returns the name of the listing.
func (d *Doc) Key() Key { return Key{d.Kind, d.ID} }

const kindFacet = "kind"
