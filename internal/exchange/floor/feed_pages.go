package floor

import (
	"net/http"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/exchange/listing"
	"chonoi/internal/lang"
	"chonoi/internal/search"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// atomFeed hands a search out as Atom, jsonFeed as JSON Feed: what everybody may see, whoever asks.
func (x floor) atomFeed(w http.ResponseWriter, r *http.Request) error {
	f, err := x.feed(r, ".atom")
	if err != nil {
		return err
	}
	body, err := f.atom()
	return send(w, atomType+"; charset=utf-8", body, err)
}

func (x floor) jsonFeed(w http.ResponseWriter, r *http.Request) error {
	f, err := x.feed(r, ".json")
	if err != nil {
		return err
	}
	body, err := f.json()
	return send(w, jsonFeedType, body, err)
}

func send(w http.ResponseWriter, kind string, body []byte, err error) error {
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "public, max-age=300")
	_, err = w.Write(body)
	return err
}

// feed finds the newest listings of the search that the address tells.
func (x floor) feed(r *http.Request, ending string) (*feed, error) {
	tag := web.Lang(r)
	a := readAsking(r)
	a.query.Sort, a.query.After, a.query.Limit, a.query.Quiet = search.ByNewest, "", mostFed, true
	found := x.Index().Search(a.query)
	keys := make([]search.Key, len(found.Hits))
	for i, h := range found.Hits {
		keys[i] = search.Key{Kind: h.Kind, ID: h.ID}
	}
	cards, names, err := x.CardsFor(r, account.Actor{}, keys)
	if err != nil {
		return nil, err
	}
	f := &feed{Title: web.T(r, "feed.title_all", "Site", web.SiteName(r).In(tag)), Language: string(tag), Author: web.SiteName(r).In(tag)}
	if a.query.Text != "" {
		f.Title = web.T(r, "feed.title_for", "Site", web.SiteName(r).In(tag), "Text", a.query.Text)
	}
	f.Home = web.BaseURL(r) + parts.InTongue(tag, a.page("/search"))
	f.Self = web.BaseURL(r) + parts.InTongue(tag, a.page(feedPath+ending))
	for _, key := range keys {
		if c, ok := cards[key]; ok && c.Listing.Floor() {
			f.Entries = append(f.Entries, x.fed(r, c, names))
		}
	}
	f.Updated = when.DayOf(web.Tx(r).Now).Start() // of a feed that tells nothing
	for i, e := range f.Entries {
		if i == 0 || e.Updated.After(f.Updated) {
			f.Updated = e.Updated
		}
	}
	return f, nil
}

// feedPath is where feeds lie, without .atom or .json.
const feedPath = "/search/feed"

// page is an address that tells the same words and filters to another door.
func (a asking) page(path string) string {
	a.query.Sort = search.ByRelevance
	return strings.Replace(a.address("", "", ""), "/search", path, 1)
}

func (x floor) fed(r *http.Request, c listing.Card, names map[string]lang.Both) feedEntry {
	tag := web.Lang(r)
	l := c.Listing
	title, tongue := l.Title.Best(tag)
	summary := l.Summary
	if summary.Empty() {
		summary = l.Desc
	}
	e := feedEntry{ID: l.ID, Title: title, Language: string(tongue), Summary: summary.In(tag), Published: l.Published, Updated: l.Updated,
		Path: web.BaseURL(r) + parts.InTongue(tag, "/"+c.Kind+"s/"+l.ID)}
	if owner, ok := names[l.Owner]; ok {
		e.Author = owner.In(tag)
	}
	for _, code := range l.Subjects {
		e.Terms = append(e.Terms, feedTerm{code, x.Codes.Name("subjects", code).In(tag)})
	}
	return e
}

// feeds are told in the head of a search page, so that a browser and a feed reader find them.
func (a asking) feeds(r *http.Request) []web.Feed {
	return []web.Feed{
		{Type: atomType, Title: web.T(r, "feed.atom"), Path: a.page(feedPath + ".atom")},
		{Type: jsonFeedType, Title: web.T(r, "feed.json"), Path: a.page(feedPath + ".json")},
	}
}
