package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/document"
	"chonoi/internal/field"
	"chonoi/internal/search"
)

// searches looks for each word that the caller does not know, as words, misspelt, and as the
// value of a filter: nothing that was planted is found by it.
func (f *flock) searches(h http.Handler, c *caller, each int) []string {
	var leaks []string
	look := func(path, by string) {
		a, found := f.check(h, c, request{method: http.MethodGet, path: path})
		leaks = append(leaks, found...)
		if strings.Contains(a.text, publicTitle) || strings.Contains(a.text, "chim</mark>") {
			leaks = append(leaks, fmt.Sprintf("%s finds a listing by %s at %s", c.name, by, path))
		}
	}
	for n, one := range f.all {
		if one.level <= c.level || n%each != 0 || one.about != "" {
			continue
		}
		word := strings.TrimLeft(one.looks[0], "-") // which would ask for all but it
		look("/search?q="+url.QueryEscape(word), one.where)
		look("/api/v1/search?q="+url.QueryEscape(word), one.where)
		if n%(3*each) == 0 {
			look("/en/search?q="+url.QueryEscape(word[:len(word)-1]), one.where)
			look("/search?owner="+url.QueryEscape(word)+"&source="+url.QueryEscape(word), one.where)
			look("/organisations?q="+url.QueryEscape(word), one.where)
			look("/api/v1/offers?q="+url.QueryEscape(word)+"&after=zzz", one.where)
		}
	}
	for _, id := range f.ids["organisations"] {
		if _, planted := f.words[id]; planted {
			_, found := f.check(h, c, request{method: http.MethodGet, path: "/search?owner=" + id})
			leaks = append(leaks, found...)
		}
	}
	return leaks
}

// filtered lists what a caller finds by a fact that is closed to everybody but some: as a filter,
// as an order, or as a fact of the API that has no words of its own.
func (f *flock) filtered(h http.Handler, c *caller) []string {
	var leaks []string
	for _, one := range f.closed {
		if one.level == field.Public {
			continue
		}
		for _, value := range one.values {
			path := "/search?" + url.Values{one.name: {value}, "q": {publicTitle}}.Encode()
			if a := f.ask(h, c, request{method: http.MethodGet, path: path}); strings.Contains(a.text, one.id) {
				leaks = append(leaks, fmt.Sprintf("%s finds %s by its %s (%s) at %s", c.name, one.id, one.name, one.level.Code(), path))
			}
		}
	}
	return append(leaks, f.told(h, c)...)
}

// told lists the closed facts that the read API tells of.
func (f *flock) told(h http.Handler, c *caller) []string {
	var leaks []string
	facts := map[string]map[string]any{}
	for _, one := range f.closed {
		path := "/api/v1/" + one.kind + "s/" + one.id
		if facts[path] == nil {
			facts[path] = map[string]any{}
			a := f.ask(h, c, request{method: http.MethodGet, path: path})
			if _, body, found := strings.Cut(a.text, "{"); found && a.status == http.StatusOK {
				if err := json.NewDecoder(strings.NewReader("{" + body)).Decode(&[]map[string]any{facts[path]}[0]); err != nil {
					leaks = append(leaks, fmt.Sprintf("%s is no JSON: %v", path, err))
				}
			}
		}
		if _, there := facts[path][one.name]; there {
			leaks = append(leaks, fmt.Sprintf("%s is told %s (%s) at %s", c.name, one.name, one.level.Code(), path))
		}
	}
	return leaks
}

// indexed lists what the search index holds that not everybody may know: neither words nor
// figures by which one could find or order.
func (f *flock) indexed(tx *db.Tx, s *app.Server) ([]string, error) {
	var leaks []string
	closed := map[string]bool{}
	for _, one := range f.closed {
		closed[one.id+" "+one.name] = one.level > field.Public
	}
	err := s.Exchange.Docs(tx, func(d search.Doc) error {
		leaks = append(leaks, f.inDoc(d, closed)...)
		return nil
	})
	return leaks, err
}

func (f *flock) inDoc(d search.Doc, closed map[string]bool) (leaks []string) {
	for n := range f.inAbout(d.ID, fmt.Sprintf("%+v", d)) {
		leaks = append(leaks, fmt.Sprintf("the index holds %s (%s)", f.all[n].where, f.all[n].level.Code()))
	}
	if d.TRL != 0 && closed[d.ID+" trl"] || d.Price != 0 && closed[d.ID+" price"] {
		leaks = append(leaks, "the index orders "+d.ID+" by a closed figure")
	}
	for name := range d.Facets {
		if len(d.Facets[name]) > 0 && closed[d.ID+" "+name] {
			leaks = append(leaks, "the index filters "+d.ID+" by its closed "+name)
		}
	}
	return leaks
}

// exported lists what stands in what the command line tells: exports, which are what a visitor
// sees, and the configuration.
func (f *flock) exported(t *testing.T, s *app.Server) []string {
	t.Helper()
	var leaks []string
	for _, kind := range []app.ExportKind{"offers", "needs", "organisations"} {
		for _, format := range []document.Format{document.CSV, document.JSONL, document.XLSX} {
			var out bytes.Buffer
			if n, err := s.Export(t.Context(), &out, kind, format, nil); err != nil || n == 0 {
				t.Fatalf("export %s as %s: %d, %v", kind, format, n, err)
			}
			for n := range f.in(unpacked(out.Bytes())) {
				leaks = append(leaks, fmt.Sprintf("the export of %s as %s tells %s", kind, format, f.all[n].where))
			}
		}
	}
	shown, err := json.Marshal(s.Config.Shown())
	if err != nil {
		t.Fatal(err)
	}
	for n := range f.in(string(shown)) {
		leaks = append(leaks, "the configuration that is shown tells "+f.all[n].where)
	}
	return leaks
}

// logged lists the words that stand in the log.
func (f *flock) logged(log string) []string {
	var leaks []string
	for line := range strings.Lines(log) {
		for n := range f.in(line) {
			if one := f.all[n]; !one.public {
				leaks = append(leaks, fmt.Sprintf("the log tells %s: %.300s", one.where, line))
			}
		}
	}
	return leaks
}
