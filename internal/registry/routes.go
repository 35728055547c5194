package registry

import (
	"net/http"

	"github.com/a-h/templ"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/record"
	"chonoi/internal/web"
)

// Config is what the registry's pages need of the house.
type Config struct {
	Codes *record.Codes
	// Stall draws what an organisation has on the floor; nothing is drawn when it is nil.
	Stall func(r *http.Request, organisation string) (templ.Component, error)
	// Past draws what is told of an organisation as a body in time; nothing is drawn when it is nil.
	Past func(r *http.Request, organisation string) (templ.Component, error)
	// Appoint makes an account act for an organisation at once: who founds one becomes its manager.
	Appoint func(tx *db.Tx, by account.ID, organisation string, id account.ID, manager bool) error
	// Asked lists the organisations that the actor has asked to act for; none when it is nil.
	Asked func(tx *db.Tx, actor account.Actor) ([]string, error)
	// Tell sends a letter to those who speak for an organisation; nothing is sent when it is nil.
	Tell func(tx *db.Tx, organisation, letter string, args ...any) error
}

// Registry is the register as people see it.
type Registry struct{ Config }

// New returns a registry.
func New(c Config) *Registry { return &Registry{c} }

// Routes are the registry's pages with the right that each needs. Whether an account speaks for
// the organisation itself, the acts check.
func (g *Registry) Routes() []web.Route {
	return []web.Route{
		{"GET /organisations", g.showOrganisations, account.Anyone},
		{"GET /organisations/{id}", g.showOrganisation, account.Anyone},
		{"GET /organisations/new", g.showNew, account.MayPost},
		{"POST /organisations", g.found, account.MayPost},
		{"GET /organisations/{id}/edit", g.showEdit, account.MayPost},
		{"POST /organisations/{id}", g.change, account.MayPost},
		{"POST /organisations/{id}/confirmation", g.confirm, account.MayReview},
		{"POST /organisations/{id}/refusal", g.refuse, account.MayReview},
	}
}
