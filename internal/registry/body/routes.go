package body

import (
	"chonoi/internal/account"
	"chonoi/internal/registry"
	"chonoi/internal/web"
)

// Routes are the pages of bodies in time with the right that each needs.
func Routes(g *registry.Registry) []web.Route {
	b := bodies{g}
	return []web.Route{
		{"GET /bodies/classes", b.showClasses, account.Anyone},
		{"GET /bodies/classes/{key}", b.showClass, account.Anyone},
		{"GET /bodies/ended", b.showEnded, account.Anyone},
		{"GET /bodies/new", b.showNew, registry.MayKeepBodies},
		{"POST /bodies", b.found, registry.MayKeepBodies},
		{"GET /organisations/{id}/past", b.showFacts, registry.MayKeepBodies},
		{"POST /organisations/{id}/names", b.name, registry.MayKeepBodies},
		{"POST /organisations/{id}/parents", b.place, registry.MayKeepBodies},
		{"POST /organisations/{id}/end", b.end, registry.MayKeepBodies},
		{"POST /organisations/{id}/successions", b.succeed, registry.MayKeepBodies},
		{"POST /bodies/classes", b.addClass, registry.MayKeepBodies},
		{"POST /bodies/classes/{key}/members", b.addMembers, registry.MayKeepBodies},
		{"POST /bodies/classes/{key}/endings", b.endMembers, registry.MayKeepBodies},
	}
}
