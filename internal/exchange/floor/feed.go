package floor

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"time"
)

// feed is a search as feed readers take it: the newest listings that it finds.
type feed struct {
	Title, Home, Self, Language, Author string
	Updated                             time.Time
	Entries                             []feedEntry
}

// feedEntry is one listing of a feed.
type feedEntry struct {
	ID, Title, Summary, Path, Author string
	Language                         string
	Published, Updated               time.Time
	Terms                            []feedTerm
}

// feedTerm is a subject of a listing.
type feedTerm struct{ Code, Name string }

// mostFed is how many listings a feed tells.
const mostFed = 50

// The elements of Atom. Source: RFC 4287, sections 4.1 and 4.2.
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Author  atomPerson  `xml:"author"`
		Links   []atomLink  `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}
	atomEntry struct {
		Lang       string         `xml:"xml:lang,attr,omitempty"`
		ID         string         `xml:"id"`
		Title      string         `xml:"title"`
		Published  string         `xml:"published"`
		Updated    string         `xml:"updated"`
		Author     *atomPerson    `xml:"author"`
		Links      []atomLink     `xml:"link"`
		Categories []atomCategory `xml:"category"`
		Summary    string         `xml:"summary,omitempty"`
	}
	atomPerson struct {
		Name string `xml:"name"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomCategory struct {
		Term  string `xml:"term,attr"`
		Label string `xml:"label,attr"`
	}
)

const (
	atomType     = "application/atom+xml"
	jsonFeedType = "application/feed+json"
)

// atom writes the feed as Atom.
func (f *feed) atom() ([]byte, error) {
	out := atomFeed{Lang: f.Language, ID: f.Self, Title: f.Title, Updated: f.Updated.Format(time.RFC3339), Author: atomPerson{f.Author},
		Links: []atomLink{{"self", atomType, f.Self}, {"alternate", "text/html", f.Home}}}
	for _, e := range f.Entries {
		one := atomEntry{Lang: e.Language, ID: "urn:uuid:" + e.ID, Title: e.Title, Published: e.Published.Format(time.RFC3339), Updated: e.Updated.Format(time.RFC3339),
			Links: []atomLink{{"alternate", "text/html", e.Path}}, Summary: e.Summary}
		if e.Author != "" {
			one.Author = &atomPerson{e.Author}
		}
		for _, t := range e.Terms {
			one.Categories = append(one.Categories, atomCategory(struct{ Term, Label string }{t.Code, t.Name}))
		}
		out.Entries = append(out.Entries, one)
	}
	body, err := xml.MarshalIndent(out, "", " ")
	if err != nil {
		return nil, fmt.Errorf("write a feed: %w", err)
	}
	return append([]byte(xml.Header), body...), nil
}

// The members of JSON Feed. Source: JSON Feed version 1.1, https://www.jsonfeed.org/version/1.1/.
type (
	jsonFeed struct {
		Version     string       `json:"version"`
		Title       string       `json:"title"`
		HomePageURL string       `json:"home_page_url"`
		FeedURL     string       `json:"feed_url"`
		Language    string       `json:"language"`
		Authors     []jsonAuthor `json:"authors"`
		Items       []jsonItem   `json:"items"`
	}
	jsonItem struct {
		ID        string       `json:"id"`
		URL       string       `json:"url"`
		Title     string       `json:"title"`
		Text      string       `json:"content_text"`
		Published string       `json:"date_published"`
		Modified  string       `json:"date_modified"`
		Authors   []jsonAuthor `json:"authors,omitempty"`
		Tags      []string     `json:"tags,omitempty"`
		Language  string       `json:"language"`
	}
	jsonAuthor struct {
		Name string `json:"name"`
	}
)

// json writes the feed as JSON Feed.
func (f *feed) json() ([]byte, error) {
	out := jsonFeed{Version: "https://jsonfeed.org/version/1.1", Title: f.Title, HomePageURL: f.Home, FeedURL: f.Self, Language: f.Language,
		Authors: []jsonAuthor{{f.Author}}, Items: []jsonItem{}}
	for _, e := range f.Entries {
		one := jsonItem{ID: "urn:uuid:" + e.ID, URL: e.Path, Title: e.Title, Text: e.Summary, Published: e.Published.Format(time.RFC3339),
			Modified: e.Updated.Format(time.RFC3339), Language: e.Language}
		if e.Author != "" {
			one.Authors = []jsonAuthor{{e.Author}}
		}
		for _, t := range e.Terms {
			one.Tags = append(one.Tags, t.Name)
		}
		out.Items = append(out.Items, one)
	}
	body, err := json.MarshalIndent(out, "", " ")
	if err != nil {
		return nil, fmt.Errorf("write a feed: %w", err)
	}
	return body, nil
}
