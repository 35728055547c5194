package app

import (
	"chonoi/internal/account"
	"chonoi/internal/web"
)

// Routes are the pages that belong to no subject.
func (h *House) Routes() []web.Route {
	routes := []web.Route{
		{"GET /api", h.showAPI, account.Anyone},
	}
	if h.Config.Demo && h.Letters != nil {
		routes = append(routes, web.Route{"GET /mail", h.showLetters, account.MaySeeOwn}, web.Route{"GET /mail/{id}", h.showLetter, account.MaySeeOwn})
	}
	return append(routes, h.houseRoutes()...)
}
