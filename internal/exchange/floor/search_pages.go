package floor

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/registry"
	"chonoi/internal/search"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// facetLists are the filters of the search in their order, with the code list that names their values.
var facetLists = []struct{ name, list string }{
	{"kind", ""}, {"subjects", "subjects"}, {"trl_band", "trl_bands"}, {"cooperation", "cooperation"}, {"ip_status", "ip_statuses"},
	{"proof", ""}, {"place", "places"}, {"transfer_right", "rights"}, {"industries", "industries"}, {"ip_kinds", "ip_kinds"}, {"green", ""}, {"source", ""}, {"owner", ""},
}

// longestValue is how much of a filter's value is read, in bytes; codes and ids are shorter.
const longestValue = 80

// pageSize is how many listings a page of results has.
const pageSize = 20

// oneTongue is the value of tongue in an address of a search that is not translated.
const oneTongue = "one"

// asking is a search as an address tells it.
type asking struct {
	query search.Query
	sort  string
}

func readAsking(r *http.Request) asking { return readAddress(r.URL.Query(), web.Lang(r)) }

// readAddress reads what an address asks for, whoever follows it.
func readAddress(q url.Values, reader lang.Tag) asking {
	a := asking{query: search.Query{Text: lang.Clean(q.Get("q")), Reader: reader, Filters: map[string][]string{},
		Limit: pageSize, After: q.Get("after"), Sort: search.Sort(q.Get("sort")), OneTongue: q.Get("tongue") == oneTongue}}
	if !slices.Contains(search.Sorts, a.query.Sort) {
		a.query.Sort = search.ByRelevance
		if strings.TrimSpace(a.query.Text) == "" {
			a.query.Sort = search.ByNewest
		}
	}
	for _, f := range facetLists {
		for _, value := range q[f.name] {
			if value = lang.Clean(value); len(value) > longestValue { // none is: it finds nothing, rather than all
				value = strings.ToValidUTF8(value[:longestValue], "")
			}
			if value != "" && len(a.query.Filters[f.name]) < 40 {
				a.query.Filters[f.name] = append(a.query.Filters[f.name], value)
			}
		}
	}
	return a
}

// address is the search's address, with one change: a value of a facet taken away, or a place to
// go on from.
func (a asking) address(without, value, after string) string {
	q := url.Values{}
	if a.query.Text != "" {
		q.Set("q", a.query.Text)
	}
	if a.query.Sort != search.ByRelevance {
		q.Set("sort", string(a.query.Sort))
	}
	if a.query.OneTongue {
		q.Set("tongue", oneTongue)
	}
	for name, values := range a.query.Filters {
		for _, v := range values {
			if name != without || (value != "" && v != value) {
				q.Add(name, v)
			}
		}
	}
	if after != "" {
		q.Set("after", after)
	}
	if len(q) == 0 {
		return "/search"
	}
	return "/search?" + q.Encode()
}

// results is what the search page is drawn from.
type results struct {
	Heading  string
	Seeker   parts.Seeker
	Facets   []parts.Facet
	Kept     []parts.Option
	InForce  int
	Chips    []parts.Chip
	Also     alsoSought
	Clear    string
	Count    string
	Meant    *parts.Link
	Sorts    []parts.Option
	Cards    []parts.Listing
	Pager    parts.Pager
	Nothing  *parts.Empty
	PostNeed string
	Feeds    []web.Feed
	Save     string // where this search is saved, to be told of new listings
}

func (x floor) showSearch(w http.ResponseWriter, r *http.Request) error {
	a := readAsking(r)
	found := x.Index().Search(a.query)
	if x.Missed != nil && a.query.After == "" && len(a.query.Filters) == 0 {
		x.Missed(found.Missed()...)
	}
	keys := make([]search.Key, len(found.Hits))
	for i, h := range found.Hits {
		keys[i] = search.Key{Kind: h.Kind, ID: h.ID}
	}
	cards, names, err := x.Cards(r, keys)
	if err != nil {
		return err
	}
	v := x.results(r, a, found)
	v.Meant = x.meant(r, a)
	for i, key := range keys {
		if c, ok := cards[key]; ok && c.Listing.Floor() {
			drawn := x.Draw(r, c, names, &found.Asked, found.Hits[i].Why)
			drawn.Level, drawn.Open = 2, i == 0
			v.Cards = append(v.Cards, drawn)
		}
	}
	if len(v.Cards) == 0 {
		v.Nothing = x.nothing(r, a)
	}
	page := web.Page{Title: v.Heading, Description: web.T(r, "search.description"), Section: "/search",
		Crumbs: []parts.Crumb{{Text: web.T(r, "search.title")}}, NoIndex: r.URL.RawQuery != "", Scripts: []string{"js/suggest.js"}, Feeds: a.feeds(r)}
	return web.Show(w, r, page, searchPage(v))
}

func (x floor) results(r *http.Request, a asking, found search.Result) results {
	v := results{Heading: web.T(r, "search.title_all"), Seeker: parts.Seeker{Path: "/search", Label: web.T(r, "search.words"), Value: a.query.Text,
		Placeholder: web.T(r, "search.placeholder")}, Facets: x.facets(r, a, found), Clear: "/search", PostNeed: "/needs/new", Feeds: a.feeds(r), Save: a.save(),
		Count: web.T(r, "search.count", "N", found.Total)}
	if a.query.Text != "" {
		v.Heading = web.T(r, "search.title_for", "Text", a.query.Text)
		v.Kept = append(v.Kept, parts.Option{Value: "q", Text: a.query.Text})
		v.Clear = "/search?q=" + url.QueryEscape(a.query.Text)
	}
	v.Also = a.also(found)
	if a.query.OneTongue {
		v.Kept = append(v.Kept, parts.Option{Value: "tongue", Text: oneTongue})
		v.Seeker.Hidden = append(v.Seeker.Hidden, parts.Option{Value: "tongue", Text: oneTongue})
	}
	for _, s := range search.Sorts {
		v.Sorts = append(v.Sorts, parts.Option{Value: string(s), Text: web.T(r, "search.sort_"+string(s)), On: s == a.query.Sort})
	}
	for _, f := range facetLists {
		for _, value := range a.query.Filters[f.name] {
			v.InForce++
			v.Chips = append(v.Chips, parts.Chip{Path: a.address(f.name, value, ""), Text: x.facetText(r, f.name, f.list, value), Remove: true})
			v.Seeker.Hidden = append(v.Seeker.Hidden, parts.Option{Value: f.name, Text: value})
		}
	}
	if a.query.After != "" {
		v.Pager.First = a.address("", "", "")
	}
	if found.Next != "" {
		v.Pager.Next = a.address("", "", found.Next)
	}
	return v
}

// most is how many values a facet shows; those chosen are always among them.
const most = 12

func (x floor) facets(r *http.Request, a asking, found search.Result) []parts.Facet {
	var all []parts.Facet
	for _, f := range facetLists {
		if f.name == "owner" || f.name == "source" {
			continue
		}
		facet := parts.Facet{Name: f.name, Title: web.T(r, "search.facet_"+f.name)}
		chosen := a.query.Filters[f.name]
		for _, c := range found.Facets[f.name] {
			on := slices.Contains(chosen, c.Value)
			if on || len(facet.Options) < most {
				facet.Options = append(facet.Options, parts.Option{Value: c.Value, Text: x.facetText(r, f.name, f.list, c.Value), On: on,
					Count: lang.Number(web.Lang(r), int64(c.Count))})
			}
		}
		for _, value := range chosen {
			if !slices.ContainsFunc(facet.Options, func(o parts.Option) bool { return o.Value == value }) {
				facet.Options = append(facet.Options, parts.Option{Value: value, Text: x.facetText(r, f.name, f.list, value), On: true, Count: "0"})
			}
		}
		all = append(all, facet)
	}
	return all
}

// facetText names a value of a facet.
func (x floor) facetText(r *http.Request, name, list, value string) string {
	return x.facetFor(reader{web.Tx(r), web.Actor(r), web.Lang(r), web.Words(r)}, name, list, value)
}

// reader is to whom something is told.
type reader struct {
	tx    *db.Tx
	actor account.Actor
	tag   lang.Tag
	words *lang.Words
}

// facetFor names a value of a facet to a reader. A proof is a claim with its level.
func (x floor) facetFor(r reader, name, list, value string) string {
	switch name {
	case "kind":
		return r.words.T(r.tag, "exchange.kind_"+oneOf(value, "offer", "need"))
	case "green":
		return r.words.T(r.tag, "search.green_yes")
	case "proof":
		claim, level, _ := strings.Cut(value, ".")
		return r.words.T(r.tag, "search.proof", "Claim", x.Codes.Name("claim_kinds", claim), "Level", x.Codes.Name("claim_levels", level))
	case "owner":
		o, err := registry.Organisations.Get(r.tx, value)
		if err == nil && registry.Open(o, r.actor) {
			return o.Name.In(r.tag)
		}
		return value
	case "source":
		return value
	}
	return x.Codes.Name(list, value).In(r.tag)
}

// oneOf returns value when it is one of the allowed, else the first of them.
func oneOf(value string, allowed ...string) string {
	if slices.Contains(allowed, value) {
		return value
	}
	return allowed[0]
}

// nothing says what to do when nothing was found: take a filter away, use wider words, post the need.
func (x floor) nothing(r *http.Request, a asking) *parts.Empty {
	e := &parts.Empty{Title: web.T(r, "search.nothing"), Text: web.T(r, "search.nothing_help")}
	if len(a.query.Filters) > 0 {
		e.Actions = append(e.Actions, parts.Action{Path: a.unfiltered(), Text: web.T(r, "search.drop_filters"), Kind: "line"})
	}
	e.Actions = append(e.Actions, parts.Action{Path: "/needs/new?title=" + url.QueryEscape(a.query.Text), Text: web.T(r, "search.post_need")})
	return e
}

func (a asking) unfiltered() string {
	if a.query.Text == "" {
		return "/search"
	}
	return "/search?q=" + url.QueryEscape(a.query.Text)
}
