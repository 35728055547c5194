package web

import (
	"context"
	"net/http"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/web/parts"
)

// visit is what one request carries through the house.
type visit struct {
	server  *Server
	code    string // of the request, in the log and on the page of a defect
	pattern string // of the route, for log and metrics
	lang    lang.Tag
	path    string // without the prefix of the tongue
	tx      *db.Tx
	actor   account.Actor
	expired bool // a session was shown that is none any more
}

type visitKey struct{}

func visitOf(r *http.Request) *visit {
	v, _ := r.Context().Value(visitKey{}).(*visit)
	if v == nil {
		panic("web: a request that did not come through the server")
	}
	return v
}

// Tx returns the transaction of the request. A stream has none.
func Tx(r *http.Request) *db.Tx { return visitOf(r).tx }

// DB returns the database, for a stream, which opens its own transactions.
func DB(r *http.Request) *db.DB { return visitOf(r).server.Config.DB }

// Actor returns who asks; a visitor when nobody is signed in.
func Actor(r *http.Request) account.Actor { return visitOf(r).actor }

// Lang returns the tongue of the address.
func Lang(r *http.Request) lang.Tag { return visitOf(r).lang }

// Words returns the catalogue.
func Words(r *http.Request) *lang.Words { return visitOf(r).server.Config.Words }

// T returns the text of key in the reader's tongue; args are name, value pairs.
func T(r *http.Request, key string, args ...any) string {
	v := visitOf(r)
	return v.server.Config.Words.T(v.lang, key, args...)
}

// Path returns the path of the request without the prefix of its tongue.
func Path(r *http.Request) string { return visitOf(r).path }

// Code returns the code of the request, which stands in the log.
func Code(r *http.Request) string { return visitOf(r).code }

// Secure reports whether the reader came by https.
func Secure(r *http.Request) bool { return visitOf(r).server.secure(r) }

// BaseURL returns the address of the site without a slash at its end, as it is configured or, when
// it is not, as the reader called it.
func BaseURL(r *http.Request) string {
	s := visitOf(r).server
	if s.Site.BaseURL != "" {
		return s.Site.BaseURL
	}
	if s.secure(r) {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// Swapping reports whether htmx asks for a part of the page that is already open.
func Swapping(r *http.Request) bool {
	return r.Header.Get("HX-Request") == "true" && r.Header.Get("HX-Boosted") != "true"
}

// start gives a request its visit.
func (s *Server) start(r *http.Request) (*http.Request, *visit) {
	v := &visit{server: s, code: newCode(), lang: lang.Vi, path: r.URL.Path}
	if rest, ok := strings.CutPrefix(r.URL.Path, "/en"); ok && (rest == "" || rest[0] == '/') {
		v.lang, v.path = lang.En, rest
		if rest == "" {
			v.path = "/"
		}
	}
	return r.WithContext(context.WithValue(r.Context(), visitKey{}, v)), v
}

// scene returns the context in which the page of a request is drawn.
func scene(r *http.Request) context.Context {
	v := visitOf(r)
	return parts.With(r.Context(), parts.Scene{Lang: v.lang, Words: v.server.Config.Words, Asset: v.server.assets.address})
}

// plain gives a visit on a language-free address the tongue that the reader's program prefers.
func (v *visit) plain(r *http.Request) {
	v.path = r.URL.Path
	if prefersEnglish(r.Header.Get("Accept-Language")) {
		v.lang = lang.En
	}
}

func prefersEnglish(accept string) bool {
	for _, part := range strings.Split(accept, ",") {
		tag := strings.ToLower(strings.TrimSpace(strings.Split(part, ";")[0]))
		switch {
		case strings.HasPrefix(tag, "vi"):
			return false
		case strings.HasPrefix(tag, "en"):
			return true
		}
	}
	return false
}

func (s *Server) secure(r *http.Request) bool {
	return s.Secure || r.TLS != nil || (s.BehindProxy && r.Header.Get("X-Forwarded-Proto") == "https")
}
