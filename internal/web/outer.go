package web

import (
	"crypto/rand"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/klauspost/compress/gzhttp"

	"chonoi/internal/db"
	"chonoi/internal/fault"
)

// outer is what every request passes before and after its route: log and figures, the guard
// against a panic, compression, security headers, and the check that a form came from this site.
func (s *Server) outer(mux *http.ServeMux) http.Handler {
	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, r, fault.New(fault.Forbidden, "web.other_site"))
	}))
	inner := s.guard(headers(s, origin.Handler(s.find(mux))))
	zip, err := gzhttp.NewWrapper(gzhttp.MinSize(600), gzhttp.SuffixETag(zipped))
	if err != nil {
		panic(err) // the options are constants
	}
	packed := zip(inner)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		r, v := s.start(r)
		out := &tally{ResponseWriter: w}
		w.Header().Set("X-Request-Id", v.code)
		packed.ServeHTTP(out, r)
		s.record(r, v, out, time.Since(begun))
	})
}

// find hands a request to its route, and makes a page of "no such page" and "no such method".
func (s *Server) find(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !readable(r.URL.Path) {
			s.refuse(w, r, fault.New(fault.NotFound, "web.not_found"))
			return
		}
		if !readableQuery(r) {
			s.refuse(w, r, fault.New(fault.Invalid, "web.unreadable_form"))
			return
		}
		if r.URL.Path == "/en" {
			http.Redirect(w, r, "/en/", http.StatusMovedPermanently)
			return
		}
		h, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		trial := newAnswer()
		h.ServeHTTP(trial, r)
		switch {
		case trial.status == http.StatusMethodNotAllowed:
			w.Header().Set("Allow", trial.header.Get("Allow"))
			s.refuseAs(w, r, http.StatusMethodNotAllowed, fault.New(fault.NotFound, "web.not_here_this_way"))
		case trial.status != http.StatusNotFound:
			mux.ServeHTTP(w, r)
		case s.withoutSlash(mux, r):
			target := *r.URL
			target.Path, target.RawPath = strings.TrimRight(target.Path, "/"), ""
			http.Redirect(w, r, target.RequestURI(), http.StatusPermanentRedirect)
		default:
			s.refuse(w, s.known(r), fault.New(fault.NotFound, "web.not_found"))
		}
	})
}

// known is a request whose reader is known, so that who is lost is not shown as signed out.
func (s *Server) known(r *http.Request) *http.Request {
	if _, shown := sessionToken(r); !shown {
		return r
	}
	if err := s.DB.View(r.Context(), func(tx *db.Tx) error { return s.identify(tx, r) }); err != nil {
		s.log.Error("find out who asked for a page that is not there", "error", err)
	}
	return r
}

// readable reports whether a text can be kept and asked for on both engines: UTF-8 without NUL.
func readable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsRune(text, 0)
}

func readableQuery(r *http.Request) bool {
	if !strings.Contains(r.URL.RawQuery, "%") && readable(r.URL.RawQuery) {
		return true
	}
	for name, values := range r.URL.Query() {
		if !readable(name) || slices.ContainsFunc(values, func(v string) bool { return !readable(v) }) {
			return false
		}
	}
	return true
}

// withoutSlash reports whether the address is that of a page but for a slash at its end.
func (s *Server) withoutSlash(mux *http.ServeMux, r *http.Request) bool {
	path := strings.TrimRight(r.URL.Path, "/")
	if !safe(r) || path == r.URL.Path || path == "" || strings.HasPrefix(path, "//") {
		return false
	}
	trial := r.Clone(r.Context())
	trial.URL.Path, trial.URL.RawPath = path, ""
	_, pattern := mux.Handler(trial)
	return pattern != ""
}

// guard turns a panic into the page of a defect.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out := &stream{ResponseWriter: w}
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if p == http.ErrAbortHandler {
				panic(p)
			}
			s.logPanic(r, p)
			if out.begun {
				panic(http.ErrAbortHandler)
			}
			s.defect(w, r)
		}()
		next.ServeHTTP(out, r)
	})
}

const policy = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; font-src 'self'; " +
	"connect-src 'self'; object-src 'none'; frame-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

func headers(s *Server, next http.Handler) http.Handler {
	policy := strings.Join(append([]string{policy}, s.FormTargets...), " ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if s.secure(r) {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}

// newCode returns six letters and figures that cannot be mistaken for one another when read aloud.
func newCode() string {
	const letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
	raw := make([]byte, 6)
	_, _ = rand.Read(raw)
	for i, b := range raw {
		raw[i] = letters[int(b)%len(letters)]
	}
	return string(raw)
}
