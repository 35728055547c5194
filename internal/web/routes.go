package web

import (
	"fmt"
	"net/http"
	"strings"

	"chonoi/internal/account"
)

// Handler answers one request. What it returns as an error is shown as a page in the reader's
// tongue; what it wrote before is then thrown away. It may run twice for one request.
type Handler func(http.ResponseWriter, *http.Request) error

// Route is one row of a subject's table: pattern of net/http, handler, and the right it needs.
type Route struct {
	Pattern string
	Handler Handler
	Right   account.Right
}

// Special is a route that is not served like a page.
type Special struct {
	Route
	Plain     bool  // one address for both tongues
	Stream    bool  // no transaction and no buffer: the handler takes both itself, by DB(r)
	Body      int64 // most bytes of a request, instead of BodyLimit; a stream has no limit of its own
	PerMinute int   // calls of one address in a minute; 0 for no limit
}

// BodyLimit is how many bytes a request may bring when nothing else is said.
const BodyLimit = 1 << 20

func (s *Server) register() (*http.ServeMux, error) {
	all := make([]Special, 0, len(s.Pages)+len(s.Plain)+len(s.Special)+8)
	for _, r := range s.Pages {
		all = append(all, Special{Route: r})
	}
	for _, r := range s.Plain {
		all = append(all, Special{Route: r, Plain: true})
	}
	all = append(all, s.Special...)
	all = append(all, s.own()...)
	mux := http.NewServeMux()
	seen := map[string]bool{}
	for _, r := range all {
		if err := r.check(); err != nil {
			return nil, err
		}
		method, path, _ := strings.Cut(r.Pattern, " ")
		if seen[r.Pattern] {
			return nil, fmt.Errorf("route %q is told twice", r.Pattern)
		}
		seen[r.Pattern] = true
		s.routes = append(s.routes, r.Route)
		if err := handle(mux, r.Pattern, s.serve(r)); err != nil {
			return nil, err
		}
		if !r.Plain {
			if err := handle(mux, method+" /en"+path, s.serve(r)); err != nil {
				return nil, err
			}
		}
	}
	return mux, nil
}

func (r Special) check() error {
	method, path, two := strings.Cut(r.Pattern, " ")
	switch {
	case !two || method == "" || !strings.HasPrefix(path, "/"):
		return fmt.Errorf("route %q is not METHOD /path", r.Pattern)
	case r.Handler == nil:
		return fmt.Errorf("route %q has no handler", r.Pattern)
	case r.Right.Allows == nil || r.Right.Name == "":
		return fmt.Errorf("route %q has no right", r.Pattern)
	}
	return nil
}

// handle registers a pattern and turns the panic of ServeMux on a conflict into an error.
func handle(mux *http.ServeMux, pattern string, h http.Handler) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("route %q: %v", pattern, p)
		}
	}()
	mux.Handle(pattern, h)
	return nil
}

// own lists the routes that the door answers itself.
func (s *Server) own() []Special {
	bare := func(pattern string, h Handler) Special {
		return Special{Route: Route{pattern, h, account.Anyone}, Plain: true, Stream: true}
	}
	list := []Special{
		bare("GET /assets/{name...}", s.showAsset),
		bare("GET /healthz", s.showHealth),
		bare("GET /readyz", s.showReadiness),
		bare("GET /metrics", s.showMetrics),
		bare("GET /robots.txt", s.showRobots),
		bare("POST /theme", s.setTheme),
	}
	if s.Demo {
		list = append(list, Special{Route: Route{"GET /states", s.showStates, account.Anyone}})
	}
	return list
}
