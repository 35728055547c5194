package app_test

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// fed asks for a feed as one who is signed in, whom a feed tells no more than others.
func fed(t *testing.T, pages http.Handler, token, path string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	if token != "" {
		r.AddCookie(&http.Cookie{Name: "chonoi", Value: token})
	}
	w := httptest.NewRecorder()
	pages.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("%s answers %d: %s", path, w.Code, w.Body)
	}
	return w
}

// atomRead is what is read of an Atom feed.
type atomRead struct {
	XMLName xml.Name
	ID      string     `xml:"id"`
	Title   string     `xml:"title"`
	Updated string     `xml:"updated"`
	Author  string     `xml:"author>name"`
	Link    []atomLink `xml:"link"`
	Entry   []struct {
		ID      string     `xml:"id"`
		Title   string     `xml:"title"`
		Updated string     `xml:"updated"`
		Link    []atomLink `xml:"link"`
	} `xml:"entry"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
}

// TestEverySearchIsAFeed reads feeds of several searches as Atom and as JSON Feed, and asks of them
// what RFC 4287 and JSON Feed 1.1 want.
func TestEverySearchIsAFeed(t *testing.T) {
	s := city(t, "sqlite")
	pages := s.Web.Handler()
	token := enter(t, s, "canbo@so-khcn.example")
	for _, search := range []string{"", "?q=may+say", "?kind=offer&q=may+say", "?kind=need", "?q=zzzzqqq"} {
		for _, tongue := range []string{"", "/en"} {
			w := fed(t, pages, "", tongue+"/search/feed.atom"+search)
			if w.Body.String() != fed(t, pages, token, tongue+"/search/feed.atom"+search).Body.String() {
				t.Errorf("%s: one who is signed in is told something else", search)
			}
			var atom atomRead
			if err := xml.Unmarshal(w.Body.Bytes(), &atom); err != nil {
				t.Fatalf("%s: %v", search, err)
			}
			if atom.XMLName.Space != "http://www.w3.org/2005/Atom" || atom.ID == "" || atom.Title == "" || atom.Author == "" || len(atom.Link) != 2 || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/atom+xml") {
				t.Errorf("%s: %+v", search, atom)
			}
			seen := map[string]bool{}
			for _, e := range atom.Entry {
				_, err := time.Parse(time.RFC3339, e.Updated)
				if err != nil || !strings.HasPrefix(e.ID, "urn:uuid:") || seen[e.ID] || e.Title == "" || e.Updated > atom.Updated || len(e.Link) != 1 || !strings.HasPrefix(e.Link[0].Href, "http") {
					t.Errorf("%s: %v %+v", search, err, e)
				}
				if tongue == "/en" != strings.Contains(e.Link[0].Href, "/en/") {
					t.Errorf("%s: leads to %s", tongue, e.Link[0].Href)
				}
				seen[e.ID] = true
			}
			if len(seen) > 50 || (len(seen) == 0) != (search == "?q=zzzzqqq") {
				t.Errorf("%s: %d entries", search, len(seen))
			}
			var feed struct {
				Version, Title string
				FeedURL        string `json:"feed_url"`
				Items          []struct{ ID, URL, Title, Language string }
			}
			j := fed(t, pages, "", tongue+"/search/feed.json"+search)
			if err := json.Unmarshal(j.Body.Bytes(), &feed); err != nil || feed.Version != "https://jsonfeed.org/version/1.1" || feed.Title != atom.Title || len(feed.Items) != len(seen) || !strings.HasSuffix(feed.FeedURL, "/search/feed.json"+search) {
				t.Errorf("%s: %v %+v", search, err, feed)
			}
			for _, item := range feed.Items {
				if !seen[item.ID] || item.URL == "" || item.Title == "" || item.Language == "" {
					t.Errorf("%s: %+v", search, item)
				}
			}
		}
	}
	again := httptest.NewRequest(http.MethodGet, "/search/feed.atom", nil)
	again.Header.Set("If-None-Match", fed(t, pages, "", "/search/feed.atom").Header().Get("ETag"))
	w := httptest.NewRecorder()
	pages.ServeHTTP(w, again)
	if w.Code != http.StatusNotModified {
		t.Errorf("asked again it answers %d", w.Code)
	}
	page := fed(t, pages, "", "/search?q=may+say").Body.String()
	for _, link := range []string{`type="application/atom+xml"`, `type="application/feed+json"`, `href="/search/feed.atom?q=may+say"`} {
		if !strings.Contains(page[:strings.Index(page, "</head>")], link) {
			t.Errorf("the head of the page lacks %s", link)
		}
	}
}
