package floor

import (
	"net/url"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/lang"
	"chonoi/internal/search"
)

// Searches reads searches that were saved, for those who keep them.
type Searches struct {
	x     floor
	words *lang.Words
}

// SearchesOf returns the reader of an exchange's searches.
func SearchesOf(x *exchange.Exchange, words *lang.Words) Searches { return Searches{open(x), words} }

// Read returns what the query of an address asks for, and that query in its shortest form: words and
// filters, without the order and the page.
func (s Searches) Read(values url.Values, reader lang.Tag) (search.Query, string) {
	a := readAddress(values, reader)
	return search.Query{Text: a.query.Text, Reader: reader, Filters: a.query.Filters, OneTongue: a.query.OneTongue}, a.watched()
}

// Filters names the filters of a query to a reader, in the order of the search page.
func (s Searches) Filters(tx *db.Tx, actor account.Actor, tag lang.Tag, q search.Query) (all []string) {
	r := reader{tx, actor, tag, s.words}
	for _, f := range facetLists {
		for _, value := range q.Filters[f.name] {
			text := s.x.facetFor(r, f.name, f.list, value)
			if f.name != "kind" && f.name != "green" && f.name != "proof" { // which say what they are
				text = s.words.T(tag, "search.filter", "Facet", s.words.T(tag, "search.facet_"+f.name), "Value", text)
			}
			all = append(all, text)
		}
	}
	return all
}

// watched is what of a search's address tells what it finds.
func (a asking) watched() string {
	a.query.Sort = search.ByRelevance
	_, query, _ := strings.Cut(a.address("", "", ""), "?")
	return query
}

// save is where this search is saved.
func (a asking) save() string {
	if query := a.watched(); query != "" {
		return "/alerts/new?" + query
	}
	return "/alerts/new"
}
