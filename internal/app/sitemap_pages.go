package app

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/web"
)

const (
	// mostAddresses is how many addresses one file may hold.
	// Source: https://www.sitemaps.org/protocol.html, "Sitemap file size limits".
	mostAddresses = 50_000
	perRecord     = 2 // addresses of one record: one in each tongue
	mapBegin      = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">`
	indexBegin    = `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`
	mapsPath      = "/sitemaps/"
)

// mapPages are the public pages that are no record's.
var mapPages = []string{"/", "/search", "/organisations", "/api"}

// showSitemap lists the public pages for search engines: in this one file as long as it may hold
// them, else in parts that this file tells.
func (h *House) showSitemap(w http.ResponseWriter, r *http.Request) error {
	all := len(mapPages) * perRecord
	err := h.DB.View(r.Context(), func(tx *db.Tx) error {
		for _, kind := range h.resources() {
			n, err := recordsOf(tx, kind)
			if err != nil {
				return err
			}
			all += n * perRecord
		}
		return nil
	})
	if err != nil {
		return err
	}
	m := newSiteMap(w, r)
	if all > mostAddresses {
		return h.mapIndex(r, m)
	}
	m.begin(mapBegin)
	m.pages()
	for _, kind := range h.resources() {
		if err := h.mapRecords(r, m, mapPart{kind: kind, last: beyond}); err != nil {
			return err
		}
	}
	return m.end("</urlset>")
}

// mapIndex tells the parts: the pages, then each kind of record in parts that are as long as a
// file may be. A part is named by the id after which it begins, so that it keeps its place.
func (h *House) mapIndex(r *http.Request, m *siteMap) error {
	m.begin(indexBegin)
	m.part("pages", "")
	for _, kind := range h.resources() {
		for after := ""; after != beyond; {
			var p mapPart
			err := h.DB.View(r.Context(), func(tx *db.Tx) (err error) {
				p, err = partAfter(tx, kind, after, mostAddresses/perRecord)
				return err
			})
			if err != nil {
				return err
			}
			if p.changed > 0 {
				m.part(strings.TrimSuffix(kind.Name+"s-"+after, "-"), p.lastmod())
			}
			after = p.last
		}
	}
	return m.end("</sitemapindex>")
}

// showSitemapPart lists the addresses of one part: pages, offers, or offers-ID for those after it.
func (h *House) showSitemapPart(w http.ResponseWriter, r *http.Request) error {
	name, isXML := strings.CutSuffix(r.PathValue("part"), ".xml")
	kind, after, _ := strings.Cut(name, "-")
	if isXML && name == "pages" {
		m := newSiteMap(w, r)
		m.begin(mapBegin)
		m.pages()
		return m.end("</urlset>")
	}
	for _, one := range h.resources() {
		if !isXML || one.Name+"s" != kind {
			continue
		}
		var p mapPart
		err := h.DB.View(r.Context(), func(tx *db.Tx) (err error) {
			p, err = partAfter(tx, one, after, mostAddresses/perRecord)
			return err
		})
		if err != nil {
			return err
		}
		m := newSiteMap(w, r)
		m.begin(mapBegin)
		if err := h.mapRecords(r, m, p); err != nil {
			return err
		}
		return m.end("</urlset>")
	}
	return fault.New(fault.NotFound, "record.not_found")
}

// mapRecords lists the public records of a part, some in each transaction.
func (h *House) mapRecords(r *http.Request, m *siteMap, p mapPart) error {
	for after := p.after; ; {
		var page []map[string]any
		err := h.DB.View(r.Context(), func(tx *db.Tx) (err error) {
			page, err = p.kind.List(tx, after, exportPage)
			return err
		})
		if err != nil {
			return err
		}
		for _, one := range page {
			after, _ = one["id"].(string)
			if after > p.last {
				return nil
			}
			changed, _ := one["updated_at"].(string)
			m.address("/"+p.kind.Name+"s/"+after, changed)
		}
		if len(page) < exportPage {
			return nil
		}
	}
}

// siteMap writes one file of a site map.
type siteMap struct {
	w    http.ResponseWriter
	out  *bufio.Writer
	base string
}

func newSiteMap(w http.ResponseWriter, r *http.Request) *siteMap {
	return &siteMap{w: w, out: bufio.NewWriterSize(w, 1<<16), base: web.BaseURL(r)}
}

func (m *siteMap) begin(tag string) {
	m.w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	fmt.Fprint(m.out, xml.Header, tag, "\n")
}

func (m *siteMap) end(tag string) error {
	fmt.Fprintln(m.out, tag)
	return m.out.Flush()
}

func (m *siteMap) pages() {
	for _, path := range mapPages {
		m.address(path, "")
	}
}

// address writes a page in both tongues, each with the way to the other.
func (m *siteMap) address(path, changed string) {
	vi, en := escaped(m.base+path), escaped(m.base+"/en"+path)
	for _, own := range []string{vi, en} {
		fmt.Fprintf(m.out, "<url><loc>%s</loc>", own)
		m.lastmod(changed)
		fmt.Fprintf(m.out, `<xhtml:link rel="alternate" hreflang="vi" href="%s"/><xhtml:link rel="alternate" hreflang="en" href="%s"/>`, vi, en)
		fmt.Fprintf(m.out, "<xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"%s\"/></url>\n", vi)
	}
}

// part tells of another file of the map.
func (m *siteMap) part(name, changed string) {
	fmt.Fprintf(m.out, "<sitemap><loc>%s</loc>", escaped(m.base+mapsPath+name+".xml"))
	m.lastmod(changed)
	fmt.Fprintln(m.out, "</sitemap>")
}

func (m *siteMap) lastmod(changed string) {
	if changed != "" {
		fmt.Fprintf(m.out, "<lastmod>%s</lastmod>", changed)
	}
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}

func (h *House) sitemapRoutes() []web.Special {
	special := func(pattern string, show web.Handler) web.Special {
		return web.Special{Route: web.Route{Pattern: pattern, Handler: show, Right: account.Anyone}, Plain: true, Stream: true, PerMinute: 60}
	}
	return []web.Special{special("GET /sitemap.xml", h.showSitemap), special("GET "+mapsPath+"{part}", h.showSitemapPart)}
}
