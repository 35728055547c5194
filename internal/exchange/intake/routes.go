package intake

import (
	"chonoi/internal/account"
	"chonoi/internal/web"
)

// Routes are the pages of imports with the right that each needs.
func (g *Gate) Routes() []web.Route {
	return []web.Route{
		{"GET /desk/imports", g.showImports, account.MayImport},
		{"GET /desk/imports/{id}", g.showImport, account.MayImport},
		{"POST /desk/imports/{id}", g.saveImport, account.MayImport},
		{"POST /desk/imports/{id}/trial", g.tryImport, account.MayImport},
		{"POST /desk/imports/{id}/start", g.startImport, account.MayImport},
		{"POST /desk/imports/{id}/stop", g.stopImport, account.MayImport},
	}
}

// Streams are the doors through which whole files go; they take their transactions themselves.
func (g *Gate) Streams() []web.Special {
	return []web.Special{
		{Route: web.Route{"POST /desk/imports", g.receiveImport, account.MayImport}, Stream: true, Body: mostImport + 1<<20},
		{Route: web.Route{"GET /desk/imports/{id}/errors.xlsx", g.downloadErrors, account.MayImport}, Plain: true, Stream: true},
	}
}
