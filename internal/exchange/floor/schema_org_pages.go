package floor

import (
	"net/http"

	"chonoi/internal/exchange"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// productData is the offer for machines, as schema.org's Product with its Offer. It holds only
// what the reader sees on the page.
func (x floor) productData(r *http.Request, o *exchange.Offer) map[string]any {
	tag := web.Lang(r)
	data := map[string]any{"@context": "https://schema.org", "@type": "Product", "name": o.Title.In(tag), "description": o.Summary.In(tag),
		"sku": o.Number, "category": x.CodeNames(r, "subjects", o.Subjects), "url": x.url(r, "/offers/"+o.ID)}
	offer := map[string]any{"@type": "Offer", "url": x.url(r, "/offers/"+o.ID), "availability": "https://schema.org/InStock"}
	if o.Price > 0 && (o.PriceKind == "fixed" || o.PriceKind == "from") {
		offer["price"], offer["priceCurrency"] = o.Price, "VND"
	}
	if !o.Expires.Zero() {
		offer["validThrough"] = o.Expires.String()
	}
	x.seller(r, offer, &o.Listing)
	data["offers"] = offer
	return data
}

// demandData is the need for machines, as schema.org's Demand.
func (x floor) demandData(r *http.Request, n *exchange.Need) map[string]any {
	tag := web.Lang(r)
	data := map[string]any{"@context": "https://schema.org", "@type": "Demand", "name": n.Title.In(tag), "description": n.Summary.In(tag),
		"sku": n.Number, "category": x.CodeNames(r, "subjects", n.Subjects), "url": x.url(r, "/needs/"+n.ID)}
	if !n.Expires.Zero() {
		data["validThrough"] = n.Expires.String()
	}
	x.seller(r, data, &n.Listing)
	return data
}

func (x floor) seller(r *http.Request, data map[string]any, l *exchange.Listing) {
	if l.Owner == "" {
		return
	}
	names, err := x.Names(web.Tx(r), l.Owner)
	if err != nil || names[l.Owner].Empty() {
		return
	}
	data["seller"] = map[string]any{"@type": "Organization", "name": names[l.Owner].In(web.Lang(r)), "url": x.url(r, "/organisations/"+l.Owner)}
}

func (x floor) url(r *http.Request, path string) string {
	return web.BaseURL(r) + parts.InTongue(lang.Tag(web.Lang(r)), path)
}
