package app

import (
	"net/http"

	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// apiPage is what the page for people about the API is drawn from.
type apiPage struct {
	Base  string
	Kinds parts.Table
}

func (h *House) showAPI(w http.ResponseWriter, r *http.Request) error {
	v := apiPage{Base: web.BaseURL(r), Kinds: parts.Table{Label: web.T(r, "api.kinds"), Cards: true, Columns: []parts.Column{
		{Title: web.T(r, "api.what")}, {Title: web.T(r, "api.list")}, {Title: web.T(r, "api.one")}}}}
	for _, one := range h.resources() {
		path := "/api/" + apiVersion + "/" + one.Name + "s"
		v.Kinds.Rows = append(v.Kinds.Rows, []parts.Cell{{Text: web.T(r, "api.kind_"+one.Name)}, {Text: "GET " + path}, {Text: "GET " + path + "/{id}"}})
	}
	return web.Show(w, r, web.Page{Title: web.T(r, "api.title"), Description: web.T(r, "api.lede"), Crumbs: []parts.Crumb{{Text: web.T(r, "api.title")}}}, apiBody(v))
}
