package search

import "chonoi/internal/lang"

// Query is what is looked for. The zero Query lists everything, newest first.
type Query struct {
	// Text is what was typed. Any string will do: "a phrase" must occur with its words side by side,
	// -word must not occur, subject:agri filters when such a facet value exists, and the rest are
	// words of which some should occur. Only its first 400 characters and 64 words are read.
	Text string
	// Whole says that Text is a whole need or question and no typed search: there are no operators
	// in it, and 20,000 characters and 2,000 words are read.
	Whole bool
	// Reader is the tongue of the page, a hint for words that could be of either tongue.
	Reader lang.Tag
	// Far finds listings also that score far less than the best one: with a need that is a listing
	// itself, nearly all others do.
	Far bool
	// OneTongue leaves the words as they are, so that only listings in their tongue are found.
	OneTongue bool
	// Filters keep listings that have one of the values of each facet.
	Filters map[string][]string
	// Bounds keep listings whose figure is told and lies within.
	Bounds map[Figure]Bound
	Sort   Sort
	// Limit is the number of hits of a page, 1 to 1000; 20 when it is 0.
	Limit int
	// After is Result.Next of the page before. One that cannot be read counts as none.
	After string
	// Facets names the facets to count; nil counts all.
	Facets []string
	// Quiet leaves out the reasons and the facets, for those who need the listings only. With words
	// and by relevance, Total then counts the hits of the page alone.
	Quiet bool
}

// Figure is a number of a listing that can be bounded.
type Figure string

// The figures of a listing.
const (
	Published Figure = "published" // microseconds UTC
	TRL       Figure = "trl"
	Price     Figure = "price" // đồng
)

// Bound is a range, both ends within; a nil end is open.
type Bound struct{ Min, Max *int64 }

// Holds reports whether a figure is told and lies within.
func (b Bound) Holds(n int64) bool {
	return n != 0 && (b.Min == nil || n >= *b.Min) && (b.Max == nil || n <= *b.Max)
}

// Sort is an order of results. Listings that tie stand in the order of kind and id.
type Sort string

// The orders. What is not told stands last.
const (
	ByRelevance Sort = "relevance" // best first, then newest; newest when there are no words
	ByNewest    Sort = "newest"
	ByTRL       Sort = "trl"       // readiest first
	ByPrice     Sort = "price_low" // cheapest first
)

// Sorts lists the orders.
var Sorts = []Sort{ByRelevance, ByNewest, ByTRL, ByPrice}

// Result is one page of what was found.
type Result struct {
	Hits   []Hit
	Total  int                     // listings found, on all pages; see Query.Quiet for the exception
	Facets map[string][]FacetCount // each counted as if it were not filtered by
	Next   string                  // for Query.After; empty on the last page
	Asked  Asked                   // how the text was read, for Highlight and Snippet
}

// Hit is a listing that was found.
type Hit struct {
	Kind, ID string
	Score    float64
	Why      []Why
}

// FacetCount tells how many of the listings found have a value.
type FacetCount struct {
	Value string
	Count int
}

// Why tells that a word of the query was found, and where.
type Why struct {
	Word    string   // as typed
	Matched string   // as the listing has it, in lower case
	Fields  []string // title, summary, text, keywords
	How     How
}

// How is the way in which a word was found.
type How string

// The ways: the very word, the word without marks, both words of a pair side by side, the English stem.
const (
	Exact  How = "exact"
	Folded How = "folded"
	Bigram How = "bigram"
	Stem   How = "stem"
	// The word is what one of the query is called in the other tongue.
	Translated How = "translated"
)
