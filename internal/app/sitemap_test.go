package app_test

import (
	"compress/gzip"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"chonoi/internal/app"
	"chonoi/internal/db"
)

// siteMap is what a search engine reads.
type siteMap struct {
	XMLName xml.Name
	Parts   []struct {
		Loc     string `xml:"loc"`
		Lastmod string `xml:"lastmod"`
	} `xml:"sitemap"`
	Addresses []struct {
		Loc     string `xml:"loc"`
		Lastmod string `xml:"lastmod"`
		Links   []struct {
			Tongue string `xml:"hreflang,attr"`
			Href   string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"url"`
}

func readMap(t *testing.T, s *app.Server, path string) (m siteMap) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", "gzip")
	w := httptest.NewRecorder()
	s.Web.Handler().ServeHTTP(w, r)
	if w.Code != http.StatusOK || w.Header().Get("Content-Encoding") != "gzip" {
		t.Fatalf("%s: status %d, encoding %q", path, w.Code, w.Header().Get("Content-Encoding"))
	}
	plain, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.NewDecoder(plain).Decode(&m); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return m
}

// manyOffers copies one offer of the floor n times, by the engine itself.
const manyOffers = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25100)
	INSERT INTO offer SELECT %s FROM n, (SELECT * FROM offer WHERE state = 'published' LIMIT 1) o`

func TestASiteOfMoreThan50000AddressesHasAMapInParts(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		small := readMap(t, s, "/sitemap.xml")
		if small.XMLName.Local != "urlset" || len(small.Addresses) < 100 {
			t.Fatalf("a small site has a %s of %d", small.XMLName.Local, len(small.Addresses))
		}
		err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
			rows, err := tx.Query("SELECT * FROM offer LIMIT 1")
			if err != nil {
				return err
			}
			columns, err := rows.Columns()
			rows.Close()
			if err != nil {
				return err
			}
			for i, name := range columns {
				columns[i] = "o." + name
				switch name {
				case "id", "number", "external_id":
					columns[i] = "'f' || substr(CAST(100000 + i AS TEXT), 2) || '-copy'"
				}
			}
			_, err = tx.Exec(strings.Replace(manyOffers, "%s", strings.Join(columns, ", "), 1))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		index := readMap(t, s, "/sitemap.xml")
		if index.XMLName.Local != "sitemapindex" || len(index.Parts) < 5 {
			t.Fatalf("a large site has a %s of %d parts", index.XMLName.Local, len(index.Parts))
		}
		begun, seen := time.Now(), map[string]bool{}
		for _, part := range index.Parts {
			at, err := url.Parse(part.Loc)
			if err != nil {
				t.Fatal(err)
			}
			m := readMap(t, s, at.RequestURI())
			if n := len(m.Addresses); m.XMLName.Local != "urlset" || n == 0 || n > 50_000 {
				t.Errorf("%s is a %s of %d", part.Loc, m.XMLName.Local, n)
			}
			for _, one := range m.Addresses {
				if seen[one.Loc] {
					t.Fatalf("%s stands in two parts", one.Loc)
				}
				seen[one.Loc] = true
				if len(one.Links) != 3 || one.Links[0].Tongue != "vi" || one.Links[1].Href != strings.Replace(one.Links[0].Href, "//example.com/", "//example.com/en/", 1) {
					t.Fatalf("%s leads to %+v", one.Loc, one.Links)
				}
				if one.Lastmod > part.Lastmod {
					t.Errorf("%s was changed %s, its part %s", one.Loc, one.Lastmod, part.Lastmod)
				}
			}
		}
		if len(seen) != len(small.Addresses)+2*25100 {
			t.Errorf("%d addresses, of a small site %d", len(seen), len(small.Addresses))
		}
		t.Logf("%d addresses in %d parts, %s", len(seen), len(index.Parts), time.Since(begun).Round(time.Millisecond))
		if status, _ := page(t, s, "/sitemaps/secrets.xml"); status != http.StatusNotFound {
			t.Errorf("a part that is none: %d", status)
		}
	})
}
