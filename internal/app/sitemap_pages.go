package app

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"net/http"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/record"
	"chonoi/internal/web"
)

// mostAddresses is how many addresses a site map may hold by its standard.
const mostAddresses = 50_000

// showSitemap lists the public pages for search engines, up to what one file may hold.
func (h *House) showSitemap(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	out := bufio.NewWriter(w)
	fmt.Fprint(out, xml.Header, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">`, "\n")
	base, left := web.BaseURL(r), mostAddresses
	for _, path := range []string{"/", "/search", "/organisations", "/api"} {
		left -= address(out, base, path, "")
	}
	for _, kind := range h.resources() {
		if err := h.addresses(r, out, base, kind, &left); err != nil {
			return err
		}
	}
	fmt.Fprintln(out, "</urlset>")
	return out.Flush()
}

func (h *House) addresses(r *http.Request, out *bufio.Writer, base string, kind record.Resource, left *int) error {
	for after := ""; *left > 0; {
		var page []map[string]any
		err := h.DB.View(r.Context(), func(tx *db.Tx) (err error) {
			page, err = kind.List(tx, after, exportPage)
			return err
		})
		if err != nil {
			return err
		}
		for _, one := range page {
			after, _ = one["id"].(string)
			changed, _ := one["updated_at"].(string)
			*left -= address(out, base, "/"+kind.Name+"s/"+after, changed)
		}
		if len(page) < exportPage {
			return nil
		}
	}
	return nil
}

// address writes a page in both tongues and returns how many addresses that were.
func address(out *bufio.Writer, base, path, changed string) int {
	for _, tongue := range []string{"", "/en"} {
		fmt.Fprint(out, "<url><loc>")
		_ = xml.EscapeText(out, []byte(base+tongue+path))
		fmt.Fprint(out, "</loc>")
		if changed != "" {
			fmt.Fprintf(out, "<lastmod>%s</lastmod>", changed)
		}
		fmt.Fprintln(out, "</url>")
	}
	return 2
}

func (h *House) sitemapRoutes() []web.Special {
	return []web.Special{{Route: web.Route{Pattern: "GET /sitemap.xml", Handler: h.showSitemap, Right: account.Anyone}, Plain: true, Stream: true, PerMinute: 30}}
}
