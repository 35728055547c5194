package floor

import (
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"chonoi/internal/exchange"
	"chonoi/internal/search"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// stallSize is how many listings of a kind an organisation's page shows.
const stallSize = 6

// stall is what an organisation has on the floor, one part for each kind of listing.
type stall struct {
	Kind, Title string
	Cards       []parts.Listing
	All         string // the words of the link to all of them; empty when all are shown
	Path        string
}

// Stall returns how to draw what an organisation has on the floor: its offers and its needs, never
// those that it posted without its name. Each badge says in a sentence what is known of it, or "".
func Stall(x *exchange.Exchange, badges ...func(r *http.Request, organisation string) (string, error)) func(r *http.Request, organisation string) (templ.Component, error) {
	f := open(x)
	return func(r *http.Request, organisation string) (templ.Component, error) {
		var told []string
		for _, badge := range badges {
			text, err := badge(r, organisation)
			if err != nil {
				return nil, err
			}
			if text != "" {
				told = append(told, text)
			}
		}
		return f.drawStall(r, organisation, told)
	}
}

func (x floor) drawStall(r *http.Request, organisation string, badges []string) (templ.Component, error) {
	var all []stall
	for _, kind := range []string{exchange.Offers.Name, exchange.Needs.Name} {
		found := x.Index().Search(search.Query{Filters: map[string][]string{"owner": {organisation}, "kind": {kind}}, Sort: search.ByNewest, Limit: stallSize, Quiet: true})
		keys := make([]search.Key, len(found.Hits))
		for i, h := range found.Hits {
			keys[i] = search.Key{Kind: h.Kind, ID: h.ID}
		}
		cards, names, err := x.Cards(r, keys)
		if err != nil {
			return nil, err
		}
		one := stall{Kind: kind, Title: web.T(r, "exchange.all_"+kind), Path: "/search?kind=" + kind + "&owner=" + url.QueryEscape(organisation)}
		for _, key := range keys {
			if c, ok := cards[key]; ok && c.Listing.Floor() && !c.Listing.Anonymous && c.Listing.Owner == organisation {
				one.Cards = append(one.Cards, x.Draw(r, c, names, nil, nil))
			}
		}
		if found.Total > len(one.Cards) {
			one.All = web.T(r, "stall.all", "N", found.Total)
		}
		if len(one.Cards) > 0 {
			all = append(all, one)
		}
	}
	return stallPart(all, badges), nil
}
