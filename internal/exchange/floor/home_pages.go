package floor

import (
	"net/http"

	"chonoi/internal/exchange/listing"
	"chonoi/internal/lang"
	"chonoi/internal/search"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// front is what the home page is drawn from.
type front struct {
	Seeker        parts.Seeker
	Standing      string
	Subjects      []parts.Chip
	Offers, Needs []parts.Listing
	AllOffers     string
	AllNeeds      string
	Way           []parts.Step
	Age           []parts.Fact
}

// shown is how many of the newest listings of each side stand on the home page.
const shown = 3

func (x floor) showHome(w http.ResponseWriter, r *http.Request) error {
	index, tag := x.Index(), web.Lang(r)
	newest := func(kind string) search.Result {
		return index.Search(search.Query{Filters: map[string][]string{"kind": {kind}}, Sort: search.ByNewest, Limit: shown, Facets: []string{"subjects"}})
	}
	offers, needs := newest("offer"), newest("need")
	var keys []search.Key
	for _, h := range append(offers.Hits, needs.Hits...) {
		keys = append(keys, search.Key{Kind: h.Kind, ID: h.ID})
	}
	cards, names, err := x.Cards(r, keys)
	if err != nil {
		return err
	}
	v := front{
		Seeker: parts.Seeker{Path: "/search", Label: web.T(r, "home.ask"), Placeholder: web.T(r, "search.placeholder"), Kinds: []parts.Option{
			{Text: web.T(r, "home.all_kinds")}, {Value: "offer", Text: web.T(r, "home.offers")}, {Value: "need", Text: web.T(r, "home.needs")}}},
		Standing:  web.T(r, "home.standing", "Offers", offers.Total, "Needs", needs.Total),
		AllOffers: web.T(r, "home.all_offers", "N", offers.Total), AllNeeds: web.T(r, "home.all_needs", "N", needs.Total),
	}
	for _, key := range keys {
		c, ok := cards[key]
		if !ok {
			continue
		}
		if drawn := x.Draw(r, c, names, nil, nil); key.Kind == "offer" {
			v.Offers = append(v.Offers, drawn)
		} else {
			v.Needs = append(v.Needs, drawn)
		}
	}
	for _, c := range offers.Facets["subjects"] {
		if len(v.Subjects) < 8 {
			v.Subjects = append(v.Subjects, parts.Chip{Path: "/search?kind=offer&subjects=" + c.Value, Text: x.Codes.Name("subjects", c.Value).In(tag),
				Icon: listing.SubjectIcon(c.Value), Count: lang.Number(tag, int64(c.Count))})
		}
	}
	for _, step := range []string{"post", "check", "find", "agree", "after"} {
		v.Way = append(v.Way, parts.Step{Text: web.T(r, "home.way_"+step), Note: web.T(r, "home.way_"+step+"_note")})
	}
	if v.Age, err = x.age(r); err != nil {
		return err
	}
	page := web.Page{Wide: true, Scripts: []string{"js/suggest.js"}, Description: web.T(r, "home.lede"), JSONLD: map[string]any{"@context": "https://schema.org", "@type": "WebSite",
		"name": web.T(r, "home.title"), "url": web.BaseURL(r), "inLanguage": string(tag), "potentialAction": map[string]any{"@type": "SearchAction",
			"target": web.BaseURL(r) + parts.InTongue(tag, "/search") + "?q={search_term_string}", "query-input": "required name=search_term_string"}}}
	return web.Show(w, r, page, homePage(v))
}

// age tells how fresh the floor is: the share of listings that their owners confirmed in the last
// ninety days, and how many needs were answered in time.
func (x floor) age(r *http.Request) ([]parts.Fact, error) {
	f, err := x.Freshness(web.Tx(r))
	if err != nil {
		return nil, err
	}
	facts := []parts.Fact{{Name: web.T(r, "home.fresh"), Value: web.T(r, "home.fresh_share", "Fresh", f.Fresh, "All", f.All)}}
	answered := web.T(r, "home.no_answers_yet")
	if f.Due > 0 {
		answered = web.T(r, "home.answered_share", "InTime", f.InTime, "Due", f.Due)
	}
	return append(facts, parts.Fact{Name: web.T(r, "home.answered"), Value: answered}), nil
}
